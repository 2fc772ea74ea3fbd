'use strict';
// Values to bytes: the objects that have a form of their own. Every property of theirs that is not
// in that form is lost, as in V8.

const {
  ArrayBufferPrototypeGetByteLength, ArrayBufferPrototypeGetDetached,
  ArrayBufferPrototypeGetMaxByteLength, ArrayBufferPrototypeGetResizable, BigIntPrototypeValueOf,
  BooleanPrototypeValueOf, DataViewPrototypeGetBuffer, DataViewPrototypeGetByteLength,
  DataViewPrototypeGetByteOffset, DatePrototypeGetTime, Error, MapPrototypeForEach,
  MapPrototypeGetSize, NumberPrototypeValueOf, ObjectGetOwnPropertyDescriptor,
  ObjectGetPrototypeOf, ObjectHasOwn, RegExpPrototypeGetDotAll, RegExpPrototypeGetGlobal,
  RegExpPrototypeGetHasIndices, RegExpPrototypeGetIgnoreCase, RegExpPrototypeGetMultiline,
  RegExpPrototypeGetSource, RegExpPrototypeGetSticky, RegExpPrototypeGetUnicode,
  RegExpPrototypeGetUnicodeSets, SetPrototypeForEach, SetPrototypeGetSize, StringPrototypeValueOf,
  TypedArrayPrototypeGetBuffer, TypedArrayPrototypeGetByteLength, TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetToStringTag, TypedArrayPrototypeIncludes, TypedArrayPrototypeSet, Uint8Array, Uint8ArrayPrototype,
} = primordials;
const tags = require('./codec-tags.js');
const { Kind, kindOf, refusal } = require('./codec-kinds.js');
const { RECORD } = require('./codec-records.js');
const { createSlots } = require('./codec-slots.js');
const { stackInForm } = require('./error-stack.js');

/** @typedef {import('./codec-write.js').ValueWriter} ValueWriter */

/**
 * Writes an object that has just been given its number.
 * @param {ValueWriter} writer
 * @param {any} object
 * @param {number} kind
 */
function writeObjectOfKind(writer, object, kind) {
  switch (kind) {
    case Kind.BUFFER: writeBuffer(writer, object); return;
    case Kind.MAP: writeMap(writer, object); return;
    case Kind.SET: writeSet(writer, object); return;
    case Kind.ERROR: writeError(writer, object); return;
    case Kind.DATE:
      writer.ensure(RECORD);
      writer.writeTag(tags.DATE);
      writer.writeDouble(DatePrototypeGetTime(object));
      return;
    case Kind.REGEXP:
      writer.writeTag(tags.REGEXP);
      writer.writeString(RegExpPrototypeGetSource(object));
      writer.ensure(RECORD);
      writer.writeVarint(regExpFlags(object));
      return;
    case Kind.BOOLEAN:
      writer.writeTag(BooleanPrototypeValueOf(object) ? tags.TRUE_OBJECT : tags.FALSE_OBJECT);
      return;
    case Kind.NUMBER:
      writer.ensure(RECORD);
      writer.writeTag(tags.NUMBER_OBJECT);
      writer.writeDouble(NumberPrototypeValueOf(object));
      return;
    case Kind.BIG_INT:
      writer.writeTag(tags.BIG_INT_OBJECT);
      writer.writeBigInt(BigIntPrototypeValueOf(object));
      return;
    case Kind.STRING:
      writer.writeTag(tags.STRING_OBJECT);
      writer.writeString(StringPrototypeValueOf(object));
      return;
    default:
      throw refusal(object);
  }
}

/** @param {any} regExp */
function regExpFlags(regExp) {
  // Bit 64 is V8's own.
  return (RegExpPrototypeGetGlobal(regExp) ? 1 : 0) |
    (RegExpPrototypeGetIgnoreCase(regExp) ? 2 : 0) |
    (RegExpPrototypeGetMultiline(regExp) ? 4 : 0) |
    (RegExpPrototypeGetSticky(regExp) ? 8 : 0) |
    (RegExpPrototypeGetUnicode(regExp) ? 16 : 0) |
    (RegExpPrototypeGetDotAll(regExp) ? 32 : 0) |
    (RegExpPrototypeGetHasIndices !== undefined && RegExpPrototypeGetHasIndices(regExp) ? 128 : 0) |
    (RegExpPrototypeGetUnicodeSets !== undefined && RegExpPrototypeGetUnicodeSets(regExp) ? 256 : 0);
}

/** @param {ValueWriter} writer @param {any} map */
function writeMap(writer, map) {
  // Listed first: what getters add or take away meanwhile changes nothing.
  const length = 2 * MapPrototypeGetSize(map);
  const list = createSlots(length);
  let next = 0;
  MapPrototypeForEach(map, (/** @type {any} */ value, /** @type {any} */ key) => {
    list[next++] = key;
    list[next++] = value;
  });
  writer.writeTag(tags.MAP);
  for (let i = 0; i < length; i++) writer.writeValue(list[i]);
  writer.writeRecord(tags.MAP_END, length);
}

/** @param {ValueWriter} writer @param {any} set */
function writeSet(writer, set) {
  const length = SetPrototypeGetSize(set);
  const list = createSlots(length);
  let next = 0;
  SetPrototypeForEach(set, (/** @type {any} */ value) => {
    list[next++] = value;
  });
  writer.writeTag(tags.SET);
  for (let i = 0; i < length; i++) writer.writeValue(list[i]);
  writer.writeRecord(tags.SET_END, length);
}

/** Name, message, cause and stack survive (semantics 4). @param {ValueWriter} writer @param {any} error */
function writeError(writer, error) {
  const message = ObjectGetOwnPropertyDescriptor(error, 'message');
  const cause = ObjectGetOwnPropertyDescriptor(error, 'cause');
  const name = `${error.name}`;
  let text = '';
  writer.writeTag(tags.ERROR);
  const nameTag = errorNameTag(name);
  if (nameTag !== 0) writer.writeTag(nameTag);
  if (message !== undefined && ObjectHasOwn(message, 'value')) {
    text = `${message.value}`;
    writer.writeTag(tags.ERROR_MESSAGE);
    writer.writeString(text);
  }
  // The stack first, as in newer versions of V8, which read it in no other order; older ones read both.
  const stack = stackInForm(error, name, text);
  if (stack !== undefined) {
    writer.writeTag(tags.ERROR_STACK);
    writer.writeString(stack);
  }
  if (cause !== undefined && ObjectHasOwn(cause, 'value')) {
    writer.writeTag(tags.ERROR_CAUSE);
    writer.writeValue(cause.value);
  }
  writer.writeTag(tags.ERROR_END);
}

/** @param {string} name @returns {number} 0 for what arrives as `Error` */
function errorNameTag(name) {
  switch (name) {
    case 'EvalError': return 0x45; // E
    case 'RangeError': return 0x52; // R
    case 'ReferenceError': return 0x46; // F
    case 'SyntaxError': return 0x53; // S
    case 'TypeError': return 0x54; // T
    case 'URIError': return 0x55; // U
    default: return 0;
  }
}

/** @param {ValueWriter} writer @param {any} buffer */
function writeBuffer(writer, buffer) {
  const length = ArrayBufferPrototypeGetByteLength(buffer);
  if (length === 0 && isDetached(buffer)) throw detachedError();
  writer.ensure(length + 2 * RECORD);
  if (ArrayBufferPrototypeGetResizable !== undefined && ArrayBufferPrototypeGetResizable(buffer)) {
    writer.writeTag(tags.RESIZABLE_BUFFER);
    writer.writeVarint(length);
    writer.writeVarint(ArrayBufferPrototypeGetMaxByteLength(buffer));
  } else {
    writer.writeTag(tags.ARRAY_BUFFER);
    writer.writeVarint(length);
  }
  copyBytes(writer, new Uint8Array(buffer), length);
}

/** @param {ValueWriter} writer @param {Uint8Array} bytes @param {number} length */
function copyBytes(writer, bytes, length) {
  TypedArrayPrototypeSet(writer.bytes, bytes, writer.position);
  writer.position += length;
}

/** @param {any} buffer  one of length 0 */
function isDetached(buffer) {
  if (ArrayBufferPrototypeGetDetached !== undefined) return ArrayBufferPrototypeGetDetached(buffer);
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

/** Whether the buffer of an empty view has shrunk away under it. @param {any} view */
function isOutOfBounds(view) {
  try {
    TypedArrayPrototypeIncludes(view, 0);
    return false;
  } catch {
    return true;
  }
}

function detachedError() {
  return new Error('An ArrayBuffer is detached and could not be cloned.');
}

/**
 * Writes a view: its whole buffer first, so that views of one buffer share it on the other side
 * too. A subclass of Uint8Array (Node's `Buffer` is one) that shows a part only goes as these bytes
 * alone: the rest of a pool is nobody's business, and the Rust codec does the same.
 * @param {ValueWriter} writer
 * @param {any} view
 */
function writeView(writer, view) {
  const number = writer.numberOf(view);
  if (number >= 0) {
    writer.writeRecord(tags.REFERENCE, number);
    return;
  }
  const name = TypedArrayPrototypeGetToStringTag(view);
  const isDataView = name === undefined;
  const buffer = isDataView ? DataViewPrototypeGetBuffer(view) : TypedArrayPrototypeGetBuffer(view);
  const shared = writer.numberOf(buffer);
  if (shared < 0 && kindOf(buffer) !== Kind.BUFFER) throw refusal(buffer); // Shared memory.
  if (isDetached(buffer)) throw detachedError();
  let offset = 0;
  let length = 0;
  if (isDataView) {
    try {
      offset = DataViewPrototypeGetByteOffset(view);
      length = DataViewPrototypeGetByteLength(view);
    } catch {
      throw refusal(view); // Its buffer has shrunk away under it.
    }
  } else {
    offset = TypedArrayPrototypeGetByteOffset(view);
    length = TypedArrayPrototypeGetByteLength(view);
    if (length === 0 && isOutOfBounds(view)) throw refusal(view);
  }
  if (name === 'Uint8Array' && length !== ArrayBufferPrototypeGetByteLength(buffer) &&
      isSubclass(view)) {
    writer.addObject({}); // Takes the number of the buffer that the other side makes for it.
    writer.ensure(length + RECORD);
    writer.writeTag(tags.ARRAY_BUFFER);
    writer.writeVarint(length);
    copyBytes(writer, new Uint8Array(buffer, offset, length), length);
    writeViewRecord(writer, tags.VIEW_KINDS.Uint8Array, 0, length, 0);
  } else {
    if (shared >= 0) {
      writer.writeRecord(tags.REFERENCE, shared);
    } else {
      writer.addObject(buffer);
      writeBuffer(writer, buffer);
    }
    const isResizable = ArrayBufferPrototypeGetResizable !== undefined &&
      ArrayBufferPrototypeGetResizable(buffer);
    // Whether it follows the length of its buffer is not to be known; it arrives as one that does
    // not.
    const flags = isResizable ? tags.VIEW_OF_RESIZABLE : 0;
    writeViewRecord(writer, viewKind(name), offset, length, flags);
  }
  writer.addObject(view);
}

/** @param {string | undefined} name  undefined for a DataView */
function viewKind(name) {
  const { VIEW_KINDS } = tags;
  const kind = name === undefined ? VIEW_KINDS.DataView : VIEW_KINDS[name];
  if (kind === undefined) throw new Error('An object could not be cloned.');
  return kind;
}

/**
 * @param {ValueWriter} writer
 * @param {number} kind
 * @param {number} offset
 * @param {number} length
 * @param {number} flags
 */
function writeViewRecord(writer, kind, offset, length, flags) {
  writer.ensure(2 * RECORD);
  writer.writeTag(tags.VIEW);
  writer.writeTag(kind);
  writer.writeVarint(offset);
  writer.writeVarint(length);
  writer.writeVarint(flags);
}

/** Whether there is a prototype more than a Uint8Array of some realm has. @param {any} view */
function isSubclass(view) {
  const prototype = ObjectGetPrototypeOf(view);
  if (prototype === Uint8ArrayPrototype || prototype === null) return false;
  const typedArray = ObjectGetPrototypeOf(prototype);
  const object = typedArray === null ? null : ObjectGetPrototypeOf(typedArray);
  return object !== null && ObjectGetPrototypeOf(object) !== null;
}

module.exports = { writeObjectOfKind, writeView };
