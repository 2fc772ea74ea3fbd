// process.nextTick, setImmediate and the timers: the queues that the event loop empties.
'use strict';

const binding = internalBinding('timers');
const context = require('internal/async_context');
const { checkFunction } = require('internal/errors');

const frames = context.state;

// nextTick ---------------------------------------------------------------------------------

/** @type {{ callback: Function, args: any[], frame: import('./async_context.js').Frame }[]} */
let ticks = [];
let firstTick = 0;

/** @param {Function} callback @param {...any} args */
function nextTick(callback, ...args) {
  checkFunction(callback, 'callback');
  if (ticks.length === 0) binding.setTicks(true);
  ticks.push({ callback, args, frame: frames.current });
}

/** Runs all callbacks that wait and those that they add. One that throws ends the call; the
 * host reports it and calls again. */
function runTicks() {
  try {
    while (firstTick < ticks.length) {
      const { callback, args, frame } = ticks[firstTick++];
      if (firstTick > 1024) {
        ticks.splice(0, firstTick);
        firstTick = 0;
      }
      if (frames.enabled) context.runIn(frame, callback, undefined, args);
      else callback(...args);
    }
  } finally {
    if (firstTick >= ticks.length) {
      ticks = [];
      firstTick = 0;
      binding.setTicks(false);
    }
  }
}

// setImmediate -----------------------------------------------------------------------------

class Immediate {
  /** @param {Function} callback @param {any[]} args */
  constructor(callback, args) {
    this._idleNext = null;
    this._onImmediate = /** @type {Function | null} */ (callback);
    this._argv = args;
    this._destroyed = false;
    if (frames.current !== undefined) hide(this, '_frame', frames.current);
  }

  ref() { return this; }
  unref() { return this; }
  hasRef() { return !this._destroyed; }
  [Symbol.dispose]() { clearImmediate(this); }
}

/** @type {Immediate[]} */
let immediates = [];
/** @type {Immediate[]} */
let round = [];

/** @param {Function} callback @param {...any} args */
function setImmediate(callback, ...args) {
  checkFunction(callback, 'callback');
  const immediate = new Immediate(callback, args);
  if (immediates.length === 0) binding.setImmediates(true);
  immediates.push(immediate);
  return immediate;
}

/** @param {any} immediate */
function clearImmediate(immediate) {
  if (!(immediate instanceof Immediate)) return;
  immediate._onImmediate = null;
  immediate._destroyed = true;
}

/** Starts a round; gives how often the host has to call runImmediate. */
function beginImmediates() {
  round = immediates.reverse();
  immediates = [];
  binding.setImmediates(false);
  return round.length;
}

function runImmediate() {
  const immediate = round.pop();
  if (immediate === undefined || immediate._onImmediate === null) return;
  const callback = immediate._onImmediate;
  clearImmediate(immediate);
  if (frames.enabled) context.runIn(/** @type {any} */ (immediate)._frame, callback, immediate, immediate._argv);
  else callback.call(immediate, ...immediate._argv);
}

// Timers -----------------------------------------------------------------------------------

const LONGEST = 2 ** 31 - 1;

/** A timer with the properties that are hidden from who prints it.
 * @typedef {Timeout & { _due: number, _order: number, _at: number, _live: boolean, _id: number }} Timer */

/** A binary heap of timers by the time they are due, then by the order they were started.
 * @type {Timer[]} */
const heap = [];
/** @type {Map<number, Timer>} */
const byId = new Map();
let lastId = 0;
let lastOrder = 0;
let live = 0;

/** @param {Timer} a @param {Timer} b */
const before = (a, b) => a._due < b._due || (a._due === b._due && a._order < b._order);

/** @param {Timer} timer @param {number} at */
function place(timer, at) {
  heap[at] = timer;
  timer._at = at;
}

/** @param {Timer} timer @param {number} at */
function rise(timer, at) {
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(timer, heap[parent])) break;
    place(heap[parent], at);
    at = parent;
  }
  place(timer, at);
}

/** @param {Timer} timer @param {number} at */
function sink(timer, at) {
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child++;
    if (!before(heap[child], timer)) break;
    place(heap[child], at);
    at = child;
  }
  place(timer, at);
}

/** @param {Timer} timer */
function start(timer) {
  timer._due = binding.now() + timer._idleTimeout;
  timer._order = ++lastOrder;
  timer._destroyed = false;
  heap.push(timer);
  rise(timer, heap.length - 1);
  if (timer._live) live++;
}

/** @param {Timer} timer */
function stop(timer) {
  const at = timer._at;
  if (at < 0) return;
  timer._at = -1;
  const last = /** @type {Timer} */ (heap.pop());
  if (last !== timer) {
    if (at > 0 && before(last, heap[(at - 1) >> 1])) rise(last, at);
    else sink(last, at);
  }
  if (timer._live) live--;
}

function schedule() {
  binding.schedule(heap.length > 0 ? heap[0]._due : Infinity, live);
}

class Timeout {
  /** @param {Function} callback @param {any} delay @param {any[]} args @param {boolean} repeats */
  constructor(callback, delay, args, repeats) {
    delay *= 1;
    if (!(delay >= 1 && delay <= LONGEST)) {
      if (delay > LONGEST) {
        process.emitWarning(
          `${delay} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
          'TimeoutOverflowWarning');
      }
      delay = 1;
    }
    this._idleTimeout = Math.trunc(delay);
    this._onTimeout = /** @type {Function | null} */ (callback);
    this._timerArgs = args;
    this._repeat = repeats ? this._idleTimeout : null;
    this._destroyed = false;
    hide(this, '_due', 0);
    hide(this, '_order', 0);
    hide(this, '_at', -1);
    hide(this, '_live', true);
    hide(this, '_id', 0);
    if (frames.current !== undefined) hide(this, '_frame', frames.current);
    start(/** @type {any} */ (this));
    schedule();
  }

  ref() {
    if (!this._live) {
      this._live = true;
      if (/** @type {any} */ (this)._at >= 0) { live++; schedule(); }
    }
    return this;
  }

  unref() {
    if (this._live) {
      this._live = false;
      if (/** @type {any} */ (this)._at >= 0) { live--; schedule(); }
    }
    return this;
  }

  hasRef() { return this._live; }

  refresh() {
    if (this._onTimeout !== null) {
      stop(/** @type {any} */ (this));
      start(/** @type {any} */ (this));
      schedule();
    }
    return this;
  }

  close() {
    clearTimeout(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    if (this._id === 0) {
      this._id = ++lastId;
      byId.set(this._id, /** @type {any} */ (this));
    }
    return this._id;
  }

  [Symbol.dispose]() { clearTimeout(this); }
}

/** @param {object} object @param {string} name @param {any} value */
function hide(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, configurable: true });
}

/** Runs one timer that is due. The host calls until none is.
 * @param {number} now */
function runTimer(now) {
  const timer = heap[0];
  if (timer === undefined || timer._due > now) {
    schedule();
    return;
  }
  stop(timer);
  const order = timer._order;
  try {
    const callback = /** @type {Function} */ (timer._onTimeout);
    if (frames.enabled) context.runIn(/** @type {any} */ (timer)._frame, callback, timer, timer._timerArgs);
    else callback.call(timer, ...timer._timerArgs);
  } finally {
    // A callback may have stopped or restarted its own timer.
    if (timer._order === order && timer._at < 0) {
      if (timer._repeat !== null && timer._onTimeout !== null) {
        timer._idleTimeout = timer._repeat;
        start(timer);
      } else {
        forget(timer);
      }
    }
    schedule();
  }
}

/** @param {Timer} timer */
function forget(timer) {
  timer._destroyed = true;
  if (timer._id !== 0) byId.delete(timer._id);
}

/** @param {Function} callback @param {number} [delay] @param {...any} args */
function setTimeout(callback, delay, ...args) {
  checkFunction(callback, 'callback');
  return new Timeout(callback, delay, args, false);
}

/** @param {Function} callback @param {number} [delay] @param {...any} args */
function setInterval(callback, delay, ...args) {
  checkFunction(callback, 'callback');
  return new Timeout(callback, delay, args, true);
}

/** @param {any} timer */
function clearTimeout(timer) {
  if (typeof timer === 'number' || typeof timer === 'string') timer = byId.get(Number(timer));
  if (!(timer instanceof Timeout) || timer._onTimeout === null) return;
  const found = /** @type {Timer} */ (timer);
  stop(found);
  found._onTimeout = null;
  forget(found);
  schedule();
}

// Microtasks -------------------------------------------------------------------------------

const engineQueueMicrotask = globalThis.queueMicrotask;

/** @param {() => void} callback */
function queueMicrotask(callback) {
  checkFunction(callback, 'callback');
  engineQueueMicrotask(context.bind(callback));
}

module.exports = {
  nextTick, runTicks,
  setImmediate, clearImmediate, beginImmediates, runImmediate, Immediate,
  setTimeout, setInterval, clearTimeout, clearInterval: clearTimeout, runTimer, Timeout,
  queueMicrotask,
};
