// The functions of the module events that wait for events and look at listeners.
'use strict';

/** @typedef {(...args: any[]) => any} Listener */

const { AbortError, checkAbortSignal, checkFunction, checkInteger, invalidArgType } = require('internal/errors');

/** @param {any} target */
const isEventTarget = (target) => typeof target?.addEventListener === 'function';

/** @param {any} target @param {any} name @param {Listener} listener @param {any} [options] */
function listen(target, name, listener, options) {
  if (typeof target?.on === 'function') {
    if (options?.once) target.once(name, listener);
    else target.on(name, listener);
  } else if (isEventTarget(target)) {
    target.addEventListener(name, listener, options);
  } else {
    throw invalidArgType('emitter', 'EventEmitter', target);
  }
}

/** @param {any} target @param {any} name @param {Listener} listener */
function unlisten(target, name, listener) {
  if (typeof target.removeListener === 'function') target.removeListener(name, listener);
  else target.removeEventListener(name, listener);
}

/** @param {any} emitter @param {any} name @param {{ signal?: AbortSignal }} [options] */
async function once(emitter, name, options = {}) {
  const signal = options?.signal;
  checkAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return new Promise((resolve, reject) => {
    /** @param {...any} args */
    const done = (...args) => {
      emitter.removeListener?.('error', fail);
      signal?.removeEventListener('abort', abort);
      resolve(args);
    };
    const fail = (/** @type {any} */ error) => {
      emitter.removeListener(name, done);
      signal?.removeEventListener('abort', abort);
      reject(error);
    };
    const abort = () => {
      unlisten(emitter, name, done);
      if (typeof emitter.on === 'function') unlisten(emitter, 'error', fail);
      reject(new AbortError(undefined, { cause: signal?.reason }));
    };
    listen(emitter, name, done, { once: true });
    if (name !== 'error' && typeof emitter.once === 'function') emitter.once('error', fail);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** @param {any} emitter @param {any} name
 * @param {{ signal?: AbortSignal, close?: string[], highWaterMark?: number, lowWaterMark?: number }} [options] */
function on(emitter, name, options = {}) {
  // With a mark the emitter is one that can be paused; without, what it emits has no bound in Node either.
  const { highWaterMark = Number.MAX_SAFE_INTEGER, lowWaterMark = 1 } = options ?? {};
  checkInteger(highWaterMark, 'options.highWaterMark', 1);
  checkInteger(lowWaterMark, 'options.lowWaterMark', 1);
  let paused = false;
  const signal = options?.signal;
  checkAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  /** @type {any[][]} */
  const events = [];
  /** @type {{ resolve: Function, reject: Function }[]} */
  const waiting = [];
  /** @type {any} */
  let error = null;
  let finished = false;

  /** @param {...any} args */
  const take = (...args) => {
    const next = waiting.shift();
    if (next) next.resolve({ value: args, done: false });
    else if (events.push(args) > highWaterMark) {
      paused = true;
      emitter.pause();
    }
  };
  const fail = (/** @type {any} */ reason) => {
    const next = waiting.shift();
    if (next) next.reject(reason);
    else error = reason;
    void iterator.return();
  };
  const abort = () => fail(new AbortError(undefined, { cause: signal?.reason }));
  const close = () => void iterator.return();

  const iterator = {
    next() {
      const args = events.shift();
      if (paused && events.length < lowWaterMark) {
        paused = false;
        emitter.resume();
      }
      if (args) return Promise.resolve({ value: args, done: false });
      if (error) {
        const reason = error;
        error = null;
        return Promise.reject(reason);
      }
      if (finished) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() {
      finished = true;
      unlisten(emitter, name, take);
      if (typeof emitter.on === 'function') unlisten(emitter, 'error', fail);
      for (const event of options?.close ?? []) unlisten(emitter, event, close);
      signal?.removeEventListener('abort', abort);
      for (const one of waiting.splice(0)) one.resolve({ value: undefined, done: true });
      return Promise.resolve({ value: undefined, done: true });
    },
    /** @param {any} reason */
    throw(reason) {
      if (!(reason instanceof Error)) {
        throw invalidArgType('EventEmitter.AsyncIterator', 'Error', reason);
      }
      fail(reason);
    },
    [Symbol.asyncIterator]() { return this; },
  };

  listen(emitter, name, take);
  if (name !== 'error' && typeof emitter.on === 'function') emitter.on('error', fail);
  for (const event of options?.close ?? []) listen(emitter, event, close);
  signal?.addEventListener('abort', abort, { once: true });
  return iterator;
}

/** @param {any} target @param {any} type */
function getEventListeners(target, type) {
  if (typeof target?.listeners === 'function') return target.listeners(type);
  const list = require('internal/event_target').listenersOf(target, type);
  if (list === undefined) throw invalidArgType('emitter', ['EventEmitter', 'EventTarget'], target);
  return list;
}

/** @param {AbortSignal} signal @param {Function} listener */
function addAbortListener(signal, listener) {
  if (signal === undefined) throw invalidArgType('signal', 'AbortSignal', signal);
  checkAbortSignal(signal, 'signal');
  checkFunction(listener, 'listener');
  let remove = () => {};
  if (signal.aborted) {
    queueMicrotask(() => listener());
  } else {
    const once = () => listener();
    signal.addEventListener('abort', once, { once: true });
    remove = () => signal.removeEventListener('abort', once);
  }
  return { [Symbol.dispose]() { remove(); } };
}

module.exports = { once, on, getEventListeners, addAbortListener, isEventTarget };
