// Errors that carry a code, worded as Node words them, and the checks that throw them.
'use strict';

/**
 * An error with Node's `code`, its name printed as `Name [CODE]` in the stack.
 * @param {ErrorConstructor} Base @param {string} code @param {string} message
 */
function codedError(Base, code, message) {
  const error = /** @type {any} */ (new Base(message));
  error.code = code;
  // Node prints the code in the first line of the stack and nowhere else.
  if (typeof error.stack === 'string' && error.stack.startsWith(error.name)) {
    Object.defineProperty(error, 'stack', {
      value: `${error.name} [${code}]${error.stack.slice(error.name.length)}`,
      writable: true, enumerable: false, configurable: true,
    });
  }
  return error;
}

/** What Node says it received instead. @param {any} value */
function received(value) {
  if (value == null) return ` Received ${value}`;
  if (typeof value === 'function') return ` Received function ${value.name}`;
  if (typeof value === 'object') {
    if (value.constructor?.name) return ` Received an instance of ${value.constructor.name}`;
    return ` Received ${require('internal/inspect').inspect(value, { depth: -1 })}`;
  }
  let text = require('internal/inspect').inspect(value, { colors: false });
  if (text.length > 28) text = `${text.slice(0, 25)}...`;
  return ` Received type ${typeof value} (${text})`;
}

const PRIMITIVES = new Set([
  'string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol',
]);

/** @param {string[]} list @param {string} [word] */
function either(list, word = 'or') {
  if (list.length < 2) return list.join('');
  if (list.length === 2) return `${list[0]} ${word} ${list[1]}`;
  return `${list.slice(0, -1).join(', ')}, ${word} ${list[list.length - 1]}`;
}

/** @param {string} name @param {string | string[]} expected @param {any} actual */
function invalidArgType(name, expected, actual) {
  const wanted = Array.isArray(expected) ? expected : [expected];
  const types = wanted.filter((one) => PRIMITIVES.has(one)).map((one) => one.toLowerCase());
  const classes = wanted.filter((one) => !PRIMITIVES.has(one) && /^[A-Z]/.test(one));
  const others = wanted.filter((one) => !PRIMITIVES.has(one) && !/^[A-Z]/.test(one));
  // 'object' goes with the classes when both are named.
  if (classes.length > 0 && types.includes('object')) {
    types.splice(types.indexOf('object'), 1);
    classes.push('Object');
  }
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${either(types)}`);
  if (classes.length > 0) parts.push(`an instance of ${either(classes)}`);
  if (others.length > 1) parts.push(`one of ${either(others)}`);
  else if (others.length === 1) parts.push(others[0].toLowerCase() === others[0] ? others[0] : `an ${others[0]}`);
  const what = name.endsWith(' argument') ? `The ${name} ` :
    `The "${name}" ${name.includes('.') ? 'property' : 'argument'} `;
  return codedError(TypeError, 'ERR_INVALID_ARG_TYPE',
    `${what}must be ${parts.join(' or ')}.${received(actual)}`);
}

/** @param {string} name @param {any} value @param {string} [reason] */
function invalidArgValue(name, value, reason = 'is invalid') {
  let text = require('internal/inspect').inspect(value);
  if (text.length > 128) text = `${text.slice(0, 128)}...`;
  const kind = name.includes('.') ? 'property' : 'argument';
  return codedError(TypeError, 'ERR_INVALID_ARG_VALUE',
    `The ${kind} '${name}' ${reason}. Received ${text}`);
}

/** @param {string} name @param {string} range @param {any} value */
function outOfRange(name, range, value) {
  let text;
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) text = underscored(String(value));
  else if (typeof value === 'bigint') {
    text = String(value);
    if (value > 2n ** 32n || value < -(2n ** 32n)) text = underscored(text);
    text += 'n';
  } else text = require('internal/inspect').inspect(value);
  return codedError(RangeError, 'ERR_OUT_OF_RANGE',
    `The value of "${name}" is out of range. It must be ${range}. Received ${text}`);
}

/** @param {string} digits */
function underscored(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, '_');
}

/** @param {any} value @param {string} name */
function checkFunction(value, name) {
  if (typeof value !== 'function') throw invalidArgType(name, 'Function', value);
}

/** @param {any} value @param {string} name */
function checkString(value, name) {
  if (typeof value !== 'string') throw invalidArgType(name, 'string', value);
}

/** @param {any} value @param {string} name */
function checkBoolean(value, name) {
  if (typeof value !== 'boolean') throw invalidArgType(name, 'boolean', value);
}

/** @param {any} value @param {string} name @param {{ nullable?: boolean }} [options] */
function checkObject(value, name, options) {
  if ((value === null && !options?.nullable) || typeof value !== 'object' || Array.isArray(value)) {
    throw invalidArgType(name, 'Object', value);
  }
}

/** @param {any} value @param {string} name @param {number} [low] @param {number} [high] */
function checkInteger(value, name, low = Number.MIN_SAFE_INTEGER, high = Number.MAX_SAFE_INTEGER) {
  if (typeof value !== 'number') throw invalidArgType(name, 'number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < low || value > high) throw outOfRange(name, `>= ${low} && <= ${high}`, value);
}

/** @param {any} value @param {string} name @param {number} [low] @param {number} [high] */
function checkNumber(value, name, low, high) {
  if (typeof value !== 'number') throw invalidArgType(name, 'number', value);
  if ((low !== undefined && value < low) || (high !== undefined && value > high) ||
      ((low !== undefined || high !== undefined) && Number.isNaN(value))) {
    const range = [low === undefined ? '' : `>= ${low}`, high === undefined ? '' : `<= ${high}`];
    throw outOfRange(name, range.filter(Boolean).join(' && '), value);
  }
}

/** @param {any} signal @param {string} name */
function checkAbortSignal(signal, name) {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    throw invalidArgType(name, 'AbortSignal', signal);
  }
}

class AbortError extends Error {
  constructor(message = 'The operation was aborted', /** @type {any} */ options = undefined) {
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

/** The error for a call whose signal was aborted. @param {any} [signal] */
function abortError(signal) {
  return new AbortError(undefined, signal === undefined ? undefined : { cause: signal.reason });
}

/** For a part of Node's API that is absent here. @param {string} what */
function unsupported(what) {
  return codedError(Error, 'ERR_CONCH_UNSUPPORTED', `${what} is not supported by Conch's embedded engine`);
}

module.exports = {
  codedError, invalidArgType, invalidArgValue, outOfRange, AbortError, abortError, unsupported, either, received,
  checkFunction, checkString, checkBoolean, checkObject, checkInteger, checkNumber,
  checkAbortSignal,
};
