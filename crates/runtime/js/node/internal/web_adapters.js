// Between Node's streams and the web's.
'use strict';

const { Buffer } = require('buffer');
const { ReadableStream } = require('internal/web_readable');
const { WritableStream } = require('internal/web_writable');
const { CountQueuingStrategy } = require('internal/web_queue');
const { finished } = require('internal/stream_finished');
const { destroyAny } = require('internal/stream_destroy');
const kinds = require('internal/stream_kinds');
const { AbortError, checkObject, invalidArgType } = require('internal/errors');

/** A stream that closed early was given up. @param {any} error */
const asAbort = (error) => (error?.code === 'ERR_STREAM_PREMATURE_CLOSE' ? new AbortError(undefined, { cause: error }) : error);

/** @param {any} stream @param {any} [options] */
function readableToWeb(stream, options = {}) {
  if (typeof stream?._readableState !== 'object') throw invalidArgType('streamReadable', 'stream.Readable', stream);
  checkObject(options, 'options');
  if (kinds.isDestroyed(stream) || !kinds.isReadable(stream)) {
    const empty = new ReadableStream();
    void empty.cancel();
    return empty;
  }
  const objects = stream.readableObjectMode;
  const mark = stream.readableHighWaterMark;
  const strategy = options.strategy ?? (objects ? new CountQueuingStrategy({ highWaterMark: mark }) : { highWaterMark: mark });
  /** @type {any} */
  let controller;
  let over = false;
  const onData = (/** @type {any} */ chunk) => {
    // The bytes are the reader's from here on: not those of a buffer that others share.
    if (Buffer.isBuffer(chunk) && !objects) chunk = new Uint8Array(chunk);
    controller.enqueue(chunk);
    if (controller.desiredSize <= 0) stream.pause();
  };
  stream.pause();
  const cleanup = finished(stream, (/** @type {any} */ error) => {
    cleanup();
    stream.on('error', () => {});
    if (over) return;
    over = true;
    if (error) controller.error(asAbort(error));
    else controller.close();
  });
  stream.on('data', onData);
  return new ReadableStream({
    start(/** @type {any} */ given) { controller = given; },
    pull() { stream.resume(); },
    cancel(/** @type {any} */ reason) {
      over = true;
      destroyAny(stream, reason);
    },
  }, strategy);
}

/** @param {any} web @param {any} [options] */
function readableFromWeb(web, options = {}) {
  if (!kinds.isWebReadable(web)) throw invalidArgType('readableStream', 'ReadableStream', web);
  checkObject(options, 'options');
  const { Readable } = require('internal/stream_readable');
  const reader = web.getReader();
  let closed = false;
  const readable = new /** @type {any} */ (Readable)({
    ...options,
    /** @this {any} */
    read() {
      reader.read().then((/** @type {any} */ step) => this.push(step.done ? null : step.value), (/** @type {any} */ error) => this.destroy(error));
    },
    destroy(/** @type {any} */ error, /** @type {any} */ callback) {
      const done = () => process.nextTick(callback, error);
      if (closed) done();
      else reader.cancel(error).then(done, (/** @type {any} */ failure) => process.nextTick(callback, error ?? failure));
    },
  });
  reader.closed.then(() => { closed = true; }, (/** @type {any} */ error) => {
    closed = true;
    readable.destroy(error);
  });
  return readable;
}

/** @param {any} stream */
function writableToWeb(stream) {
  if (typeof stream?._writableState !== 'object') throw invalidArgType('streamWritable', 'stream.Writable', stream);
  if (kinds.isDestroyed(stream) || !kinds.isWritable(stream)) {
    const ended = new WritableStream();
    void ended.close();
    return ended;
  }
  const mark = stream.writableHighWaterMark;
  const strategy = stream.writableObjectMode ? new CountQueuingStrategy({ highWaterMark: mark }) : { highWaterMark: mark };
  /** @type {any} */
  let controller;
  /** @type {{ resolve: (value?: any) => void, reject: (reason: any) => void } | null} */
  let drained = null;
  /** @type {{ resolve: (value?: any) => void, reject: (reason: any) => void } | null} */
  let closing = null;
  const cleanup = finished(stream, (/** @type {any} */ error) => {
    const failure = asAbort(error);
    cleanup();
    stream.on('error', () => {});
    if (failure) {
      drained?.reject(failure);
      if (closing) closing.reject(failure);
      else controller.error(failure);
    } else if (closing) {
      closing.resolve();
    } else {
      controller.error(new AbortError());
    }
    drained = closing = null;
  });
  stream.on('drain', () => {
    drained?.resolve();
    drained = null;
  });
  return new WritableStream({
    start(/** @type {any} */ given) { controller = given; },
    async write(/** @type {any} */ chunk) {
      if (stream.writableNeedDrain || !stream.write(chunk)) {
        await new Promise((resolve, reject) => { drained = { resolve, reject }; });
      }
    },
    abort(/** @type {any} */ reason) { destroyAny(stream, reason); },
    async close() {
      if (closing === null && !kinds.isWritableEnded(stream)) {
        const promise = new Promise((resolve, reject) => { closing = { resolve, reject }; });
        stream.end();
        await promise;
      }
    },
  }, strategy);
}

/** @param {any} web @param {any} [options] */
function writableFromWeb(web, options = {}) {
  if (!kinds.isWebWritable(web)) throw invalidArgType('writableStream', 'WritableStream', web);
  checkObject(options, 'options');
  const { Writable } = require('internal/stream_writable');
  const writer = web.getWriter();
  let closed = false;
  /** @param {Promise<any>} promise @param {(error?: any) => void} callback */
  const tell = (promise, callback) => promise.then(() => process.nextTick(callback), (error) => process.nextTick(callback, error));
  const writable = new /** @type {any} */ (Writable)({
    ...options,
    write(/** @type {any} */ chunk, /** @type {any} */ _encoding, /** @type {any} */ callback) {
      tell(writer.ready.then(() => writer.write(chunk)), callback);
    },
    final(/** @type {any} */ callback) {
      if (closed) callback();
      else tell(writer.close(), callback);
    },
    destroy(/** @type {any} */ error, /** @type {any} */ callback) {
      if (closed) {
        process.nextTick(callback, error);
      } else {
        const end = error ? writer.abort(error) : writer.close();
        end.then(() => process.nextTick(callback, error), () => process.nextTick(callback, error));
      }
    },
  });
  writer.closed.then(() => {
    closed = true;
    if (!kinds.isWritableEnded(writable)) writable.destroy(require('internal/stream_errors').streamError('ERR_STREAM_PREMATURE_CLOSE'));
  }, (/** @type {any} */ error) => {
    closed = true;
    writable.destroy(error);
  });
  return writable;
}

/** @param {any} duplex */
function duplexToWeb(duplex) {
  if (typeof duplex?._readableState !== 'object' || typeof duplex?._writableState !== 'object') throw invalidArgType('duplex', 'stream.Duplex', duplex);
  return { writable: writableToWeb(duplex), readable: readableToWeb(duplex) };
}

/** @param {any} pair @param {any} [options] */
function duplexFromWeb(pair, options = {}) {
  checkObject(pair, 'pair');
  checkObject(options, 'options');
  const readable = readableFromWeb(pair.readable, { ...options, objectMode: options.readableObjectMode ?? options.objectMode });
  const writable = writableFromWeb(pair.writable, { ...options, objectMode: options.writableObjectMode ?? options.objectMode });
  const { Duplex } = require('internal/stream_duplex');
  const duplex = Duplex.from({ readable, writable });
  if (options.encoding) duplex.setEncoding(options.encoding);
  return duplex;
}

/** Tells when a web stream is over, by a lock-free look at it. @param {any} web @param {any} options @param {any} callback */
function finishedWeb(web, options, callback) {
  let told = false;
  const tell = (/** @type {any} */ error) => {
    if (told) return;
    told = true;
    process.nextTick(() => callback.call(web, error));
  };
  const { signal } = options;
  const onAbort = () => tell(new AbortError(undefined, { cause: signal.reason }));
  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  const { whenClosed } = require(kinds.isWebReadable(web) ? 'internal/web_readable' : 'internal/web_writable');
  whenClosed(web).then(() => tell(undefined), tell);
  return () => { told = true; };
}

/** @param {any} web @param {any} error */
function errorWeb(web, error) {
  require(kinds.isWebReadable(web) ? 'internal/web_readable' : 'internal/web_writable').errorFromOutside(web, error);
}

module.exports = {
  readableToWeb, readableFromWeb, writableToWeb, writableFromWeb, duplexToWeb, duplexFromWeb, finishedWeb, errorWeb,
};
