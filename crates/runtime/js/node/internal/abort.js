// AbortController and AbortSignal.
'use strict';

const { codedError, checkInteger, invalidArgType } = require('internal/errors');
const { Event, EventTarget, defineHandler } = require('internal/event_target');

const kCreate = Symbol('create');
const kInspect = Symbol.for('nodejs.util.inspect.custom');

class AbortSignal extends EventTarget {
  #aborted = false;
  /** @type {any} */
  #reason;
  /** Signals that follow this one. @type {Set<AbortSignal>} */
  #followers = new Set();

  /** @param {any} [key] */
  constructor(key) {
    if (key !== kCreate) throw codedError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    super();
  }

  get aborted() { return this.#aborted; }
  get reason() { return this.#reason; }

  throwIfAborted() {
    if (this.#aborted) throw this.#reason;
  }

  /** @param {AbortSignal} signal @param {any} reason */
  static _abort(signal, reason) {
    if (signal.#aborted) return;
    signal.#aborted = true;
    signal.#reason = reason;
    signal.dispatchEvent(new Event('abort'));
    for (const follower of signal.#followers) AbortSignal._abort(follower, reason);
    signal.#followers.clear();
  }

  /** @param {any} [reason] */
  static abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    const signal = new AbortSignal(kCreate);
    signal.#aborted = true;
    signal.#reason = reason;
    return signal;
  }

  /** @param {number} delay */
  static timeout(delay) {
    checkInteger(delay, 'delay', 0);
    const signal = new AbortSignal(kCreate);
    require('internal/tasks').setTimeout(() => {
      AbortSignal._abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, delay).unref();
    return signal;
  }

  /** @param {Iterable<AbortSignal>} signals */
  static any(signals) {
    const list = [...signals];
    for (const [i, signal] of list.entries()) {
      if (!(signal instanceof AbortSignal)) throw invalidArgType(`signals[${i}]`, 'AbortSignal', signal);
    }
    const result = new AbortSignal(kCreate);
    const done = list.find((signal) => signal.#aborted);
    if (done !== undefined) {
      result.#aborted = true;
      result.#reason = done.#reason;
    } else {
      for (const signal of list) signal.#followers.add(result);
    }
    return result;
  }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    if (depth !== null && depth < 0) return 'AbortSignal';
    return `AbortSignal ${inspect({ aborted: this.aborted }, options)}`;
  }
}
defineHandler(AbortSignal, 'abort');

class AbortController {
  #signal = new AbortSignal(kCreate);

  get signal() { return this.#signal; }

  /** @param {any} [reason] */
  abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    AbortSignal._abort(this.#signal, reason);
  }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    if (depth !== null && depth < 0) return 'AbortController';
    return `AbortController ${inspect({ signal: this.signal }, options)}`;
  }
}

Object.defineProperty(AbortSignal, '_abort', { enumerable: false });
for (const [Class, name] of /** @type {[any, string][]} */ ([[AbortSignal, 'AbortSignal'], [AbortController, 'AbortController']])) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
}
for (const name of ['aborted', 'reason', 'throwIfAborted']) Object.defineProperty(AbortSignal.prototype, name, { enumerable: true });
for (const name of ['signal', 'abort']) Object.defineProperty(AbortController.prototype, name, { enumerable: true });

module.exports = { AbortController, AbortSignal };
