// EventEmitter and its companions, with Node's semantics and error texts.
'use strict';

const { checkFunction, checkNumber, codedError, invalidArgType } = require('internal/errors');

const kCapture = Symbol('kCapture');
const kRejection = Symbol.for('nodejs.rejection');
const kErrorMonitor = Symbol('events.errorMonitor');

/** @typedef {((...args: any[]) => any) & { listener?: Function, warned?: boolean }} Listener */

let defaultMaxListeners = 10;
let defaultCapture = false;

/**
 * @this {any}
 * @param {{ captureRejections?: boolean }} [options]
 */
function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;

/** @this {any} @param {any} [options] */
EventEmitter.init = function init(options) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = Object.create(null);
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (options?.captureRejections !== undefined) {
    require('internal/errors').checkBoolean(options.captureRejections, 'options.captureRejections');
    this[kCapture] = options.captureRejections;
  } else if (defaultCapture) {
    this[kCapture] = true;
  }
};
Object.defineProperty(EventEmitter.prototype, kCapture, { value: false, writable: true });

/** @this {any} @param {number} n */
EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  checkNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

/** @param {any} emitter */
const maxListeners = (emitter) => emitter._maxListeners ?? defaultMaxListeners;

/** @this {any} */
EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return maxListeners(this);
};

/** @this {any} @param {string | symbol} type @param {...any} args */
EventEmitter.prototype.emit = function emit(type, ...args) {
  const events = this._events;
  if (type === 'error') {
    if (events?.[kErrorMonitor] !== undefined) this.emit(kErrorMonitor, ...args);
    if (events?.error === undefined) throwUnhandled(args);
  }
  const handler = events?.[type];
  if (handler === undefined) return false;
  if (typeof handler === 'function') {
    const result = handler.apply(this, args);
    if (result !== undefined && result !== null && this[kCapture]) capture(this, result, type, args);
    return true;
  }
  // A listener may add or remove others; those of this moment are called.
  const list = handler.slice();
  for (let i = 0; i < list.length; i++) {
    const result = list[i].apply(this, args);
    if (result !== undefined && result !== null && this[kCapture]) capture(this, result, type, args);
  }
  return true;
};

/** What 'error' without a listener does. @param {any[]} args @returns {never} */
function throwUnhandled(args) {
  const error = args[0];
  if (error instanceof Error) throw error;
  let text;
  try {
    text = require('internal/inspect').inspect(error);
  } catch {
    text = String(error);
  }
  const unhandled = /** @type {any} */ (
    codedError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${text})`));
  unhandled.context = error;
  throw unhandled;
}

/** @param {any} emitter @param {any} promise @param {any} type @param {any[]} args */
function capture(emitter, promise, type, args) {
  const then = promise.then;
  if (typeof then !== 'function') return;
  then.call(promise, undefined, (/** @type {any} */ error) => {
    process.nextTick(() => {
      if (typeof emitter[kRejection] === 'function') {
        emitter[kRejection](error, type, ...args);
        return;
      }
      const previous = emitter[kCapture];
      // The 'error' listener could be what rejected.
      try {
        emitter[kCapture] = false;
        emitter.emit('error', error);
      } finally {
        emitter[kCapture] = previous;
      }
    });
  });
}

/** @param {any} emitter @param {any} type @param {Listener} listener @param {boolean} first */
function add(emitter, type, listener, first) {
  checkFunction(listener, 'listener');
  let events = emitter._events;
  if (events === undefined) {
    events = emitter._events = Object.create(null);
    emitter._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    emitter.emit('newListener', type, listener.listener ?? listener);
    events = emitter._events;
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    emitter._eventsCount++;
    return emitter;
  }
  let list = existing;
  if (typeof existing === 'function') {
    list = events[type] = first ? [listener, existing] : [existing, listener];
  } else if (first) {
    existing.unshift(listener);
  } else {
    existing.push(listener);
  }
  const most = maxListeners(emitter);
  if (most > 0 && list.length > most && !list.warned) {
    list.warned = true;
    warnOfLeak(emitter, type, list.length, most);
  }
  return emitter;
}

/** @param {any} emitter @param {any} type @param {number} count @param {number} most */
function warnOfLeak(emitter, type, count, most) {
  const { inspect } = require('internal/inspect');
  const warning = /** @type {any} */ (new Error(
    `Possible EventEmitter memory leak detected. ${count} ${String(type)} listeners added to ` +
    `${inspect(emitter, { depth: -1 })}. MaxListeners is ${most}. ` +
    'Use emitter.setMaxListeners() to increase limit'));
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = emitter;
  warning.type = type;
  warning.count = count;
  process.emitWarning(warning);
}

/** @this {any} @param {any} type @param {Listener} listener */
EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};
EventEmitter.prototype.on = EventEmitter.prototype.addListener;

/** @this {any} @param {any} type @param {Listener} listener */
EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

/** @param {any} emitter @param {any} type @param {Listener} listener */
function onceOnly(emitter, type, listener) {
  let fired = false;
  /** @this {any} @param {...any} args */
  const wrapper = function onceWrapper(...args) {
    if (fired) return undefined;
    emitter.removeListener(type, wrapper);
    fired = true;
    return listener.apply(emitter, args);
  };
  wrapper.listener = listener;
  return wrapper;
}

/** @this {any} @param {any} type @param {Listener} listener */
EventEmitter.prototype.once = function once(type, listener) {
  checkFunction(listener, 'listener');
  return this.on(type, onceOnly(this, type, listener));
};

/** @this {any} @param {any} type @param {Listener} listener */
EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  checkFunction(listener, 'listener');
  return this.prependListener(type, onceOnly(this, type, listener));
};

/** @this {any} @param {any} type @param {Listener} listener */
EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  checkFunction(listener, 'listener');
  const events = this._events;
  const list = events?.[type];
  if (list === undefined) return this;
  if (list === listener || list.listener === listener) {
    drop(this, events, type);
    if (events.removeListener !== undefined) this.emit('removeListener', type, list.listener ?? listener);
  } else if (typeof list !== 'function') {
    let at = list.length - 1;
    while (at >= 0 && list[at] !== listener && list[at].listener !== listener) at--;
    if (at < 0) return this;
    list.splice(at, 1);
    if (list.length === 1) events[type] = list[0];
    if (events.removeListener !== undefined) this.emit('removeListener', type, listener);
  }
  return this;
};
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

/** @param {any} emitter @param {any} events @param {any} type */
function drop(emitter, events, type) {
  emitter._eventsCount--;
  if (emitter._eventsCount === 0) emitter._events = Object.create(null);
  else delete events[type];
  // Who tells of removals must still be found by the caller.
  if (emitter._eventsCount === 0 && events.removeListener !== undefined && type !== 'removeListener') {
    emitter._events.removeListener = events.removeListener;
    emitter._eventsCount = 1;
  }
}

/** @this {any} @param {any} [type] */
EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = Object.create(null);
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      drop(this, events, type);
    }
    return this;
  }
  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) {
      if (key !== 'removeListener') this.removeAllListeners(key);
    }
    this.removeAllListeners('removeListener');
    this._events = Object.create(null);
    this._eventsCount = 0;
    return this;
  }
  const list = events[type];
  if (typeof list === 'function') {
    this.removeListener(type, list);
  } else if (list !== undefined) {
    for (let i = list.length - 1; i >= 0; i--) this.removeListener(type, list[i]);
  }
  return this;
};

/** @param {any} emitter @param {any} type @param {boolean} unwrap */
function listenersOf(emitter, type, unwrap) {
  const list = emitter._events?.[type];
  if (list === undefined) return [];
  const all = typeof list === 'function' ? [list] : list.slice();
  return unwrap ? all.map((/** @type {Listener} */ one) => one.listener ?? one) : all;
}

/** @this {any} @param {any} type */
EventEmitter.prototype.listeners = function listeners(type) {
  return listenersOf(this, type, true);
};

/** @this {any} @param {any} type */
EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return listenersOf(this, type, false);
};

/** @this {any} @param {any} type @param {Function} [listener] */
EventEmitter.prototype.listenerCount = function listenerCount(type, listener) {
  const list = this._events?.[type];
  if (list === undefined) return 0;
  const all = typeof list === 'function' ? [list] : list;
  if (listener == null) return all.length;
  return all.filter((/** @type {Listener} */ one) => one === listener || one.listener === listener).length;
};

/** @this {any} */
EventEmitter.prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

/** @param {any} emitter @param {any} type */
EventEmitter.listenerCount = (emitter, type) => emitter.listenerCount(type);

// The most listeners before a warning -------------------------------------------------------

/** What was set for an EventTarget, which has no such method. @type {WeakMap<object, number>} */
const targetMost = new WeakMap();

/** @param {any} target */
function getMaxListeners(target) {
  if (typeof target?.getMaxListeners === 'function') return target.getMaxListeners();
  if (typeof target?.addEventListener === 'function') return targetMost.get(target) ?? defaultMaxListeners;
  throw invalidArgType('emitter', ['EventEmitter', 'EventTarget'], target);
}

/** @param {number} [n] @param {...any} targets */
function setMaxListeners(n = defaultMaxListeners, ...targets) {
  checkNumber(n, 'setMaxListeners', 0);
  if (targets.length === 0) defaultMaxListeners = n;
  for (const target of targets) {
    if (typeof target?.setMaxListeners === 'function') target.setMaxListeners(n);
    else if (typeof target?.addEventListener === 'function') targetMost.set(target, n);
    else throw invalidArgType('eventTargets', ['EventEmitter', 'EventTarget'], target);
  }
}

Object.defineProperties(EventEmitter, {
  defaultMaxListeners: {
    enumerable: true,
    get() { return defaultMaxListeners; },
    set(n) {
      checkNumber(n, 'defaultMaxListeners', 0);
      defaultMaxListeners = n;
    },
  },
  captureRejections: {
    enumerable: true,
    get() { return defaultCapture; },
    set(value) {
      require('internal/errors').checkBoolean(value, 'EventEmitter.captureRejections');
      defaultCapture = value;
    },
  },
  captureRejectionSymbol: { value: kRejection, enumerable: true },
  errorMonitor: { value: kErrorMonitor, enumerable: true },
  EventEmitterAsyncResource: {
    enumerable: true,
    get: () => require('internal/event_resource').EventEmitterAsyncResource,
  },
});

/** Few apps use these, and every app loads this module. @param {string} name */
const later = (name) => ({ /** @param {...any} args */ [name](...args) {
  return require('internal/event_functions')[name](...args);
} })[name];

module.exports = Object.assign(EventEmitter, {
  once: later('once'), on: later('on'), getEventListeners: later('getEventListeners'),
  addAbortListener: later('addAbortListener'),
  getMaxListeners, setMaxListeners, EventEmitter, usingDomains: false,
});
