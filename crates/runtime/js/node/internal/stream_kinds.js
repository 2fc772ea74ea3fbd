// What an object is among streams, and how far it has come. A null says that nobody can know.
'use strict';

const kDestroyed = () => require('internal/stream_destroy').kDestroyed;

/** @param {any} value */
const isStream = (value) => Boolean(value && (value._readableState || value._writableState ||
  (typeof value.write === 'function' && typeof value.on === 'function') ||
  (typeof value.pipe === 'function' && typeof value.on === 'function')));

/** @param {any} value @param {boolean} [strict] */
const isReadableSide = (value, strict = false) => Boolean(value && typeof value.pipe === 'function' &&
  typeof value.on === 'function' &&
  (!strict || (typeof value.pause === 'function' && typeof value.resume === 'function')) &&
  (!value._writableState || value._readableState?.readable !== false) &&
  (!value._writableState || value._readableState));

/** @param {any} value */
const isWritableSide = (value) => Boolean(value && typeof value.write === 'function' && typeof value.on === 'function' &&
  (!value._readableState || value._writableState?.writable !== false));

/** @param {any} value */
const isDuplexStream = (value) => Boolean(value && typeof value.pipe === 'function' && value._readableState &&
  typeof value.on === 'function' && typeof value.write === 'function');

/** Of the web's streams. @param {any} value */
const isWebReadable = (value) => Boolean(value && !isStream(value) && typeof value.pipeThrough === 'function' &&
  typeof value.getReader === 'function' && typeof value.cancel === 'function');
/** @param {any} value */
const isWebWritable = (value) => Boolean(value && !isStream(value) && typeof value.getWriter === 'function' &&
  typeof value.abort === 'function');

/** @param {any} value @param {boolean} [wantsAsync] only async iteration counts, or only sync */
function isIterable(value, wantsAsync) {
  if (value == null) return false;
  if (wantsAsync === true) return typeof value[Symbol.asyncIterator] === 'function';
  if (wantsAsync === false) return typeof value[Symbol.iterator] === 'function';
  return typeof value[Symbol.asyncIterator] === 'function' || typeof value[Symbol.iterator] === 'function';
}

/** @param {any} stream */
function isDestroyed(stream) {
  if (!isStream(stream)) return null;
  const state = stream._writableState ?? stream._readableState;
  return Boolean(stream.destroyed || stream[kDestroyed()] || state?.destroyed);
}

/** @param {any} stream @param {boolean} [strict] also what was not read yet has to be gone */
function isReadableFinished(stream, strict = true) {
  if (!isStream(stream)) return null;
  const state = stream._readableState;
  if (state?.errored) return false;
  if (typeof state?.endEmitted !== 'boolean') return null;
  return Boolean(state.endEmitted || (!strict && state.ended === true && state.length === 0));
}

/** @param {any} stream @param {boolean} [strict] */
function isWritableFinished(stream, strict = true) {
  if (!isStream(stream)) return null;
  if (stream.writableFinished === true) return true;
  const state = stream._writableState;
  if (state?.errored) return false;
  if (typeof state?.finished !== 'boolean') return null;
  return Boolean(state.finished || (!strict && state.ended === true && state.length === 0));
}

/** @param {any} stream */
function isReadableEnded(stream) {
  if (!isReadableSide(stream)) return null;
  if (stream.readableEnded === true) return true;
  const state = stream._readableState;
  if (!state || state.errored) return false;
  return typeof state.ended === 'boolean' ? state.ended : null;
}

/** @param {any} stream */
function isWritableEnded(stream) {
  if (!isWritableSide(stream)) return null;
  if (stream.writableEnded === true) return true;
  const state = stream._writableState;
  if (!state || state.errored) return false;
  return typeof state.ended === 'boolean' ? state.ended : null;
}

/** Whether there may be more to read. @param {any} stream */
function isReadable(stream) {
  if (isWebReadable(stream)) return stream[Symbol.for('nodejs.stream.readable')] ?? null;
  if (typeof stream?.readable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isReadableSide(stream) && stream.readable && !isReadableFinished(stream);
}

/** Whether more may be written. @param {any} stream */
function isWritable(stream) {
  if (typeof stream?.writable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isWritableSide(stream) && stream.writable && !isWritableEnded(stream);
}

/** @param {any} stream */
const isErrored = (stream) => Boolean(isWebReadable(stream)
  ? stream[Symbol.for('nodejs.stream.errored')]
  : stream?._readableState?.errored || stream?._writableState?.errored || stream?.readableErrored || stream?.writableErrored);

/** Whether nothing comes from it or goes to it any more.
 * @param {any} stream @param {{ readable?: boolean, writable?: boolean }} [halves] */
function isFinished(stream, halves) {
  if (!isStream(stream)) return null;
  if (isDestroyed(stream)) return true;
  if (halves?.readable !== false && isReadable(stream)) return false;
  if (halves?.writable !== false && isWritable(stream)) return false;
  return true;
}

/** @param {any} stream */
const isDisturbed = (stream) => Boolean(isWebReadable(stream)
  ? stream[Symbol.for('nodejs.stream.disturbed')]
  : stream && (stream.readableDidRead || stream.readableAborted));

/** @param {any} stream */
function isClosed(stream) {
  if (!isStream(stream)) return null;
  if (typeof stream.closed === 'boolean') return stream.closed;
  const { _readableState: reads, _writableState: writes } = stream;
  if (typeof writes?.closed === 'boolean' || typeof reads?.closed === 'boolean') return writes?.closed || reads?.closed;
  return null;
}

/** @param {any} stream */
function willEmitClose(stream) {
  if (!isStream(stream)) return null;
  const { _readableState: reads, _writableState: writes } = stream;
  const state = writes ?? reads;
  return Boolean(state && state.autoDestroy && state.emitClose && state.closed === false);
}

module.exports = {
  isStream, isReadableSide, isWritableSide, isDuplexStream, isWebReadable, isWebWritable, isIterable, isDestroyed,
  isReadableFinished, isWritableFinished, isReadableEnded, isWritableEnded, isReadable, isWritable, isErrored,
  isFinished, isDisturbed, isClosed, willEmitClose,
};
