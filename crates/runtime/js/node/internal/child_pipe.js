// This process's end of a child's stdin, stdout, stderr or any other pipe, as a stream.
'use strict';

const { Duplex } = /** @type {any} */ (require('stream'));
const { Buffer } = require('buffer');
const { codedError } = require('internal/errors');

class ChildPipe extends /** @type {any} */ (Duplex) {
  /** Told when the pipe is destroyed under a write. @type {((error?: any) => void) | null} */
  #writing = null;

  /** @param {any} native null for a child that could not be started @param {number} number */
  constructor(native, number) {
    super({ readable: number > 0, writable: number === 0 || number > 2, allowHalfOpen: false });
    this._handle = native;
    // As in Node the first piece is read before anybody asks.
    if (number > 0) this.read(0);
  }

  _read() {
    if (!this._handle) {
      this.push(null);
      return;
    }
    this._handle.read((/** @type {any} */ error, /** @type {Uint8Array} */ bytes) => {
      if (error) this.destroy(error);
      else this.push(bytes.length === 0 ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  }

  /** @param {any} chunk @param {any} _encoding @param {(error?: any) => void} callback */
  _write(chunk, _encoding, callback) {
    if (!this._handle) {
      callback(codedError(Error, 'EPIPE', 'write EPIPE'));
      return;
    }
    this.#writing = callback;
    this._handle.write(chunk, (/** @type {any} */ error) => {
      this.#writing = null;
      callback(error);
    });
  }

  /** @param {(error?: any) => void} callback */
  _final(callback) {
    this._handle?.shutdown();
    callback();
  }

  /** @param {any} error @param {(error?: any) => void} callback */
  _destroy(error, callback) {
    this._handle?.close();
    this._handle = null;
    const writing = this.#writing;
    this.#writing = null;
    callback(error);
    writing?.(error ?? codedError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'));
  }

  ref() {
    this._handle?.ref();
    return this;
  }

  unref() {
    this._handle?.unref();
    return this;
  }
}

module.exports = { ChildPipe };
