// The module timers: the global functions, and timers/promises.
'use strict';

const tasks = require('internal/tasks');
const { AbortError, checkAbortSignal, checkBoolean, checkNumber, checkObject } = require('internal/errors');

/** @param {any} options */
function checkOptions(options) {
  checkObject(options, 'options');
  checkAbortSignal(options.signal, 'options.signal');
  if (options.ref !== undefined) checkBoolean(options.ref, 'options.ref');
}

/** @param {any} delay */
function checkDelay(delay) {
  if (delay !== undefined) checkNumber(delay, 'delay');
}

/**
 * A promise that `start` keeps and an abort ends.
 * @param {any} options @param {any} value
 * @param {(done: () => void) => any} start @param {(timer: any) => void} stop @param {() => void} [check]
 */
function promised(options, value, start, stop, check) {
  try {
    check?.();
    checkOptions(options);
  } catch (error) {
    return Promise.reject(error);
  }
  const { signal, ref = true } = options;
  if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  return new Promise((resolve, reject) => {
    const timer = start(() => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    });
    if (!ref) timer.unref();
    const abort = () => {
      stop(timer);
      reject(new AbortError(undefined, { cause: signal.reason }));
    };
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** @param {number} [delay] @param {any} [value] @param {any} [options] */
const setTimeoutPromise = (delay, value, options = {}) =>
  promised(options, value, (done) => tasks.setTimeout(done, delay), tasks.clearTimeout, () => checkDelay(delay));

/** @param {any} [value] @param {any} [options] */
const setImmediatePromise = (value, options = {}) =>
  promised(options, value, (done) => tasks.setImmediate(done), tasks.clearImmediate);

/** @param {number} [delay] @param {any} [value] @param {any} [options] */
async function* setIntervalPromise(delay, value, options = {}) {
  checkOptions(options);
  const { signal, ref = true } = options;
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  let due = 0;
  /** @type {(() => void) | undefined} */
  let wake;
  const notify = () => {
    wake?.();
    wake = undefined;
  };
  const interval = tasks.setInterval(() => {
    due++;
    notify();
  }, delay);
  if (!ref) interval.unref();
  signal?.addEventListener('abort', notify, { once: true });
  try {
    for (;;) {
      if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
      if (due === 0) await new Promise((resolve) => { wake = () => resolve(undefined); });
      for (; due > 0; due--) yield value;
    }
  } finally {
    tasks.clearInterval(interval);
    signal?.removeEventListener('abort', notify);
  }
}

const promises = {
  setTimeout: setTimeoutPromise,
  setImmediate: setImmediatePromise,
  setInterval: setIntervalPromise,
  scheduler: {
    /** @param {number} delay @param {any} [options] */
    wait: (delay, options) => setTimeoutPromise(delay, undefined, options),
    yield: () => setImmediatePromise(),
  },
};

const custom = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(tasks.setTimeout, custom, { value: setTimeoutPromise, enumerable: true });
Object.defineProperty(tasks.setImmediate, custom, { value: setImmediatePromise, enumerable: true });

module.exports = {
  setTimeout: tasks.setTimeout, clearTimeout: tasks.clearTimeout,
  setImmediate: tasks.setImmediate, clearImmediate: tasks.clearImmediate,
  setInterval: tasks.setInterval, clearInterval: tasks.clearInterval,
  promises,
};
