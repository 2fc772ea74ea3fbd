// http.Server.
'use strict';

const net = require('net');
const { checkBoolean, checkFunction, checkInteger, checkObject, codedError, unsupported } = require('internal/errors');
const { Connection, kConnections, kIncomingMessage, kServerResponse } = require('internal/http/connection');
const { IncomingMessage } = require('internal/http/incoming');
const { ServerResponse } = require('internal/http/response');

const kCheck = Symbol('http.server.connectionsCheckingInterval');

/** @this {any} @param {any} [options] @param {any} [listener] */
function Server(options, listener) {
  if (!Server.prototype.isPrototypeOf(this)) return new /** @type {any} */ (Server)(options, listener);
  if (typeof options === 'function') [listener, options] = [options, {}];
  if (options !== undefined && options !== null) checkObject(options, 'options');
  options = { ...options };
  storeOptions(this, options);
  net.Server.call(this, {
    allowHalfOpen: true, noDelay: options.noDelay ?? true, keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay, highWaterMark: options.highWaterMark,
  });
  if (listener) this.on('request', listener);
  // A client that ends its half before the answer came gave up.
  this.httpAllowHalfOpen = false;
  this.on('connection', onConnection);
  this.on('listening', onListening);
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
  this[kConnections] = new Set();
  this[kCheck] = null;
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

/** @param {any} server @param {any} options */
function storeOptions(server, options) {
  server[kIncomingMessage] = options.IncomingMessage || IncomingMessage;
  server[kServerResponse] = options.ServerResponse || ServerResponse;
  for (const name of ['maxHeaderSize', 'requestTimeout', 'headersTimeout', 'keepAliveTimeout', 'connectionsCheckingInterval']) {
    if (options[name] !== undefined) checkInteger(options[name], name, 0);
  }
  if (options.insecureHTTPParser) throw unsupported("http's option insecureHTTPParser");
  if (options.uniqueHeaders) throw unsupported("http's option uniqueHeaders");
  if (options.requireHostHeader !== undefined) checkBoolean(options.requireHostHeader, 'options.requireHostHeader');
  if (options.joinDuplicateHeaders !== undefined) checkBoolean(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  server.maxHeaderSize = options.maxHeaderSize || undefined;
  server.requestTimeout = options.requestTimeout ?? 300_000;
  server.headersTimeout = options.headersTimeout ?? Math.min(60_000, server.requestTimeout);
  if (server.requestTimeout > 0 && server.headersTimeout > 0 && server.headersTimeout > server.requestTimeout) {
    throw codedError(RangeError, 'ERR_OUT_OF_RANGE',
      `The value of "headersTimeout" is out of range. It must be <= requestTimeout. Received ${server.headersTimeout}`);
  }
  server.keepAliveTimeout = options.keepAliveTimeout ?? 5_000;
  server.connectionsCheckingInterval = options.connectionsCheckingInterval ?? 30_000;
  server.requireHostHeader = options.requireHostHeader ?? true;
  server.joinDuplicateHeaders = options.joinDuplicateHeaders;
}

/** @this {any} @param {any} socket */
function onConnection(socket) {
  this[kConnections].add(new Connection(this, socket));
}

/** @this {any} */
function onListening() {
  clearInterval(this[kCheck]);
  this[kCheck] = /** @type {any} */ (setInterval(() => {
    const now = Date.now();
    for (const connection of [...this[kConnections]]) connection.check(now);
  }, this.connectionsCheckingInterval)).unref();
}

/** @this {any} @param {any} [callback] */
Server.prototype.close = function close(callback) {
  clearInterval(this[kCheck]);
  this.closeIdleConnections();
  return net.Server.prototype.close.call(this, callback);
};

/** @this {any} */
Server.prototype.closeAllConnections = function closeAllConnections() {
  for (const connection of [...this[kConnections]]) connection.destroy();
};

/** @this {any} */
Server.prototype.closeIdleConnections = function closeIdleConnections() {
  for (const connection of [...this[kConnections]]) if (connection.idle) connection.destroy();
};

/** @this {any} @param {number} milliseconds @param {any} [callback] */
Server.prototype.setTimeout = function (milliseconds, callback) {
  this.timeout = milliseconds;
  if (callback !== undefined) {
    checkFunction(callback, 'callback');
    this.on('timeout', callback);
  }
  return this;
};

module.exports = { Server };
