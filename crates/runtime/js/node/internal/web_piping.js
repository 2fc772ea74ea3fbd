// Whole web streams: one into another, one into two, from an iterable and as one.
'use strict';

const { deferred, handled, invalidState, noop } = require('internal/web_queue');
const readables = require('internal/web_readable');
const writables = require('internal/web_writable');
const { codedError, checkAbortSignal } = require('internal/errors');

const { kState: kReadable, ReadableStream, ReadableStreamDefaultReader, cancelStream, readStream } = readables;
const { kState: kWritable, WritableStream, WritableStreamDefaultWriter, abortStream, closeStream, isClosing, writeChunk } = writables;

/** @param {any} value */
const isWritableStream = (value) => value instanceof WritableStream;

/** @param {any} source @param {any} target @param {any} options @returns {Promise<void>} */
function pipe(source, target, options) {
  const { preventClose, preventAbort, preventCancel, signal } = options ?? {};
  try {
    checkAbortSignal(signal, 'options.signal');
  } catch (error) {
    return Promise.reject(error);
  }
  const reader = new ReadableStreamDefaultReader(source);
  const writer = new WritableStreamDefaultWriter(target);
  const [from, to] = [/** @type {any} */ (source)[kReadable], /** @type {any} */ (target)[kWritable]];
  const outcome = deferred();
  let over = false;
  /** @type {Promise<any>} */
  let lastWrite = Promise.resolve();
  from.disturbed = true;

  /** @param {(() => Promise<any>) | undefined} action @param {any} [failure] what the pipe fails with: { error } */
  function shutdown(action, failure) {
    if (over) return;
    over = true;
    const act = () => {
      if (action === undefined) finish(failure);
      else action().then(() => finish(failure), (error) => finish({ error }));
    };
    // What was read is written before anything else happens.
    if (to.state === 'writable' && !isClosing(to)) lastWrite.then(act, act);
    else act();
  }

  /** @param {{ error: any } | undefined} failure */
  function finish(failure) {
    writer.releaseLock();
    reader.releaseLock();
    signal?.removeEventListener('abort', onAbort);
    if (failure) outcome.reject(failure.error);
    else outcome.resolve();
  }

  function onAbort() {
    const error = signal.reason;
    shutdown(() => Promise.all([
      preventAbort || to.state !== 'writable' ? undefined : abortStream(target, error),
      preventCancel || from.state !== 'readable' ? undefined : cancelStream(source, error),
    ]), { error });
  }

  const sourceFailed = () => shutdown(preventAbort ? undefined : () => abortStream(target, from.error), { error: from.error });
  const targetFailed = () => shutdown(preventCancel ? undefined : () => cancelStream(source, to.error), { error: to.error });
  const sourceClosed = () => shutdown(preventClose ? undefined : () => {
    if (isClosing(to) || to.state === 'closed') return Promise.resolve();
    return to.state === 'errored' ? Promise.reject(to.error) : closeStream(target);
  });

  if (signal?.aborted) {
    onAbort();
    return outcome.promise;
  }
  signal?.addEventListener('abort', onAbort, { once: true });
  if (from.state === 'errored') sourceFailed();
  else reader.closed.then(() => { if (!over) sourceClosed(); }, () => { if (!over) sourceFailed(); });
  if (to.state === 'errored') targetFailed();
  else writer.closed.then(noop, () => { if (!over) targetFailed(); });
  if (from.state === 'closed') sourceClosed();
  if (isClosing(to) || to.state === 'closed') {
    const error = invalidState('Destination WritableStream is closed');
    shutdown(preventCancel ? undefined : () => cancelStream(source, error), { error });
  }

  const step = () => {
    if (over) return;
    writer.ready.then(() => {
      if (over) return;
      readStream(reader, {
        chunk: (value) => {
          lastWrite = handled(writeChunk(writer, value));
          queueMicrotask(step);
        },
        close: noop,
        error: noop,
      });
    }, noop);
  };
  step();
  return outcome.promise;
}

/** Two streams of the same chunks. @param {any} stream */
function tee(stream) {
  const reader = new ReadableStreamDefaultReader(stream);
  const cancelled = deferred();
  const branches = [0, 1].map(() => ({ stream: /** @type {any} */ (null), controller: /** @type {any} */ (null), cancelled: false, reason: /** @type {any} */ (undefined) }));
  let reading = false;
  let again = false;
  const live = () => branches.filter((branch) => !branch.cancelled);

  function pull() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    readStream(reader, {
      chunk: (value) => queueMicrotask(() => {
        again = false;
        for (const branch of live()) branch.controller.enqueue(value);
        reading = false;
        if (again) pull();
      }),
      close: () => {
        reading = false;
        for (const branch of live()) branch.controller.close();
        if (live().length > 0) cancelled.resolve();
      },
      error: () => { reading = false; },
    });
  }

  for (const branch of branches) {
    branch.stream = new ReadableStream({
      start(/** @type {any} */ controller) { branch.controller = controller; },
      pull,
      cancel(/** @type {any} */ reason) {
        branch.cancelled = true;
        branch.reason = reason;
        if (live().length === 0) cancelled.resolve(cancelStream(stream, branches.map((one) => one.reason)));
        return cancelled.promise;
      },
    });
  }
  reader.closed.then(noop, (/** @type {any} */ error) => {
    for (const branch of branches) branch.controller.error(error);
    if (live().length > 0) cancelled.resolve();
  });
  return branches.map((branch) => branch.stream);
}

/** @param {any} iterable */
function streamFrom(iterable) {
  const make = iterable?.[Symbol.asyncIterator] ?? iterable?.[Symbol.iterator];
  if (typeof make !== 'function') {
    throw codedError(TypeError, 'ERR_ARG_NOT_ITERABLE', `${require('internal/inspect').inspect(iterable)} must be iterable`);
  }
  const iterator = Reflect.apply(make, iterable, []);
  return new ReadableStream({
    async pull(/** @type {any} */ controller) {
      const step = await iterator.next();
      if (step === null || typeof step !== 'object') throw invalidState('The promise returned by the iterator.next() method must fulfill with an object');
      if (step.done) controller.close();
      else controller.enqueue(await step.value);
    },
    async cancel(/** @type {any} */ reason) {
      await iterator.return?.(reason);
    },
  }, { highWaterMark: 0 });
}

const asyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);

/** The chunks as an async iterator, which cancels the stream when it is left early.
 * @param {any} stream @param {boolean} preventCancel */
function values(stream, preventCancel) {
  const reader = new ReadableStreamDefaultReader(stream);
  let done = false;
  /** One call at a time. @type {Promise<any>} */
  let current = Promise.resolve();
  const queue = (/** @type {() => Promise<any>} */ run) => {
    current = current.then(run, run);
    return current;
  };

  const iterator = {
    next: () => queue(async () => {
      if (done) return { value: undefined, done: true };
      try {
        const step = await reader.read();
        if (!step.done) return step;
      } catch (error) {
        done = true;
        reader.releaseLock();
        throw error;
      }
      done = true;
      reader.releaseLock();
      return { value: undefined, done: true };
    }),
    return: (/** @type {any} */ value) => queue(async () => {
      if (!done) {
        done = true;
        const ended = preventCancel ? undefined : reader.cancel(value);
        reader.releaseLock();
        await ended;
      }
      return { value, done: true };
    }),
  };
  return Object.setPrototypeOf(iterator, asyncIteratorPrototype);
}

module.exports = { isWritableStream, pipe, tee, streamFrom, values };
