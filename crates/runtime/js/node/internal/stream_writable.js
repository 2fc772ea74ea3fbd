// Writable: where data goes. One chunk is written at a time, and the others wait in a buffer.
'use strict';

const { Buffer } = require('buffer');
const { Stream } = require('internal/stream_base');
const destroying = require('internal/stream_destroy');
const { nullValue, streamError, unknownEncoding } = require('internal/stream_errors');
const { WritableState, defineProperties, kOnFinished } = require('internal/stream_write_state');
const { invalidArgType } = require('internal/errors');

const { errorOrDestroy } = destroying;
/** The buffer's written head is cut off when it has more than this many entries. */
const TRIM = 256;

function noop() {}

const isInstance = Function.prototype[Symbol.hasInstance];

/** @this {any} @param {any} [options] */
function Writable(options) {
  const duplex = Boolean(this) && typeof this.read === 'function' && typeof this.push === 'function';
  if (!duplex && !isInstance.call(Writable, this)) return new /** @type {any} */ (Writable)(options);
  this._writableState = new WritableState(options, duplex, (error) => written(this, error));
  if (options) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/stream_abort').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  destroying.construct(this, () => {
    const state = this._writableState;
    if (!state.writing) writeBuffered(this, state);
    finishIfDone(this, state);
  });
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);
Writable.WritableState = WritableState;

// A Duplex inherits from Readable and is a Writable all the same.
Object.defineProperty(Writable, Symbol.hasInstance, {
  /** @param {any} value */
  value(value) {
    if (isInstance.call(this, value)) return true;
    return this === Writable && value?._writableState instanceof WritableState;
  },
});

const proto = /** @type {any} */ (Writable.prototype);

proto.pipe = function pipe() { errorOrDestroy(this, streamError('ERR_STREAM_CANNOT_PIPE')); };

/** Gives true or false as `write` does, or the error that the write met.
 * @param {any} stream @param {any} chunk @param {any} encoding @param {any} callback */
function accept(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = state.defaultEncoding;
  } else {
    if (!encoding) encoding = state.defaultEncoding;
    else if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) throw unknownEncoding(encoding);
    if (typeof callback !== 'function') callback = noop;
  }
  if (chunk === null) throw nullValue();
  if (!state.objectMode) {
    if (typeof chunk === 'string') {
      if (state.decodeStrings) {
        chunk = Buffer.from(chunk, encoding);
        encoding = 'buffer';
      }
    } else if (ArrayBuffer.isView(chunk)) {
      if (!(chunk instanceof Buffer)) chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = 'buffer';
    } else {
      throw invalidArgType('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
  }
  const error = state.ending ? streamError('ERR_STREAM_WRITE_AFTER_END')
    : state.destroyed ? streamError('ERR_STREAM_DESTROYED', 'write') : null;
  if (error) {
    process.nextTick(callback, error);
    errorOrDestroy(stream, error, true);
    return error;
  }
  state.pendingcb++;
  const length = state.objectMode ? 1 : chunk.length;
  state.length += length;
  if (state.writing || state.corked > 0 || state.errored || !state.constructed) {
    state.buffered.push({ chunk, encoding, callback });
  } else {
    begin(stream, state, length, callback, () => stream._write(chunk, encoding, state.onwrite));
  }
  // What was written at once takes no room.
  const room = state.length < state.highWaterMark;
  if (!room) state.needDrain = true;
  return room && !state.errored && !state.destroyed;
}

/** @param {any} stream @param {any} state @param {number} length @param {any} callback @param {() => void} write */
function begin(stream, state, length, callback, write) {
  state.writelen = length;
  state.writecb = callback;
  state.writing = true;
  state.sync = true;
  if (state.destroyed) state.onwrite(streamError('ERR_STREAM_DESTROYED', 'write'));
  else write();
  state.sync = false;
}

/** @param {any} chunk @param {any} [encoding] @param {any} [callback] */
proto.write = function write(chunk, encoding, callback) {
  return accept(this, chunk, encoding, callback) === true;
};

/** @param {any} chunk @param {any} encoding @param {(error?: any) => void} callback */
proto._write = function _write(chunk, encoding, callback) {
  if (!this._writev) throw streamError('ERR_METHOD_NOT_IMPLEMENTED', '_write()');
  this._writev([{ chunk, encoding }], callback);
};
proto._writev = null;

proto.cork = function cork() { this._writableState.corked++; };

proto.uncork = function uncork() {
  const state = this._writableState;
  if (state.corked === 0) return;
  state.corked--;
  if (!state.writing) writeBuffered(this, state);
};

/** @param {any} encoding */
proto.setDefaultEncoding = function setDefaultEncoding(encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!Buffer.isEncoding(encoding)) throw unknownEncoding(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

/** The chunk of this moment is written, or cannot be. @param {any} stream @param {any} error */
function written(stream, error) {
  const state = stream._writableState;
  const { sync, writecb: callback } = state;
  if (typeof callback !== 'function') {
    errorOrDestroy(stream, streamError('ERR_MULTIPLE_CALLBACK'));
    return;
  }
  state.writing = false;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;
  if (error) {
    void error.stack;
    if (!state.errored) state.errored = error;
    if (stream._readableState && !stream._readableState.errored) stream._readableState.errored = error;
    const fail = () => {
      state.pendingcb--;
      callback(error);
      failBuffered(state);
      errorOrDestroy(stream, error);
    };
    if (sync) process.nextTick(fail);
    else fail();
    return;
  }
  if (state.buffered.length > state.bufferedIndex) writeBuffered(stream, state);
  if (!sync) {
    afterWrite(stream, state, 1, callback);
  } else if (callback === noop) {
    if (!mustDrain(state) || state.drainScheduled) {
      state.pendingcb--;
      if (state.ending) finishIfDone(stream, state, true);
    } else {
      state.drainScheduled = true;
      process.nextTick(() => {
        state.drainScheduled = false;
        afterWrite(stream, state, 1, callback);
      });
    }
  } else if (state.afterWriteTickInfo?.callback === callback) {
    state.afterWriteTickInfo.count++;
  } else {
    const info = { count: 1, callback };
    state.afterWriteTickInfo = info;
    process.nextTick(() => {
      if (state.afterWriteTickInfo === info) state.afterWriteTickInfo = null;
      afterWrite(stream, state, info.count, callback);
    });
  }
}

/** @param {any} state */
const mustDrain = (state) => !state.ending && !state.destroyed && state.length === 0 && state.needDrain;

/** @param {any} stream @param {any} state @param {number} count @param {Function} callback */
function afterWrite(stream, state, count, callback) {
  if (mustDrain(state)) {
    state.needDrain = false;
    stream.emit('drain');
  }
  while (count-- > 0) {
    state.pendingcb--;
    callback(null);
  }
  if (state.destroyed) failBuffered(state);
  if (state.ending) finishIfDone(stream, state, true);
}

/** Writes what waits. @param {any} stream @param {any} state */
function writeBuffered(stream, state) {
  if (state.corked > 0 || state.bufferProcessing || state.destroyed || !state.constructed) return;
  const { buffered, bufferedIndex, objectMode } = state;
  const count = buffered.length - bufferedIndex;
  if (count === 0) return;
  let at = bufferedIndex;
  state.bufferProcessing = true;
  if (count > 1 && stream._writev) {
    state.pendingcb -= count - 1;
    const chunks = at === 0 ? buffered : buffered.slice(at);
    chunks.allBuffers = chunks.every((/** @type {any} */ one) => one.encoding === 'buffer');
    const callback = (/** @type {any} */ error) => {
      for (const one of chunks) one.callback(error);
    };
    emptyBuffered(state);
    begin(stream, state, state.length, callback, () => stream._writev(chunks, state.onwrite));
  } else {
    do {
      const { chunk, encoding, callback } = buffered[at];
      buffered[at++] = null;
      begin(stream, state, objectMode ? 1 : chunk.length, callback, () => stream._write(chunk, encoding, state.onwrite));
    } while (at < buffered.length && !state.writing);
    if (at === buffered.length) {
      emptyBuffered(state);
    } else if (at > TRIM) {
      buffered.splice(0, at);
      state.bufferedIndex = 0;
    } else {
      state.bufferedIndex = at;
    }
  }
  state.bufferProcessing = false;
}

/** @param {any} state */
function emptyBuffered(state) {
  state.buffered = [];
  state.bufferedIndex = 0;
}

/** Nothing that waits will be written. @param {any} state */
function failBuffered(state) {
  if (state.writing) return;
  const waiting = state.buffered.slice(state.bufferedIndex);
  emptyBuffered(state);
  for (const { chunk, callback } of waiting) {
    state.length -= state.objectMode ? 1 : chunk.length;
    callback(state.errored ?? streamError('ERR_STREAM_DESTROYED', 'write'));
  }
  for (const callback of state[kOnFinished].splice(0)) callback(state.errored ?? streamError('ERR_STREAM_DESTROYED', 'end'));
}

// The end ------------------------------------------------------------------------------------

/** @param {any} [chunk] @param {any} [encoding] @param {any} [callback] */
proto.end = function end(chunk, encoding, callback) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  let error;
  if (chunk !== null && chunk !== undefined) {
    const outcome = accept(this, chunk, encoding, undefined);
    if (outcome instanceof Error) error = outcome;
  }
  if (state.corked > 0) {
    state.corked = 1;
    this.uncork();
  }
  if (error) {
    // The write told of it.
  } else if (!state.errored && !state.ending) {
    state.ending = true;
    finishIfDone(this, state, true);
    state.ended = true;
  } else if (state.finished) {
    error = streamError('ERR_STREAM_ALREADY_FINISHED', 'end');
  } else if (state.destroyed) {
    error = streamError('ERR_STREAM_DESTROYED', 'end');
  }
  if (typeof callback === 'function') {
    if (error || state.errored) process.nextTick(callback, error || state.errored);
    else if (state.finished) process.nextTick(callback);
    else state[kOnFinished].push(callback);
  }
  return this;
};

/** @param {any} state */
const canFinish = (state) => state.ending && !state.destroyed && state.constructed && state.length === 0 &&
  !state.errored && state.buffered.length === 0 && !state.finished && !state.writing && !state.errorEmitted &&
  !state.closeEmitted;

/** @param {any} stream @param {any} state @param {boolean} [sync] */
function finishIfDone(stream, state, sync = false) {
  if (!canFinish(state)) return;
  if (!state.prefinished && !state.finalCalled) {
    if (typeof stream._final === 'function' && !state.destroyed) {
      state.finalCalled = true;
      callFinal(stream, state);
    } else {
      state.prefinished = true;
      stream.emit('prefinish');
    }
  }
  if (state.pendingcb > 0) return;
  if (sync) {
    state.pendingcb++;
    process.nextTick(() => {
      if (canFinish(state)) finish(stream, state);
      else state.pendingcb--;
    });
  } else if (canFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

/** @param {any} stream @param {any} state */
function callFinal(stream, state) {
  let called = false;
  /** @param {any} [error] */
  const done = (error) => {
    if (called) {
      errorOrDestroy(stream, error ?? streamError('ERR_MULTIPLE_CALLBACK'));
      return;
    }
    called = true;
    state.pendingcb--;
    if (error) {
      for (const callback of state[kOnFinished].splice(0)) callback(error);
      errorOrDestroy(stream, error, state.sync);
    } else if (canFinish(state)) {
      state.prefinished = true;
      stream.emit('prefinish');
      state.pendingcb++;
      process.nextTick(finish, stream, state);
    }
  };
  state.sync = true;
  state.pendingcb++;
  try {
    stream._final(done);
  } catch (error) {
    done(error);
  }
  state.sync = false;
}

/** @param {any} stream @param {any} state */
function finish(stream, state) {
  state.pendingcb--;
  state.finished = true;
  for (const callback of state[kOnFinished].splice(0)) callback();
  stream.emit('finish');
  const reads = stream._readableState;
  if (state.autoDestroy && (!reads || (reads.autoDestroy && (reads.endEmitted || reads.readable === false)))) stream.destroy();
}

/** @param {any} [error] @param {any} [callback] */
proto.destroy = function destroy(error, callback) {
  const state = this._writableState;
  if (!state.destroyed && (state.bufferedIndex < state.buffered.length || state[kOnFinished].length > 0)) {
    process.nextTick(failBuffered, state);
  }
  destroying.destroy.call(this, error, callback);
  return this;
};
proto._undestroy = destroying.undestroy;
/** @param {any} error @param {(error?: any) => void} callback */
proto._destroy = function _destroy(error, callback) { callback(error); };
/** @param {any} error */
proto[Symbol.for('nodejs.rejection')] = function onRejection(error) { this.destroy(error); };

/** @param {any} web @param {any} [options] */
Writable.fromWeb = (web, options) => require('internal/web_adapters').writableFromWeb(web, options);
/** @param {any} stream */
Writable.toWeb = (stream) => require('internal/web_adapters').writableToWeb(stream);

defineProperties(proto);

module.exports = { Writable };
