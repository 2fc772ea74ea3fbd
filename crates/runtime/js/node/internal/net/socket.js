// net.Socket: a Duplex over a handle.
'use strict';

const { Duplex } = /** @type {any} */ (require('stream'));
const { Buffer } = globalThis;
const {
  checkAbortSignal, checkFunction, checkObject, codedError, abortError, invalidArgType, outOfRange, unsupported,
} = require('internal/errors');
const { errnoException, socketClosed, closedBeforeConnection } = require('internal/net/errors');

const kTimeout = Symbol('timeout');
const kServer = Symbol('server');
const kReference = Symbol('reference');
const kBytesRead = Symbol('bytesRead');
const kBytesWritten = Symbol('bytesWritten');
const kNames = Symbol('names');
const kSetNoDelay = Symbol('kSetNoDelay');
const kSetKeepAlive = Symbol('kSetKeepAlive');
const kSetKeepAliveInitialDelay = Symbol('kSetKeepAliveInitialDelay');

/** @this {any} @param {any} [options] */
function Socket(options) {
  if (!Socket.prototype.isPrototypeOf(this)) return new /** @type {any} */ (Socket)(options);
  if (typeof options === 'number') options = { fd: options };
  options = { ...options };
  if (options.objectMode || options.readableObjectMode || options.writableObjectMode) {
    throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE',
      "The property 'options.objectMode' is not supported. Received true");
  }
  if (options.fd !== undefined) throw unsupported("net.Socket's option fd");
  if (options.onread) throw unsupported("net.Socket's option onread");
  const { noDelay, keepAlive, keepAliveInitialDelay = 0, signal, handle, highWaterMark } = options;

  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._handle = null;
  this[kTimeout] = null;
  this[kReference] = true;
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
  this[kNames] = [undefined, undefined];
  this[kSetNoDelay] = Boolean(noDelay);
  this[kSetKeepAlive] = Boolean(keepAlive);
  this[kSetKeepAliveInitialDelay] = Math.max(0, Math.trunc(keepAliveInitialDelay / 1000));
  this.timeout = 0;
  this._server = null;
  this.server = null;
  this[kServer] = null;

  Duplex.call(this, {
    allowHalfOpen: Boolean(options.allowHalfOpen),
    readable: options.readable ?? true,
    writable: options.writable ?? true,
    highWaterMark,
    // 'close' comes when the handle is closed.
    emitClose: false,
    autoDestroy: true,
    decodeStrings: true,
  });
  this.on('end', onEnd);

  if (handle) {
    this._handle = handle;
    adopt(this);
    if (options.pauseOnCreate) {
      // The handle is not read before the app resumes.
      this.readableFlowing = false;
    } else if (!options.manualStart) {
      this.read(0);
    }
  }
  if (signal !== undefined) {
    checkAbortSignal(signal, 'options.signal');
    const abort = () => this.destroy(abortError(signal));
    if (signal.aborted) process.nextTick(abort);
    else signal.addEventListener('abort', abort, { once: true });
  }
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

/** @this {any} */
function onEnd() {
  // What is written behind the end of a socket that is not half open fails in its own way.
  if (!this.allowHalfOpen) this.write = writeAfterEnd;
}

/** @this {any} @param {any} chunk @param {any} encoding @param {any} callback */
function writeAfterEnd(chunk, encoding, callback) {
  if (!this.writableEnded) return Duplex.prototype.write.call(this, chunk, encoding, callback);
  if (typeof encoding === 'function') callback = encoding;
  const error = Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' });
  if (typeof callback === 'function') process.nextTick(callback, error);
  this.destroy(error);
  return false;
}

/** Takes over what the handle tells. @param {any} socket */
function adopt(socket) {
  const handle = socket._handle;
  handle.ondata = (/** @type {Uint8Array} */ bytes) => {
    socket[kBytesRead] += bytes.length;
    socket._unrefTimer();
    const more = socket.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (!more && socket._handle?.reading) socket._handle.readStop();
  };
  handle.onend = () => {
    handle.reading = false;
    socket.push(null);
    socket.read(0);
  };
  handle.onfail = (/** @type {number | Error} */ error) => {
    handle.reading = false;
    socket.destroy(typeof error === 'number' ? errnoException(error, 'read') : error);
  };
  if (!socket[kReference]) handle.reference(false);
  if (socket[kSetNoDelay]) handle.setNoDelay(true);
  if (socket[kSetKeepAlive]) handle.setKeepAlive(true, socket[kSetKeepAliveInitialDelay]);
}

/** @this {any} */
Socket.prototype._unrefTimer = function _unrefTimer() {
  for (let socket = this; socket; socket = socket._parent) socket[kTimeout]?.refresh();
};

/** @this {any} @param {number} size */
Socket.prototype._read = function _read(size) {
  if (this.connecting || !this._handle) {
    this.once('connect', () => this._read(size));
  } else if (!this._handle.reading) {
    this._handle.readStart();
  }
};

/** @this {any} @param {any} chunk @param {any} encoding @param {(error?: any) => void} callback */
Socket.prototype._write = function _write(chunk, encoding, callback) {
  writeBytes(this, typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk, callback);
};

/** @this {any} @param {{ chunk: any, encoding: any }[]} chunks @param {(error?: any) => void} callback */
Socket.prototype._writev = function _writev(chunks, callback) {
  const parts = chunks.map(({ chunk, encoding }) => (typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk));
  writeBytes(this, parts.length === 1 ? parts[0] : Buffer.concat(parts), callback);
};

/** @param {any} socket @param {Uint8Array} bytes @param {(error?: any) => void} callback */
function writeBytes(socket, bytes, callback) {
  if (socket.connecting) {
    socket._pendingData = bytes;
    const onClose = () => callback(closedBeforeConnection());
    socket.once('connect', () => {
      socket.off('close', onClose);
      socket._pendingData = null;
      writeBytes(socket, bytes, callback);
    });
    socket.once('close', onClose);
    return;
  }
  socket._pendingData = null;
  if (!socket._handle) {
    callback(socketClosed());
    return;
  }
  socket._unrefTimer();
  socket[kBytesWritten] += bytes.length;
  const done = (/** @type {number | Error} */ error) => {
    if (socket.destroyed) return callback(error === 0 ? null : socketClosed());
    socket._unrefTimer();
    if (error === 0) return callback();
    callback(typeof error === 'number' ? errnoException(error, 'write') : error);
  };
  const status = socket._handle.write(bytes, done);
  if (status !== 1) done(status);
}

/** @this {any} @param {(error?: any) => void} callback */
Socket.prototype._final = function _final(callback) {
  if (this.connecting) {
    this.once('connect', () => this._final(callback));
    return;
  }
  if (!this._handle) return callback();
  const status = this._handle.shutdown();
  // The peer may be gone already.
  callback(status === 0 || status === -107 ? undefined : errnoException(status, 'shutdown'));
};

/** @this {any} @param {any} exception @param {(error?: any) => void} callback */
Socket.prototype._destroy = function _destroy(exception, callback) {
  this.connecting = false;
  for (let socket = this; socket; socket = socket._parent) {
    clearTimeout(socket[kTimeout]);
    socket[kTimeout] = null;
  }
  const failed = Boolean(exception);
  const handle = this._handle;
  if (handle) {
    // Names stay readable after the end.
    nameOf(this, true);
    this._handle = null;
    handle.reading = false;
    handle.close(() => this.emit('close', failed));
    callback(exception);
  } else {
    callback(exception);
    process.nextTick(() => this.emit('close', failed));
  }
  const server = this._server;
  if (server) {
    this._server = null;
    server._connections--;
    server._emitCloseIfDrained?.();
  }
};

/** @this {any} */
Socket.prototype.destroySoon = function destroySoon() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

/** @this {any} */
Socket.prototype.resetAndDestroy = function resetAndDestroy() {
  if (!this._handle) {
    this.destroy(socketClosed());
    return this;
  }
  const reset = () => {
    this._handle?.resetOnClose();
    this.destroy();
  };
  if (this.connecting) this.once('connect', reset);
  else reset();
  return this;
};

/** @this {any} @param {number} milliseconds @param {() => void} [callback] */
Socket.prototype.setTimeout = function (milliseconds, callback) {
  if (this.destroyed) return this;
  if (typeof milliseconds !== 'number') throw invalidArgType('msecs', 'number', milliseconds);
  if (!(milliseconds >= 0 && Number.isFinite(milliseconds))) throw outOfRange('msecs', 'a non-negative finite number', milliseconds);
  this.timeout = Math.min(milliseconds, 2 ** 31 - 1);
  clearTimeout(this[kTimeout]);
  this[kTimeout] = null;
  if (callback !== undefined) checkFunction(callback, 'callback');
  if (milliseconds === 0) {
    if (callback) this.removeListener('timeout', callback);
  } else {
    this[kTimeout] = /** @type {any} */ (setTimeout(() => this._onTimeout(), this.timeout)).unref();
    if (callback) this.once('timeout', callback);
  }
  return this;
};

/** @this {any} */
Socket.prototype._onTimeout = function _onTimeout() {
  this.emit('timeout');
};

/** @this {any} @param {boolean} [enable] */
Socket.prototype.setNoDelay = function setNoDelay(enable) {
  this[kSetNoDelay] = enable === undefined ? true : Boolean(enable);
  if (this._handle && !this.connecting) this._handle.setNoDelay(this[kSetNoDelay]);
  return this;
};

/** @this {any} @param {boolean} [enable] @param {number} [delay] */
Socket.prototype.setKeepAlive = function setKeepAlive(enable, delay = 0) {
  this[kSetKeepAlive] = Boolean(enable);
  this[kSetKeepAliveInitialDelay] = Math.max(0, Math.trunc(delay / 1000));
  if (this._handle && !this.connecting) this._handle.setKeepAlive(this[kSetKeepAlive], this[kSetKeepAliveInitialDelay]);
  return this;
};

/** @this {any} */
Socket.prototype.ref = function ref() {
  this[kReference] = true;
  this._handle?.reference(true);
  return this;
};

/** @this {any} */
Socket.prototype.unref = function unref() {
  this[kReference] = false;
  this._handle?.reference(false);
  return this;
};

/** Both names, kept once they are known. @param {any} socket @param {boolean} peer */
function nameOf(socket, peer) {
  const names = socket[kNames];
  if (names[0] === undefined && socket._handle && !socket.connecting) {
    names[0] = socket._handle.name(false) ?? undefined;
    names[1] = socket._handle.name(true) ?? undefined;
  }
  const name = names[peer ? 1 : 0];
  return Array.isArray(name) ? name : undefined;
}

/** @param {any} name */
const family = (name) => (name === undefined ? undefined : `IPv${name[2]}`);

/** @param {Record<string, (socket: any) => any>} getters */
function defineGetters(getters) {
  for (const [name, get] of Object.entries(getters)) {
    Object.defineProperty(Socket.prototype, name, {
      /** @this {any} */
      get() { return get(this); },
      configurable: true,
      enumerable: true,
    });
  }
}

defineGetters({
  remoteAddress: (socket) => nameOf(socket, true)?.[0],
  remotePort: (socket) => nameOf(socket, true)?.[1],
  remoteFamily: (socket) => family(nameOf(socket, true)),
  localAddress: (socket) => nameOf(socket, false)?.[0],
  localPort: (socket) => nameOf(socket, false)?.[1],
  localFamily: (socket) => family(nameOf(socket, false)),
  bytesRead: (socket) => socket[kBytesRead],
  bytesWritten: (socket) => socket[kBytesWritten] +
    (socket._pendingData ? socket._pendingData.length : 0),
  _bytesDispatched: (socket) => socket[kBytesWritten],
  bufferSize: (socket) => (socket._handle ? socket.writableLength : undefined),
  pending: (socket) => !socket._handle || socket.connecting,
  _connecting: (socket) => socket.connecting,
  readyState: (socket) => {
    if (socket.connecting) return 'opening';
    if (socket.readable && socket.writable) return 'open';
    if (socket.readable) return 'readOnly';
    return socket.writable ? 'writeOnly' : 'closed';
  },
});

/** @this {any} */
Socket.prototype.address = function address() {
  const name = nameOf(this, false);
  return name === undefined ? {} : { address: name[0], family: family(name), port: name[1] };
};

/** @this {any} @param {...any} args */
Socket.prototype.connect = function connect(...args) {
  const { normalizeArguments, connectSocket } = require('internal/net/connect');
  const [options, callback] = normalizeArguments(args);
  if (callback !== null) this.once('connect', callback);
  checkObject(options, 'options');
  return connectSocket(this, options);
};

module.exports = { Socket, adopt, kServer, kNames };
