'use strict';
// Node's `util.types` for a renderer. The main process has them from its engine; here a method or
// getter that only works on the real thing tells, and what has none goes by its tag.

/** The main process's tests, which the shared files ask.
 * @typedef {typeof import('../crates/runtime/js/node/internal/types.js').publicTypes} MainTypes */
/** @typedef {Record<keyof MainTypes, (value: any) => boolean>} Types */

const { ErrorIsError, ObjectGetPrototypeOf, ObjectPrototypeToString, ReflectApply } = primordials;

const { SharedArrayBuffer } = globalThis;
const TypedArray = ObjectGetPrototypeOf(Uint8Array);
const getter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name)?.get;

/** A test by a method or getter that throws for anything else. */
const takenBy = (method, ...args) => (value) => {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  try {
    ReflectApply(method, value, args);
    return true;
  } catch {
    return false;
  }
};
const tagged = (tag) => (value) =>
  typeof value === 'object' && ObjectPrototypeToString(value) === `[object ${tag}]`;
const sharesPrototype = (...examples) => {
  const prototypes = examples.map(ObjectGetPrototypeOf);
  return (value) => typeof value === 'function' && prototypes.includes(ObjectGetPrototypeOf(value));
};
const never = () => false;

const arrayName = getter(TypedArray.prototype, Symbol.toStringTag);
const mapSize = getter(Map.prototype, 'size');
const setSize = getter(Set.prototype, 'size');
const boxes = [Number, String, Boolean, Symbol, BigInt];
const [isNumberObject, isStringObject, isBooleanObject, isSymbolObject, isBigIntObject] = boxes.map(
  ({ prototype }) => takenBy(prototype.valueOf),
);

/** @returns {string | undefined} such as `Uint8Array` */
const typedArrayName = (value) =>
  ArrayBuffer.isView(value) ? ReflectApply(arrayName, value, []) : undefined;

const typed = (name) => (value) => typedArrayName(value) === name;

/** The primitive in a box; `undefined` for what is none. */
function unbox(value) {
  const box = boxes.find(({ prototype }) => takenBy(prototype.valueOf)(value));
  return box === undefined ? undefined : ReflectApply(box.prototype.valueOf, value, []);
}

/** @type {Types} */
const types = {
  isAnyArrayBuffer: (value) => types.isArrayBuffer(value) || types.isSharedArrayBuffer(value),
  isArgumentsObject: tagged('Arguments'),
  isArrayBuffer: takenBy(getter(ArrayBuffer.prototype, 'byteLength')),
  isArrayBufferView: ArrayBuffer.isView,
  isAsyncFunction: sharesPrototype(
    async () => {},
    async function* () {},
  ),
  isBigIntObject,
  isBooleanObject,
  isBoxedPrimitive: (value) => typeof value === 'object' && unbox(value) !== undefined,
  isCryptoKey: tagged('CryptoKey'),
  isDataView: takenBy(getter(DataView.prototype, 'byteLength')),
  isDate: takenBy(Date.prototype.getTime),
  isExternal: never,
  isGeneratorFunction: sharesPrototype(
    function* () {},
    async function* () {},
  ),
  isGeneratorObject: (value) => tagged('Generator')(value) || tagged('AsyncGenerator')(value),
  isKeyObject: never,
  isMap: takenBy(mapSize),
  isMapIterator: tagged('Map Iterator'),
  isModuleNamespaceObject: tagged('Module'),
  isNativeError: ErrorIsError ?? tagged('Error'),
  isNumberObject,
  isPromise: tagged('Promise'),
  // No feature of the language tells a Proxy.
  isProxy: never,
  isRegExp: (value) => value !== RegExp.prototype && takenBy(getter(RegExp.prototype, 'source'))(value),
  isSet: takenBy(setSize),
  isSetIterator: tagged('Set Iterator'),
  isSharedArrayBuffer:
    SharedArrayBuffer === undefined
      ? never
      : takenBy(getter(SharedArrayBuffer.prototype, 'byteLength')),
  isStringObject,
  isSymbolObject,
  isTypedArray: (value) => typedArrayName(value) !== undefined,
  isWeakMap: takenBy(WeakMap.prototype.has, {}),
  isWeakSet: takenBy(WeakSet.prototype.has, {}),
  isInt8Array: typed('Int8Array'),
  isUint8Array: typed('Uint8Array'),
  isUint8ClampedArray: typed('Uint8ClampedArray'),
  isInt16Array: typed('Int16Array'),
  isUint16Array: typed('Uint16Array'),
  isInt32Array: typed('Int32Array'),
  isUint32Array: typed('Uint32Array'),
  isFloat32Array: typed('Float32Array'),
  isFloat64Array: typed('Float64Array'),
  isBigInt64Array: typed('BigInt64Array'),
  isBigUint64Array: typed('BigUint64Array'),
};

/** The class that the engine made an object as. */
function className(value) {
  if (typeof value === 'function') return 'Function';
  if (Array.isArray(value)) return 'Array';
  for (const name of ['Map', 'Set', 'Promise', 'Date', 'RegExp']) {
    if (types[`is${name}`](value)) return name;
  }
  return types.isNativeError(value) ? 'Error' : (typedArrayName(value) ?? 'Object');
}

function iteratorKind(value) {
  if (types.isMapIterator(value)) return 'Map';
  return types.isSetIterator(value) ? 'Set' : undefined;
}

module.exports = {
  ...types,
  publicTypes: types,
  className,
  collectionSize: (value) => ReflectApply(types.isMap(value) ? mapSize : setSize, value, []),
  isArguments: types.isArgumentsObject,
  isWeakRef: takenBy(WeakRef.prototype.deref),
  iteratorKind,
  /** The engine tells it only to itself. @type {(promise: any) => [state: number, result: any] | undefined} */
  promiseState: () => undefined,
  /** Never asked, see `isProxy`. @type {(proxy: any) => [target: any, handler: any]} */
  proxyParts: () => [null, null],
  typedArrayLength: (value) => ReflectApply(getter(TypedArray.prototype, 'length'), value, []),
  typedArrayName,
  unbox,
};
