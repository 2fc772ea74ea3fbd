// The streams of zlib: each piece of input is coded on this thread, a chunk of output at a time.
'use strict';

const binding = internalBinding('zlib');
const { Transform } = /** @type {any} */ (require('stream'));
const { Buffer } = require('buffer');
const { BROTLI_DECODE, MODES, constants, numberIn, settings, zlibError } = require('internal/zlib_options');
const { checkFunction, codedError, unsupported } = require('internal/errors');
const { callable } = require('internal/crypto_hash');

const { Z_FULL_FLUSH } = constants;

/** Marks a chunk that was not written but asks for what there is. */
const kFlush = Symbol('kFlush');

class ZlibBase extends /** @type {any} */ (Transform) {
  /** @type {any} */
  #native;
  #settings;
  /** Bytes of output until now. */
  #made = 0;
  /** What goes on when the reader wants more. @type {(() => void) | null} */
  #waiting = null;

  /** @param {number} mode @param {any} [options] */
  constructor(mode, options) {
    const checked = settings(mode, options);
    super({ autoDestroy: true, ...options });
    if (options?.info) throw unsupported("zlib's option 'info'");
    this.#settings = checked;
    this.#native = binding.coder(checked.config);
    /** For code that reaches for the binding: it puts a `close` of its own here and back.
     * @type {{ close(): void } | null} */
    this._handle = { close() {} };
    /** Bytes that were taken. */
    this.bytesWritten = 0;
    this._level = checked.config.level;
    this._strategy = checked.config.strategy;
  }

  get _closed() { return this.#native === null; }

  /** One step: a chunk of output at most, and the input that is left; null when all is coded.
   * @param {Uint8Array} input @param {number} flush */
  #step(input, flush) {
    const step = this.#native.write(input, flush, this.#settings.chunkSize);
    if (step.bytes === undefined) throw zlibError(step);
    this.bytesWritten += step.consumed;
    this.#made += step.bytes.length;
    if (this.#made > this.#settings.maxOutputLength) {
      throw zlibError({ message: '', errno: 0 }, this.#settings.maxOutputLength);
    }
    return {
      bytes: Buffer.from(step.bytes.buffer, step.bytes.byteOffset, step.bytes.byteLength),
      rest: step.full ? input.subarray(step.consumed) : null,
    };
  }

  /** @param {any} chunk @param {any} _encoding @param {(error?: any) => void} callback */
  _transform(chunk, _encoding, callback) {
    if (this.#native === null) {
      callback(codedError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'));
      return;
    }
    this.#code(chunk, chunk[kFlush] ?? this.#settings.flush, callback);
  }

  /** Codes until the reader has enough, and goes on when it asks again.
   * @param {Uint8Array} input @param {number} flush @param {(error?: any) => void} callback */
  #code(input, flush, callback) {
    /** @type {Uint8Array | null} */
    let rest = input;
    let wanted = true;
    while (rest !== null && wanted) {
      let step;
      try {
        step = this.#step(rest, flush);
      } catch (error) {
        callback(error);
        return;
      }
      if (step.bytes.length > 0) wanted = this.push(step.bytes);
      // A listener may have destroyed the stream.
      if (this.#native === null) return;
      ({ rest } = step);
    }
    if (rest === null) {
      callback();
      return;
    }
    const later = rest;
    this.#waiting = () => this.#code(later, flush, callback);
  }

  _read() {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) waiting();
    else super._read();
  }

  /** @param {(error?: any) => void} callback */
  _flush(callback) {
    this._transform(Object.assign(Buffer.alloc(0), { [kFlush]: this.#settings.finishFlush }), '', callback);
  }

  /** Everything at once, for callers that reach into zlib's inside. @param {Uint8Array} chunk
   * @param {number} flush @param {any} [callback] */
  _processChunk(chunk, flush, callback) {
    if (typeof callback === 'function') throw unsupported('_processChunk of a zlib stream with a callback');
    const list = [];
    for (let /** @type {Uint8Array | null} */ rest = chunk; rest !== null;) {
      const step = this.#step(rest, flush);
      list.push(step.bytes);
      ({ rest } = step);
    }
    return Buffer.concat(list);
  }

  /** @param {any} kind @param {any} [callback] */
  flush(kind, callback) {
    if (typeof kind === 'function' || (kind === undefined && !callback)) [callback, kind] = [kind, Z_FULL_FLUSH];
    if (this.writableFinished) {
      if (callback) process.nextTick(callback);
    } else if (this.writableEnded) {
      if (callback) this.once('end', callback);
    } else {
      this.write(Object.assign(Buffer.alloc(0), { [kFlush]: kind }), '', callback);
    }
  }

  reset() {
    if (this.#native === null) throw codedError(Error, 'ERR_INTERNAL_ASSERTION', 'zlib binding closed');
    this.#native.reset();
  }

  /** @param {number} level @param {number} strategy @param {any} callback */
  params(level, strategy, callback) {
    const newLevel = numberIn(level, 'level', -1, 9, constants.Z_DEFAULT_LEVEL);
    const newStrategy = numberIn(strategy, 'strategy', 0, 4, constants.Z_DEFAULT_STRATEGY);
    if (newStrategy !== this._strategy) throw unsupported('zlib: another strategy in params()');
    if (newLevel === this._level) {
      process.nextTick(callback);
      return;
    }
    // zlib-rs changes the level of a stream that has not begun.
    if (this.bytesWritten > 0 || this.writableLength > 0 || !this.#native?.setLevel(newLevel)) {
      throw unsupported('zlib: another level in params() once data was written');
    }
    this._level = newLevel;
    process.nextTick(callback);
  }

  /** @param {any} [callback] */
  close(callback) {
    if (callback) {
      checkFunction(callback, 'callback');
      if (this.closed) process.nextTick(callback);
      else this.once('close', callback);
    }
    this.destroy();
  }

  /** @param {any} error @param {(error?: any) => void} callback */
  _destroy(error, callback) {
    this.#native = null;
    this._handle = null;
    callback(error);
  }
}


/** @type {Record<string, any>} */
const classes = {};
for (const [name, mode] of Object.entries({ ...MODES, BrotliDecompress: BROTLI_DECODE })) {
  const Class = class extends ZlibBase {
    /** @param {any} [options] */
    constructor(options) { super(mode, options); }
  };
  classes[name] = callable(Class, name);
}

module.exports = classes;
