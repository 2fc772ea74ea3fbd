'use strict';
// Bytes to values: primitives, strings, arrays and plain objects. The other kinds of objects are in
// codec-read-objects.js.
//
// Reading is total: any bytes give a value or an error. No length is believed before it is compared
// with the bytes that are left, nesting is limited, and nothing beyond the end is looked at: the
// buffer may hold older messages there. No script of the application runs before the value is
// complete, which is why keys are defined and not assigned where a setter could be in the way.

const {
  Array, ArrayPrototype, Date, Error, Int32Array, ObjectGetPrototypeOf, ObjectPrototype,
  ReflectDefineProperty, ReflectOwnKeys,
} = primordials;
const {
  VERSION_TAG, VERSION, OLDEST_VERSION, PADDING, OBJECT_COUNT, HOLE, UNDEFINED, NULL, TRUE, FALSE,
  INT, UINT, DOUBLE, BIG_INT, UTF8_STRING, ONE_BYTE_STRING, TWO_BYTE_STRING, REFERENCE, OBJECT,
  OBJECT_END, SPARSE_ARRAY, SPARSE_ARRAY_END, DENSE_ARRAY, DENSE_ARRAY_END, DATE,
  MAX_DEPTH,
} = require('./codec-tags.js');
const { ByteReader, malformed } = require('./codec-bytes.js');
const { arrayIndex } = require('./codec-records.js');
const { createSlots } = require('./codec-slots.js');
const { StringReader, TextCache } = require('./codec-strings.js');
const { decodeUtf8 } = require('./utf8.js');
const {
  LazyBuffer, isViewNext, readBigInt, readObjectOfTag, readView,
} = require('./codec-read-objects.js');

const KEYS = 1024;
const LONGEST_KEY = 32;
const FEW_OBJECTS = 64;
// JavaScriptCore makes longer arrays slow ones when it is told their length beforehand. But asking
// whether an index is free is quick only below the length, so for longer ones it is asked once
// whether anybody has put any index on Array.prototype.
const LONGEST_PREPARED_ARRAY = 10_000;

class ValueReader extends ByteReader {
  version = VERSION;

  depth = 0;
  count = 0;
  /** How many resizable buffers there were in the message. */
  resizableBuffers = 0;
  /** @type {any[]} objects by number */
  #objects = createSlots(FEW_OBJECTS);
  #capacity = FEW_OBJECTS;

  #strings;
  #keys = new TextCache(KEYS, LONGEST_KEY);
  /** By slot of a key: the read in which Object.prototype was last seen not to have it. */
  #freeKeys = new Int32Array(KEYS);
  #reads = 0;
  /** How many elements the sparse arrays of the message may still make room for. */
  #roomForHoles = 0;

  /** @param {any} hostFunctions  may lack any of them, under test */
  constructor(hostFunctions) {
    super();
    this.#strings = new StringReader(hostFunctions);
  }

  /**
   * Reads a message.
   * @param {Uint8Array} bytes  all of its buffer
   * @param {number} start
   * @param {number} end
   * @returns {any}
   * @throws {Error} when the bytes are no value
   */
  read(bytes, start, end) {
    this.open(bytes, start, end);
    this.depth = 0;
    this.resizableBuffers = 0;
    this.#roomForHoles = 64 + 8 * (end - start);
    this.#reads = (this.#reads + 1) | 0;
    try {
      this.#readHeader();
      return this.readValue();
    } catch {
      throw new Error('Unable to deserialize cloned data.');
    } finally {
      this.#forgetObjects();
      this.close();
    }
  }

  #readHeader() {
    if (this.bytes[this.position++] !== VERSION_TAG) throw malformed();
    const version = this.readVarint();
    if (version < OLDEST_VERSION || version > VERSION) throw malformed();
    this.version = version;
  }

  #forgetObjects() {
    if (this.#capacity > FEW_OBJECTS) {
      this.#objects = createSlots(FEW_OBJECTS);
      this.#capacity = FEW_OBJECTS;
    } else {
      for (let i = 0; i < this.count; i++) this.#objects[i] = null;
    }
    this.count = 0;
  }

  // ---- Numbers of objects ----

  /** Gives an object the next number. @param {any} object @returns {number} */
  addObject(object) {
    const number = this.count++;
    if (number === this.#capacity) this.#growObjects();
    this.#objects[number] = object;
    return number;
  }

  #growObjects() {
    const old = this.#objects;
    const capacity = this.#capacity;
    const objects = createSlots(capacity * 4);
    for (let i = 0; i < capacity; i++) objects[i] = old[i];
    this.#objects = objects;
    this.#capacity = capacity * 4;
  }

  /** @returns {any} the object that a reference means */
  #readReference() {
    const number = this.readVarint();
    if (number >= this.count) throw malformed();
    let object = this.#objects[number];
    if (LazyBuffer.isOne(object)) {
      object = LazyBuffer.buffer(object);
      this.#objects[number] = object;
    }
    if (object === null) throw malformed();
    return object;
  }

  // ---- Values ----

  /** @returns {any} */
  readValue() {
    for (;;) {
      if (this.position >= this.end) throw malformed();
      const tag = this.bytes[this.position++];
      switch (tag) {
        case PADDING: continue;
        case ONE_BYTE_STRING: return this.#readNarrow();
        case TWO_BYTE_STRING: return this.#readWide();
        case UTF8_STRING: return this.#readUtf8();
        case INT: {
          const zigzag = this.readVarint();
          return (zigzag >>> 1) ^ -(zigzag & 1);
        }
        case DOUBLE: return this.readDouble();
        case UINT: return this.readVarint();
        case BIG_INT: return readBigInt(this);
        case TRUE: return true;
        case FALSE: return false;
        case NULL: return null;
        case UNDEFINED: return undefined;
        case OBJECT: return this.#readPlainObject();
        case DENSE_ARRAY: return this.#readDenseArray();
        case SPARSE_ARRAY: return this.#readSparseArray();
        case REFERENCE: return this.#withView(this.#readReference());
        case DATE: {
          const date = new Date(this.readDouble());
          this.addObject(date);
          return date;
        }
        case OBJECT_COUNT:
          this.readVarint();
          continue;
        default: {
          this.enter();
          const object = readObjectOfTag(this, tag);
          this.depth--;
          return object;
        }
      }
    }
  }

  /** A view follows the record of its buffer, or a reference to it. @param {any} object */
  #withView(object) {
    return isViewNext(this) ? readView(this, object) : object;
  }

  /** One level deeper. */
  enter() {
    if (++this.depth > MAX_DEPTH) throw malformed();
  }

  // ---- Strings ----

  #readNarrow() {
    const length = this.readVarint();
    const position = this.take(length);
    return this.#strings.narrow(this.bytes, this.buffer, position, length);
  }

  #readWide() {
    const size = this.readVarint();
    if ((size & 1) !== 0) throw malformed();
    return this.#strings.wide(this.bytes, this.take(size), size);
  }

  #readUtf8() {
    const size = this.readVarint();
    const position = this.take(size);
    return decodeUtf8(this.bytes, position, position + size);
  }

  /** A string record. @returns {string} */
  readString() {
    const text = this.readValue();
    if (typeof text !== 'string') throw malformed();
    return text;
  }

  // ---- Objects and arrays ----

  #readPlainObject() {
    this.enter();
    /** @type {any} */
    const object = {};
    this.addObject(object);
    const bytes = this.bytes;
    const keys = this.#keys;
    const freeKeys = this.#freeKeys;
    const reads = this.#reads;
    let pairs = 0;
    for (;;) {
      if (this.position >= this.end) throw malformed();
      const tag = bytes[this.position++];
      let key;
      let slot = -1;
      let isFree = false;
      if (tag === ONE_BYTE_STRING) {
        const length = this.readVarint();
        const position = this.take(length);
        if (length <= LONGEST_KEY && length > 0) {
          slot = keys.slotOf(bytes, position, length);
          key = keys.texts[slot];
          isFree = freeKeys[slot] === reads;
        } else {
          key = this.#strings.narrow(bytes, this.buffer, position, length);
        }
      } else if (tag === OBJECT_END) {
        break;
      } else if (tag === PADDING) {
        continue;
      } else {
        this.position--;
        key = this.#readKey();
      }
      const value = this.readValue();
      pairs++;
      // Object.prototype is all that an assignment could meet: its own prototype is fixed.
      if (isFree) {
        object[key] = value;
      } else if (!(key in object)) {
        object[key] = value;
        if (slot >= 0 && keys.texts[slot] === key) freeKeys[slot] = reads;
      } else {
        define(object, key, value);
      }
    }
    if (this.readVarint() !== pairs) throw malformed();
    this.depth--;
    return object;
  }

  /** @returns {string | number} */
  #readKey() {
    const key = this.readValue();
    if (typeof key !== 'string' && typeof key !== 'number') throw malformed();
    return key;
  }

  #readDenseArray() {
    const length = this.readVarint();
    if (length > this.end - this.position) throw malformed();
    this.enter();
    const array = length > LONGEST_PREPARED_ARRAY ? [] : new Array(length);
    this.addObject(array);
    if (length <= LONGEST_PREPARED_ARRAY) {
      // Nothing but plain prototypes can be asked; what they have is no hole then.
      const isOrdinary = ObjectGetPrototypeOf(ArrayPrototype) === ObjectPrototype;
      for (let i = 0; i < length; i++) {
        if (this.#skipHole()) continue;
        const value = this.readValue();
        if (isOrdinary && !(i in array)) array[i] = value;
        else define(array, i, value);
      }
    } else if (noIndexIsTaken()) {
      for (let i = 0; i < length; i++) if (!this.#skipHole()) array[i] = this.readValue();
    } else {
      for (let i = 0; i < length; i++) if (!this.#skipHole()) define(array, i, this.readValue());
    }
    if (array.length < length) array.length = length;
    this.#readArrayEnd(array, DENSE_ARRAY_END, length);
    return array;
  }

  #skipHole() {
    if (this.position >= this.end) throw malformed();
    if (this.bytes[this.position] !== HOLE) return false;
    this.position++;
    return true;
  }

  #readSparseArray() {
    const length = this.readVarint();
    this.enter();
    /** @type {any[]} */
    const array = [];
    // An engine that is told a length makes room for it, unless the array was too long for that once.
    this.#roomForHoles -= length;
    if (this.#roomForHoles < 0) array.length = 0xffffffff;
    array.length = length;
    this.addObject(array);
    this.#readArrayEnd(array, SPARSE_ARRAY_END, length);
    return array;
  }

  /** @param {any[]} array @param {number} endTag @param {number} length */
  #readArrayEnd(array, endTag, length) {
    let pairs = 0;
    for (;;) {
      if (this.position >= this.end) throw malformed();
      const tag = this.bytes[this.position];
      if (tag === endTag || tag === PADDING) {
        this.position++;
        if (tag === endTag) break;
        continue;
      }
      const key = this.#readKey();
      define(array, key, this.readValue());
      pairs++;
    }
    if (this.readVarint() !== pairs || this.readVarint() !== length) throw malformed();
    this.depth--;
  }
}

/** @param {any} object @param {PropertyKey} key @param {any} value */
function define(object, key, value) {
  const descriptor = /** @type {PropertyDescriptor} */ ({
    __proto__: null, value, writable: true, enumerable: true, configurable: true,
  });
  if (!ReflectDefineProperty(object, key, descriptor)) throw malformed();
}

/** Whether an assignment to an index of a new array can meet nothing on the prototypes. */
function noIndexIsTaken() {
  // Indexes come before all other keys.
  return ObjectGetPrototypeOf(ArrayPrototype) === ObjectPrototype &&
    !isIndex(ReflectOwnKeys(ArrayPrototype)[0]) && !isIndex(ReflectOwnKeys(ObjectPrototype)[0]);
}

/** @param {any} key */
function isIndex(key) {
  return typeof key === 'string' && arrayIndex(key) >= 0;
}

module.exports = { ValueReader };
