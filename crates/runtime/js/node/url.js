// The module url: the URL standard, and parse, format and resolve as Node had them before it.
'use strict';

const standard = require('internal/url');
const querystring = require('querystring');
const { checkString, codedError, invalidArgType } = require('internal/errors');

/** Schemes whose rest is a path after `//`, with or without a host. */
const SLASHED = new Set(['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss'].flatMap((name) => [name, `${name}:`]));
const HOSTLESS = new Set(['javascript', 'javascript:']);

class Url {
  constructor() {
    this.protocol = /** @type {string | null} */ (null);
    this.slashes = /** @type {boolean | null} */ (null);
    this.auth = /** @type {string | null} */ (null);
    this.host = /** @type {string | null} */ (null);
    this.port = /** @type {string | null} */ (null);
    this.hostname = /** @type {string | null} */ (null);
    this.hash = /** @type {string | null} */ (null);
    this.search = /** @type {string | null} */ (null);
    this.query = /** @type {any} */ (null);
    this.pathname = /** @type {string | null} */ (null);
    this.path = /** @type {string | null} */ (null);
    this.href = '';
  }

  /** @param {string} text @param {boolean} [parseQuery] @param {boolean} [slashesDenoteHost] */
  parse(text, parseQuery = false, slashesDenoteHost = false) {
    checkString(text, 'url');
    let rest = text.trim();
    // Backslashes before a query are slashes, as browsers take them.
    const cut = rest.search(/[?#]/);
    rest = cut < 0 ? rest.replaceAll('\\', '/') : rest.slice(0, cut).replaceAll('\\', '/') + rest.slice(cut);
    const scheme = /^[a-z0-9.+-]+:/i.exec(rest);
    let lower = '';
    if (scheme) {
      lower = scheme[0].toLowerCase();
      this.protocol = lower;
      rest = rest.slice(scheme[0].length);
    }
    if (slashesDenoteHost || scheme || /^\/\/[^@/]+@[^@/]+/.test(rest)) {
      if (rest.startsWith('//') && !HOSTLESS.has(lower)) {
        rest = rest.slice(2);
        this.slashes = true;
      }
    }
    if (!HOSTLESS.has(lower) && (this.slashes || (scheme && !SLASHED.has(lower)))) {
      rest = this.#takeHost(rest, text);
    }
    if (!HOSTLESS.has(lower)) rest = escapeRest(rest);
    const hash = rest.indexOf('#');
    if (hash >= 0) {
      this.hash = rest.slice(hash);
      rest = rest.slice(0, hash);
    }
    const question = rest.indexOf('?');
    if (question >= 0) {
      this.search = rest.slice(question);
      this.query = rest.slice(question + 1);
      if (parseQuery) this.query = querystring.parse(this.query);
      rest = rest.slice(0, question);
    } else if (parseQuery) {
      this.search = null;
      this.query = Object.create(null);
    }
    if (rest) this.pathname = rest;
    if (SLASHED.has(lower) && this.hostname && !this.pathname) this.pathname = '/';
    if (this.pathname || this.search) this.path = (this.pathname ?? '') + (this.search ?? '');
    this.href = this.format();
    return this;
  }

  /** Takes `auth@host:port` off the front. @param {string} rest @param {string} text */
  #takeHost(rest, text) {
    let end = rest.search(/[/?#]/);
    if (end < 0) end = rest.length;
    const at = rest.lastIndexOf('@', end);
    if (at >= 0) {
      this.auth = decodeURIComponent(rest.slice(0, at));
      rest = rest.slice(at + 1);
      end -= at + 1;
    }
    const stop = rest.slice(0, end).search(/[\t\n\r "%';<>\\^`{|}]/);
    const hostEnd = stop >= 0 ? stop : end;
    let host = rest.slice(0, hostEnd);
    rest = rest.slice(hostEnd);
    const port = /:(\d*)$/.exec(host);
    if (port) {
      if (port[1] !== '') this.port = port[1];
      host = host.slice(0, host.length - port[0].length);
    }
    let hostname = host;
    if (/^\[.*\]$/.test(hostname)) {
      hostname = hostname.slice(1, -1).toLowerCase();
      host = `[${hostname}]`;
    } else {
      hostname = hostname.toLowerCase();
      if (/[^\x00-\x7f]/.test(hostname)) {
        hostname = standard.domainToASCII(hostname);
        if (hostname === '') {
          const error = codedError(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
          error.input = text;
          throw error;
        }
      }
      host = hostname;
    }
    this.hostname = hostname;
    this.host = `${host}${this.port ? `:${this.port}` : ''}`;
    return rest;
  }

  format() {
    let auth = this.auth || '';
    if (auth) auth = `${encodeURIComponent(auth).replace(/%3A/i, ':')}@`;
    let protocol = this.protocol || '';
    let pathname = this.pathname || '';
    let hash = this.hash || '';
    let host = '';
    if (this.host) host = auth + this.host;
    else if (this.hostname) {
      host = auth + (this.hostname.includes(':') && !/^\[/.test(this.hostname) ? `[${this.hostname}]` : this.hostname);
      if (this.port) host += `:${this.port}`;
    }
    const query = this.query !== null && typeof this.query === 'object' ? querystring.stringify(this.query) : '';
    let search = this.search || (query && `?${query}`) || '';
    if (protocol && !protocol.endsWith(':')) protocol += ':';
    pathname = pathname.replace(/[?#]/g, encodeURIComponent);
    if (this.slashes || SLASHED.has(protocol)) {
      if (this.slashes || host) {
        if (pathname && !pathname.startsWith('/')) pathname = `/${pathname}`;
        host = `//${host}`;
      } else if (protocol.startsWith('file')) {
        host = '//';
      }
    }
    search = search.replaceAll('#', '%23');
    if (hash && !hash.startsWith('#')) hash = `#${hash}`;
    if (search && !search.startsWith('?')) search = `?${search}`;
    return protocol + host + pathname + search + hash;
  }

  /** @param {string} relative */
  resolve(relative) { return this.resolveObject(urlParse(relative, false, true)).format(); }

  /** @param {any} relative */
  resolveObject(relative) {
    if (typeof relative === 'string') relative = urlParse(relative, false, true);
    const result = Object.assign(new Url(), this);
    result.hash = relative.hash;
    if (relative.href === '') {
      result.href = result.format();
      return result;
    }
    const sameScheme = !relative.protocol || relative.protocol === this.protocol;
    if (!sameScheme || (relative.slashes && !relative.protocol) || (relative.protocol && relative.slashes)) {
      const absolute = Object.assign(new Url(), relative);
      absolute.protocol = relative.protocol || this.protocol;
      if (!relative.slashes && SLASHED.has(absolute.protocol ?? '') && !sameScheme) absolute.slashes = relative.slashes;
      if (SLASHED.has(absolute.protocol ?? '') && absolute.hostname && !absolute.pathname) absolute.pathname = '/';
      if (absolute.pathname && absolute.slashes) absolute.pathname = withoutDots(absolute.pathname, true);
      absolute.path = absolute.pathname || absolute.search ? (absolute.pathname ?? '') + (absolute.search ?? '') : null;
      absolute.href = absolute.format();
      return absolute;
    }
    if (relative.pathname) {
      const isRooted = relative.pathname.startsWith('/');
      const base = this.pathname ?? '';
      const folder = base.slice(0, base.lastIndexOf('/') + 1) || (this.host ? '/' : '');
      const joined = isRooted ? relative.pathname : folder + relative.pathname;
      result.pathname = withoutDots(joined, isRooted || joined.startsWith('/'));
      result.search = relative.search;
      result.query = relative.query;
    } else if (relative.search !== null && relative.search !== undefined) {
      result.search = relative.search;
      result.query = relative.query;
    }
    result.path = result.pathname || result.search ? (result.pathname ?? '') + (result.search ?? '') : null;
    result.href = result.format();
    return result;
  }
}

/** @param {string} path @param {boolean} rooted */
function withoutDots(path, rooted) {
  const out = [];
  const parts = path.split('/');
  for (const part of parts) {
    if (part === '..') {
      if (out.length > (rooted ? 1 : 0) && out[out.length - 1] !== '..') out.pop();
      else if (!rooted) out.push(part);
    } else if (part !== '.') {
      out.push(part);
    }
  }
  const last = parts[parts.length - 1];
  if ((last === '.' || last === '..') && out[out.length - 1] !== '') out.push('');
  return out.join('/') || (rooted ? '/' : '');
}

/** @param {string} rest */
const escapeRest = (rest) => rest.replace(/[\t\n\r "'<>\\^`{|}]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

/** @param {any} url @param {boolean} [parseQuery] @param {boolean} [slashesDenoteHost] */
function urlParse(url, parseQuery, slashesDenoteHost) {
  if (url instanceof Url) return url;
  return new Url().parse(url, parseQuery, slashesDenoteHost);
}

/** @param {any} url @param {any} [options] */
function urlFormat(url, options) {
  if (typeof url === 'string') url = urlParse(url);
  else if (typeof url !== 'object' || url === null) throw invalidArgType('urlObject', ['Object', 'string'], url);
  else if (url instanceof standard.URL) {
    const { fragment = true, unicode = false, search = true, auth = true } = options ?? {};
    let text = url.protocol;
    if (url.host !== '' || url.protocol === 'file:') {
      text += '//';
      if (auth && (url.username || url.password)) text += `${url.username}${url.password ? `:${url.password}` : ''}@`;
      text += unicode ? standard.domainToUnicode(url.hostname) : url.hostname;
      if (url.port) text += `:${url.port}`;
    }
    return text + url.pathname + (search ? url.search : '') + (fragment ? url.hash : '');
  }
  return Url.prototype.format.call(url);
}

/** @param {string} from @param {string} to */
const urlResolve = (from, to) => urlParse(from, false, true).resolve(to);

/** @param {any} from @param {any} to */
const urlResolveObject = (from, to) => (from ? urlParse(from, false, true).resolveObject(to) : to);

module.exports = {
  Url, parse: urlParse, resolve: urlResolve, resolveObject: urlResolveObject, format: urlFormat,
  URL: standard.URL, URLSearchParams: standard.URLSearchParams,
  domainToASCII: standard.domainToASCII, domainToUnicode: standard.domainToUnicode,
  pathToFileURL: standard.pathToFileURL, fileURLToPath: standard.fileURLToPath,
  urlToHttpOptions: standard.urlToHttpOptions,
};
