'use strict';
// The buffer that messages are written into, and the records of V8's format that hold no other
// record: numbers, BigInts and strings.
//
// The buffer is pinned: native code sends straight from its memory. So it is never handed out, and
// what a user owns is only ever copied into it.

const {
  ArrayBuffer, BigInt64Array, BigIntAsIntN, BigIntPrototypeToString, Error, Float64Array,
  NumberParseInt, StringPrototypeCharCodeAt, StringPrototypeSlice, TypedArrayPrototypeSet,
  Uint8Array,
} = primordials;
const { copyNarrow, copyWide } = require('./characters.js');
const { INT, DOUBLE, ONE_BYTE_STRING, TWO_BYTE_STRING, PADDING } = require('./codec-tags.js');

const FIRST_CAPACITY = 1 << 16;
// A larger buffer is given back after this many messages that did not need it.
const KEPT_CAPACITY = 1 << 20;
const MESSAGES_BEFORE_SHRINKING = 256;
// The largest message the other side takes (wire.js), and a header.
const MAX_CAPACITY = (512 << 20) + 16;
// Room for a tag and two varints, or a tag and a double.
const RECORD = 16;
// Strings longer than this go through `native.txString`.
const LONG_STRING = 200;

const eightBytes = new ArrayBuffer(8);
const asFloat = new Float64Array(eightBytes);
const asWord = new BigInt64Array(eightBytes);
const asBytes = new Uint8Array(eightBytes);

class RecordWriter {
  /** @type {Uint8Array} the pinned buffer; changes when it grows */
  bytes = new Uint8Array(0);
  capacity = 0;
  /** Where the next byte goes. */
  position = 0;

  #buffer = new ArrayBuffer(0);
  #native;
  /** @type {((text: string, position: number) => number) | undefined} */
  #txString;
  #smallMessages = 0;

  /** @param {any} hostFunctions  may lack any of them, under test */
  constructor(hostFunctions) {
    this.#native = hostFunctions;
    this.#txString = hostFunctions.txString;
    this.#allocate(FIRST_CAPACITY);
  }

  // ---- The buffer ----

  /** @param {number} capacity */
  #allocate(capacity) {
    this.#buffer = new ArrayBuffer(capacity);
    this.bytes = new Uint8Array(this.#buffer);
    if (this.#native.setTx !== undefined) this.#native.setTx(this.bytes);
    this.capacity = capacity;
  }

  /**
   * Makes room for `length` bytes at `position`.
   * @param {number} length
   */
  ensure(length) {
    if (this.position + length > this.capacity) this.#grow(this.position + length);
  }

  /** @param {number} needed */
  #grow(needed) {
    if (needed > MAX_CAPACITY) throw new Error('Data cannot be cloned, out of memory.');
    let capacity = this.capacity * 2;
    if (capacity < needed) capacity = needed + (needed >> 2);
    if (capacity > MAX_CAPACITY) capacity = MAX_CAPACITY;
    const written = new Uint8Array(this.#buffer, 0, this.position);
    this.#allocate(capacity);
    TypedArrayPrototypeSet(this.bytes, written);
  }

  copyOfBytes() {
    const copy = new Uint8Array(this.position);
    TypedArrayPrototypeSet(copy, new Uint8Array(this.#buffer, 0, this.position));
    return copy;
  }

  /** Gives a large buffer back when messages have been small for a while. */
  shrink() {
    if (this.capacity <= KEPT_CAPACITY) return;
    this.#smallMessages = this.position > KEPT_CAPACITY / 4 ? 0 : this.#smallMessages + 1;
    if (this.#smallMessages < MESSAGES_BEFORE_SHRINKING) return;
    this.#smallMessages = 0;
    this.#allocate(FIRST_CAPACITY);
  }

  // ---- Primitives ----

  /** @param {number} tag */
  writeTag(tag) {
    if (this.position === this.capacity) this.ensure(RECORD);
    this.bytes[this.position++] = tag;
  }

  /**
   * Writes a length or number; room for it must have been made.
   * @param {number} value  an integer from 0 to 2 ** 53 - 1
   */
  writeVarint(value) {
    const bytes = this.bytes;
    let position = this.position;
    while (value > 0x7fffffff) {
      bytes[position++] = (value & 127) | 128;
      value = (value - (value & 127)) / 128;
    }
    while (value >= 128) {
      bytes[position++] = (value & 127) | 128;
      value >>>= 7;
    }
    bytes[position++] = value;
    this.position = position;
  }

  /**
   * A tag and a varint.
   * @param {number} tag
   * @param {number} value
   */
  writeRecord(tag, value) {
    this.ensure(RECORD);
    this.bytes[this.position++] = tag;
    this.writeVarint(value);
  }

  /** @param {number} value */
  writeNumber(value) {
    const integer = value | 0;
    this.ensure(RECORD);
    if (integer === value && (integer !== 0 || 1 / value > 0)) {
      this.bytes[this.position++] = INT;
      this.writeVarint(((integer << 1) ^ (integer >> 31)) >>> 0);
    } else {
      this.bytes[this.position++] = DOUBLE;
      this.writeDouble(value);
    }
  }

  /** @param {number} value  room for it must have been made */
  writeDouble(value) {
    const bytes = this.bytes;
    const position = this.position;
    asFloat[0] = value;
    bytes[position] = asBytes[0];
    bytes[position + 1] = asBytes[1];
    bytes[position + 2] = asBytes[2];
    bytes[position + 3] = asBytes[3];
    bytes[position + 4] = asBytes[4];
    bytes[position + 5] = asBytes[5];
    bytes[position + 6] = asBytes[6];
    bytes[position + 7] = asBytes[7];
    this.position = position + 8;
  }

  /** Length, sign and digits in 64-bit words, as V8 keeps them. @param {bigint} value */
  writeBigInt(value) {
    const isNegative = value < 0n;
    const magnitude = isNegative ? -value : value;
    if (magnitude === 0n) {
      this.ensure(RECORD);
      this.writeVarint(0);
      return;
    }
    const digits = BigIntPrototypeToString(magnitude, 16);
    const words = (digits.length + 15) >>> 4;
    this.ensure(RECORD + 8 * words);
    this.writeVarint((8 * words * 2) + (isNegative ? 1 : 0));
    if (words === 1) {
      asWord[0] = BigIntAsIntN(64, magnitude);
      for (let i = 0; i < 8; i++) this.bytes[this.position++] = asBytes[i];
      return;
    }
    let end = digits.length;
    for (let i = 0; i < 8 * words; i++) {
      const pair = end > 0 ? StringPrototypeSlice(digits, end > 1 ? end - 2 : 0, end) : '0';
      this.bytes[this.position++] = NumberParseInt(pair, 16);
      end -= 2;
    }
  }

  // ---- Strings ----

  /** @param {string} text */
  writeString(text) {
    const length = text.length;
    this.ensure(2 * length + RECORD);
    if (length > LONG_STRING && this.#txString !== undefined) {
      this.position = this.#txString(text, this.position);
      return;
    }
    const start = this.position;
    this.bytes[this.position++] = ONE_BYTE_STRING;
    this.writeVarint(length);
    if (copyNarrow(text, 0xff, this.bytes, this.position) === length) {
      this.position += length;
      return;
    }
    this.position = start;
    const size = 2 * length;
    const sizeOfSize = size < 1 << 7 ? 1 : size < 1 << 14 ? 2 : size < 1 << 21 ? 3 : size < 1 << 28 ? 4 : 5;
    // V8 wants the characters at an even place.
    if (((start + 1 + sizeOfSize) & 1) !== 0) this.bytes[this.position++] = PADDING;
    this.bytes[this.position++] = TWO_BYTE_STRING;
    this.writeVarint(size);
    copyWide(text, this.bytes, this.position);
    this.position += size;
  }

  /** A key as V8 writes it: array indexes as numbers, names as strings. @param {string} key */
  writeKey(key) {
    const index = key.length > 10 ? -1 : arrayIndex(key);
    if (index < 0) this.writeString(key);
    else this.writeNumber(index);
  }
}

/**
 * The array index that a key is: canonical digits below 2 ** 32 - 1.
 * @param {string} key
 * @returns {number} -1 when it is none
 */
function arrayIndex(key) {
  const length = key.length;
  if (length === 0 || length > 10) return -1;
  const first = StringPrototypeCharCodeAt(key, 0) - 48;
  if (first < 0 || first > 9 || (first === 0 && length > 1)) return -1;
  let index = first;
  for (let i = 1; i < length; i++) {
    const digit = StringPrototypeCharCodeAt(key, i) - 48;
    if (digit < 0 || digit > 9) return -1;
    index = index * 10 + digit;
  }
  return index < 0xffffffff ? index : -1;
}

module.exports = { RECORD, RecordWriter, arrayIndex };
