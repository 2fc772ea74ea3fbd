// process.stdout, stderr and stdin. Output is written before write returns.
'use strict';

const EventEmitter = require('events');
const stdio = internalBinding('stdio');
const { invalidArgType, unsupported } = require('internal/errors');

class Output extends EventEmitter {
  /** @param {1 | 2} fd */
  constructor(fd) {
    super();
    this.fd = fd;
    this.writable = true;
    this.writableLength = 0;
    this.writableHighWaterMark = 16384;
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

  /** @param {any} chunk @param {any} [encoding] @param {any} [callback] */
  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') callback = encoding;
    let bytes;
    if (typeof chunk === 'string') {
      const plain = typeof encoding !== 'string' || /^utf-?8$/i.test(encoding);
      bytes = plain ? chunk.toWellFormed() : require('buffer').Buffer.from(chunk, encoding);
    } else if (ArrayBuffer.isView(chunk)) {
      bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    } else {
      throw invalidArgType('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
    stdio.write(this.fd, bytes);
    if (typeof callback === 'function') process.nextTick(callback);
    return true;
  }

  /** @param {any} [chunk] @param {any} [encoding] @param {any} [callback] */
  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') callback = chunk;
    else if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    if (typeof encoding === 'function') callback = encoding;
    if (typeof callback === 'function') process.nextTick(callback);
    return this;
  }

  cork() {}
  uncork() {}
  setDefaultEncoding() { return this; }
  destroy() { return this; }
  clearLine() { return this.control('\x1b[2K'); }
  /** @param {number} x @param {number} [y] */
  cursorTo(x, y) { return this.control(y === undefined ? `\x1b[${x + 1}G` : `\x1b[${y + 1};${x + 1}H`); }
  /** @param {string} sequence */
  control(sequence) { return this.isTTY ? this.write(sequence) : true; }
}

/** @param {1 | 2} fd */
const output = (fd) => new Output(fd);

/** A main process reads no standard input: each use says so. */
function input() {
  const stdin = /** @type {any} */ (new EventEmitter());
  stdin.fd = 0;
  if (stdio.isTerminal(0)) stdin.isTTY = true;
  for (const method of ['on', 'once', 'addListener', 'read', 'resume', 'pipe', 'setRawMode', 'setEncoding']) {
    stdin[method] = () => { throw unsupported('process.stdin'); };
  }
  stdin.pause = stdin.unref = stdin.ref = () => stdin;
  return stdin;
}

module.exports = { output, input };
