// zlib's numbers, what its options may be, and its errors.
'use strict';

const { codedError, invalidArgType, outOfRange, unsupported } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/types');

const MODES = /** @type {const} */ ({ Deflate: 1, Inflate: 2, Gzip: 3, Gunzip: 4, DeflateRaw: 5, InflateRaw: 6, Unzip: 7 });
const BROTLI_DECODE = 8;

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
  BROTLI_OPERATION_PROCESS: 0, BROTLI_OPERATION_FLUSH: 1, BROTLI_OPERATION_FINISH: 2, BROTLI_OPERATION_EMIT_METADATA: 3,
  BROTLI_PARAM_MODE: 0, BROTLI_MODE_GENERIC: 0, BROTLI_MODE_TEXT: 1, BROTLI_MODE_FONT: 2, BROTLI_DEFAULT_MODE: 0,
  BROTLI_PARAM_QUALITY: 1, BROTLI_MIN_QUALITY: 0, BROTLI_MAX_QUALITY: 11, BROTLI_DEFAULT_QUALITY: 11, BROTLI_PARAM_LGWIN: 2,
  BROTLI_MIN_WINDOW_BITS: 10, BROTLI_MAX_WINDOW_BITS: 24, BROTLI_LARGE_MAX_WINDOW_BITS: 30, BROTLI_DEFAULT_WINDOW: 22,
  BROTLI_PARAM_LGBLOCK: 3, BROTLI_MIN_INPUT_BLOCK_BITS: 16, BROTLI_MAX_INPUT_BLOCK_BITS: 24,
  BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING: 4, BROTLI_PARAM_SIZE_HINT: 5, BROTLI_PARAM_LARGE_WINDOW: 6,
  BROTLI_PARAM_NPOSTFIX: 7, BROTLI_PARAM_NDIRECT: 8, BROTLI_DECODER_RESULT_ERROR: 0, BROTLI_DECODER_RESULT_SUCCESS: 1,
  BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT: 2, BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: 3,
  BROTLI_DECODER_PARAM_DISABLE_RING_BUFFER_REALLOCATION: 0, BROTLI_DECODER_PARAM_LARGE_WINDOW: 1, BROTLI_DECODER_NO_ERROR: 0,
  BROTLI_DECODER_SUCCESS: 1, BROTLI_DECODER_NEEDS_MORE_INPUT: 2, BROTLI_DECODER_NEEDS_MORE_OUTPUT: 3,
  BROTLI_DECODER_ERROR_FORMAT_EXUBERANT_NIBBLE: -1, BROTLI_DECODER_ERROR_FORMAT_RESERVED: -2,
  BROTLI_DECODER_ERROR_FORMAT_EXUBERANT_META_NIBBLE: -3, BROTLI_DECODER_ERROR_FORMAT_SIMPLE_HUFFMAN_ALPHABET: -4,
  BROTLI_DECODER_ERROR_FORMAT_SIMPLE_HUFFMAN_SAME: -5, BROTLI_DECODER_ERROR_FORMAT_CL_SPACE: -6,
  BROTLI_DECODER_ERROR_FORMAT_HUFFMAN_SPACE: -7, BROTLI_DECODER_ERROR_FORMAT_CONTEXT_MAP_REPEAT: -8,
  BROTLI_DECODER_ERROR_FORMAT_BLOCK_LENGTH_1: -9, BROTLI_DECODER_ERROR_FORMAT_BLOCK_LENGTH_2: -10,
  BROTLI_DECODER_ERROR_FORMAT_TRANSFORM: -11, BROTLI_DECODER_ERROR_FORMAT_DICTIONARY: -12,
  BROTLI_DECODER_ERROR_FORMAT_WINDOW_BITS: -13, BROTLI_DECODER_ERROR_FORMAT_PADDING_1: -14,
  BROTLI_DECODER_ERROR_FORMAT_PADDING_2: -15, BROTLI_DECODER_ERROR_FORMAT_DISTANCE: -16,
  BROTLI_DECODER_ERROR_DICTIONARY_NOT_SET: -19, BROTLI_DECODER_ERROR_INVALID_ARGUMENTS: -20,
  BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES: -21, BROTLI_DECODER_ERROR_ALLOC_TREE_GROUPS: -22,
  BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MAP: -25, BROTLI_DECODER_ERROR_ALLOC_RING_BUFFER_1: -26,
  BROTLI_DECODER_ERROR_ALLOC_RING_BUFFER_2: -27, BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES: -30,
  BROTLI_DECODER_ERROR_UNREACHABLE: -31,
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
  if (mode === BROTLI_DECODE) return brotliSettings(given);
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

/** Settings of a Brotli decoder. @param {any} given @returns {Settings} */
function brotliSettings(given) {
  const options = given ?? {};
  const chunkSize = numberIn(options.chunkSize, 'options.chunkSize', 64, Infinity, constants.Z_DEFAULT_CHUNK);
  numberIn(options.flush, 'options.flush', 0, 3, 0);
  const end = numberIn(options.finishFlush, 'options.finishFlush', 0, 3, constants.BROTLI_OPERATION_FINISH);
  const maxOutputLength = numberIn(options.maxOutputLength, 'options.maxOutputLength', 1, MAX_LENGTH, MAX_LENGTH);
  for (const [name, value] of Object.entries(options.params ?? {})) {
    if (Number(name) > 1) throw codedError(RangeError, 'ERR_BROTLI_INVALID_PARAM', `${name} is not a valid Brotli parameter`);
    if (value && Number(name) === constants.BROTLI_DECODER_PARAM_LARGE_WINDOW) throw unsupported("zlib: Brotli's large windows");
  }
  return {
    chunkSize, maxOutputLength, flush: constants.Z_NO_FLUSH,
    finishFlush: end === constants.BROTLI_OPERATION_FINISH ? constants.Z_FINISH : constants.Z_NO_FLUSH,
    config: { mode: BROTLI_DECODE, level: -1, windowBits: 15, memLevel: 8, strategy: 0, dictionary: undefined },
  };
}

/** What Node calls a failure of Brotli's. @param {number} errno */
function brotliCode(errno) {
  const found = Object.entries(constants).find(([name, value]) => name.startsWith('BROTLI_DECODER_ERROR') && value === errno);
  return `ERR_${found ? found[0].slice('BROTLI_DECODER'.length) : '_ERROR_UNREACHABLE'}`;
}

/** The error for what the binding says. @param {{ message: string, errno: number }} failure
 * @param {number} [most] */
function zlibError(failure, most) {
  if (failure.errno === 0) {
    return codedError(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${most} bytes`);
  }
  return Object.assign(/** @type {any} */ (new Error(failure.message)), {
    errno: failure.errno,
    code: failure.message === 'Decompression failed' ? brotliCode(failure.errno) : codes[failure.errno],
  });
}

module.exports = { BROTLI_DECODE, MODES, codes, constants, numberIn, settings, zlibError };
