'use strict';
// Node's `timers`, over those of the page.

const { MessageChannel } = primordials;

/** What waits for the next turn of the event loop, by its handle. @type {Map<object, () => void>} */
const immediates = new Map();
/** Where to ring for the next turn; made at the first. @type {MessagePort | undefined} */
let bell;

/** Runs what was there when the turn began; what is added meanwhile waits for the next. */
function runImmediates() {
  try {
    for (const [handle, callback] of [...immediates]) {
      if (immediates.delete(handle)) callback();
    }
  } finally {
    // New ones, and after an exception the rest.
    if (immediates.size > 0) ring();
  }
}

/** A message to itself comes back without the delay that nested timeouts of 0 ms get. */
function ring() {
  bell ??= makeBell();
  bell.postMessage(0);
}

function makeBell() {
  /** @type {globalThis.MessageChannel} */
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = runImmediates;
  return port2;
}

/** @param {(...args: any[]) => void} callback */
function setImmediate(callback, ...args) {
  const handle = {};
  immediates.set(handle, () => callback(...args));
  ring();
  return handle;
}

/** @param {object} handle */
function clearImmediate(handle) {
  immediates.delete(handle);
}

/** Node's `timers/promises`. */
const promises = {
  /** @param {number} [delay] @param {any} [value] @param {any} [options] */
  setTimeout: (delay, value, options) =>
    settled(value, options, (done) => globalThis.setTimeout(done, delay), globalThis.clearTimeout),
  /** @param {any} [value] @param {any} [options] */
  setImmediate: (value, options) => settled(value, options, setImmediate, clearImmediate),
  /** @param {number} [delay] @param {any} [value] @param {any} [options] */
  async * setInterval(delay, value, options) {
    for (;;) yield await promises.setTimeout(delay, value, options);
  },
  scheduler: {
    /** @param {number} [delay] @param {any} [options] */
    wait: (delay, options) => promises.setTimeout(delay, undefined, options),
    yield: () => promises.setImmediate(),
  },
};

/**
 * A promise that a timer keeps, or an abort ends.
 * @param {any} value
 * @param {any} options
 * @param {(done: () => void) => any} start
 * @param {(timer: any) => void} stop
 */
async function settled(value, options = {}, start, stop) {
  const { AbortError, checkAbortSignal } = require('internal/errors');
  checkAbortSignal(options.signal, 'options.signal');
  /** @type {AbortSignal | undefined} */
  const signal = options.signal;
  await new Promise((resolve, reject) => {
    const aborted = () => reject(new AbortError(undefined, { cause: signal?.reason }));
    if (signal?.aborted) {
      aborted();
      return;
    }
    const timer = start(() => {
      signal?.removeEventListener('abort', end);
      resolve(undefined);
    });
    const end = () => {
      stop(timer);
      aborted();
    };
    signal?.addEventListener('abort', end, { once: true });
  });
  return value;
}

module.exports = {
  promises,
  setTimeout: globalThis.setTimeout.bind(globalThis),
  clearTimeout: globalThis.clearTimeout.bind(globalThis),
  setInterval: globalThis.setInterval.bind(globalThis),
  clearInterval: globalThis.clearInterval.bind(globalThis),
  setImmediate,
  clearImmediate,
};
