// The module querystring: queries as Node wrote them before URLSearchParams.
'use strict';

/** @param {string} text */
function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text).toString();
  }
}

/** @param {any} value */
function escape(value) {
  if (typeof value !== 'string') value = typeof value === 'object' ? String(value) : `${value}`;
  // Half of a pair takes what follows for its other half, as it does in Node.
  if (!value.isWellFormed()) {
    value = value.replace(/[\uD800-\uDFFF][^]?/g, (/** @type {string} */ pair) => {
      if (pair.length === 1) refuse();
      return String.fromCodePoint(0x10000 + ((pair.charCodeAt(0) & 0x3ff) << 10 | (pair.charCodeAt(1) & 0x3ff)));
    });
  }
  return encodeURIComponent(value);
}

/** @returns {never} */
function refuse() {
  const error = /** @type {any} */ (new URIError('URI malformed'));
  error.code = 'ERR_INVALID_URI';
  throw error;
}

/** @param {any} value */
function primitive(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return `${value}`;
  if (typeof value === 'bigint' || typeof value === 'boolean') return `${value}`;
  return '';
}

/** @param {any} object @param {string} [separator] @param {string} [equals] @param {any} [options] */
function stringify(object, separator, equals, options) {
  separator ||= '&';
  equals ||= '=';
  if (object === null || typeof object !== 'object') return '';
  const encode = typeof options?.encodeURIComponent === 'function' ? options.encodeURIComponent : module.exports.escape;
  const out = [];
  for (const [key, value] of Object.entries(object)) {
    const name = encode(primitive(key));
    if (Array.isArray(value)) for (const one of value) out.push(`${name}${equals}${encode(primitive(one))}`);
    else out.push(`${name}${equals}${encode(primitive(value))}`);
  }
  return out.join(separator);
}

/** @param {any} text @param {string} [separator] @param {string} [equals] @param {any} [options] */
function parse(text, separator, equals, options) {
  separator ||= '&';
  equals ||= '=';
  /** @type {Record<string, any>} */
  const out = Object.create(null);
  if (typeof text !== 'string' || text.length === 0) return out;
  const decode = typeof options?.decodeURIComponent === 'function' ? options.decodeURIComponent : module.exports.unescape;
  const most = typeof options?.maxKeys === 'number' ? options.maxKeys : 1000;
  let parts = text.split(separator);
  if (most > 0) parts = parts.slice(0, most);
  for (const part of parts) {
    if (part === '') continue;
    const at = part.indexOf(equals);
    const plain = (/** @type {string} */ piece) => decode(piece.replaceAll('+', ' '));
    const name = plain(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? '' : plain(part.slice(at + equals.length));
    if (!(name in out)) out[name] = value;
    else if (Array.isArray(out[name])) out[name].push(value);
    else out[name] = [out[name], value];
  }
  return out;
}

/** @param {string} text */
function unescapeBuffer(text) {
  const raw = `${text}`.replace(/%([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return require('buffer').Buffer.from(raw, 'latin1');
}

module.exports = { unescapeBuffer, unescape, escape, stringify, encode: stringify, parse, decode: parse };
