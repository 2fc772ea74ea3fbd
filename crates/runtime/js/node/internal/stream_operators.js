// The methods of a Readable that are named after those of arrays.
'use strict';

const { AbortError, checkAbortSignal, checkInteger, checkObject, codedError, invalidArgType, outOfRange } = require('internal/errors');

/** @param {any} options */
function checkOptions(options) {
  if (options === undefined || options === null) return;
  checkObject(options, 'options');
  checkAbortSignal(options.signal, 'options.signal');
}

/** @param {any} value @param {string} name */
function checkCallback(value, name) {
  if (typeof value !== 'function') throw invalidArgType(name, ['Function', 'AsyncFunction'], value);
}

/** @param {any} signal */
function throwIfAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

/** @param {any} stream @param {() => AsyncGenerator} make */
const toStream = (stream, make) => {
  const { Readable } = require('internal/stream_readable');
  return Readable.from(make(), { objectMode: true });
};

const nothing = Symbol('nothing');

/** Calls `callback` on each chunk, on several at a time if so asked, and gives what they give in order.
 * @param {any} stream @param {Function} callback @param {any} options */
async function* mapped(stream, callback, options) {
  const concurrency = Math.floor(options?.concurrency ?? 1);
  const ending = new AbortController();
  const onAbort = () => ending.abort(options.signal.reason);
  if (options?.signal?.aborted) onAbort();
  else options?.signal?.addEventListener('abort', onAbort, { once: true });
  /** Calls that run, at most `concurrency`. @type {Promise<{ value: any }>[]} */
  const running = [];
  // A failure is thrown in its turn; until then it is not unhandled.
  const call = (/** @type {any} */ chunk) => {
    const result = (async () => ({ value: await callback(chunk, { signal: ending.signal }) }))();
    result.catch(() => {});
    return result;
  };
  try {
    for await (const chunk of stream) {
      throwIfAborted(ending.signal);
      running.push(call(chunk));
      if (running.length >= concurrency) {
        const { value } = await /** @type {Promise<{ value: any }>} */ (running.shift());
        throwIfAborted(ending.signal);
        if (value !== nothing) yield value;
      }
    }
    while (running.length > 0) {
      const { value } = await /** @type {Promise<{ value: any }>} */ (running.shift());
      throwIfAborted(ending.signal);
      if (value !== nothing) yield value;
    }
  } finally {
    options?.signal?.removeEventListener('abort', onAbort);
    ending.abort();
  }
}

/** @param {any} options */
function checkConcurrency(options) {
  checkOptions(options);
  if (options?.concurrency !== undefined) checkInteger(Math.floor(options.concurrency), 'concurrency', 1);
}

/** @this {any} @param {Function} fn @param {any} [options] */
function map(fn, options) {
  checkCallback(fn, 'fn');
  checkConcurrency(options);
  return toStream(this, () => mapped(this, fn, options));
}

/** @this {any} @param {Function} fn @param {any} [options] */
function filter(fn, options) {
  checkCallback(fn, 'fn');
  checkConcurrency(options);
  const keep = async (/** @type {any} */ chunk, /** @type {any} */ more) => (await fn(chunk, more) ? chunk : nothing);
  return toStream(this, () => mapped(this, keep, options));
}

/** @this {any} @param {Function} fn @param {any} [options] */
function flatMap(fn, options) {
  checkCallback(fn, 'fn');
  checkConcurrency(options);
  const source = this;
  return toStream(this, async function* flat() {
    for await (const inner of mapped(source, fn, options)) yield* inner;
  });
}

/** @param {any} number */
function toCount(number) {
  number = Number(number);
  if (Number.isNaN(number)) return 0;
  if (number < 0) throw outOfRange('number', '>= 0', number);
  return number;
}

/** @this {any} @param {number} number @param {any} [options] */
function drop(number, options) {
  checkOptions(options);
  let count = toCount(number);
  const source = this;
  return toStream(this, async function* dropped() {
    throwIfAborted(options?.signal);
    for await (const chunk of source) {
      throwIfAborted(options?.signal);
      if (count-- <= 0) yield chunk;
    }
  });
}

/** @this {any} @param {number} number @param {any} [options] */
function take(number, options) {
  checkOptions(options);
  let count = toCount(number);
  const source = this;
  return toStream(this, async function* taken() {
    throwIfAborted(options?.signal);
    for await (const chunk of source) {
      throwIfAborted(options?.signal);
      if (count-- > 0) yield chunk;
      if (count <= 0) return;
    }
  });
}

/** @this {any} @param {any} [options] */
function asIndexedPairs(options) {
  checkOptions(options);
  const source = this;
  return toStream(this, async function* pairs() {
    let at = 0;
    for await (const chunk of source) {
      throwIfAborted(options?.signal);
      yield [at++, chunk];
    }
  });
}

/** @this {any} @param {Function} fn @param {any} [options] */
async function forEach(fn, options) {
  checkCallback(fn, 'fn');
  checkConcurrency(options);
  const call = async (/** @type {any} */ chunk, /** @type {any} */ more) => {
    await fn(chunk, more);
    return nothing;
  };
  for await (const _ of mapped(this, call, options));
}

/** @this {any} @param {any} [options] */
async function toArray(options) {
  checkOptions(options);
  const all = [];
  for await (const chunk of this) {
    throwIfAborted(options?.signal);
    all.push(chunk);
  }
  return all;
}

/** @this {any} @param {Function} fn @param {any} [options] */
async function some(fn, options) {
  checkCallback(fn, 'fn');
  for await (const _ of filter.call(this, fn, options)) return true;
  return false;
}

/** @this {any} @param {Function} fn @param {any} [options] */
async function every(fn, options) {
  checkCallback(fn, 'fn');
  return !(await some.call(this, async (/** @type {any[]} */ ...args) => !(await fn(...args)), options));
}

/** @this {any} @param {Function} fn @param {any} [options] */
async function find(fn, options) {
  checkCallback(fn, 'fn');
  for await (const chunk of filter.call(this, fn, options)) return chunk;
  return undefined;
}

/** @this {any} @param {Function} reducer @param {any} [initial] @param {any} [options] */
async function reduce(reducer, initial, options) {
  checkCallback(reducer, 'reducer');
  checkOptions(options);
  let has = arguments.length > 1;
  let value = initial;
  throwIfAborted(options?.signal);
  const ending = new AbortController();
  const onAbort = () => ending.abort(options.signal.reason);
  options?.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const chunk of this) {
      throwIfAborted(options?.signal);
      if (has) value = await reducer(value, chunk, { signal: ending.signal });
      else value = chunk;
      has = true;
    }
  } finally {
    options?.signal?.removeEventListener('abort', onAbort);
    ending.abort();
  }
  if (!has) throw codedError(TypeError, 'ERR_MISSING_ARGS', 'Reduce of an empty stream requires an initial value');
  return value;
}

module.exports = { map, filter, flatMap, drop, take, asIndexedPairs, forEach, toArray, some, every, find, reduce };
