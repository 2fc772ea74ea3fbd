// StringDecoder: bytes that come in pieces to text, a character never cut.
'use strict';

const Buffer = /** @type {any} */ (require('buffer').Buffer);
const binding = internalBinding('text');
const { codedError, invalidArgType } = require('internal/errors');

/** @type {Record<string, string>} */
const NAMES = {
  utf8: 'utf8', 'utf-8': 'utf8', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le',
  latin1: 'latin1', binary: 'latin1', base64: 'base64', base64url: 'base64url', ascii: 'ascii', hex: 'hex',
};

/** How many bytes at the end have to wait for more. @param {Uint8Array} bytes @param {string} encoding */
function waiting(bytes, encoding) {
  switch (encoding) {
    case 'utf8': return binding.incompleteTail(bytes);
    case 'utf16le': {
      const odd = bytes.length % 2;
      const last = bytes.length - odd - 2;
      return last >= 0 && (bytes[last + 1] & 0xfc) === 0xd8 ? odd + 2 : odd;
    }
    case 'base64': case 'base64url': return bytes.length % 3;
    default: return 0;
  }
}

const kRest = Symbol('rest');

/** Packages call it without `new`, on an object of their own. @this {any} @param {string} [encoding] */
function StringDecoder(encoding) {
  const name = NAMES[`${encoding ?? 'utf8'}`.toLowerCase()];
  if (name === undefined) throw codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  this.encoding = name;
  Object.defineProperty(this, kRest, { value: Buffer.alloc(0), writable: true });
}

/** @this {any} @param {any} chunk */
StringDecoder.prototype.write = function write(chunk) {
  if (typeof chunk === 'string') return chunk;
  if (!ArrayBuffer.isView(chunk)) throw invalidArgType('buf', ['Buffer', 'TypedArray', 'DataView'], chunk);
  const bytes = Buffer.concat([this[kRest], new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)]);
  const kept = waiting(bytes, this.encoding);
  this[kRest] = bytes.subarray(bytes.length - kept);
  return bytes.toString(this.encoding, 0, bytes.length - kept);
};

/** @this {any} @param {any} [chunk] */
StringDecoder.prototype.end = function end(chunk) {
  const text = chunk === undefined ? '' : this.write(chunk);
  const rest = this[kRest].toString(this.encoding);
  this[kRest] = Buffer.alloc(0);
  return text + rest;
};

/** @this {any} @param {any} chunk @param {number} offset */
StringDecoder.prototype.text = function text(chunk, offset) {
  this[kRest] = Buffer.alloc(0);
  return this.write(chunk.subarray(offset));
};

for (const [name, get] of /** @type {[string, (rest: any) => any][]} */ ([
  ['lastChar', (rest) => rest],
  ['lastNeed', (rest) => (rest.length === 0 ? 0 : 1)],
  ['lastTotal', (rest) => rest.length],
])) {
  Object.defineProperty(StringDecoder.prototype, name, {
    /** @this {any} */
    get() { return get(this[kRest]); },
    configurable: true,
    enumerable: true,
  });
}

module.exports = { StringDecoder };
