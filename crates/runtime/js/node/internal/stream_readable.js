// Readable: where data comes from. What was pushed waits in a buffer until somebody takes it,
// and the source is asked for more while the buffer is below its mark.
'use strict';

const { Buffer } = require('buffer');
const { Stream, highWaterMark } = require('internal/stream_base');
const destroying = require('internal/stream_destroy');
const { streamError } = require('internal/stream_errors');
const { invalidArgType, unsupported } = require('internal/errors');

const { errorOrDestroy } = destroying;
const kPaused = Symbol('kPaused');
/** The buffer's taken head is cut off when it has this many entries. */
const TRIM = 1024;
const LARGEST_MARK = 0x40000000;

/** @param {any} stream */
const isDuplex = (stream) => typeof stream.write === 'function';

class ReadableState {
  /** @param {any} options @param {boolean} duplex */
  constructor(options, duplex) {
    this.objectMode = Boolean(options?.objectMode || (duplex && options?.readableObjectMode));
    this.highWaterMark = highWaterMark(this, options, 'readableHighWaterMark', duplex);
    /** Its bound is the mark: `push` says when to wait, and who does not wait has no bound in Node either.
     * @type {any[]} */
    this.buffer = [];
    this.bufferIndex = 0;
    this.length = 0;
    /** @type {any[]} */
    this.pipes = [];
    /** null: nobody has asked for data yet. @type {boolean | null} */
    this.flowing = null;
    this.ended = false;
    this.endEmitted = false;
    this.reading = false;
    this.constructed = true;
    // Whether what happens now happens before the call returns that asked for it.
    this.sync = true;
    this.needReadable = false;
    this.emittedReadable = false;
    this.readableListening = false;
    this.resumeScheduled = false;
    /** @type {boolean | null} */
    this[kPaused] = null;
    this.errorEmitted = false;
    this.emitClose = options?.emitClose !== false;
    this.autoDestroy = options?.autoDestroy !== false;
    this.destroyed = false;
    /** @type {any} */
    this.errored = null;
    this.closed = false;
    this.closeEmitted = false;
    this.defaultEncoding = options?.defaultEncoding || 'utf8';
    /** The targets that have to drain first. @type {Set<any>} */
    this.awaitDrainWriters = new Set();
    this.readingMore = false;
    this.dataEmitted = false;
    /** @type {any} */
    this.decoder = null;
    /** @type {string | null} */
    this.encoding = null;
    /** False for the reading half of a stream that is only written. @type {boolean | undefined} */
    this.readable = undefined;
    if (options?.encoding) setDecoder(this, options.encoding);
  }
}

/** @param {any} state @param {string} encoding */
function setDecoder(state, encoding) {
  const { StringDecoder } = require('string_decoder');
  state.decoder = new StringDecoder(encoding);
  state.encoding = state.decoder.encoding;
}

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

/** How much a read of `n` takes. @param {number} n @param {any} state */
function amount(n, state) {
  if (n <= 0 || (state.length === 0 && state.ended)) return 0;
  if (state.objectMode) return 1;
  if (Number.isNaN(n)) return state.flowing && state.length > 0 ? state.buffer[state.bufferIndex].length : state.length;
  if (n <= state.length) return n;
  return state.ended ? state.length : 0;
}

/** The mark of a stream of which so much is wanted at once: the next power of two. @param {number} n */
function markFor(n) {
  if (n > LARGEST_MARK) throw require('internal/errors').outOfRange('size', '<= 1GiB', n);
  return n <= 1 ? 1 : 2 ** Math.ceil(Math.log2(n));
}

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

/** Takes `n` off the buffer. @param {number} n @param {any} state */
function take(n, state) {
  if (state.length === 0) return null;
  const { buffer } = state;
  if (state.objectMode) return takeFirst(state);
  if (n >= state.length) {
    const all = state.bufferIndex > 0 ? buffer.slice(state.bufferIndex) : buffer;
    state.buffer = [];
    state.bufferIndex = 0;
    if (state.decoder) return all.join('');
    return all.length === 1 ? all[0] : Buffer.concat(all, state.length);
  }
  const parts = [];
  for (let rest = n; rest > 0;) {
    const first = buffer[state.bufferIndex];
    if (first.length > rest) {
      parts.push(first.slice(0, rest));
      buffer[state.bufferIndex] = first.slice(rest);
      break;
    }
    rest -= first.length;
    parts.push(takeFirst(state));
  }
  if (state.decoder) return parts.join('');
  return parts.length === 1 ? parts[0] : Buffer.concat(parts, n);
}

/** @param {any} state */
function takeFirst(state) {
  const first = state.buffer[state.bufferIndex];
  state.buffer[state.bufferIndex++] = undefined;
  if (state.bufferIndex === state.buffer.length) {
    state.buffer = [];
    state.bufferIndex = 0;
  } else if (state.bufferIndex >= TRIM) {
    state.buffer.splice(0, state.bufferIndex);
    state.bufferIndex = 0;
  }
  return first;
}

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

Object.defineProperties(proto, {
  readable: {
    get() {
      const state = this._readableState;
      return Boolean(state) && state.readable !== false && !state.destroyed && !state.errorEmitted && !state.endEmitted;
    },
    set(value) { if (this._readableState) this._readableState.readable = Boolean(value); },
  },
  readableDidRead: { get() { return this._readableState.dataEmitted; } },
  readableAborted: {
    get() {
      const state = this._readableState;
      return Boolean(state.readable !== false && (state.destroyed || state.errored) && !state.endEmitted);
    },
  },
  readableHighWaterMark: { get() { return this._readableState.highWaterMark; } },
  readableBuffer: { get() { return this._readableState?.buffer; } },
  readableFlowing: {
    get() { return this._readableState.flowing; },
    set(value) { if (this._readableState) this._readableState.flowing = value; },
  },
  readableLength: { get() { return this._readableState.length; } },
  readableObjectMode: { get() { return Boolean(this._readableState?.objectMode); } },
  readableEncoding: { get() { return this._readableState ? this._readableState.encoding : null; } },
  readableEnded: { get() { return Boolean(this._readableState?.endEmitted); } },
  errored: { get() { return this._readableState ? this._readableState.errored : null; } },
  closed: { get() { return Boolean(this._readableState?.closed); } },
  destroyed: {
    get() { return Boolean(this._readableState?.destroyed); },
    set(value) { if (this._readableState) this._readableState.destroyed = value; },
  },
});

module.exports = { Readable };
