// finished: tells once when a stream is over, and how.
'use strict';

const kinds = require('internal/stream_kinds');
const { streamError } = require('internal/stream_errors');
const { AbortError, checkAbortSignal, checkFunction, checkObject, invalidArgType } = require('internal/errors');

/** @param {any} stream a request of an HTTP client */
const isRequest = (stream) => Boolean(stream.setHeader && typeof stream.abort === 'function');

/** @param {any} stream @param {any} options @param {any} [callback] @returns {() => void} removes the listeners */
function finished(stream, options, callback) {
  if (arguments.length === 2 || typeof options === 'function') {
    callback = options;
    options = {};
  } else if (options == null) {
    options = {};
  } else {
    checkObject(options, 'options');
  }
  checkFunction(callback, 'callback');
  checkAbortSignal(options.signal, 'options.signal');
  if (kinds.isWebReadable(stream) || kinds.isWebWritable(stream)) {
    return require('internal/web_adapters').finishedWeb(stream, options, callback);
  }
  if (!kinds.isStream(stream)) throw invalidArgType('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);

  const reads = options.readable ?? kinds.isReadableSide(stream);
  const writes = options.writable ?? kinds.isWritableSide(stream);
  const writeState = stream._writableState;
  const readState = stream._readableState;
  let told = false;
  /** @param {any} [error] */
  const tell = (error) => {
    if (told) return;
    told = true;
    if (error === undefined) callback.call(stream);
    else callback.call(stream, error);
  };

  // A stream that will say 'close' is over then and not before: but not one of whose halves
  // only one is asked about.
  let waitsForClose = kinds.willEmitClose(stream) && kinds.isReadableSide(stream) === reads && kinds.isWritableSide(stream) === writes;
  let writeDone = kinds.isWritableFinished(stream, false);
  let readDone = kinds.isReadableFinished(stream, false);
  let closed = kinds.isClosed(stream);

  const onFinish = () => {
    writeDone = true;
    if (stream.destroyed) waitsForClose = false;
    if (waitsForClose && (!stream.writable || reads)) return;
    if (!reads || readDone) tell();
  };
  const onEnd = () => {
    readDone = true;
    if (stream.destroyed) waitsForClose = false;
    if (waitsForClose && (!stream.readable || writes)) return;
    if (!writes || writeDone) tell();
  };
  const onError = (/** @type {any} */ error) => tell(error);
  /** The error of a stream that has one. */
  const kept = () => {
    const error = writeState?.errored || readState?.errored;
    return error && typeof error !== 'boolean' ? error : undefined;
  };
  const onClose = () => {
    closed = true;
    const error = kept();
    if (error !== undefined) tell(error);
    else if (reads && !readDone && kinds.isReadableSide(stream, true) && !kinds.isReadableFinished(stream, false)) {
      tell(streamError('ERR_STREAM_PREMATURE_CLOSE'));
    } else if (writes && !writeDone && !kinds.isWritableFinished(stream, false)) {
      tell(streamError('ERR_STREAM_PREMATURE_CLOSE'));
    } else tell();
  };
  const onClosed = () => {
    closed = true;
    tell(kept());
  };
  const onLegacy = () => {
    if (!stream.writable) onFinish();
  };
  const onRequest = () => stream.req.on('finish', onFinish);

  /** @type {[any, string, (...args: any[]) => void][]} */
  const listening = [];
  const listen = (/** @type {string} */ name, /** @type {(...args: any[]) => void} */ listener) => {
    listening.push([stream, name, listener]);
    stream.on(name, listener);
  };
  if (isRequest(stream)) {
    listen('complete', onFinish);
    if (!waitsForClose) listen('abort', onClose);
    if (stream.req) onRequest();
    else listen('request', onRequest);
  } else if (writes && !writeState) {
    listen('end', onLegacy);
    listen('close', onLegacy);
  }
  if (!waitsForClose && typeof stream.aborted === 'boolean') listen('aborted', onClose);
  listen('end', onEnd);
  listen('finish', onFinish);
  if (options.error !== false) listen('error', onError);
  listen('close', onClose);

  if (closed) {
    process.nextTick(onClose);
  } else if (writeState?.errorEmitted || readState?.errorEmitted) {
    if (!waitsForClose) process.nextTick(onClosed);
  } else if (!reads && (!waitsForClose || kinds.isReadable(stream)) && (writeDone || kinds.isWritable(stream) === false)) {
    process.nextTick(onClosed);
  } else if (!writes && (!waitsForClose || kinds.isWritable(stream)) && (readDone || kinds.isReadable(stream) === false)) {
    process.nextTick(onClosed);
  } else if (readState && stream.req && stream.aborted) {
    process.nextTick(onClosed);
  }

  const cleanup = () => {
    told = true;
    for (const [target, name, listener] of listening) target.removeListener(name, listener);
    stream.req?.removeListener?.('finish', onFinish);
  };
  const { signal } = options;
  if (signal && !closed) {
    const abort = () => {
      if (told) return;
      cleanup();
      callback.call(stream, new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) {
      process.nextTick(abort);
    } else {
      signal.addEventListener('abort', abort, { once: true });
      const inner = callback;
      /** @this {any} @param {...any} args */
      callback = function callback(...args) {
        signal.removeEventListener('abort', abort);
        inner.apply(this, args);
      };
    }
  }
  return cleanup;
}

/** @param {any} stream @param {any} [options] @returns {Promise<void>} */
function finishedPromise(stream, options) {
  if (options?.cleanup !== undefined) require('internal/errors').checkBoolean(options.cleanup, 'cleanup');
  return new Promise((resolve, reject) => {
    const cleanup = finished(stream, options ?? {}, (/** @type {any} */ error) => {
      if (options?.cleanup) cleanup();
      if (error) reject(error);
      else resolve();
    });
  });
}

module.exports = { finished, finishedPromise };
