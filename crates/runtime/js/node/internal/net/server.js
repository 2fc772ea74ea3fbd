// net.Server.
'use strict';

const EventEmitter = require('events');
const { checkAbortSignal, checkObject, codedError, invalidArgType, unsupported } = require('internal/errors');
const { SocketHandle } = require('internal/net/handle');
const { listenException, checkPort, coded } = require('internal/net/errors');
const { Socket } = require('internal/net/socket');

const binding = internalBinding('net');

/** @this {any} @param {any} [options] @param {any} [listener] */
function Server(options, listener) {
  if (!Server.prototype.isPrototypeOf(this)) return new /** @type {any} */ (Server)(options, listener);
  EventEmitter.call(this);
  if (typeof options === 'function') {
    listener = options;
    options = {};
  } else {
    if (options !== undefined && options !== null) checkObject(options, 'options');
    options = { ...options };
  }
  if (typeof listener === 'function') this.on('connection', listener);
  this._connections = 0;
  this._handle = null;
  this._unref = false;
  this._listening = false;
  this.allowHalfOpen = options.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = options.keepAliveInitialDelay ?? 0;
  this.highWaterMark = options.highWaterMark;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

/** @this {any} @param {...any} args */
Server.prototype.listen = function listen(...args) {
  const { normalizeArguments } = require('internal/net/connect');
  let [options, callback] = normalizeArguments(args);
  if (this._listening) {
    throw coded('ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
  }
  if (callback !== null) this.once('listening', callback);
  const backlog = toNumber(args.length > 1 && args[1]) || toNumber(args.length > 2 && args[2]) || options.backlog || 511;
  if (options._handle || options instanceof SocketHandle) throw unsupported('server.listen with a handle');
  if (typeof options.fd === 'number') throw unsupported('server.listen with the option fd');
  if (options.readableAll || options.writableAll) throw unsupported('server.listen with readableAll or writableAll');
  if (options.signal !== undefined) {
    checkAbortSignal(options.signal, 'options.signal');
    const abort = () => this.close();
    if (options.signal.aborted) process.nextTick(abort);
    else options.signal.addEventListener('abort', abort, { once: true });
  }
  if (args.length === 0 || typeof args[0] === 'function' ||
      (options.port === undefined && 'port' in options) || options.port === null) {
    options = { ...options, port: 0 };
  }
  if (typeof options.port === 'number' || typeof options.port === 'string') {
    const port = checkPort(options.port, 'options.port');
    this._listening = true;
    if (options.host) lookUpAndListen(this, port, options.host, backlog, options.ipv6Only);
    else listenAnywhere(this, port, backlog, options.ipv6Only);
    return this;
  }
  if (typeof options.path === 'string' && options.path !== '') {
    this._listening = true;
    const status = open(this, { path: options.path }, backlog);
    settle(this, status, options.path, -1);
    return this;
  }
  if (!('port' in options) && !('path' in options)) {
    throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE',
      `The argument 'options' must have the property "port" or "path". Received ${require('internal/inspect').inspect(options)}`);
  }
  throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE',
    `The argument 'options' is invalid. Received ${require('internal/inspect').inspect(options)}`);
};

/** @param {any} value */
function toNumber(value) {
  const number = Number(value);
  return number >= 0 ? number : false;
}

/** @param {any} server @param {number} port @param {number} backlog @param {boolean} ipv6Only */
function listenAnywhere(server, port, backlog, ipv6Only) {
  let address = '::';
  let status = open(server, { address, port, ipv6Only: Boolean(ipv6Only) }, backlog);
  // EAFNOSUPPORT, EADDRNOTAVAIL, EINVAL: there is no IPv6.
  if (status === -97 || status === -99 || status === -22) {
    address = '0.0.0.0';
    status = open(server, { address, port }, backlog);
  }
  settle(server, status, address, port);
}

/** @param {any} server @param {number} port @param {string} host @param {number} backlog @param {boolean} ipv6Only */
function lookUpAndListen(server, port, host, backlog, ipv6Only) {
  const listen = (/** @type {string} */ address) => {
    const status = open(server, { address, port, ipv6Only: Boolean(ipv6Only) }, backlog);
    settle(server, status, address, port);
  };
  if (require('net').isIP(host)) return listen(host);
  require('dns').lookup(host, (/** @type {any} */ error, /** @type {any} */ address) => {
    // Closed meanwhile.
    if (!server._listening) return;
    if (error) {
      server._listening = false;
      server.emit('error', error);
    } else listen(address);
  });
}

/** @param {any} server @param {any} target @param {number} backlog */
function open(server, target, backlog) {
  const id = binding.listen(target, backlog, (/** @type {string} */ what, /** @type {number} */ value) => {
    if (what === 'connection') onConnection(server, value);
    else if (server._handle) server.emit('error', listenException(value, 'accept', ''));
  });
  if (id < 0) return id;
  server._handle = id;
  server._pipeName = target.path;
  if (server._unref) binding.reference(id, false);
  return 0;
}

/** @param {any} server @param {number} status @param {string} address @param {number} port */
function settle(server, status, address, port) {
  if (status !== 0) {
    server._listening = false;
    const error = listenException(status, 'listen', address, port);
    process.nextTick(() => server.emit('error', error));
    return;
  }
  process.nextTick(() => { if (server._handle !== null) server.emit('listening'); });
}

/** @param {any} server @param {number} id */
function onConnection(server, id) {
  const handle = new SocketHandle(id);
  if (server._handle === null || (server.maxConnections && server._connections >= server.maxConnections)) {
    const local = handle.name(false);
    const remote = handle.name(true);
    handle.close(() => {});
    if (server._handle === null) return;
    const data = Array.isArray(local) && Array.isArray(remote) ? {
      localAddress: local[0], localPort: local[1], localFamily: `IPv${local[2]}`,
      remoteAddress: remote[0], remotePort: remote[1], remoteFamily: `IPv${remote[2]}`,
    } : undefined;
    server.emit('drop', data);
    return;
  }
  const socket = new /** @type {any} */ (Socket)({
    handle,
    allowHalfOpen: server.allowHalfOpen,
    pauseOnCreate: server.pauseOnConnect,
    readable: true,
    writable: true,
    highWaterMark: server.highWaterMark,
    noDelay: server.noDelay,
    keepAlive: server.keepAlive,
    keepAliveInitialDelay: server.keepAliveInitialDelay,
  });
  server._connections++;
  socket.server = server;
  socket._server = server;
  server.emit('connection', socket);
}

/** @this {any} */
Server.prototype.address = function address() {
  if (this._handle === null) return null;
  const name = binding.name(this._handle, false);
  if (Array.isArray(name)) return { address: name[0], family: `IPv${name[2]}`, port: name[1] };
  return this._pipeName ?? null;
};

/** @this {any} @param {(error: any, count?: number) => void} callback */
Server.prototype.getConnections = function getConnections(callback) {
  process.nextTick(callback, null, this._connections);
  return this;
};

/** @this {any} @param {(error?: any) => void} [callback] */
Server.prototype.close = function close(callback) {
  if (typeof callback === 'function') {
    if (this._handle === null) {
      this.once('close', () => callback(coded('ERR_SERVER_NOT_RUNNING', 'Server is not running.')));
    } else {
      this.once('close', callback);
    }
  }
  this._listening = false;
  if (this._handle !== null) {
    binding.close(this._handle);
    this._handle = null;
  }
  this._emitCloseIfDrained();
  return this;
};

/** @this {any} */
Server.prototype._emitCloseIfDrained = function _emitCloseIfDrained() {
  if (this._handle !== null || this._connections > 0) return;
  process.nextTick(() => this.emit('close'));
};

/** @this {any} */
Server.prototype.ref = function ref() {
  this._unref = false;
  if (this._handle !== null) binding.reference(this._handle, true);
  return this;
};

/** @this {any} */
Server.prototype.unref = function unref() {
  this._unref = true;
  if (this._handle !== null) binding.reference(this._handle, false);
  return this;
};

/** @this {any} */
Server.prototype[Symbol.asyncDispose] = async function asyncDispose() {
  if (this._handle !== null) await new Promise((resolve) => { this.close(resolve); });
};

Object.defineProperty(Server.prototype, 'listening', {
  /** @this {any} */
  get() { return this._handle !== null; },
  configurable: true,
  enumerable: true,
});

module.exports = { Server };
