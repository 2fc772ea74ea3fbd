// The module util.
'use strict';

const { inspect } = require('internal/inspect');
const { format, formatWithOptions } = require('internal/format');
const { publicTypes } = require('internal/types');
const {
  checkAbortSignal, checkBoolean, checkFunction, checkObject, checkString, codedError, invalidArgType, invalidArgValue, outOfRange,
  unsupported,
} = require('internal/errors');

const kCustom = Symbol.for('nodejs.util.promisify.custom');
const kArgs = Symbol.for('nodejs.util.promisify.args');

/** @param {any} original */
function promisify(original) {
  checkFunction(original, 'original');
  const custom = original[kCustom];
  if (custom) {
    checkFunction(custom, 'util.promisify.custom');
    return Object.defineProperty(custom, kCustom, {
      value: custom, enumerable: false, writable: false, configurable: true,
    });
  }
  const names = original[kArgs];
  /** @this {any} @param {...any} args */
  function promised(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (/** @type {any} */ error, /** @type {any[]} */ ...values) => {
        if (error) {
          reject(error);
        } else if (names !== undefined && values.length > 1) {
          resolve(Object.fromEntries(names.map((/** @type {string} */ name, /** @type {number} */ i) => [name, values[i]])));
        } else {
          resolve(values[0]);
        }
      }]);
    });
  }
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
  Object.defineProperty(promised, kCustom, {
    value: promised, enumerable: false, writable: false, configurable: true,
  });
  const descriptors = Object.getOwnPropertyDescriptors(original);
  for (const descriptor of Object.values(descriptors)) Object.setPrototypeOf(descriptor, null);
  return Object.defineProperties(promised, descriptors);
}
promisify.custom = kCustom;

/** @param {any} original */
function callbackify(original) {
  checkFunction(original, 'original');
  /** @this {any} @param {...any} args */
  function callbackified(...args) {
    const callback = args.pop();
    checkFunction(callback, 'last argument');
    Reflect.apply(original, this, args).then(
      (/** @type {any} */ value) => process.nextTick(callback, null, value),
      (/** @type {any} */ reason) => {
        if (!reason) {
          const error = codedError(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value');
          error.reason = reason;
          reason = error;
        }
        process.nextTick(callback, reason);
      });
  }
  const descriptors = /** @type {any} */ (Object.getOwnPropertyDescriptors(original));
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  return Object.defineProperties(callbackified, descriptors);
}

/** @param {any} constructor @param {any} parent */
function inherits(constructor, parent) {
  if (constructor === undefined || constructor === null) throw invalidArgType('ctor', 'Function', constructor);
  if (parent === undefined || parent === null) throw invalidArgType('superCtor', 'Function', parent);
  if (parent.prototype === undefined) throw invalidArgType('superCtor.prototype', 'Object', parent.prototype);
  Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

const warnedCodes = new Set();

/** @param {any} callback @param {string} message @param {string} [code] */
function deprecate(callback, message, code) {
  if (process.noDeprecation === true) return callback;
  if (code !== undefined) checkString(code, 'code');
  let warned = false;
  /** @this {any} @param {...any} args */
  function deprecated(...args) {
    if (!warned) {
      warned = true;
      if (code === undefined || !warnedCodes.has(code)) {
        if (code !== undefined) warnedCodes.add(code);
        process.emitWarning(message, 'DeprecationWarning', code, deprecated);
      }
    }
    if (new.target) return Reflect.construct(callback, args, new.target);
    return Reflect.apply(callback, this, args);
  }
  Object.setPrototypeOf(deprecated, callback);
  if (callback.prototype) deprecated.prototype = callback.prototype;
  return deprecated;
}

/** @param {string} set @param {Function} [ready] */
function debuglog(set, ready) {
  const name = `${set}`.toUpperCase();
  const pattern = (process.env.NODE_DEBUG ?? '').replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*').replaceAll(',', '$|^');
  const enabled = pattern !== '' && new RegExp(`^${pattern}$`, 'i').test(name);
  /** @param {...any} args */
  const log = (...args) => {
    if (enabled) process.stderr.write(`${name} ${process.pid}: ${format(...args)}\n`);
  };
  Object.defineProperty(log, 'enabled', { get: () => enabled, enumerable: true, configurable: true });
  ready?.(log);
  return log;
}

const ANSI = /[\u001B\u009B][[\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?(?:\u0007|\u001B\u005C|\u009C))|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]))/g;

/** @param {string} text */
function stripVTControlCharacters(text) {
  checkString(text, 'str');
  return text.replace(ANSI, '');
}

/** @param {string} text */
function toUSVString(text) {
  return `${text}`.toWellFormed();
}

/** @param {string | string[]} style @param {string} text @param {{ validateStream?: boolean, stream?: any }} [options] */
function styleText(style, text, options = {}) {
  checkString(text, 'text');
  checkObject(options, 'options');
  const { validateStream = true, stream = process.stdout } = options;
  checkBoolean(validateStream, 'options.validateStream');
  let plain = false;
  if (validateStream) {
    if (typeof stream?.pipe !== 'function' && typeof stream?.write !== 'function') {
      throw invalidArgType('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
    }
    plain = !(process.env.FORCE_COLOR !== undefined ? process.env.FORCE_COLOR !== '0' : stream.isTTY && (stream.hasColors?.() ?? true));
  }
  let start = '';
  let end = '';
  for (const name of Array.isArray(style) ? style : [style]) {
    const code = /** @type {any} */ (inspect).colors[name];
    if (code === undefined) {
      throw invalidArgValue('format', name, `must be one of: ${Object.keys(/** @type {any} */ (inspect).colors).map((one) => `'${one}'`).join(', ')}`);
    }
    start += `\x1b[${code[0]}m`;
    end = `\x1b[${code[1]}m${end}`;
  }
  // Several styles are applied wherever the text goes, as in Node.
  return plain && !Array.isArray(style) ? text : start + text + end;
}

/** @param {number} errno */
function getSystemErrorName(errno) {
  if (typeof errno !== 'number') throw invalidArgType('err', 'number', errno);
  if (errno >= 0 || !Number.isSafeInteger(errno)) throw outOfRange('err', 'a negative integer', errno);
  return internalBinding('os').describe(-errno)[0];
}

function getSystemErrorMap() {
  const { describe, errors } = internalBinding('os');
  return new Map(Object.values(errors()).map((errno) => [-(/** @type {number} */ (errno)), describe(errno)]));
}

/** @param {AbortSignal} signal @param {object} resource */
async function aborted(signal, resource) {
  if (signal === undefined) throw invalidArgType('signal', 'AbortSignal', signal);
  checkAbortSignal(signal, 'signal');
  checkObject(resource, 'resource');
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
}

/** @param {any} target @param {any} source */
function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  return Object.assign(target, source);
}

/** The settings of a file like those of dotenv. @param {string} content */
function parseEnv(content) {
  checkString(content, 'content');
  /** @type {Record<string, string>} */
  const values = {};
  const line = /^[ \t]*(?:export[ \t]+)?([^\s=#]+)[ \t]*=[ \t]*(?:"((?:[^"])*)"|'([^']*)'|`([^`]*)`|([^\n#]*))/gm;
  for (const [, name, double, single, back, plain] of content.replace(/\r\n?/g, '\n').matchAll(line)) {
    values[name] = double !== undefined ? double.replaceAll('\\n', '\n') : single ?? back ?? plain.trim();
  }
  return values;
}

/** @param {any} value */
const isObject = (value) => value !== null && typeof value === 'object';

/** @type {any} */
const util = {
  _extend, aborted, callbackify, debug: debuglog, debuglog, deprecate, format,
  formatWithOptions: (/** @type {any} */ options, /** @type {any[]} */ ...args) => {
    checkObject(options, 'inspectOptions');
    return formatWithOptions(options, args);
  },
  getSystemErrorMap, getSystemErrorName, inherits, inspect,
  isArray: Array.isArray,
  isBoolean: (/** @type {any} */ value) => typeof value === 'boolean',
  isBuffer: (/** @type {any} */ value) => require('buffer').Buffer.isBuffer(value),
  isDeepStrictEqual: (/** @type {any} */ a, /** @type {any} */ b) => require('internal/deep_equal').isDeepEqual(a, b, true),
  isNull: (/** @type {any} */ value) => value === null,
  isNullOrUndefined: (/** @type {any} */ value) => value === null || value === undefined,
  isNumber: (/** @type {any} */ value) => typeof value === 'number',
  isString: (/** @type {any} */ value) => typeof value === 'string',
  isSymbol: (/** @type {any} */ value) => typeof value === 'symbol',
  isUndefined: (/** @type {any} */ value) => value === undefined,
  isRegExp: publicTypes.isRegExp,
  isObject,
  isDate: publicTypes.isDate,
  isError: (/** @type {any} */ value) => publicTypes.isNativeError(value) || value instanceof Error,
  isFunction: (/** @type {any} */ value) => typeof value === 'function',
  isPrimitive: (/** @type {any} */ value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
  log: (/** @type {any[]} */ ...args) => console.log('%s - %s', new Date().toLocaleString(), format(...args)),
  promisify, stripVTControlCharacters, styleText, toUSVString,
  parseArgs: (/** @type {any} */ config) => require('internal/parse_args').parseArgs(config), parseEnv,
  transferableAbortController() { throw unsupported('util.transferableAbortController'); },
  transferableAbortSignal() { throw unsupported('util.transferableAbortSignal'); },
  types: publicTypes,
};
for (const name of ['TextEncoder', 'TextDecoder']) {
  Object.defineProperty(util, name, { get: () => /** @type {any} */ (globalThis)[name], enumerable: true, configurable: true });
}

for (const name of ['MIMEType', 'MIMEParams']) {
  Object.defineProperty(util, name, { get: () => require('internal/mime')[name], enumerable: true, configurable: true });
}

module.exports = util;
