// The headers of an OutgoingMessage: setting them, and what is sent of them.
'use strict';

const { codedError, invalidArgType } = require('internal/errors');
const { validateHeaderName, validateHeaderValue, httpDate } = require('internal/http/common');

const kOutHeaders = Symbol('kOutHeaders');

/** Gives the methods to a prototype. @param {any} prototype */
function define(prototype) {
  Object.assign(prototype, methods);
  // Old code reads and sets the headers by these.
  Object.defineProperty(prototype, '_headers', {
    /** @this {any} */
    get() { return this.getHeaders(); },
    /** @this {any} @param {any} value */
    set(value) {
      this[kOutHeaders] = null;
      for (const name of Object.keys(value ?? {})) this.setHeader(name, value[name]);
    },
    configurable: true,
    enumerable: true,
  });
}

/** @type {Record<string, any>} */
const methods = {};

/** @param {string} operation */
const headersSent = (operation) =>
  codedError(Error, 'ERR_HTTP_HEADERS_SENT', `Cannot ${operation} headers after they are sent to the client`);

/** @this {any} @param {string} name @param {any} value */
methods.setHeader = function setHeader(name, value) {
  if (this._header) throw headersSent('set');
  validateHeaderName(name);
  if (Array.isArray(value)) for (const one of value) validateHeaderValue(name, one);
  else validateHeaderValue(name, value);
  this[kOutHeaders] ??= Object.create(null);
  this[kOutHeaders][name.toLowerCase()] = [name, value];
  return this;
};

/** @this {any} @param {any} headers */
methods.setHeaders = function setHeaders(headers) {
  if (this._header) throw headersSent('set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') {
    throw invalidArgType('headers', ['Headers', 'Map'], headers);
  }
  for (const name of headers.keys()) this.setHeader(name, headers.get(name));
  return this;
};

/** @this {any} @param {string} name @param {any} value */
methods.appendHeader = function appendHeader(name, value) {
  if (this._header) throw headersSent('append');
  validateHeaderName(name);
  const values = Array.isArray(value) ? value : [value];
  for (const one of values) validateHeaderValue(name, one);
  const entry = this[kOutHeaders]?.[name.toLowerCase()];
  if (entry === undefined) return this.setHeader(name, value);
  entry[1] = (Array.isArray(entry[1]) ? entry[1] : [entry[1]]).concat(values);
  return this;
};

/** @param {any} name */
function checkName(name) {
  if (typeof name !== 'string') throw invalidArgType('name', 'string', name);
  return name.toLowerCase();
}

/** @this {any} @param {string} name */
methods.getHeader = function getHeader(name) {
  return this[kOutHeaders]?.[checkName(name)]?.[1];
};

/** @this {any} */
methods.getHeaderNames = function getHeaderNames() {
  return this[kOutHeaders] === null ? [] : Object.keys(this[kOutHeaders]);
};

/** @this {any} */
methods.getRawHeaderNames = function getRawHeaderNames() {
  return this[kOutHeaders] === null ? [] : Object.values(this[kOutHeaders]).map((/** @type {any} */ entry) => entry[0]);
};

/** @this {any} */
methods.getHeaders = function getHeaders() {
  const copy = Object.create(null);
  for (const name of this.getHeaderNames()) copy[name] = this[kOutHeaders][name][1];
  return copy;
};

/** @this {any} @param {string} name */
methods.hasHeader = function hasHeader(name) {
  const key = checkName(name);
  return this[kOutHeaders] !== null && key in this[kOutHeaders];
};

/** @this {any} @param {string} name */
methods.removeHeader = function removeHeader(name) {
  const key = checkName(name);
  if (this._header) throw headersSent('remove');
  if (key === 'connection') this._removedConnection = true;
  else if (key === 'content-length') this._removedContLen = true;
  else if (key === 'transfer-encoding') this._removedTE = true;
  else if (key === 'date') this.sendDate = false;
  if (this[kOutHeaders] !== null) delete this[kOutHeaders][key];
};

/** @this {any} @param {string} first @param {[string, any][]} [entries] */
methods._storeHeader = function _storeHeader(first, entries = entriesOf(this)) {
  const seen = { connection: false, length: false, encoding: false, date: false, expect: false, trailer: false };
  let text = first;
  for (const [name, value] of entries) {
    // Cookies of a request go in one header.
    const values = Array.isArray(value) && name.toLowerCase() === 'cookie' ? [value.join('; ')] : [value].flat();
    for (const one of values) {
      text += `${name}: ${one}\r\n`;
      note(this, seen, name.toLowerCase(), `${one}`);
    }
  }
  if (this.sendDate && !seen.date) text += `Date: ${httpDate()}\r\n`;
  if (this.chunkedEncoding && (this.statusCode === 204 || this.statusCode === 304)) {
    this.chunkedEncoding = false;
    this.shouldKeepAlive = false;
  }
  text += connectionHeader(this, seen);
  if (!seen.length && !seen.encoding) text += lengthHeader(this, seen);
  if (!this.chunkedEncoding && seen.trailer) {
    throw codedError(Error, 'ERR_HTTP_TRAILER_INVALID', 'Trailers are invalid with this transfer encoding');
  }
  this._header = `${text}\r\n`;
  this._headerSent = false;
  // A server's word is waited for before the body.
  if (seen.expect) this._send('');
};

/** @param {any} message */
const entriesOf = (message) => (message[kOutHeaders] === null ? [] : Object.values(message[kOutHeaders]));

/** @param {any} message @param {any} seen @param {string} name @param {string} value */
function note(message, seen, name, value) {
  switch (name) {
    case 'connection':
      seen.connection = true;
      message._removedConnection = false;
      if (/(?:^|\W)close(?:$|\W)/i.test(value)) message._last = true;
      else message.shouldKeepAlive = true;
      break;
    case 'transfer-encoding':
      seen.encoding = true;
      message._removedTE = false;
      if (/(?:^|\W)chunked(?:$|\W)/i.test(value)) message.chunkedEncoding = true;
      break;
    case 'content-length':
      seen.length = true;
      message._contentLength = +value;
      message._removedContLen = false;
      break;
    case 'date': case 'expect': case 'trailer':
      seen[name] = true;
      break;
    case 'keep-alive':
      message._defaultKeepAlive = false;
      break;
  }
}

/** @param {any} message @param {any} seen */
function connectionHeader(message, seen) {
  if (message._removedConnection) {
    message._last = !message.shouldKeepAlive;
    return '';
  }
  if (seen.connection) return '';
  const keepAlive = message.shouldKeepAlive && (seen.length || message.useChunkedEncodingByDefault || message.agent);
  if (!keepAlive) {
    message._last = true;
    return 'Connection: close\r\n';
  }
  if (message.maxRequestsOnConnectionReached) return 'Connection: close\r\n';
  if (!message._keepAliveTimeout || !message._defaultKeepAlive) return 'Connection: keep-alive\r\n';
  const seconds = Math.floor(message._keepAliveTimeout / 1000);
  const most = ~~message._maxRequestsPerSocket > 0 ? `, max=${message._maxRequestsPerSocket}` : '';
  return `Connection: keep-alive\r\nKeep-Alive: timeout=${seconds}${most}\r\n`;
}

/** @param {any} message @param {any} seen */
function lengthHeader(message, seen) {
  if (!message._hasBody) {
    message.chunkedEncoding = false;
  } else if (!message.useChunkedEncodingByDefault) {
    message._last = true;
  } else if (!seen.trailer && !message._removedContLen && typeof message._contentLength === 'number') {
    return `Content-Length: ${message._contentLength}\r\n`;
  } else if (!message._removedTE) {
    message.chunkedEncoding = true;
    return 'Transfer-Encoding: chunked\r\n';
  } else {
    // Then the end of the connection is the end of the message.
    message._last = true;
  }
  return '';
}

module.exports = { define, kOutHeaders };
