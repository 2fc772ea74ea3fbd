// Headers.
'use strict';

const { isToken } = require('internal/http/common');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

/** @param {string} method @param {string} name */
function checkName(method, name) {
  if (!isToken(name)) {
    throw new TypeError(`Headers.${method}: "${name}" is an invalid header name.`);
  }
}

/** A value without the white space around it. @param {string} method @param {any} value */
function checkValue(method, value) {
  const text = toByteString(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/[\0\r\n]/.test(text)) throw new TypeError(`Headers.${method}: "${text}" is an invalid header value.`);
  return text;
}

/** @param {any} value */
function toByteString(value) {
  const text = `${value}`;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 255) {
      throw new TypeError(`Cannot convert argument to a ByteString because the character at index ${i} has a value of ${code} which is greater than 255.`);
    }
  }
  return text;
}

class Headers {
  /** By lower-case name: the name as it was written, and the value. @type {Map<string, [string, string]>} */
  #entries = new Map();
  /** @type {string[]} */
  #cookies = [];
  #guard = 'none';

  /** @param {any} [init] */
  constructor(init = undefined) {
    if (init === undefined) return;
    if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
      throw new TypeError("Headers constructor: init given is not a valid HeadersInit.");
    }
    fill(this, init);
  }

  /** @param {Headers} headers @param {string} guard */
  static _guard(headers, guard) { headers.#guard = guard; }

  /** Name and value as they are to be sent. @param {Headers} headers @returns {[string, string | string[]][]} */
  static _raw(headers) {
    const list = /** @type {[string, any][]} */ ([...headers.#entries.values()].filter(([name]) => name.toLowerCase() !== 'set-cookie'));
    if (headers.#cookies.length > 0) list.push(['set-cookie', headers.#cookies]);
    return list;
  }

  #check() {
    if (this.#guard === 'immutable') throw new TypeError('immutable');
  }

  /** @param {string} name @param {string} value */
  append(name, value) {
    if (arguments.length < 2) throw new TypeError(`Headers.append: 2 arguments required, but${arguments.length ? ' only' : ''} ${arguments.length} found.`);
    name = toByteString(name);
    value = checkValue('append', value);
    checkName('append', name);
    this.#check();
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.#cookies.push(value);
    const found = this.#entries.get(key);
    if (found === undefined) this.#entries.set(key, [name, value]);
    else found[1] += `${key === 'cookie' ? '; ' : ', '}${value}`;
  }

  /** @param {string} name */
  delete(name) {
    name = toByteString(name);
    checkName('delete', name);
    this.#check();
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.#cookies = [];
    this.#entries.delete(key);
  }

  /** @param {string} name */
  get(name) {
    name = toByteString(name);
    checkName('get', name);
    return this.#entries.get(name.toLowerCase())?.[1] ?? null;
  }

  /** @param {string} name */
  has(name) {
    name = toByteString(name);
    checkName('has', name);
    return this.#entries.has(name.toLowerCase());
  }

  /** @param {string} name @param {string} value */
  set(name, value) {
    if (arguments.length < 2) throw new TypeError(`Headers.set: 2 arguments required, but${arguments.length ? ' only' : ''} ${arguments.length} found.`);
    name = toByteString(name);
    value = checkValue('set', value);
    checkName('set', name);
    this.#check();
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.#cookies = [value];
    this.#entries.set(key, [this.#entries.get(key)?.[0] ?? name, value]);
  }

  getSetCookie() { return [...this.#cookies]; }

  /** @returns {[string, string][]} */
  #sorted() {
    const list = /** @type {[string, string][]} */ ([]);
    for (const key of [...this.#entries.keys()].sort()) {
      if (key === 'set-cookie') for (const cookie of this.#cookies) list.push([key, cookie]);
      else list.push([key, /** @type {any} */ (this.#entries.get(key))[1]]);
    }
    return list;
  }

  *entries() { yield* this.#sorted(); }
  *keys() { for (const [name] of this.#sorted()) yield name; }
  *values() { for (const [, value] of this.#sorted()) yield value; }

  /** @param {(value: string, name: string, headers: Headers) => void} callback @param {any} [self] */
  forEach(callback, self) {
    if (typeof callback !== 'function') {
      throw new TypeError("Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.");
    }
    for (const [name, value] of this.#sorted()) callback.call(self, value, name, this);
  }

  [Symbol.iterator]() { return this.entries(); }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    if (depth !== null && depth < 0) return 'Headers';
    return `Headers ${inspect(Object.fromEntries([...this.#entries].map(([key, [, value]]) => [key, value])), options)}`;
  }
}
for (const name of ['_guard', '_raw']) Object.defineProperty(Headers, name, { enumerable: false });
Object.defineProperty(Headers.prototype, Symbol.toStringTag, { value: 'Headers', configurable: true });
for (const name of ['append', 'delete', 'get', 'has', 'set', 'getSetCookie', 'keys', 'values', 'entries', 'forEach']) {
  Object.defineProperty(Headers.prototype, name, { enumerable: true });
}

/** @param {Headers} headers @param {any} init */
function fill(headers, init) {
  if (init instanceof Headers) {
    for (const [name, value] of Headers._raw(init)) {
      for (const one of [value].flat()) headers.append(name, one);
    }
    return;
  }
  if (typeof init[Symbol.iterator] === 'function') {
    for (const pair of init) {
      const list = [...pair];
      if (list.length !== 2) {
        throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${list.length}.`);
      }
      headers.append(list[0], list[1]);
    }
    return;
  }
  for (const name of Reflect.ownKeys(init)) {
    if (Object.getOwnPropertyDescriptor(init, name)?.enumerable) headers.append(/** @type {string} */ (name), init[name]);
  }
}

module.exports = { Headers };
