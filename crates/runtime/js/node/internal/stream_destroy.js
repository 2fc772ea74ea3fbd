// How streams come to life (`construct`) and how they end: destroy, 'error' and 'close'.
'use strict';

const { AbortError } = require('internal/errors');
const { bothErrors, streamError } = require('internal/stream_errors');

const kDestroy = Symbol('kDestroy');
const kConstruct = Symbol('kConstruct');
const kDestroyed = Symbol('kDestroyed');

/** Sets a field of the state of both halves. @param {any} stream @param {string} name @param {any} value */
function setBoth(stream, name, value) {
  if (stream._writableState) stream._writableState[name] = value;
  if (stream._readableState) stream._readableState[name] = value;
}

/** The first error of a stream is the one that it keeps. @param {any} stream @param {any} error */
function keepError(stream, error) {
  if (!error) return;
  // An error that nobody asks for its stack shows where it was made.
  void error.stack;
  for (const state of [stream._writableState, stream._readableState]) {
    if (state && !state.errored) state.errored = error;
  }
}

/** @this {any} @param {any} [error] @param {(error?: any) => void} [callback] */
function destroy(error, callback) {
  const reads = this._readableState;
  const writes = this._writableState;
  if (writes?.destroyed || reads?.destroyed) {
    callback?.();
    return this;
  }
  keepError(this, error);
  setBoth(this, 'destroyed', true);
  if ((writes ?? reads).constructed) {
    runDestroy(this, error, callback);
  } else {
    this.once(kDestroy, (/** @type {any} */ late) => runDestroy(this, bothErrors(late, error), callback));
  }
  return this;
}

/** @param {any} stream @param {any} error @param {((error?: any) => void) | undefined} callback */
function runDestroy(stream, error, callback) {
  let called = false;
  /** @param {any} [failure] */
  const done = (failure) => {
    if (called) return;
    called = true;
    keepError(stream, failure);
    setBoth(stream, 'closed', true);
    callback?.(failure);
    if (failure) process.nextTick(emitErrorAndClose, stream, failure);
    else process.nextTick(emitClose, stream);
  };
  try {
    stream._destroy(error || null, done);
  } catch (failure) {
    done(failure);
  }
}

/** @param {any} stream @param {any} error */
function emitErrorAndClose(stream, error) {
  emitError(stream, error);
  emitClose(stream);
}

/** @param {any} stream */
function emitClose(stream) {
  setBoth(stream, 'closeEmitted', true);
  if (stream._writableState?.emitClose || stream._readableState?.emitClose) stream.emit('close');
}

/** @param {any} stream @param {any} error */
function emitError(stream, error) {
  if (stream._writableState?.errorEmitted || stream._readableState?.errorEmitted) return;
  setBoth(stream, 'errorEmitted', true);
  stream.emit('error', error);
}

/** Makes a destroyed stream as good as new: for what opens anew. @this {any} */
function undestroy() {
  for (const [state, over] of [[this._readableState, 'readable'], [this._writableState, 'writable']]) {
    if (!state) continue;
    Object.assign(state, {
      constructed: true, closed: false, closeEmitted: false, destroyed: false, errored: null, errorEmitted: false,
    });
    const open = state[over] !== false;
    if (over === 'readable') Object.assign(state, { reading: false, ended: !open, endEmitted: !open });
    else Object.assign(state, { finalCalled: false, prefinished: false, ended: !open, ending: !open, finished: !open });
  }
}

/** What a stream does about an error of its own. @param {any} stream @param {any} error @param {boolean} [sync] */
function errorOrDestroy(stream, error, sync) {
  const reads = stream._readableState;
  const writes = stream._writableState;
  if (writes?.destroyed || reads?.destroyed) return;
  if (reads?.autoDestroy || writes?.autoDestroy) {
    stream.destroy(error);
  } else if (error) {
    keepError(stream, error);
    if (sync) process.nextTick(emitError, stream, error);
    else emitError(stream, error);
  }
}

/** Runs `_construct`, if the stream has one, before anything is read or written; then `ready`.
 * @param {any} stream @param {() => void} ready */
function construct(stream, ready) {
  if (typeof stream._construct !== 'function') return;
  setBoth(stream, 'constructed', false);
  stream.once(kConstruct, ready);
  // Both halves of a duplex stream come here; the stream is made once.
  if (stream.listenerCount(kConstruct) > 1) return;
  process.nextTick(runConstruct, stream);
}

/** @param {any} stream */
function runConstruct(stream) {
  let called = false;
  const done = (/** @type {any} */ error) => {
    if (called) {
      errorOrDestroy(stream, error ?? streamError('ERR_MULTIPLE_CALLBACK'));
      return;
    }
    called = true;
    setBoth(stream, 'constructed', true);
    const state = stream._writableState ?? stream._readableState;
    if (state.destroyed) stream.emit(kDestroy, error);
    else if (error) errorOrDestroy(stream, error, true);
    else stream.emit(kConstruct);
  };
  try {
    stream._construct((/** @type {any} */ error) => process.nextTick(done, error));
  } catch (error) {
    process.nextTick(done, error);
  }
}

/** Ends any stream, also one that is no child of ours. @param {any} stream @param {any} [error] */
function destroyAny(stream, error) {
  if (!stream || stream.destroyed || stream._writableState?.destroyed || stream._readableState?.destroyed || stream[kDestroyed]) return;
  const { isFinished } = require('internal/stream_kinds');
  if (!error && !isFinished(stream)) error = new AbortError();
  if (typeof stream.setHeader === 'function' && typeof stream.abort === 'function') stream.abort();
  else if (typeof stream.destroy === 'function') stream.destroy(error);
  else if (typeof stream.close === 'function') stream.close();
  else if (error) process.nextTick(() => stream.emit('error', error));
  if (!stream.destroyed) stream[kDestroyed] = true;
}

module.exports = { destroy, undestroy, errorOrDestroy, construct, destroyAny, kDestroyed };
