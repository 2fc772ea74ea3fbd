'use strict';
// Bytes to values: the objects that have a form of their own.

const {
  ArrayBuffer, ArrayBufferPrototypeGetByteLength, ArrayBufferPrototypeGetResizable, BigInt,
  BigInt64Array, BigUint64Array, DataView, Error, EvalError, Float16Array, Float32Array,
  Float64Array, Int16Array, Int32Array, Int8Array, Map, MapPrototypeSet, Object, RangeError, ReferenceError,
  ReflectDefineProperty, ReflectDeleteProperty, RegExp, Set, SetPrototypeAdd, SyntaxError,
  TypeError, TypedArrayPrototypeGetBuffer, TypedArrayPrototypeSet, URIError, Uint16Array,
  Uint32Array, Uint8Array, Uint8ClampedArray,
} = primordials;
const { malformed } = require('./codec-bytes.js');
const tags = require('./codec-tags.js');

/** @typedef {import('./codec-read.js').ValueReader} ValueReader */

// The largest resizable buffer, and how many there may be in one message: each reserves address
// space up to its maximum.
const MAX_RESIZABLE = 512 << 20;
const MAX_RESIZABLE_BUFFERS = 64;

/**
 * Reads what follows a tag.
 * @param {ValueReader} reader
 * @param {number} tag
 * @returns {any}
 */
function readObjectOfTag(reader, tag) {
  switch (tag) {
    case tags.MAP: return readMap(reader);
    case tags.SET: return readSet(reader);
    case tags.ERROR: return readError(reader);
    case tags.ARRAY_BUFFER: return readBuffer(reader);
    case tags.RESIZABLE_BUFFER: return readResizableBuffer(reader);
    case tags.REGEXP: {
      const source = reader.readString();
      return numbered(reader, new RegExp(source, regExpFlags(reader.readVarint())));
    }
    case tags.TRUE_OBJECT: return numbered(reader, Object(true));
    case tags.FALSE_OBJECT: return numbered(reader, Object(false));
    case tags.NUMBER_OBJECT: return numbered(reader, Object(reader.readDouble()));
    case tags.BIG_INT_OBJECT: return numbered(reader, Object(readBigInt(reader)));
    case tags.STRING_OBJECT: return numbered(reader, Object(reader.readString()));
    default: throw malformed();
  }
}

/** @param {ValueReader} reader @param {object} object */
function numbered(reader, object) {
  reader.addObject(object);
  return object;
}

/** @param {ValueReader} reader @param {number} endTag  consumed when it is next */
function isAtEnd(reader, endTag) {
  while (reader.position < reader.end) {
    const tag = reader.bytes[reader.position];
    if (tag !== endTag && tag !== tags.PADDING) return false;
    reader.position++;
    if (tag === endTag) return true;
  }
  throw malformed();
}

/** @param {ValueReader} reader */
function readMap(reader) {
  const map = new Map();
  reader.addObject(map);
  let values = 0;
  while (!isAtEnd(reader, tags.MAP_END)) {
    const key = reader.readValue();
    MapPrototypeSet(map, key, reader.readValue());
    values += 2;
  }
  if (reader.readVarint() !== values) throw malformed();
  return map;
}

/** @param {ValueReader} reader */
function readSet(reader) {
  const set = new Set();
  reader.addObject(set);
  let values = 0;
  while (!isAtEnd(reader, tags.SET_END)) {
    SetPrototypeAdd(set, reader.readValue());
    values++;
  }
  if (reader.readVarint() !== values) throw malformed();
  return set;
}

/** @param {number} bits */
function regExpFlags(bits) {
  // Bit 64 is V8's own ("linear time"); nobody else can do anything with it.
  if (bits > 511 || (bits & 64) !== 0) throw malformed();
  return (bits & 1 ? 'g' : '') + (bits & 2 ? 'i' : '') + (bits & 4 ? 'm' : '') +
    (bits & 8 ? 'y' : '') + (bits & 16 ? 'u' : '') + (bits & 32 ? 's' : '') +
    (bits & 128 ? 'd' : '') + (bits & 256 ? 'v' : '');
}

/**
 * @param {ValueReader} reader
 * @returns {bigint}
 */
function readBigInt(reader) {
  const field = reader.readVarint();
  const size = field >>> 1;
  const position = reader.take(size);
  const words = new BigUint64Array(new ArrayBuffer((size + 7) & ~7));
  const bytes = new Uint8Array(TypedArrayPrototypeGetBuffer(words));
  for (let i = 0; i < size; i++) bytes[i] = reader.bytes[position + i];
  const magnitude = size === 0 ? 0n : joined(words, 0, (size + 7) >>> 3);
  return (field & 1) !== 0 ? -magnitude : magnitude;
}

/**
 * The number that words are the digits of. By halves, since adding them up one by one takes time in
 * the square of their count.
 * @param {BigUint64Array} words
 * @param {number} start
 * @param {number} end  beyond `start`
 * @returns {bigint}
 */
function joined(words, start, end) {
  if (end - start === 1) return words[start];
  const middle = (start + end) >>> 1;
  const shift = 64n * BigInt(middle - start);
  return (joined(words, middle, end) << shift) | joined(words, start, middle);
}

/**
 * Name, message, cause and stack (semantics 4), in any order, as V8 has changed its mind about it.
 * @param {ValueReader} reader
 */
function readError(reader) {
  let part = readPart(reader);
  const error = errorOfTag(part);
  if (error.isNamed) part = readPart(reader);
  const made = error.made;
  reader.addObject(made);
  // Where the engine says that an error was made in here is no news to anybody.
  ReflectDeleteProperty(made, 'line');
  ReflectDeleteProperty(made, 'column');
  ReflectDeleteProperty(made, 'sourceURL');
  /** @type {string | undefined} */
  let stack;
  for (; part !== tags.ERROR_END; part = readPart(reader)) {
    if (part === tags.ERROR_MESSAGE) define(made, 'message', reader.readString());
    else if (part === tags.ERROR_CAUSE) define(made, 'cause', reader.readValue());
    else if (part === tags.ERROR_STACK) stack = reader.readString();
    else throw malformed();
  }
  define(made, 'stack', stack);
  return made;
}

/** @param {ValueReader} reader */
function readPart(reader) {
  return reader.bytes[reader.take(1)];
}

/**
 * @param {number} tag
 * @returns {{made: Error, isNamed: boolean}}
 */
function errorOfTag(tag) {
  switch (tag) {
    case 0x45: return { made: new EvalError(), isNamed: true };
    case 0x52: return { made: new RangeError(), isNamed: true };
    case 0x46: return { made: new ReferenceError(), isNamed: true };
    case 0x53: return { made: new SyntaxError(), isNamed: true };
    case 0x54: return { made: new TypeError(), isNamed: true };
    case 0x55: return { made: new URIError(), isNamed: true };
    default: return { made: new Error(), isNamed: false };
  }
}

/** Defines a property as the engine does on errors. @param {object} error @param {string} key @param {any} value */
function define(error, key, value) {
  const descriptor = /** @type {PropertyDescriptor} */ ({
    __proto__: null, value, writable: true, enumerable: false, configurable: true,
  });
  ReflectDefineProperty(error, key, descriptor);
}

// ---- Buffers and views ----

/**
 * A buffer of which only a Uint8Array has been made so far. A small array without its buffer is
 * kept by JavaScriptCore in a tenth of the time and space.
 */
class LazyBuffer {
  #view;

  /** @param {Uint8Array} view */
  constructor(view) {
    this.#view = view;
  }

  /** @param {any} value @returns {value is LazyBuffer} */
  static isOne(value) {
    return typeof value === 'object' && value !== null && #view in value;
  }

  /** @param {LazyBuffer} lazy @returns {ArrayBuffer} */
  static buffer(lazy) {
    return TypedArrayPrototypeGetBuffer(lazy.#view);
  }
}

/** A buffer, or the view that follows it. @param {ValueReader} reader */
function readBuffer(reader) {
  const length = reader.readVarint();
  const source = reader.take(length);
  const copy = new Uint8Array(length);
  TypedArrayPrototypeSet(copy, new Uint8Array(reader.buffer, source, length));
  if (!isViewNext(reader)) return numbered(reader, TypedArrayPrototypeGetBuffer(copy));
  reader.addObject(new LazyBuffer(copy));
  return readViewOf(reader, null, copy, length);
}

/** @param {ValueReader} reader */
function readResizableBuffer(reader) {
  const length = reader.readVarint();
  const maximum = reader.readVarint();
  const source = reader.take(length);
  if (maximum < length || maximum > MAX_RESIZABLE) throw malformed();
  if (++reader.resizableBuffers > MAX_RESIZABLE_BUFFERS) throw malformed();
  const options = /** @type {any} */ ({ __proto__: null, maxByteLength: maximum });
  const buffer = new ArrayBuffer(length, options);
  TypedArrayPrototypeSet(new Uint8Array(buffer), new Uint8Array(reader.buffer, source, length));
  reader.addObject(buffer);
  return isViewNext(reader) ? readView(reader, buffer) : buffer;
}

/** Padding before a view is passed over; without a view it is left for whoever reads next. @param {ValueReader} reader */
function isViewNext(reader) {
  let position = reader.position;
  while (position < reader.end && reader.bytes[position] === tags.PADDING) position++;
  if (position >= reader.end || reader.bytes[position] !== tags.VIEW) return false;
  reader.position = position;
  return true;
}

/**
 * Reads the view that follows a reference.
 * @param {ValueReader} reader
 * @param {any} buffer
 */
function readView(reader, buffer) {
  let length;
  try {
    length = ArrayBufferPrototypeGetByteLength(buffer);
  } catch {
    throw malformed(); // A view of what is no buffer.
  }
  return readViewOf(reader, buffer, null, length);
}

/**
 * @param {ValueReader} reader
 * @param {ArrayBuffer | null} buffer  null when it has not been made yet
 * @param {Uint8Array | null} whole  a view of all of it then
 * @param {number} available  its length
 */
function readViewOf(reader, buffer, whole, available) {
  reader.take(1);
  const kind = reader.bytes[reader.take(1)];
  const offset = reader.readVarint();
  const length = reader.readVarint();
  const hasFlags = reader.version >= tags.FIRST_VERSION_WITH_VIEW_FLAGS;
  const flags = hasFlags ? reader.readVarint() : 0;
  const follows = (flags & tags.VIEW_TRACKS_LENGTH) !== 0;
  const isResizable = buffer !== null && ArrayBufferPrototypeGetResizable !== undefined &&
    ArrayBufferPrototypeGetResizable(buffer);
  if (flags > 3 || ((flags & tags.VIEW_OF_RESIZABLE) !== 0) !== isResizable) {
    // Version 13 says nothing about it.
    if (hasFlags) throw malformed();
  }
  if (follows && !isResizable) throw malformed();
  if (offset > available || length > available - offset) throw malformed();
  if (whole !== null && kind === tags.VIEW_KINDS.Uint8Array && offset === 0 && length === available) {
    return numbered(reader, whole);
  }
  if (buffer === null) {
    buffer = /** @type {ArrayBuffer} */ (TypedArrayPrototypeGetBuffer(whole));
  }
  return numbered(reader, makeView(kind, buffer, offset, follows ? undefined : length));
}

/**
 * @param {number} kind
 * @param {ArrayBuffer} buffer
 * @param {number} offset
 * @param {number | undefined} length  in bytes; undefined for all there is, now and later
 */
function makeView(kind, buffer, offset, length) {
  const { VIEW_KINDS } = tags;
  switch (kind) {
    case VIEW_KINDS.Int8Array: return new Int8Array(buffer, offset, length);
    case VIEW_KINDS.Uint8Array: return new Uint8Array(buffer, offset, length);
    case VIEW_KINDS.Uint8ClampedArray: return new Uint8ClampedArray(buffer, offset, length);
    case VIEW_KINDS.DataView: return new DataView(buffer, offset, length);
    case VIEW_KINDS.Int16Array: return new Int16Array(buffer, offset, elements(length, 2));
    case VIEW_KINDS.Uint16Array: return new Uint16Array(buffer, offset, elements(length, 2));
    case VIEW_KINDS.Int32Array: return new Int32Array(buffer, offset, elements(length, 4));
    case VIEW_KINDS.Uint32Array: return new Uint32Array(buffer, offset, elements(length, 4));
    case VIEW_KINDS.Float32Array: return new Float32Array(buffer, offset, elements(length, 4));
    case VIEW_KINDS.Float64Array: return new Float64Array(buffer, offset, elements(length, 8));
    case VIEW_KINDS.BigInt64Array: return new BigInt64Array(buffer, offset, elements(length, 8));
    case VIEW_KINDS.BigUint64Array: return new BigUint64Array(buffer, offset, elements(length, 8));
    case VIEW_KINDS.Float16Array:
      if (Float16Array !== undefined) return new Float16Array(buffer, offset, elements(length, 2));
  }
  throw malformed();
}

/** @param {number | undefined} length @param {number} size */
function elements(length, size) {
  if (length === undefined) return undefined;
  // That the offset is a multiple too is checked by the constructors.
  if (length % size !== 0) throw malformed();
  return length / size;
}

module.exports = { LazyBuffer, isViewNext, readBigInt, readObjectOfTag, readView };
