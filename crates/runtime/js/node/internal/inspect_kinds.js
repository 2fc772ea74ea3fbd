// What util.inspect prints for each kind of value: quoting, classes, collections, errors.
'use strict';

const types = require('internal/types');

// Strings and other primitives ---------------------------------------------------------------

/** @param {string} char */
function escapeChar(char) {
  switch (char) {
    case '\b': return '\\b';
    case '\t': return '\\t';
    case '\n': return '\\n';
    case '\f': return '\\f';
    case '\r': return '\\r';
    case '\\': return '\\\\';
    default: {
      const code = char.charCodeAt(0);
      if (code >= 0xd800) return `\\u${code.toString(16)}`;
      return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    }
  }
}

const UNPRINTABLE = /[\x00-\x1f\\\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A string in quotes, in those that need no escape if there are any. @param {string} text */
function quote(text) {
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  let escaped = text.replace(UNPRINTABLE, escapeChar);
  if (mark === "'") escaped = escaped.replaceAll("'", "\\'");
  return `${mark}${escaped}${mark}`;
}

/** @param {string} text */
const escapeBare = (text) => text.replace(/[\x00-\x1f\x27\\\x7f-\x9f]/g, (char) => (char === "'" ? "\\'" : escapeChar(char)));

/** @param {string} digits */
const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, '_');

/** @param {any} walk @param {number} value */
function formatNumber(walk, value) {
  if (Object.is(value, -0)) return walk.stylize('-0', 'number');
  let text = String(value);
  if (walk.numericSeparator && /^-?\d/.test(text) && !text.includes('e')) {
    const [whole, part] = text.split('.');
    text = grouped(whole);
    if (part !== undefined) text += `.${part.replace(/(\d{3})(?=\d)/g, '$1_')}`;
  }
  return walk.stylize(text, 'number');
}

/** @param {any} walk @param {bigint} value */
const formatBigInt = (walk, value) =>
  walk.stylize(`${walk.numericSeparator ? grouped(String(value)) : value}n`, 'bigint');

/** @param {any} walk @param {any} value @returns {string} */
function formatPrimitive(walk, value) {
  switch (typeof value) {
    case 'string': {
      let rest = '';
      if (value.length > walk.maxStringLength) {
        const left = value.length - walk.maxStringLength;
        value = value.slice(0, walk.maxStringLength);
        rest = `... ${left} more character${left > 1 ? 's' : ''}`;
      }
      if (walk.compact !== true && value.length > 16 &&
          value.length > walk.breakLength - walk.indentation - 4) {
        const lines = value.split(/(?<=\n)/);
        return lines.map((/** @type {string} */ line) => walk.stylize(quote(line), 'string'))
          .join(` +\n${' '.repeat(walk.indentation + 2)}`) + rest;
      }
      return walk.stylize(quote(value), 'string') + rest;
    }
    case 'number': return formatNumber(walk, value);
    case 'bigint': return formatBigInt(walk, value);
    case 'symbol': return walk.stylize(String(value), 'symbol');
    case 'undefined': return walk.stylize('undefined', 'undefined');
    case 'boolean': return walk.stylize(String(value), 'boolean');
    default: return walk.stylize('null', 'null');
  }
}

// Classes ------------------------------------------------------------------------------------

/**
 * @typedef {object} Kind
 * @property {string} base @property {string[]} braces @property {any[]} keys
 * @property {boolean} isArray @property {(depth: number) => string[]} format
 * @property {string} [fallback]
 */

const nothing = () => /** @type {string[]} */ ([]);

/** How an object is printed: at once as a text, or as what stands before, between and after.
 * @param {any} walk @param {any} value @param {string | null} constructor @param {string} tag
 * @param {boolean | undefined} inView @param {any} printing @returns {string | Kind} */
function describe(walk, value, constructor, tag, inView, printing) {
  const { prefix, keysOf, namedKeys } = printing;
  const hidden = walk.showHidden;
  /** @type {Kind} */
  const kind = { base: '', braces: ['{', '}'], keys: [], isArray: false, format: nothing };

  if (Array.isArray(value)) {
    kind.fallback = 'Array';
    kind.keys = namedKeys(value, hidden);
    const name = constructor !== 'Array' || tag !== '' ?
      prefix(constructor, tag, 'Array', `(${value.length})`) : '';
    if (value.length === 0 && kind.keys.length === 0) return `${name}[]`;
    kind.braces = [`${name}[`, ']'];
    kind.isArray = true;
    kind.format = (depth) => formatArray(walk, value, depth, printing);
    return kind;
  }
  if (types.isSet(value) || types.isMap(value)) {
    const fallback = types.isSet(value) ? 'Set' : 'Map';
    kind.fallback = fallback;
    const size = types.collectionSize(value);
    const name = prefix(constructor, tag, fallback, `(${size})`);
    kind.keys = keysOf(value, hidden);
    if (size === 0 && kind.keys.length === 0) return `${name}{}`;
    kind.braces = [`${name}{`, '}'];
    kind.format = (depth) => formatCollection(walk, value, size, depth, printing);
    return kind;
  }
  const view = types.typedArrayName(value);
  if (view !== undefined) {
    kind.fallback = view;
    kind.keys = namedKeys(value, hidden);
    const length = types.typedArrayLength(value);
    const name = prefix(constructor, tag, constructor === null ? view : '', `(${length})`);
    if (length === 0 && kind.keys.length === 0 && !hidden) return `${name}[]`;
    kind.braces = [`${name}[`, ']'];
    kind.isArray = true;
    kind.format = (depth) => formatTypedArray(walk, value, length, depth, printing);
    return kind;
  }
  const iterator = types.iteratorKind(value);
  if (iterator !== undefined) {
    kind.keys = keysOf(value, hidden);
    kind.braces = [`[${tag || `${iterator} Iterator`}] {`, '}'];
    // The engine cannot copy an iterator, and looking would use it up.
    kind.format = () => [walk.stylize('<items unknown>', 'special')];
    return kind;
  }
  kind.keys = keysOf(value, hidden);
  return describePlain(walk, value, constructor, tag, inView, printing, kind);
}

/** Those that cannot be iterated. @param {any} walk @param {any} value
 * @param {string | null} constructor @param {string} tag @param {boolean | undefined} inView
 * @param {any} printing @param {Kind} kind @returns {string | Kind} */
function describePlain(walk, value, constructor, tag, inView, printing, kind) {
  const { prefix } = printing;
  const { keys } = kind;
  /** @param {string} fallback @param {(depth: number) => string[]} format */
  const braced = (fallback, format) => {
    kind.fallback = fallback;
    kind.braces[0] = `${prefix(constructor, tag, fallback)}{`;
    kind.format = format;
    return kind;
  };
  if (types.isArguments(value)) {
    if (keys.length === 0) return '[Arguments] {}';
    kind.braces[0] = '[Arguments] {';
    return kind;
  }
  if (typeof value === 'function') {
    kind.base = functionBase(value, constructor, tag);
    return keys.length === 0 ? walk.stylize(kind.base, 'special') : kind;
  }
  if (types.isRegExp(value)) {
    const name = prefix(constructor, tag, 'RegExp');
    kind.base = `${name === 'RegExp ' ? '' : name}${RegExp.prototype.toString.call(value)}`;
    return keys.length === 0 ? walk.stylize(kind.base, 'regexp') : kind;
  }
  if (types.isDate(value)) {
    const time = Date.prototype.getTime.call(value);
    const name = prefix(constructor, tag, 'Date');
    kind.base = `${name === 'Date ' ? '' : name}${Number.isNaN(time) ? 'Invalid Date' : Date.prototype.toISOString.call(value)}`;
    return keys.length === 0 ? walk.stylize(kind.base, 'date') : kind;
  }
  if (types.isNativeError(value) || value instanceof Error) {
    kind.base = require('internal/inspect_errors').formatError(walk, value, constructor, tag, keys, prefix);
    return keys.length === 0 ? kind.base : kind;
  }
  if (types.isAnyArrayBuffer(value)) {
    const name = prefix(constructor, tag, types.isArrayBuffer(value) ? 'ArrayBuffer' : 'SharedArrayBuffer');
    if (inView && keys.length === 0) {
      return `${name}{ byteLength: ${formatNumber(walk, value.byteLength)} }`;
    }
    kind.braces[0] = `${name}{`;
    keys.unshift('byteLength');
    if (!inView) kind.format = () => formatBytes(walk, value);
    return kind;
  }
  if (types.isDataView(value)) {
    kind.braces[0] = `${prefix(constructor, tag, 'DataView')}{`;
    keys.unshift('byteLength', 'byteOffset', 'buffer');
    return kind;
  }
  if (types.isPromise(value)) return braced('Promise', (depth) => formatPromise(walk, value, depth, printing));
  if (types.isWeakSet(value)) return braced('WeakSet', () => [walk.stylize('<items unknown>', 'special')]);
  if (types.isWeakMap(value)) return braced('WeakMap', () => [walk.stylize('<items unknown>', 'special')]);
  if (types.isModuleNamespaceObject(value)) {
    kind.keys = [];
    return braced('Module', (depth) => formatNamespace(walk, value, keys, depth, printing));
  }
  if (types.isBoxedPrimitive(value)) {
    kind.base = boxedBase(walk, value, constructor, tag, keys);
    return keys.length === 0 ? kind.base : kind;
  }
  if (constructor === 'Object' && tag === '') {
    return keys.length === 0 ? '{}' : kind;
  }
  if (keys.length === 0) return `${prefix(constructor, tag, 'Object')}{}`;
  return braced('Object', nothing);
}

/** @param {Function} value @param {string | null} constructor @param {string} tag */
function functionBase(value, constructor, tag) {
  const source = Function.prototype.toString.call(value);
  const suffix = tag !== '' && constructor !== tag ? ` [${tag}]` : '';
  if (/^class(?![\w$])/.test(source)) {
    const name = Object.hasOwn(value, 'name') && value.name ? value.name : '(anonymous)';
    let base = `class ${name}`;
    if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
    base += suffix;
    if (constructor === null) return `[${base} extends null]`;
    const parent = Object.getPrototypeOf(value).name;
    return parent ? `[${base} extends ${parent}]` : `[${base}]`;
  }
  let type = 'Function';
  if (types.isGeneratorFunction(value)) type = `Generator${type}`;
  if (types.isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (constructor === null) base += ' (null prototype)';
  base += value.name === '' ? ' (anonymous)]' : `: ${String(value.name)}]`;
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  return base + suffix;
}

/** @param {any} walk @param {any} value @param {string | null} constructor @param {string} tag
 * @param {any[]} keys */
function boxedBase(walk, value, constructor, tag, keys) {
  const primitive = types.unbox(value);
  const type = typeof primitive === 'bigint' ? 'BigInt' : `${typeof primitive}`.replace(/^./, (char) => char.toUpperCase());
  // The characters of a String are no properties worth printing.
  if (type === 'String') keys.splice(0, keys.filter((key) => typeof key === 'string' && /^\d+$/.test(key)).length);
  let base = `[${type}`;
  if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  base += `: ${formatPrimitive({ ...walk, stylize: (/** @type {string} */ text) => text }, primitive)}]`;
  if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
  return keys.length === 0 && walk.colors ? walk.stylize(base, (typeof primitive)) : base;
}

// Contents -----------------------------------------------------------------------------------

/** @param {number} left */
const moreItems = (left) => `... ${left} more item${left > 1 ? 's' : ''}`;

/** @param {any} walk @param {any} value @param {number} depth @param {any} printing */
function formatArray(walk, value, depth, printing) {
  const { length } = value;
  const most = Math.min(Math.max(0, walk.maxArrayLength), length);
  const output = [];
  let at = 0;
  while (at < length && output.length < most) {
    if (Object.hasOwn(value, at)) {
      output.push(printing.formatProperty(walk, value, depth, at, true));
      at++;
      continue;
    }
    let end = at;
    // A sparse array may have a hole of billions.
    if (end + 1 < length) {
      const next = Object.keys(value).find((key) => Number(key) > at && /^\d+$/.test(key));
      end = next === undefined ? length : Number(next);
    } else {
      end = length;
    }
    output.push(walk.stylize(`<${end - at} empty item${end - at > 1 ? 's' : ''}>`, 'undefined'));
    at = end;
  }
  if (at < length) output.push(moreItems(length - at));
  return output;
}

/** @param {any} walk @param {any} value @param {number} size @param {number} depth @param {any} printing */
function formatCollection(walk, value, size, depth, printing) {
  const most = Math.min(Math.max(0, walk.maxArrayLength), size);
  /** @type {string[]} */
  const output = [];
  walk.indentation += 2;
  if (types.isSet(value)) {
    for (const one of Set.prototype.values.call(value)) {
      if (output.length >= most) break;
      output.push(printing.formatValue(walk, one, depth));
    }
  } else {
    for (const [key, one] of Map.prototype.entries.call(value)) {
      if (output.length >= most) break;
      output.push(`${printing.formatValue(walk, key, depth)} => ${printing.formatValue(walk, one, depth)}`);
    }
  }
  walk.indentation -= 2;
  if (size > most) output.push(moreItems(size - most));
  return output;
}

/** @param {any} walk @param {any} value @param {number} length @param {number} depth @param {any} printing */
function formatTypedArray(walk, value, length, depth, printing) {
  const most = Math.min(Math.max(0, walk.maxArrayLength), length);
  const output = [];
  const format = /** @type {(walk: any, value: any) => string} */ (length > 0 && typeof value[0] === 'bigint' ? formatBigInt : formatNumber);
  for (let i = 0; i < most; i++) output.push(format(walk, value[i]));
  if (length > most) output.push(moreItems(length - most));
  if (walk.showHidden) {
    walk.indentation += 2;
    for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
      output.push(`[${key}]: ${printing.formatValue(walk, value[key], depth, true)}`);
    }
    walk.indentation -= 2;
  }
  return output;
}

/** @param {any} walk @param {any} value */
function formatBytes(walk, value) {
  let bytes;
  try {
    bytes = new Uint8Array(value);
  } catch {
    return [walk.stylize('(detached)', 'special')];
  }
  const most = Math.min(Math.max(0, walk.maxArrayLength), bytes.length);
  let text = Array.from(bytes.subarray(0, most), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const left = bytes.length - most;
  if (left > 0) text += ` ... ${left} more byte${left > 1 ? 's' : ''}`;
  return [`${walk.stylize('[Uint8Contents]', 'special')}: <${text}>`];
}

/** @param {any} walk @param {any} value @param {number} depth @param {any} printing */
function formatPromise(walk, value, depth, printing) {
  const found = types.promiseState(value);
  // Not every engine tells.
  if (found === undefined) return [walk.stylize('<state unknown>', 'special')];
  const [state, result] = found;
  if (state === 0) return [walk.stylize('<pending>', 'special')];
  walk.indentation += 2;
  const text = printing.formatValue(walk, result, depth);
  walk.indentation -= 2;
  return [state === 2 ? `${walk.stylize('<rejected>', 'special')} ${text}` : text];
}

/** @param {any} walk @param {any} value @param {any[]} keys @param {number} depth @param {any} printing */
function formatNamespace(walk, value, keys, depth, printing) {
  return keys.map((key) => {
    try {
      return printing.formatProperty(walk, value, depth, key, false);
    } catch {
      return `${walk.stylize(String(key), 'name')}: ${walk.stylize('<uninitialized>', 'special')}`;
    }
  });
}

module.exports = { describe, formatPrimitive, formatNumber, formatBigInt, quote, escapeBare };
