// WritableStream with its writer and its controller, as the Streams Standard has them.
'use strict';

const {
  kInspect, deferred, handled, rejected, call, invalidState, invalidThis, illegalConstructor, method, SizedQueue,
  highWaterMark, sizeOf, rangeError, show, finish,
} = require('internal/web_queue');
const { invalidArgType } = require('internal/errors');

const kState = Symbol('state');
const kCreate = Symbol('create');
/** In the queue of chunks: the stream is to be closed. */
const kClose = Symbol('close');

// The stream ---------------------------------------------------------------------------------

/** @param {any} state */
const isClosing = (state) => state.closeRequest !== undefined || state.inFlightClose !== undefined;
/** @param {any} state */
const isBusy = (state) => state.inFlightWrite !== undefined || state.inFlightClose !== undefined;

/** @param {any} stream @param {any} reason @returns {Promise<any>} */
function abortStream(stream, reason) {
  const state = stream[kState];
  if (state.state === 'closed' || state.state === 'errored') return Promise.resolve();
  state.controller[kState].aborting.abort(reason);
  if (state.state === 'closed' || state.state === 'errored') return Promise.resolve();
  if (state.pendingAbort !== undefined) return state.pendingAbort.promise;
  const wasErroring = state.state === 'erroring';
  const abort = { ...deferred(), reason: wasErroring ? undefined : reason, wasErroring };
  state.pendingAbort = abort;
  if (!wasErroring) startErroring(stream, reason);
  return abort.promise;
}

/** @param {any} stream @returns {Promise<any>} */
function closeStream(stream) {
  const state = stream[kState];
  if (state.state === 'closed' || state.state === 'errored') return rejected(invalidState('WritableStream is closed'));
  if (isClosing(state)) return rejected(invalidState('Failure closing WritableStream'));
  state.closeRequest = deferred();
  const { promise } = state.closeRequest;
  if (state.writer !== undefined && state.backpressure && state.state === 'writable') state.writer[kState].ready.resolve();
  const controller = state.controller[kState];
  controller.queue.push(kClose, 0);
  advance(stream);
  return promise;
}

/** @param {any} stream @param {any} error */
function startErroring(stream, error) {
  const state = stream[kState];
  state.state = 'erroring';
  state.error = error;
  if (state.writer !== undefined) rejectReady(state.writer, error);
  if (!isBusy(state) && state.controller[kState].started) finishErroring(stream);
}

/** @param {any} stream */
function finishErroring(stream) {
  const state = stream[kState];
  state.state = 'errored';
  state.controller[kState].queue.clear();
  for (const request of state.writeRequests.splice(0)) request.reject(state.error);
  const abort = state.pendingAbort;
  state.pendingAbort = undefined;
  if (abort === undefined) {
    rejectClosed(stream);
    return;
  }
  if (abort.wasErroring) {
    abort.reject(state.error);
    rejectClosed(stream);
    return;
  }
  call(state.controller[kState].abort, undefined, abort.reason).then(() => {
    abort.resolve();
    rejectClosed(stream);
  }, (error) => {
    abort.reject(error);
    rejectClosed(stream);
  });
}

/** @param {any} stream */
function rejectClosed(stream) {
  const state = stream[kState];
  state.done?.reject(state.error);
  if (state.closeRequest !== undefined) {
    state.closeRequest.reject(state.error);
    state.closeRequest = undefined;
  }
  if (state.writer !== undefined) {
    const { closed } = state.writer[kState];
    closed.reject(state.error);
    handled(closed.promise);
  }
}

/** For a look at a stream that somebody else writes. @param {any} stream @returns {Promise<void>} */
function whenClosed(stream) {
  const state = stream[kState];
  if (state.state === 'closed') return Promise.resolve();
  if (state.state === 'errored') return rejected(state.error);
  state.done ??= deferred();
  return handled(state.done.promise);
}

/** @param {any} stream @param {any} error */
function failed(stream, error) {
  if (stream[kState].state === 'writable') startErroring(stream, error);
  else finishErroring(stream);
}

/** @param {any} stream @param {boolean} backpressure */
function setBackpressure(stream, backpressure) {
  const state = stream[kState];
  if (state.writer !== undefined && backpressure !== state.backpressure) {
    if (backpressure) state.writer[kState].ready = deferred();
    else state.writer[kState].ready.resolve();
  }
  state.backpressure = backpressure;
}

/** A promise that was kept is replaced by one that is broken; one that waits is broken itself.
 * @param {any} writer @param {any} error */
function rejectReady(writer, error) {
  const state = writer[kState];
  state.ready.reject(error);
  handled(state.ready.promise);
  const broken = deferred();
  broken.reject(error);
  handled(broken.promise);
  state.ready = broken;
}

// The queue ----------------------------------------------------------------------------------

/** @param {any} stream */
function advance(stream) {
  const state = stream[kState];
  const controller = state.controller[kState];
  if (!controller.started || state.inFlightWrite !== undefined) return;
  if (state.state === 'erroring') {
    finishErroring(stream);
    return;
  }
  if (controller.queue.length === 0) return;
  const chunk = controller.queue.first();
  if (chunk === kClose) processClose(stream);
  else processWrite(stream, chunk);
}

/** @param {any} stream */
function processClose(stream) {
  const state = stream[kState];
  const controller = state.controller[kState];
  state.inFlightClose = state.closeRequest;
  state.closeRequest = undefined;
  controller.queue.shift();
  call(controller.close, undefined).then(() => {
    state.inFlightClose.resolve();
    state.inFlightClose = undefined;
    if (state.state === 'erroring') {
      state.error = undefined;
      state.pendingAbort?.resolve();
      state.pendingAbort = undefined;
    }
    state.state = 'closed';
    state.done?.resolve();
    state.writer?.[kState].closed.resolve();
  }, (error) => {
    state.inFlightClose.reject(error);
    state.inFlightClose = undefined;
    state.pendingAbort?.reject(error);
    state.pendingAbort = undefined;
    failed(stream, error);
  });
}

/** @param {any} stream @param {any} chunk */
function processWrite(stream, chunk) {
  const state = stream[kState];
  const controller = state.controller[kState];
  state.inFlightWrite = state.writeRequests.shift();
  call(controller.write, undefined, chunk, state.controller).then(() => {
    state.inFlightWrite.resolve();
    state.inFlightWrite = undefined;
    controller.queue.shift();
    if (!isClosing(state) && state.state === 'writable') setBackpressure(stream, desiredSize(controller) <= 0);
    advance(stream);
  }, (error) => {
    state.inFlightWrite.reject(error);
    state.inFlightWrite = undefined;
    failed(stream, error);
  });
}

/** @param {any} controller */
const desiredSize = (controller) => controller.mark - controller.queue.size;

/** @param {any} stream @param {any} error */
function errorIfNeeded(stream, error) {
  if (stream[kState].state === 'writable') startErroring(stream, error);
}

class WritableStreamDefaultController {
  /** @param {any} key @param {any} stream @param {any} algorithms @param {number} mark */
  constructor(key, stream, algorithms, mark) {
    if (key !== kCreate) throw illegalConstructor();
    Object.defineProperty(this, kState, { value: {
      stream, queue: new SizedQueue(), mark, ...algorithms, started: false, aborting: new AbortController(),
    } });
  }

  get signal() { return this[kState].aborting.signal; }
  /** @param {any} [error] */
  error(error) { errorIfNeeded(this[kState].stream, error); }
}

// The writer ---------------------------------------------------------------------------------

class WritableStreamDefaultWriter {
  /** @param {WritableStream} stream */
  constructor(stream) {
    if (!(stream instanceof WritableStream)) throw invalidArgType('stream', 'WritableStream', stream);
    const state = stream[kState];
    if (state.writer !== undefined) throw invalidState('WritableStream is locked');
    const [ready, closed] = [deferred(), deferred()];
    Object.defineProperty(this, kState, { value: { stream, ready, closed } });
    state.writer = this;
    if (state.state === 'writable' && (isClosing(state) || !state.backpressure)) ready.resolve();
    if (state.state === 'closed') {
      ready.resolve();
      closed.resolve();
    }
    if (state.state === 'erroring' || state.state === 'errored') ready.reject(state.error);
    if (state.state === 'errored') closed.reject(state.error);
    handled(ready.promise);
    handled(closed.promise);
  }

  get closed() { return this[kState].closed.promise; }
  get ready() { return this[kState].ready.promise; }
  get desiredSize() {
    const { stream } = this[kState];
    if (stream === undefined) throw invalidState('Writer is not bound to a WritableStream');
    const state = stream[kState];
    if (state.state === 'errored' || state.state === 'erroring') return null;
    return state.state === 'closed' ? 0 : desiredSize(state.controller[kState]);
  }

  /** @param {any} [reason] */
  abort(reason) {
    const { stream } = this[kState];
    if (stream === undefined) return rejected(invalidState('Writer is not bound to a WritableStream'));
    return abortStream(stream, reason);
  }

  close() {
    const { stream } = this[kState];
    if (stream === undefined) return rejected(invalidState('Writer is not bound to a WritableStream'));
    if (isClosing(stream[kState])) return rejected(invalidState('Failure to close WritableStream'));
    return closeStream(stream);
  }

  releaseLock() {
    const state = this[kState];
    if (state.stream === undefined) return;
    const error = invalidState('Writer has been released');
    rejectReady(this, error);
    const streamState = state.stream[kState];
    if (streamState.state === 'closed' || streamState.state === 'errored') state.closed = deferred();
    state.closed.reject(error);
    handled(state.closed.promise);
    streamState.writer = undefined;
    state.stream = undefined;
  }

  /** @param {any} [chunk] */
  write(chunk) {
    if (this[kState].stream === undefined) return rejected(invalidState('Writer is not bound to a WritableStream'));
    return writeChunk(this, chunk);
  }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    const { stream, closed, ready } = this[kState];
    const desired = stream === undefined ? null : this.desiredSize;
    return show('WritableStreamDefaultWriter', { stream, close: closed.promise, ready: ready.promise, desiredSize: desired }, depth, options, inspect);
  }
}

/** @param {any} writer @param {any} chunk @returns {Promise<any>} */
function writeChunk(writer, chunk) {
  const { stream } = writer[kState];
  const state = stream[kState];
  const controller = state.controller[kState];
  let size = 1;
  try {
    size = controller.size(chunk);
  } catch (error) {
    errorIfNeeded(stream, error);
  }
  if (writer[kState].stream !== stream) return rejected(invalidState('Mismatched WritableStreams'));
  if (state.state === 'errored') return rejected(state.error);
  if (isClosing(state) || state.state === 'closed') return rejected(invalidState('WritableStream is closed'));
  if (state.state === 'erroring') return rejected(state.error);
  const request = deferred();
  state.writeRequests.push(request);
  try {
    controller.queue.push(chunk, size);
  } catch (error) {
    errorIfNeeded(stream, error);
    return request.promise;
  }
  if (!isClosing(state) && state.state === 'writable') setBackpressure(stream, desiredSize(controller) <= 0);
  advance(stream);
  return request.promise;
}

class WritableStream {
  /** @param {any} [sink] @param {any} [strategy] */
  constructor(sink = {}, strategy = {}) {
    if (sink?.type !== undefined) throw rangeError('type', sink.type);
    const state = {
      state: 'writable', error: undefined, writer: undefined, controller: /** @type {any} */ (undefined), writeRequests: [],
      inFlightWrite: undefined, closeRequest: undefined, inFlightClose: undefined, pendingAbort: undefined, backpressure: false, done: undefined,
    };
    Object.defineProperty(this, kState, { value: state });
    const size = sizeOf(strategy);
    const mark = highWaterMark(strategy, 1);
    const [start, write, close, abort] = ['start', 'write', 'close', 'abort'].map((name) => method(sink, name, 'sink')?.bind(sink));
    const controller = new WritableStreamDefaultController(kCreate, this, { write, close, abort, size }, mark);
    state.controller = controller;
    setBackpressure(this, mark <= 0);
    const result = start?.(controller);
    Promise.resolve(result).then(() => {
      controller[kState].started = true;
      advance(this);
    }, (error) => {
      controller[kState].started = true;
      failed(this, error);
    });
  }

  get locked() { return checked(this)[kState].writer !== undefined; }

  /** @param {any} [reason] */
  abort(reason) {
    if (this?.[kState] === undefined) return rejected(invalidThis('WritableStream'));
    if (this.locked) return rejected(invalidState('WritableStream is locked'));
    return abortStream(this, reason);
  }

  close() {
    if (this?.[kState] === undefined) return rejected(invalidThis('WritableStream'));
    if (this.locked) return rejected(invalidState('WritableStream is locked'));
    if (isClosing(this[kState])) return rejected(invalidState('Failure closing WritableStream'));
    return closeStream(this);
  }

  getWriter() { return new WritableStreamDefaultWriter(checked(this)); }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    return show('WritableStream', { locked: this.locked, state: this[kState].state }, depth, options, inspect);
  }
}

/** @param {any} stream */
function checked(stream) {
  if (stream?.[kState] === undefined || !(stream instanceof WritableStream)) throw invalidThis('WritableStream');
  return stream;
}

for (const Class of [WritableStream, WritableStreamDefaultWriter, WritableStreamDefaultController]) finish(Class);

module.exports = {
  kState, WritableStream, WritableStreamDefaultWriter, WritableStreamDefaultController,
  abortStream, closeStream, errorIfNeeded, errorFromOutside: errorIfNeeded, isClosing, whenClosed, writeChunk,
};
