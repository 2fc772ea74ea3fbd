// zlib's numbers, what its options may be, and its errors.
'use strict';

const { codedError, invalidArgType, outOfRange } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/types');

const MODES = /** @type {const} */ ({ Deflate: 1, Inflate: 2, Gzip: 3, Gunzip: 4, DeflateRaw: 5, InflateRaw: 6, Unzip: 7 });

const constants = Object.freeze({
  __proto__: null,
  Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5, Z_OK: 0, Z_STREAM_END: 1,
  Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4, Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6,
  Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1, Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2,
  Z_RLE: 3, Z_FIXED: 4, Z_DEFAULT_STRATEGY: 0, ZLIB_VERNUM: 0x1310,
  DEFLATE: 1, INFLATE: 2, GZIP: 3, GUNZIP: 4, DEFLATERAW: 5, INFLATERAW: 6, UNZIP: 7, BROTLI_DECODE: 8, BROTLI_ENCODE: 9,
  Z_MIN_WINDOWBITS: 8, Z_MAX_WINDOWBITS: 15, Z_DEFAULT_WINDOWBITS: 15, Z_MIN_CHUNK: 64, Z_MAX_CHUNK: Infinity,
  Z_DEFAULT_CHUNK: 16384, Z_MIN_MEMLEVEL: 1, Z_MAX_MEMLEVEL: 9, Z_DEFAULT_MEMLEVEL: 8, Z_MIN_LEVEL: -1, Z_MAX_LEVEL: 9,
  Z_DEFAULT_LEVEL: -1,
});

const CODES = /** @type {const} */ (['Z_OK', 'Z_STREAM_END', 'Z_NEED_DICT', 'Z_ERRNO', 'Z_STREAM_ERROR', 'Z_DATA_ERROR',
  'Z_MEM_ERROR', 'Z_BUF_ERROR', 'Z_VERSION_ERROR']);

/** Numbers by name and names by number. @type {any} */
const codes = Object.fromEntries(CODES.map((name) => [name, constants[name]]));
for (const name of CODES) codes[constants[name]] = name;
Object.freeze(codes);

const MAX_LENGTH = 2 ** 32;

/** A number in a range, or what stands for none. @param {any} value @param {string} name
 * @param {number} low @param {number} high @param {number} otherwise */
function numberIn(value, name, low, high, otherwise) {
  if (value === undefined || Number.isNaN(value)) return otherwise;
  if (typeof value !== 'number') throw invalidArgType(name, 'number', value);
  if (!Number.isFinite(value)) throw outOfRange(name, 'a finite number', value);
  if (value < low || value > high) {
    throw outOfRange(name, high === Infinity ? `>= ${low}` : `>= ${low} and <= ${high}`, value);
  }
  return value;
}

/**
 * Options with every default filled in.
 * @typedef {object} Settings
 * @property {number} chunkSize @property {number} flush @property {number} finishFlush
 * @property {number} maxOutputLength
 * @property {{ mode: number, level: number, windowBits: number, memLevel: number, strategy: number, dictionary: Uint8Array | undefined }} config
 */

/** @param {number} mode @param {any} given @returns {Settings} */
function settings(mode, given) {
  const options = given ?? {};
  const chunkSize = numberIn(options.chunkSize, 'options.chunkSize', 64, Infinity, constants.Z_DEFAULT_CHUNK);
  const flush = numberIn(options.flush, 'options.flush', 0, 5, constants.Z_NO_FLUSH);
  const finishFlush = numberIn(options.finishFlush, 'options.finishFlush', 0, 5, constants.Z_FINISH);
  const maxOutputLength = numberIn(options.maxOutputLength, 'options.maxOutputLength', 1, MAX_LENGTH, MAX_LENGTH);
  // Decompression may take the window's size from the data.
  const fromData = (options.windowBits == null || options.windowBits === 0) &&
    (mode === MODES.Inflate || mode === MODES.Gunzip || mode === MODES.Unzip);
  const lowest = mode === MODES.Gzip ? 9 : 8;
  const windowBits = fromData ? 0 : numberIn(options.windowBits, 'options.windowBits', lowest, 15, constants.Z_DEFAULT_WINDOWBITS);
  const level = numberIn(options.level, 'options.level', -1, 9, constants.Z_DEFAULT_LEVEL);
  const memLevel = numberIn(options.memLevel, 'options.memLevel', 1, 9, constants.Z_DEFAULT_MEMLEVEL);
  const strategy = numberIn(options.strategy, 'options.strategy', 0, 4, constants.Z_DEFAULT_STRATEGY);
  let { dictionary } = options;
  if (dictionary !== undefined && !ArrayBuffer.isView(dictionary)) {
    if (!isAnyArrayBuffer(dictionary)) {
      throw invalidArgType('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
    }
    dictionary = new Uint8Array(dictionary);
  }
  if (dictionary !== undefined) dictionary = new Uint8Array(dictionary.buffer, dictionary.byteOffset, dictionary.byteLength);
  return {
    chunkSize, flush, finishFlush, maxOutputLength,
    config: { mode, level, windowBits: windowBits || 15, memLevel, strategy, dictionary },
  };
}

/** The error for what the binding says. @param {{ message: string, errno: number }} failure
 * @param {number} [most] */
function zlibError(failure, most) {
  if (failure.errno === 0) {
    return codedError(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${most} bytes`);
  }
  return Object.assign(/** @type {any} */ (new Error(failure.message)), { errno: failure.errno, code: codes[failure.errno] });
}

module.exports = { MODES, codes, constants, numberIn, settings, zlibError };
