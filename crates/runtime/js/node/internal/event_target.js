// Event, CustomEvent and EventTarget of the DOM standard, as far as there is no tree.
'use strict';

const { codedError, invalidArgType } = require('internal/errors');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const NONE = 0;
const AT_TARGET = 2;

class Event {
  #type;
  #bubbles;
  #cancelable;
  #composed;
  #canceled = false;
  #stopped = false;
  #propagates = true;
  #passive = false;
  /** @type {EventTarget | null} */
  #target = null;
  #phase = NONE;
  #dispatching = false;
  #time = performance.now();

  /** @param {string} type @param {any} [options] */
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "type" argument must be specified');
    if (options !== undefined && options !== null && typeof options !== 'object') throw invalidArgType('options', 'Object', options);
    this.#type = `${type}`;
    this.#bubbles = Boolean(options?.bubbles);
    this.#cancelable = Boolean(options?.cancelable);
    this.#composed = Boolean(options?.composed);
    Object.defineProperty(this, 'isTrusted', { get: () => false, enumerable: true, configurable: false });
  }

  get type() { return this.#type; }
  get target() { return this.#target; }
  get currentTarget() { return this.#dispatching ? this.#target : null; }
  get srcElement() { return this.#target; }
  get bubbles() { return this.#bubbles; }
  get cancelable() { return this.#cancelable; }
  get composed() { return this.#composed; }
  get defaultPrevented() { return this.#cancelable && this.#canceled; }
  get returnValue() { return !this.#cancelable || !this.#canceled; }
  get timeStamp() { return this.#time; }
  get eventPhase() { return this.#phase; }
  get cancelBubble() { return !this.#propagates; }
  set cancelBubble(value) { if (value) this.#propagates = false; }
  composedPath() { return this.#dispatching ? [this.#target] : []; }
  preventDefault() { if (!this.#passive) this.#canceled = true; }
  stopPropagation() { this.#propagates = false; }
  stopImmediatePropagation() {
    this.#propagates = false;
    this.#stopped = true;
  }

  /** Calls the listeners of a target with the event. @param {Event} event @param {any} target
   * @param {any[]} listeners @param {(listener: any) => void} remove */
  static _dispatch(event, target, listeners, remove) {
    if (event.#dispatching) {
      throw codedError(Error, 'ERR_EVENT_RECURSION', `The event "${event.#type}" is already being dispatched`);
    }
    event.#target = target;
    event.#dispatching = true;
    event.#phase = AT_TARGET;
    event.#stopped = false;
    for (const listener of listeners) {
      if (listener.removed) continue;
      if (listener.once) remove(listener);
      event.#passive = listener.passive;
      try {
        const { callback } = listener;
        const result = typeof callback === 'function' ? callback.call(target, event) : callback.handleEvent(event);
        // A listener that fails later must not fail silently.
        if (result !== null && typeof result === 'object' && typeof result.then === 'function') {
          result.then(undefined, report);
        }
      } catch (error) {
        report(error);
      }
      event.#passive = false;
      if (event.#stopped) break;
    }
    event.#dispatching = false;
    event.#phase = NONE;
    event.#propagates = true;
    return !event.defaultPrevented;
  }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    const name = this.constructor.name;
    if (depth !== null && depth < 0) return name;
    return `${name} ${inspect({ type: this.type, defaultPrevented: this.defaultPrevented, cancelable: this.cancelable, timeStamp: this.timeStamp }, { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth })}`;
  }

  static NONE = NONE;
  static CAPTURING_PHASE = 1;
  static AT_TARGET = AT_TARGET;
  static BUBBLING_PHASE = 3;
}
Object.defineProperty(Event, '_dispatch', { enumerable: false });

/** A listener's exception is the process's, and the next listener is called all the same.
 * @param {any} error */
function report(error) {
  process.nextTick(() => { throw error; });
}

class CustomEvent extends Event {
  #detail;
  /** @param {string} type @param {any} [options] */
  constructor(type, options = undefined) {
    super(type, options);
    this.#detail = options?.detail ?? null;
  }

  get detail() { return this.#detail; }
}

/**
 * @typedef {object} Registration
 * @property {any} callback @property {boolean} capture @property {boolean} once
 * @property {boolean} passive @property {boolean} removed
 */

class EventTarget {
  /** @type {Map<string, Registration[]>} */
  #listeners = new Map();

  /** @param {any} target */
  static #check(target) {
    if (typeof target !== 'object' || target === null || !(#listeners in target)) {
      throw codedError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type EventTarget');
    }
  }

  /** @param {string} type @param {any} callback @param {any} [options] */
  addEventListener(type, callback, options = undefined) {
    EventTarget.#check(this);
    if (arguments.length < 2) {
      throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "type" and "listener" arguments must be specified');
    }
    if (callback === null || callback === undefined) return;
    if (typeof callback !== 'function' && typeof callback !== 'object') throw invalidArgType('listener', 'EventListener', callback);
    const capture = typeof options === 'boolean' ? options : Boolean(options?.capture);
    const signal = options?.signal;
    if (signal !== undefined && typeof signal?.aborted !== 'boolean') throw invalidArgType('options.signal', 'AbortSignal', signal);
    if (signal?.aborted) return;
    type = `${type}`;
    let list = this.#listeners.get(type);
    if (list === undefined) this.#listeners.set(type, list = []);
    if (list.some((one) => one.callback === callback && one.capture === capture)) return;
    list.push({ callback, capture, once: Boolean(options?.once), passive: Boolean(options?.passive), removed: false });
    signal?.addEventListener('abort', () => this.removeEventListener(type, callback, options), { once: true });
  }

  /** @param {string} type @param {any} callback @param {any} [options] */
  removeEventListener(type, callback, options = undefined) {
    EventTarget.#check(this);
    if (arguments.length < 2) {
      throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "type" and "listener" arguments must be specified');
    }
    const capture = typeof options === 'boolean' ? options : Boolean(options?.capture);
    const found = this.#listeners.get(`${type}`)?.find((one) => one.callback === callback && one.capture === capture);
    if (found !== undefined) this.#remove(`${type}`, found);
  }

  /** @param {string} type @param {Registration} listener */
  #remove(type, listener) {
    listener.removed = true;
    const left = /** @type {Registration[]} */ (this.#listeners.get(type)).filter((one) => one !== listener);
    if (left.length === 0) this.#listeners.delete(type);
    else this.#listeners.set(type, left);
  }

  /** @param {Event} event */
  dispatchEvent(event) {
    EventTarget.#check(this);
    if (!(event instanceof Event)) throw invalidArgType('event', 'Event', event);
    const list = this.#listeners.get(event.type) ?? [];
    return Event._dispatch(event, this, list.slice(), (listener) => this.#remove(event.type, listener));
  }

  /** @param {any} target @param {string} type */
  static _listenersOf(target, type) {
    if (target === null || typeof target !== 'object' || !(#listeners in target)) return undefined;
    return (target.#listeners.get(`${type}`) ?? []).map((/** @type {Registration} */ one) => one.callback);
  }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    const name = this.constructor.name;
    if (depth !== null && depth < 0) return name;
    return `${name} ${inspect({}, options)}`;
  }
}
Object.defineProperty(EventTarget, '_listenersOf', { enumerable: false });

/** Gives a class an `on...` property that is one listener. @param {any} Class @param {string} type */
function defineHandler(Class, type) {
  /** @type {WeakMap<object, { handler: any, call: Function }>} */
  const handlers = new WeakMap();
  Object.defineProperty(Class.prototype, `on${type}`, {
    get() { return handlers.get(this)?.handler ?? null; },
    set(handler) {
      const old = handlers.get(this);
      if (old !== undefined) {
        old.handler = handler;
        if (typeof handler === 'function') return;
        this.removeEventListener(type, old.call);
        handlers.delete(this);
        return;
      }
      if (typeof handler !== 'function') return;
      const entry = {
        handler,
        /** @this {any} @param {Event} event */
        call(event) { return entry.handler.call(this, event); },
      };
      handlers.set(this, entry);
      this.addEventListener(type, entry.call);
    },
    configurable: true,
    enumerable: true,
  });
}

for (const [Class, name] of /** @type {[any, string][]} */ ([[Event, 'Event'], [CustomEvent, 'CustomEvent'], [EventTarget, 'EventTarget']])) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
}

module.exports = { Event, CustomEvent, EventTarget, defineHandler, listenersOf: EventTarget._listenersOf };
