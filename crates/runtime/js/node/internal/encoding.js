// TextEncoder and TextDecoder: UTF-8, UTF-16LE and the single-byte labels that Node has without
// a full ICU.
'use strict';

const binding = internalBinding('text');
const { codedError, invalidArgType } = require('internal/errors');

/** @param {any} value @returns {Uint8Array} */
function bytesOf(value) {
  if (value === undefined) return new Uint8Array(0);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const { isAnyArrayBuffer } = require('internal/types');
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE',
    'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
}

class TextEncoder {
  get encoding() { return 'utf-8'; }

  encode(input = '') {
    return binding.encode(`${input}`, 'utf8');
  }

  /** @param {string} source @param {Uint8Array} target */
  encodeInto(source, target) {
    if (typeof source !== 'string') throw invalidArgType('src', 'string', source);
    if (!require('internal/types').isUint8Array(target)) throw invalidArgType('dest', 'Uint8Array', target);
    const written = binding.write(target, source, 0, target.length, 'utf8');
    const text = binding.decode(target, 0, written, 'utf8');
    return { read: text.length, written };
  }
}

/** The labels of the Encoding standard for the encodings that are here. */
const LABELS = new Map([
  ...['unicode-1-1-utf-8', 'unicode11utf8', 'unicode20utf8', 'utf-8', 'utf8', 'x-unicode20utf8']
    .map((label) => /** @type {[string, string]} */ ([label, 'utf-8'])),
  ...['csunicode', 'iso-10646-ucs-2', 'ucs-2', 'unicode', 'unicodefeff', 'utf-16', 'utf-16le', 'utf16le']
    .map((label) => /** @type {[string, string]} */ ([label, 'utf-16le'])),
  ...['ansi_x3.4-1968', 'ascii', 'cp1252', 'cp819', 'csisolatin1', 'ibm819', 'iso-8859-1', 'iso-ir-100',
    'iso8859-1', 'iso88591', 'iso_8859-1', 'iso_8859-1:1987', 'l1', 'latin1', 'us-ascii',
    'windows-1252', 'x-cp1252'].map((label) => /** @type {[string, string]} */ ([label, 'windows-1252'])),
]);

/** What windows-1252 has where latin1 has control characters. */
const WINDOWS_1252 = '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBom;
  /** Bytes of a character whose rest has not come. */
  #rest = new Uint8Array(0);
  #started = false;

  /** @param {string} [label] @param {{ fatal?: boolean, ignoreBOM?: boolean }} [options] */
  constructor(label = 'utf-8', options = {}) {
    const encoding = LABELS.get(`${label}`.trim().toLowerCase());
    if (encoding === undefined) {
      throw codedError(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${label}" encoding is not supported`);
    }
    if (options !== null && typeof options !== 'object' && options !== undefined) {
      throw invalidArgType('options', 'Object', options);
    }
    this.#encoding = encoding;
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBom = Boolean(options?.ignoreBOM);
  }

  get encoding() { return this.#encoding; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#ignoreBom; }

  /** @param {any} [input] @param {{ stream?: boolean }} [options] */
  decode(input, options = {}) {
    let bytes = bytesOf(input);
    const more = Boolean(options?.stream);
    if (this.#rest.length > 0) {
      const joined = new Uint8Array(this.#rest.length + bytes.length);
      joined.set(this.#rest);
      joined.set(bytes, this.#rest.length);
      bytes = joined;
      this.#rest = new Uint8Array(0);
    }
    if (more) {
      const kept = this.#encoding === 'utf-8' ? binding.incompleteTail(bytes) : this.#incompletePair(bytes);
      if (kept > 0) {
        this.#rest = bytes.slice(bytes.length - kept);
        bytes = bytes.subarray(0, bytes.length - kept);
      }
    }
    let text = this.#text(bytes);
    if (!this.#started && text.length > 0) {
      if (!this.#ignoreBom && this.#encoding !== 'windows-1252' && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
      this.#started = true;
    }
    if (!more) this.#started = false;
    return text;
  }

  /** @param {Uint8Array} bytes */
  #incompletePair(bytes) {
    if (this.#encoding !== 'utf-16le') return 0;
    const odd = bytes.length % 2;
    const last = bytes.length - odd - 2;
    // The first half of a surrogate pair waits for the second.
    return last >= 0 && (bytes[last + 1] & 0xfc) === 0xd8 ? odd + 2 : odd;
  }

  /** @param {Uint8Array} bytes */
  #text(bytes) {
    if (this.#encoding === 'windows-1252') {
      return binding.decode(bytes, 0, bytes.length, 'latin1')
        .replace(/[\x80-\x9f]/g, (/** @type {string} */ char) => WINDOWS_1252[char.charCodeAt(0) - 0x80]);
    }
    if (this.#encoding === 'utf-8') {
      if (this.#fatal && !binding.isUtf8(bytes)) this.#refuse();
      return binding.decode(bytes, 0, bytes.length, 'utf8');
    }
    const text = binding.decode(bytes, 0, bytes.length, 'utf16le');
    if (this.#fatal && (bytes.length % 2 === 1 || !text.isWellFormed())) this.#refuse();
    return text.toWellFormed() + (bytes.length % 2 === 1 ? '\ufffd' : '');
  }

  /** @returns {never} */
  #refuse() {
    throw codedError(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA',
      `The encoded data was not valid for encoding ${this.#encoding}`);
  }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    void depth;
    return `TextDecoder ${inspect({ encoding: this.encoding, fatal: this.fatal, ignoreBOM: this.ignoreBOM }, options)}`;
  }
}

for (const [Class, name] of /** @type {[Function, string][]} */ ([[TextEncoder, 'TextEncoder'], [TextDecoder, 'TextDecoder']])) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
}

module.exports = { TextEncoder, TextDecoder };
