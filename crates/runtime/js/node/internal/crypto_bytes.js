// What every part of crypto does with the bytes that it takes and gives.
'use strict';

const { checkString, codedError, invalidArgType } = require('internal/errors');
const { Buffer } = require('buffer');
const { bytesOf } = require('internal/crypto_keys');
const { encodingName } = require('internal/buffer_search');
const { isAnyArrayBuffer } = require('internal/types');

/** The bytes of a view or an ArrayBuffer, not copied; undefined for anything else.
 * @param {any} value @returns {Uint8Array | undefined} */
function viewBytes(value) {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  return undefined;
}

/** The bytes of a string. An encoding that is none counts as utf8, as in Node.
 * @param {string} text @param {any} [encoding] @returns {Uint8Array} */
const textBytes = (text, encoding) =>
  Buffer.from(text, typeof encoding === 'string' && encodingName(encoding) ? encoding : 'utf8');

/** What update() takes. @param {any} data @param {any} encoding */
function dataBytes(data, encoding) {
  if (typeof data === 'string') return textBytes(data, encoding);
  if (ArrayBuffer.isView(data)) return /** @type {Uint8Array} */ (viewBytes(data));
  throw invalidArgType('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

const SOURCES = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

/** What a salt, a password or a vector may be. @param {any} value @param {string} name
 * @param {string[]} [kinds] the words for it in the error */
function sourceBytes(value, name, kinds = ['string', ...SOURCES]) {
  const bytes = typeof value === 'string' ? textBytes(value) : viewBytes(value);
  if (bytes === undefined) throw invalidArgType(name, kinds, value);
  return bytes;
}

/** @param {any} key @param {any} [options] whose `encoding` is that of a key in text */
function keyBytes(key, options) {
  const encoding = options?.encoding;
  if (encoding !== undefined && encoding !== null) checkString(encoding, 'options.encoding');
  if (typeof key === 'string') return textBytes(key, encoding);
  return bytesOf(key) ?? sourceBytes(key, 'key', ['string', ...SOURCES, 'KeyObject', 'CryptoKey']);
}

/** Bytes as a Buffer, or as a string where an encoding is given. @param {Uint8Array} bytes
 * @param {any} [encoding] */
function output(bytes, encoding) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return typeof encoding === 'string' && encodingName(encoding) ? buffer.toString(encoding) : buffer;
}

/** @param {string} digest */
const invalidDigest = (digest) => codedError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${digest}`);

/** An error of OpenSSL's, whose words Node passes on.
 * @param {string} number @param {string} library @param {string} reason */
function opensslError(number, library, reason) {
  const code = `ERR_OSSL_${reason.toUpperCase().replaceAll(' ', '_')}`;
  const error = /** @type {any} */ (new Error(`error:${number}:${library}::${reason}`));
  return Object.assign(error, { library, reason, code });
}

module.exports = { viewBytes, textBytes, dataBytes, sourceBytes, keyBytes, output, invalidDigest, opensslError };
