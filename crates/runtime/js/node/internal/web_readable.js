// ReadableStream with its reader and its controllers, as the Streams Standard has them.
'use strict';

const {
  kInspect, noop, deferred, handled, rejected, call, invalidState, invalidThis, illegalConstructor, method, SizedQueue,
  highWaterMark, sizeOf, show, finish,
} = require('internal/web_queue');
const { codedError, invalidArgType, invalidArgValue, unsupported } = require('internal/errors');

const kState = Symbol('state');
const kCreate = Symbol('create');

/** Who waits for a chunk. @typedef {{ chunk: (value: any) => void, close: () => void, error: (reason: any) => void }} Request */

/** @param {any} stream */
const isLocked = (stream) => stream[kState].reader !== undefined;

// The stream ---------------------------------------------------------------------------------

/** @param {any} stream */
function closeStream(stream) {
  const state = stream[kState];
  state.state = 'closed';
  state.done?.resolve();
  const reader = state.reader?.[kState];
  if (reader === undefined) return;
  reader.closed.resolve();
  for (const request of reader.requests.splice(0)) request.close();
}

/** @param {any} stream @param {any} error */
function errorStream(stream, error) {
  const state = stream[kState];
  state.state = 'errored';
  state.error = error;
  state.done?.reject(error);
  const reader = state.reader?.[kState];
  if (reader === undefined) return;
  reader.closed.reject(error);
  handled(reader.closed.promise);
  for (const request of reader.requests.splice(0)) request.error(error);
}

/** @param {any} stream @param {any} reason @returns {Promise<any>} */
function cancelStream(stream, reason) {
  const state = stream[kState];
  state.disturbed = true;
  if (state.state === 'closed') return Promise.resolve();
  if (state.state === 'errored') return rejected(state.error);
  closeStream(stream);
  return state.controller._cancel(reason).then(noop);
}

/** For a look at a stream that somebody else reads. @param {any} stream @returns {Promise<void>} */
function whenClosed(stream) {
  const state = stream[kState];
  if (state.state === 'closed') return Promise.resolve();
  if (state.state === 'errored') return rejected(state.error);
  state.done ??= deferred();
  return handled(state.done.promise);
}

/** @param {any} stream @param {any} error */
const errorFromOutside = (stream, error) => stream[kState].controller._error(error);

// Controllers --------------------------------------------------------------------------------

class Controller {
  /** @param {any} key @param {any} stream @param {any} algorithms @param {number} mark */
  constructor(key, stream, algorithms, mark) {
    if (key !== kCreate) throw illegalConstructor();
    Object.defineProperty(this, kState, { value: {
      stream, queue: new SizedQueue(), mark, ...algorithms,
      started: false, closing: false, pulling: false, pullAgain: false,
    } });
    stream[kState].controller = this;
  }

  /** @param {any} start */
  _start(start) {
    const state = this[kState];
    const result = start === undefined ? undefined : start(this);
    Promise.resolve(result).then(() => {
      state.started = true;
      this._pull();
    }, (error) => this._error(error));
  }

  get desiredSize() {
    const { stream, mark, queue } = this[kState];
    const { state } = stream[kState];
    return state === 'errored' ? null : state === 'closed' ? 0 : mark - queue.size;
  }

  _canGoOn() { return !this[kState].closing && this[kState].stream[kState].state === 'readable'; }

  _pull() {
    const state = this[kState];
    const reader = state.stream[kState].reader?.[kState];
    const wanted = (reader !== undefined && reader.requests.length > 0) || /** @type {number} */ (this.desiredSize) > 0;
    if (!this._canGoOn() || !state.started || !wanted) return;
    if (state.pulling) {
      state.pullAgain = true;
      return;
    }
    state.pulling = true;
    call(state.pull, undefined, this).then(() => {
      state.pulling = false;
      if (state.pullAgain) {
        state.pullAgain = false;
        this._pull();
      }
    }, (error) => this._error(error));
  }

  close() {
    if (!this._canGoOn()) throw invalidState('Controller is already closed');
    this._close();
  }

  _close() {
    this[kState].closing = true;
    if (this[kState].queue.length === 0) closeStream(this[kState].stream);
  }

  /** @param {any} chunk */
  _enqueue(chunk) {
    const state = this[kState];
    const reader = state.stream[kState].reader?.[kState];
    if (reader !== undefined && reader.requests.length > 0) {
      reader.requests.shift().chunk(chunk);
    } else {
      try {
        state.queue.push(chunk, state.size(chunk));
      } catch (error) {
        this._error(error);
        throw error;
      }
    }
    this._pull();
  }

  /** @param {any} [error] */
  error(error) { this._error(error); }

  /** @param {any} error */
  _error(error) {
    const { stream, queue } = this[kState];
    if (stream[kState].state !== 'readable') return;
    queue.clear();
    errorStream(stream, error);
  }

  /** @param {any} reason */
  _cancel(reason) {
    const state = this[kState];
    state.queue.clear();
    return call(state.cancel, undefined, reason);
  }

  /** @param {Request} request */
  _read(request) {
    const state = this[kState];
    const { stream, queue } = state;
    if (queue.length === 0) {
      stream[kState].reader[kState].requests.push(request);
      this._pull();
      return;
    }
    const chunk = queue.shift();
    if (state.closing && queue.length === 0) closeStream(stream);
    else this._pull();
    request.chunk(chunk);
  }
}
for (const name of ['_start', '_canGoOn', '_pull', '_close', '_enqueue', '_error', '_cancel', '_read']) {
  Object.defineProperty(Controller.prototype, name, { enumerable: false });
}

class ReadableStreamDefaultController extends Controller {
  get desiredSize() { return super.desiredSize; }
  close() { super.close(); }
  /** @param {any} [chunk] */
  enqueue(chunk) {
    if (!this._canGoOn()) throw invalidState('Controller is already closed');
    this._enqueue(chunk);
  }
  /** @param {any} [error] */
  error(error) { super.error(error); }
}

/** Of a stream of bytes. Its chunks are what was enqueued: nobody can read into a buffer of his own. */
class ReadableByteStreamController extends Controller {
  get byobRequest() { return null; }
  get desiredSize() { return super.desiredSize; }
  close() { super.close(); }
  /** @param {ArrayBufferView} chunk */
  enqueue(chunk) {
    if (!ArrayBuffer.isView(chunk)) throw invalidArgType('buffer', ['Buffer', 'TypedArray', 'DataView'], chunk);
    if (chunk.byteLength === 0 || chunk.buffer.byteLength === 0) throw invalidState('chunk ArrayBuffer is zero-length or detached');
    if (!this._canGoOn()) throw invalidState('Controller is already closed');
    this._enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
  /** @param {any} [error] */
  error(error) { super.error(error); }
}

// The reader ---------------------------------------------------------------------------------

class ReadableStreamDefaultReader {
  /** @param {ReadableStream} stream */
  constructor(stream) {
    if (!(stream instanceof ReadableStream)) throw invalidArgType('stream', 'ReadableStream', stream);
    if (isLocked(stream)) throw invalidState('ReadableStream is locked');
    const closed = deferred();
    Object.defineProperty(this, kState, { value: { stream, closed, requests: [] } });
    const state = stream[kState];
    state.reader = this;
    if (state.state === 'closed') {
      closed.resolve();
    } else if (state.state === 'errored') {
      closed.reject(state.error);
      handled(closed.promise);
    }
  }

  get closed() { return this[kState].closed.promise; }

  /** @param {any} [reason] */
  cancel(reason) {
    const { stream } = this[kState];
    if (stream === undefined) return rejected(invalidState('The reader is not attached to a stream'));
    return cancelStream(stream, reason);
  }

  read() {
    if (this[kState].stream === undefined) return rejected(invalidState('The reader is not attached to a stream'));
    const { promise, resolve, reject } = deferred();
    readStream(this, {
      chunk: (value) => resolve({ value, done: false }),
      close: () => resolve({ value: undefined, done: true }),
      error: reject,
    });
    return promise;
  }

  releaseLock() {
    const state = this[kState];
    if (state.stream === undefined) return;
    const error = invalidState('Releasing reader');
    if (state.stream[kState].state !== 'readable') state.closed = deferred();
    state.closed.reject(invalidState('Reader released'));
    handled(state.closed.promise);
    state.stream[kState].reader = undefined;
    state.stream = undefined;
    for (const request of state.requests.splice(0)) request.error(error);
  }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    const { stream, requests, closed } = this[kState];
    return show('ReadableStreamDefaultReader', { stream, readRequests: requests.length, close: closed.promise }, depth, options, inspect);
  }
}

/** @param {ReadableStreamDefaultReader} reader @param {Request} request */
function readStream(reader, request) {
  const { stream } = reader[kState];
  const state = stream[kState];
  state.disturbed = true;
  if (state.state === 'closed') request.close();
  else if (state.state === 'errored') request.error(state.error);
  else state.controller._read(request);
}

class ReadableStream {
  /** @param {any} [source] @param {any} [strategy] */
  constructor(source = {}, strategy = {}) {
    if (source === null) throw invalidArgType('source', 'Object', source);
    const state = { state: 'readable', reader: undefined, error: undefined, disturbed: false, controller: undefined, done: undefined };
    Object.defineProperty(this, kState, { value: state });
    const [start, pull, cancel] = ['start', 'pull', 'cancel'].map((name) => method(source, name, 'source'));
    const algorithms = { pull: pull?.bind(source), cancel: cancel?.bind(source), size: sizeOf(strategy) };
    const type = source.type === undefined ? undefined : `${source.type}`;
    /** @type {Controller} */
    let controller;
    if (type === 'bytes') {
      if (strategy?.size !== undefined) {
        throw codedError(RangeError, 'ERR_INVALID_ARG_VALUE.RangeError', invalidArgValue('strategy.size', strategy.size).message);
      }
      if (source.autoAllocateChunkSize !== undefined) throw unsupported("A ReadableStream's autoAllocateChunkSize");
      algorithms.size = (chunk) => chunk.byteLength;
      controller = new ReadableByteStreamController(kCreate, this, algorithms, highWaterMark(strategy, 0));
    } else if (type === undefined) {
      controller = new ReadableStreamDefaultController(kCreate, this, algorithms, highWaterMark(strategy, 1));
    } else {
      throw invalidArgValue('source.type', type);
    }
    controller._start(start?.bind(source));
  }

  /** @param {any} iterable */
  static from(iterable) { return require('internal/web_piping').streamFrom(iterable); }

  get locked() { return isLocked(checked(this)); }

  /** @param {any} [reason] */
  cancel(reason) {
    if (this?.[kState] === undefined) return rejected(invalidThis('ReadableStream'));
    if (isLocked(this)) return rejected(invalidState('ReadableStream is locked'));
    return cancelStream(this, reason);
  }

  /** @param {any} [options] */
  getReader(options) {
    checked(this);
    if (options !== undefined && options !== null && typeof options !== 'object') throw invalidArgType('options', 'Object', options);
    const mode = options?.mode;
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw invalidArgValue('options.mode', mode);
    throw unsupported("A ReadableStream's reader of mode 'byob'");
  }

  /** @param {any} pair @param {any} [options] */
  pipeThrough(pair, options) {
    checked(this);
    const { readable, writable } = pair ?? {};
    if (!(readable instanceof ReadableStream)) throw invalidArgType('transform.readable', 'ReadableStream', readable);
    const { isWritableStream, pipe } = require('internal/web_piping');
    if (!isWritableStream(writable)) throw invalidArgType('transform.writable', 'WritableStream', writable);
    if (isLocked(this)) throw invalidState('The ReadableStream is locked');
    if (writable.locked) throw invalidState('The WritableStream is locked');
    handled(pipe(this, writable, options));
    return readable;
  }

  /** @param {any} target @param {any} [options] */
  async pipeTo(target, options) {
    checked(this);
    const { isWritableStream, pipe } = require('internal/web_piping');
    if (!isWritableStream(target)) throw invalidArgType('transform.writable', 'WritableStream', target);
    if (isLocked(this)) throw invalidState('The ReadableStream is locked');
    if (target.locked) throw invalidState('The WritableStream is locked');
    await pipe(this, target, options);
  }

  tee() {
    checked(this);
    if (isLocked(this)) throw invalidState('ReadableStream is locked');
    return require('internal/web_piping').tee(this);
  }

  /** @param {{ preventCancel?: boolean }} [options] */
  values(options) {
    checked(this);
    if (options !== undefined && (options === null || typeof options !== 'object')) throw invalidArgType('options', 'Object', options);
    return require('internal/web_piping').values(this, Boolean(options?.preventCancel));
  }

  get [Symbol.for('nodejs.stream.readable')]() { return this[kState].state === 'readable'; }
  get [Symbol.for('nodejs.stream.errored')]() { return this[kState].state === 'errored'; }
  get [Symbol.for('nodejs.stream.disturbed')]() { return this[kState].disturbed; }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    const { state, controller } = this[kState];
    return show('ReadableStream', {
      locked: this.locked, state, supportsBYOB: controller instanceof ReadableByteStreamController,
    }, depth, options, inspect);
  }
}
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  value: ReadableStream.prototype.values, writable: true, configurable: true,
});

/** @param {any} stream */
function checked(stream) {
  if (stream?.[kState] === undefined || !(stream instanceof ReadableStream)) throw invalidThis('ReadableStream');
  return stream;
}

for (const Class of [ReadableStream, ReadableStreamDefaultReader, ReadableStreamDefaultController, ReadableByteStreamController]) finish(Class);

module.exports = {
  kState, ReadableStream, ReadableStreamDefaultReader, ReadableStreamDefaultController, ReadableByteStreamController,
  isLocked, cancelStream, readStream, whenClosed, errorFromOutside,
};
