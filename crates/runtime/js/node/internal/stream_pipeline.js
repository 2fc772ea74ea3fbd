// pipeline: streams, iterables and generator functions in a row, which end and fail as one.
'use strict';

const kinds = require('internal/stream_kinds');
const { destroyAny } = require('internal/stream_destroy');
const { finished } = require('internal/stream_finished');
const { streamError } = require('internal/stream_errors');
const { AbortError, checkAbortSignal, checkFunction, codedError, invalidArgType } = require('internal/errors');

/** Kept while a pipeline runs.
 * @typedef {object} Run
 * @property {any} error the first error that says more than that a stream closed
 * @property {any} value what the last function gave
 * @property {number} pending how many stages have not ended
 * @property {((error: any) => void)[]} destroys ends each stage
 * @property {(error?: any) => void} done a stage ended @property {(error: any) => void} fail a stage failed
 * @property {AbortSignal} signal @property {boolean} end */

/** @param {...any} args streams and a callback */
function pipeline(...args) {
  const callback = args.pop();
  checkFunction(callback, 'streams[stream.length - 1]');
  return start(args.length === 1 && Array.isArray(args[0]) ? args[0] : args, callback, {});
}

/** @param {any} error */
const saysMore = (error) => error && error.code !== 'ERR_STREAM_PREMATURE_CLOSE';

/** @param {any[]} stages @param {(error: any, value?: any) => void} callback @param {{ signal?: any, end?: boolean }} options */
function start(stages, callback, options) {
  if (stages.length < 2) throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "streams" argument must be specified');
  checkAbortSignal(options.signal, 'options.signal');
  const ending = new AbortController();
  /** @type {Run} */
  const run = {
    error: undefined, value: undefined, pending: 0, destroys: [],
    signal: ending.signal, end: options.end !== false, done: () => {}, fail: () => {},
  };
  let over = false;
  const onAbort = () => finish(new AbortError(undefined, { cause: options.signal?.reason }), true);

  /** @param {any} error @param {boolean} final */
  const finish = (error, final) => {
    if (error && (!run.error || !saysMore(run.error))) run.error = error;
    if (!run.error && !final) return;
    if (run.error) for (const destroy of run.destroys.splice(0)) destroy(run.error);
    if (over || !final) return;
    over = true;
    options.signal?.removeEventListener('abort', onAbort);
    ending.abort();
    process.nextTick(callback, run.error, run.value);
  };
  run.done = (error) => finish(error, --run.pending === 0);
  run.fail = (error) => finish(error, run.pending === 0);

  /** @type {any} */
  let current;
  for (let at = 0; at < stages.length; at++) {
    const stage = stages[at];
    const isLast = at === stages.length - 1;
    if (kinds.isStream(stage)) watch(stage, run, at > 0, !isLast, isLast);
    if (at === 0) current = first(stage, run);
    else if (typeof stage === 'function') current = call(stage, current, run, isLast);
    else if (kinds.isStream(stage)) current = connect(current, stage, run, isLast);
    else if (kinds.isWebWritable(stage) || kinds.isWebReadable(stage.readable)) current = connect(current, asNode(stage, run, isLast), run, isLast);
    else throw invalidArgType('destination', ['Stream', 'Function', 'WritableStream', 'TransformStream'], stage);
  }
  if (options.signal?.aborted) process.nextTick(onAbort);
  else options.signal?.addEventListener('abort', onAbort, { once: true });
  return current;
}

/** A web stream in the middle or at the end, as a stream of Node. @param {any} stage @param {Run} run @param {boolean} isLast */
function asNode(stage, run, isLast) {
  const { Duplex } = require('internal/stream_duplex');
  const node = kinds.isWebWritable(stage) ? require('internal/stream_writable').Writable.fromWeb(stage) : Duplex.fromWeb(stage);
  watch(node, run, true, !isLast, isLast);
  return node;
}

/** Ends this stage when another one failed, unless it is over already.
 * @param {any} stream @param {Run} run @param {boolean} writes @param {boolean} reads @param {boolean} isLast */
function watch(stream, run, writes, reads, isLast) {
  if (!run.end && isLast) return;
  let over = false;
  finished(stream, { readable: reads, writable: writes }, (/** @type {any} */ error) => { over = !error; });
  run.destroys.push((error) => {
    if (over) return;
    over = true;
    destroyAny(stream, error || streamError('ERR_STREAM_DESTROYED', 'pipe'));
  });
  stream.on('error', (/** @type {any} */ error) => {
    if (error && error.name !== 'AbortError' && saysMore(error)) run.fail(error);
  });
}

/** @param {any} stage @param {Run} run */
function first(stage, run) {
  const source = typeof stage === 'function' ? stage({ signal: run.signal }) : stage;
  if (kinds.isStream(source) || kinds.isIterable(source) || kinds.isWebReadable(source)) return source;
  if (kinds.isWebReadable(source?.readable)) return source.readable;
  if (typeof stage === 'function') {
    throw codedError(TypeError, 'ERR_INVALID_RETURN_VALUE',
      `Expected Iterable, AsyncIterable or Stream to be returned from the "source" function but got ${describe(source)}.`);
  }
  throw invalidArgType('source', ['Stream', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], source);
}

/** @param {any} value */
function describe(value) {
  return value?.constructor?.name ? `an instance of ${value.constructor.name}` : `type ${typeof value}`;
}

/** A function as a stage: it gets what is before it as an iterable, and gives one or a promise.
 * @param {any} stage @param {any} current @param {Run} run @param {boolean} isLast */
function call(stage, current, run, isLast) {
  const result = stage(iterableOf(current), { signal: run.signal });
  if (kinds.isIterable(result, true) || kinds.isStream(result)) {
    if (!isLast) return result;
    return toPassThrough(result, run);
  }
  if (!isLast || typeof result?.then !== 'function') {
    throw codedError(TypeError, 'ERR_INVALID_RETURN_VALUE', isLast
      ? `Expected AsyncIterable or Promise to be returned from the "destination" function but got ${describe(result)}.`
      : `Expected AsyncIterable to be returned from the "transform" function but got ${describe(result)}.`);
  }
  const { PassThrough } = require('internal/stream_duplex');
  const output = new /** @type {any} */ (PassThrough)({ objectMode: true });
  run.pending++;
  result.then((/** @type {any} */ value) => {
    run.value = value;
    if (value !== null && value !== undefined) output.write(value);
    if (run.end) output.end();
    process.nextTick(run.done);
  }, (/** @type {any} */ error) => {
    output.destroy(error);
    process.nextTick(run.done, error);
  });
  watch(output, run, true, true, isLast);
  return output;
}

/** @param {any} iterable @param {Run} run */
function toPassThrough(iterable, run) {
  const { PassThrough } = require('internal/stream_duplex');
  const output = new /** @type {any} */ (PassThrough)({ objectMode: true });
  watch(output, run, true, true, true);
  pump(iterable, output, run);
  return output;
}

/** @param {any} current */
function iterableOf(current) {
  if (kinds.isStream(current) && !kinds.isIterable(current, true)) return require('internal/stream_iterate').iterate(current);
  return current;
}

/** @param {any} current @param {any} target @param {Run} run @param {boolean} isLast */
function connect(current, target, run, isLast) {
  if (kinds.isStream(current)) pipe(current, target, run, isLast);
  else if (kinds.isIterable(current) || kinds.isWebReadable(current)) pump(current, target, run);
  else throw invalidArgType('val', ['Stream', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], current);
  return target;
}

/** @param {any} source @param {any} target @param {Run} run @param {boolean} isLast */
function pipe(source, target, run, isLast) {
  run.pending += 2;
  let ended = false;
  target.on('close', () => {
    // Nobody is left to write to.
    if (!ended) run.fail(streamError('ERR_STREAM_PREMATURE_CLOSE'));
  });
  source.pipe(target, { end: false });
  if (run.end || !isLast) {
    const end = () => {
      ended = true;
      target.end();
    };
    if (kinds.isReadableFinished(source)) process.nextTick(end);
    else source.once('end', end);
  } else {
    source.once('end', () => { ended = true; });
    run.pending--;
  }
  finished(source, { readable: true, writable: false }, (/** @type {any} */ error) => {
    const state = source._readableState;
    if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE' && state?.ended && !state.errored && !state.errorEmitted) {
      // It closed with everything said and not all of it read: what is left comes yet.
      source.once('end', run.done).once('error', run.done);
    } else {
      run.done(error);
    }
  });
  if (run.end || !isLast) finished(target, { readable: false, writable: true }, run.done);
}

/** Writes what an iterable gives, at the target's pace. @param {any} iterable @param {any} target @param {Run} run */
async function pump(iterable, target, run) {
  run.pending++;
  /** @type {any} */
  let error;
  /** @type {((failed?: any) => void) | null} */
  let wake = null;
  const resume = (/** @type {any} */ failure) => {
    if (failure) error = failure;
    const go = wake;
    wake = null;
    go?.();
  };
  const room = () => new Promise((resolve, reject) => {
    if (error) reject(error);
    else wake = () => (error ? reject(error) : resolve(undefined));
  });
  target.on('drain', resume);
  const cleanup = finished(target, { readable: false }, resume);
  try {
    if (target.writableNeedDrain) await room();
    for await (const chunk of iterable) {
      if (!target.write(chunk)) await room();
    }
    if (run.end) {
      target.end();
      await room();
    }
    run.done();
  } catch (failure) {
    run.done(error && error !== failure ? error : failure);
  } finally {
    cleanup();
    target.off('drain', resume);
  }
}

/** @param {...any} args streams and at most one bag of options */
function pipelinePromise(...args) {
  return new Promise((resolve, reject) => {
    const last = args[args.length - 1];
    let options = {};
    if (last && typeof last === 'object' && !kinds.isStream(last) && !kinds.isIterable(last) && !kinds.isWebReadable(last) &&
        !kinds.isWebWritable(last) && !kinds.isWebReadable(last.readable)) {
      options = args.pop();
    }
    const stages = args.length === 1 && Array.isArray(args[0]) ? args[0] : args;
    start(stages, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    }, options);
  });
}

module.exports = { pipeline, pipelinePromise };
