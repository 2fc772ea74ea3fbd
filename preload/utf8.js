'use strict';
// UTF-8 in the pinned buffers: channel names, script text, and the strings of V8's format that are
// in it.

const {
  Error, StringFromCharCode, StringPrototypeCharCodeAt, TextDecoder, TextDecoderPrototypeDecode,
  TypedArrayPrototypeGetBuffer, TypedArrayPrototypeGetByteOffset, Uint8Array,
} = primordials;
const { copyNarrow } = require('./characters.js');

const decoder = TextDecoder === undefined ? undefined
  : new TextDecoder('utf-8', { __proto__: null, fatal: true, ignoreBOM: true });
// Below this the engine's decoder costs more than a loop.
const SHORT = 32;

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end  not beyond the end of `bytes`
 * @returns {string}
 * @throws when the bytes are not UTF-8
 */
function decodeUtf8(bytes, start, end) {
  if (decoder !== undefined && end - start > SHORT) {
    const offset = TypedArrayPrototypeGetByteOffset(bytes) + start;
    const view = new Uint8Array(TypedArrayPrototypeGetBuffer(bytes), offset, end - start);
    return TextDecoderPrototypeDecode(decoder, view);
  }
  let text = '';
  while (start < end) {
    const first = bytes[start++];
    if (first < 0x80) {
      text += StringFromCharCode(first);
      continue;
    }
    // A lead byte says how many follow and what the least code point is that needs so many.
    const following = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    const least = following === 3 ? 0x10000 : following === 2 ? 0x800 : 0x80;
    if (first < 0xc2 || first > 0xf4 || start + following > end) throw notUtf8();
    let code = first & (0x3f >> following);
    for (let i = 0; i < following; i++) {
      const next = bytes[start++];
      if ((next & 0xc0) !== 0x80) throw notUtf8();
      code = (code << 6) | (next & 0x3f);
    }
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) throw notUtf8();
    text += code < 0x10000 ? StringFromCharCode(code)
      : StringFromCharCode(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + (code & 0x3ff));
  }
  return text;
}

function notUtf8() {
  return new Error('The bytes are not UTF-8.');
}

/**
 * Writes a string; a lone surrogate becomes U+FFFD.
 * @param {string} text
 * @param {Uint8Array} bytes  with room for 3 bytes a character from `position` on
 * @param {number} position
 * @returns {number} where it ends
 */
function encodeUtf8(text, bytes, position) {
  const length = text.length;
  let i = copyNarrow(text, 0x7f, bytes, position);
  position += i;
  for (; i < length; i++) {
    let code = StringPrototypeCharCodeAt(text, i);
    if (code < 0x80) {
      bytes[position++] = code;
      continue;
    }
    if (code < 0x800) {
      bytes[position++] = 0xc0 | (code >> 6);
      bytes[position++] = 0x80 | (code & 0x3f);
      continue;
    }
    if (code >= 0xd800 && code < 0xe000) {
      const low = code < 0xdc00 && i + 1 < length ? StringPrototypeCharCodeAt(text, i + 1) : 0;
      if (low >= 0xdc00 && low < 0xe000) {
        i++;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        bytes[position++] = 0xf0 | (code >> 18);
        bytes[position++] = 0x80 | ((code >> 12) & 0x3f);
        bytes[position++] = 0x80 | ((code >> 6) & 0x3f);
        bytes[position++] = 0x80 | (code & 0x3f);
        continue;
      }
      code = 0xfffd;
    }
    bytes[position++] = 0xe0 | (code >> 12);
    bytes[position++] = 0x80 | ((code >> 6) & 0x3f);
    bytes[position++] = 0x80 | (code & 0x3f);
  }
  return position;
}

module.exports = { decodeUtf8, encodeUtf8 };
