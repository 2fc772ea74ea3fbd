// Transfer lists as scripts give them, read once and in the order that WebIDL reads them.
'use strict';

const {
  ArrayFrom,
  ArrayIsArray,
  Event,
  MessagePortPrototypeGetOnmessage,
  ReflectApply,
  ReflectGetOwnPropertyDescriptor,
  SymbolIterator,
} = primordials;
const { listOf } = require('./lists.js');

/**
 * An iterable for functions of the DOM, whatever became of `Array.prototype[Symbol.iterator]`.
 * @param {any[]} list
 * @returns {any}
 */
function sequence(list) {
  return {
    __proto__: null,
    [SymbolIterator]() {
      let index = 0;
      return {
        __proto__: null,
        next() {
          if (index < list.length) return { __proto__: null, done: false, value: list[index++] };
          return { __proto__: null, done: true, value: undefined };
        },
      };
    },
  };
}

/** @param {any} value */
function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A list of a script's, as an array without gaps. */
function readList(value) {
  return ArrayIsArray(value) ? ReflectApply(listOf, undefined, value) : ArrayFrom(value);
}

/**
 * The transfer list in an argument that is a list or an options object.
 * @param {any} argument
 * @returns {any[] | undefined | null} `undefined`: there is none; `null`: the call is invalid, let
 *   the original function say how
 */
function readTransfer(argument) {
  if (argument === undefined || argument === null) return undefined;
  if (!isObject(argument)) return null;
  if (ArrayIsArray(argument) || isObject(argument[SymbolIterator])) return readList(argument);
  const { transfer } = argument;
  if (transfer === undefined) return undefined;
  return isObject(transfer) ? readList(transfer) : null;
}

/**
 * The same for `window.postMessage(message, targetOrigin, transfer)` and `(message, options)`.
 * @param {any[]} values
 * @returns {{list: any[], address: any, values: any[]} | undefined} `undefined`: nothing is transferred,
 *   or the call is invalid. `values`: the arguments to pass on; `address`: the second argument for
 *   another message to the same target
 */
function readWindowTransfer(values) {
  if (values.length < 2) return undefined;
  const second = values[1];
  if (isObject(second)) {
    const list = readTransfer(second);
    if (list === undefined || list === null) return undefined;
    const { targetOrigin = '/' } = second;
    if (typeof targetOrigin === 'symbol') return undefined;
    const address = { __proto__: null, targetOrigin: `${targetOrigin}` };
    const options = { __proto__: null, targetOrigin: address.targetOrigin, transfer: sequence(list) };
    return { list, address, values: [values[0], options] };
  }
  if (values.length < 3 || typeof second === 'symbol' || !isObject(values[2])) return undefined;
  const list = readList(values[2]);
  const address = `${second}`;
  return { list, address, values: [values[0], address, sequence(list)] };
}

/** A read-only accessor that every event has of its own. */
const getIsTrusted = ReflectGetOwnPropertyDescriptor(new Event(''), 'isTrusted')?.get;

/** Whether an event comes from the engine and not from a script. */
const isTrusted = (event) => ReflectApply(getIsTrusted, event, []);

/** @param {any} value */
function isMessagePort(value) {
  if (!isObject(value)) return false;
  try {
    MessagePortPrototypeGetOnmessage(value);
    return true;
  } catch {
    return false;
  }
}

module.exports = { __proto__: null, isMessagePort, isTrusted, readTransfer, readWindowTransfer, sequence };
