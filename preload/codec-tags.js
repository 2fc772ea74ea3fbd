'use strict';
// The tags and numbers of V8's serialisation format. A record is a tag byte and what the tag calls
// for; lengths and object numbers are base-128 varints, the rest is little endian.

module.exports = {
  VERSION_TAG: 0xff,
  // What Node 20 and later write; what is read goes back to 13, where views have no flags yet.
  VERSION: 15,
  OLDEST_VERSION: 13,
  FIRST_VERSION_WITH_VIEW_FLAGS: 14,

  PADDING: 0x00,
  OBJECT_COUNT: 0x3f, // ?
  HOLE: 0x2d, // -
  UNDEFINED: 0x5f, // _
  NULL: 0x30, // 0
  TRUE: 0x54, // T
  FALSE: 0x46, // F
  INT: 0x49, // I  zigzag varint
  UINT: 0x55, // U  varint
  DOUBLE: 0x4e, // N
  BIG_INT: 0x5a, // Z  (byte length << 1 | sign), digits
  UTF8_STRING: 0x53, // S  byte length, bytes
  ONE_BYTE_STRING: 0x22, // "  length, Latin-1
  TWO_BYTE_STRING: 0x63, // c  byte length, UTF-16
  REFERENCE: 0x5e, // ^  number of an object met before
  OBJECT: 0x6f, // o  (key, value)*
  OBJECT_END: 0x7b, // {  pairs
  SPARSE_ARRAY: 0x61, // a  length, (key, value)*
  SPARSE_ARRAY_END: 0x40, // @  pairs, length
  DENSE_ARRAY: 0x41, // A  length, elements, (key, value)*
  DENSE_ARRAY_END: 0x24, // $  pairs, length
  DATE: 0x44, // D
  TRUE_OBJECT: 0x79, // y
  FALSE_OBJECT: 0x78, // x
  NUMBER_OBJECT: 0x6e, // n
  BIG_INT_OBJECT: 0x7a, // z
  STRING_OBJECT: 0x73, // s  a string record
  REGEXP: 0x52, // R  a string record, flag bits
  MAP: 0x3b, // ;  (key, value)*
  MAP_END: 0x3a, // :  keys and values together
  SET: 0x27, // '  values
  SET_END: 0x2c, // ,  values
  ARRAY_BUFFER: 0x42, // B  length, bytes
  RESIZABLE_BUFFER: 0x7e, // ~  length, maximum, bytes
  VIEW: 0x56, // V  kind, byte offset, byte length, flags; follows its buffer's record
  ERROR: 0x72, // r  parts

  ERROR_MESSAGE: 0x6d, // m  a string record
  ERROR_CAUSE: 0x63, // c  a value
  ERROR_STACK: 0x73, // s  a string record
  ERROR_END: 0x2e, // .

  /** @type {Record<string, number>} */
  VIEW_KINDS: {
    __proto__: /** @type {any} */ (null),
    Int8Array: 0x62, // b
    Uint8Array: 0x42, // B
    Uint8ClampedArray: 0x43, // C
    Int16Array: 0x77, // w
    Uint16Array: 0x57, // W
    Int32Array: 0x64, // d
    Uint32Array: 0x44, // D
    Float16Array: 0x68, // h
    Float32Array: 0x66, // f
    Float64Array: 0x46, // F
    BigInt64Array: 0x71, // q
    BigUint64Array: 0x51, // Q
    DataView: 0x3f, // ?
  },
  VIEW_TRACKS_LENGTH: 1,
  VIEW_OF_RESIZABLE: 2,

  // Deepest nesting that is written or read; crates/clone has the same number. V8 itself gives up
  // at about 3,000. Where the engine's stack ends earlier, that is the limit.
  MAX_DEPTH: 10_000,
};
