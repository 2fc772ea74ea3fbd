// KeyObject for secrets. Public and private keys are not here.
'use strict';

const binding = internalBinding('crypto');
const { Buffer } = require('buffer');
const { checkFunction, checkInteger, invalidArgType, invalidArgValue, unsupported } = require('internal/errors');

const kMake = {};
const SOURCES = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

class KeyObject {
  /** @type {Uint8Array} */
  #bytes;

  /** @param {any} made only this module makes keys @param {Uint8Array} bytes */
  constructor(made, bytes) {
    if (made !== kMake) throw unsupported('new crypto.KeyObject');
    this.#bytes = bytes;
  }

  static from() { throw unsupported('crypto.KeyObject.from'); }

  /** The bytes of a key; undefined for any other value. @param {any} value */
  static bytesOf(value) {
    return typeof value === 'object' && value !== null && #bytes in value ? value.#bytes : undefined;
  }

  get type() { return 'secret'; }
  get symmetricKeySize() { return this.#bytes.length; }

  /** @param {{ format?: string }} [options] */
  export(options) {
    const format = options?.format;
    if (format === undefined || format === 'buffer') return Buffer.from(this.#bytes);
    if (format === 'jwk') return { kty: 'oct', k: Buffer.from(this.#bytes).toString('base64url') };
    throw invalidArgValue('options.format', format, "must be one of: undefined, 'buffer', 'jwk'");
  }

  /** @param {any} other */
  equals(other) {
    const bytes = bytesOf(other);
    if (bytes === undefined) throw invalidArgType('otherKeyObject', 'KeyObject', other);
    return bytes.length === this.#bytes.length && binding.equal(bytes, this.#bytes);
  }
}
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true });
const { bytesOf } = KeyObject;
Reflect.deleteProperty(KeyObject, 'bytesOf');

class SecretKeyObject extends KeyObject {}

/** @param {any} key @param {any} [encoding] */
function createSecretKey(key, encoding) {
  if (typeof key === 'string') return new SecretKeyObject(kMake, Buffer.from(key, encoding));
  const bytes = require('internal/crypto_bytes').viewBytes(key);
  if (bytes === undefined) throw invalidArgType('key', SOURCES, key);
  return new SecretKeyObject(kMake, Buffer.from(bytes));
}

/** @param {any} type @param {any} options */
function generateKeySync(type, options) {
  const length = options?.length;
  if (type === 'hmac') {
    checkInteger(length, 'options.length', 8, 2 ** 31 - 1);
  } else if (type === 'aes') {
    if (![128, 192, 256].includes(length)) throw invalidArgValue('options.length', length, 'must be one of: 128, 192, 256');
  } else {
    throw invalidArgValue('type', type, 'must be a supported key type');
  }
  const bytes = Buffer.alloc(Math.floor(length / 8));
  binding.randomFill(bytes);
  return new SecretKeyObject(kMake, bytes);
}

/** @param {any} type @param {any} options @param {any} callback */
function generateKey(type, options, callback) {
  checkFunction(callback, 'callback');
  const key = generateKeySync(type, options);
  process.nextTick(callback, null, key);
}

module.exports = { KeyObject, bytesOf, createSecretKey, generateKey, generateKeySync };
