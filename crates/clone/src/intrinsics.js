// What the codec needs of the language's own objects, taken before an application can change them.
// Evaluated once in every context. The order of both lists is known to intrinsics.rs.
(() => {
  'use strict';
  const { apply, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Reflect;
  const getter = (object, key) => getOwnPropertyDescriptor(object, key).get;
  const TypedArray = getPrototypeOf(Uint8Array);

  // A list without a prototype: assigning to an index cannot meet a setter.
  const list = () => {
    const empty = [];
    setPrototypeOf(empty, null);
    return empty;
  };

  const mapForEach = Map.prototype.forEach;
  const setForEach = Set.prototype.forEach;
  const bigIntToString = BigInt.prototype.toString;
  const bigInt = BigInt;
  const flagGetters = [
    'global', 'ignoreCase', 'multiline', 'sticky', 'unicode', 'dotAll', 'hasIndices', 'unicodeSets',
  ].map((name) => getter(RegExp.prototype, name));
  setPrototypeOf(flagGetters, null);
  const arrayBuffer = ArrayBuffer;

  const functions = [
    // Entries of a Map: key, value, key, value ...
    (map) => {
      const out = list();
      let n = 0;
      apply(mapForEach, map, [(value, key) => {
        out[n++] = key;
        out[n++] = value;
      }]);
      return out;
    },
    // Values of a Set.
    (set) => {
      const out = list();
      let n = 0;
      apply(setForEach, set, [(value) => {
        out[n++] = value;
      }]);
      return out;
    },
    Map,
    Map.prototype.set,
    Set,
    Set.prototype.add,
    Date.prototype.getTime,
    RegExp,
    getter(RegExp.prototype, 'source'),
    // One bit for each flag that is set, in the order of REGEXP_FLAGS in format.rs.
    (regexp) => {
      let bits = 0;
      for (let i = 0; i < 8; i++) if (apply(flagGetters[i], regexp, [])) bits |= 1 << i;
      return bits;
    },
    Boolean.prototype.valueOf,
    Number.prototype.valueOf,
    String.prototype.valueOf,
    BigInt.prototype.valueOf,
    // A BigInt as its sign and hexadecimal digits, and the way back.
    (big) => apply(bigIntToString, big, [16]),
    (digits, negative) => (negative ? -bigInt('0x' + digits) : bigInt('0x' + digits)),
    Object,
    (length, maximum) => new arrayBuffer(length, { __proto__: null, maxByteLength: maximum }),
    getter(ArrayBuffer.prototype, 'resizable'),
    getter(ArrayBuffer.prototype, 'maxByteLength'),
    getter(ArrayBuffer.prototype, 'detached'),
    getter(TypedArray.prototype, 'buffer'),
    DataView,
    getter(DataView.prototype, 'buffer'),
    getter(DataView.prototype, 'byteOffset'),
    getter(DataView.prototype, 'byteLength'),
    Error,
    Error.prototype,
    Uint8Array.prototype,
    Object.prototype.toString,
    Function.prototype.toString,
    // The key that marks objects which may not be cloned.
    Symbol('uncloneable'),
    EvalError.prototype,
    RangeError.prototype,
    ReferenceError.prototype,
    SyntaxError.prototype,
    TypeError.prototype,
    URIError.prototype,
  ];

  // One object of every kind that can be cloned, from which the engine's class ids are learned.
  const samples = [
    {}, [], new Error(), new Boolean(true), new Number(0), new String(''), Object(0n), new Date(0),
    /(?:)/, new Map(), new Set(), new ArrayBuffer(0),
    new Int8Array(), new Uint8Array(), new Uint8ClampedArray(), new Int16Array(), new Uint16Array(),
    new Int32Array(), new Uint32Array(), new Float16Array(), new Float32Array(), new Float64Array(),
    new BigInt64Array(), new BigUint64Array(), new DataView(new ArrayBuffer(0)),
  ];

  return [functions, samples];
})();
