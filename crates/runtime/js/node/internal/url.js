// URL and URLSearchParams of the URL standard, and paths as file URLs. Parsing is native.
'use strict';

const binding = internalBinding('url');
const { checkFunction, codedError, invalidArgType, invalidArgValue } = require('internal/errors');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const PARTS = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];

/** @param {string} input @param {string} [base] */
function invalidUrl(input, base) {
  const error = /** @type {any} */ (Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input }));
  if (base !== undefined) error.base = base;
  return error;
}

/** @param {any} value @param {any} Class @param {string} name */
function checkThis(value, Class, name) {
  if (!(value instanceof Class)) {
    throw codedError(TypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${name}`);
  }
}

/** @param {string} name */
const missing = (name) => codedError(TypeError, 'ERR_MISSING_ARGS', `The ${name} must be specified`);

/** Lone surrogates become U+FFFD, as WebIDL's USVString. @param {any} value */
const text = (value) => `${value}`.toWellFormed();

class URLSearchParams {
  /** @type {string[]} names and values in turn */
  #list = [];
  /** @type {URL | null} */
  #url = null;
  /** @type {(url: URL, search: string) => void} */
  #update = () => {};

  /** @param {any} [init] */
  constructor(init) {
    if (init === undefined || init === null) return;
    if (typeof init === 'object' || typeof init === 'function') {
      const method = init[Symbol.iterator];
      if (method === this[Symbol.iterator] && init instanceof URLSearchParams) {
        this.#list = init.#list.slice();
      } else if (method !== null && method !== undefined) {
        if (typeof method !== 'function') throw codedError(TypeError, 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable');
        for (const pair of init) {
          const isIterable = pair !== null && (typeof pair === 'object' || typeof pair === 'function') && typeof pair[Symbol.iterator] === 'function';
          const both = isIterable ? [...pair] : [];
          if (both.length !== 2) throw codedError(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
          this.#list.push(text(both[0]), text(both[1]));
        }
      } else {
        const seen = new Map();
        for (const key of Reflect.ownKeys(init)) {
          if (!Object.prototype.propertyIsEnumerable.call(init, key)) continue;
          seen.set(text(/** @type {any} */ (key)), text(init[key]));
        }
        for (const [name, value] of seen) this.#list.push(name, value);
      }
      return;
    }
    const query = text(init);
    this.#list = binding.parseQuery(query.startsWith('?') ? query.slice(1) : query);
  }

  /** Ties these to a URL: each follows the other. @param {URLSearchParams} params @param {any} url
   * @param {(url: URL, search: string) => void} update */
  static _attach(params, url, update) {
    params.#url = url;
    params.#update = update;
  }

  /** @param {URLSearchParams} params @param {string} search */
  static _reset(params, search) {
    params.#list = binding.parseQuery(search.startsWith('?') ? search.slice(1) : search);
  }

  #changed() {
    if (this.#url !== null) this.#update(this.#url, this.toString());
  }

  get size() { return this.#list.length / 2; }

  /** @param {any} name @param {any} value */
  append(name, value) {
    checkThis(this, URLSearchParams, 'URLSearchParams');
    if (arguments.length < 2) throw missing('"name" and "value" arguments');
    this.#list.push(text(name), text(value));
    this.#changed();
  }

  /** @param {any} name @param {any} [value] */
  delete(name, value) {
    if (arguments.length < 1) throw missing('"name" argument');
    name = text(name);
    if (value !== undefined) value = text(value);
    const kept = [];
    for (let i = 0; i < this.#list.length; i += 2) {
      if (this.#list[i] !== name || (value !== undefined && this.#list[i + 1] !== value)) {
        kept.push(this.#list[i], this.#list[i + 1]);
      }
    }
    this.#list = kept;
    this.#changed();
  }

  /** @param {any} name */
  get(name) {
    if (arguments.length < 1) throw missing('"name" argument');
    name = text(name);
    for (let i = 0; i < this.#list.length; i += 2) if (this.#list[i] === name) return this.#list[i + 1];
    return null;
  }

  /** @param {any} name */
  getAll(name) {
    if (arguments.length < 1) throw missing('"name" argument');
    name = text(name);
    return this.#list.filter((_, i) => i % 2 === 1 && this.#list[i - 1] === name);
  }

  /** @param {any} name @param {any} [value] */
  has(name, value) {
    if (arguments.length < 1) throw missing('"name" argument');
    const all = this.getAll(name);
    return value === undefined ? all.length > 0 : all.includes(text(value));
  }

  /** @param {any} name @param {any} value */
  set(name, value) {
    if (arguments.length < 2) throw missing('"name" and "value" arguments');
    name = text(name);
    value = text(value);
    const kept = [];
    let found = false;
    for (let i = 0; i < this.#list.length; i += 2) {
      if (this.#list[i] !== name) kept.push(this.#list[i], this.#list[i + 1]);
      else if (!found) {
        found = true;
        kept.push(name, value);
      }
    }
    if (!found) kept.push(name, value);
    this.#list = kept;
    this.#changed();
  }

  sort() {
    const pairs = [...this.entries()];
    pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#list = pairs.flat();
    this.#changed();
  }

  /** @param {Function} callback @param {any} [self] */
  forEach(callback, self) {
    checkFunction(callback, 'callback');
    for (let i = 0; i < this.#list.length; i += 2) callback.call(self, this.#list[i + 1], this.#list[i], this);
  }

  * entries() {
    for (let i = 0; i < this.#list.length; i += 2) yield [this.#list[i], this.#list[i + 1]];
  }

  * keys() {
    for (let i = 0; i < this.#list.length; i += 2) yield this.#list[i];
  }

  * values() {
    for (let i = 0; i < this.#list.length; i += 2) yield this.#list[i + 1];
  }

  toString() { return binding.formatQuery(this.#list); }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize('[Object]', 'special');
    const inner = [];
    for (const [name, value] of this.entries()) inner.push(`${inspect(name, options)} => ${inspect(value, options)}`);
    if (inner.length === 0) return 'URLSearchParams {}';
    const length = inner.reduce((sum, one) => sum + one.length + 2, -2);
    return length > options.breakLength ? `URLSearchParams {\n  ${inner.join(',\n  ')} }` :
      `URLSearchParams { ${inner.join(', ')} }`;
  }
}
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, {
  value: URLSearchParams.prototype.entries, writable: true, configurable: true,
});

class URL {
  /** @type {string[]} */
  #parts;
  /** @type {URLSearchParams | null} */
  #params = null;

  /** @param {any} input @param {any} [base] */
  constructor(input, base = undefined) {
    if (arguments.length === 0) throw missing('"url" argument');
    input = text(input);
    if (base !== undefined) base = text(base);
    const parts = binding.parse(input, base ?? null);
    if (parts === undefined) throw invalidUrl(input, base);
    this.#parts = parts;
  }

  /** @param {any} input @param {any} [base] */
  static canParse(input, base = undefined) {
    if (arguments.length === 0) throw missing('"url" argument');
    return binding.parse(text(input), base === undefined ? null : text(base)) !== undefined;
  }

  /** @param {any} input @param {any} [base] */
  static parse(input, base = undefined) {
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }

  static createObjectURL() { throw require('internal/errors').unsupported('URL.createObjectURL'); }
  static revokeObjectURL() { throw require('internal/errors').unsupported('URL.revokeObjectURL'); }

  /** @param {URL} url @param {number} at */
  static #part(url, at) {
    if (!(#parts in url)) throw codedError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type URL');
    return url.#parts[at];
  }

  /** @param {string} part @param {any} value */
  #set(part, value) {
    this.#parts = binding.set(this.#parts[0], part, text(value));
    if (part === 'search' && this.#params !== null) URLSearchParams._reset(this.#params, this.#parts[9]);
  }

  get href() { return URL.#part(this, 0); }
  set href(value) {
    value = text(value);
    const parts = binding.parse(value, null);
    if (parts === undefined) throw invalidUrl(value);
    this.#parts = parts;
    if (this.#params !== null) URLSearchParams._reset(this.#params, parts[9]);
  }

  get origin() { return URL.#part(this, 1); }
  get protocol() { return URL.#part(this, 2); }
  set protocol(value) { this.#set('protocol', value); }
  get username() { return URL.#part(this, 3); }
  set username(value) { this.#set('username', value); }
  get password() { return URL.#part(this, 4); }
  set password(value) { this.#set('password', value); }
  get host() { return URL.#part(this, 5); }
  set host(value) { this.#set('host', value); }
  get hostname() { return URL.#part(this, 6); }
  set hostname(value) { this.#set('hostname', value); }
  get port() { return URL.#part(this, 7); }
  set port(value) { this.#set('port', value); }
  get pathname() { return URL.#part(this, 8); }
  set pathname(value) { this.#set('pathname', value); }
  get search() { return URL.#part(this, 9); }
  set search(value) { this.#set('search', value); }
  get searchParams() {
    if (this.#params === null) {
      this.#params = new URLSearchParams(URL.#part(this, 9));
      URLSearchParams._attach(this.#params, this, (url, search) => {
        url.#parts = binding.set(url.#parts[0], 'search', search);
      });
    }
    return this.#params;
  }

  get hash() { return URL.#part(this, 10); }
  set hash(value) { this.#set('hash', value); }
  toString() { return URL.#part(this, 0); }
  toJSON() { return URL.#part(this, 0); }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    if (typeof depth === 'number' && depth < 0) return this;
    /** @type {any} */
    const shown = {};
    for (const name of [...PARTS.slice(0, 10), 'searchParams', 'hash']) shown[name] = /** @type {any} */ (this)[name];
    return `${this.constructor.name} ${inspect(shown, options)}`;
  }
}

for (const name of [...PARTS, 'searchParams', 'toString', 'toJSON']) {
  Object.defineProperty(URL.prototype, name, { enumerable: true });
}
Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true });
Object.defineProperty(URLSearchParams.prototype, Symbol.toStringTag, { value: 'URLSearchParams', configurable: true });
for (const name of ['_attach', '_reset']) Object.defineProperty(URLSearchParams, name, { enumerable: false });

/** @param {any} url */
function fileURLToPath(url) {
  if (typeof url === 'string') url = new URL(url);
  else if (!isUrl(url)) throw invalidArgType('path', ['string', 'URL'], url);
  if (url.protocol !== 'file:') throw codedError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (url.hostname !== '') {
    throw codedError(TypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  }
  if (/%2f/i.test(url.pathname)) {
    throw codedError(TypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  }
  return decodeURIComponent(url.pathname);
}

/** @param {string} path */
function pathToFileURL(path) {
  if (typeof path !== 'string') throw invalidArgType('path', 'string', path);
  let resolved = require('path').resolve(path);
  // A slash at the end says that it is a folder, and resolving loses it.
  if (path.endsWith('/') && !resolved.endsWith('/')) resolved += '/';
  const escaped = resolved.replace(/[%\\\n\r\t?#]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  return new URL(`file://${escaped}`);
}

/** @param {any} value */
const isUrl = (value) => Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);

/** A path argument of fs: a string, a Buffer or a file URL. @param {any} value @param {string} name */
function toPath(value, name = 'path') {
  if (typeof value !== 'string') {
    if (isUrl(value) && typeof value === 'object') value = fileURLToPath(value);
    else if (ArrayBuffer.isView(value)) value = require('buffer').Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
    else throw invalidArgType(name, ['string', 'Buffer', 'URL'], value);
  }
  if (value.includes('\0')) throw invalidArgValue(name, value, 'must be a string, Uint8Array, or URL without null bytes');
  return value;
}

/** For http.request, which is not here, but libraries ask for it. @param {URL} url */
function urlToHttpOptions(url) {
  /** @type {any} */
  const options = {
    __proto__: null, ...url, protocol: url.protocol,
    hostname: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
    hash: url.hash, search: url.search, pathname: url.pathname,
    path: `${url.pathname || ''}${url.search || ''}`, href: url.href,
  };
  if (url.port !== '') options.port = Number(url.port);
  if (url.username || url.password) options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return options;
}

module.exports = {
  URL, URLSearchParams, fileURLToPath, pathToFileURL, isUrl, toPath, urlToHttpOptions,
  domainToASCII: binding.domainToAscii, domainToUnicode: binding.domainToUnicode,
};
