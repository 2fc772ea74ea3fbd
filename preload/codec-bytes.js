'use strict';
// Bytes of a message, taken one after the other and never beyond its end.

const {
  ArrayBuffer, Error, Float64Array, TypedArrayPrototypeGetBuffer, TypedArrayPrototypeGetLength,
  Uint8Array,
} = primordials;

const eightBytes = new ArrayBuffer(8);
const asFloat = new Float64Array(eightBytes);
const asBytes = new Uint8Array(eightBytes);

class ByteReader {
  /** @type {Uint8Array} */
  bytes = asBytes;
  /** @type {ArrayBuffer} that of `bytes`, which is all of it */
  buffer = eightBytes;
  position = 0;
  end = 0;

  /** @param {Uint8Array} bytes @param {number} start @param {number} end */
  open(bytes, start, end) {
    if (start > end || end > TypedArrayPrototypeGetLength(bytes)) throw malformed();
    this.bytes = bytes;
    this.buffer = TypedArrayPrototypeGetBuffer(bytes);
    this.position = start;
    this.end = end;
  }

  /** Lets go of the bytes: a long message has an array of its own, which need not live on here. */
  close() {
    this.bytes = asBytes;
    this.buffer = eightBytes;
    this.position = 0;
    this.end = 0;
  }

  /** @returns {number} at most 2 ** 32 - 1 */
  readVarint() {
    const bytes = this.bytes;
    const end = this.end;
    let position = this.position;
    if (position >= end) throw malformed();
    let byte = bytes[position++];
    let value = byte & 127;
    if (byte >= 128) {
      let scale = 128;
      do {
        if (position >= end || scale > 2 ** 49) throw malformed();
        byte = bytes[position++];
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte >= 128);
      if (value > 0xffffffff) throw malformed();
    }
    this.position = position;
    return value;
  }

  /** @returns {number} */
  readDouble() {
    const bytes = this.bytes;
    const position = this.take(8);
    asBytes[0] = bytes[position];
    asBytes[1] = bytes[position + 1];
    asBytes[2] = bytes[position + 2];
    asBytes[3] = bytes[position + 3];
    asBytes[4] = bytes[position + 4];
    asBytes[5] = bytes[position + 5];
    asBytes[6] = bytes[position + 6];
    asBytes[7] = bytes[position + 7];
    return asFloat[0];
  }

  /** Steps over bytes. @param {number} length @returns {number} where they begin */
  take(length) {
    const position = this.position;
    if (length > this.end - position) throw malformed();
    this.position = position + length;
    return position;
  }
}

function malformed() {
  return new Error('The bytes are no value.');
}

module.exports = { ByteReader, malformed };
