// What texts, numbers and dates do by the language of a reader, in the plain forms: American English.
// Whatever needs a table of languages says that it is not here.
'use strict';

const { codedError } = require('internal/errors');

/** @param {string} what @returns {never} */
function refuse(what) {
  throw codedError(Error, 'ERR_CONCH_UNSUPPORTED',
    `${what} is not supported by Conch's embedded engine, which has no Intl. The Node engine has it: conch --node`);
}

/** @param {string} method @param {any} locales @param {any} options @param {RegExp} known */
function checkPlain(method, locales, options, known) {
  const list = locales === undefined ? [] : Array.isArray(locales) ? locales : [locales];
  for (const one of list) {
    if (typeof one !== 'string' || !known.test(one)) refuse(`${method} with the locale '${String(one)}'`);
  }
  if (options === undefined || options === null) return;
  const [name] = Object.keys(options).filter((key) => options[key] !== undefined);
  if (name !== undefined) refuse(`${method} with the option '${name}'`);
}

const AMERICAN = /^en(-US)?$/i;
/** Those whose order of letters is that of no language in particular. */
const ROOT_ORDER = /^(en|de|fr|it|nl|pt)(-[A-Z]{2})?$/i;

/** Decimal digits in groups. @param {string} digits */
const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** @param {number} value @param {any} [locales] @param {any} [options] */
function numberText(value, locales, options) {
  checkPlain('Number.prototype.toLocaleString', locales, options, AMERICAN);
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  value = Math.abs(value);
  if (value === Infinity) return `${sign}∞`;
  if (value >= 1e21) return sign + grouped(String(BigInt(value)));
  const [whole, fraction = ''] = value.toFixed(3).split('.');
  const rest = fraction.replace(/0+$/, '');
  return sign + grouped(whole) + (rest === '' ? '' : `.${rest}`);
}

/** @param {bigint} value @param {any} [locales] @param {any} [options] */
function bigintText(value, locales, options) {
  checkPlain('BigInt.prototype.toLocaleString', locales, options, AMERICAN);
  return value < 0n ? `-${grouped(String(-value))}` : grouped(String(value));
}

/** @param {number} number */
const two = (number) => String(number).padStart(2, '0');

/** @param {Date} date @param {'String' | 'DateString' | 'TimeString'} form @param {any} [locales] @param {any} [options] */
function dateText(date, form, locales, options) {
  checkPlain(`Date.prototype.toLocale${form}`, locales, options, AMERICAN);
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  const day = `${date.getMonth() + 1}/${date.getDate()}/${date.getFullYear()}`;
  const hours = date.getHours();
  const time = `${hours % 12 || 12}:${two(date.getMinutes())}:${two(date.getSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
  return form === 'DateString' ? day : form === 'TimeString' ? time : `${day}, ${time}`;
}

/** How much two letters may differ and be the same. */
const LEVELS = { base: 1, accent: 2, case: 1, variant: 3 };

/** Signs in their order, which come before digits and letters. */
const SIGNS = ' _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$';

/** @param {string} letter */
function rank(letter) {
  if (/\p{L}/u.test(letter)) return SIGNS.length + 2;
  if (/\p{N}/u.test(letter)) return SIGNS.length + 1;
  const at = SIGNS.indexOf(letter);
  return at === -1 ? SIGNS.length : at;
}

/** @param {string} one @param {string} other @param {boolean} numeric */
function compareBase(one, other, numeric) {
  const [left, right] = [one, other].map((text) => text.toLowerCase().match(numeric ? /\d+|[^]/gu : /[^]/gu) ?? []);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [a, b] = [left[at], right[at]];
    if (a === b) continue;
    if (numeric && /^\d/.test(a) && /^\d/.test(b)) {
      const difference = BigInt(a) - BigInt(b);
      if (difference !== 0n) return difference < 0n ? -1 : 1;
      continue;
    }
    return rank(a) - rank(b) || (a < b ? -1 : 1);
  }
  return left.length - right.length;
}

/** @param {string} one @param {any} other @param {any} [locales] @param {any} [options] */
function compare(one, other, locales, options) {
  const { numeric = false, sensitivity = 'variant', usage: _usage, ...more } = options ?? {};
  checkPlain('String.prototype.localeCompare', locales, more, ROOT_ORDER);
  if (!(sensitivity in LEVELS)) throw new RangeError(`Value ${sensitivity} out of range for Intl.Collator options property sensitivity`);
  const plain = (/** @type {string} */ text) => (numeric ? text.replace(/(?<!\d)0+(?=\d)/g, '') : text);
  const [left, right] = [one, `${other}`].map((text) => plain(text.normalize('NFD')));
  const [bareLeft, bareRight] = [left, right].map((text) => text.replace(/\p{M}/gu, ''));
  let order = compareBase(bareLeft, bareRight, Boolean(numeric));
  const level = /** @type {Record<string, number>} */ (LEVELS)[sensitivity];
  if (order === 0 && level >= 2) {
    const [marksLeft, marksRight] = [left, right].map((text) => text.toLowerCase());
    order = marksLeft === marksRight ? 0 : marksLeft < marksRight ? -1 : 1;
  }
  // A small letter comes before its capital.
  if (order === 0 && (level === 3 || sensitivity === 'case')) order = bareLeft === bareRight ? 0 : bareLeft > bareRight ? -1 : 1;
  return Math.sign(order);
}

/** @param {string} text @param {'Lower' | 'Upper'} form @param {any} [locales] */
function caseText(text, form, locales) {
  const list = locales === undefined ? [] : Array.isArray(locales) ? locales : [locales];
  if (list.some((one) => /^(tr|az|lt)\b/i.test(`${one}`))) refuse(`String.prototype.toLocale${form}Case with the locale '${list[0]}'`);
  return form === 'Lower' ? text.toLowerCase() : text.toUpperCase();
}

module.exports = { numberText, bigintText, dateText, compare, caseText };
