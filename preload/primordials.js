'use strict';
// Captures the intrinsics that the renderer's own scripts rely on, before any other script of the
// document has run. A page (or a preload script) may replace `Array.prototype.push` or
// `Function.prototype.call` afterwards: whoever uses the names below does not notice.
//
// Names follow one rule:
//   Map, MapPrototype            the constructor and its prototype
//   ObjectKeys, ReflectApply     a static function; call it as it is
//   MapPrototypeGet(map, key)    a method; what would be `this` is the first argument
//   MapPrototypeGetSize(map)     a getter; the same
//   MessagePortPrototypeSetOnmessage(port, handler)   a setter; the same
//   windowPostMessage(...)       a function of the global object; call it as it is
// What an engine lacks is absent. The table is frozen and has no prototype.
//
// What capturing cannot cover: syntax that looks properties up by itself. Internal code therefore
// uses no `for..of`, spread or destructuring of arrays (`Symbol.iterator`), does not append to
// ordinary arrays (setters on `Array.prototype`), reads no absent property of ordinary objects
// (`Object.prototype`) and awaits no promise of others (`Promise.prototype.constructor`, `then`).

const { apply, getOwnPropertyDescriptor, ownKeys } = Reflect;

/**
 * Turns a method into a function that takes `this` first. A rest parameter, unlike a bound
 * `Function.prototype.call`, is seen through by JavaScriptCore's optimiser (3 ns against 20).
 * @param {Function} method
 * @returns {(self: any, ...rest: any[]) => any}
 */
const uncurryThis = (method) => (self, ...rest) => apply(method, self, rest);

/**
 * A function that must be called without `this`, or with the global object as `this`.
 * @param {Function} fn
 * @returns {(...rest: any[]) => any}
 */
const detached = (fn) => (...rest) => apply(fn, undefined, rest);

/** @type {Record<string, any>} */
const captured = { __proto__: /** @type {any} */ (null), uncurryThis };

/** @param {string} name */
const capitalised = (name) => name[0].toUpperCase() + name.slice(1);

/**
 * Captures the named statics of a constructor or namespace object.
 * @param {string} prefix
 * @param {any} owner
 * @param {string[]} names
 */
function captureStatics(prefix, owner, names) {
  for (const name of names) {
    const value = owner[name];
    if (typeof value === 'function') captured[prefix + capitalised(name)] = value;
    else if (typeof value === 'symbol') captured[prefix + capitalised(name)] = value;
  }
}

/**
 * Captures the named methods, getters and setters of a prototype.
 * @param {string} prefix
 * @param {any} prototype
 * @param {string[]} names
 */
function capturePrototype(prefix, prototype, names) {
  for (const name of names) {
    const descriptor = getOwnPropertyDescriptor(prototype, name);
    if (descriptor === undefined) continue;
    const { value, get, set } = descriptor;
    if (typeof value === 'function') captured[prefix + capitalised(name)] = uncurryThis(value);
    if (get !== undefined) captured[`${prefix}Get${capitalised(name)}`] = uncurryThis(get);
    if (set !== undefined) captured[`${prefix}Set${capitalised(name)}`] = uncurryThis(set);
  }
}

/**
 * Constructor or namespace: what to capture of it.
 * @type {Record<string, { statics?: string, prototype?: string }>}
 */
const table = {
  Object: {
    statics: 'assign create defineProperties defineProperty entries freeze fromEntries' +
      ' getOwnPropertyDescriptor getOwnPropertyNames getOwnPropertySymbols getPrototypeOf hasOwn is isFrozen keys' +
      ' preventExtensions setPrototypeOf values',
    prototype: 'hasOwnProperty propertyIsEnumerable toString isPrototypeOf __lookupGetter__',
  },
  Function: { prototype: 'apply bind call toString' },
  Array: {
    statics: 'from isArray of',
    prototype: 'concat fill filter forEach includes indexOf join map pop push reverse shift slice' +
      ' some sort splice unshift',
  },
  String: {
    statics: 'fromCharCode fromCodePoint raw',
    prototype: 'at charAt charCodeAt codePointAt endsWith includes indexOf lastIndexOf padEnd' +
      ' padStart repeat replace replaceAll slice split startsWith substring toLowerCase' +
      ' toString toUpperCase trim valueOf',
  },
  Number: {
    statics: 'isFinite isInteger isNaN isSafeInteger parseFloat parseInt',
    prototype: 'toString valueOf',
  },
  Boolean: { prototype: 'toString valueOf' },
  Symbol: {
    statics: 'asyncIterator for hasInstance iterator keyFor species toPrimitive toStringTag',
    prototype: 'description toString valueOf',
  },
  BigInt: { statics: 'asIntN asUintN', prototype: 'toString valueOf' },
  Date: { statics: 'now', prototype: 'getTime toISOString valueOf' },
  RegExp: {
    prototype: 'dotAll exec flags global hasIndices ignoreCase multiline source sticky test' +
      ' unicode unicodeSets',
  },
  Map: { prototype: 'clear delete entries forEach get has keys set size values' },
  Set: { prototype: 'add clear delete entries forEach has keys size values' },
  WeakMap: { prototype: 'delete get has set' },
  WeakSet: { prototype: 'add delete has' },
  WeakRef: { prototype: 'deref' },
  FinalizationRegistry: { prototype: 'register unregister' },
  Promise: {
    statics: 'all allSettled race reject resolve withResolvers',
    prototype: 'catch finally then',
  },
  Error: { statics: 'captureStackTrace isError', prototype: 'toString' },
  EvalError: {},
  RangeError: {},
  ReferenceError: {},
  SyntaxError: {},
  TypeError: {},
  URIError: {},
  AggregateError: {},
  ArrayBuffer: {
    statics: 'isView',
    prototype: 'byteLength detached maxByteLength resizable slice transfer',
  },
  SharedArrayBuffer: { prototype: 'byteLength' },
  DataView: {
    prototype: 'buffer byteLength byteOffset getFloat64 getInt32 getUint16 getUint32 getUint8' +
      ' setFloat64 setInt32 setUint16 setUint32 setUint8',
  },
  Int8Array: {},
  Uint8Array: {},
  Uint8ClampedArray: {},
  Int16Array: {},
  Uint16Array: {},
  Int32Array: {},
  Uint32Array: {},
  Float16Array: {},
  Float32Array: {},
  Float64Array: {},
  BigInt64Array: {},
  BigUint64Array: {},
  Proxy: {},
  Math: { statics: 'abs ceil floor imul max min pow random round trunc' },
  JSON: { statics: 'parse stringify' },
  Reflect: {
    statics: 'apply construct defineProperty deleteProperty get getOwnPropertyDescriptor' +
      ' getPrototypeOf has isExtensible ownKeys preventExtensions set setPrototypeOf',
  },
  // The document's side. None of these exists in a bare JavaScript engine.
  Event: {
    prototype: 'preventDefault stopImmediatePropagation stopPropagation target type',
  },
  EventTarget: { prototype: 'addEventListener dispatchEvent removeEventListener' },
  MessageEvent: { prototype: 'data origin ports source' },
  ErrorEvent: {},
  MouseEvent: { prototype: 'relatedTarget' },
  PromiseRejectionEvent: { prototype: 'promise reason' },
  DOMException: { prototype: 'message name' },
  MessageChannel: { prototype: 'port1 port2' },
  MessagePort: { prototype: 'close onmessage onmessageerror postMessage start' },
  TextDecoder: { prototype: 'decode' },
  TextEncoder: { prototype: 'encode encodeInto' },
  URL: { prototype: 'hash host href origin pathname protocol search' },
  AbortController: { prototype: 'abort signal' },
  Node: { prototype: 'appendChild ownerDocument parentNode removeChild' },
  Element: { prototype: 'getAttribute removeAttribute setAttribute tagName' },
  Document: { prototype: 'createElement documentElement head body readyState currentScript' },
};

for (const name of ownKeys(table)) {
  const key = /** @type {string} */ (name);
  const owner = /** @type {any} */ (globalThis)[key];
  if (owner === undefined || owner === null) continue;
  const { statics, prototype } = table[key];
  captured[key] = owner;
  if (statics !== undefined) captureStatics(key, owner, statics.split(' '));
  if (typeof owner !== 'function' || owner.prototype === undefined) continue;
  captured[`${key}Prototype`] = owner.prototype;
  if (prototype !== undefined) {
    capturePrototype(`${key}Prototype`, owner.prototype, prototype.split(' '));
  }
}

// Intrinsics without a global name.
const TypedArray = Object.getPrototypeOf(Uint8Array);
captured.TypedArray = TypedArray;
captured.TypedArrayPrototype = TypedArray.prototype;
capturePrototype('TypedArrayPrototype', TypedArray.prototype,
  ['buffer', 'byteLength', 'byteOffset', 'fill', 'includes', 'length', 'set', 'slice', 'subarray']);
captured.TypedArrayPrototypeGetToStringTag = uncurryThis(
  /** @type {any} */ (getOwnPropertyDescriptor(TypedArray.prototype, Symbol.toStringTag)).get);
captured.MapIteratorPrototypeNext = uncurryThis(new Map().entries().next);
captured.SetIteratorPrototypeNext = uncurryThis(new Set().values().next);
captured.AsyncFunctionPrototype = Object.getPrototypeOf(async () => {});

// Functions of the global object, by the names that say where they come from.
for (const name of ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask',
  'structuredClone', 'requestAnimationFrame', 'reportError', 'encodeURIComponent',
  'decodeURIComponent', 'parseInt', 'parseFloat', 'atob', 'btoa']) {
  const fn = /** @type {any} */ (globalThis)[name];
  if (typeof fn === 'function') captured[name] = detached(fn);
}
if (typeof globalThis.postMessage === 'function') {
  captured.windowPostMessage = detached(globalThis.postMessage);
}
// A window's own addEventListener is EventTarget's; called without `this` it means the window.
if (typeof globalThis.addEventListener === 'function') {
  captured.windowAddEventListener = detached(globalThis.addEventListener);
  captured.windowRemoveEventListener = detached(globalThis.removeEventListener);
  captured.windowDispatchEvent = detached(globalThis.dispatchEvent);
}
const { console } = globalThis;
for (const name of ['debug', 'error', 'info', 'log', 'warn']) {
  const fn = /** @type {any} */ (console)?.[name];
  if (typeof fn !== 'function') continue;
  captured[`console${capitalised(name)}`] = (/** @type {any[]} */ ...rest) => apply(fn, console, rest);
}

// Collections that a tampered prototype does not reach: they have the methods themselves and inherit
// from nobody. `map.get(key)` on them is twice as fast as `MapPrototypeGet(map, key)`.
// (A constructor left out would, in older engines, pass its arguments on through an array's iterator.)
class SafeMap extends Map { constructor() { super(); } }
class SafeSet extends Set { constructor() { super(); } }
/** @param {any} subclass @param {any} prototype */
function seal(subclass, prototype) {
  for (const name of ownKeys(prototype)) {
    if (name === 'constructor') continue;
    const descriptor = getOwnPropertyDescriptor(prototype, name);
    Reflect.defineProperty(subclass.prototype, name, /** @type {PropertyDescriptor} */ (descriptor));
  }
  Object.setPrototypeOf(subclass.prototype, null);
  Object.freeze(subclass.prototype);
}
seal(SafeMap, Map.prototype);
seal(SafeSet, Set.prototype);
captured.SafeMap = SafeMap;
captured.SafeSet = SafeSet;

// To tell whether `text.charCodeAt(i)` is still what it was; see characters.js.
captured.originalCharCodeAt = String.prototype.charCodeAt;
captured.globalThis = globalThis;
captured.document = /** @type {any} */ (globalThis).document;

module.exports = Object.freeze(captured);
