// Duplex, which is both; Transform, whose output is made of its input; PassThrough.
'use strict';

const { Readable } = require('internal/stream_readable');
const { Writable } = require('internal/stream_writable');
const { streamError } = require('internal/stream_errors');

/** @this {any} @param {any} [options] */
function Duplex(options) {
  if (!(this instanceof Duplex)) return new /** @type {any} */ (Duplex)(options);
  const duplex = /** @type {any} */ (this);
  duplex.allowHalfOpen = options?.allowHalfOpen !== false;
  Readable.call(duplex, options);
  Writable.call(duplex, options);
  if (options?.readable === false) {
    Object.assign(duplex._readableState, { readable: false, ended: true, endEmitted: true });
  }
  if (options?.writable === false) {
    Object.assign(duplex._writableState, { writable: false, ending: true, ended: true, finished: true });
  }
}
Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);

// What only a Writable has.
for (const name of Reflect.ownKeys(Writable.prototype)) {
  if (name in Duplex.prototype && name !== 'destroy') continue;
  Object.defineProperty(Duplex.prototype, name, /** @type {any} */ (Object.getOwnPropertyDescriptor(Writable.prototype, name)));
}
Object.defineProperty(Duplex.prototype, 'destroyed', {
  /** @this {any} */
  get() {
    if (!this._readableState || !this._writableState) return false;
    return this._readableState.destroyed && this._writableState.destroyed;
  },
  /** @this {any} @param {boolean} value */
  set(value) {
    if (this._readableState && this._writableState) this._readableState.destroyed = this._writableState.destroyed = value;
  },
});

/** @param {any} body */
Duplex.from = (body) => require('internal/stream_iterate').duplexFrom(Duplex, body);
/** @param {any} pair @param {any} [options] */
Duplex.fromWeb = (pair, options) => require('internal/web_adapters').duplexFromWeb(pair, options);
/** @param {any} stream */
Duplex.toWeb = (stream) => require('internal/web_adapters').duplexToWeb(stream);

// Transform ----------------------------------------------------------------------------------

const kCallback = Symbol('kCallback');

/** @this {any} @param {any} [options] */
function Transform(options) {
  if (!(this instanceof Transform)) return new /** @type {any} */ (Transform)(options);
  const given = options?.highWaterMark ?? options?.readableHighWaterMark;
  if (given === 0) {
    // A reading half that keeps nothing: the writing half keeps its own.
    options = { ...options, highWaterMark: null, readableHighWaterMark: 0, writableHighWaterMark: options.writableHighWaterMark || 0 };
  }
  const transform = /** @type {any} */ (this);
  Duplex.call(transform, options);
  // Whatever is transformed is pushed at once; nothing is asked for.
  transform._readableState.sync = false;
  transform[kCallback] = null;
  if (options) {
    if (typeof options.transform === 'function') transform._transform = options.transform;
    if (typeof options.flush === 'function') transform._flush = options.flush;
  }
  // A `_final` of the app's own takes the place of ours, which then still has to run.
  transform.on('prefinish', () => {
    if (transform._final !== final) final.call(transform);
  });
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

/** @this {any} @param {(error?: any) => void} [callback] */
function final(callback) {
  if (typeof this._flush !== 'function' || this.destroyed) {
    this.push(null);
    callback?.();
    return;
  }
  this._flush((/** @type {any} */ error, /** @type {any} */ data) => {
    if (error) {
      if (callback) callback(error);
      else this.destroy(error);
      return;
    }
    if (data !== null && data !== undefined) this.push(data);
    this.push(null);
    callback?.();
  });
}

const proto = /** @type {any} */ (Transform.prototype);
proto._final = final;
proto._transform = function _transform() { throw streamError('ERR_METHOD_NOT_IMPLEMENTED', '_transform()'); };

/** @this {any} @param {any} chunk @param {any} encoding @param {(error?: any) => void} callback */
proto._write = function _write(chunk, encoding, callback) {
  const reads = this._readableState;
  const { length } = reads;
  this._transform(chunk, encoding, (/** @type {any} */ error, /** @type {any} */ data) => {
    if (error) {
      callback(error);
      return;
    }
    if (data !== null && data !== undefined) this.push(data);
    if (this._writableState.ended || length === reads.length || reads.length < reads.highWaterMark) callback();
    else this[kCallback] = callback;
  });
};

proto._read = function _read() {
  const callback = this[kCallback];
  if (callback === null) return;
  this[kCallback] = null;
  callback();
};

// PassThrough --------------------------------------------------------------------------------

/** @this {any} @param {any} [options] */
function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new /** @type {any} */ (PassThrough)(options);
  Transform.call(this, options);
}
Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
Object.setPrototypeOf(PassThrough, Transform);
/** @param {any} chunk @param {any} _encoding @param {(error: any, data: any) => void} callback */
PassThrough.prototype._transform = function _transform(chunk, _encoding, callback) { callback(null, chunk); };

// duplexPair ---------------------------------------------------------------------------------

/** Two streams, each of which reads what was written to the other. @param {any} [options] */
function duplexPair(options) {
  /** The end of a write, which waits until the other side reads.
   * @type {Map<any, () => void>} */
  const waiting = new Map();
  const side = () => new /** @type {any} */ (Duplex)({
    ...options,
    /** @this {any} */
    read() {
      const callback = waiting.get(this);
      waiting.delete(this);
      callback?.();
    },
    /** @this {any} @param {any} chunk @param {any} _encoding @param {() => void} callback */
    write(chunk, _encoding, callback) {
      const other = this === one ? two : one;
      if (chunk.length === 0) {
        process.nextTick(callback);
      } else {
        other.push(chunk);
        waiting.set(other, callback);
      }
    },
    /** @this {any} @param {() => void} callback */
    final(callback) {
      const other = this === one ? two : one;
      other.on('end', callback);
      other.push(null);
    },
  });
  const one = side();
  const two = side();
  return [one, two];
}

module.exports = { Duplex, Transform, PassThrough, duplexPair };
