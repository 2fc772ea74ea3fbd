// Hash and Hmac.
'use strict';

const binding = internalBinding('crypto');
const { codedError, checkInteger, checkString, unsupported } = require('internal/errors');
const { LazyTransform } = require('internal/lazy_transform');
const { dataBytes, invalidDigest, keyBytes, opensslError, output, textBytes, viewBytes } = require('internal/crypto_bytes');

/** Names of a digest as OpenSSL takes them, each with the one that the binding knows. */
const names = new Map(binding.hashes.map((/** @type {string} */ name) => [name, name]));
for (const [alias, name] of [
  ['sha-1', 'sha1'], ['sha-224', 'sha224'], ['sha-256', 'sha256'], ['sha-384', 'sha384'], ['sha-512', 'sha512'],
  ['sha512/224', 'sha512-224'], ['sha512/256', 'sha512-256'], ['sha-512/224', 'sha512-224'], ['sha-512/256', 'sha512-256'],
  ['sha2-224', 'sha224'], ['sha2-256', 'sha256'], ['sha2-384', 'sha384'], ['sha2-512', 'sha512'], ['ssl3-md5', 'md5'],
  ['ssl3-sha1', 'sha1'],
]) names.set(alias, name);

/** Digests that Node has by OpenSSL and this engine has not. */
const ABSENT = /^(rsa-)?(blake2|sha3-|shake|ripemd|rmd160|sm3|md5-sha1|keccak)/;

/** The binding's name of a digest; undefined for none. One that only Node has is refused by name.
 * @param {string} name */
function digestName(name) {
  const lower = name.toLowerCase();
  const found = names.get(lower) ?? names.get(lower.replace(/^rsa-/, '').replace(/withrsaencryption$/, ''));
  if (found === undefined && ABSENT.test(lower)) throw unsupported(`The digest '${name}'`);
  return found;
}

const finalized = () => codedError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');

/** @typedef {{ update(bytes: Uint8Array): void, digest(): Uint8Array, copy(): Running }} Running */

class HashBase extends /** @type {any} */ (LazyTransform) {
  /** @type {Running | null} */
  #running;

  /** @param {Running} running @param {any} options */
  constructor(running, options) {
    super(options);
    this.#running = running;
  }

  /** @param {any} chunk @param {any} encoding @param {() => void} callback */
  _transform(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }

  /** @param {() => void} callback */
  _flush(callback) {
    this.push(/** @type {any} */ (this).digest());
    callback();
  }

  /** @param {any} data @param {any} [encoding] */
  update(data, encoding) {
    if (this.#running === null) throw finalized();
    this.#running.update(dataBytes(data, encoding));
    return this;
  }

  /** The digest, after which there is nothing left; null the second time. */
  finishOnce() {
    const digest = this.#running?.digest() ?? null;
    this.#running = null;
    return digest;
  }

  /** The same state once more. */
  fork() {
    if (this.#running === null) throw finalized();
    return this.#running.copy();
  }
}

/** @param {any} running a digest's name, or the state of another Hash @param {any} options */
function startHash(running, options) {
  if (typeof running === 'object' && running !== null) return running;
  checkString(running, 'algorithm');
  const name = digestName(running);
  if (name === undefined) throw new Error('Digest method not supported');
  const started = binding.hash(name);
  const length = options?.outputLength;
  if (length !== undefined) {
    checkInteger(length, 'options.outputLength', 0, 2 ** 32 - 1);
    if (length !== binding.hash(name).digest().length) {
      const error = opensslError('030000B2', 'digital envelope routines', 'not XOF or invalid length');
      throw Object.assign(error, { code: 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH' });
    }
  }
  return started;
}

class HashClass extends HashBase {
  /** @param {any} algorithm @param {any} [options] */
  constructor(algorithm, options) {
    super(startHash(algorithm, options), options);
  }

  /** @param {any} [encoding] */
  digest(encoding) {
    const digest = this.finishOnce();
    if (digest === null) throw finalized();
    return output(digest, encoding);
  }

  /** @param {any} [options] */
  copy(options) {
    return new Hash(this.fork(), options);
  }
}

/** @param {any} name @param {any} key @param {any} options */
function startHmac(name, key, options) {
  checkString(name, 'hmac');
  const bytes = keyBytes(key, options);
  const known = digestName(name);
  if (known === undefined) throw invalidDigest(name);
  return binding.hash(known, bytes);
}

class HmacClass extends HashBase {
  /** @param {any} algorithm @param {any} key @param {any} [options] */
  constructor(algorithm, key, options) {
    super(startHmac(algorithm, key, options), options);
  }

  /** @param {any} [encoding] */
  digest(encoding) {
    // A second call gives nothing, and does not throw.
    return output(this.finishOnce() ?? new Uint8Array(0), encoding);
  }
}

/** A class that is also called without new, as Node's older ones are.
 * @param {any} Class @param {string} name */
function callable(Class, name) {
  /** @param {...any} args */
  function constructor(...args) {
    return Reflect.construct(Class, args, new.target ?? constructor);
  }
  Object.setPrototypeOf(constructor, Object.getPrototypeOf(Class));
  constructor.prototype = Class.prototype;
  Object.defineProperty(Class.prototype, 'constructor', { value: constructor, writable: true, configurable: true });
  Object.defineProperty(constructor, 'name', { value: name });
  return constructor;
}

/** @type {any} */
const Hash = callable(HashClass, 'Hash');
/** @type {any} */
const Hmac = callable(HmacClass, 'Hmac');

/** @param {string} algorithm @param {any} [options] */
const createHash = (algorithm, options) => new Hash(algorithm, options);

/** @param {string} algorithm @param {any} key @param {any} [options] */
const createHmac = (algorithm, key, options) => new Hmac(algorithm, key, options);

const getHashes = () => [...binding.hashes, ...binding.hashes.map((/** @type {string} */ name) => `RSA-${name.toUpperCase()}`)].sort();

/** @param {string} algorithm @param {any} input @param {any} [encoding] */
function hash(algorithm, input, encoding = 'hex') {
  checkString(algorithm, 'algorithm');
  const bytes = typeof input === 'string' ? textBytes(input) : ArrayBuffer.isView(input) ? viewBytes(input) : undefined;
  if (bytes === undefined) throw require('internal/errors').invalidArgType('input', ['Buffer', 'TypedArray', 'DataView', 'string'], input);
  checkString(encoding, 'outputEncoding');
  return new Hash(algorithm).update(bytes).digest(encoding === 'buffer' ? undefined : encoding);
}

module.exports = { Hash, Hmac, callable, createHash, createHmac, digestName, getHashes, hash };
