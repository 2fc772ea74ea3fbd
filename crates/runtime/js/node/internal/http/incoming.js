// IncomingMessage: a request that a server reads, a response that a client reads.
'use strict';

const { Readable, finished } = /** @type {any} */ (require('stream'));

const kHeaders = Symbol('kHeaders');
const kHeadersDistinct = Symbol('kHeadersDistinct');
const kTrailers = Symbol('kTrailers');
const kTrailersDistinct = Symbol('kTrailersDistinct');
const kWanted = Symbol('wanted');

/** Headers of which only the first counts. */
const SINGLE = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host',
  'if-modified-since', 'if-unmodified-since', 'last-modified', 'location', 'max-forwards',
  'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent',
]);

/** @this {any} @param {any} socket */
function IncomingMessage(socket) {
  Readable.call(this, socket ? { highWaterMark: socket.readableHighWaterMark } : undefined);
  this.socket = socket;
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.httpVersion = null;
  this.complete = false;
  this[kHeaders] = null;
  this.rawHeaders = [];
  this[kTrailers] = null;
  this.rawTrailers = [];
  this.joinDuplicateHeaders = false;
  this.aborted = false;
  this.upgrade = null;
  this.url = '';
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
  this.client = socket;
  this._consumed = false;
  this._dumped = false;
  /** Asks the connection for more. */
  Object.defineProperty(this, kWanted, { value: null, writable: true });
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

/** @param {Record<string, any>} target @param {string} name @param {string} value @param {boolean} join */
function addHeader(target, name, value, join) {
  name = name.toLowerCase();
  const known = Object.hasOwn(target, name);
  if (name === 'set-cookie') {
    if (known) target[name].push(value);
    else target[name] = [value];
  } else if (!known) {
    target[name] = value;
  } else if (name === 'cookie') {
    target[name] += `; ${value}`;
  } else if (join || !SINGLE.has(name)) {
    target[name] += `, ${value}`;
  }
}

/** @param {string[]} raw @param {boolean} join */
function joined(raw, join) {
  /** @type {Record<string, any>} */
  const headers = {};
  for (let i = 0; i < raw.length; i += 2) addHeader(headers, raw[i], raw[i + 1], join);
  return headers;
}

/** @param {string[]} raw */
function distinct(raw) {
  /** @type {Record<string, string[]>} */
  const headers = Object.create(null);
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i].toLowerCase();
    if (headers[name] === undefined) headers[name] = [raw[i + 1]];
    else headers[name].push(raw[i + 1]);
  }
  return headers;
}

/** A property that is made of the raw headers when it is first read.
 * @param {string} name @param {symbol} key @param {(message: any) => any} make */
function defineDerived(name, key, make) {
  Object.defineProperty(IncomingMessage.prototype, name, {
    /** @this {any} */
    get() { return this[key] ??= make(this); },
    /** @this {any} @param {any} value */
    set(value) { this[key] = value; },
    configurable: true,
    enumerable: true,
  });
}

defineDerived('headers', kHeaders, (message) => joined(message.rawHeaders, message.joinDuplicateHeaders));
defineDerived('headersDistinct', kHeadersDistinct, (message) => distinct(message.rawHeaders));
defineDerived('trailers', kTrailers, (message) => joined(message.rawTrailers, message.joinDuplicateHeaders));
defineDerived('trailersDistinct', kTrailersDistinct, (message) => distinct(message.rawTrailers));

Object.defineProperty(IncomingMessage.prototype, 'connection', {
  /** @this {any} */
  get() { return this.socket; },
  /** @this {any} @param {any} value */
  set(value) { this.socket = value; },
  configurable: true,
  enumerable: true,
});

/** @this {any} @param {number} milliseconds @param {() => void} [callback] */
IncomingMessage.prototype.setTimeout = function setTimeout(milliseconds, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(milliseconds);
  return this;
};

/** @this {any} */
IncomingMessage.prototype._read = function _read() {
  this._consumed = true;
  this[kWanted]?.();
};

/** @this {any} @param {any} error @param {(error?: any) => void} callback */
IncomingMessage.prototype._destroy = function _destroy(error, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  // Nobody who does not listen is hurt by the error of a message.
  const done = (/** @type {any} */ error) => callback(this.listenerCount('error') === 0 ? undefined : error);
  if (this.socket && !this.socket.destroyed && this.aborted) {
    this.socket.destroy(error);
    const cleanup = finished(this.socket, (/** @type {any} */ failure) => {
      if (failure?.code === 'ERR_STREAM_PREMATURE_CLOSE') failure = null;
      cleanup();
      process.nextTick(done, error || failure);
    });
  } else {
    process.nextTick(done, error);
  }
};

/** Reads and forgets the rest. @this {any} */
IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  this.removeAllListeners('data');
  this.resume();
};

/** Fills in the head. @param {any} message @param {any[]} event of the parser */
function setHead(message, event) {
  message.httpVersionMajor = 1;
  message.httpVersionMinor = event[2];
  message.httpVersion = `1.${event[2]}`;
  message.rawHeaders = event[5];
}

module.exports = { IncomingMessage, setHead, joined, kWanted };
