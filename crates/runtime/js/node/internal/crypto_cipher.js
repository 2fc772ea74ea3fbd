// Cipheriv and Decipheriv: AES in the modes CBC, CTR, ECB and GCM.
'use strict';

const binding = internalBinding('crypto');
const { StringDecoder } = require('string_decoder');
const { checkInteger, checkString, codedError, invalidArgType, unsupported } = require('internal/errors');
const { dataBytes, keyBytes, opensslError, output, sourceBytes } = require('internal/crypto_bytes');
const { LazyTransform } = require('internal/lazy_transform');
const { callable } = require('internal/crypto_hash');
const { encodingName } = require('internal/buffer_search');

/** What is known of each cipher: `nid` is OpenSSL's number for it. */
const NUMBERS = /** @type {const} */ ({
  'aes-128-cbc': 419, 'aes-128-ctr': 904, 'aes-128-ecb': 418, 'aes-128-gcm': 895,
  'aes-192-cbc': 423, 'aes-192-ctr': 905, 'aes-192-ecb': 422, 'aes-192-gcm': 898,
  'aes-256-cbc': 427, 'aes-256-ctr': 906, 'aes-256-ecb': 426, 'aes-256-gcm': 901,
});

/** @typedef {{ name: string, mode: string, keyLength: number, ivLength: number, blockSize: number, nid: number }} Kind */

/** @param {string} name @returns {Kind | undefined} */
function kindOf(name) {
  let lower = name.toLowerCase();
  const short = /^aes(128|192|256)$/.exec(lower);
  const long = /^id-aes(128|192|256)-gcm$/.exec(lower);
  if (short) lower = `aes-${short[1]}-cbc`;
  else if (long) lower = `aes-${long[1]}-gcm`;
  const nid = /** @type {Record<string, number>} */ (NUMBERS)[lower];
  if (nid === undefined) return undefined;
  const [, bits, mode] = lower.split('-');
  return {
    name: lower, mode, nid, keyLength: Number(bits) / 8,
    ivLength: mode === 'gcm' ? 12 : mode === 'ecb' ? 0 : 16,
    blockSize: mode === 'cbc' || mode === 'ecb' ? 16 : 1,
  };
}

/** Ciphers that Node has by OpenSSL and this engine has not. */
const ABSENT = /^(id-)?(aes|aria|camellia|chacha20|des|sm4|bf|cast|rc2|rc4|seed|idea)/;

/** @param {string} operation */
const invalidState = (operation) =>
  codedError(Error, 'ERR_CRYPTO_INVALID_STATE', `Invalid state${operation && ` for operation ${operation}`}`);

/** @param {number} length */
const invalidTag = (length) =>
  codedError(TypeError, 'ERR_CRYPTO_INVALID_AUTH_TAG', `Invalid authentication tag length: ${length}`);

/** @param {number} length */
const isTagLength = (length) => length === 4 || length === 8 || (length >= 12 && length <= 16);

/** @param {string} word what the binding says */
function failure(word) {
  if (word === 'bad decrypt') return opensslError('1C800064', 'Provider routines', word);
  if (word === 'wrong final block length') return opensslError('1C80006B', 'Provider routines', word);
  if (word === 'unauthenticated') return new Error('Unsupported state or unable to authenticate data');
  return new Error(`Unsupported state: ${word}`);
}

class CipherBase extends /** @type {any} */ (LazyTransform) {
  #native;
  #kind;
  #decrypt;
  #started = false;
  #finished = false;
  #tagLength = 16;
  #tagLengthGiven = false;
  #tagSet = false;
  /** @type {any} */
  #decoder = null;
  #encoding = '';

  /** @param {any} name @param {any} key @param {any} iv @param {any} options @param {boolean} decrypt */
  constructor(name, key, iv, options, decrypt) {
    super(options);
    checkString(name, 'cipher');
    const secret = keyBytes(key, options);
    const vector = iv === null ? new Uint8Array(0) : sourceBytes(iv, 'iv');
    const kind = kindOf(name);
    if (kind === undefined) {
      if (ABSENT.test(name.toLowerCase())) throw unsupported(`The cipher '${name}'`);
      throw codedError(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
    }
    if (secret.length !== kind.keyLength) throw codedError(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
    if (kind.mode === 'gcm' ? vector.length === 0 : vector.length !== kind.ivLength) {
      throw codedError(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
    }
    const length = options?.authTagLength;
    if (length !== undefined && kind.mode === 'gcm') {
      checkInteger(length, 'options.authTagLength', 0, 2 ** 31 - 1);
      if (!isTagLength(length)) throw invalidTag(length);
      this.#tagLength = length;
      this.#tagLengthGiven = true;
    }
    this.#kind = kind;
    this.#decrypt = decrypt;
    this.#native = binding.cipher(kind.name, secret, vector, decrypt);
  }

  /** @param {Uint8Array} bytes */
  encrypted(bytes) {
    if (this.#finished) throw new Error('Trying to add data in unsupported state');
    this.#started = true;
    const out = this.#native.update(bytes);
    if (typeof out === 'string') throw failure(out);
    return out;
  }

  /** What comes after the last byte. */
  last() {
    if (this.#finished) throw invalidState('');
    this.#finished = true;
    const out = this.#native.final();
    if (typeof out === 'string') throw failure(out);
    return out;
  }

  /** @param {any} chunk @param {any} encoding @param {(error?: any) => void} callback */
  _transform(chunk, encoding, callback) {
    this.push(output(this.encrypted(dataBytes(chunk, encoding))));
    callback();
  }

  /** @param {(error?: any) => void} callback */
  _flush(callback) {
    try {
      this.push(output(this.last()));
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  }

  /** Bytes as a Buffer; with an encoding, as much text of it as is complete.
   * @param {Uint8Array} bytes @param {any} encoding @param {boolean} end */
  #output(bytes, encoding, end) {
    if (!encoding || encoding === 'buffer') return output(bytes);
    if (this.#decoder === null) {
      this.#decoder = new StringDecoder(encoding);
      this.#encoding = `${encodingName(encoding)}`;
    } else if (encodingName(encoding) !== this.#encoding) {
      throw codedError(Error, 'ERR_INTERNAL_ASSERTION', 'Cannot change encoding');
    }
    const text = this.#decoder.write(output(bytes));
    return end ? text + this.#decoder.end() : text;
  }

  /** @param {any} data @param {any} [inputEncoding] @param {any} [outputEncoding] */
  update(data, inputEncoding, outputEncoding) {
    return this.#output(this.encrypted(dataBytes(data, inputEncoding)), outputEncoding, false);
  }

  /** @param {any} [encoding] */
  final(encoding) {
    return this.#output(this.last(), encoding, true);
  }

  setAutoPadding(on = true) {
    if (this.#finished) throw invalidState('setAutoPadding');
    this.#native.setPadding(Boolean(on));
    return this;
  }

  /** @param {any} data @param {any} [options] */
  setAAD(data, options) {
    const bytes = sourceBytes(typeof data === 'string' && options?.encoding ? require('buffer').Buffer.from(data, options.encoding) : data, 'aadbuf');
    if (this.#kind.mode !== 'gcm' || this.#started || this.#finished) throw invalidState('setAAD');
    this.#native.authenticate(bytes);
    return this;
  }

  /** The tag of a message that was encrypted. */
  tag() {
    if (this.#kind.mode !== 'gcm' || !this.#finished) throw invalidState('getAuthTag');
    return output(this.#native.tag().slice(0, this.#tagLength));
  }

  /** @param {any} tag @param {any} encoding */
  expect(tag, encoding) {
    const bytes = typeof tag === 'string' ? require('buffer').Buffer.from(tag, encoding) : sourceBytes(tag, 'buffer');
    if (this.#kind.mode !== 'gcm' || !this.#decrypt || this.#tagSet || this.#finished) throw invalidState('setAuthTag');
    if (!isTagLength(bytes.length) || (this.#tagLengthGiven && bytes.length !== this.#tagLength)) throw invalidTag(bytes.length);
    this.#tagSet = true;
    this.#native.setTag(bytes);
  }
}

class CipherivClass extends CipherBase {
  /** @param {any} name @param {any} key @param {any} iv @param {any} [options] */
  constructor(name, key, iv, options) {
    super(name, key, iv, options, false);
  }

  getAuthTag() {
    return this.tag();
  }
}

class DecipherivClass extends CipherBase {
  /** @param {any} name @param {any} key @param {any} iv @param {any} [options] */
  constructor(name, key, iv, options) {
    super(name, key, iv, options, true);
  }

  /** @param {any} tag @param {any} [encoding] */
  setAuthTag(tag, encoding) {
    this.expect(tag, encoding);
    return this;
  }
}

/** @type {any} */
const Cipheriv = callable(CipherivClass, 'Cipheriv');
/** @type {any} */
const Decipheriv = callable(DecipherivClass, 'Decipheriv');

/** @param {any} name @param {any} key @param {any} iv @param {any} [options] */
const createCipheriv = (name, key, iv, options) => new Cipheriv(name, key, iv, options);
/** @param {any} name @param {any} key @param {any} iv @param {any} [options] */
const createDecipheriv = (name, key, iv, options) => new Decipheriv(name, key, iv, options);

const getCiphers = () => [...Object.keys(NUMBERS), 'aes128', 'aes192', 'aes256', 'id-aes128-GCM', 'id-aes192-GCM', 'id-aes256-GCM'].sort();

/** @param {any} name @param {any} [options] */
function getCipherInfo(name, options) {
  if (typeof name !== 'string' && typeof name !== 'number') throw invalidArgType('nameOrNid', ['string', 'number'], name);
  const found = typeof name === 'number' ? Object.entries(NUMBERS).find(([, nid]) => nid === name)?.[0] : name;
  const kind = found === undefined ? undefined : kindOf(found);
  if (kind === undefined) return undefined;
  const { keyLength, ivLength = kind.ivLength } = options ?? {};
  if (keyLength !== undefined && keyLength !== kind.keyLength) return undefined;
  if (kind.mode === 'gcm' ? ivLength < 1 : ivLength !== kind.ivLength) return undefined;
  return {
    mode: kind.mode, name: kind.mode === 'gcm' ? `id-aes${kind.keyLength * 8}-gcm` : kind.name, nid: kind.nid,
    blockSize: kind.blockSize, ...(ivLength ? { ivLength } : {}), keyLength: kind.keyLength,
  };
}

module.exports = { Cipheriv, Decipheriv, createCipheriv, createDecipheriv, getCipherInfo, getCiphers };
