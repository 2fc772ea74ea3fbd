// What contextBridge has to know of a value before it copies it, and what it met while copying.
//
// The rules of bridge-side.js hold here too: captured intrinsics, own realm only, no appending.
'use strict';

const {
  ArrayBufferIsView,
  DatePrototypeGetTime,
  ElementPrototypeGetTagName,
  Map,
  MapPrototypeGet,
  MapPrototypeGetSize,
  MapPrototypeSet,
  ObjectPrototypeToString,
  RegExpPrototypeGetSource,
  SetPrototypeGetSize,
} = primordials;

/** @param {any} value */
function isPrimitive(value) {
  switch (typeof value) {
    case 'object':
      return value === null;
    case 'function':
      return false;
    case 'undefined':
      // document.all says so too, and is an object.
      return value === undefined;
    default:
      return true;
  }
}

/** Whether an internal slot is there, asked by a captured getter or method that needs it. */
function hasSlot(access, value) {
  try {
    access(value);
    return true;
  } catch {
    return false;
  }
}

/** Whether a value is a DOM element. Realms of tests may have none. */
function isElement(value) {
  return ElementPrototypeGetTagName !== undefined && hasSlot(ElementPrototypeGetTagName, value);
}

/** What a value with a prototype of its own kind may be. */
const PLAIN = 0;
const CLONED = 1;
const ERROR = 2;
const PROMISE = 3;
const NODE = 4;

/** What `Object.prototype.toString` says -> a method that only such a value lets pass. */
const CHECKED = {
  __proto__: null,
  '[object Date]': DatePrototypeGetTime,
  '[object Map]': MapPrototypeGetSize,
  '[object RegExp]': RegExpPrototypeGetSource,
  '[object Set]': SetPrototypeGetSize,
};

/**
 * Sorts objects other than arrays and functions. Anything may call itself anything by
 * `Symbol.toStringTag`; what a wrong name leads to here is a failure to clone at worst.
 * @param {object} value
 */
function kindOf(value) {
  if (ArrayBufferIsView(value)) return CLONED;
  const tag = ObjectPrototypeToString(value);
  switch (tag) {
    case '[object Object]':
      return PLAIN;
    case '[object Promise]':
      return PROMISE;
    case '[object Error]':
    case '[object DOMException]':
      return ERROR;
    case '[object Boolean]':
    case '[object Number]':
    case '[object String]':
    case '[object Symbol]':
    case '[object BigInt]':
    case '[object ArrayBuffer]':
    case '[object Blob]':
    case '[object File]':
    case '[object VideoFrame]':
      return CLONED;
  }
  const access = CHECKED[tag];
  if (access !== undefined) return hasSlot(access, value) ? CLONED : PLAIN;
  return isElement(value) ? NODE : PLAIN;
}

/**
 * What one copy has met so far, so that it stays one object (semantics 74). The first few are kept
 * in a row: a Map of objects costs more than the rest of a small copy.
 * @typedef {{__proto__?: null, count: number, from: any[], to: any[], more: Map<object, any> | undefined}} Seen
 */
const ROW = 8;

/** @returns {Seen} */
function nothingSeen() {
  const from = [0, 0, 0, 0, 0, 0, 0, 0]; // ROW elements: what is there can be written to
  const to = [0, 0, 0, 0, 0, 0, 0, 0];
  return { __proto__: null, count: 0, from, to, more: undefined };
}

/** @param {Seen} seen */
function recall(seen, value) {
  const { count, from, to, more } = seen;
  for (let index = 0; index < count; index++) {
    if (from[index] === value) return to[index];
  }
  return more === undefined ? undefined : MapPrototypeGet(more, value);
}

/** @param {Seen} seen */
function remember(seen, value, copy) {
  if (seen.count < ROW) {
    seen.from[seen.count] = value;
    seen.to[seen.count] = copy;
    seen.count++;
  } else {
    seen.more ??= new Map();
    MapPrototypeSet(seen.more, value, copy);
  }
}

module.exports = {
  __proto__: null,
  PLAIN,
  CLONED,
  ERROR,
  PROMISE,
  NODE,
  isElement,
  isPrimitive,
  kindOf,
  nothingSeen,
  recall,
  remember,
};
