// The module crypto.
'use strict';

const binding = internalBinding('crypto');
const { codedError, invalidArgType, unsupported } = require('internal/errors');
const cipher = require('internal/crypto_cipher');
const derive = require('internal/crypto_derive');
const hash = require('internal/crypto_hash');
const keys = require('internal/crypto_keys');
const random = require('internal/crypto_random');
const web = require('internal/webcrypto');
const { viewBytes } = require('internal/crypto_bytes');

/** @param {any} left @param {any} right */
function timingSafeEqual(left, right) {
  const [one, other] = [viewBytes(left), viewBytes(right)];
  const kinds = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
  const wrong = (/** @type {string} */ name) => codedError(TypeError, 'ERR_INVALID_ARG_TYPE',
    invalidArgType(name, kinds, 0).message.replace(/ Received .*/s, ''));
  if (one === undefined) throw wrong('buf1');
  if (other === undefined) throw wrong('buf2');
  if (one.length !== other.length) {
    throw codedError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  }
  return binding.equal(one, other);
}

/** @type {any} */
const crypto = {
  createCipheriv: cipher.createCipheriv,
  createDecipheriv: cipher.createDecipheriv,
  createHash: hash.createHash,
  createHmac: hash.createHmac,
  getCiphers: cipher.getCiphers,
  getCipherInfo: cipher.getCipherInfo,
  getHashes: hash.getHashes,
  ...derive,
  ...random,
  hash: hash.hash,
  timingSafeEqual,
  createSecretKey: keys.createSecretKey,
  generateKey: keys.generateKey,
  generateKeySync: keys.generateKeySync,
  KeyObject: keys.KeyObject,
  Cipheriv: cipher.Cipheriv,
  Decipheriv: cipher.Decipheriv,
  Hash: hash.Hash,
  Hmac: hash.Hmac,
  getFips: () => 0,
  getRandomValues: (/** @type {any} */ array) => web.crypto.getRandomValues(array),
  constants: Object.freeze({
    __proto__: null, RSA_PKCS1_PADDING: 1, RSA_NO_PADDING: 3, RSA_PKCS1_OAEP_PADDING: 4, RSA_X931_PADDING: 5,
    RSA_PKCS1_PSS_PADDING: 6, RSA_PSS_SALTLEN_DIGEST: -1, RSA_PSS_SALTLEN_MAX_SIGN: -2, RSA_PSS_SALTLEN_AUTO: -2,
  }),
  webcrypto: web.crypto,
  subtle: web.crypto.subtle,
};

// What is absent says so ---------------------------------------------------------------------

for (const name of ['checkPrime', 'checkPrimeSync', 'createDiffieHellman', 'createDiffieHellmanGroup', 'createECDH',
  'createPrivateKey', 'createPublicKey', 'createSign', 'createVerify', 'diffieHellman',
  'generateKeyPair', 'generateKeyPairSync', 'generatePrime', 'generatePrimeSync', 'getCurves',
  'getDiffieHellman', 'privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'publicEncrypt', 'secureHeapUsed', 'setEngine',
  'setFips', 'sign', 'verify']) {
  crypto[name] = { [name]() { throw unsupported(`crypto.${name}`); } }[name];
}
// Classes, so that `instanceof` has an answer.
for (const name of ['Certificate', 'Cipher', 'Decipher', 'DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'Sign',
  'Verify', 'X509Certificate']) {
  crypto[name] = class { constructor() { throw unsupported(`crypto.${name}`); } };
  Object.defineProperty(crypto[name], 'name', { value: name });
}
// Node lists these two in no enumeration.
for (const name of ['createCipher', 'createDecipher']) {
  const refuse = { [name]() { throw unsupported(`crypto.${name}`); } }[name];
  Object.defineProperty(crypto, name, { value: refuse, configurable: true, writable: true });
}

module.exports = crypto;
