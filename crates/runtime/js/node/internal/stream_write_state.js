// The state of a Writable, and what can be seen of it from outside.
'use strict';

const { highWaterMark } = require('internal/stream_base');

const kOnFinished = Symbol('kOnFinished');

class WritableState {
  /** @param {any} options @param {boolean} duplex @param {(error?: any) => void} onwrite */
  constructor(options, duplex, onwrite) {
    this.objectMode = Boolean(options?.objectMode || (duplex && options?.writableObjectMode));
    this.highWaterMark = highWaterMark(this, options, 'writableHighWaterMark', duplex);
    this.finalCalled = false;
    this.needDrain = false;
    this.ending = false;
    this.ended = false;
    this.finished = false;
    this.destroyed = false;
    this.decodeStrings = options?.decodeStrings !== false;
    this.defaultEncoding = options?.defaultEncoding || 'utf8';
    this.length = 0;
    this.writing = false;
    this.corked = 0;
    // Whether what happens now happens before the call returns that asked for it.
    this.sync = true;
    this.bufferProcessing = false;
    this.onwrite = onwrite;
    /** @type {((error?: any) => void) | null} */
    this.writecb = null;
    this.writelen = 0;
    /** Writes that were done at once and whose callbacks wait for the next tick.
     * @type {{ count: number, callback: Function } | null} */
    this.afterWriteTickInfo = null;
    this.drainScheduled = false;
    /** Its bound is the mark: `write` says when to wait, and who does not wait has no bound in Node either.
     * @type {any[]} */
    this.buffered = [];
    this.bufferedIndex = 0;
    this.pendingcb = 0;
    this.constructed = true;
    this.prefinished = false;
    this.errorEmitted = false;
    this.emitClose = options?.emitClose !== false;
    this.autoDestroy = options?.autoDestroy !== false;
    /** @type {any} */
    this.errored = null;
    this.closed = false;
    this.closeEmitted = false;
    /** False for the writing half of a stream that is only read. @type {boolean | undefined} */
    this.writable = undefined;
    /** @type {((error?: any) => void)[]} */
    this[kOnFinished] = [];
  }

  getBuffer() { return this.buffered.slice(this.bufferedIndex); }
  get bufferedRequestCount() { return this.buffered.length - this.bufferedIndex; }
}

/** What a Writable tells of its state. @param {any} proto */
function defineProperties(proto) {
  Object.defineProperties(proto, {
    writable: {
      get() {
        const state = this._writableState;
        return Boolean(state) && state.writable !== false && !state.destroyed && !state.errored && !state.ending && !state.ended;
      },
      set(value) { if (this._writableState) this._writableState.writable = Boolean(value); },
    },
    writableFinished: { get() { return Boolean(this._writableState?.finished); } },
    writableObjectMode: { get() { return Boolean(this._writableState?.objectMode); } },
    writableBuffer: { get() { return this._writableState?.getBuffer(); } },
    writableEnded: { get() { return Boolean(this._writableState?.ending); } },
    writableNeedDrain: {
      get() {
        const state = this._writableState;
        return Boolean(state) && !state.destroyed && !state.ending && state.needDrain;
      },
    },
    writableHighWaterMark: { get() { return this._writableState?.highWaterMark; } },
    writableCorked: { get() { return this._writableState ? this._writableState.corked : 0; } },
    writableLength: { get() { return this._writableState?.length; } },
    writableAborted: {
      get() {
        const state = this._writableState;
        return Boolean(state.writable !== false && (state.destroyed || state.errored) && !state.finished);
      },
    },
    errored: { get() { return this._writableState ? this._writableState.errored : null; } },
    closed: { get() { return Boolean(this._writableState?.closed); } },
    destroyed: {
      get() { return Boolean(this._writableState?.destroyed); },
      set(value) { if (this._writableState) this._writableState.destroyed = value; },
    },
  });
}

module.exports = { WritableState, defineProperties, kOnFinished };
