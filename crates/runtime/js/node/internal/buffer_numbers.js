// The Buffer methods that read and write numbers, with Node's names and range errors.
'use strict';

const { codedError, invalidArgType, outOfRange } = require('internal/errors');

/** One view over any bytes; made anew when the bytes are others. @type {DataView | undefined} */
let view;

/** @param {Uint8Array} buffer */
function viewOf(buffer) {
  if (view === undefined || view.buffer !== buffer.buffer || view.byteOffset !== buffer.byteOffset ||
      view.byteLength !== buffer.byteLength) {
    view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }
  return view;
}

/** @param {any} offset @param {number} length @param {number} size */
function checkOffset(offset, length, size) {
  if (typeof offset !== 'number') throw invalidArgType('offset', 'number', offset);
  if (!Number.isInteger(offset)) throw outOfRange('offset', 'an integer', offset);
  if (length - size < 0) {
    throw codedError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  }
  if (offset < 0 || offset + size > length) {
    throw outOfRange('offset', `>= 0 and <= ${length - size}`, offset);
  }
}

/** @param {any} value @param {number | bigint} low @param {number | bigint} high @param {number} bytes */
function checkValue(value, low, high, bytes) {
  if (value >= low && value <= high) return;
  const mark = typeof low === 'bigint' ? 'n' : '';
  let range;
  if (bytes > 4) {
    const bits = bytes * 8;
    range = low === 0 || low === 0n ? `>= 0${mark} and < 2${mark} ** ${bits}${mark}` :
      `>= -(2${mark} ** ${bits - 1}${mark}) and < 2${mark} ** ${bits - 1}${mark}`;
  } else {
    range = `>= ${low}${mark} and <= ${high}${mark}`;
  }
  throw outOfRange('value', range, value);
}

/** @param {any} byteLength */
function checkByteLength(byteLength) {
  if (typeof byteLength !== 'number') throw invalidArgType('byteLength', 'number', byteLength);
  if (!Number.isInteger(byteLength)) throw outOfRange('byteLength', 'an integer', byteLength);
  if (byteLength < 1 || byteLength > 6) throw outOfRange('byteLength', '>= 1 and <= 6', byteLength);
}

/** @type {Record<string, Function>} */
const methods = {};

/** @param {string} name @param {string} kind @param {number} size @param {any} low @param {any} high
 * @param {boolean} little @param {(value: any) => any} [convert] */
function add(name, kind, size, low, high, little, convert) {
  const get = /** @type {any} */ (DataView.prototype)[`get${kind}`];
  const set = /** @type {any} */ (DataView.prototype)[`set${kind}`];
  /** @this {Uint8Array} @param {number} offset */
  methods[`read${name}`] = function (offset = 0) {
    checkOffset(offset, this.length, size);
    return get.call(viewOf(this), offset, little);
  };
  /** @this {Uint8Array} @param {any} value @param {number} offset */
  methods[`write${name}`] = function (value, offset = 0) {
    if (convert) value = convert(value);
    if (low !== undefined) checkValue(value, low, high, size);
    checkOffset(offset, this.length, size);
    set.call(viewOf(this), offset, value, little);
    return offset + size;
  };
}

/** @param {any} value */
const number = (value) => +value;
/** @param {any} value */
const big = (value) => {
  if (typeof value !== 'bigint') throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
  return value;
};

add('UInt8', 'Uint8', 1, 0, 255, true, number);
add('Int8', 'Int8', 1, -128, 127, true, number);
for (const little of [true, false]) {
  const end = little ? 'LE' : 'BE';
  add(`UInt16${end}`, 'Uint16', 2, 0, 0xffff, little, number);
  add(`Int16${end}`, 'Int16', 2, -0x8000, 0x7fff, little, number);
  add(`UInt32${end}`, 'Uint32', 4, 0, 0xffffffff, little, number);
  add(`Int32${end}`, 'Int32', 4, -0x80000000, 0x7fffffff, little, number);
  add(`BigUInt64${end}`, 'BigUint64', 8, 0n, 2n ** 64n - 1n, little, big);
  add(`BigInt64${end}`, 'BigInt64', 8, -(2n ** 63n), 2n ** 63n - 1n, little, big);
  add(`Float${end}`, 'Float32', 4, undefined, undefined, little, number);
  add(`Double${end}`, 'Float64', 8, undefined, undefined, little, number);

  /** @this {Uint8Array} @param {number} offset @param {number} byteLength */
  methods[`readUInt${end}`] = function (offset, byteLength) {
    if (offset === undefined) throw invalidArgType('offset', 'number', offset);
    checkByteLength(byteLength);
    checkOffset(offset, this.length, byteLength);
    let value = 0;
    for (let i = 0; i < byteLength; i++) {
      value = value * 256 + this[offset + (little ? byteLength - 1 - i : i)];
    }
    return value;
  };
  /** @this {any} @param {number} offset @param {number} byteLength */
  methods[`readInt${end}`] = function (offset, byteLength) {
    const value = this[`readUInt${end}`](offset, byteLength);
    const half = 2 ** (8 * byteLength - 1);
    return value >= half ? value - 2 * half : value;
  };
  for (const signed of [false, true]) {
    /** @this {Uint8Array} @param {any} value @param {number} offset @param {number} byteLength */
    methods[`write${signed ? 'Int' : 'UInt'}${end}`] = function (value, offset, byteLength) {
      checkByteLength(byteLength);
      value = +value;
      const all = 2 ** (8 * byteLength);
      checkValue(value, signed ? -all / 2 : 0, signed ? all / 2 - 1 : all - 1, byteLength);
      checkOffset(offset, this.length, byteLength);
      let rest = value < 0 ? value + all : value;
      for (let i = 0; i < byteLength; i++) {
        this[offset + (little ? i : byteLength - 1 - i)] = rest % 256;
        rest = Math.floor(rest / 256);
      }
      return offset + byteLength;
    };
  }
}

/** Adds all to a prototype, also under the spelling `Uint`. @param {any} prototype */
function install(prototype) {
  for (const [name, method] of Object.entries(methods)) {
    Object.defineProperty(method, 'name', { value: name });
    prototype[name] = method;
    if (name.includes('UInt')) prototype[name.replace('UInt', 'Uint')] = method;
  }
}

module.exports = { install };
