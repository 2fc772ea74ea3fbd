'use strict';
// Values to bytes: arrays, plain objects and who was met before. The other kinds of objects are in
// codec-write-objects.js.
//
// A getter on a value runs the application's code in the middle of a write, and that code may send
// a message of its own through the same buffer. `enter` sets the outer write aside then, and
// `leave` puts it back.

const {
  ArrayIsArray, Error, ObjectGetPrototypeOf, ObjectHasOwn, ObjectKeys, ObjectPrototype,
  RangeErrorPrototype, SafeMap, SafeSet, StringPrototypeStartsWith, TypedArrayPrototypeSet,
} = primordials;
const {
  VERSION_TAG, VERSION, HOLE, UNDEFINED, NULL, TRUE, FALSE, BIG_INT, REFERENCE, OBJECT, OBJECT_END,
  SPARSE_ARRAY, SPARSE_ARRAY_END, DENSE_ARRAY, DENSE_ARRAY_END, MAX_DEPTH,
} = require('./codec-tags.js');
const { checkCharacters } = require('./characters.js');
const { Kind, isOfAnotherOrigin, kindOf, ownData, refusal } = require('./codec-kinds.js');
const { RECORD, RecordWriter, arrayIndex } = require('./codec-records.js');
const { createSlots } = require('./codec-slots.js');
const { writeObjectOfKind, writeView } = require('./codec-write-objects.js');

// So many objects are found by looking at each, more by hash.
const FEW_OBJECTS = 16;
// Arrays longer than this that hold no object are not searched for named keys: finding that there
// are none costs ten times what writing a number does.
const SEARCHED_ARRAY = 1024;

class ValueWriter extends RecordWriter {
  #writing = false;
  /** @type {SuspendedWrite | null} */
  #suspended = null;
  /** @type {((object: object) => boolean) | undefined} */
  #isProxy;

  depth = 0;
  /** How many objects have a number. */
  count = 0;
  /** @type {any[]} the first objects, by number */
  few = createSlots(FEW_OBJECTS);
  /** @type {Set<object> | null} all objects in the order of their numbers, once there are many */
  many = null;
  /** @type {Map<object, number> | null} their numbers, once one of many came twice */
  numbers = null;

  /** @param {any} hostFunctions  `native`; may lack any of them, under test */
  constructor(hostFunctions) {
    super(hostFunctions);
    this.#isProxy = hostFunctions.isProxy;
  }

  /** Called before a message is begun in the buffer. */
  enter() {
    if (this.#writing) {
      this.#suspended = new SuspendedWrite(this, this.#suspended);
      this.#forgetObjects();
      this.#writing = false;
    } else if (this.#suspended === null) {
      this.shrink();
    }
    this.position = 0;
    checkCharacters();
  }

  /** Called when the message in the buffer has been sent or given up. */
  leave() {
    const suspended = this.#suspended;
    if (suspended === null) return;
    this.#suspended = suspended.outer;
    suspended.restore(this);
    this.#writing = true;
  }

  // ---- A message ----

  /**
   * Serialises a value, header included.
   * @param {any} value
   * @param {number} start  where in the buffer
   * @returns {number} where it ends
   * @throws what a getter throws, or a plain Error when something cannot be cloned; the message
   *   that was begun is given up then
   */
  write(value, start) {
    if (this.#writing) throw new Error('A message was begun without enter().');
    this.#writing = true;
    this.position = start;
    this.depth = 0;
    checkCharacters();
    try {
      this.ensure(RECORD);
      this.bytes[this.position++] = VERSION_TAG;
      this.bytes[this.position++] = VERSION;
      this.writeValue(value);
    } catch (error) {
      const levels = this.depth > 100 && isStackOverflow(error) ? this.depth : 0;
      this.#forgetObjects();
      this.#writing = false;
      this.leave();
      throw levels > 0 ? depthError(levels) : error;
    }
    this.#forgetObjects();
    this.#writing = false;
    return this.position;
  }

  #forgetObjects() {
    const used = this.count < FEW_OBJECTS ? this.count : FEW_OBJECTS;
    for (let i = 0; i < used; i++) this.few[i] = null;
    this.count = 0;
    this.many = null;
    this.numbers = null;
  }

  /** @param {any} value */
  writeValue(value) {
    switch (typeof value) {
      case 'string': this.writeString(value); return;
      case 'number': this.writeNumber(value); return;
      case 'object':
        if (value === null) this.writeTag(NULL);
        else this.writeObject(value);
        return;
      case 'boolean': this.writeTag(value ? TRUE : FALSE); return;
      case 'bigint':
        this.writeTag(BIG_INT);
        this.writeBigInt(value);
        return;
      case 'undefined':
        if (value === undefined) { // document.all has this type as well.
          this.writeTag(UNDEFINED);
          return;
        }
    }
    throw refusal(value);
  }

  // ---- Objects ----

  /** @param {object} object */
  writeObject(object) {
    if (++this.depth > MAX_DEPTH) throw depthError(MAX_DEPTH);
    if (this.#isProxy !== undefined && this.count < FEW_OBJECTS && this.#isProxy(object)) {
      throw new Error('#<Object> could not be cloned.');
    }
    if (ArrayIsArray(object)) {
      if (!this.isRepeated(object)) this.writeArray(object);
    } else {
      const prototype = ObjectGetPrototypeOf(object);
      // A prototype without one of its own is Object.prototype, of whatever realm.
      const kind = prototype === ObjectPrototype || prototype === null ||
        ObjectGetPrototypeOf(prototype) === null ? Kind.PLAIN : kindOf(object);
      if (kind === Kind.PLAIN) {
        if (!this.isRepeated(object)) this.writePlainObject(object, prototype);
      } else if (kind === Kind.VIEW) {
        // A view's number comes after that of its buffer.
        writeView(this, object);
      } else if (!this.isRepeated(object)) {
        writeObjectOfKind(this, object, kind);
      }
    }
    this.depth--;
  }

  /** @param {any} object @param {object | null} prototype */
  writePlainObject(object, prototype) {
    this.writeTag(OBJECT);
    const keys = ObjectKeys(object);
    const length = keys.length;
    if (length === 0 && prototype === null && isOfAnotherOrigin(object)) throw refusal(object);
    let written = 0;
    for (let i = 0; i < length; i++) {
      const key = keys[i];
      const value = object[key];
      // A getter may have deleted what the list of keys still has.
      if (value === undefined && !ObjectHasOwn(object, key)) continue;
      this.writeKey(key);
      this.writeValue(value);
      written++;
    }
    this.writeRecord(OBJECT_END, written);
  }

  /** @param {any[]} array */
  writeArray(array) {
    const length = array.length;
    for (let i = 0; i < length; i++) {
      if (!(i in array)) {
        this.#writeSparseArray(array, length);
        return;
      }
    }
    const objects = this.count;
    this.writeRecord(DENSE_ARRAY, length);
    for (let i = 0; i < length; i++) {
      const element = array[i];
      // Gone since the search above: a getter's doing.
      if (element === undefined && !ObjectHasOwn(array, i)) this.writeTag(HOLE);
      else this.writeValue(element);
    }
    let named = 0;
    if ((length <= SEARCHED_ARRAY || this.count !== objects) && hasNamedKeys(array, length)) {
      named = this.#writeNamedKeys(array);
    }
    this.writeRecord(DENSE_ARRAY_END, named);
    this.ensure(RECORD);
    this.writeVarint(length);
  }

  /** @param {any[]} array @param {number} length */
  #writeSparseArray(array, length) {
    this.writeRecord(SPARSE_ARRAY, length);
    const keys = ObjectKeys(array);
    let written = 0;
    for (let i = 0; i < keys.length; i++) {
      const key = /** @type {any} */ (keys[i]);
      const value = array[key];
      if (value === undefined && !ObjectHasOwn(array, key)) continue;
      this.writeKey(key);
      this.writeValue(value);
      written++;
    }
    this.writeRecord(SPARSE_ARRAY_END, written);
    this.ensure(RECORD);
    this.writeVarint(length);
  }

  /** @param {any[]} array @returns {number} how many there were */
  #writeNamedKeys(array) {
    const keys = ObjectKeys(array);
    let written = 0;
    for (let i = 0; i < keys.length; i++) {
      const key = /** @type {any} */ (keys[i]);
      if (arrayIndex(key) >= 0) continue;
      this.writeString(key);
      this.writeValue(array[key]);
      written++;
    }
    return written;
  }

  // ---- Numbers of objects ----

  /**
   * Writes a reference to an object that was met before, and numbers one that was not.
   * @param {object} object
   */
  isRepeated(object) {
    const count = this.count;
    if (this.many === null) {
      const few = this.few;
      for (let i = 0; i < count; i++) {
        if (few[i] === object) {
          this.writeRecord(REFERENCE, i);
          return true;
        }
      }
    } else if (this.many.has(object)) {
      this.writeRecord(REFERENCE, this.numberOf(object));
      return true;
    }
    this.addObject(object);
    return false;
  }

  /** @param {object} object @returns {number} -1 when it has none */
  numberOf(object) {
    if (this.many === null) {
      for (let i = 0; i < this.count; i++) if (this.few[i] === object) return i;
      return -1;
    }
    if (this.numbers === null) {
      if (!this.many.has(object)) return -1;
      // A set is enough, and half the work, until an object comes twice.
      const numbers = new SafeMap();
      let next = 0;
      this.many.forEach((met) => {
        numbers.set(met, next++);
      });
      this.numbers = numbers;
    }
    const number = /** @type {Map<object, number>} */ (this.numbers).get(object);
    return number === undefined ? -1 : number;
  }

  /** @param {object} object  one without a number */
  addObject(object) {
    const number = this.count++;
    if (number < FEW_OBJECTS) {
      this.few[number] = object;
      return;
    }
    if (this.many === null) {
      const many = new SafeSet();
      for (let i = 0; i < FEW_OBJECTS; i++) many.add(this.few[i]);
      this.many = many;
    }
    /** @type {Set<object>} */ (this.many).add(object);
    if (this.numbers !== null) this.numbers.set(object, number);
  }
}

/** A write that waits while a getter sends a message of its own. */
class SuspendedWrite {
  /** @type {SuspendedWrite | null} */
  outer;
  #position;
  #depth;
  #count;
  #few = createSlots(FEW_OBJECTS);
  #many;
  #numbers;
  #bytes;

  /** @param {ValueWriter} writer @param {SuspendedWrite | null} outer */
  constructor(writer, outer) {
    this.outer = outer;
    this.#position = writer.position;
    this.#depth = writer.depth;
    this.#count = writer.count;
    this.#many = writer.many;
    this.#numbers = writer.numbers;
    for (let i = 0; i < FEW_OBJECTS; i++) this.#few[i] = writer.few[i];
    this.#bytes = writer.copyOfBytes();
  }

  /** @param {ValueWriter} writer */
  restore(writer) {
    writer.position = 0;
    writer.ensure(this.#position);
    TypedArrayPrototypeSet(writer.bytes, this.#bytes);
    writer.position = this.#position;
    writer.depth = this.#depth;
    writer.count = this.#count;
    writer.many = this.#many;
    writer.numbers = this.#numbers;
    writer.few = this.#few;
  }
}

/**
 * Whether an array without holes has more keys than elements. May say so of one that has not, when
 * something enumerable was added to `Array.prototype`.
 * @param {any[]} array
 * @param {number} length
 */
function hasNamedKeys(array, length) {
  if (length <= 6) return ObjectKeys(array).length !== length;
  let count = 0;
  for (const _ in array) count++; // Twice as fast as the list of keys here, half as fast above.
  return count !== length;
}

/** @param {number} levels */
function depthError(levels) {
  return new Error(`An object nested deeper than ${levels} levels could not be cloned.`);
}

/** @param {any} error */
function isStackOverflow(error) {
  if (typeof error !== 'object' || error === null) return false;
  if (ObjectGetPrototypeOf(error) !== RangeErrorPrototype) return false;
  const message = ownData(error, 'message');
  return typeof message === 'string' &&
    StringPrototypeStartsWith(message, 'Maximum call stack size exceeded');
}

module.exports = { ValueWriter };
