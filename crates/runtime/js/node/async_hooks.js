// The module async_hooks: stores that follow what was started, and resources that carry them.
'use strict';

const context = require('internal/async_context');
const { checkFunction, checkString, unsupported } = require('internal/errors');

class AsyncLocalStorage {
  #enabled = false;

  constructor() { context.enable(); }

  /** @param {Function} fn */
  static bind(fn) { return AsyncResource.bind(fn); }

  static snapshot() {
    const frame = context.state.current;
    return (/** @type {Function} */ fn, /** @type {any[]} */ ...args) => context.runIn(frame, fn, undefined, args);
  }

  /** @param {any} store */
  #frameWith(store) {
    this.#enabled = true;
    return new Map(context.state.current).set(this, store);
  }

  /** @param {any} store @param {Function} fn @param {...any} args */
  run(store, fn, ...args) { return context.runIn(this.#frameWith(store), fn, null, args); }

  /** @param {Function} fn @param {...any} args */
  exit(fn, ...args) {
    const frame = new Map(context.state.current);
    frame.delete(this);
    return context.runIn(frame, fn, null, args);
  }

  /** @param {any} store */
  enterWith(store) { context.state.current = this.#frameWith(store); }

  getStore() { return this.#enabled ? context.state.current?.get(this) : undefined; }

  disable() { this.#enabled = false; }
}

let lastId = 1;

class AsyncResource {
  #frame = context.state.current;
  #id = ++lastId;
  #trigger;

  /** @param {string} type @param {any} [options] */
  constructor(type, options = {}) {
    checkString(type, 'type');
    this.#trigger = typeof options === 'number' ? options : options?.triggerAsyncId ?? 1;
  }

  /** @param {Function} fn @param {any} [self] @param {...any} args */
  runInAsyncScope(fn, self, ...args) { return context.runIn(this.#frame, fn, self, args); }

  /** Nobody listens to resources' ends: there is no createHook. */
  emitDestroy() { return this; }
  asyncId() { return this.#id; }
  triggerAsyncId() { return this.#trigger; }

  /** @param {Function} fn @param {any} [self] */
  bind(fn, self) {
    checkFunction(fn, 'fn');
    const resource = this;
    const bound = self === undefined
      ? /** @this {any} @param {...any} args */ function bound(...args) { return resource.runInAsyncScope(fn, this, ...args); }
      : (/** @type {any[]} */ ...args) => resource.runInAsyncScope(fn, self, ...args);
    Object.defineProperties(bound, {
      length: { configurable: true, value: fn.length },
      asyncResource: { configurable: true, enumerable: true, value: this, writable: true },
    });
    return bound;
  }

  /** @param {Function} fn @param {string} [type] @param {any} [self] */
  static bind(fn, type, self) {
    return new AsyncResource(type || fn.name || 'bound-anonymous-fn').bind(fn, self);
  }
}

/** @param {string} name */
const absent = (name) => ({ [name]() { throw unsupported(`async_hooks.${name}`); } })[name];

module.exports = {
  AsyncLocalStorage, AsyncResource, createHook: absent('createHook'), executionAsyncId: absent('executionAsyncId'),
  executionAsyncResource: absent('executionAsyncResource'), triggerAsyncId: absent('triggerAsyncId'),
};
