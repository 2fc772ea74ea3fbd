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

class StringDecoder {
  /** @type {any} */
  #rest = Buffer.alloc(0);

  /** @param {string} [encoding] */
  constructor(encoding) {
    const name = NAMES[`${encoding ?? 'utf8'}`.toLowerCase()];
    if (name === undefined) throw codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
    this.encoding = name;
  }

  /** @param {any} chunk */
  write(chunk) {
    if (typeof chunk === 'string') return chunk;
    if (!ArrayBuffer.isView(chunk)) throw invalidArgType('buf', ['Buffer', 'TypedArray', 'DataView'], chunk);
    const bytes = Buffer.concat([this.#rest, new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)]);
    const kept = waiting(bytes, this.encoding);
    this.#rest = bytes.subarray(bytes.length - kept);
    return bytes.toString(this.encoding, 0, bytes.length - kept);
  }

  /** @param {any} [chunk] */
  end(chunk) {
    const text = chunk === undefined ? '' : this.write(chunk);
    const rest = this.#rest.toString(this.encoding);
    this.#rest = Buffer.alloc(0);
    return text + rest;
  }

  /** @param {any} chunk @param {number} offset */
  text(chunk, offset) {
    this.#rest = Buffer.alloc(0);
    return this.write(chunk.subarray(offset));
  }

  get lastNeed() { return this.#rest.length === 0 ? 0 : 1; }
  get lastTotal() { return this.#rest.length; }
  get lastChar() { return this.#rest; }
}

module.exports = { StringDecoder };
