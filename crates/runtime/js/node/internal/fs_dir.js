// fs.opendir: the entries of a folder one by one. They are those of the moment when it is opened.
'use strict';

const { checkFunction, checkInteger, codedError, invalidArgType } = require('internal/errors');
const { calls, resyscalled } = require('internal/fs_calls');

const closed = () => codedError(Error, 'ERR_DIR_CLOSED', 'Directory handle was closed');

class Dir {
  #path;
  #entries;
  #closed = false;

  /** @param {string} path @param {any[]} entries */
  constructor(path, entries) {
    this.#path = path;
    this.#entries = entries;
  }

  get path() { return this.#path; }

  readSync() {
    if (this.#closed) throw closed();
    return this.#entries.shift() ?? null;
  }

  /** @param {(error: any, entry?: any) => void} [callback] */
  read(callback) {
    if (callback === undefined) {
      if (this.#closed) throw closed();
      return this.#soon(() => this.readSync());
    }
    checkFunction(callback, 'callback');
    const entry = this.readSync();
    process.nextTick(callback, null, entry);
    return undefined;
  }

  closeSync() {
    if (this.#closed) throw closed();
    this.#closed = true;
    this.#entries = [];
  }

  /** @param {(error?: any) => void} [callback] */
  close(callback) {
    if (callback === undefined) return this.#soon(() => this.closeSync());
    checkFunction(callback, 'callback');
    this.closeSync();
    process.nextTick(callback, null);
    return undefined;
  }

  /** @param {() => any} call */
  async #soon(call) { return call(); }

  async* entries() {
    try {
      for (let entry = await this.read(); entry !== null; entry = await this.read()) yield entry;
    } finally {
      if (!this.#closed) this.closeSync();
    }
  }

  async [Symbol.asyncDispose]() {
    if (!this.#closed) this.closeSync();
  }
}
Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  value: Dir.prototype.entries, enumerable: false, writable: true, configurable: true,
});

/** @param {any} target @param {any} [given] @returns {import('./fs_calls.js').Call} */
function opendirCall(target, given) {
  const options = typeof given === 'string' ? { encoding: given } : given ?? {};
  if (typeof options !== 'object') throw invalidArgType('options', ['string', 'Object'], options);
  const { encoding, bufferSize = 32, recursive = false } = options;
  checkInteger(bufferSize, 'options.bufferSize', 1, 4294967295);
  const call = calls.readdir(target, { encoding, withFileTypes: true, recursive });
  const { then } = call;
  return {
    ...call,
    then: (reply) => new Dir(/** @type {string} */ (call.path), /** @type {any} */ (then)(reply)),
    otherwise: (error) => resyscalled(error, 'opendir'),
  };
}

module.exports = { Dir, opendirCall };
