// StringDecoder: bytes that come in pieces to text, a character never cut.
'use strict';

const Buffer = /** @type {any} */ (require('buffer').Buffer);
const { codedError, invalidArgType } = require('internal/errors');

/** @type {Record<string, string>} */
const NAMES = {
  utf8: 'utf8', 'utf-8': 'utf8', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le',
  latin1: 'latin1', binary: 'latin1', base64: 'base64', base64url: 'base64url', ascii: 'ascii', hex: 'hex',
};

/** @param {number} byte */
const continues = (byte) => (byte & 0xc0) === 0x80;

/** How many bytes a character has that begins so; 0 for a byte that begins none of several. @param {number} byte */
function lengthOf(byte) {
  if ((byte & 0xe0) === 0xc0) return 2;
  if ((byte & 0xf0) === 0xe0) return 3;
  return (byte & 0xf8) === 0xf0 ? 4 : 0;
}

/** How many bytes at the end have to wait, and for how many. @param {Uint8Array} bytes @param {string} encoding @returns {[number, number]} */
function tail(bytes, encoding) {
  const { length } = bytes;
  switch (encoding) {
    case 'utf8':
      for (let kept = 1; kept <= Math.min(4, length); kept++) {
        const byte = bytes[length - kept];
        if (continues(byte)) continue;
        const whole = lengthOf(byte);
        return kept < whole ? [kept, whole - kept] : [0, 0];
      }
      return [0, 0];
    case 'utf16le':
      if (length % 2 === 1) return [1, 1];
      return length > 0 && (bytes[length - 1] & 0xfc) === 0xd8 ? [2, 2] : [0, 0];
    case 'base64': case 'base64url':
      return length % 3 === 0 ? [0, 0] : [length % 3, 3 - (length % 3)];
    default:
      return [0, 0];
  }
}

const kState = Symbol('state');

/** Packages call it without `new`, on an object of their own. @this {any} @param {string} [encoding] */
function StringDecoder(encoding) {
  const name = NAMES[`${encoding ?? 'utf8'}`.toLowerCase()];
  if (name === undefined) throw codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  this.encoding = name;
  // The first `count` bytes of `kept` are a piece of a character; `missing` belong to it yet.
  Object.defineProperty(this, kState, { value: { kept: Buffer.alloc(4), count: 0, missing: 0 } });
}

/** @this {any} @param {any} chunk */
StringDecoder.prototype.write = function write(chunk) {
  if (typeof chunk === 'string') return chunk;
  if (!ArrayBuffer.isView(chunk)) throw invalidArgType('buf', ['Buffer', 'TypedArray', 'DataView'], chunk);
  const state = this[kState];
  let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  let text = '';
  if (state.missing > 0 && bytes.length > 0) {
    let taken = Math.min(state.missing, bytes.length);
    if (this.encoding === 'utf8') {
      // A character that is cut short by another one is over.
      const stop = bytes.subarray(0, taken).findIndex((/** @type {number} */ byte) => !continues(byte));
      if (stop >= 0) {
        taken = stop;
        state.missing = stop;
      }
    }
    bytes.copy(state.kept, state.count, 0, taken);
    state.count += taken;
    state.missing -= taken;
    bytes = bytes.subarray(taken);
    if (state.missing > 0) return '';
    text = state.kept.toString(this.encoding, 0, state.count);
    state.count = 0;
  }
  if (bytes.length === 0) return text;
  [state.count, state.missing] = tail(bytes, this.encoding);
  const end = bytes.length - state.count;
  bytes.copy(state.kept, 0, end);
  return text + bytes.toString(this.encoding, 0, end);
};

/** @this {any} @param {any} [chunk] */
StringDecoder.prototype.end = function end(chunk) {
  const text = chunk === undefined ? '' : this.write(chunk);
  const state = this[kState];
  // Half of a unit is no text.
  const count = this.encoding === 'utf16le' ? state.count - (state.count % 2) : state.count;
  const rest = state.kept.toString(this.encoding, 0, count);
  state.count = state.missing = 0;
  return text + rest;
};

/** @this {any} @param {any} chunk @param {number} offset */
StringDecoder.prototype.text = function text(chunk, offset) {
  this[kState].count = this[kState].missing = 0;
  return this.write(chunk.slice(offset));
};

Object.defineProperties(StringDecoder.prototype, {
  lastNeed: { get() { return this[kState].missing; }, enumerable: true, configurable: true },
  lastTotal: { get() { return this[kState].count + this[kState].missing; }, enumerable: true, configurable: true },
  lastChar: { get() { return this[kState].kept; }, enumerable: true, configurable: true },
});

module.exports = { StringDecoder };
