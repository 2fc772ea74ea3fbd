// Readable: where data comes from. What was pushed waits in a buffer until somebody takes it,
// and the source is asked for more while the buffer is below its mark.
'use strict';

const { Buffer } = require('buffer');
const { Stream } = require('internal/stream_base');
const destroying = require('internal/stream_destroy');
const { streamError } = require('internal/stream_errors');
const { ReadableState, amount, defineProperties, kPaused, markFor, setDecoder, take } = require('internal/stream_read_state');
const { invalidArgType, unsupported } = require('internal/errors');

const { errorOrDestroy } = destroying;

/** @param {any} stream */
const isDuplex = (stream) => typeof stream.write === 'function';

/** @this {any} @param {any} [options] */
function Readable(options) {
  if (!(this instanceof Readable)) return new /** @type {any} */ (Readable)(options);
  const stream = /** @type {any} */ (this);
  const duplex = isDuplex(stream);
  stream._readableState = new ReadableState(options, duplex);
  if (options) {
    if (typeof options.read === 'function') stream._read = options.read;
    if (typeof options.destroy === 'function') stream._destroy = options.destroy;
    if (typeof options.construct === 'function') stream._construct = options.construct;
    if (options.signal && !duplex) require('internal/stream_abort').addAbortSignal(options.signal, stream);
  }
  Stream.call(stream, options);
  destroying.construct(stream, () => {
    if (stream._readableState.needReadable) maybeReadMore(stream, stream._readableState);
  });
}
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);
Readable.ReadableState = ReadableState;

const proto = /** @type {any} */ (Readable.prototype);
proto.destroy = destroying.destroy;
proto._undestroy = destroying.undestroy;
/** @param {any} error @param {(error?: any) => void} callback */
proto._destroy = function _destroy(error, callback) { callback(error); };
/** @param {any} error */
proto[Symbol.for('nodejs.rejection')] = function onRejection(error) { this.destroy(error); };
proto[Symbol.asyncDispose] = function asyncDispose() {
  const error = this.destroyed ? null : new (require('internal/errors').AbortError)();
  if (error) this.destroy(error);
  return new Promise((resolve, reject) => {
    require('internal/stream_finished').finished(this, (/** @type {any} */ failure) => {
      if (failure && failure !== error) reject(failure);
      else resolve(null);
    });
  });
};

// What the source does -----------------------------------------------------------------------

/** @param {any} chunk @param {string} [encoding] */
proto.push = function push(chunk, encoding) { return add(this, chunk, encoding, false); };
/** @param {any} chunk @param {string} [encoding] */
proto.unshift = function unshift(chunk, encoding) { return add(this, chunk, encoding, true); };

/** Whether the source should go on. @param {any} state */
const wantsMore = (state) => !state.ended && (state.length < state.highWaterMark || state.length === 0);

/** @param {any} stream @param {any} chunk @param {any} encoding @param {boolean} front */
function add(stream, chunk, encoding, front) {
  const state = stream._readableState;
  if (!state.objectMode) {
    if (typeof chunk === 'string') {
      encoding = encoding || state.defaultEncoding;
      if (state.encoding !== encoding) {
        chunk = Buffer.from(chunk, encoding);
        if (front && state.encoding) chunk = chunk.toString(state.encoding);
        else encoding = '';
      }
    } else if (ArrayBuffer.isView(chunk)) {
      if (!(chunk instanceof Buffer)) chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = '';
    } else if (chunk !== null && chunk !== undefined) {
      errorOrDestroy(stream, invalidArgType('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
      return false;
    }
  }
  if (chunk === null || (chunk === undefined && !state.objectMode)) {
    state.reading = false;
    if (chunk === null) endSource(stream, state);
    else maybeReadMore(stream, state);
  } else if (!state.objectMode && chunk.length <= 0) {
    if (!front) {
      state.reading = false;
      maybeReadMore(stream, state);
    }
  } else if (front) {
    if (state.endEmitted) errorOrDestroy(stream, streamError('ERR_STREAM_UNSHIFT_AFTER_END_EVENT'));
    else if (state.destroyed || state.errored) return false;
    else keep(stream, state, chunk, true);
  } else if (state.ended) {
    errorOrDestroy(stream, streamError('ERR_STREAM_PUSH_AFTER_EOF'));
  } else if (state.destroyed || state.errored) {
    return false;
  } else {
    state.reading = false;
    if (state.decoder && !encoding) chunk = state.decoder.write(chunk);
    if (state.objectMode || chunk.length > 0) keep(stream, state, chunk, false);
    else maybeReadMore(stream, state);
  }
  return wantsMore(state);
}

/** @param {any} stream @param {any} state @param {any} chunk @param {boolean} front */
function keep(stream, state, chunk, front) {
  if (state.flowing && state.length === 0 && !state.sync && stream.listenerCount('data') > 0) {
    state.awaitDrainWriters.clear();
    state.dataEmitted = true;
    stream.emit('data', chunk);
  } else {
    state.length += state.objectMode ? 1 : chunk.length;
    if (!front) state.buffer.push(chunk);
    else if (state.bufferIndex > 0) state.buffer[--state.bufferIndex] = chunk;
    else state.buffer.unshift(chunk);
    if (state.needReadable) emitReadable(stream);
  }
  maybeReadMore(stream, state);
}

/** @param {any} stream @param {any} state */
function endSource(stream, state) {
  if (state.ended) return;
  const rest = state.decoder?.end();
  if (rest) {
    state.buffer.push(rest);
    state.length += state.objectMode ? 1 : rest.length;
  }
  state.ended = true;
  if (state.sync) {
    emitReadable(stream);
  } else {
    state.needReadable = false;
    state.emittedReadable = true;
    emitReadableNow(stream);
  }
}

// What the reader does -----------------------------------------------------------------------

/** @param {any} [n] */
proto.read = function read(n) {
  if (n === undefined) n = NaN;
  else if (!Number.isInteger(n)) n = Number.parseInt(n, 10);
  const state = this._readableState;
  const wanted = n;
  if (n > state.highWaterMark) state.highWaterMark = markFor(n);
  if (n !== 0) state.emittedReadable = false;
  const full = state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0;
  if (n === 0 && state.needReadable && (full || state.ended)) {
    if (state.length === 0 && state.ended) endReading(this);
    else emitReadable(this);
    return null;
  }
  n = amount(n, state);
  if (n === 0 && state.ended) {
    if (state.length === 0) endReading(this);
    return null;
  }
  const low = state.needReadable || state.length === 0 || state.length - n < state.highWaterMark;
  if (low && !state.ended && !state.reading && !state.destroyed && !state.errored && state.constructed) {
    askSource(this, state);
    // The source may have pushed at once.
    if (!state.reading) n = amount(wanted, state);
  }
  const chunk = n > 0 ? take(n, state) : null;
  if (chunk === null) {
    state.needReadable = state.length <= state.highWaterMark;
    n = 0;
  } else {
    state.length -= n;
    state.awaitDrainWriters.clear();
  }
  if (state.length === 0) {
    if (!state.ended) state.needReadable = true;
    if (wanted !== n && state.ended) endReading(this);
  }
  if (chunk !== null && !state.errored && !state.closeEmitted) {
    state.dataEmitted = true;
    this.emit('data', chunk);
  }
  return chunk;
};

/** @param {any} stream @param {any} state */
function askSource(stream, state) {
  state.reading = true;
  state.sync = true;
  if (state.length === 0) state.needReadable = true;
  try {
    stream._read(state.highWaterMark);
  } catch (error) {
    errorOrDestroy(stream, error);
  }
  state.sync = false;
}

/** @param {any} _size */
proto._read = function _read(_size) { throw streamError('ERR_METHOD_NOT_IMPLEMENTED', '_read()'); };

/** @param {string} encoding */
proto.setEncoding = function setEncoding(encoding) {
  const state = this._readableState;
  setDecoder(state, encoding);
  let text = '';
  for (let at = state.bufferIndex; at < state.buffer.length; at++) text += state.decoder.write(state.buffer[at]);
  state.buffer = text === '' ? [] : [text];
  state.bufferIndex = 0;
  state.length = text.length;
  return this;
};

// Events -------------------------------------------------------------------------------------

/** @param {any} stream */
function emitReadable(stream) {
  const state = stream._readableState;
  state.needReadable = false;
  if (state.emittedReadable) return;
  state.emittedReadable = true;
  process.nextTick(emitReadableNow, stream);
}

/** @param {any} stream */
function emitReadableNow(stream) {
  const state = stream._readableState;
  if (!state.destroyed && !state.errored && (state.length > 0 || state.ended)) {
    stream.emit('readable');
    state.emittedReadable = false;
  }
  state.needReadable = !state.flowing && !state.ended && state.length <= state.highWaterMark;
  flow(stream);
}

/** Fills the buffer to its mark, also while nobody reads. @param {any} stream @param {any} state */
function maybeReadMore(stream, state) {
  if (state.readingMore || !state.constructed) return;
  state.readingMore = true;
  process.nextTick(() => {
    while (!state.reading && !state.ended &&
        (state.length < state.highWaterMark || (state.flowing && state.length === 0))) {
      const before = state.length;
      stream.read(0);
      if (state.length === before) break;
    }
    state.readingMore = false;
  });
}

/** @param {any} stream */
function endReading(stream) {
  const state = stream._readableState;
  if (state.endEmitted) return;
  state.ended = true;
  process.nextTick(emitEnd, stream, state);
}

/** @param {any} stream @param {any} state */
function emitEnd(stream, state) {
  if (state.errored || state.closeEmitted || state.endEmitted || state.length > 0) return;
  state.endEmitted = true;
  stream.emit('end');
  const writes = stream._writableState;
  if (stream.writable && stream.allowHalfOpen === false) {
    process.nextTick(() => {
      if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
    });
  } else if (state.autoDestroy && (!writes || (writes.autoDestroy && (writes.finished || writes.writable === false)))) {
    stream.destroy();
  }
}

/** @param {any} name @param {any} listener */
proto.on = function on(name, listener) {
  const result = Stream.prototype.on.call(this, name, listener);
  const state = this._readableState;
  if (name === 'data') {
    state.readableListening = this.listenerCount('readable') > 0;
    if (state.flowing !== false) this.resume();
  } else if (name === 'readable' && !state.endEmitted && !state.readableListening) {
    state.readableListening = state.needReadable = true;
    state.flowing = false;
    state.emittedReadable = false;
    if (state.length > 0) emitReadable(this);
    else if (!state.reading) process.nextTick(() => this.read(0));
  }
  return result;
};
proto.addListener = proto.on;

/** @param {any} name @param {any} listener */
proto.removeListener = function removeListener(name, listener) {
  const result = Stream.prototype.removeListener.call(this, name, listener);
  if (name === 'readable') process.nextTick(listenersChanged, this);
  return result;
};
proto.off = proto.removeListener;

/** @param {any} [name] */
proto.removeAllListeners = function removeAllListeners(name) {
  const result = Stream.prototype.removeAllListeners.apply(this, /** @type {any} */ (arguments));
  if (name === 'readable' || name === undefined) process.nextTick(listenersChanged, this);
  return result;
};

/** @param {any} stream */
function listenersChanged(stream) {
  const state = stream._readableState;
  state.readableListening = stream.listenerCount('readable') > 0;
  if (state.resumeScheduled && state[kPaused] === false) state.flowing = true;
  else if (stream.listenerCount('data') > 0) stream.resume();
  else if (!state.readableListening) state.flowing = null;
}

proto.resume = function resume() {
  const state = this._readableState;
  if (!state.flowing) {
    // Who listens to 'readable' reads, and nothing flows.
    state.flowing = !state.readableListening;
    if (!state.resumeScheduled) {
      state.resumeScheduled = true;
      process.nextTick(resumeNow, this, state);
    }
  }
  state[kPaused] = false;
  return this;
};

/** @param {any} stream @param {any} state */
function resumeNow(stream, state) {
  if (!state.reading) stream.read(0);
  state.resumeScheduled = false;
  stream.emit('resume');
  flow(stream);
  if (state.flowing && !state.reading) stream.read(0);
}

proto.pause = function pause() {
  if (this._readableState.flowing !== false) {
    this._readableState.flowing = false;
    this.emit('pause');
  }
  this._readableState[kPaused] = true;
  return this;
};

proto.isPaused = function isPaused() {
  return this._readableState[kPaused] === true || this._readableState.flowing === false;
};

/** @param {any} stream */
function flow(stream) {
  const state = stream._readableState;
  while (state.flowing && stream.read() !== null);
}

// What reads it in other ways ----------------------------------------------------------------

Object.assign(proto, require('internal/stream_pipe'));

/** Takes the events of a stream of the oldest kind for its own. @this {any} @param {any} old */
proto.wrap = function wrap(old) {
  let paused = false;
  old.on('data', (/** @type {any} */ chunk) => {
    if (!this.push(chunk) && old.pause) {
      paused = true;
      old.pause();
    }
  });
  old.on('end', () => this.push(null));
  old.on('error', (/** @type {any} */ error) => errorOrDestroy(this, error));
  old.on('close', () => this.destroy());
  old.on('destroy', () => this.destroy());
  this._read = () => {
    if (paused && old.resume) {
      paused = false;
      old.resume();
    }
  };
  for (const name of Object.keys(old)) {
    if (this[name] === undefined && typeof old[name] === 'function') this[name] = old[name].bind(old);
  }
  return this;
};

proto[Symbol.asyncIterator] = function asyncIterator() {
  return require('internal/stream_iterate').iterate(this);
};
/** @param {any} [options] */
proto.iterator = function iterator(options) {
  if (options !== undefined) require('internal/errors').checkObject(options, 'options');
  return require('internal/stream_iterate').iterate(this, options);
};

proto.compose = function compose() { throw unsupported('stream.compose'); };
for (const name of ['map', 'filter', 'flatMap', 'take', 'drop', 'asIndexedPairs', 'forEach', 'toArray', 'some', 'every', 'find', 'reduce']) {
  Object.defineProperty(proto, name, {
    value: { /** @this {any} @param {...any} args */ [name](...args) {
      return require('internal/stream_operators')[name].apply(this, args);
    } }[name],
    writable: true, enumerable: true, configurable: true,
  });
}

/** @param {any} iterable @param {any} [options] */
Readable.from = (iterable, options) => require('internal/stream_iterate').from(Readable, iterable, options);
/** @param {any} web @param {any} [options] */
Readable.fromWeb = (web, options) => require('internal/web_adapters').readableFromWeb(web, options);
/** @param {any} stream @param {any} [options] */
Readable.toWeb = (stream, options) => require('internal/web_adapters').readableToWeb(stream, options);
/** @param {any} old @param {any} [options] */
Readable.wrap = (old, options) => new /** @type {any} */ (Readable)({
  objectMode: old.readableObjectMode ?? old.objectMode ?? true, ...options,
  destroy(/** @type {any} */ error, /** @type {any} */ callback) {
    destroying.destroyAny(old, error);
    callback(error);
  },
}).wrap(old);
/** Not Node's, but internal: the state of what is read. */
Readable._fromList = take;

defineProperties(proto);

module.exports = { Readable };
