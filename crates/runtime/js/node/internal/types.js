// What kind of object a value is, told by its internal slots and not by its prototype.
'use strict';

const binding = internalBinding('types');

/** @param {any} prototype @param {string} name */
const getter = (prototype, name) =>
  /** @type {() => any} */ (Object.getOwnPropertyDescriptor(prototype, name)?.get);

const TypedArray = Object.getPrototypeOf(Uint8Array);
const tagOf = getter(TypedArray.prototype, Symbol.toStringTag);
const lengthOf = getter(TypedArray.prototype, 'length');
const mapSize = getter(Map.prototype, 'size');
const setSize = getter(Set.prototype, 'size');
const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');
const sharedLength = globalThis.SharedArrayBuffer && getter(SharedArrayBuffer.prototype, 'byteLength');
const viewLength = getter(DataView.prototype, 'byteLength');
const regexpSource = getter(RegExp.prototype, 'source');
const MapIteratorPrototype = Object.getPrototypeOf(new Map().entries());
const SetIteratorPrototype = Object.getPrototypeOf(new Set().entries());

/** Whether a method that checks for an internal slot takes the value.
 * @param {Function} method @param {any} value @param {...any} args */
function accepts(method, value, ...args) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  try {
    method.call(value, ...args);
    return true;
  } catch {
    return false;
  }
}

/** @param {any} value */
const typedArrayName = (value) => {
  if (!ArrayBuffer.isView(value)) return undefined;
  return /** @type {string | undefined} */ (tagOf.call(value));
};

/** The class that the engine made the object as. @param {any} value */
function className(value) {
  if (typeof value === 'function') return 'Function';
  if (Array.isArray(value)) return 'Array';
  if (types.isNativeError(value)) return 'Error';
  if (types.isMap(value)) return 'Map';
  if (types.isSet(value)) return 'Set';
  if (types.isPromise(value)) return 'Promise';
  if (types.isDate(value)) return 'Date';
  if (types.isRegExp(value)) return 'RegExp';
  return typedArrayName(value) ?? 'Object';
}

/** @param {any} value @param {string} name */
const isTyped = (value, name) => typedArrayName(value) === name;

/** @param {any} value */
function unbox(value) {
  for (const Class of [Number, String, Boolean, Symbol, BigInt]) {
    try {
      return /** @type {any} */ (Class.prototype).valueOf.call(value);
    } catch {
      // Of another class.
    }
  }
  return undefined;
}

/** Whether the prototype of a function is one of those that only the engine gives.
 * @param {any} value @param {any[]} examples */
const hasFunctionKind = (value, examples) => typeof value === 'function' &&
  examples.some((example) => Object.getPrototypeOf(example) === Object.getPrototypeOf(value));

const asyncFunctions = [async () => {}, async function* () {}];
const generatorFunctions = [function* () {}, async function* () {}];

const types = {
  isProxy: binding.isProxy,
  isPromise: binding.isPromise,
  isNativeError: (/** @type {any} */ value) => binding.isError(value) && !binding.isProxy(value),
  isExternal: () => false,
  isModuleNamespaceObject: (/** @type {any} */ value) =>
    value !== null && typeof value === 'object' && value[Symbol.toStringTag] === 'Module' &&
    Object.getPrototypeOf(value) === null && !Object.isExtensible(value),
  isDate: (/** @type {any} */ value) => accepts(Date.prototype.getTime, value),
  isArgumentsObject: (/** @type {any} */ value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value) &&
    !(Symbol.toStringTag in value) && Object.prototype.toString.call(value) === '[object Arguments]',
  isRegExp: (/** @type {any} */ value) => value !== RegExp.prototype && accepts(regexpSource, value),
  isMap: (/** @type {any} */ value) => accepts(mapSize, value),
  isSet: (/** @type {any} */ value) => accepts(setSize, value),
  isWeakMap: (/** @type {any} */ value) => accepts(WeakMap.prototype.has, value, {}),
  isWeakSet: (/** @type {any} */ value) => accepts(WeakSet.prototype.has, value, {}),
  isMapIterator: (/** @type {any} */ value) =>
    Object.prototype.toString.call(value) === '[object Map Iterator]' && Object.getPrototypeOf(value) === MapIteratorPrototype,
  isSetIterator: (/** @type {any} */ value) =>
    Object.prototype.toString.call(value) === '[object Set Iterator]' && Object.getPrototypeOf(value) === SetIteratorPrototype,
  isArrayBuffer: (/** @type {any} */ value) => accepts(bufferLength, value),
  isSharedArrayBuffer: (/** @type {any} */ value) => Boolean(sharedLength) && accepts(sharedLength, value),
  isAnyArrayBuffer: (/** @type {any} */ value) => types.isArrayBuffer(value) || types.isSharedArrayBuffer(value),
  isArrayBufferView: ArrayBuffer.isView,
  isDataView: (/** @type {any} */ value) => accepts(viewLength, value),
  isTypedArray: (/** @type {any} */ value) => typedArrayName(value) !== undefined,
  isUint8Array: (/** @type {any} */ value) => isTyped(value, 'Uint8Array'),
  isUint8ClampedArray: (/** @type {any} */ value) => isTyped(value, 'Uint8ClampedArray'),
  isUint16Array: (/** @type {any} */ value) => isTyped(value, 'Uint16Array'),
  isUint32Array: (/** @type {any} */ value) => isTyped(value, 'Uint32Array'),
  isInt8Array: (/** @type {any} */ value) => isTyped(value, 'Int8Array'),
  isInt16Array: (/** @type {any} */ value) => isTyped(value, 'Int16Array'),
  isInt32Array: (/** @type {any} */ value) => isTyped(value, 'Int32Array'),
  isFloat32Array: (/** @type {any} */ value) => isTyped(value, 'Float32Array'),
  isFloat64Array: (/** @type {any} */ value) => isTyped(value, 'Float64Array'),
  isBigInt64Array: (/** @type {any} */ value) => isTyped(value, 'BigInt64Array'),
  isBigUint64Array: (/** @type {any} */ value) => isTyped(value, 'BigUint64Array'),
  isAsyncFunction: (/** @type {any} */ value) => hasFunctionKind(value, asyncFunctions),
  isGeneratorFunction: (/** @type {any} */ value) => hasFunctionKind(value, generatorFunctions),
  isGeneratorObject: (/** @type {any} */ value) =>
    /^\[object (Async)?Generator\]$/.test(Object.prototype.toString.call(value)),
  isNumberObject: (/** @type {any} */ value) => accepts(Number.prototype.valueOf, value),
  isStringObject: (/** @type {any} */ value) => accepts(String.prototype.valueOf, value),
  isBooleanObject: (/** @type {any} */ value) => accepts(Boolean.prototype.valueOf, value),
  isSymbolObject: (/** @type {any} */ value) => accepts(Symbol.prototype.valueOf, value),
  isBigIntObject: (/** @type {any} */ value) => accepts(BigInt.prototype.valueOf, value),
  isBoxedPrimitive: (/** @type {any} */ value) => typeof value === 'object' && unbox(value) !== undefined,
  isKeyObject: () => false,
  isCryptoKey: () => false,
};

module.exports = {
  ...types,
  publicTypes: types,
  isArguments: types.isArgumentsObject,
  isWeakRef: (/** @type {any} */ value) => accepts(WeakRef.prototype.deref, value),
  proxyParts: binding.proxyParts,
  promiseState: internalBinding('modules').promiseState,
  typedArrayName,
  typedArrayLength: (/** @type {any} */ value) => lengthOf.call(value),
  collectionSize: (/** @type {any} */ value) => (types.isMap(value) ? mapSize : setSize).call(value),
  iteratorKind: (/** @type {any} */ value) =>
    types.isMapIterator(value) ? 'Map' : types.isSetIterator(value) ? 'Set' : undefined,
  className, unbox,
};
