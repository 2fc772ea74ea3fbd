// Response.
'use strict';

const { Headers } = require('internal/fetch/headers');
const { cloneBody, defineReaders, extract, isUsed } = require('internal/fetch/body');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const WITHOUT_BODY = new Set([101, 204, 205, 304]);

class Response {
  #status = 200;
  #statusText = '';
  #headers;
  /** @type {import('./body').Body | null} */
  #body = null;
  #type = 'default';
  #url = '';
  #redirected = false;

  /** @param {any} [body] @param {any} [init] */
  constructor(body = null, init = {}) {
    const { status = 200, statusText = '', headers } = init ?? {};
    this.#status = Math.trunc(Number(status)) || 0;
    if (this.#status < 200 || this.#status > 599) {
      throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    }
    this.#statusText = `${statusText}`;
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(this.#statusText)) throw new TypeError('Invalid statusText');
    this.#headers = new Headers(headers);
    if (body === null || body === undefined) return;
    if (WITHOUT_BODY.has(this.#status)) {
      throw new TypeError(`Response constructor: Invalid response status code ${this.#status}`);
    }
    const extracted = extract(body);
    this.#body = extracted.body;
    if (extracted.type !== null && !this.#headers.has('content-type')) this.#headers.append('content-type', extracted.type);
  }

  /** What came from a server. @param {any} parts */
  static _received({ status, statusText, headers, body, url, redirected }) {
    const response = new Response();
    response.#status = status;
    response.#statusText = statusText;
    response.#headers = headers;
    Headers._guard(headers, 'immutable');
    response.#body = WITHOUT_BODY.has(status) ? null : body;
    response.#type = 'basic';
    response.#url = url;
    response.#redirected = redirected;
    return response;
  }

  static error() {
    const response = new Response();
    response.#type = 'error';
    response.#status = 0;
    Headers._guard(response.#headers, 'immutable');
    return response;
  }

  /** @param {any} data @param {any} [init] */
  static json(data, init = {}) {
    if (arguments.length === 0) throw new TypeError('Response.json: 1 argument required, but only 0 found.');
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const headers = new Headers(init?.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Response(text, { ...init, headers });
  }

  /** @param {any} url @param {number} [status] */
  static redirect(url, status = 302) {
    let parsed;
    try {
      parsed = new URL(`${url}`);
    } catch (error) {
      throw new TypeError(`Failed to parse URL from ${url}`, { cause: error });
    }
    if (!REDIRECTS.has(status)) throw new RangeError(`Invalid status code ${status}`);
    const response = new Response();
    response.#status = status;
    response.#headers.set('location', parsed.href);
    Headers._guard(response.#headers, 'immutable');
    return response;
  }

  /** @param {Response} response */
  static _body(response) { return response.#body; }

  get type() { return this.#type; }
  get url() { return this.#url.replace(/#.*$/, ''); }
  get redirected() { return this.#redirected; }
  get status() { return this.#status; }
  get ok() { return this.#status >= 200 && this.#status <= 299; }
  get statusText() { return this.#statusText; }
  get headers() { return this.#headers; }

  clone() {
    if (this.#body !== null && isUsed(this.#body)) {
      throw new TypeError('Response.clone: Body has already been consumed.');
    }
    const copy = new Response();
    copy.#status = this.#status;
    copy.#statusText = this.#statusText;
    copy.#headers = new Headers(this.#headers);
    copy.#type = this.#type;
    copy.#url = this.#url;
    copy.#redirected = this.#redirected;
    if (this.#body !== null) copy.#body = cloneBody(this.#body);
    return copy;
  }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    if (depth !== null && depth < 0) return 'Response';
    const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = /** @type {any} */ (this);
    return `Response ${inspect({ status, statusText, headers, body, bodyUsed, ok, redirected, type, url }, options)}`;
  }
}
for (const name of ['_body', '_received']) Object.defineProperty(Response, name, { enumerable: false });
Object.defineProperty(Response.prototype, Symbol.toStringTag, { value: 'Response', configurable: true });
defineReaders(Response, (response) => Response._body(response));

module.exports = { Response, REDIRECTS };
