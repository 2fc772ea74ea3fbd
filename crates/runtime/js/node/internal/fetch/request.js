// Request.
'use strict';

const { Headers } = require('internal/fetch/headers');
const { cloneBody, defineReaders, extract, isStream, isUsed } = require('internal/fetch/body');
const { isToken } = require('internal/http/common');
const { unsupported } = require('internal/errors');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
/** Methods that are written in upper case. */
const NORMALIZED = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);
const CHOICES = {
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  credentials: ['omit', 'same-origin', 'include'],
  mode: ['navigate', 'same-origin', 'no-cors', 'cors'],
  redirect: ['follow', 'manual', 'error'],
};

/** @param {any} method */
function checkMethod(method) {
  method = `${method}`;
  if (!isToken(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  const upper = method.toUpperCase();
  if (['CONNECT', 'TRACE', 'TRACK'].includes(upper)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
  return NORMALIZED.has(upper) ? upper : method;
}

/** @param {any} input */
function parseUrl(input) {
  let url;
  try {
    url = new URL(`${input}`);
  } catch (error) {
    throw new TypeError(`Failed to parse URL from ${input}`, { cause: error });
  }
  if (url.username || url.password) {
    throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${input}`);
  }
  return url;
}

class Request {
  #url;
  #method = 'GET';
  #headers;
  /** @type {import('./body').Body | null} */
  #body = null;
  #signal;
  #settings = /** @type {Record<string, any>} */ ({
    cache: 'default', credentials: 'same-origin', mode: 'cors', redirect: 'follow',
    integrity: '', keepalive: false, referrer: 'about:client', referrerPolicy: '',
  });

  /** @param {any} input @param {any} [init] */
  constructor(input, init = {}) {
    if (arguments.length === 0) throw new TypeError('Request constructor: 1 argument required, but only 0 found.');
    init ??= {};
    const from = input instanceof Request ? input : null;
    this.#url = from === null ? parseUrl(input) : new URL(from.#url);
    if (from !== null) {
      this.#method = from.#method;
      this.#settings = { ...from.#settings };
    }
    if (init.window !== undefined && init.window !== null) throw new TypeError(`'window' option '${init.window}' must be null`);
    if (init.dispatcher !== undefined) throw unsupported("fetch's option dispatcher");
    if (init.integrity) throw unsupported("fetch's option integrity");
    for (const [name, allowed] of Object.entries(CHOICES)) {
      if (init[name] === undefined) continue;
      if (!allowed.includes(`${init[name]}`)) {
        throw new TypeError(`Request constructor: ${init[name]} is not an accepted type. Expected one of ${allowed.join(', ')}.`);
      }
      this.#settings[name] = `${init[name]}`;
    }
    if (init.keepalive !== undefined) this.#settings.keepalive = Boolean(init.keepalive);
    if (init.method !== undefined) this.#method = checkMethod(init.method);
    const signal = init.signal === undefined ? from?.signal : init.signal;
    if (signal !== null && signal !== undefined && !(signal instanceof AbortSignal)) {
      throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
    }
    this.#signal = signal ? AbortSignal.any([signal]) : new AbortController().signal;
    this.#headers = new Headers(init.headers ?? from?.headers);
    this.#takeBody(init, from);
  }

  /** @param {any} init @param {Request | null} from */
  #takeBody(init, from) {
    const given = init.body !== undefined && init.body !== null;
    if ((given || (from !== null && from.#body !== null)) && (this.#method === 'GET' || this.#method === 'HEAD')) {
      throw new TypeError('Request with GET/HEAD method cannot have body.');
    }
    if (given) {
      const streams = isStream(init.body) || typeof init.body?.[Symbol.asyncIterator] === 'function';
      if (streams && init.duplex === undefined) {
        throw new TypeError('RequestInit: duplex option is required when sending a body.');
      }
      const { body, type } = extract(init.body);
      this.#body = body;
      if (type !== null && !this.#headers.has('content-type')) this.#headers.append('content-type', type);
    } else if (from !== null && from.#body !== null) {
      if (isUsed(from.#body)) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
      this.#body = { ...from.#body };
      from.#body.used = true;
    }
  }

  /** @param {Request} request */
  static _body(request) { return request.#body; }
  /** @param {Request} request */
  static _url(request) { return request.#url; }

  get method() { return this.#method; }
  get url() { return this.#url.href; }
  get headers() { return this.#headers; }
  get signal() { return this.#signal; }
  get cache() { return this.#settings.cache; }
  get credentials() { return this.#settings.credentials; }
  get destination() { return ''; }
  get integrity() { return this.#settings.integrity; }
  get keepalive() { return this.#settings.keepalive; }
  get mode() { return this.#settings.mode; }
  get redirect() { return this.#settings.redirect; }
  get referrer() { return this.#settings.referrer; }
  get referrerPolicy() { return this.#settings.referrerPolicy; }
  get isReloadNavigation() { return false; }
  get isHistoryNavigation() { return false; }
  get duplex() { return 'half'; }

  clone() {
    if (this.#body !== null && isUsed(this.#body)) throw new TypeError('unusable');
    const copy = new Request(this.url, { method: this.method, headers: this.headers, signal: this.signal, ...this.#settings, integrity: undefined });
    if (this.#body !== null) copy.#body = cloneBody(this.#body);
    return copy;
  }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    if (depth !== null && depth < 0) return 'Request';
    const { method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache, redirect, integrity, keepalive, isReloadNavigation, isHistoryNavigation, signal } = this;
    return `Request ${inspect({ method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache, redirect, integrity, keepalive, isReloadNavigation, isHistoryNavigation, signal }, options)}`;
  }
}
for (const name of ['_body', '_url']) Object.defineProperty(Request, name, { enumerable: false });
Object.defineProperty(Request.prototype, Symbol.toStringTag, { value: 'Request', configurable: true });
defineReaders(Request, (request) => Request._body(request));

module.exports = { Request };
