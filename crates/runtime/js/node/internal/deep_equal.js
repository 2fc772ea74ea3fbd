// Deep equality: of util.isDeepStrictEqual and of assert, strict and loose.
'use strict';

const types = require('internal/types');

/** @param {any} value */
const isObject = (value) => value !== null && typeof value === 'object';

/** @param {any} a @param {any} b @param {boolean} strict */
function isDeepEqual(a, b, strict) {
  return equal(a, b, strict, { a: new Map(), depth: 0 });
}

/** @typedef {{ a: Map<any, any>, depth: number }} Seen */

/** @param {any} a @param {any} b @param {boolean} strict @param {Seen} seen @returns {boolean} */
function equal(a, b, strict, seen) {
  if (a === b) return a !== 0 || !strict || Object.is(a, b);
  if (strict) {
    if (!isObject(a)) return typeof a === 'number' && Number.isNaN(a) && Number.isNaN(b);
    if (!isObject(b)) return false;
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  } else {
    if (!isObject(a)) {
      // eslint-disable-next-line eqeqeq -- that is what loose means
      return (!isObject(b) || b === null) && (a == b || (Number.isNaN(a) && Number.isNaN(b)));
    }
    if (!isObject(b)) return false;
  }
  return equalObjects(a, b, strict, seen);
}

/** @param {any} a @param {any} b @param {boolean} strict @param {Seen} seen */
function equalObjects(a, b, strict, seen) {
  if (Object.prototype.toString.call(a) !== Object.prototype.toString.call(b)) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    return equalParts(a, b, strict, seen, 'array');
  }
  if (types.isDate(a)) {
    if (!types.isDate(b) || Date.prototype.getTime.call(a) !== Date.prototype.getTime.call(b)) return false;
  } else if (types.isRegExp(a)) {
    if (!types.isRegExp(b) || String(a) !== String(b) || a.lastIndex !== b.lastIndex) return false;
  } else if (types.isNativeError(a) || a instanceof Error) {
    if (!(types.isNativeError(b) || b instanceof Error) || a.message !== b.message || a.name !== b.name) return false;
    if (!equal(a.cause, b.cause, strict, seen) || !equal(a.errors, b.errors, strict, seen)) return false;
  } else if (ArrayBuffer.isView(a)) {
    if (types.typedArrayName(a) !== types.typedArrayName(b)) return false;
    if (!equalBytes(a, b, strict)) return false;
    return equalParts(a, b, strict, seen, 'view');
  } else if (types.isSet(a)) {
    if (!types.isSet(b) || a.size !== b.size) return false;
    return equalParts(a, b, strict, seen, 'set');
  } else if (types.isMap(a)) {
    if (!types.isMap(b) || a.size !== b.size) return false;
    return equalParts(a, b, strict, seen, 'map');
  } else if (types.isAnyArrayBuffer(a)) {
    if (!types.isAnyArrayBuffer(b) || !equalBytes(new Uint8Array(a), new Uint8Array(b), true)) return false;
  } else if (types.isBoxedPrimitive(a)) {
    if (!types.isBoxedPrimitive(b) || !Object.is(types.unbox(a), types.unbox(b))) return false;
  } else if (Array.isArray(b) || ArrayBuffer.isView(b) || types.isSet(b) || types.isMap(b) || types.isDate(b) ||
      types.isRegExp(b) || types.isAnyArrayBuffer(b) || types.isBoxedPrimitive(b) || types.isNativeError(b)) {
    return false;
  }
  return equalParts(a, b, strict, seen, 'object');
}

/** @param {any} a @param {any} b @param {boolean} strict */
function equalBytes(a, b, strict) {
  if (a.byteLength !== b.byteLength) return false;
  const isFloat = /^Float/.test(types.typedArrayName(a) ?? '');
  if (isFloat) {
    // Zeros of both signs are loosely equal; NaN equals itself either way.
    for (let i = 0; i < a.length; i++) {
      if (!Object.is(a[i], b[i]) && (strict || a[i] !== b[i])) return false;
    }
    return true;
  }
  const left = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
  const right = new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
  return left.every((byte, i) => byte === right[i]);
}

/** @param {any} value @param {string} kind @param {boolean} strict */
function comparableKeys(value, kind, strict) {
  let keys = Object.keys(value);
  if (kind === 'array' || kind === 'view') keys = keys.filter((key) => !/^(0|[1-9]\d*)$/.test(key));
  const symbols = strict ? Object.getOwnPropertySymbols(value)
    .filter((symbol) => Object.prototype.propertyIsEnumerable.call(value, symbol)) : [];
  return [...keys, ...symbols];
}

/** @param {any} a @param {any} b @param {boolean} strict @param {Seen} seen @param {string} kind */
function equalParts(a, b, strict, seen, kind) {
  const keys = comparableKeys(a, kind, strict);
  if (keys.length !== comparableKeys(b, kind, strict).length) return false;
  if (!keys.every((key) => Object.prototype.propertyIsEnumerable.call(b, key))) return false;
  // Two values that are being compared already are equal as far as this goes.
  if (seen.a.has(a)) return seen.a.get(a) === b;
  seen.a.set(a, b);
  const same = equalContents(a, b, strict, seen, kind) && keys.every((key) => equal(a[key], b[key], strict, seen));
  seen.a.delete(a);
  return same;
}

/** @param {any} a @param {any} b @param {boolean} strict @param {Seen} seen @param {string} kind */
function equalContents(a, b, strict, seen, kind) {
  if (kind === 'array') {
    for (let i = 0; i < a.length; i++) {
      if (Object.hasOwn(a, i) !== Object.hasOwn(b, i) && strict) return false;
      if (!equal(a[i], b[i], strict, seen)) return false;
    }
    return true;
  }
  if (kind === 'set') {
    const left = [...a].filter((one) => !b.has(one));
    const right = [...b].filter((one) => !a.has(one));
    return matchAll(left, right, (one, other) => (isObject(one) || !strict) && equal(one, other, strict, seen));
  }
  if (kind === 'map') {
    /** @type {any[]} */
    const left = [];
    for (const [key, value] of a) {
      if (b.has(key) && (!isObject(key) || strict)) {
        if (!equal(value, b.get(key), strict, seen)) return false;
      } else {
        left.push([key, value]);
      }
    }
    const right = [...b].filter(([key]) => !a.has(key) || (isObject(key) && !strict));
    return matchAll(left, right, (one, other) =>
      (isObject(one[0]) || !strict) && equal(one[0], other[0], strict, seen) && equal(one[1], other[1], strict, seen));
  }
  return true;
}

/** Whether each of one list has a partner of its own in the other.
 * @param {any[]} left @param {any[]} right @param {(one: any, other: any) => boolean} match */
function matchAll(left, right, match) {
  if (left.length !== right.length) return false;
  const free = new Set(right);
  for (const one of left) {
    const partner = [...free].find((other) => match(one, other));
    if (partner === undefined && !free.has(undefined)) return false;
    free.delete(partner);
  }
  return true;
}

module.exports = { isDeepEqual };
