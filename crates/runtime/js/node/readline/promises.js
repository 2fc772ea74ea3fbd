// The module readline/promises.
'use strict';

const { LineReader, ask } = require('internal/readline_interface');
const cursor = require('internal/readline_cursor');
const { AbortError, checkAbortSignal, checkBoolean, checkInteger, invalidArgType } = require('internal/errors');

class Interface extends LineReader {
  /** @param {string} query @param {{ signal?: AbortSignal }} [options] */
  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      checkAbortSignal(signal, 'options.signal');
      if (signal === undefined) {
        ask(this, query, resolve);
        return;
      }
      const fail = () => reject(new AbortError(undefined, { cause: signal.reason }));
      if (signal.aborted) {
        fail();
        return;
      }
      const onAbort = () => {
        ask(this, query, null);
        fail();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      ask(this, query, (/** @type {string} */ answer) => {
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      });
    });
  }
}

/** Movements of the cursor that are written together. */
class Readline {
  #stream;
  #autoCommit;
  /** What waits for commit, which the app decides on. */
  #actions = '';

  /** @param {any} stream @param {{ autoCommit?: boolean }} [options] */
  constructor(stream, options = undefined) {
    if (typeof stream?.write !== 'function') throw invalidArgType('stream', 'Writable', stream);
    if (options?.autoCommit !== undefined) checkBoolean(options.autoCommit, 'options.autoCommit');
    this.#stream = stream;
    this.#autoCommit = Boolean(options?.autoCommit);
  }

  /** @param {(sink: { write(text: string): boolean }) => void} act */
  #add(act) {
    let text = '';
    act({ write(part) { text += part; return true; } });
    if (this.#autoCommit) process.nextTick(() => this.#stream.write(text));
    else this.#actions += text;
    return this;
  }

  /** @param {-1 | 0 | 1} direction */
  clearLine(direction) {
    checkInteger(direction, 'dir', -1, 1);
    return this.#add((sink) => cursor.clearLine(sink, direction));
  }

  clearScreenDown() { return this.#add((sink) => cursor.clearScreenDown(sink)); }

  /** @param {number} x @param {number} [y] */
  cursorTo(x, y) {
    checkInteger(x, 'x');
    if (y !== undefined) checkInteger(y, 'y');
    return this.#add((sink) => cursor.cursorTo(sink, x, y));
  }

  /** @param {number} dx @param {number} dy */
  moveCursor(dx, dy) {
    checkInteger(dx, 'dx');
    checkInteger(dy, 'dy');
    return this.#add((sink) => cursor.moveCursor(sink, dx, dy));
  }

  commit() {
    const text = this.#actions;
    this.#actions = '';
    return new Promise((resolve) => this.#stream.write(text, resolve));
  }

  rollback() {
    this.#actions = '';
    return this;
  }
}

/** @param {any} input @param {any} [output] @param {any} [completer] @param {boolean} [terminal] */
const createInterface = (input, output, completer, terminal) => new Interface(input, output, completer, terminal);

module.exports = { Interface, Readline, createInterface };
