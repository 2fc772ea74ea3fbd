// What the web's streams share: promises that are settled from outside, queues of chunks that
// have a size, and the strategies that measure them.
'use strict';

const { codedError, invalidArgType, invalidArgValue } = require('internal/errors');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

function noop() {}

/** A promise with its two ends. @returns {{ promise: Promise<any>, resolve: (value?: any) => void, reject: (reason?: any) => void }} */
function deferred() {
  /** @type {any} */
  const ends = {};
  ends.promise = new Promise((resolve, reject) => {
    ends.resolve = resolve;
    ends.reject = reject;
  });
  return ends;
}

/** A rejection of this promise is nobody's business. @template T @param {Promise<T>} promise */
function handled(promise) {
  promise.then(undefined, noop);
  return promise;
}

/** @param {any} reason */
const rejected = (reason) => handled(Promise.reject(reason));

/** What a function of the app gives, as a promise also when it throws.
 * @param {any} fn @param {any} self @param {...any} args @returns {Promise<any>} */
function call(fn, self, ...args) {
  if (fn === undefined) return Promise.resolve();
  try {
    return Promise.resolve(Reflect.apply(fn, self, args));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** @param {string} text */
const invalidState = (text) => codedError(TypeError, 'ERR_INVALID_STATE', `Invalid state: ${text}`);
/** @param {string} type */
const invalidThis = (type) => codedError(TypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${type}`);
const illegalConstructor = () => codedError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');

/** A function that a source, a sink or a transformer may have. @param {any} owner @param {string} name @param {string} what */
function method(owner, name, what) {
  const value = owner?.[name];
  if (value !== undefined && typeof value !== 'function') throw invalidArgType(`${what}.${name}`, 'Function', value);
  return value;
}

/** Bounded by the strategy: what exceeds it is refused by backpressure, which the source has to heed. */
class SizedQueue {
  /** @type {{ value: any, size: number }[]} */
  #entries = [];
  size = 0;

  get length() { return this.#entries.length; }
  first() { return this.#entries[0].value; }

  /** @param {any} value @param {any} size */
  push(value, size) {
    size = Number(size);
    if (Number.isNaN(size) || size < 0 || size === Infinity) throw rangeError('size', size);
    this.#entries.push({ value, size });
    this.size += size;
  }

  shift() {
    const { value, size } = /** @type {{ value: any, size: number }} */ (this.#entries.shift());
    this.size = Math.max(0, this.size - size);
    return value;
  }

  clear() {
    this.#entries = [];
    this.size = 0;
  }
}

/** @param {string} name @param {any} value */
function rangeError(name, value) {
  const { message } = invalidArgValue(name, value);
  return codedError(RangeError, 'ERR_INVALID_ARG_VALUE', message);
}

/** @param {any} strategy @param {number} otherwise */
function highWaterMark(strategy, otherwise) {
  if (strategy?.highWaterMark === undefined) return otherwise;
  const mark = Number(strategy.highWaterMark);
  if (Number.isNaN(mark) || mark < 0) throw rangeError('strategy.highWaterMark', mark);
  return mark;
}

/** @param {any} strategy @returns {(chunk: any) => any} */
function sizeOf(strategy) {
  const size = strategy?.size;
  if (size === undefined) return () => 1;
  if (typeof size !== 'function') throw invalidArgType('strategy.size', 'Function', size);
  return (chunk) => size(chunk);
}

/** @param {any} init */
function requiredMark(init) {
  if (init === null || typeof init !== 'object') throw invalidArgType('init', 'Object', init);
  if (init.highWaterMark === undefined) throw codedError(TypeError, 'ERR_MISSING_OPTION', 'init.highWaterMark is required');
  return Number(init.highWaterMark);
}

const byteLength = Object.defineProperty((/** @type {any} */ chunk) => chunk.byteLength, 'name', { value: 'size' });
const one = Object.defineProperty(() => 1, 'name', { value: 'size' });

class ByteLengthQueuingStrategy {
  #mark;
  /** @param {{ highWaterMark: number }} init */
  constructor(init) { this.#mark = requiredMark(init); }
  get highWaterMark() { return this.#mark; }
  get size() { return byteLength; }
  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) { return show('ByteLengthQueuingStrategy', { highWaterMark: this.#mark }, depth, options, inspect); }
}

class CountQueuingStrategy {
  #mark;
  /** @param {{ highWaterMark: number }} init */
  constructor(init) { this.#mark = requiredMark(init); }
  get highWaterMark() { return this.#mark; }
  get size() { return one; }
  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) { return show('CountQueuingStrategy', { highWaterMark: this.#mark }, depth, options, inspect); }
}

/** @param {string} name @param {object} fields @param {number | null} depth @param {any} options @param {Function} inspect */
function show(name, fields, depth, options, inspect) {
  if (depth !== null && depth < 0) return `[${name}]`;
  return `${name} ${inspect(fields, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
}

/** Names a class for Object.prototype.toString, and lists what it has. @param {any} Class */
function finish(Class) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
  for (const name of Object.getOwnPropertyNames(Class.prototype)) {
    if (name !== 'constructor') Object.defineProperty(Class.prototype, name, { enumerable: true });
  }
}
finish(ByteLengthQueuingStrategy);
finish(CountQueuingStrategy);

module.exports = {
  kInspect, noop, deferred, handled, rejected, call, invalidState, invalidThis, illegalConstructor, method, SizedQueue,
  highWaterMark, sizeOf, rangeError, show, finish, ByteLengthQueuingStrategy, CountQueuingStrategy,
};
