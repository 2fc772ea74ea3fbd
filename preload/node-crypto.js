'use strict';
// What Node's `crypto` has from native code in the main process, in a renderer that may have Node.
// Native code pins the bytes that it is given, so it gets copies, and copies of its own go on.

const createSchedule = require('./tasks.js');

/** @type {((task: () => void) => void) | undefined} */
let schedule;

/** Calls back in a task of its own; there is no thread that the work could be done on. */
function later(task) {
  schedule ??= createSchedule();
  schedule(task);
}

/** @param {Uint8Array | undefined} bytes */
const copyOf = (bytes) => (bytes === undefined ? undefined : new Uint8Array(bytes));

/** A hash that keeps what it was fed until it is asked for the digest. */
class Running {
  #name;
  #key;
  /** @type {Uint8Array[]} */
  #fed;

  /** @param {string} name @param {Uint8Array | undefined} key @param {Uint8Array[]} fed */
  constructor(name, key, fed) {
    this.#name = name;
    this.#key = key;
    this.#fed = fed;
  }

  /** @param {Uint8Array} bytes */
  update(bytes) {
    this.#fed.push(new Uint8Array(bytes));
  }

  digest() {
    const all = new Uint8Array(this.#fed.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of this.#fed) {
      all.set(part, at);
      at += part.length;
    }
    this.#fed = [];
    return native.digest(this.#name, all, this.#key).slice();
  }

  copy() {
    return new Running(this.#name, this.#key, [...this.#fed]);
  }
}

/** @type {string[]} */
const hashes = JSON.parse(native.hashNames());

/** A hash, or an HMAC; undefined for an unknown name. @param {string} name @param {Uint8Array} [key] */
function hash(name, key) {
  return hashes.includes(name) ? new Running(name, copyOf(key), []) : undefined;
}

/** @param {Uint8Array} left @param {Uint8Array} right */
function equal(left, right) {
  let difference = left.length ^ right.length;
  for (let at = 0; at < left.length; at++) difference |= left[at] ^ right[at];
  return difference === 0;
}

/**
 * A key, to the callback where there is one.
 * @param {((error: null, key: Uint8Array | undefined) => void) | null} callback
 * @param {string} kind
 * @param {string} digest
 * @param {Uint8Array[]} inputs
 * @param {number[]} numbers
 */
function derive(callback, kind, digest, inputs, numbers) {
  const [secret, salt, info] = inputs.map(copyOf);
  const key = native.derive(kind, digest, secret, salt, info, JSON.stringify(numbers))?.slice();
  if (callback === null) return key;
  later(() => callback(null, key));
  return undefined;
}

/** @param {Uint8Array} bytes */
function randomFill(bytes) {
  const random = new Uint8Array(bytes.byteLength);
  native.randomFill(random);
  new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).set(random);
}

/** @param {(error: any, bytes?: Uint8Array) => void} callback @param {number} size */
function randomBytes(callback, size) {
  const bytes = new Uint8Array(size);
  randomFill(bytes);
  later(() => callback(null, bytes));
}

/** @returns {never} */
function cipher() {
  throw new Error('Ciphers of crypto in a renderer are not supported by Conch');
}

module.exports = { cipher, derive, equal, hash, hashes, randomBytes, randomFill };
