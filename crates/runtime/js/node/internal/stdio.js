// process.stdout, stderr and stdin. Output is written before write returns.
'use strict';

const { Buffer } = require('buffer');
const { Writable } = require('internal/stream_writable');
const stdio = internalBinding('stdio');
const { unsupported } = require('internal/errors');

class Output extends /** @type {any} */ (Writable) {
  /** @param {1 | 2} fd */
  constructor(fd) {
    super({ decodeStrings: false, emitClose: false });
    this.fd = fd;
    this._isStdio = true;
    this._type = stdio.isTerminal(fd) ? 'tty' : 'fs';
    if (stdio.isTerminal(fd)) this.isTTY = true;
  }

  get columns() { return this.isTTY ? stdio.windowSize(this.fd)?.[0] : undefined; }
  get rows() { return this.isTTY ? stdio.windowSize(this.fd)?.[1] : undefined; }
  getWindowSize() { return stdio.windowSize(this.fd) ?? [80, 24]; }
  getColorDepth() { return this.hasColors() ? 8 : 1; }
  hasColors() {
    const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
    if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0';
    return Boolean(this.isTTY) && NO_COLOR === undefined && TERM !== 'dumb';
  }

  /** @param {any} chunk @param {any} encoding @param {(error?: any) => void} callback */
  _write(chunk, encoding, callback) {
    let bytes = chunk;
    if (typeof chunk === 'string') bytes = /^utf-?8$/i.test(encoding) ? chunk.toWellFormed() : Buffer.from(chunk, encoding);
    const errno = stdio.write(this.fd, bytes);
    if (errno === 0) callback();
    else callback(require('internal/child_options').systemError(-errno, 'write'));
  }

  /** The descriptors stay open for as long as the process runs, and so do the streams.
   * @param {any} error @param {(error?: any) => void} callback */
  _destroy(error, callback) {
    callback(error);
    this._undestroy();
    process.nextTick(() => this.emit('close'));
  }

  destroySoon() { return this.destroy(); }

  /** @param {-1 | 0 | 1} direction @param {() => void} [callback] */
  clearLine(direction, callback) { return this.#control('clearLine', direction, callback); }
  /** @param {() => void} [callback] */
  clearScreenDown(callback) { return this.#control('clearScreenDown', callback); }
  /** @param {number} x @param {any} [y] @param {() => void} [callback] */
  cursorTo(x, y, callback) { return this.#control('cursorTo', x, y, callback); }
  /** @param {number} dx @param {number} dy @param {() => void} [callback] */
  moveCursor(dx, dy, callback) { return this.#control('moveCursor', dx, dy, callback); }
  /** @param {string} name @param {...any} args */
  #control(name, ...args) { return require('internal/readline_cursor')[name](this, ...args); }
}

/** @param {1 | 2} fd */
const output = (fd) => new Output(fd);

/** Standard input, which nothing reads until somebody asks. */
function input() {
  const stdin = /** @type {any} */ (stdio.isFile() ? fileInput() : pipeInput());
  stdin.fd = 0;
  if (stdio.isTerminal(0)) stdin.isTTY = true;
  stdin.setRawMode = () => { throw unsupported('process.stdin.setRawMode'); };
  stdin.ref ??= () => stdin;
  stdin.unref ??= () => stdin;
  return stdin;
}

function fileInput() {
  const { ReadStream } = require('internal/fs_streams');
  return new /** @type {any} */ (ReadStream)(null, { fd: 0, autoClose: false });
}

function pipeInput() {
  const { Readable } = require('internal/stream_readable');
  /** @type {any} */
  let native = null;
  let referenced = true;
  const stdin = new /** @type {any} */ (Readable)({
    highWaterMark: 0,
    read() {
      native ??= stdio.openInput();
      native.read((/** @type {any} */ error, /** @type {Uint8Array} */ bytes) => {
        if (error) stdin.destroy(error);
        else stdin.push(bytes.length === 0 ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      });
    },
    destroy(/** @type {any} */ error, /** @type {any} */ callback) {
      native?.close();
      callback(error);
    },
  });
  // A read that nobody waits for keeps nothing running.
  stdin.on('pause', () => native?.unref());
  stdin.on('resume', () => {
    native ??= stdio.openInput();
    if (referenced) native.ref();
  });
  stdin.ref = () => {
    referenced = true;
    native?.ref();
    return stdin;
  };
  stdin.unref = () => {
    referenced = false;
    (native ??= stdio.openInput()).unref();
    return stdin;
  };
  return stdin;
}

module.exports = { output, input };
