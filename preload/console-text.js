'use strict';
// The text of a line on the console, for `console-message`. WebKit tells no more than the first
// argument; Chromium joins all of them. The line itself is still WebKit's, with its place and for its
// inspector: we only say, just before, what text goes with it and which document it is of.
//
// Evaluated in both realms: what is logged is turned into text where it was logged.

const {
  ArrayIsArray, BigIntPrototypeValueOf, BooleanPrototypeValueOf, NumberPrototypeValueOf, ObjectPrototypeToString,
  ReflectApply, ReflectDefineProperty, SafeSet, String, StringPrototypeValueOf, SymbolPrototypeToString,
  SymbolPrototypeValueOf,
} = primordials;

/** Methods that write a line of their arguments. */
const METHODS = [
  'debug', 'dir', 'dirxml', 'error', 'group', 'groupCollapsed', 'info', 'log', 'table', 'trace', 'warn',
];

/** Elements of arrays that one line shows. */
const MOST_ELEMENTS = 10000;

/** Methods that take the primitive out of its object, and throw for what is none. */
const UNBOX = {
  __proto__: null,
  '[object BigInt]': BigIntPrototypeValueOf,
  '[object Boolean]': BooleanPrototypeValueOf,
  '[object Number]': NumberPrototypeValueOf,
  '[object String]': StringPrototypeValueOf,
  '[object Symbol]': SymbolPrototypeValueOf,
};

/**
 * A value as Chromium writes it in the text of a line: shorter than an inspector would.
 * @param {any} value
 * @param {{ seen: any, left: number }} state arrays around it, and how many elements may follow
 * @param {(value: any) => boolean} isProxy
 * @returns {string}
 */
function describe(value, state, isProxy) {
  switch (typeof value) {
    case 'string': return value;
    case 'bigint': return `${value}n`;
    case 'symbol': return SymbolPrototypeToString(value);
    case 'function': return String(value);
    case 'object': break;
    default: return String(value);
  }
  if (value === null) return 'null';
  if (isProxy(value)) return '[object Proxy]';
  if (ArrayIsArray(value)) return describeArray(value, state, isProxy);
  const tag = ObjectPrototypeToString(value);
  if (tag === '[object Error]' || tag === '[object Date]' || tag === '[object RegExp]') return String(value);
  const unbox = UNBOX[tag];
  return unbox === undefined ? tag : describe(unbox(value), state, isProxy);
}

/** @param {any[]} array @param {{ seen: any, left: number }} state @param {(value: any) => boolean} isProxy */
function describeArray(array, state, isProxy) {
  if (state.seen.has(array)) return '';
  state.seen.add(array);
  let text = '';
  for (let i = 0; i < array.length && state.left > 0; i++) {
    state.left--;
    if (i > 0) text += ',';
    const element = array[i];
    if (element !== null && element !== undefined) text += describe(element, state, isProxy);
  }
  state.seen.delete(array);
  return text;
}

/**
 * All arguments as one text.
 * @param {any[]} args
 * @param {(value: any) => boolean} isProxy
 */
function joined(args, isProxy) {
  let text = '';
  for (let i = 0; i < args.length; i++) {
    if (i > 0) text += ' ';
    try {
      text += describe(args[i], { seen: new SafeSet(), left: MOST_ELEMENTS }, isProxy);
    } catch {
      // What cannot be shown is left out.
    }
  }
  return text;
}

/**
 * Begins to say the texts of a realm's console.
 * @param {any} console
 * @param {any} native
 */
function tellConsoleTexts(console, { isProxy, noteConsole }) {
  /** @param {any[]} args */
  const note = (args) => {
    if (args.length === 0) return;
    try {
      noteConsole(joined(args, isProxy));
    } catch {
      // The document is gone; WebKit's text will do.
    }
  };
  /** @param {string} name @param {(original: any) => any} make */
  const replace = (name, make) => {
    const original = console?.[name];
    if (typeof original !== 'function') return;
    const value = make(original);
    ReflectDefineProperty(value, 'name', { __proto__: null, value: name });
    ReflectDefineProperty(console, name, {
      __proto__: null, value, writable: true, enumerable: true, configurable: true,
    });
  };
  for (let i = 0; i < METHODS.length; i++) {
    replace(METHODS[i], (original) => function (...args) {
      note(args);
      // A tail call: this function is off the stack when WebKit looks for the line's place.
      return ReflectApply(original, this, args);
    });
  }
  replace('assert', (original) => function (...args) {
    if (!args[0]) note(afterFirst(args));
    return ReflectApply(original, this, args);
  });
}

/** @param {any[]} args */
function afterFirst(args) {
  const rest = [];
  for (let i = 1; i < args.length; i++) {
    ReflectDefineProperty(rest, i - 1, { __proto__: null, value: args[i], writable: true });
  }
  return rest;
}

module.exports = { __proto__: null, joined, tellConsoleTexts };
