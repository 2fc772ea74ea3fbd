// Values in V8's serialisation format. Node writes and reads it itself; here is what Electron does
// otherwise: its own objects are refused, and a Buffer sends its own bytes and no more.
'use strict';

const { isProxy } = require('util').types;
const { Deserializer, Serializer } = require('v8');

/** The key, own or inherited, of objects that no message can carry. */
const uncloneable = Symbol('uncloneable');

/**
 * From here on a message may hold a Buffer of Node's pool, which would bring the whole pool along.
 * Shorter ones cannot, as the pool is as long itself.
 */
const POOL_SIZE = Buffer.poolSize;

/** How objects of the electron module show in a message: emitters by their listeners ... */
const LISTENERS = '"\x07_events';
/** ... others, whose fields are private, as objects without any. */
const EMPTY = 'o{\0';

/**
 * @param {any} value
 * @returns {Buffer}
 */
function serialize(value) {
  let bytes;
  try {
    bytes = write(value);
  } catch (error) {
    // It was refused, but Electron may have other words for it.
    if (typeof value === 'object') search(value);
    throw error;
  }
  if (bytes.length < POOL_SIZE) {
    if (bytes.includes(EMPTY, 0, 'latin1') || bytes.includes(LISTENERS, 0, 'latin1')) search(value);
    return bytes;
  }
  return typeof value === 'object' && search(value) ? write(copy(value, new Map())) : bytes;
}

/** @param {any} value */
function write(value) {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

/**
 * @param {Uint8Array} bytes
 * @returns {any}
 */
function deserialize(bytes) {
  const deserializer = new Deserializer(bytes);
  deserializer.readHeader();
  return deserializer.readValue();
}

/**
 * Throws if the value holds an object that is not to be cloned (semantics 12). Tells whether it
 * holds a Buffer that is part of something larger. Getters are not called: that was done when it
 * was written.
 * @param {any} value
 */
function search(value) {
  let found = false;
  const seen = new Set([value]);
  for (const object of seen) {
    if (object === null || isProxy(object)) continue;
    if (ArrayBuffer.isView(object)) {
      found ||= isPart(object);
      continue;
    }
    if (uncloneable in object) throw new Error('An object could not be cloned.');
    for (const each of contents(object)) {
      if (typeof each === 'object' && each !== null) seen.add(each);
    }
  }
  return found;
}

/** @param {ArrayBufferView} view */
const isPart = (view) => Buffer.isBuffer(view) && view.byteLength < view.buffer.byteLength;

/**
 * What an object holds in its data properties, as a Map or as a Set.
 * @param {any} object
 * @returns {Iterable<any>}
 */
function contents(object) {
  if (object instanceof Map) return [...object].flat();
  if (object instanceof Set) return object;
  const values = [];
  for (const key of Object.keys(object)) {
    const property = Object.getOwnPropertyDescriptor(object, key);
    if (property !== undefined && 'value' in property) values.push(property.value);
  }
  return values;
}

/**
 * The same value with a Buffer of its own for each part of a larger one.
 * @param {any} value
 * @param {Map<object, object>} copies
 * @returns {any}
 */
function copy(value, copies) {
  if (typeof value !== 'object' || value === null || isProxy(value)) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  /** @param {any} into */
  const keep = (into) => {
    copies.set(value, into);
    return into;
  };
  if (ArrayBuffer.isView(value)) return isPart(value) ? keep(Uint8Array.prototype.slice.call(value)) : value;
  if (value instanceof Map) {
    const into = keep(new Map());
    for (const [key, each] of value) into.set(copy(key, copies), copy(each, copies));
    return into;
  }
  if (value instanceof Set) {
    const into = keep(new Set());
    for (const each of value) into.add(copy(each, copies));
    return into;
  }
  const isArray = Array.isArray(value);
  if (!isArray && Object.prototype.toString.call(value) !== '[object Object]') return value;
  const into = keep(isArray ? new Array(value.length) : {});
  for (const key of Object.keys(value)) {
    const property = { value: copy(value[key], copies), writable: true, enumerable: true, configurable: true };
    Object.defineProperty(into, key, property);
  }
  return into;
}

module.exports = { deserialize, serialize, uncloneable };
