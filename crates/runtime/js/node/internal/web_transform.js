// TransformStream, and those of text.
'use strict';

const { kInspect, deferred, call, handled, invalidState, illegalConstructor, method, rangeError, show, finish } = require('internal/web_queue');
const { ReadableStream, kState: kReadable } = require('internal/web_readable');
const { WritableStream, errorIfNeeded } = require('internal/web_writable');

const kState = Symbol('state');
const kCreate = Symbol('create');

class TransformStreamDefaultController {
  /** @param {any} key @param {any} state */
  constructor(key, state) {
    if (key !== kCreate) throw illegalConstructor();
    Object.defineProperty(this, kState, { value: state });
  }

  get desiredSize() { return this[kState].output.desiredSize; }

  /** @param {any} [chunk] */
  enqueue(chunk) {
    const state = this[kState];
    const { output } = state;
    if (!output._canGoOn()) throw invalidState('Unable to enqueue');
    try {
      output._enqueue(chunk);
    } catch (error) {
      failWriting(state, error);
      throw state.readable[kReadable].error;
    }
    const full = !(output.desiredSize > 0) && output._canGoOn();
    if (full && !state.backpressure) setBackpressure(state, true);
  }

  /** @param {any} [reason] */
  error(reason) { fail(this[kState], reason); }

  terminate() {
    const state = this[kState];
    if (state.output._canGoOn()) state.output._close();
    failWriting(state, invalidState('TransformStream terminated'));
  }
}

/** @param {any} state @param {boolean} backpressure */
function setBackpressure(state, backpressure) {
  state.changed?.resolve();
  state.changed = deferred();
  state.backpressure = backpressure;
}

/** Both sides fail. @param {any} state @param {any} error */
function fail(state, error) {
  state.output._error(error);
  failWriting(state, error);
}

/** @param {any} state @param {any} error */
function failWriting(state, error) {
  errorIfNeeded(state.writable, error);
  // A write that waits for room finds the error.
  if (state.backpressure) setBackpressure(state, false);
}

class TransformStream {
  /** @param {any} [transformer] @param {any} [writableStrategy] @param {any} [readableStrategy] */
  constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
    for (const name of ['readableType', 'writableType']) {
      if (transformer?.[name] !== undefined) throw rangeError(`transformer.${name}`, transformer[name]);
    }
    const [start, transform, flush, cancel] = ['start', 'transform', 'flush', 'cancel']
      .map((name) => method(transformer, name, 'transformer')?.bind(transformer));
    const begun = deferred();
    /** @type {any} */
    const state = { backpressure: true, changed: deferred(), output: null, readable: null, writable: null };
    const controller = new TransformStreamDefaultController(kCreate, state);
    const run = transform ?? ((/** @type {any} */ chunk) => controller.enqueue(chunk));

    state.writable = new WritableStream({
      start: () => begun.promise,
      async write(/** @type {any} */ chunk, /** @type {any} */ output) {
        if (state.backpressure) await state.changed.promise;
        if (output.signal.aborted) throw output.signal.reason;
        const failure = state.readable[kReadable];
        if (failure.state === 'errored') throw failure.error;
        try {
          await call(run, undefined, chunk, controller);
        } catch (error) {
          fail(state, error);
          throw error;
        }
      },
      async close() {
        try {
          await call(flush, undefined, controller);
        } catch (error) {
          fail(state, error);
          throw error;
        }
        if (state.readable[kReadable].state === 'errored') throw state.readable[kReadable].error;
        if (state.output._canGoOn()) state.output._close();
      },
      async abort(/** @type {any} */ reason) {
        try {
          await call(cancel, undefined, reason);
        } finally {
          state.output._error(reason);
        }
      },
    }, writableStrategy);
    state.readable = new ReadableStream({
      start(/** @type {any} */ output) {
        state.output = output;
        return begun.promise;
      },
      pull() {
        setBackpressure(state, false);
        return state.changed.promise;
      },
      async cancel(/** @type {any} */ reason) {
        await call(cancel, undefined, reason);
        failWriting(state, reason);
      },
    }, { highWaterMark: 0, ...readableStrategy });
    Object.defineProperty(this, kState, { value: state });
    handled(begun.promise);
    begun.resolve(start?.(controller));
  }

  get readable() { return this[kState].readable; }
  get writable() { return this[kState].writable; }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    const { readable, writable, backpressure } = this[kState];
    return show('TransformStream', { readable, writable, backpressure }, depth, options, inspect);
  }
}

// Text ---------------------------------------------------------------------------------------

class TextEncoderStream {
  #pair;

  constructor() {
    const encoder = new TextEncoder();
    // The first half of a character that came in two pieces.
    let rest = '';
    this.#pair = new TransformStream({
      transform(/** @type {any} */ chunk, /** @type {any} */ controller) {
        let text = rest + String(chunk);
        rest = '';
        if (/[\uD800-\uDBFF]$/.test(text)) {
          rest = text.slice(-1);
          text = text.slice(0, -1);
        }
        if (text !== '') controller.enqueue(encoder.encode(text));
      },
      flush(/** @type {any} */ controller) {
        if (rest !== '') controller.enqueue(encoder.encode(rest));
      },
    });
  }

  get encoding() { return 'utf-8'; }
  get readable() { return this.#pair.readable; }
  get writable() { return this.#pair.writable; }
}

class TextDecoderStream {
  #decoder;
  #pair;

  /** @param {string} [encoding] @param {any} [options] */
  constructor(encoding = 'utf-8', options = {}) {
    const decoder = new TextDecoder(encoding, options);
    this.#decoder = decoder;
    this.#pair = new TransformStream({
      transform(/** @type {any} */ chunk, /** @type {any} */ controller) {
        const text = decoder.decode(chunk, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(/** @type {any} */ controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
  }

  get encoding() { return this.#decoder.encoding; }
  get fatal() { return this.#decoder.fatal; }
  get ignoreBOM() { return this.#decoder.ignoreBOM; }
  get readable() { return this.#pair.readable; }
  get writable() { return this.#pair.writable; }
}

for (const Class of [TransformStream, TransformStreamDefaultController, TextEncoderStream, TextDecoderStream]) finish(Class);
// Node's two have no name of their own.
for (const Class of [TextEncoderStream, TextDecoderStream]) delete (/** @type {any} */ (Class.prototype)[Symbol.toStringTag]);

module.exports = { TransformStream, TransformStreamDefaultController, TextEncoderStream, TextDecoderStream };
