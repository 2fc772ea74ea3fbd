// Which stores belong to the code that runs: what AsyncLocalStorage is made of.
//
// A frame is a map of stores that is never changed, or undefined where there is none. Whoever
// keeps a callback for later keeps the frame of that moment with it. The engine keeps the
// continuations of `await` itself and has no hook there, so once the first store exists:
//
// - `then` is replaced by one that keeps the frame with its callbacks.
// - `await` of a promise goes through `then` as that of any thenable does: the engine only looks
//   whether the promise's constructor is its own Promise, and it then is a proxy of that.
// - Just before a promise is fulfilled, a microtask is queued that says which frame the next
//   microtask has. When that promise is awaited, this next one is the continuation.
//
// Until then nothing of this is there and nothing costs anything.
'use strict';

const engineQueueMicrotask = globalThis.queueMicrotask;

/** @typedef {Map<object, any> | undefined} Frame */

const state = {
  /** @type {Frame} */
  current: undefined,
  enabled: false,
};

/** Runs a function in a frame. @param {Frame} frame @param {Function} fn @param {any} self @param {any[]} args */
function runIn(frame, fn, self, args) {
  const before = state.current;
  state.current = frame;
  try {
    return Reflect.apply(fn, self, args);
  } finally {
    state.current = before;
  }
}

/** A callback that will run in the frame of now. @param {Function} fn @returns {any} */
function bind(fn) {
  if (!state.enabled) return fn;
  const frame = state.current;
  /** @this {any} @param {...any} args */
  return function bound(...args) { return runIn(frame, fn, this, args); };
}

// Microtasks ---------------------------------------------------------------------------------

/** Whether the frame of now is meant for the microtask that comes next. */
let armed = false;
/** Whether the engine is calling `then` on behalf of a promise. */
let following = false;

/** @param {Frame} frame */
function arm(frame) {
  engineQueueMicrotask(() => {
    armed = true;
    state.current = frame;
  });
}

/** The host calls this before each microtask and each time that it enters. */
function beforeJob() {
  if (armed) armed = false;
  else state.current = undefined;
}

/** The frames in which promises were made. @type {WeakMap<object, Frame>} */
const made = new WeakMap();

/** The engine calls this: a promise is made, its thenable is to be asked, was asked, it is fulfilled.
 * @param {number} event @param {object} promise */
function onPromise(event, promise) {
  if (event === 0) {
    made.set(promise, state.current);
  } else if (event === 3) {
    arm(state.current);
  } else {
    following = event === 1;
    state.current = following ? made.get(promise) : undefined;
  }
}

function enable() {
  if (state.enabled) return;
  state.enabled = true;
  const EnginePromise = Promise;
  const { prototype } = EnginePromise;
  const engineThen = prototype.then;

  /** @param {any} callback @param {boolean} rejects */
  const keep = (callback, rejects) => {
    if (typeof callback !== 'function') return callback;
    const frame = state.current;
    // A rejection has no event of its own.
    const arms = rejects && following;
    return (/** @type {any} */ value) => {
      state.current = frame;
      if (arms) arm(frame);
      try {
        return callback(value);
      } finally {
        state.current = undefined;
      }
    };
  };
  Object.defineProperty(prototype, 'then', {
    value: { /** @this {any} @param {any} onFulfilled @param {any} onRejected */
      then(onFulfilled, onRejected) {
        return Reflect.apply(engineThen, this, [keep(onFulfilled, false), keep(onRejected, true)]);
      } }.then,
    writable: true, configurable: true,
  });
  const proxy = new Proxy(EnginePromise, {});
  Object.defineProperty(prototype, 'constructor', { value: proxy, writable: true, configurable: true });
  Object.defineProperty(globalThis, 'Promise', { value: proxy, writable: true, configurable: true });
  internalBinding('async_context').enable(onPromise, beforeJob, bind);
}

module.exports = { state, runIn, bind, enable };
