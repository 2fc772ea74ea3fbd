'use strict';
// Strings out of bytes. Making a string is what decoding spends most of its time on, so each length
// has its own way; the limits between them are measured.

const {
  StringFromCharCode, StringPrototypeIndexOf, TextDecoder,
  TextDecoderPrototypeDecode, Uint8Array,
} = primordials;
const { createSlots } = require('./codec-slots.js');

// At this length the engine's text decoder begins to beat a loop.
const DECODER_LENGTH = 64;
const WIDE_LENGTH = 64;

const decoder = TextDecoder === undefined ? undefined : new TextDecoder();

/** Short strings by their bytes: keys of objects and names of channels come again and again. */
class TextCache {
  /** @type {any[]} the strings; '' where there is none yet */
  texts;
  #mask;
  #longest;
  #bytes;
  #lengths;

  /**
   * @param {number} slots  a power of two
   * @param {number} longest  at most 255
   */
  constructor(slots, longest) {
    this.texts = createSlots(slots);
    for (let i = 0; i < slots; i++) this.texts[i] = '';
    this.#mask = slots - 1;
    this.#longest = longest;
    this.#bytes = new Uint8Array(slots * longest);
    this.#lengths = new Uint8Array(slots);
  }

  /**
   * Finds or makes the string of these Latin-1 bytes; it is `texts[slot]` until another takes the
   * slot.
   * @param {Uint8Array} bytes
   * @param {number} position
   * @param {number} length  from 1 to `longest`
   * @returns {number} the slot
   */
  slotOf(bytes, position, length) {
    let hash = length;
    for (let i = 0; i < length; i++) hash = (hash * 31 + bytes[position + i]) | 0;
    const slot = (hash ^ (hash >>> 10)) & this.#mask;
    const kept = this.#bytes;
    const start = slot * this.#longest;
    if (this.#lengths[slot] === length) {
      let i = 0;
      while (i < length && kept[start + i] === bytes[position + i]) i++;
      if (i === length) return slot;
    }
    this.#lengths[slot] = length;
    for (let i = 0; i < length; i++) kept[start + i] = bytes[position + i];
    this.texts[slot] = narrowInLoop(bytes, position, length);
    return slot;
  }
}

/**
 * @param {Uint8Array} b
 * @param {number} p
 * @param {number} length  at most 8
 * @returns {string}
 */
function narrowOfEight(b, p, length) {
  switch (length) {
    case 0: return '';
    case 1: return StringFromCharCode(b[p]);
    case 2: return StringFromCharCode(b[p], b[p + 1]);
    case 3: return StringFromCharCode(b[p], b[p + 1], b[p + 2]);
    case 4: return StringFromCharCode(b[p], b[p + 1], b[p + 2], b[p + 3]);
    case 5: return StringFromCharCode(b[p], b[p + 1], b[p + 2], b[p + 3], b[p + 4]);
    case 6: return StringFromCharCode(b[p], b[p + 1], b[p + 2], b[p + 3], b[p + 4], b[p + 5]);
    case 7:
      return StringFromCharCode(b[p], b[p + 1], b[p + 2], b[p + 3], b[p + 4], b[p + 5], b[p + 6]);
    default:
      return StringFromCharCode(b[p], b[p + 1], b[p + 2], b[p + 3], b[p + 4], b[p + 5], b[p + 6],
        b[p + 7]);
  }
}

/** @param {Uint8Array} b @param {number} p @param {number} length @returns {string} */
function narrowInLoop(b, p, length) {
  let text = '';
  const end = p + length;
  for (; p + 16 <= end; p += 16) {
    text += StringFromCharCode(b[p], b[p + 1], b[p + 2], b[p + 3], b[p + 4], b[p + 5], b[p + 6],
      b[p + 7], b[p + 8], b[p + 9], b[p + 10], b[p + 11], b[p + 12], b[p + 13], b[p + 14],
      b[p + 15]);
  }
  if (p + 8 <= end) {
    text += narrowOfEight(b, p, 8);
    p += 8;
  }
  return text + narrowOfEight(b, p, end - p);
}

/** Makes the strings of messages. */
class StringReader {
  #native;

  /** @param {any} hostFunctions  may lack any of them, under test */
  constructor(hostFunctions) {
    this.#native = hostFunctions;
  }

  /**
   * Latin-1 bytes as a string.
   * @param {Uint8Array} bytes
   * @param {ArrayBuffer} buffer  that of `bytes`, which begin at its start
   * @param {number} position
   * @param {number} length  not beyond the end of the message
   * @returns {string}
   */
  narrow(bytes, buffer, position, length) {
    if (length <= 8) return narrowOfEight(bytes, position, length);
    if (length < DECODER_LENGTH) return narrowInLoop(bytes, position, length);
    if (decoder !== undefined) {
      // ASCII, when as many characters come out as bytes went in and none of them replaces any.
      const text = TextDecoderPrototypeDecode(decoder, new Uint8Array(buffer, position, length));
      if (text.length === length && StringPrototypeIndexOf(text, '\ufffd') < 0) return text;
    }
    if (this.#native.rxLatin1 !== undefined) {
      return this.#native.rxLatin1(bytes, position, length);
    }
    return narrowInLoop(bytes, position, length);
  }

  /**
   * UTF-16 as a string; lone surrogates stay.
   * @param {Uint8Array} bytes
   * @param {number} position
   * @param {number} size  in bytes, even, not beyond the end of `bytes`
   * @returns {string}
   */
  wide(bytes, position, size) {
    if (size > WIDE_LENGTH && this.#native.rxTwoByte !== undefined) {
      return this.#native.rxTwoByte(bytes, position, size);
    }
    let text = '';
    for (let i = 0; i < size; i += 2) {
      text += StringFromCharCode(bytes[position + i] | (bytes[position + i + 1] << 8));
    }
    return text;
  }
}

module.exports = { StringReader, TextCache };
