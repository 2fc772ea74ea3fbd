// ServerResponse.
'use strict';

const { codedError, checkObject } = require('internal/errors');
const { OutgoingMessage, kOutHeaders } = require('internal/http/outgoing');
const { STATUS_CODES, hasInvalidCharacter, validateHeaderName, validateHeaderValue } = require('internal/http/common');

/** @this {any} @param {any} request @param {any} [options] */
function ServerResponse(request, options) {
  OutgoingMessage.call(this, options);
  if (request.method === 'HEAD') this._hasBody = false;
  this.req = request;
  this.sendDate = true;
  this._sent100 = false;
  this._expect_continue = false;
  if (request.httpVersionMajor < 1 || request.httpVersionMinor < 1) {
    this.useChunkedEncodingByDefault = /(?:^|\W)chunked(?:$|\W)/i.test(request.headers.te ?? '');
    this.shouldKeepAlive = false;
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

ServerResponse.prototype.statusCode = 200;
ServerResponse.prototype.statusMessage = undefined;

/** @this {any} */
function onSocketClose() {
  const response = this._httpMessage;
  if (!response) return;
  response.destroyed = true;
  response._closed = true;
  response.emit('close');
}

/** @this {any} @param {any} socket */
ServerResponse.prototype.assignSocket = function assignSocket(socket) {
  if (socket._httpMessage) throw codedError(Error, 'ERR_HTTP_SOCKET_ASSIGNED', 'Socket already assigned');
  socket._httpMessage = this;
  socket.on('close', onSocketClose);
  this.socket = socket;
  this.emit('socket', socket);
  this._flush();
};

/** @this {any} @param {any} socket */
ServerResponse.prototype.detachSocket = function detachSocket(socket) {
  socket.removeListener('close', onSocketClose);
  socket._httpMessage = null;
  this.socket = null;
};

/** @this {any} @param {any} [callback] */
ServerResponse.prototype.writeContinue = function writeContinue(callback) {
  this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'latin1', callback);
  this._sent100 = true;
};

/** @this {any} @param {any} [callback] */
ServerResponse.prototype.writeProcessing = function writeProcessing(callback) {
  this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'latin1', callback);
};

/** @this {any} @param {any} hints @param {any} [callback] */
ServerResponse.prototype.writeEarlyHints = function writeEarlyHints(hints, callback) {
  checkObject(hints, 'hints');
  const links = [hints.link ?? []].flat();
  if (links.length === 0) return;
  for (const link of links) validateHeaderValue('Link', link);
  let head = `HTTP/1.1 103 Early Hints\r\nLink: ${links.join(', ')}\r\n`;
  for (const [name, value] of Object.entries(hints)) {
    if (name === 'link') continue;
    validateHeaderName(name);
    validateHeaderValue(name, value);
    head += `${name}: ${value}\r\n`;
  }
  this._writeRaw(`${head}\r\n`, 'latin1', callback);
};

ServerResponse.prototype._implicitHeader = function _implicitHeader() {
  this.writeHead(this.statusCode);
};

/** @this {any} @param {any} status @param {any} [reason] @param {any} [headers] */
ServerResponse.prototype.writeHead = function writeHead(status, reason, headers) {
  if (this._header) throw codedError(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot write headers after they are sent to the client');
  const original = status;
  status |= 0;
  if (status < 100 || status > 999) {
    throw codedError(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${original}`);
  }
  if (typeof reason === 'string') {
    this.statusMessage = reason;
  } else {
    this.statusMessage ||= STATUS_CODES[status] || 'unknown';
    headers ??= reason;
  }
  this.statusCode = status;
  if (headers) mergeHeaders(this, headers);
  if (hasInvalidCharacter(this.statusMessage)) {
    throw codedError(TypeError, 'ERR_INVALID_CHAR', 'Invalid character in statusMessage');
  }
  if (status === 204 || status === 304 || status < 200) this._hasBody = false;
  // A client that waits for a go-ahead and gets an answer instead may send its body or not.
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  this._storeHeader(`HTTP/1.1 ${status} ${this.statusMessage}\r\n`);
  return this;
};
ServerResponse.prototype.writeHeader = ServerResponse.prototype.writeHead;

/** @param {any} response @param {any} headers an object, pairs, or names and values in turn */
function mergeHeaders(response, headers) {
  if (!Array.isArray(headers)) {
    for (const name of Object.keys(headers)) if (name) response.setHeader(name, headers[name]);
    return;
  }
  const flat = Array.isArray(headers[0]) ? headers.flat() : headers;
  if (flat.length % 2 !== 0) {
    const { inspect } = require('internal/inspect');
    throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'headers' is invalid. Received ${inspect(headers)}`);
  }
  for (let i = 0; i < flat.length; i += 2) {
    if (response[kOutHeaders] !== null) delete response[kOutHeaders][`${flat[i]}`.toLowerCase()];
  }
  for (let i = 0; i < flat.length; i += 2) response.appendHeader(flat[i], flat[i + 1]);
}

module.exports = { ServerResponse };
