// OutgoingMessage: a response that a server writes, a request that a client writes.
'use strict';

const { Stream, getDefaultHighWaterMark } = /** @type {any} */ (require('stream'));
const { codedError, invalidArgType, checkObject } = require('internal/errors');
const { hasInvalidCharacter, validateHeaderName } = require('internal/http/common');
const { kOutHeaders } = require('internal/http/outgoing_headers');

const { Buffer } = globalThis;
const kHighWaterMark = Symbol('kHighWaterMark');
const kNeedDrain = Symbol('kNeedDrain');
const kCorked = Symbol('corked');
const kBytesWritten = Symbol('kBytesWritten');
const kErrored = Symbol('errored');
const nothing = () => {};

/** @this {any} @param {any} [options] */
function OutgoingMessage(options) {
  Stream.call(this);
  /** What waits for a socket; `write` gives false beyond the mark. */
  this.outputData = [];
  this.outputSize = 0;
  this.writable = true;
  this.destroyed = false;
  this._last = false;
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.maxRequestsOnConnectionReached = false;
  this._defaultKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.sendDate = false;
  this._removedConnection = false;
  this._removedContLen = false;
  this._removedTE = false;
  this.strictContentLength = false;
  this[kBytesWritten] = 0;
  this._contentLength = null;
  this._hasBody = true;
  this._trailer = '';
  this[kNeedDrain] = false;
  this.finished = false;
  this._headerSent = false;
  this[kCorked] = 0;
  this._closed = false;
  this.socket = null;
  this._header = null;
  this[kOutHeaders] = null;
  this._keepAliveTimeout = 0;
  this._onPendingData = nothing;
  this[kErrored] = null;
  this[kHighWaterMark] = options?.highWaterMark ?? getDefaultHighWaterMark(false);
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

/** @param {Record<string, (message: any) => any>} getters */
function defineGetters(getters) {
  for (const [name, get] of Object.entries(getters)) {
    Object.defineProperty(OutgoingMessage.prototype, name, {
      /** @this {any} */
      get() { return get(this); },
      configurable: true,
      enumerable: true,
    });
  }
}

defineGetters({
  errored: (message) => message[kErrored],
  closed: (message) => message._closed,
  writableFinished: (message) =>
    message.finished && message.outputSize === 0 && (!message.socket || message.socket.writableLength === 0),
  writableObjectMode: () => false,
  writableLength: (message) => message.outputSize + (message.socket ? message.socket.writableLength : 0),
  writableHighWaterMark: (message) => (message.socket ? message.socket.writableHighWaterMark : message[kHighWaterMark]),
  writableCorked: (message) => message[kCorked],
  writableEnded: (message) => message.finished,
  writableNeedDrain: (message) => !message.destroyed && !message.finished && message[kNeedDrain],
  headersSent: (message) => Boolean(message._header),
});

Object.defineProperty(OutgoingMessage.prototype, 'connection', {
  /** @this {any} */
  get() { return this.socket; },
  /** @this {any} @param {any} value */
  set(value) { this.socket = value; },
  configurable: true,
  enumerable: true,
});

/** @this {any} */
OutgoingMessage.prototype.cork = function cork() {
  if (this.socket) this.socket.cork();
  else this[kCorked]++;
};

/** @this {any} */
OutgoingMessage.prototype.uncork = function uncork() {
  if (this.socket) this.socket.uncork();
  else if (this[kCorked]) this[kCorked]--;
};

/** @this {any} @param {number} milliseconds @param {() => void} [callback] */
OutgoingMessage.prototype.setTimeout = function setTimeout(milliseconds, callback) {
  if (callback) this.on('timeout', callback);
  if (this.socket) this.socket.setTimeout(milliseconds);
  else this.once('socket', (/** @type {any} */ socket) => socket.setTimeout(milliseconds));
  return this;
};

/** @this {any} @param {any} [error] */
OutgoingMessage.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (this.socket) this.socket.destroy(error);
  else this.once('socket', (/** @type {any} */ socket) => socket.destroy(error));
  return this;
};

require('internal/http/outgoing_headers').define(OutgoingMessage.prototype);

OutgoingMessage.prototype._implicitHeader = function _implicitHeader() {
  throw codedError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _implicitHeader() method is not implemented');
};

/** Sends the head, if it was not, and data. @this {any} @param {any} data @param {any} [encoding] @param {any} [callback] */
OutgoingMessage.prototype._send = function _send(data, encoding, callback) {
  if (!this._headerSent) {
    const head = this._header;
    this._headerSent = true;
    if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding) && /^[\x00-\x7f]*$/.test(data)) {
      data = head + data;
      encoding = 'latin1';
    } else {
      this._writeRaw(head, 'latin1', null);
    }
  }
  return this._writeRaw(data, encoding, callback);
};

/** @this {any} @param {any} data @param {any} encoding @param {any} callback */
OutgoingMessage.prototype._writeRaw = function _writeRaw(data, encoding, callback) {
  const socket = this.socket;
  if (socket && socket.destroyed) return false;
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this.outputData.length > 0) this._flushOutput(socket);
    return socket.write(data, encoding, callback ?? undefined);
  }
  this.outputData.push({ data, encoding, callback });
  this.outputSize += data.length;
  this._onPendingData(data.length);
  return this.outputSize < this[kHighWaterMark];
};

/** @this {any} @param {any} socket */
OutgoingMessage.prototype._flushOutput = function _flushOutput(socket) {
  for (; this[kCorked] > 0; this[kCorked]--) socket.cork();
  const waiting = this.outputData;
  if (waiting.length === 0) return undefined;
  socket.cork();
  let more;
  for (const { data, encoding, callback } of waiting) more = socket.write(data, encoding, callback ?? undefined);
  socket.uncork();
  this.outputData = [];
  this._onPendingData(-this.outputSize);
  this.outputSize = 0;
  return more;
};

/** Writes what waited for the socket. @this {any} */
OutgoingMessage.prototype._flush = function _flush() {
  const { socket } = this;
  if (!socket?.writable) return;
  const more = this._flushOutput(socket);
  if (this.finished) {
    this._finish();
  } else if (more && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

/** @this {any} */
OutgoingMessage.prototype._finish = function _finish() {
  this.emit('prefinish');
};

/** @param {any} message @param {any} error @param {any} callback */
function fail(message, error, callback) {
  process.nextTick(() => {
    callback(error);
    if (!message.destroyed) message.emit('error', error);
  });
}

/** @param {any} message @param {any} chunk @param {any} encoding @param {any} callback */
function write(message, chunk, encoding, callback, last = false) {
  if (typeof callback !== 'function') callback = nothing;
  if (chunk === null) throw codedError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
    throw invalidArgType('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
  if (message.finished) {
    fail(message, codedError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end'), callback);
    return false;
  }
  if (message.destroyed) {
    fail(message, codedError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'), callback);
    return false;
  }
  const length = typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
  if (!message._header) {
    if (last) message._contentLength ??= length;
    message._implicitHeader();
  }
  if (!message._hasBody) {
    process.nextTick(callback);
    return true;
  }
  if (message.strictContentLength) checkLength(message, length, last);
  message[kBytesWritten] += length;
  const { socket } = message;
  if (socket && !socket.writableCorked) {
    socket.cork();
    process.nextTick(() => socket.uncork());
  }
  let more;
  if (message.chunkedEncoding && length > 0) {
    message._send(`${length.toString(16)}\r\n`, 'latin1', null);
    message._send(chunk, encoding, null);
    more = message._send('\r\n', 'latin1', callback);
  } else if (message.chunkedEncoding) {
    more = message._send('', 'latin1', callback);
  } else {
    more = message._send(chunk, encoding, callback);
  }
  if (!more) message[kNeedDrain] = true;
  return more;
}

/** @param {any} message @param {number} length @param {boolean} last */
function checkLength(message, length, last) {
  const total = message[kBytesWritten] + length;
  const wanted = message._contentLength;
  if (wanted === null || message.chunkedEncoding || (last ? total === wanted : total <= wanted)) return;
  throw codedError(Error, 'ERR_HTTP_CONTENT_LENGTH_MISMATCH',
    `Response body's content-length of ${total} byte(s) does not match the content-length of ${wanted} byte(s) set in header`);
}

/** @this {any} @param {any} chunk @param {any} [encoding] @param {any} [callback] */
OutgoingMessage.prototype.write = function (chunk, encoding, callback) {
  if (typeof encoding === 'function') [callback, encoding] = [encoding, null];
  return write(this, chunk, encoding, callback);
};

/** @this {any} @param {any} headers */
OutgoingMessage.prototype.addTrailers = function addTrailers(headers) {
  this._trailer = '';
  checkObject(headers, 'headers');
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name, 'Trailer name');
    for (const one of [value].flat()) {
      if (hasInvalidCharacter(`${one}`)) {
        throw codedError(TypeError, 'ERR_INVALID_CHAR', `Invalid character in trailer content ["${name}"]`);
      }
      this._trailer += `${name}: ${one}\r\n`;
    }
  }
};

/** @this {any} @param {any} [chunk] @param {any} [encoding] @param {any} [callback] */
OutgoingMessage.prototype.end = function end(chunk, encoding, callback) {
  if (typeof chunk === 'function') [callback, chunk, encoding] = [chunk, null, null];
  else if (typeof encoding === 'function') [callback, encoding] = [encoding, null];
  if (this.finished) {
    if (typeof callback === 'function') {
      if (this.writableFinished) callback(codedError(Error, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished'));
      else this.on('finish', callback);
    } else if (chunk !== null && chunk !== undefined) {
      fail(this, codedError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end'), nothing);
    }
    return this;
  }
  const { socket } = this;
  if (socket) socket.cork();
  if (chunk !== null && chunk !== undefined && chunk.length !== 0) {
    write(this, chunk, encoding, null, true);
  } else if (!this._header) {
    this._contentLength ??= 0;
    this._implicitHeader();
  }
  if (typeof callback === 'function') this.once('finish', callback);
  const finish = () => {
    if (!this.socket?._hadError) this.emit('finish');
  };
  if (this._hasBody && this.chunkedEncoding) this._send(`0\r\n${this._trailer}\r\n`, 'latin1', finish);
  else if (!this._headerSent || this.writableLength > 0 || socket) this._send('', 'latin1', finish);
  else process.nextTick(finish);
  if (socket) {
    // Everything goes in one write: also what `write` corked for the rest of this turn.
    while (socket.writableCorked > 0) socket.uncork();
  }
  this[kCorked] = 0;
  this.finished = true;
  if (this.outputData.length === 0 && this.socket && this.socket._httpMessage === this) this._finish();
  return this;
};

/** @this {any} */
OutgoingMessage.prototype.flushHeaders = function flushHeaders() {
  if (!this._header) this._implicitHeader();
  this._send('');
};

/** @this {any} */
OutgoingMessage.prototype.pipe = function pipe() {
  this.emit('error', codedError(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
};

module.exports = { OutgoingMessage, kOutHeaders, kNeedDrain, kErrored };
