// Random bytes, numbers and UUIDs.
'use strict';

const binding = internalBinding('crypto');
const { checkBoolean, checkFunction, checkNumber, checkObject, invalidArgType, outOfRange } = require('internal/errors');
const { Buffer } = require('buffer');
const { output, viewBytes } = require('internal/crypto_bytes');

const MOST = 2 ** 31 - 1;

/** @param {number} size @param {(error: any, bytes?: any) => void} [callback] */
function randomBytes(size, callback) {
  checkNumber(size, 'size', 0, MOST);
  if (callback === undefined) return randomFillSync(Buffer.alloc(Math.trunc(size)));
  checkFunction(callback, 'callback');
  binding.randomBytes((/** @type {any} */ error, /** @type {Uint8Array} */ bytes) => {
    if (error) callback(error);
    else callback(null, output(bytes));
  }, Math.trunc(size));
  return undefined;
}

/** The part of a buffer that is to be filled; offset and size count elements.
 * @param {any} target @param {any} offset @param {any} size */
function part(target, offset, size) {
  const bytes = viewBytes(target);
  if (bytes === undefined) throw invalidArgType('buf', ['ArrayBuffer', 'ArrayBufferView'], target);
  const unit = target.BYTES_PER_ELEMENT ?? 1;
  const length = bytes.length / unit;
  offset ??= 0;
  checkNumber(offset, 'offset', 0, Math.min(length, MOST));
  size ??= length - offset;
  checkNumber(size, 'size', 0, MOST);
  if (size + offset > length) throw outOfRange('size + offset', `<= ${length}`, size + offset);
  return bytes.subarray(offset * unit, (offset + size) * unit);
}

/** @param {any} target @param {any} [offset] @param {any} [size] */
function randomFillSync(target, offset, size) {
  const bytes = part(target, offset, size);
  binding.randomFill(bytes);
  return target;
}

/** @param {any} target @param {any} [offset] @param {any} [size] @param {any} [callback] */
function randomFill(target, offset, size, callback) {
  if (typeof offset === 'function') [callback, offset, size] = [offset, undefined, undefined];
  else if (typeof size === 'function') [callback, size] = [size, undefined];
  if (viewBytes(target) === undefined) throw invalidArgType('buf', ['ArrayBuffer', 'ArrayBufferView'], target);
  checkFunction(callback, 'callback');
  const bytes = part(target, offset, size);
  binding.randomBytes((/** @type {any} */ error, /** @type {Uint8Array} */ random) => {
    if (error) return callback(error);
    bytes.set(random);
    return callback(null, target);
  }, bytes.length);
}

const RANGE = 2 ** 48 - 1;

/** @param {number} min @param {any} [max] @param {any} [callback] */
function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') [min, max, callback] = [0, min, max];
  if (callback !== undefined) checkFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw invalidArgType('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw invalidArgType('max', 'a safe integer', max);
  if (max <= min) throw outOfRange('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range <= RANGE)) throw outOfRange('max - min', `<= ${RANGE}`, range);
  // Numbers past the last whole multiple of the range would make the first ones likelier.
  const limit = 2 ** 48 - (2 ** 48 % range);
  const random = Buffer.alloc(6);
  let number;
  do {
    binding.randomFill(random);
    number = random.readUIntBE(0, 6);
  } while (number >= limit);
  const result = min + (number % range);
  if (callback === undefined) return result;
  process.nextTick(callback, undefined, result);
  return undefined;
}

/** @param {any} [options] */
function randomUUID(options) {
  if (options !== undefined) {
    checkObject(options, 'options');
    if (options.disableEntropyCache !== undefined) checkBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
  }
  const bytes = Buffer.alloc(16);
  binding.randomFill(bytes);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

module.exports = { randomBytes, randomFill, randomFillSync, randomInt, randomUUID };
