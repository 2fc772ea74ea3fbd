// ClientRequest.
'use strict';

const net = require('net');
const { checkAbortSignal, checkBoolean, checkInteger, codedError, abortError, invalidArgType, received, unsupported } = require('internal/errors');
const { OutgoingMessage, kErrored } = require('internal/http/outgoing');
const { checkHost, connectionReset, isToken, validateHeaderName, validateHeaderValue } = require('internal/http/common');

const { Buffer } = globalThis;
const INVALID_PATH = /[^\u0021-\u00ff]/;
/** Methods of which a request rarely has a body. */
const BODYLESS = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** @this {any} @param {any} input @param {any} options @param {any} [callback] */
function ClientRequest(input, options, callback) {
  OutgoingMessage.call(this);
  [options, callback] = normalize(input, options, callback);
  const agent = pickAgent(options);
  this.agent = agent;
  const protocol = options.protocol || agent?.protocol || 'http:';
  const expected = agent?.protocol || 'http:';
  if (options.path) {
    const path = String(options.path);
    if (INVALID_PATH.test(path)) {
      throw codedError(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
    }
  }
  if (protocol !== expected) {
    throw codedError(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "${expected}"`);
  }
  if (options.insecureHTTPParser) throw unsupported("http's option insecureHTTPParser");
  const defaultPort = options.defaultPort || agent?.defaultPort;
  const port = options.port = options.port || defaultPort || 80;
  const host = options.host = checkHost(options.hostname, 'hostname') || checkHost(options.host, 'host') || 'localhost';
  const setHost = options.setHost ?? true;
  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) {
    if (typeof options.timeout !== 'number') throw invalidArgType('timeout', 'number', options.timeout);
    this.timeout = options.timeout;
  }
  if (options.maxHeaderSize !== undefined) checkInteger(options.maxHeaderSize, 'maxHeaderSize', 0);
  this.maxHeaderSize = options.maxHeaderSize;
  if (options.joinDuplicateHeaders !== undefined) checkBoolean(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  this.joinDuplicateHeaders = options.joinDuplicateHeaders;
  this.method = checkMethod(options.method);
  this.path = options.path || '/';
  if (callback) this.once('response', callback);
  this.useChunkedEncodingByDefault = !BODYLESS.has(this.method);
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  const reuses = agent && (agent.keepAlive || Number.isFinite(agent.maxSockets));
  this._last = !reuses;
  this.shouldKeepAlive = Boolean(reuses);
  setHeaders(this, options, { host, port, defaultPort, setHost });
  const { signal } = options;
  if (signal) {
    checkAbortSignal(signal, 'options.signal');
    const abort = () => this.destroy(abortError(signal));
    if (signal.aborted) process.nextTick(abort);
    else {
      signal.addEventListener('abort', abort, { once: true });
      this.once('close', () => signal.removeEventListener('abort', abort));
    }
  }
  begin(this, agent, options);
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

/** @param {any} input @param {any} options @param {any} callback */
function normalize(input, options, callback) {
  const { urlToHttpOptions, URL } = require('url');
  if (typeof input === 'string') input = urlToHttpOptions(new URL(input));
  else if (input instanceof URL) input = urlToHttpOptions(input);
  else [callback, options, input] = [options, input, null];
  if (typeof options === 'function') {
    callback = options;
    options = input || {};
  } else {
    options = Object.assign(input || {}, options);
  }
  return [{ ...options }, callback];
}

/** @param {any} options */
function pickAgent(options) {
  const { agent } = options;
  const fallback = options._defaultAgent || require('internal/http/agent').globalAgent;
  if (agent === false) return new fallback.constructor();
  if (agent === null || agent === undefined) {
    return typeof options.createConnection === 'function' ? undefined : fallback;
  }
  if (typeof agent.addRequest !== 'function') {
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE',
      `The "options.agent" property must be one of Agent-like Object, undefined, or false.${received(agent)}`);
  }
  return agent;
}

/** @param {any} method */
function checkMethod(method) {
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw invalidArgType('options.method', 'string', method);
  }
  if (!method) return 'GET';
  if (!isToken(method)) {
    throw codedError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${method}"]`);
  }
  return method.toUpperCase();
}

/** @param {any} request @param {any} options @param {any} target */
function setHeaders(request, options, { host, port, defaultPort, setHost }) {
  const { headers } = options;
  const raw = Array.isArray(headers);
  if (raw) {
    const pairs = Array.isArray(headers[0]) ? headers : headers.flatMap((_, i) => (i % 2 === 0 ? [[headers[i], headers[i + 1]]] : []));
    for (const [name, value] of pairs) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    request._storeHeader(`${request.method} ${request.path} HTTP/1.1\r\n`, pairs);
    return;
  }
  if (headers) for (const name of Object.keys(headers)) request.setHeader(name, headers[name]);
  if (host && !request.getHeader('host') && setHost) {
    let text = host;
    if (net.isIPv6(host) && !host.startsWith('[')) text = `[${host}]`;
    if (port && +port !== defaultPort) text += `:${port}`;
    request.setHeader('Host', text);
  }
  if (options.auth && !request.getHeader('Authorization')) {
    request.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
  }
  if (request.getHeader('expect')) request._implicitHeader();
}

/** @param {any} request @param {any} agent @param {any} options */
function begin(request, agent, options) {
  if (request.socketPath) {
    request._last = true;
    request.shouldKeepAlive = false;
  }
  const { signal, ...rest } = options;
  if (agent) {
    agent.addRequest(request, rest);
    return;
  }
  if (rest.socketPath) rest.path = rest.socketPath;
  else delete rest.path;
  if (typeof rest.createConnection !== 'function') {
    request.onSocket(net.createConnection(rest));
    return;
  }
  const create = rest.createConnection;
  let settled = false;
  const created = (/** @type {any} */ error, /** @type {any} */ socket) => {
    if (settled) return;
    settled = true;
    if (error) process.nextTick(() => request.emit('error', error));
    else request.onSocket(socket);
  };
  const socket = create(options.socketPath ? rest : { ...rest, path: options.path }, created);
  if (socket) created(null, socket);
}

/** @this {any} */
ClientRequest.prototype._implicitHeader = function _implicitHeader() {
  if (this._header) throw codedError(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot render headers after they are sent to the client');
  this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`);
};

/** @this {any} */
ClientRequest.prototype.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  process.nextTick(() => this.emit('abort'));
  this.destroy();
};

/** @this {any} @param {any} [error] */
ClientRequest.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this.res?._dump();
  this[kErrored] = error;
  if (this.socket) this.socket.destroy(error);
  return this;
};

/** @this {any} @param {any} socket @param {any} [error] */
ClientRequest.prototype.onSocket = function onSocket(socket, error) {
  process.nextTick(() => {
    if (this.destroyed || error) {
      const cause = this[kErrored] || error;
      if (!this.agent || !socket) socket?.destroy(cause);
      else {
        // It was not used: another request may.
        this.emit('free');
        socket.emit('free');
      }
      if (socket && !socket.destroyed) socket.emit('agentRemove');
      socket?.destroy();
      this.destroyed = true;
      this.emit('error', cause || connectionReset('socket hang up'));
      this._closed = true;
      this.emit('close');
      return;
    }
    const { Exchange } = require('internal/http/exchange');
    new Exchange(this, socket);
    if (this.timeout !== undefined) setSocketTimeout(this, socket, this.timeout);
    this.emit('socket', socket);
    this._flush();
  });
};

/** @param {any} request @param {any} socket @param {number} milliseconds */
function setSocketTimeout(request, socket, milliseconds) {
  if (!request._onTimeout) {
    request._onTimeout = () => request.emit('timeout');
    socket.on('timeout', request._onTimeout);
  }
  if (socket.connecting) socket.once('connect', () => socket.setTimeout(milliseconds));
  // A name that cannot be found or a host that does not answer has its time, too.
  socket.setTimeout(milliseconds);
}

/** @this {any} @param {number} milliseconds @param {any} [callback] */
ClientRequest.prototype.setTimeout = function setTimeout(milliseconds, callback) {
  if (this._ended) return this;
  if (callback) this.once('timeout', callback);
  this.timeout = milliseconds;
  if (this.socket) setSocketTimeout(this, this.socket, milliseconds);
  return this;
};

/** @param {any} request @param {(socket: any) => void} call */
function whenConnected(request, call) {
  const onSocket = (/** @type {any} */ socket) => {
    if (socket.connecting) socket.once('connect', () => call(socket));
    else call(socket);
  };
  if (request.socket) onSocket(request.socket);
  else request.once('socket', onSocket);
}

/** @this {any} @param {boolean} [on] */
ClientRequest.prototype.setNoDelay = function setNoDelay(on) {
  whenConnected(this, (socket) => socket.setNoDelay(on));
};

/** @this {any} @param {boolean} [on] @param {number} [delay] */
ClientRequest.prototype.setSocketKeepAlive = function setSocketKeepAlive(on, delay) {
  whenConnected(this, (socket) => socket.setKeepAlive(on, delay));
};

/** @this {any} */
ClientRequest.prototype.clearTimeout = function clearTimeout(/** @type {any} */ callback) {
  this.setTimeout(0, callback);
};

module.exports = { ClientRequest };
