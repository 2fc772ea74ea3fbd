// This process's end of a child's stdin, stdout, stderr or any other pipe.
'use strict';

const { Buffer } = require('buffer');
const { Duplex } = require('internal/stream_duplex');

class ChildPipe extends /** @type {any} */ (Duplex) {
  /** @param {any} native null for a child that could not be started @param {number} number */
  constructor(native, number) {
    super({ readable: number > 0, writable: number === 0 || number > 2, allowHalfOpen: number > 2, emitClose: false });
    this._handle = native;
  }

  _read() {
    if (this._handle === null) {
      this.push(null);
      return;
    }
    this._handle.read((/** @type {any} */ error, /** @type {Uint8Array} */ bytes) => {
      // Whatever goes wrong, nothing more will come.
      if (error || bytes.length === 0) this.push(null);
      else this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  }

  /** @param {Uint8Array} chunk @param {any} _encoding @param {(error?: any) => void} callback */
  _write(chunk, _encoding, callback) {
    if (this._handle === null) callback();
    else this._handle.write(chunk, callback);
  }

  /** @param {(error?: any) => void} callback */
  _final(callback) {
    this._handle?.shutdown();
    callback();
  }

  /** @param {any} error @param {(error?: any) => void} callback */
  _destroy(error, callback) {
    this._handle?.close();
    callback(error);
    process.nextTick(() => this.emit('close', Boolean(error)));
  }

  ref() { this._handle?.ref(); return this; }
  unref() { this._handle?.unref(); return this; }
}

module.exports = { ChildPipe };
