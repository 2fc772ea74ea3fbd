// The interfaces of readline and readline/promises: lines out of a stream, questions and answers.
'use strict';

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { checkAbortSignal, codedError, invalidArgValue } = require('internal/errors');

const LINE_END = /\r?\n|\r(?!\n)/;
const SHORTEST_DELAY = 100;
/** Lines that wait for who iterates; at this many the input is paused. */
const MOST_LINES = 1024;

/** @param {any} reader @param {string} query @param {((answer: string) => void) | null} callback null: the question is withdrawn */
function ask(reader, query, callback) { LineReader._ask(reader, query, callback); }

class LineReader extends EventEmitter {
  #decoder = new StringDecoder('utf8');
  /** What came of a line so far. */
  #rest = '';
  /** When a chunk ended with a return, which a newline may belong to. */
  #returnedAt = 0;
  #prompt = '> ';
  /** The prompt that a question took the place of. */
  #formerPrompt = '> ';
  /** @type {((answer: string) => void) | null} */
  #answer = null;
  #removeListeners;

  /** @param {any} input @param {any} [output] @param {any} [completer] @param {boolean} [terminal] */
  constructor(input, output, completer, terminal) {
    super();
    /** @type {any} */
    let options = { output, completer, terminal };
    if (input?.input) {
      options = input;
      ({ input } = options);
    }
    const { prompt, crlfDelay, signal } = options;
    checkAbortSignal(signal, 'options.signal');
    if (options.completer !== undefined && typeof options.completer !== 'function') throw invalidArgValue('completer', options.completer);
    if (options.historySize !== undefined) {
      const { historySize } = options;
      if (typeof historySize !== 'number' || Number.isNaN(historySize) || historySize < 0) {
        require('internal/errors').checkNumber(historySize, 'historySize', 0);
      }
    }
    this.line = '';
    /** Only a terminal's editor has one. @type {number | undefined} */
    this.cursor = undefined;
    this.input = input;
    this.output = options.output;
    this.terminal = Boolean(options.terminal ?? options.output?.isTTY);
    this.closed = false;
    this.paused = false;
    this.crlfDelay = crlfDelay ? Math.max(SHORTEST_DELAY, crlfDelay) : SHORTEST_DELAY;
    if (prompt !== undefined) this.#prompt = this.#formerPrompt = `${prompt}`;

    /** @type {[string, (...args: any[]) => void][]} */
    const listeners = [['data', (chunk) => this.#take(chunk)], ['end', () => this.#end()], ['error', (error) => this.emit('error', error)]];
    for (const [name, listener] of listeners) input.on(name, listener);
    this.#removeListeners = () => {
      for (const [name, listener] of listeners) if (name !== 'error') input.removeListener(name, listener);
    };
    input.resume();
    if (signal?.aborted) {
      process.nextTick(() => this.close());
    } else if (signal) {
      const close = () => this.close();
      signal.addEventListener('abort', close, { once: true });
      this.once('close', () => signal.removeEventListener('abort', close));
    }
  }

  /** @param {any} chunk */
  #take(chunk) {
    let text = this.#decoder.write(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    if (text === '') return;
    if (this.#returnedAt !== 0 && Date.now() - this.#returnedAt <= this.crlfDelay && text.startsWith('\n')) text = text.slice(1);
    this.#returnedAt = text.endsWith('\r') ? Date.now() : 0;
    const lines = (this.#rest + text).split(LINE_END);
    this.#rest = /** @type {string} */ (lines.pop());
    for (const line of lines) this.#line(line);
  }

  #end() {
    const last = this.#rest + this.#decoder.end();
    this.#rest = '';
    if (last !== '') this.#line(last);
    this.close();
  }

  /** @param {string} line */
  #line(line) {
    const answer = this.#answer;
    if (answer === null) {
      this.emit('line', line);
      return;
    }
    this.#answer = null;
    this.setPrompt(this.#formerPrompt);
    answer(line);
  }

  /** @param {LineReader} reader @param {string} query @param {((answer: string) => void) | null} callback */
  static _ask(reader, query, callback) {
    if (callback === null) {
      reader.#answer = null;
      reader.setPrompt(reader.#formerPrompt);
      return;
    }
    if (reader.closed) throw codedError(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed');
    if (reader.#answer === null) {
      reader.#formerPrompt = reader.#prompt;
      reader.setPrompt(query);
      reader.#answer = callback;
    }
    reader.prompt();
  }

  /** @param {string} prompt */
  setPrompt(prompt) { this.#prompt = prompt; }
  getPrompt() { return this.#prompt; }

  /** @param {boolean} [_preserveCursor] */
  prompt(_preserveCursor) {
    if (this.paused) this.resume();
    this.output?.write(this.#prompt);
  }

  pause() {
    if (this.paused) return undefined;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  }

  resume() {
    if (!this.paused) return undefined;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  }

  close() {
    if (this.closed) return;
    this.pause();
    this.#removeListeners();
    this.closed = true;
    this.emit('close');
  }

  /** Text as if it had come from the input. @param {string | Uint8Array} text @param {any} [_key] */
  write(text, _key) {
    if (this.paused) this.resume();
    if (text !== undefined && text !== null) this.#take(text);
  }

  getCursorPos() { return { rows: 0, cols: this.#prompt.length + this.line.length }; }

  [Symbol.asyncIterator]() {
    const lines = require('internal/event_functions').on(this, 'line', { close: ['close'], highWaterMark: MOST_LINES });
    const inner = { next: lines.next.bind(lines), return: lines.return.bind(lines) };
    const reader = this;
    return {
      async next() {
        const step = await inner.next();
        return step.done ? step : { value: step.value[0], done: false };
      },
      async return() {
        reader.close();
        return inner.return();
      },
      [Symbol.asyncIterator]() { return this; },
    };
  }

  [Symbol.dispose]() { this.close(); }
}
Object.defineProperty(LineReader, '_ask', { enumerable: false });

class Interface extends LineReader {
  /** @param {string} query @param {any} options @param {any} [callback] */
  question(query, options, callback) {
    if (typeof options === 'function') {
      callback = options;
      options = {};
    }
    if (options?.signal) {
      const { signal } = options;
      checkAbortSignal(signal, 'options.signal');
      if (signal.aborted) return;
      const onAbort = () => ask(this, query, null);
      signal.addEventListener('abort', onAbort, { once: true });
      const inner = callback;
      callback = typeof inner === 'function' ? (/** @type {string} */ answer) => {
        signal.removeEventListener('abort', onAbort);
        inner(answer);
      } : inner;
    }
    if (typeof callback === 'function') ask(this, query, callback);
  }
}

Object.defineProperty(Interface.prototype.question, Symbol.for('nodejs.util.promisify.custom'), {
  /** @this {any} @param {string} query @param {{ signal?: AbortSignal }} [options] */
  value: function question(query, options = {}) {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      const fail = () => reject(new (require('internal/errors').AbortError)(undefined, { cause: signal?.reason }));
      if (signal?.aborted) {
        fail();
        return;
      }
      signal?.addEventListener('abort', fail, { once: true });
      this.question(query, options, (/** @type {string} */ answer) => {
        signal?.removeEventListener('abort', fail);
        resolve(answer);
      });
    });
  },
});

module.exports = { LineReader, Interface, ask };
