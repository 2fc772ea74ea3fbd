// What every stream inherits from: an emitter with the `pipe` that streams had before they had
// Readable and Writable. And how much a stream may keep.
'use strict';

const EventEmitter = require('events');
const { invalidArgValue, checkInteger } = require('internal/errors');

/** @this {any} @param {any} [options] */
function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

/** @this {any} @param {any} target @param {{ end?: boolean }} [options] */
Stream.prototype.pipe = function pipe(target, options) {
  const source = this;
  let ended = false;
  const onData = (/** @type {any} */ chunk) => {
    if (target.writable && target.write(chunk) === false && source.pause) source.pause();
  };
  const onDrain = () => {
    if (source.readable && source.resume) source.resume();
  };
  const onEnd = () => {
    if (ended) return;
    ended = true;
    target.end();
  };
  const onClose = () => {
    if (ended) return;
    ended = true;
    if (typeof target.destroy === 'function') target.destroy();
  };
  /** @this {any} @param {any} error */
  function onError(error) {
    cleanup();
    if (this.listenerCount('error') === 0) this.emit('error', error);
  }
  const cleanup = () => {
    source.removeListener('data', onData);
    target.removeListener('drain', onDrain);
    source.removeListener('end', onEnd);
    source.removeListener('close', onClose);
    source.removeListener('error', onError);
    target.removeListener('error', onError);
    source.removeListener('end', cleanup);
    source.removeListener('close', cleanup);
    target.removeListener('close', cleanup);
  };
  source.on('data', onData);
  target.on('drain', onDrain);
  if (!target._isStdio && (!options || options.end !== false)) {
    source.on('end', onEnd);
    source.on('close', onClose);
  }
  source.prependListener('error', onError);
  target.prependListener('error', onError);
  source.on('end', cleanup);
  source.on('close', cleanup);
  target.on('close', cleanup);
  target.emit('pipe', source);
  return target;
};

/** The errors of an emitter have a listener that comes before those of the app.
 * @param {any} emitter @param {Function} listener */
function prependErrorListener(emitter, listener) {
  if (typeof emitter.prependListener === 'function') emitter.prependListener('error', listener);
  else emitter.on('error', listener);
}

// How much a stream keeps before it asks its source to wait ----------------------------------

let defaultBytes = 16 * 1024;
let defaultObjects = 16;

/** @param {boolean} objectMode */
const getDefaultHighWaterMark = (objectMode) => (objectMode ? defaultObjects : defaultBytes);

/** @param {boolean} objectMode @param {number} value */
function setDefaultHighWaterMark(objectMode, value) {
  checkInteger(value, 'value', 0);
  if (objectMode) defaultObjects = value;
  else defaultBytes = value;
}

/** @param {any} state @param {any} options @param {string} ownName the option of this half @param {boolean} isDuplex */
function highWaterMark(state, options, ownName, isDuplex) {
  const given = options?.highWaterMark ?? (isDuplex ? options?.[ownName] : null) ?? null;
  if (given === null) return getDefaultHighWaterMark(state.objectMode);
  if (!Number.isInteger(given) || given < 0) {
    throw invalidArgValue(isDuplex ? `options.${ownName}` : 'options.highWaterMark', given);
  }
  return Math.floor(given);
}

module.exports = { Stream, prependErrorListener, getDefaultHighWaterMark, setDefaultHighWaterMark, highWaterMark };
