'use strict';
// Strings to bytes and back for Node's Buffer; native code in the main process.

const {
  ArrayPrototypeJoin,
  StringFromCharCode,
  StringPrototypeCharCodeAt,
  TextDecoder,
  TextDecoderPrototypeDecode,
  TextEncoder,
  TextEncoderPrototypeEncode,
  TypedArrayPrototypeSubarray,
  Uint8Array,
  atob,
  btoa,
} = primordials;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Functions take so many arguments without trouble. */
const CHUNK = 4096;

/** @param {Uint8Array} bytes a character each */
function latin1(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    parts.push(StringFromCharCode(...TypedArrayPrototypeSubarray(bytes, at, at + CHUNK)));
  }
  return ArrayPrototypeJoin(parts, '');
}

/** The low byte of each unit is what Node stores. @param {string} text */
function fromUnits(text) {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = StringPrototypeCharCodeAt(text, at);
  return bytes;
}

function fromUtf16(text) {
  const bytes = new Uint8Array(2 * text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = StringPrototypeCharCodeAt(text, at);
    bytes[2 * at] = unit;
    bytes[2 * at + 1] = unit >> 8;
  }
  return bytes;
}

/** Node stops at the first pair of digits that is none. */
function fromHex(text) {
  const digits = /^(?:[0-9a-f]{2})*/i.exec(text)?.[0] ?? '';
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  }
  return bytes;
}

/** Both alphabets; what is in neither is skipped, and `=` ends the text. */
function fromBase64(text) {
  const known = text
    .split('=', 1)[0]
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]/g, '');
  // One digit alone at the end is less than a byte.
  return fromUnits(atob(known.length % 4 === 1 ? known.slice(0, -1) : known));
}

const encoders = {
  __proto__: null,
  utf8: (text) => TextEncoderPrototypeEncode(encoder, text),
  utf16le: fromUtf16,
  latin1: fromUnits,
  ascii: fromUnits,
  hex: fromHex,
  base64: fromBase64,
  base64url: fromBase64,
};

const decoders = {
  __proto__: null,
  utf8: (bytes) => TextDecoderPrototypeDecode(decoder, bytes),
  utf16le(bytes) {
    const units = [];
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      units.push(StringFromCharCode(bytes[at] | (bytes[at + 1] << 8)));
    }
    return ArrayPrototypeJoin(units, '');
  },
  latin1,
  ascii: (bytes) => latin1(bytes.map((byte) => byte & 0x7f)),
  hex: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  base64: (bytes) => btoa(latin1(bytes)),
  base64url: (bytes) =>
    btoa(latin1(bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
};

const isContinuation = (byte) => (byte & 0xc0) === 0x80;

/** The largest count up to `most` that ends between two characters. */
function wholeCharacters(bytes, most, encoding) {
  if (encoding === 'utf16le') return most & ~1;
  if (encoding !== 'utf8') return most;
  while (most > 0 && most < bytes.length && isContinuation(bytes[most])) most--;
  return most;
}

function isUtf8(bytes) {
  try {
    TextDecoderPrototypeDecode(strictDecoder, bytes);
    return true;
  } catch {
    return false;
  }
}

module.exports = {
  encode: (text, encoding) => encoders[encoding](text),

  /** Writes what fits of a string and returns how many bytes that were. */
  write(target, text, start, end, encoding) {
    const bytes = encoders[encoding](text);
    const most = Math.min(Math.max(end - start, 0), bytes.length);
    const count = wholeCharacters(bytes, most, encoding);
    target.set(bytes.subarray(0, count), start);
    return count;
  },

  decode: (bytes, start, end, encoding) =>
    decoders[encoding](new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length).slice(start, end)),

  utf8Length: (text) => TextEncoderPrototypeEncode(encoder, text).length,
  isUtf8,

  /** How many bytes at the end begin a character without finishing it. */
  incompleteTail(bytes) {
    const { length } = bytes;
    for (let back = 1; back <= 3 && back <= length; back++) {
      const byte = bytes[length - back];
      if (isContinuation(byte)) continue;
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
      return needs > back ? back : 0;
    }
    return 0;
  },
};
