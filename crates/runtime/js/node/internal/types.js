// What kind of object a value is, told by its internal slots and not by its prototype.
'use strict';

const binding = internalBinding('types');

/** @param {any} prototype @param {string | symbol} name */
const getter = (prototype, name) =>
  /** @type {() => any} */ (Object.getOwnPropertyDescriptor(prototype, name)?.get);

const TypedArray = Object.getPrototypeOf(Uint8Array);
const tagOf = getter(TypedArray.prototype, Symbol.toStringTag);
const lengthOf = getter(TypedArray.prototype, 'length');
const mapSize = getter(Map.prototype, 'size');
const setSize = getter(Set.prototype, 'size');
const MapIterator = new Map().entries();
const SetIterator = new Set().entries();

/** A test for the class of an example. @param {...any} examples @returns {(value: any) => boolean} */
function sameClass(...examples) {
  const numbers = examples.map(binding.classNumber);
  if (numbers.length === 1) {
    const [only] = numbers;
    return (value) => binding.classNumber(value) === only;
  }
  return (value) => numbers.includes(binding.classNumber(value));
}

/* eslint-disable no-new-wrappers -- boxes are what is looked for */
const boxes = [new Number(0), new String(''), new Boolean(false), Object(Symbol.iterator), Object(0n)];
/* eslint-enable no-new-wrappers */
const sloppyArguments = Function('return arguments')();
const strictArguments = (function () { return arguments; })();

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

/** The primitive in a box. @param {any} value */
const unbox = (value) => {
  const at = boxes.findIndex((box) => binding.classNumber(box) === binding.classNumber(value));
  return at < 0 ? undefined : Object.getPrototypeOf(boxes[at]).valueOf.call(value);
};

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
  isDate: sameClass(new Date(0)),
  isArgumentsObject: sameClass(sloppyArguments, strictArguments),
  isRegExp: sameClass(/x/),
  isMap: sameClass(new Map()),
  isSet: sameClass(new Set()),
  isWeakMap: sameClass(new WeakMap()),
  isWeakSet: sameClass(new WeakSet()),
  isMapIterator: sameClass(MapIterator),
  isSetIterator: sameClass(SetIterator),
  isArrayBuffer: sameClass(new ArrayBuffer(0)),
  isSharedArrayBuffer: globalThis.SharedArrayBuffer ? sameClass(new SharedArrayBuffer(0)) : () => false,
  isAnyArrayBuffer: (/** @type {any} */ value) => types.isArrayBuffer(value) || types.isSharedArrayBuffer(value),
  isArrayBufferView: ArrayBuffer.isView,
  isDataView: sameClass(new DataView(new ArrayBuffer(0))),
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
  isAsyncFunction: sameClass(...asyncFunctions),
  isGeneratorFunction: sameClass(...generatorFunctions),
  isGeneratorObject: sameClass((function* () {})(), (async function* () {})()),
  isNumberObject: sameClass(boxes[0]),
  isStringObject: sameClass(boxes[1]),
  isBooleanObject: sameClass(boxes[2]),
  isSymbolObject: sameClass(boxes[3]),
  isBigIntObject: sameClass(boxes[4]),
  isBoxedPrimitive: sameClass(...boxes),
  isKeyObject: () => false,
  isCryptoKey: () => false,
};

module.exports = {
  ...types,
  publicTypes: types,
  isArguments: types.isArgumentsObject,
  isWeakRef: sameClass(new WeakRef({})),
  proxyParts: binding.proxyParts,
  promiseState: internalBinding('modules').promiseState,
  typedArrayName,
  typedArrayLength: (/** @type {any} */ value) => lengthOf.call(value),
  collectionSize: (/** @type {any} */ value) => (types.isMap(value) ? mapSize : setSize).call(value),
  iteratorKind: (/** @type {any} */ value) =>
    types.isMapIterator(value) ? 'Map' : types.isSetIterator(value) ? 'Set' : undefined,
  className, unbox,
};
