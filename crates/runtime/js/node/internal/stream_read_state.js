// The state of a Readable: its buffer, what is taken off it, and what can be seen of it from outside.
'use strict';

const { Buffer } = require('buffer');
const { highWaterMark } = require('internal/stream_base');

const kPaused = Symbol('kPaused');
/** The buffer's taken head is cut off when it has this many entries. */
const TRIM = 1024;
const LARGEST_MARK = 0x40000000;

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

/** What a Readable tells of its state. @param {any} proto */
function defineProperties(proto) {
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
}

module.exports = { ReadableState, amount, defineProperties, kPaused, markFor, setDecoder, take };
