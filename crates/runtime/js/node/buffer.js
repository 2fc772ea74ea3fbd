// Buffer: bytes with Node's methods, over Uint8Array.
'use strict';

const binding = internalBinding('text');
const {
  checkInteger, checkNumber, codedError, invalidArgType, invalidArgValue, outOfRange, unsupported,
} = require('internal/errors');
const { encodingName, knownEncoding, search } = require('internal/buffer_search');
const types = require('internal/types');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const MAX_LENGTH = 2 ** 32;
const MAX_STRING_LENGTH = 2 ** 29 - 24;
let inspectMaxBytes = 50;

/** @param {Uint8Array} bytes @returns {any} */
function adopt(bytes) {
  return Object.setPrototypeOf(bytes, FastBuffer.prototype);
}

/** @param {any} size */
function checkSize(size) {
  checkNumber(size, 'size', 0, MAX_LENGTH);
}

class FastBuffer extends Uint8Array {}

/** @param {any} value @param {any} [encodingOrOffset] @param {any} [length] @returns {any} */
function Buffer(value, encodingOrOffset, length) {
  if (typeof value === 'number') {
    if (typeof encodingOrOffset === 'string') throw invalidArgType('string', 'string', value);
    return Buffer.alloc(value);
  }
  return Buffer.from(value, encodingOrOffset, length);
}
Object.setPrototypeOf(Buffer, Uint8Array);
Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(FastBuffer.prototype, 'constructor', {
  value: Buffer, writable: true, configurable: true, enumerable: false,
});
Object.defineProperty(Buffer, Symbol.species, { get() { return FastBuffer; }, configurable: true });

/** @param {any} value @param {any} [encodingOrOffset] @param {any} [length] @returns {any} */
Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return adopt(binding.encode(value, knownEncoding(encodingOrOffset)));
  if (typeof value === 'object' && value !== null) {
    if (types.isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const primitive = typeof value.valueOf === 'function' ? value.valueOf() : undefined;
    if (primitive !== null && primitive !== undefined && primitive !== value &&
        (typeof primitive === 'string' || typeof primitive === 'object')) {
      return Buffer.from(primitive, encodingOrOffset, length);
    }
    const bytes = fromObject(value);
    if (bytes !== undefined) return bytes;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const text = value[Symbol.toPrimitive]('string');
      if (typeof text === 'string') return Buffer.from(text, encodingOrOffset);
    }
  }
  throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE',
    `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object.${receivedText(value)}`);
};

/** @param {any} value */
const receivedText = (value) =>
  invalidArgType('value', 'string', value).message.replace(/^.*?must be of type string\./s, '');

/** @param {ArrayBuffer} buffer @param {any} [offset] @param {any} [length] */
function fromArrayBuffer(buffer, offset, length) {
  offset = offset === undefined ? 0 : +offset || 0;
  const room = buffer.byteLength - offset;
  if (room < 0) throw codedError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
  if (length === undefined) length = room;
  else {
    length = +length;
    if (!(length > 0)) length = 0;
    else if (length > room) throw codedError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
  }
  return new FastBuffer(buffer, offset, length);
}

/** @param {any} value */
function fromObject(value) {
  if (value.length !== undefined || types.isAnyArrayBuffer(value.buffer)) {
    if (typeof value.length !== 'number') return new FastBuffer(0);
    const out = new FastBuffer(Math.max(0, Math.trunc(value.length) || 0));
    if (types.isTypedArray(value)) out.set(value);
    else for (let i = 0; i < out.length; i++) out[i] = value[i];
    return out;
  }
  if (value.type === 'Buffer' && Array.isArray(value.data)) return Buffer.from(value.data);
  return undefined;
}

/** @param {any} value @param {any} [offset] @param {any} [length] */
Buffer.copyBytesFrom = function copyBytesFrom(value, offset, length) {
  if (!types.isTypedArray(value)) throw invalidArgType('view', 'TypedArray', value);
  const part = value.subarray(offset ?? 0, length === undefined ? undefined : (offset ?? 0) + length);
  return Buffer.from(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
};

/** @param {number} size @param {any} [fill] @param {any} [encoding] */
Buffer.alloc = function alloc(size, fill, encoding) {
  checkSize(size);
  const buffer = /** @type {any} */ (new FastBuffer(size));
  return fill !== undefined && fill !== 0 && size > 0 ? buffer.fill(fill, 0, size, encoding) : buffer;
};

/** @param {number} size */
Buffer.allocUnsafe = function allocUnsafe(size) {
  checkSize(size);
  return new FastBuffer(size);
};
Buffer.allocUnsafeSlow = Buffer.allocUnsafe;

/** @param {any} value */
Buffer.isBuffer = (value) => value instanceof Buffer;
/** @param {any} encoding */
Buffer.isEncoding = (encoding) => typeof encoding === 'string' && encoding.length !== 0 && encodingName(encoding) !== undefined;
Buffer.poolSize = 8192;

/** @param {any} value @param {any} [encoding] */
Buffer.byteLength = function byteLength(value, encoding) {
  if (typeof value !== 'string') {
    if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return value.byteLength;
    throw invalidArgType('string', ['string', 'Buffer', 'ArrayBuffer'], value);
  }
  switch (encodingName(encoding)) {
    case 'utf16le': return value.length * 2;
    case 'latin1': case 'ascii': return value.length;
    case 'hex': return value.length >>> 1;
    case 'base64': case 'base64url': {
      const length = value.length - (value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0);
      return (length * 3) >>> 2;
    }
    default: return binding.utf8Length(value);
  }
};

/** @param {any} a @param {any} b */
Buffer.compare = function compare(a, b) {
  if (!types.isUint8Array(a)) throw invalidArgType('buf1', ['Buffer', 'Uint8Array'], a);
  if (!types.isUint8Array(b)) throw invalidArgType('buf2', ['Buffer', 'Uint8Array'], b);
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return Math.sign(a.length - b.length);
};

/** @param {any[]} list @param {number} [length] */
Buffer.concat = function concat(list, length) {
  if (!Array.isArray(list)) throw invalidArgType('list', 'Array', list);
  if (list.length === 0) return new FastBuffer(0);
  if (length === undefined) {
    length = list.reduce((sum, one) => sum + (one.length || 0), 0);
  } else {
    checkInteger(length, 'length', 0);
  }
  const out = new FastBuffer(/** @type {number} */ (length));
  let at = 0;
  for (const [i, one] of list.entries()) {
    if (!types.isUint8Array(one)) throw invalidArgType(`list[${i}]`, ['Buffer', 'Uint8Array'], one);
    const part = at + one.length > out.length ? one.subarray(0, out.length - at) : one;
    out.set(part, at);
    at += part.length;
  }
  return out;
};

const proto = /** @type {any} */ (Buffer.prototype);

Object.defineProperty(proto, 'parent', { get() { return this instanceof Buffer ? this.buffer : undefined; }, enumerable: true });
Object.defineProperty(proto, 'offset', { get() { return this instanceof Buffer ? this.byteOffset : undefined; }, enumerable: true });

/** @param {any} value @param {number} length */
const clamp = (value, length) => {
  value = Math.trunc(+value) || 0;
  if (value < 0) return Math.max(0, value + length);
  return Math.min(value, length);
};

/** @this {any} @param {any} [encoding] @param {any} [start] @param {any} [end] */
proto.toString = function toString(encoding, start, end) {
  const from = start === undefined || !(start > 0) ? 0 : Math.trunc(start);
  const to = end === undefined ? this.length : Math.min(Math.trunc(+end) || 0, this.length);
  if (to <= from) return '';
  return binding.decode(this, from, to, knownEncoding(encoding));
};
proto.toLocaleString = proto.toString;

/** @this {any} @param {string} text @param {any} [offset] @param {any} [length] @param {any} [encoding] */
proto.write = function write(text, offset, length, encoding) {
  if (typeof text !== 'string') throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string');
  if (typeof offset === 'string') {
    encoding = offset;
    offset = length = undefined;
  } else if (typeof length === 'string') {
    encoding = length;
    length = undefined;
  }
  if (offset !== undefined) checkInteger(offset, 'offset', 0, this.length);
  else offset = 0;
  const room = this.length - offset;
  if (length !== undefined) {
    checkInteger(length, 'length', 0, this.length);
    length = Math.min(length, room);
  } else {
    length = room;
  }
  return binding.write(this, text, offset, offset + length, knownEncoding(encoding));
};

for (const encoding of ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8']) {
  /** @this {any} @param {number} [start] @param {number} [end] */
  proto[`${encoding}Slice`] = function (start, end) { return this.toString(encoding, start, end); };
  /** @this {any} @param {string} text @param {number} [offset] @param {number} [length] */
  proto[`${encoding}Write`] = function (text, offset, length) { return this.write(text, offset, length, encoding); };
}

/** @this {any} @param {any} [start] @param {any} [end] */
proto.subarray = function subarray(start, end) {
  const from = clamp(start, this.length);
  const to = end === undefined ? this.length : clamp(end, this.length);
  return new FastBuffer(this.buffer, this.byteOffset + from, Math.max(0, to - from));
};
proto.slice = function slice(/** @type {any} */ start, /** @type {any} */ end) { return this.subarray(start, end); };

/** @this {any} @param {any} other */
proto.equals = function equals(other) {
  if (!types.isUint8Array(other)) throw invalidArgType('otherBuffer', ['Buffer', 'Uint8Array'], other);
  return this === other || (this.byteLength === other.byteLength && Buffer.compare(this, other) === 0);
};

/** @this {any} @param {any} target @param {any} [targetStart] @param {any} [targetEnd] @param {any} [start] @param {any} [end] */
proto.compare = function compare(target, targetStart = 0, targetEnd = target?.length, start = 0, end = this.length) {
  if (!types.isUint8Array(target)) throw invalidArgType('target', ['Buffer', 'Uint8Array'], target);
  checkInteger(targetStart, 'targetStart', 0);
  checkInteger(targetEnd, 'targetEnd', 0, target.length);
  checkInteger(start, 'sourceStart', 0);
  checkInteger(end, 'sourceEnd', 0, this.length);
  if (start >= end) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return Buffer.compare(this.subarray(start, end), target.subarray(targetStart, targetEnd));
};

/** @this {any} @param {any} target @param {any} [targetStart] @param {any} [start] @param {any} [end] */
proto.copy = function copy(target, targetStart, start, end) {
  if (!ArrayBuffer.isView(target)) throw invalidArgType('target', ['Buffer', 'Uint8Array'], target);
  targetStart = targetStart === undefined ? 0 : Math.trunc(+targetStart) || 0;
  start = start === undefined ? 0 : Math.trunc(+start) || 0;
  end = end === undefined ? this.length : Math.trunc(+end) || 0;
  if (targetStart < 0) throw outOfRange('targetStart', '>= 0', targetStart);
  if (start < 0 || start > this.length) throw outOfRange('sourceStart', `>= 0 && <= ${this.length}`, start);
  if (end < 0) throw outOfRange('sourceEnd', '>= 0', end);
  if (targetStart >= target.byteLength || start >= end) return 0;
  const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  const count = Math.min(end - start, this.length - start, bytes.length - targetStart);
  bytes.set(new Uint8Array(this.buffer, this.byteOffset + start, count), targetStart);
  return count;
};

/** @this {any} @param {any} value @param {any} [offset] @param {any} [end] @param {any} [encoding] */
proto.fill = function fill(value, offset, end, encoding) {
  if (typeof offset === 'string') {
    encoding = offset;
    offset = end = undefined;
  } else if (typeof end === 'string') {
    encoding = end;
    end = undefined;
  }
  const from = offset ?? 0;
  checkNumber(from, 'offset', 0);
  const to = end ?? this.length;
  checkNumber(to, 'end', 0, this.length);
  if (from >= to) return this;
  if (typeof value !== 'string' && !ArrayBuffer.isView(value)) {
    Uint8Array.prototype.fill.call(this, +value & 255, from, to);
    return this;
  }
  const bytes = typeof value === 'string' ? /** @type {Uint8Array} */ (binding.encode(value, knownEncoding(encoding))) :
    new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value === '') {
    Uint8Array.prototype.fill.call(this, 0, from, to);
    return this;
  }
  if (bytes.length === 0) throw invalidArgValue('value', value);
  for (let i = from; i < to; i++) this[i] = bytes[(i - from) % bytes.length];
  return this;
};

/** @this {any} @param {any} value @param {any} [offset] @param {any} [encoding] */
proto.indexOf = function indexOf(value, offset, encoding) { return search(this, value, offset, encoding, true); };
/** @this {any} @param {any} value @param {any} [offset] @param {any} [encoding] */
proto.lastIndexOf = function lastIndexOf(value, offset, encoding) { return search(this, value, offset, encoding, false); };
/** @this {any} @param {any} value @param {any} [offset] @param {any} [encoding] */
proto.includes = function includes(value, offset, encoding) { return this.indexOf(value, offset, encoding) !== -1; };

for (const bytes of [2, 4, 8]) {
  /** @this {any} */
  proto[`swap${bytes * 8}`] = function () {
    if (this.length % bytes !== 0) {
      throw codedError(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${bytes * 8}-bits`);
    }
    for (let i = 0; i < this.length; i += bytes) Uint8Array.prototype.reverse.call(Uint8Array.prototype.subarray.call(this, i, i + bytes));
    return this;
  };
}

proto.toJSON = function toJSON() {
  return { type: 'Buffer', data: Array.from(this) };
};

/** @this {any} @param {number | null} depth @param {any} context */
proto[kInspect] = function inspect(depth, context) {
  void depth;
  const shown = Math.min(inspectMaxBytes, this.length);
  let text = this.toString('hex', 0, shown).replace(/(.{2})(?!$)/g, '$1 ');
  const left = this.length - inspectMaxBytes;
  if (left > 0) text += ` ... ${left} more byte${left > 1 ? 's' : ''}`;
  const extra = Object.keys(this).filter((key) => !/^\d+$/.test(key));
  if (context && extra.length > 0) {
    const all = require('internal/inspect').inspect(
      Object.fromEntries(extra.map((key) => [key, this[key]])), { ...context, breakLength: Infinity, compact: true });
    text += `${text === '' ? '' : ', '}${all.slice(2, -2)}`;
  }
  return `<${this.constructor.name} ${text}>`;
};
proto.inspect = proto[kInspect];

require('internal/buffer_numbers').install(proto);
// Like every method of Node's, they do not show up in a for loop over a Buffer.
for (const name of Object.keys(proto)) Object.defineProperty(proto, name, { enumerable: name === 'parent' || name === 'offset' });
for (const symbol of Object.getOwnPropertySymbols(proto)) Object.defineProperty(proto, symbol, { enumerable: false });

/** @param {any} text */
function btoa(text) {
  text = `${text}`;
  if (/[^\x00-\xff]/.test(text)) throw new DOMException('Invalid character', 'InvalidCharacterError');
  return Buffer.from(text, 'latin1').toString('base64');
}

/** @param {any} text */
function atob(text) {
  text = `${text}`.replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/={1,2}$/, '');
  if (/[^A-Za-z0-9+/=]/.test(text)) throw new DOMException('Invalid character', 'InvalidCharacterError');
  if (text.length % 4 === 1 || text.includes('=')) {
    throw new DOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  }
  return Buffer.from(text, 'base64').toString('latin1');
}

/** @param {Uint8Array} source @param {string} from @param {string} to */
function transcode(source, from, to) {
  if (!types.isUint8Array(source)) throw invalidArgType('source', ['Buffer', 'Uint8Array'], source);
  return Buffer.from(Buffer.from(source).toString(knownEncoding(from)), knownEncoding(to));
}

module.exports = {
  Buffer, SlowBuffer: Buffer.allocUnsafeSlow, atob, btoa, transcode,
  isUtf8: (/** @type {any} */ input) => binding.isUtf8(new Uint8Array(input.buffer ?? input, input.byteOffset ?? 0, input.byteLength)),
  isAscii: (/** @type {any} */ input) => new Uint8Array(input.buffer ?? input, input.byteOffset ?? 0, input.byteLength).every((byte) => byte < 128),
  kMaxLength: MAX_LENGTH, kStringMaxLength: MAX_STRING_LENGTH,
  get Blob() { return require('internal/blob').Blob; },
  get File() { return require('internal/blob').File; },
  constants: { MAX_LENGTH, MAX_STRING_LENGTH },
};
Object.defineProperty(module.exports, 'INSPECT_MAX_BYTES', {
  get() { return inspectMaxBytes; },
  set(value) {
    checkNumber(value, 'INSPECT_MAX_BYTES', 0);
    inspectMaxBytes = value;
  },
  enumerable: true,
  configurable: true,
});
