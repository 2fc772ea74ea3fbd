// The module stream.
'use strict';

const { Stream, getDefaultHighWaterMark, setDefaultHighWaterMark } = require('internal/stream_base');
const { Readable } = require('internal/stream_readable');
const { Writable } = require('internal/stream_writable');
const { Duplex, Transform, PassThrough, duplexPair } = require('internal/stream_duplex');
const { finished } = require('internal/stream_finished');
const { pipeline } = require('internal/stream_pipeline');
const { addAbortSignal } = require('internal/stream_abort');
const { destroyAny } = require('internal/stream_destroy');
const { isDestroyed, isDisturbed, isErrored, isReadable, isWritable } = require('internal/stream_kinds');
const { unsupported } = require('internal/errors');
const { Buffer } = require('buffer');

const custom = Symbol.for('nodejs.util.promisify.custom');
const stream = /** @type {any} */ (Stream);

Object.assign(stream, {
  Stream, Readable, Writable, Duplex, Transform, PassThrough, finished, pipeline, addAbortSignal,
  duplexPair, isDestroyed, isDisturbed, isErrored, isReadable, isWritable, getDefaultHighWaterMark, setDefaultHighWaterMark,
  compose() { throw unsupported('stream.compose'); },
  destroy: destroyAny,
  _isUint8Array: (/** @type {any} */ value) => value instanceof Uint8Array,
  _uint8ArrayToBuffer: (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
});
Object.defineProperty(stream, 'promises', {
  get: () => require('stream/promises'), enumerable: true, configurable: true,
});
for (const [callbackForm, name] of /** @type {[any, string][]} */ ([[finished, 'finished'], [pipeline, 'pipeline']])) {
  Object.defineProperty(callbackForm, custom, { get: () => require('stream/promises')[name], enumerable: true });
}

module.exports = stream;
