// Arguments of Electron's native methods: how they are converted, and the errors if they cannot be.
'use strict';

const { toString } = Object.prototype;

/**
 * A value as V8 shows it in short: an object by its constructor, unless it has a `toString` of its own.
 * @param {any} value
 */
function describe(value) {
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    if (value instanceof Error) return String(value);
    const name = value.toString === toString ? value.constructor?.name : '';
    return typeof name === 'string' && name !== '' ? `#<${name}>` : toString.call(value);
  } catch {
    return '[object Object]';
  }
}

/**
 * @param {number} index
 * @param {any} value
 */
function conversionFailure(index, value) {
  const text = `Error processing argument at index ${index}, conversion failure from ${describe(value)}`;
  return new TypeError(text);
}

/**
 * @param {any[]} args
 * @param {number} count
 */
function requireCount(args, count) {
  if (args.length < count) throw new TypeError('Insufficient number of arguments.');
}

/**
 * @param {any[]} args
 * @param {number} index
 * @returns {string}
 */
function stringAt(args, index) {
  requireCount(args, index + 1);
  if (typeof args[index] !== 'string') throw conversionFailure(index, args[index]);
  return args[index];
}

/**
 * Integers only, in the range of a C int.
 * @param {any[]} args
 * @param {number} index
 * @returns {number}
 */
function integerAt(args, index) {
  requireCount(args, index + 1);
  const value = args[index];
  if (typeof value !== 'number' || (value | 0) !== value) throw conversionFailure(index, value);
  return value;
}

/**
 * Anything goes, by its truth.
 * @param {any[]} args
 * @param {number} index
 */
function booleanAt(args, index) {
  requireCount(args, index + 1);
  return Boolean(args[index]);
}

/**
 * @param {any[]} args
 * @param {number} index
 * @returns {Record<string, any>}
 */
function objectAt(args, index) {
  requireCount(args, index + 1);
  if (typeof args[index] !== 'object' || args[index] === null) throw conversionFailure(index, args[index]);
  return args[index];
}

/** What every native method of a destroyed window or WebContents throws (semantics 108). */
function objectDestroyed() {
  return new TypeError('Object has been destroyed');
}

module.exports = {
  booleanAt, conversionFailure, describe, integerAt, objectAt, objectDestroyed, requireCount, stringAt,
};
