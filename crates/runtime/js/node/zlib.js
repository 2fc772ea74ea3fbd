// The module zlib.
'use strict';

const binding = internalBinding('zlib');
const { Buffer } = require('buffer');
const { checkFunction, invalidArgType, unsupported } = require('internal/errors');
const { BROTLI_DECODE, MODES, codes, constants, settings, zlibError } = require('internal/zlib_options');
const streams = require('internal/zlib_stream');
const { isAnyArrayBuffer } = require('internal/types');

/** @param {any} input @param {string} name @param {string[]} kinds @returns {Uint8Array} */
function inputBytes(input, name, kinds) {
  if (typeof input === 'string') return Buffer.from(input);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (isAnyArrayBuffer(input)) return new Uint8Array(input);
  throw invalidArgType(name, kinds, input);
}

/** @param {any} reply @param {number} most */
function finished(reply, most) {
  if (!(reply instanceof Uint8Array)) throw zlibError(/** @type {any} */ (reply), most);
  return Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength);
}

/** @param {any} options */
function checkInfo(options) {
  if (options?.info) throw unsupported("zlib's option 'info'");
}

/** @param {number} mode */
function syncForm(mode) {
  return function syncBufferWrapper(/** @type {any} */ buffer, /** @type {any} */ options) {
    const { config, finishFlush, maxOutputLength } = settings(mode, options);
    checkInfo(options);
    const bytes = inputBytes(buffer, 'buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer']);
    return finished(binding.whole(null, config, bytes, finishFlush, maxOutputLength), maxOutputLength);
  };
}

/** @param {number} mode */
function callbackForm(mode) {
  return function asyncBufferWrapper(/** @type {any} */ buffer, /** @type {any} */ options, /** @type {any} */ callback) {
    if (typeof options === 'function') [callback, options] = [options, {}];
    const { config, finishFlush, maxOutputLength } = settings(mode, options);
    checkFunction(callback, 'callback');
    checkInfo(options);
    const bytes = inputBytes(buffer, 'chunk', ['string', 'Buffer', 'TypedArray', 'DataView']);
    binding.whole((/** @type {any} */ reply) => {
      let result;
      try {
        result = finished(reply, maxOutputLength);
      } catch (error) {
        callback(error);
        return;
      }
      callback(null, result);
    }, config, bytes, finishFlush, maxOutputLength);
  };
}

/** @param {any} data @param {number} [value] */
function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw invalidArgType('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  if (typeof value !== 'number') throw invalidArgType('value', 'number', value);
  if (!Number.isInteger(value) || value < 0 || value > 2 ** 32 - 1) {
    require('internal/errors').checkInteger(value, 'value', 0, 2 ** 32 - 1);
  }
  return binding.crc32(inputBytes(data, 'data', []), value);
}

/** @type {any} */
const zlib = { crc32, constants, codes };
for (const [name, mode] of Object.entries({ ...MODES, BrotliDecompress: BROTLI_DECODE })) {
  const lower = name[0].toLowerCase() + name.slice(1);
  zlib[lower] = callbackForm(mode);
  zlib[`${lower}Sync`] = syncForm(mode);
  const Class = streams[name];
  zlib[name] = Class;
  zlib[`create${name}`] = { [`create${name}`]: (/** @type {any} */ options) => new Class(options) }[`create${name}`];
}

// What is absent says so ---------------------------------------------------------------------

// Brotli's compressor would be larger than all the rest of this module.
for (const name of ['brotliCompress', 'brotliCompressSync', 'createBrotliCompress']) {
  zlib[name] = { [name]() { throw unsupported(`zlib.${name}`); } }[name];
}
zlib.BrotliCompress = class BrotliCompress { constructor() { throw unsupported('zlib.BrotliCompress'); } };
// Those of old, without the prefix of `constants`.
for (const [name, value] of Object.entries(constants)) {
  Object.defineProperty(zlib, name, { value, enumerable: false, writable: false, configurable: false });
}

module.exports = zlib;
