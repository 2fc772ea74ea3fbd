// The module assert, strict and legacy.
'use strict';

const { AssertionError } = require('internal/assertion_error');
const { isDeepEqual } = require('internal/deep_equal');
const { inspect } = require('internal/inspect');
const types = require('internal/types');
const { checkFunction, codedError, invalidArgType, invalidArgValue } = require('internal/errors');

/** @param {{ actual?: any, expected?: any, message?: any, operator: string, stackStartFn: Function, generated?: boolean }} details
 * @returns {never} */
function fail(details) {
  if (details.message instanceof Error) throw details.message;
  const error = new AssertionError(details);
  if (details.generated) error.generatedMessage = true;
  throw error;
}

/** @param {any[]} args */
function checkArguments(args) {
  if (args.length < 2) {
    throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
  }
}

/** @param {Function} caller @param {any[]} args */
function checkTruth(caller, args) {
  if (args[0]) return;
  let generated = false;
  let [, message] = args;
  if (args.length === 0) {
    generated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (message === undefined || message === null) {
    generated = true;
    // Node quotes the call's source here; the value says as much.
    message = `The expression evaluated to a falsy value:\n\n  assert${caller === ok ? '.ok' : ''}(${inspect(args[0])})\n`;
  }
  fail({ actual: args[0], expected: true, message, operator: '==', stackStartFn: caller, generated });
}

/** @param {...any} args */
function assert(...args) { checkTruth(assert, args); }
/** @param {...any} args */
function ok(...args) { checkTruth(ok, args); }

/** A comparison of two values that must hold.
 * @param {string} operator @param {string} name @param {(actual: any, expected: any) => boolean} holds */
function comparison(operator, name, holds) {
  const check = { /** @param {...any} args */ [name](...args) {
    checkArguments(args);
    const [actual, expected, message] = args;
    if (!holds(actual, expected)) fail({ actual, expected, message, operator, stackStartFn: check });
  } }[name];
  return check;
}

/* eslint-disable eqeqeq -- loose comparison is what these functions are */
/** @param {any} a @param {any} b */
const looselyEqual = (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b));
/* eslint-enable eqeqeq */

Object.assign(assert, {
  ok,
  equal: comparison('==', 'equal', looselyEqual),
  notEqual: comparison('!=', 'notEqual', (a, b) => !looselyEqual(a, b)),
  deepEqual: comparison('deepEqual', 'deepEqual', (a, b) => isDeepEqual(a, b, false)),
  notDeepEqual: comparison('notDeepEqual', 'notDeepEqual', (a, b) => !isDeepEqual(a, b, false)),
  deepStrictEqual: comparison('deepStrictEqual', 'deepStrictEqual', (a, b) => isDeepEqual(a, b, true)),
  notDeepStrictEqual: comparison('notDeepStrictEqual', 'notDeepStrictEqual', (a, b) => !isDeepEqual(a, b, true)),
  strictEqual: comparison('strictEqual', 'strictEqual', Object.is),
  notStrictEqual: comparison('notStrictEqual', 'notStrictEqual', (a, b) => !Object.is(a, b)),
  fail: failNow, throws, doesNotThrow, rejects, doesNotReject, ifError, match, doesNotMatch,
  AssertionError,
});

/** @param {any} [message] */
function failNow(message) {
  fail({ message: message === undefined ? 'Failed' : message, operator: 'fail', stackStartFn: failNow, generated: message === undefined });
}

// Exceptions ---------------------------------------------------------------------------------

const NOTHING = Symbol('nothing');

/** Names what the difference of two errors shows. */
class Comparison {}

/** @param {any} fn */
function thrownBy(fn) {
  checkFunction(fn, 'fn');
  try {
    fn();
  } catch (error) {
    return error;
  }
  return NOTHING;
}

/** @param {any} promise */
async function rejectedBy(promise) {
  let result = promise;
  if (typeof promise === 'function') {
    result = promise();
    if (typeof result?.then !== 'function') {
      throw codedError(TypeError, 'ERR_INVALID_RETURN_VALUE',
        `Expected instance of Promise to be returned from the "promiseFn" function but got ${result === null || typeof result !== 'object' ? `type ${typeof result} (${inspect(result)})` : `an instance of ${result.constructor?.name}`}.`);
    }
  } else if (typeof promise?.then !== 'function' || typeof promise?.catch !== 'function') {
    throw invalidArgType('promiseFn', ['Function', 'Promise'], promise);
  }
  try {
    await result;
  } catch (error) {
    return error;
  }
  return NOTHING;
}

/** @param {any} actual @param {any} expected @param {any} message @param {Function} caller */
function checkExpected(actual, expected, message, caller) {
  const operator = caller.name;
  /** @param {any} text @param {boolean} [generated] */
  const refuse = (text, generated = true) => fail({ actual, expected, message: message ?? text, operator, stackStartFn: caller, generated: message === undefined && generated });
  if (typeof expected !== 'function') {
    if (types.isRegExp(expected)) {
      if (expected.exec(String(actual)) !== null) return;
      refuse(`The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(actual))}\n`);
    }
    if (typeof actual !== 'object' || actual === null) {
      fail({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: caller });
    }
    const keys = Object.keys(expected);
    if (expected instanceof Error) keys.push('name', 'message');
    else if (keys.length === 0) throw invalidArgValue('error', expected, 'may not be an empty object');
    for (const key of keys) {
      if (typeof actual[key] === 'string' && types.isRegExp(expected[key]) && expected[key].exec(actual[key]) !== null) continue;
      if (!(key in actual) || !isDeepEqual(actual[key], expected[key], true)) {
        const pick = (/** @type {any} */ from) => Object.assign(new Comparison(), Object.fromEntries(keys.filter((one) => one in from).map((one) => [one, from[one]])));
        const error = new AssertionError({ actual: pick(actual), expected: pick(expected), operator: 'deepStrictEqual', stackStartFn: caller });
        if (message === undefined) Object.assign(error, { actual, expected, operator });
        else fail({ actual, expected, message, operator, stackStartFn: caller });
        throw error;
      }
    }
    return;
  }
  if (expected.prototype !== undefined && actual instanceof expected) return;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) {
    const found = actual instanceof Error || types.isNativeError(actual) ? `"${actual.constructor?.name ?? actual.name}"` : `"${inspect(actual, { depth: -1 })}"`;
    const text = actual?.message !== undefined ? `\n\nError message:\n\n${actual.message}` : '';
    refuse(`The error is expected to be an instance of "${expected.name}". Received ${found}${text}`);
  }
  if (Reflect.apply(expected, {}, [actual]) === true) return;
  refuse(`The ${expected.name ? `"${expected.name}" ` : ''}validation function is expected to return "true". Received ${inspect(Reflect.apply(expected, {}, [actual]))}\n\nCaught error:\n\n${inspect(actual)}`);
}

/** @param {Function} caller @param {any} actual @param {any} expected @param {any} message */
function expectException(caller, actual, expected, message) {
  if (typeof expected === 'string') {
    message = expected;
    expected = undefined;
    if (actual?.message === message || actual === message) {
      throw codedError(TypeError, 'ERR_AMBIGUOUS_ARGUMENT',
        `The "error/message" argument is ambiguous. The error ${actual?.message === message ? `message "${message}"` : `"${actual}"`} is identical to the message.`);
    }
  } else if (expected !== undefined && expected !== null && typeof expected !== 'object' && typeof expected !== 'function') {
    throw invalidArgType('error', ['Function', 'Error', 'RegExp', 'Object'], expected);
  }
  if (actual === NOTHING) {
    const kind = caller.name === 'rejects' ? 'rejection' : 'exception';
    fail({
      actual: undefined, expected, operator: caller.name, stackStartFn: caller,
      message: `Missing expected ${kind}${expected?.name ? ` (${expected.name})` : ''}${message ? `: ${message}` : '.'}`,
    });
  }
  if (expected) checkExpected(actual, expected, message, caller);
}

/** @param {Function} caller @param {any} actual @param {any} expected @param {any} message */
function expectNone(caller, actual, expected, message) {
  if (actual === NOTHING) return;
  if (typeof expected === 'string') {
    message = expected;
    expected = undefined;
  }
  const fits = expected === undefined || (types.isRegExp(expected) ? expected.test(String(actual)) : actual instanceof expected);
  if (!fits) throw actual;
  const kind = caller.name === 'doesNotReject' ? 'rejection' : 'exception';
  fail({
    actual, expected, operator: caller.name, stackStartFn: caller,
    message: `Got unwanted ${kind}${message ? `: ${message}` : '.'}\nActual message: "${actual?.message}"`,
  });
}

/** @param {any} fn @param {any} [error] @param {any} [message] */
function throws(fn, error, message) { expectException(throws, thrownBy(fn), error, message); }
/** @param {any} fn @param {any} [error] @param {any} [message] */
function doesNotThrow(fn, error, message) { expectNone(doesNotThrow, thrownBy(fn), error, message); }
/** @param {any} promise @param {any} [error] @param {any} [message] */
async function rejects(promise, error, message) { expectException(rejects, await rejectedBy(promise), error, message); }
/** @param {any} promise @param {any} [error] @param {any} [message] */
async function doesNotReject(promise, error, message) { expectNone(doesNotReject, await rejectedBy(promise), error, message); }

/** @param {any} value */
function ifError(value) {
  if (value === null || value === undefined) return;
  let message = 'ifError got unwanted exception: ';
  if (typeof value === 'object' && typeof value.message === 'string') {
    message += value.message.length === 0 && value.constructor ? value.constructor.name : value.message;
  } else {
    message += inspect(value);
  }
  fail({ actual: value, expected: null, operator: 'ifError', message, stackStartFn: ifError });
}

/** @param {any} text @param {RegExp} pattern @param {any} message @param {Function} caller */
function checkPattern(text, pattern, message, caller) {
  if (!types.isRegExp(pattern)) throw invalidArgType('regexp', 'RegExp', pattern);
  const wanted = caller === match;
  if (typeof text === 'string' && (pattern.exec(text) !== null) === wanted) return;
  const generated = message === undefined;
  if (generated) {
    message = typeof text !== 'string' ?
      `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})` :
      `${wanted ? 'The input did not match the regular expression' : 'The input was expected to not match the regular expression'} ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`;
  }
  fail({ actual: text, expected: pattern, message, operator: caller.name, stackStartFn: caller, generated });
}

/** @param {any} text @param {RegExp} pattern @param {any} [message] */
function match(text, pattern, message) { checkPattern(text, pattern, message, match); }
/** @param {any} text @param {RegExp} pattern @param {any} [message] */
function doesNotMatch(text, pattern, message) { checkPattern(text, pattern, message, doesNotMatch); }

const legacy = /** @type {any} */ (assert);

/** @param {...any} args */
const strict = Object.assign((/** @type {any[]} */ ...args) => checkTruth(strict, args), legacy, {
  equal: legacy.strictEqual, notEqual: legacy.notStrictEqual,
  deepEqual: legacy.deepStrictEqual, notDeepEqual: legacy.notDeepStrictEqual,
});
Object.defineProperty(strict, 'name', { value: 'strict' });
/** @type {any} */ (strict).strict = strict;
legacy.strict = strict;

module.exports = assert;
