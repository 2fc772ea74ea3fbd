// util.inspect: values as text, in the shape that Node gives them. This file walks objects;
// inspect_kinds.js knows the classes, inspect_layout.js breaks the lines.
'use strict';

const types = require('internal/types');
const kinds = require('internal/inspect_kinds');
const layout = require('internal/inspect_layout');
const { invalidArgType, checkObject } = require('internal/errors');

const custom = Symbol.for('nodejs.util.inspect.custom');

const defaults = Object.seal({
  showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false,
  maxArrayLength: 100, maxStringLength: 10000, breakLength: 80, compact: 3, sorted: false,
  getters: false, numericSeparator: false,
});

/**
 * What one call of inspect carries along.
 * @typedef {object} Walk
 * @property {any[]} seen
 * @property {Map<any, number> | undefined} circular
 * @property {number} indentation
 * @property {number} currentDepth
 * @property {(text: string, style: string) => string} stylize
 * @property {any} options the options that the caller gave
 * @property {boolean} showHidden
 * @property {number | null} depth
 * @property {boolean} colors
 * @property {boolean} customInspect
 * @property {boolean | 1} showProxy
 * @property {number} maxArrayLength
 * @property {number} maxStringLength
 * @property {number} breakLength
 * @property {any} compact
 * @property {any} sorted
 * @property {any} getters
 * @property {boolean} numericSeparator
 */

const styles = Object.assign(Object.create(null), {
  special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey',
  null: 'bold', string: 'green', symbol: 'green', date: 'magenta', regexp: 'red',
  module: 'underline',
});

const colors = Object.assign(Object.create(null), {
  reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24],
  blink: [5, 25], inverse: [7, 27], hidden: [8, 28], strikethrough: [9, 29], doubleunderline: [21, 24],
  black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39],
  magenta: [35, 39], cyan: [36, 39], white: [37, 39],
  bgBlack: [40, 49], bgRed: [41, 49], bgGreen: [42, 49], bgYellow: [43, 49], bgBlue: [44, 49],
  bgMagenta: [45, 49], bgCyan: [46, 49], bgWhite: [47, 49], framed: [51, 54], overlined: [53, 55],
  gray: [90, 39], redBright: [91, 39], greenBright: [92, 39],
  yellowBright: [93, 39], blueBright: [94, 39], magentaBright: [95, 39], cyanBright: [96, 39],
  whiteBright: [97, 39], bgGray: [100, 49], bgRedBright: [101, 49], bgGreenBright: [102, 49],
  bgYellowBright: [103, 49], bgBlueBright: [104, 49], bgMagentaBright: [105, 49],
  bgCyanBright: [106, 49], bgWhiteBright: [107, 49],
});
// Other names, which are not listed.
for (const [name, alias] of [
  ['gray', 'grey'], ['gray', 'blackBright'], ['bgGray', 'bgGrey'], ['bgGray', 'bgBlackBright'], ['dim', 'faint'],
  ['strikethrough', 'crossedout'], ['strikethrough', 'strikeThrough'], ['strikethrough', 'crossedOut'], ['hidden', 'conceal'],
  ['inverse', 'swapColors'], ['inverse', 'swapcolors'], ['doubleunderline', 'doubleUnderline'],
]) Object.defineProperty(colors, alias, { value: colors[name], writable: true, configurable: true });

/** @param {string} text @param {string} style */
function colored(text, style) {
  const color = colors[styles[style]];
  return color === undefined ? text : `\x1b[${color[0]}m${text}\x1b[${color[1]}m`;
}

/** @param {string} text */
const plain = (text) => text;

/** @param {any} value @param {any} [options] @param {any} [depth] @param {any} [useColors] */
function inspect(value, options, depth, useColors) {
  /** @type {Walk} */
  const walk = {
    ...defaults, seen: [], circular: undefined, indentation: 0, currentDepth: 0,
    stylize: plain, options,
  };
  if (arguments.length > 1) {
    if (depth !== undefined) walk.depth = depth;
    if (useColors !== undefined) walk.colors = useColors;
    if (typeof options === 'boolean') {
      walk.showHidden = options;
    } else if (options) {
      for (const key of Object.keys(options)) {
        if (key in defaults || key === 'stylize') /** @type {any} */ (walk)[key] = options[key];
        else if (walk.options === undefined) walk.options = options;
      }
    }
  }
  if (walk.colors && walk.stylize === plain) walk.stylize = colored;
  if (walk.maxArrayLength === null) walk.maxArrayLength = Infinity;
  if (walk.maxStringLength === null) walk.maxStringLength = Infinity;
  return formatValue(walk, value, 0);
}

/** What a custom inspect function gets as its options. @param {Walk} walk */
function optionsFor(walk) {
  /** @type {any} */
  const out = { stylize: walk.stylize };
  for (const key of Object.keys(defaults)) out[key] = /** @type {any} */ (walk)[key];
  return typeof walk.options === 'object' && walk.options !== null ? { ...out, ...walk.options, stylize: walk.stylize } : out;
}

/** @param {Walk} walk @param {any} value @param {number} depth @param {boolean} [inView]
 * @returns {string} */
function formatValue(walk, value, depth, inView) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return kinds.formatPrimitive(walk, value);
  }
  const given = value;
  if (types.isProxy(value)) {
    const [target, handler] = types.proxyParts(value);
    if (target === null) return walk.stylize('<Revoked Proxy>', 'special');
    if (walk.showProxy) return formatProxy(walk, target, handler, depth);
    value = target;
    while (types.isProxy(value)) {
      value = types.proxyParts(value)[0];
      if (value === null) return walk.stylize('<Revoked Proxy>', 'special');
    }
  }
  if (walk.customInspect) {
    const own = value[custom];
    if (typeof own === 'function' && own !== inspect &&
        !(value.constructor && value.constructor.prototype === value)) {
      const left = walk.depth === null ? null : walk.depth - depth;
      const text = own.call(given, left, optionsFor(walk), inspect);
      if (text !== given) {
        if (typeof text !== 'object') return `${text}`.replaceAll('\n', `\n${' '.repeat(walk.indentation)}`);
        return formatValue(walk, text, depth);
      }
    }
  }
  if (walk.seen.includes(value)) {
    walk.circular ??= new Map();
    let index = walk.circular.get(value);
    if (index === undefined) {
      index = walk.circular.size + 1;
      walk.circular.set(value, index);
    }
    return walk.stylize(`[Circular *${index}]`, 'special');
  }
  return formatObject(walk, value, depth, inView);
}

/** @param {Walk} walk @param {any} target @param {any} handler @param {number} depth */
function formatProxy(walk, target, handler, depth) {
  if (walk.depth !== null && depth > walk.depth) return walk.stylize('Proxy [Array]', 'special');
  walk.indentation += 2;
  const parts = [formatValue(walk, target, depth + 1), formatValue(walk, handler, depth + 1)];
  walk.indentation -= 2;
  return layout.reduce(walk, parts, '', ['Proxy [', ']'], true, depth + 1);
}

/** @param {Walk} walk @param {any} value @param {number} depth @param {boolean} [inView] */
function formatObject(walk, value, depth, inView) {
  const constructor = constructorName(walk, value, depth);
  let tag = value[Symbol.toStringTag];
  const listed = walk.showHidden ? Object.hasOwn : (/** @type {any} */ object, /** @type {any} */ key) =>
    Object.prototype.propertyIsEnumerable.call(object, key);
  // An enumerable tag of its own is printed as a property.
  if (typeof tag !== 'string' || (tag !== '' && listed(value, Symbol.toStringTag))) tag = '';

  const kind = kinds.describe(walk, value, constructor, tag, inView, printing);
  if (typeof kind === 'string') return kind;
  if (walk.depth !== null && depth > walk.depth) {
    const name = prefix(constructor, tag, kind.fallback ?? 'Object').slice(0, -1);
    return walk.stylize(`[${name}]`, 'special');
  }
  depth++;
  walk.seen.push(value);
  walk.currentDepth = depth;
  const output = kind.format(depth);
  for (const key of kind.keys) output.push(formatProperty(walk, value, depth, key, kind.isArray));
  walk.seen.pop();

  const reference = walk.circular?.get(value);
  let { base } = kind;
  if (reference !== undefined) {
    const text = walk.stylize(`<ref *${reference}>`, 'special');
    if (walk.compact !== true) base = base === '' ? text : `${text} ${base}`;
    else kind.braces[0] = `${text} ${kind.braces[0]}`;
  }
  if (walk.sorted) {
    const compare = walk.sorted === true ? undefined : walk.sorted;
    if (!kind.isArray) output.sort(compare);
    else if (kind.keys.length > 1) {
      const named = output.splice(output.length - kind.keys.length).sort(compare);
      output.push(...named);
    }
  }
  return layout.reduce(walk, output, base, kind.braces, kind.isArray, depth, value);
}

/** `Name [tag] `, as it stands before the brace.
 * @param {string | null} constructor @param {string} tag @param {string} fallback @param {string} [size] */
function prefix(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    const tagged = tag !== '' && fallback !== tag ? `[${tag}] ` : '';
    return `[${fallback}${size}: null prototype] ${tagged}`;
  }
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

/** The name of the class that an object is an instance of, null without any.
 * @param {Walk} walk @param {any} value @param {number} depth @returns {string | null} */
function constructorName(walk, value, depth) {
  let first;
  for (let object = value; object !== null && object !== undefined;) {
    const found = Object.getOwnPropertyDescriptor(object, 'constructor');
    if (typeof found?.value === 'function' && found.value.name !== '' && isInstance(value, found.value)) {
      return String(found.value.name);
    }
    object = Object.getPrototypeOf(object);
    if (first === undefined) first = object;
  }
  if (first === null) return null;
  const name = types.className(value);
  if (walk.depth !== null && depth > walk.depth) return `${name} <Complex prototype>`;
  const outer = constructorName(walk, first, depth + 1);
  if (outer === null) {
    return `${name} <${inspect(first, { ...optionsFor(walk), customInspect: false, depth: -1 })}>`;
  }
  return `${name} <${outer}>`;
}

/** @param {any} value @param {any} constructor */
function isInstance(value, constructor) {
  try {
    return value instanceof constructor;
  } catch {
    return false;
  }
}

/** The keys to print. @param {any} value @param {boolean} showHidden */
function keysOf(value, showHidden) {
  const symbols = Object.getOwnPropertySymbols(value);
  if (showHidden) return [...Object.getOwnPropertyNames(value), ...symbols];
  let keys;
  try {
    keys = Object.keys(value);
  } catch {
    // A module namespace whose bindings are not initialised yet.
    keys = Object.getOwnPropertyNames(value);
  }
  const seen = symbols.filter((symbol) => Object.prototype.propertyIsEnumerable.call(value, symbol));
  return seen.length === 0 ? keys : [...keys, ...seen];
}

/** The keys of an array beside its elements. @param {any} value @param {boolean} showHidden */
function namedKeys(value, showHidden) {
  return keysOf(value, showHidden).filter((key) => typeof key === 'symbol' || !/^(0|[1-9]\d{0,9})$/.test(key) || Number(key) > 4294967294);
}

const PLAIN_KEY = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

/** @param {Walk} walk @param {any} value @param {number} depth @param {any} key
 * @param {boolean} isElement @returns {string} */
function formatProperty(walk, value, depth, key, isElement) {
  const found = Object.getOwnPropertyDescriptor(value, key) ??
    { value: value[key], configurable: true, enumerable: true };
  let gap = ' ';
  let text;
  if (found.value !== undefined) {
    const indent = walk.compact !== true || isElement === true ? 2 : 3;
    walk.indentation += indent;
    text = formatValue(walk, found.value, depth);
    if (indent === 3 && walk.breakLength < layout.width(text, walk.colors)) {
      gap = `\n${' '.repeat(walk.indentation)}`;
    }
    walk.indentation -= indent;
  } else if (found.get !== undefined) {
    text = formatGetter(walk, value, depth, found);
  } else if (found.set !== undefined) {
    text = walk.stylize('[Setter]', 'special');
  } else {
    text = walk.stylize('undefined', 'undefined');
  }
  if (isElement && /^\d+$/.test(String(key)) && typeof key !== 'symbol') return text;
  let name;
  if (typeof key === 'symbol') {
    name = `[${walk.stylize(kinds.escapeBare(String(key)), 'symbol')}]`;
  } else if (key === '__proto__') {
    name = "['__proto__']";
  } else if (found.enumerable === false) {
    name = `[${kinds.escapeBare(key)}]`;
  } else if (PLAIN_KEY.test(key)) {
    name = walk.stylize(key, 'name');
  } else {
    name = walk.stylize(kinds.quote(key), 'string');
  }
  return `${name}:${gap}${text}`;
}

/** @param {Walk} walk @param {any} value @param {number} depth @param {PropertyDescriptor} found */
function formatGetter(walk, value, depth, found) {
  const label = found.set !== undefined ? 'Getter/Setter' : 'Getter';
  const wanted = walk.getters && (walk.getters === true ||
    (walk.getters === 'get' && found.set === undefined) ||
    (walk.getters === 'set' && found.set !== undefined));
  if (!wanted) return walk.stylize(`[${label}]`, 'special');
  try {
    const result = /** @type {any} */ (found.get).call(value);
    walk.indentation += 2;
    const text = result === null ? `${walk.stylize(`[${label}:`, 'special')} ${walk.stylize('null', 'null')}${walk.stylize(']', 'special')}` :
      typeof result === 'object' ? `${walk.stylize(`[${label}]`, 'special')} ${formatValue(walk, result, depth)}` :
        `${walk.stylize(`[${label}:`, 'special')} ${kinds.formatPrimitive(walk, result)}${walk.stylize(']', 'special')}`;
    walk.indentation -= 2;
    return text;
  } catch (error) {
    const message = `<Inspection threw (${/** @type {any} */ (error)?.message})>`;
    return `${walk.stylize(`[${label}:`, 'special')} ${message}${walk.stylize(']', 'special')}`;
  }
}

const printing = { formatValue, formatProperty, prefix, keysOf, namedKeys };

inspect.custom = custom;
inspect.colors = colors;
inspect.styles = styles;
Object.defineProperty(inspect, 'defaultOptions', {
  get() { return defaults; },
  set(options) {
    checkObject(options, 'options');
    if (options === null) throw invalidArgType('options', 'Object', options);
    Object.assign(defaults, options);
  },
});

module.exports = { inspect, defaults };
