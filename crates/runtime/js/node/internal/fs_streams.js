// fs.ReadStream and fs.WriteStream: a file, piece by piece.
'use strict';

const { Buffer } = require('buffer');
const { Readable } = require('internal/stream_readable');
const { Writable } = require('internal/stream_writable');
const { errorOrDestroy } = require('internal/stream_destroy');
const { toOptions, toMode } = require('internal/fs_values');
const { checkFunction, checkInteger, codedError, invalidArgType, outOfRange } = require('internal/errors');
const { toPath } = require('internal/url');

const kIdle = Symbol('idle');
const kBusy = Symbol('busy');
const kHandle = Symbol('handle');
const kFs = Symbol('fs');

/** Takes what both kinds have in common out of the options.
 * @param {any} stream @param {any} target @param {any} options @param {string} flags */
function prepare(stream, target, options, flags) {
  const { fd } = options;
  if (fd === undefined || fd === null) {
    stream.fd = null;
    stream.path = typeof target === 'string' ? target : toPath(target);
    toPath(target);
    stream.flags = options.flags === undefined ? flags : options.flags;
    stream.mode = options.mode === undefined ? 0o666 : toMode(options.mode, 'mode');
  } else if (typeof fd === 'number') {
    checkInteger(fd, 'fd', 0, 2147483647);
    stream.fd = fd;
  } else if (typeof fd === 'object' && typeof fd.fd === 'number') {
    stream[kHandle] = fd;
    stream.fd = fd.fd;
    stream.path = undefined;
  } else {
    throw invalidArgType('options.fd', ['number', 'FileHandle'], fd);
  }
  const { fs } = options;
  if (fs !== undefined && fs !== null) {
    for (const name of ['open', 'close', ...(flags === 'r' ? ['read'] : ['write'])]) checkFunction(fs[name], `options.fs.${name}`);
  }
  // What is not the app's own comes from the module, also when the app has changed it.
  Object.defineProperty(stream, kFs, { value: fs ?? require('fs') });
  stream[kBusy] = false;
}

/** @param {any} stream @param {any} options @param {string} name */
function position(stream, options, name) {
  const value = options[name];
  if (value === undefined) return undefined;
  checkInteger(value, name, 0);
  return value;
}

/** Opens the file, by the stream's `open` if somebody has replaced it.
 * @param {any} stream @param {Function} own @param {(error?: any) => void} callback */
function construct(stream, own, callback) {
  if (typeof stream.fd === 'number') {
    callback();
    return;
  }
  if (stream.open !== own) {
    const { emit } = stream;
    stream.emit = function intercepted(/** @type {any} */ name, /** @type {any[]} */ ...args) {
      if (name === 'open' || name === 'error') {
        stream.emit = emit;
        callback(name === 'error' ? args[0] : undefined);
        if (name === 'error') return true;
      }
      return emit.call(stream, name, ...args);
    };
    stream.open();
    return;
  }
  stream[kFs].open(stream.path, stream.flags, stream.mode, (/** @type {any} */ error, /** @type {number} */ fd) => {
    if (error) {
      callback(error);
      return;
    }
    stream.fd = fd;
    callback();
    stream.emit('open', fd);
    stream.emit('ready');
  });
}

/** @param {any} stream @param {any} error @param {(error?: any) => void} callback */
function destroy(stream, error, callback) {
  // The number may be another file's as soon as it is closed.
  if (stream[kBusy]) stream.once(kIdle, (/** @type {any} */ failure) => close(stream, error || failure, callback));
  else close(stream, error, callback);
}

/** @param {any} stream @param {any} error @param {(error?: any) => void} callback */
function close(stream, error, callback) {
  const { fd } = stream;
  stream.fd = null;
  if (fd === null) {
    callback(error);
  } else if (stream[kHandle]) {
    stream[kHandle].close().then(() => callback(error), (/** @type {any} */ failure) => callback(failure || error));
  } else {
    stream[kFs].close(fd, (/** @type {any} */ failure) => callback(failure || error));
  }
}

/** The end of a read or a write. True when the stream was destroyed meanwhile. @param {any} stream @param {any} error */
function idle(stream, error) {
  stream[kBusy] = false;
  if (!stream.destroyed) return false;
  stream.emit(kIdle, error);
  return true;
}

// ReadStream ---------------------------------------------------------------------------------

/** @this {any} @param {any} target @param {any} [given] */
function ReadStream(target, given) {
  if (!(this instanceof ReadStream)) return new /** @type {any} */ (ReadStream)(target, given);
  const stream = /** @type {any} */ (this);
  const options = { highWaterMark: 64 * 1024, emitClose: true, ...toOptions(given, {}) };
  options.autoDestroy = options.autoClose ?? true;
  prepare(stream, target, options, 'r');
  stream.bytesRead = 0;
  stream.start = position(stream, options, 'start');
  stream.end = Infinity;
  if (options.end !== undefined && options.end !== Infinity) {
    stream.end = position(stream, options, 'end');
    if (stream.start !== undefined && stream.start > stream.end) {
      throw outOfRange('start', `<= "end" (here: ${stream.end})`, stream.start);
    }
  }
  stream.pos = stream.start;
  Readable.call(stream, options);
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

/** Replaced by some packages; that is all that it is for. @this {any} */
function openToRead() {}

Object.assign(ReadStream.prototype, {
  open: openToRead,
  /** @this {any} @param {(error?: any) => void} callback */
  _construct(callback) { construct(this, openToRead, callback); },
  /** @this {any} @param {number} size */
  _read(size) {
    const wanted = Math.min(this.end - (this.pos ?? this.bytesRead) + 1, size);
    if (wanted <= 0) {
      this.push(null);
      return;
    }
    const buffer = Buffer.allocUnsafe(wanted);
    this[kBusy] = true;
    this[kFs].read(this.fd, buffer, 0, wanted, this.pos, (/** @type {any} */ error, /** @type {number} */ count) => {
      if (idle(this, error)) return;
      if (error) {
        errorOrDestroy(this, error);
      } else if (count > 0) {
        if (this.pos !== undefined) this.pos += count;
        this.bytesRead += count;
        this.push(count === wanted ? buffer : buffer.subarray(0, count));
      } else {
        this.push(null);
      }
    });
  },
  /** @this {any} @param {any} error @param {(error?: any) => void} callback */
  _destroy(error, callback) { destroy(this, error, callback); },
  /** @this {any} @param {(error?: any) => void} [callback] */
  close(callback) {
    if (typeof callback === 'function') require('internal/stream_finished').finished(this, callback);
    this.destroy();
  },
});

// WriteStream --------------------------------------------------------------------------------

/** @this {any} @param {any} target @param {any} [given] */
function WriteStream(target, given) {
  if (!(this instanceof WriteStream)) return new /** @type {any} */ (WriteStream)(target, given);
  const stream = /** @type {any} */ (this);
  const options = { emitClose: true, decodeStrings: true, ...toOptions(given, {}) };
  options.autoDestroy = options.autoClose ?? true;
  if (options.flush) throw require('internal/errors').unsupported("The option 'flush' of fs.createWriteStream");
  prepare(stream, target, options, 'w');
  stream.bytesWritten = 0;
  stream.start = position(stream, options, 'start');
  stream.pos = stream.start;
  Writable.call(stream, options);
  if (options.encoding) stream.setDefaultEncoding(options.encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

/** See `openToRead`. @this {any} */
function openToWrite() {}

/** Writes all of the bytes: a write may take only some.
 * @param {any} stream @param {Uint8Array} bytes @param {(error?: any) => void} callback */
function writeAll(stream, bytes, callback) {
  stream[kFs].write(stream.fd, bytes, 0, bytes.length, stream.pos, (/** @type {any} */ error, /** @type {number} */ count) => {
    if (error) {
      callback(error);
      return;
    }
    stream.bytesWritten += count;
    if (stream.pos !== undefined) stream.pos += count;
    if (count >= bytes.length) callback();
    else if (stream.destroyed) callback(codedError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'));
    else writeAll(stream, bytes.subarray(count), callback);
  });
}

Object.assign(WriteStream.prototype, {
  open: openToWrite,
  /** @this {any} @param {(error?: any) => void} callback */
  _construct(callback) { construct(this, openToWrite, callback); },
  /** @this {any} @param {Uint8Array} bytes @param {any} _encoding @param {(error?: any) => void} callback */
  _write(bytes, _encoding, callback) {
    this[kBusy] = true;
    writeAll(this, bytes, (error) => {
      callback(error);
      idle(this, error);
    });
  },
  /** @this {any} @param {{ chunk: Uint8Array }[]} chunks @param {(error?: any) => void} callback */
  _writev(chunks, callback) {
    /** @type {any} */ (this)._write(Buffer.concat(chunks.map((one) => one.chunk)), 'buffer', callback);
  },
  /** @this {any} @param {any} error @param {(error?: any) => void} callback */
  _destroy(error, callback) { destroy(this, error, callback); },
  /** @this {any} @param {(error?: any) => void} [callback] */
  close(callback) {
    if (callback) {
      if (this.closed) {
        process.nextTick(callback);
        return;
      }
      this.on('close', callback);
    }
    // Without autoClose nobody else closes the file.
    if (!this._writableState.autoDestroy) this.on('finish', this.destroy);
    this.end();
  },
});
/** @type {any} */ (WriteStream.prototype).destroySoon = WriteStream.prototype.end;

for (const Class of /** @type {any[]} */ ([ReadStream, WriteStream])) {
  Object.defineProperty(Class.prototype, 'pending', { get() { return this.fd === null; }, configurable: true });
  Object.defineProperty(Class.prototype, 'autoClose', {
    get() { return (this._readableState ?? this._writableState).autoDestroy; },
    set(value) { (this._readableState ?? this._writableState).autoDestroy = value; },
  });
}

module.exports = { ReadStream, WriteStream };
