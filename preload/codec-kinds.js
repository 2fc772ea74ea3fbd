'use strict';
// Tells what an object is for the structured clone, wherever it was made: the isolated world
// serialises objects of the page, whose prototypes are not ours. So nothing here trusts
// `instanceof` or `constructor`: names found on an object are hints, and a captured method that
// only works on the real thing decides.
//
// What the language gives no way to tell: a Proxy is taken for its target (its traps are called);
// a built-in whose prototype was replaced by that of plain objects is taken for a plain object, as
// are `arguments` objects.

const {
  ArrayBufferIsView, ArrayBufferPrototypeGetByteLength, BigIntPrototypeValueOf,
  BooleanPrototypeValueOf, DatePrototypeGetTime, Error, ErrorIsError, FunctionPrototypeToString,
  MapPrototypeGetSize, NumberPrototypeValueOf, ObjectGetOwnPropertyDescriptor,
  ObjectGetPrototypeOf, ObjectHasOwn, ObjectPrototypeToString, RegExpPrototypeGetGlobal,
  SetPrototypeGetSize, StringPrototypeEndsWith, StringPrototypeSlice, StringPrototypeStartsWith,
  StringPrototypeValueOf, SymbolPrototypeToString, SymbolToStringTag,
} = primordials;

/** What an object can be; numbers for the switch in codec-write.js. */
const Kind = {
  PLAIN: 0, VIEW: 1, BUFFER: 2, MAP: 3, SET: 4, DATE: 5, REGEXP: 6, ERROR: 7,
  BOOLEAN: 8, NUMBER: 9, STRING: 10, BIG_INT: 11,
};
const NO_KIND = -1;

const TAIL = ' could not be cloned.';
// V8 shortens the source of a function that is longer than this to its first and last characters.
const LONGEST_SOURCE = 128;
const SOURCE_HEAD = 111;
const SOURCE_TAIL = 2;
// A prototype chain longer than this is a Proxy's doing.
const MAX_PROTOTYPES = 100;

/**
 * The kind of an object that is neither an array nor an instance of a plain object's prototype.
 * @param {object} value
 * @returns {number} one of `Kind`
 * @throws {Error} when it cannot be cloned
 */
function kindOf(value) {
  if (ArrayBufferIsView(value)) return Kind.VIEW;
  const tag = ObjectPrototypeToString(value);
  // An instance of a class. The language's own objects and the document's all have other tags.
  if (tag === '[object Object]') return Kind.PLAIN;
  const kind = kindIfNamed(StringPrototypeSlice(tag, 8, -1), value);
  if (kind !== NO_KIND) return kind;
  const base = nativeBase(value);
  if (base === null) return Kind.PLAIN;
  const kindOfBase = kindIfNamed(base, value);
  if (kindOfBase !== NO_KIND) return kindOfBase;
  // `Object.create(Map.prototype)` and the like inherit from a built-in without being one.
  if (isCloneableName(base)) return Kind.PLAIN;
  throw refusal(value);
}

/**
 * Whether an object without prototype and keys is a window of another origin or its location: that
 * is all these show of themselves.
 * @param {object} value
 */
function isOfAnotherOrigin(value) {
  try {
    return ObjectHasOwn(value, 'postMessage');
  } catch {
    return true; // A location does not even say what it has not got.
  }
}

/**
 * Checks a suspicion.
 * @param {string} name  what the object claims to be
 * @param {object} value
 * @returns {number} the kind of that name, or `NO_KIND` when the object is no such thing
 */
function kindIfNamed(name, value) {
  try {
    switch (name) {
      case 'Map': MapPrototypeGetSize(value); return Kind.MAP;
      case 'Set': SetPrototypeGetSize(value); return Kind.SET;
      case 'ArrayBuffer': ArrayBufferPrototypeGetByteLength(value); return Kind.BUFFER;
      case 'Date': DatePrototypeGetTime(value); return Kind.DATE;
      // `RegExp.prototype` answers as well, but has no flags.
      case 'RegExp':
        return RegExpPrototypeGetGlobal(value) === undefined ? NO_KIND : Kind.REGEXP;
      case 'Boolean': BooleanPrototypeValueOf(value); return Kind.BOOLEAN;
      case 'Number': NumberPrototypeValueOf(value); return Kind.NUMBER;
      case 'String': StringPrototypeValueOf(value); return Kind.STRING;
      case 'BigInt': BigIntPrototypeValueOf(value); return Kind.BIG_INT;
      default: return isErrorName(name) && isError(value) ? Kind.ERROR : NO_KIND;
    }
  } catch {
    return NO_KIND; // Not what it said.
  }
}

/** @param {string} name */
function isErrorName(name) {
  switch (name) {
    case 'Error': case 'EvalError': case 'RangeError': case 'ReferenceError': case 'SyntaxError':
    case 'TypeError': case 'URIError': case 'AggregateError': case 'SuppressedError':
      return true;
    default:
      return false;
  }
}

/** @param {string} name */
function isCloneableName(name) {
  switch (name) {
    case 'Map': case 'Set': case 'ArrayBuffer': case 'Date': case 'RegExp': case 'Boolean':
    case 'Number': case 'String': case 'BigInt':
      return true;
    default:
      return isErrorName(name);
  }
}

/** @param {object} value  one that is called an error */
function isError(value) {
  if (ErrorIsError !== undefined) return ErrorIsError(value);
  return ObjectHasOwn(value, 'stack'); // In older engines. Objects made like errors have none.
}

/**
 * The value of an own property that is no accessor.
 * @param {object} object
 * @param {PropertyKey} key
 * @returns {any} undefined when there is none
 */
function ownData(object, key) {
  const descriptor = ObjectGetOwnPropertyDescriptor(object, key);
  if (descriptor === undefined || !ObjectHasOwn(descriptor, 'value')) return undefined;
  return descriptor.value;
}

/**
 * The nearest class of the engine or the document that an object descends from, `Object` itself
 * not counted: 'Map', 'HTMLElement', 'Generator'. Classes of the application do not count, however
 * they name themselves: their constructors show a source.
 * @param {object} value
 * @returns {string | null}
 */
function nativeBase(value) {
  let prototype = ObjectGetPrototypeOf(value);
  for (let i = 0; i < MAX_PROTOTYPES && prototype !== null; i++) {
    const next = ObjectGetPrototypeOf(prototype);
    if (next === null) return null;
    const maker = ownData(prototype, 'constructor');
    const isFunction = typeof maker === 'function';
    if (!isFunction || isNativeFunction(maker)) {
      const tag = fixedTag(prototype);
      if (tag !== null) return tag;
      const name = isFunction ? ownData(maker, 'name') : undefined;
      if (typeof name === 'string') return name;
    }
    prototype = next;
  }
  return null;
}

/**
 * The `Symbol.toStringTag` of a prototype, if it is defined the way engines define it.
 * @param {object} prototype
 * @returns {string | null}
 */
function fixedTag(prototype) {
  const descriptor = ObjectGetOwnPropertyDescriptor(prototype, SymbolToStringTag);
  if (descriptor === undefined || !ObjectHasOwn(descriptor, 'value')) return null;
  return !descriptor.writable && typeof descriptor.value === 'string' ? descriptor.value : null;
}

/** @param {Function} fn */
function isNativeFunction(fn) {
  const source = FunctionPrototypeToString(fn);
  return StringPrototypeEndsWith(source, '[native code]\n}') ||
    StringPrototypeEndsWith(source, '{ [native code] }');
}

/**
 * The error for what cannot be cloned, in V8's words (semantics 2). Runs no script but the traps of
 * proxies.
 * @param {any} value
 * @returns {Error}
 */
function refusal(value) {
  return new Error(describe(value) + TAIL);
}

/** @param {any} value */
function describe(value) {
  if (typeof value === 'symbol') return SymbolPrototypeToString(value);
  if (typeof value === 'function') {
    const source = FunctionPrototypeToString(value);
    if (source.length <= LONGEST_SOURCE) return source;
    return StringPrototypeSlice(source, 0, SOURCE_HEAD) + '...<omitted>...' +
      StringPrototypeSlice(source, -SOURCE_TAIL);
  }
  // For the document's objects Electron's own text takes over (`document.all` is one of them).
  if (typeof value !== 'object' || !isOfTheLanguage(nativeBase(value))) return 'An object';
  let object = value;
  for (let i = 0; i < MAX_PROTOTYPES && object !== null; i++) {
    const maker = ownData(object, 'constructor');
    if (maker !== undefined) {
      const name = typeof maker === 'function' ? ownData(maker, 'name') : '';
      return typeof name === 'string' && name !== '' ? `#<${name}>` : 'An object';
    }
    object = ObjectGetPrototypeOf(object);
  }
  return 'An object';
}

/** @param {string | null} base */
function isOfTheLanguage(base) {
  switch (base) {
    case 'Promise': case 'WeakMap': case 'WeakSet': case 'WeakRef': case 'FinalizationRegistry':
    case 'SharedArrayBuffer':
      return true;
    default:
      return base !== null && StringPrototypeStartsWith(base, 'Intl.');
  }
}

module.exports = { Kind, isOfAnotherOrigin, kindOf, ownData, refusal };
