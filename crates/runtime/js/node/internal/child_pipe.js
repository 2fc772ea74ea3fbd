// This process's end of a child's stdin, stdout, stderr or any other pipe.
'use strict';

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { StringDecoder } = require('string_decoder');
const { unsupported } = require('internal/errors');

class ChildPipe extends EventEmitter {
  /** @type {any} */
  #decoder = null;
  #reading = false;
  #flowing = false;
  #open = 2;
  #closed = false;
  #ending = false;
  #writing = 0;

  /** @param {any} native null for a child that could not be started @param {number} number */
  constructor(native, number) {
    super();
    this._handle = native;
    this.readable = number > 0;
    this.writable = number === 0 || number > 2;
    /** @type {string | null} */
    this.readableEncoding = null;
    if (!this.readable) this.#open--;
    if (!this.writable) this.#open--;
    super.on('newListener', (/** @type {any} */ name) => { if (name === 'data') process.nextTick(() => this.resume()); });
  }

  /** @param {string} encoding */
  setEncoding(encoding) {
    this.#decoder = new StringDecoder(encoding);
    this.readableEncoding = this.#decoder.encoding;
    return this;
  }

  resume() {
    this.#flowing = true;
    this.#read();
    return this;
  }

  pause() {
    this.#flowing = false;
    return this;
  }

  #read() {
    if (!this.readable || !this.#flowing || this.#reading || this.#closed) return;
    if (this._handle === null) {
      process.nextTick(() => this.#ended());
      return;
    }
    this.#reading = true;
    this._handle.read((/** @type {any} */ error, /** @type {Uint8Array} */ bytes) => {
      this.#reading = false;
      if (error || bytes.length === 0) {
        this.#ended();
        return;
      }
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const text = this.#decoder === null ? chunk : this.#decoder.write(chunk);
      if (text.length > 0) this.emit('data', text);
      this.#read();
    });
  }

  #ended() {
    if (!this.readable) return;
    this.readable = false;
    const rest = this.#decoder?.end();
    if (rest) this.emit('data', rest);
    this.emit('end');
    this.#half();
  }

  #half() {
    if (--this.#open <= 0) this.destroy();
  }

  /** @param {string | Uint8Array} chunk @param {any} [encoding] @param {any} [callback] */
  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') [callback, encoding] = [encoding, undefined];
    this.#writing++;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    this._handle?.write(bytes, (/** @type {any} */ error) => {
      this.#writing--;
      if (error) this.destroy(error);
      callback?.(error);
      this.#finish();
    });
    return true;
  }

  /** @param {any} [chunk] @param {any} [encoding] @param {any} [callback] */
  end(chunk, encoding, callback) {
    if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    if (callback) this.once('finish', callback);
    this.#ending = true;
    this.#finish();
    return this;
  }

  #finish() {
    if (!this.#ending || this.#writing > 0 || !this.writable) return;
    this.writable = false;
    this._handle?.shutdown();
    process.nextTick(() => {
      this.emit('finish');
      this.#half();
    });
  }

  /** @param {any} [error] */
  destroy(error) {
    if (this.#closed) return this;
    this.#closed = true;
    this._handle?.close();
    process.nextTick(() => {
      if (error) this.emit('error', error);
      this.emit('close', Boolean(error));
    });
    return this;
  }

  pipe() { throw unsupported("Piping a child's output"); }
  ref() { this._handle?.ref(); return this; }
  unref() { this._handle?.unref(); return this; }
}

module.exports = { ChildPipe };
