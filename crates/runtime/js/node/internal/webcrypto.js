// The web's crypto object: random numbers and digests. The rest of `subtle` says that it is absent.
'use strict';

const binding = internalBinding('crypto');
const { codedError, unsupported } = require('internal/errors');
const { viewBytes } = require('internal/crypto_bytes');
const random = require('internal/crypto_random');
const { typedArrayName } = require('internal/types');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const token = {};

/** @param {unknown} given */
function checkToken(given) {
  if (given !== token) throw codedError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
}

const DIGESTS = new Map([['sha-1', 'sha1'], ['sha-256', 'sha256'], ['sha-384', 'sha384'], ['sha-512', 'sha512']]);

class SubtleCrypto {
  /** @param {unknown} given */
  constructor(given) { checkToken(given); }

  /** @param {any} algorithm @param {any} data */
  async digest(algorithm, data) {
    if (arguments.length < 2) {
      throw codedError(TypeError, 'ERR_MISSING_ARGS',
        `Failed to execute 'digest' on 'SubtleCrypto': 2 arguments required, but only ${arguments.length} present.`);
    }
    const bytes = viewBytes(data);
    if (bytes === undefined) {
      throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE',
        "Failed to execute 'digest' on 'SubtleCrypto': 2nd argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.");
    }
    const name = String(typeof algorithm === 'string' ? algorithm : algorithm?.name).toLowerCase();
    const known = DIGESTS.get(name);
    if (known === undefined) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
    const hash = binding.hash(known);
    hash.update(bytes);
    return hash.digest().buffer;
  }

  [kInspect]() { return 'SubtleCrypto {}'; }
}
for (const name of ['decrypt', 'deriveBits', 'deriveKey', 'encrypt', 'exportKey', 'generateKey', 'importKey', 'sign',
  'unwrapKey', 'verify', 'wrapKey']) {
  Object.defineProperty(SubtleCrypto.prototype, name, {
    value: { async [name]() { throw unsupported(`crypto.subtle.${name}`); } }[name],
    writable: true, configurable: true, enumerable: true,
  });
}

class CryptoKey {
  constructor() { checkToken(undefined); }
}

const subtle = new SubtleCrypto(token);

class Crypto {
  /** @param {unknown} given */
  constructor(given) { checkToken(given); }
  get subtle() { return subtle; }

  /** @param {any} array */
  getRandomValues(array) {
    const name = typedArrayName(array);
    if (name === undefined || name.startsWith('Float')) {
      throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    }
    if (array.byteLength > 65536) {
      throw new DOMException(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
    }
    return random.randomFillSync(array);
  }

  /** @param {any} [options] */
  randomUUID(options) { return random.randomUUID(options); }

  [kInspect]() { return 'Crypto {}'; }
}
for (const Class of [Crypto, SubtleCrypto]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

module.exports = { Crypto, CryptoKey, SubtleCrypto, crypto: new Crypto(token) };
