// util.format: printf-like texts, as console.log takes them.
'use strict';

const { inspect } = require('internal/inspect');
const types = require('internal/types');

/** Whether an object says itself how it is a string. @param {any} value */
function hasOwnToString(value) {
  if (types.isProxy(value)) return false;
  if (value[Symbol.toPrimitive] !== undefined && typeof value[Symbol.toPrimitive] === 'function' && !types.isDate(value)) return true;
  if (typeof value.toString !== 'function') return false;
  if (Object.hasOwn(value, 'toString')) return true;
  let object = value;
  do {
    object = Object.getPrototypeOf(object);
  } while (object !== null && !Object.hasOwn(object, 'toString'));
  if (object === null) return false;
  const found = Object.getOwnPropertyDescriptor(object, 'constructor');
  return typeof found?.value === 'function' && !BUILTIN.has(found.value);
}

const BUILTIN = new Set(Object.getOwnPropertyNames(globalThis)
  .filter((name) => /^[A-Z][a-zA-Z0-9]+$/.test(name) && 'value' in /** @type {any} */ (Object.getOwnPropertyDescriptor(globalThis, name)))
  .map((name) => /** @type {any} */ (globalThis)[name])
  .filter((value) => typeof value === 'function'));

/** @param {any} value */
function numberText(value) {
  return Object.is(value, -0) ? '-0' : `${value}`;
}

/** @param {any} value @param {any} options */
function asString(value, options) {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null || hasOwnToString(value)) return String(value);
  return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
}

/** @param {any} value */
function asJson(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (/circular/i.test(/** @type {Error} */ (error).message)) return '[Circular]';
    throw error;
  }
}

/** @param {any} options @param {any[]} args */
function formatWithOptions(options, args) {
  const [first] = args;
  if (args.length === 1) return typeof first === 'string' ? first : inspect(first, options);
  let text = '';
  let used = 0;
  if (typeof first === 'string') {
    used = 1;
    let from = 0;
    for (let at = 0; at < first.length - 1; at++) {
      if (first[at] !== '%') continue;
      const code = first[at + 1];
      if (code === '%') {
        text += first.slice(from, at + 1);
        from = ++at + 1;
        continue;
      }
      if (used >= args.length || !'sdifjoOc'.includes(code)) continue;
      text += first.slice(from, at) + directive(code, args[used++], options);
      from = ++at + 1;
    }
    text += first.slice(from);
  }
  for (; used < args.length; used++) {
    if (used > 0) text += ' ';
    text += typeof args[used] === 'string' ? args[used] : inspect(args[used], options);
  }
  return text;
}

/** @param {string} code @param {any} value @param {any} options */
function directive(code, value, options) {
  switch (code) {
    case 's': return asString(value, options);
    case 'j': return asJson(value);
    case 'd':
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'symbol' || (typeof value === 'object' && value !== null && Number.isNaN(safeNumber(value))) ? 'NaN' : numberText(Number(value));
    case 'i':
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'symbol' || (typeof value === 'object' && value !== null) ? 'NaN' : numberText(parseInt(value, 10));
    case 'f': return typeof value === 'symbol' ? 'NaN' : numberText(parseFloat(value));
    case 'o': return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 'O': return inspect(value, options);
    default: return '';
  }
}

/** @param {any} value */
function safeNumber(value) {
  try {
    return Number(value);
  } catch {
    return NaN;
  }
}

/** @param {...any} args */
const format = (...args) => formatWithOptions(undefined, args);

module.exports = { format, formatWithOptions };
