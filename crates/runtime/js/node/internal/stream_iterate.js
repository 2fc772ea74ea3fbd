// From a stream to an async iterator, and from anything that can be iterated to a stream.
'use strict';

const { codedError, invalidArgType } = require('internal/errors');
const { bothErrors, nullValue } = require('internal/stream_errors');
const { destroyAny } = require('internal/stream_destroy');

/** The chunks of a stream. Leaving early destroys it, unless the options say otherwise.
 * @param {any} stream @param {{ destroyOnReturn?: boolean }} [options] */
function iterate(stream, options) {
  if (typeof stream.read !== 'function') stream = require('internal/stream_readable').Readable.wrap(stream, { objectMode: true });
  const iterator = chunks(stream, options);
  /** @type {any} */ (iterator).stream = stream;
  return iterator;
}

/** @param {any} stream @param {{ destroyOnReturn?: boolean }} [options] */
async function* chunks(stream, options) {
  /** undefined: it goes on; null: it ended well. @type {any} */
  let error;
  let wake = () => {};
  const onReadable = () => wake();
  stream.on('readable', onReadable);
  const cleanup = require('internal/stream_finished').finished(stream, { writable: false }, (/** @type {any} */ failure) => {
    error = failure ? bothErrors(error, failure) : null;
    wake();
  });
  try {
    for (;;) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) yield chunk;
      else if (error) throw error;
      else if (error === null) return;
      else {
        await new Promise((resolve) => { wake = () => resolve(undefined); });
        wake = () => {};
      }
    }
  } catch (failure) {
    error = bothErrors(error, failure);
    throw error;
  } finally {
    if ((error || options?.destroyOnReturn !== false) && (error === undefined || stream._readableState.autoDestroy)) {
      destroyAny(stream, null);
    } else {
      stream.off('readable', onReadable);
      cleanup();
    }
  }
}

/** @param {any} Readable @param {any} iterable @param {any} [options] */
function from(Readable, iterable, options) {
  if (typeof iterable === 'string' || iterable instanceof Buffer) {
    return new Readable({
      objectMode: true, ...options,
      read() {
        this.push(iterable);
        this.push(null);
      },
    });
  }
  const isAsync = typeof iterable?.[Symbol.asyncIterator] === 'function';
  if (!isAsync && typeof iterable?.[Symbol.iterator] !== 'function') throw invalidArgType('iterable', 'Iterable', iterable);
  const iterator = isAsync ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator]();
  const stream = new Readable({ objectMode: true, highWaterMark: 1, ...options });
  let reading = false;

  stream._read = () => {
    if (reading) return;
    reading = true;
    void next();
  };

  async function next() {
    for (;;) {
      try {
        const step = isAsync ? await iterator.next() : iterator.next();
        if (step.done) {
          stream.push(null);
        } else {
          const value = typeof step.value?.then === 'function' ? await step.value : step.value;
          if (value === null) {
            reading = false;
            throw nullValue();
          }
          if (stream.push(value)) continue;
          reading = false;
        }
      } catch (error) {
        stream.destroy(error);
      }
      return;
    }
  }

  stream._destroy = (/** @type {any} */ error, /** @type {(error?: any) => void} */ callback) => {
    close(error).then(() => process.nextTick(callback, error), (failure) => process.nextTick(callback, failure || error));
  };

  /** Tells the source that nobody reads on. @param {any} error */
  async function close(error) {
    if (error !== undefined && error !== null && typeof iterator.throw === 'function') {
      const { value, done } = await iterator.throw(error);
      await value;
      if (done) return;
    }
    if (typeof iterator.return === 'function') {
      const { value } = await iterator.return();
      await value;
    }
  }
  return stream;
}

/** A duplex stream of nearly anything. @param {any} Duplex @param {any} body */
function duplexFrom(Duplex, body) {
  const kinds = require('internal/stream_kinds');
  const { Readable } = require('internal/stream_readable');
  if (kinds.isDuplexStream(body)) return body;
  if (typeof body === 'function') return fromFunction(Duplex, body);
  if (kinds.isReadableSide(body)) return joined(Duplex, body, undefined);
  if (kinds.isWritableSide(body)) return joined(Duplex, undefined, body);
  if (kinds.isWebReadable(body)) return joined(Duplex, Readable.fromWeb(body), undefined);
  if (kinds.isWebWritable(body)) return joined(Duplex, undefined, require('internal/stream_writable').Writable.fromWeb(body));
  if (kinds.isIterable(body)) return from(Duplex, body, { writable: false });
  if (typeof body?.readable === 'object' || typeof body?.writable === 'object') {
    const half = (/** @type {any} */ side) => (side === undefined || kinds.isStream(side) ? side : duplexFrom(Duplex, side));
    return joined(Duplex, half(body.readable), half(body.writable));
  }
  if (typeof body?.then === 'function') {
    return from(Duplex, (async function* once() {
      const value = await body;
      if (value !== null && value !== undefined) yield value;
    })(), { objectMode: true, writable: false });
  }
  throw invalidArgType('stream', ['Function', 'Iterable', 'AsyncIterable', 'Stream', 'Promise'], body);
}

/** An async generator function over what is written. @param {any} Duplex @param {Function} body */
function fromFunction(Duplex, body) {
  const { PassThrough } = require('internal/stream_duplex');
  const input = new PassThrough({ objectMode: true });
  const output = body(iterate(input));
  if (typeof output?.[Symbol.asyncIterator] === 'function') {
    return joined(Duplex, from(require('internal/stream_readable').Readable, output), input);
  }
  if (typeof output?.then === 'function') {
    const duplex = joined(Duplex, undefined, input);
    output.then((/** @type {any} */ value) => {
      if (value != null) duplex.destroy(codedError(TypeError, 'ERR_INVALID_RETURN_VALUE', 'Expected nully to be returned from the "body" function'));
    }, (/** @type {any} */ error) => duplex.destroy(error));
    return duplex;
  }
  throw codedError(TypeError, 'ERR_INVALID_RETURN_VALUE',
    'Expected Iterable, AsyncIterable or AsyncFunction to be returned from the "body" function');
}

/** One stream of a readable and a writable. @param {any} Duplex @param {any} source @param {any} target */
function joined(Duplex, source, target) {
  const { finished } = require('internal/stream_finished');
  /** @type {((error?: any) => void) | null} */
  let onDrain = null;
  let ending = 0;
  const duplex = new Duplex({
    readableObjectMode: Boolean(source?.readableObjectMode), writableObjectMode: Boolean(target?.writableObjectMode),
    readable: Boolean(source), writable: Boolean(target),
    read() {
      for (let chunk; (chunk = source.read()) !== null;) if (!duplex.push(chunk)) return;
    },
    write(/** @type {any} */ chunk, /** @type {any} */ encoding, /** @type {any} */ callback) {
      if (target.write(chunk, encoding)) callback();
      else onDrain = callback;
    },
    final(/** @type {any} */ callback) {
      target.end();
      target.once('finish', () => callback());
    },
    destroy(/** @type {any} */ error, /** @type {any} */ callback) {
      destroyAny(source, error);
      destroyAny(target, error);
      callback(error);
    },
  });
  if (source) {
    ending++;
    source.on('readable', () => duplex._read());
    source.on('end', () => duplex.push(null));
  }
  if (target) {
    ending++;
    target.on('drain', () => {
      const callback = onDrain;
      onDrain = null;
      callback?.();
    });
  }
  for (const [half, halves] of /** @type {[any, any][]} */ ([[source, { writable: false }], [target, { readable: false }]])) {
    if (half) {
      finished(half, halves, (/** @type {any} */ error) => {
        ending--;
        if (error) duplex.destroy(error);
        else if (ending === 0 && duplex.writableFinished !== false && duplex.readableEnded) duplex.destroy();
      });
    }
  }
  return duplex;
}

module.exports = { iterate, from, duplexFrom };
