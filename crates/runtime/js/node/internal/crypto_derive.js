// Keys from passwords and from other keys: pbkdf2, scrypt, hkdf.
'use strict';

const binding = internalBinding('crypto');
const { checkFunction, checkInteger, checkString, codedError, outOfRange } = require('internal/errors');
const { invalidDigest, output, sourceBytes } = require('internal/crypto_bytes');
const { bytesOf } = require('internal/crypto_keys');
const { digestName } = require('internal/crypto_hash');

const MOST = 2 ** 31 - 1;
const NONE = new Uint8Array(0);

/**
 * @typedef {object} Derivation
 * @property {string} kind @property {string} digest
 * @property {Uint8Array[]} inputs secret, salt, info
 * @property {number[]} numbers
 */

/** @param {any} digest */
function knownDigest(digest) {
  checkString(digest, 'digest');
  return digestName(digest) ?? digest;
}

/** @param {any} password @param {any} salt @param {any} iterations @param {any} length @param {any} digest
 * @returns {Derivation} */
function pbkdf2Arguments(password, salt, iterations, length, digest) {
  checkString(digest, 'digest');
  const inputs = [sourceBytes(password, 'password'), sourceBytes(salt, 'salt'), NONE];
  checkInteger(iterations, 'iterations', 1, MOST);
  checkInteger(length, 'keylen', 0, MOST);
  const known = digestName(digest);
  if (known === undefined) throw invalidDigest(digest);
  return { kind: 'pbkdf2', digest: known, inputs, numbers: [length, iterations] };
}

/** @param {any} password @param {any} salt @param {any} length @param {any} options @returns {Derivation} */
function scryptArguments(password, salt, length, options) {
  const inputs = [sourceBytes(password, 'password'), sourceBytes(salt, 'salt'), NONE];
  checkInteger(length, 'keylen', 0, MOST);
  const given = options ?? {};
  /** @param {string} name @param {string} long @param {number} otherwise */
  const option = (name, long, otherwise) => {
    const short = given[name];
    const value = given[long];
    if (short !== undefined && value !== undefined) {
      throw codedError(Error, 'ERR_CRYPTO_SCRYPT_INVALID_PARAMETER', 'Invalid scrypt parameter');
    }
    if (short !== undefined) checkInteger(short, name, 0, 2 ** 32 - 1);
    if (value !== undefined) checkInteger(value, long, 0, 2 ** 32 - 1);
    return (short ?? value) || otherwise;
  };
  const N = option('N', 'cost', 16384);
  const r = option('r', 'blockSize', 8);
  const p = option('p', 'parallelization', 1);
  if (given.maxmem !== undefined) checkInteger(given.maxmem, 'maxmem', 0);
  const most = given.maxmem || 32 * 1024 * 1024;
  const power = N > 1 && Number.isInteger(Math.log2(N));
  if (!power || p * r > 2 ** 30 - 1) throw invalidScrypt('');
  if (128 * r * (N + p + 2) > most) {
    throw invalidScrypt(': error:030000AC:digital envelope routines::memory limit exceeded');
  }
  return { kind: 'scrypt', digest: '', inputs, numbers: [length, N, r, p] };
}

/** @param {string} why */
const invalidScrypt = (why) => codedError(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', `Invalid scrypt params${why}`);

/** @param {any} digest @param {any} secret @param {any} salt @param {any} info @param {any} length
 * @returns {Derivation} */
function hkdfArguments(digest, secret, salt, info, length) {
  const known = knownDigest(digest);
  const inputs = [
    bytesOf(secret) ?? sourceBytes(secret, 'ikm', ['string', 'SecretKeyObject', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer']),
    sourceBytes(salt, 'salt'), sourceBytes(info, 'info'),
  ];
  checkInteger(length, 'length', 0, MOST);
  if (inputs[2].length > 1024) {
    throw outOfRange('info', 'must not contain more than 1024 bytes', inputs[2].length);
  }
  if (digestName(digest) === undefined) throw invalidDigest(digest);
  if (length > 255 * binding.hash(known).digest().length) {
    throw codedError(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
  }
  return { kind: 'hkdf', digest: known, inputs, numbers: [length] };
}

/** @param {Derivation} derivation @param {((error: any, key: Uint8Array) => void) | null} callback */
const derive = ({ kind, digest, inputs, numbers }, callback) => binding.derive(callback, kind, digest, inputs, numbers);

/** @param {any} password @param {any} salt @param {any} iterations @param {any} length @param {any} [digest] */
const pbkdf2Sync = (password, salt, iterations, length, digest) =>
  output(derive(pbkdf2Arguments(password, salt, iterations, length, digest), null));

/** @param {any} password @param {any} salt @param {any} iterations @param {any} length @param {any} digest
 * @param {any} [callback] */
function pbkdf2(password, salt, iterations, length, digest, callback) {
  if (typeof digest === 'function') [callback, digest] = [digest, undefined];
  const derivation = pbkdf2Arguments(password, salt, iterations, length, digest);
  checkFunction(callback, 'callback');
  derive(derivation, (error, key) => callback(error, key && output(key)));
}

/** @param {any} password @param {any} salt @param {any} length @param {any} [options] */
const scryptSync = (password, salt, length, options) =>
  output(derive(scryptArguments(password, salt, length, options), null));

/** @param {any} password @param {any} salt @param {any} length @param {any} options @param {any} [callback] */
function scrypt(password, salt, length, options, callback) {
  if (typeof options === 'function') [callback, options] = [options, undefined];
  const derivation = scryptArguments(password, salt, length, options);
  checkFunction(callback, 'callback');
  derive(derivation, (error, key) => callback(error, key && output(key)));
}

/** @param {any} digest @param {any} secret @param {any} salt @param {any} info @param {any} length */
const hkdfSync = (digest, secret, salt, info, length) =>
  derive(hkdfArguments(digest, secret, salt, info, length), null).buffer;

/** @param {any} digest @param {any} secret @param {any} salt @param {any} info @param {any} length
 * @param {any} callback */
function hkdf(digest, secret, salt, info, length, callback) {
  const derivation = hkdfArguments(digest, secret, salt, info, length);
  checkFunction(callback, 'callback');
  derive(derivation, (error, key) => callback(error, key?.buffer));
}

module.exports = { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync };
