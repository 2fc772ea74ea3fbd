// The module punycode: RFC 3492, and names of hosts in it.
'use strict';

const BASE = 36;
const SMALLEST = 1;
const LARGEST = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 128;
const LIMIT = 2 ** 31 - 1;

/** @param {string} text @returns {never} */
function fail(text) { throw new RangeError(text); }
const OVERFLOW = 'Overflow: input needs wider integers to process';

/** @param {number} delta @param {number} count @param {boolean} first */
function adapt(delta, count, first) {
  delta = Math.floor(delta / (first ? DAMP : 2));
  delta += Math.floor(delta / count);
  let k = 0;
  for (; delta > ((BASE - SMALLEST) * LARGEST) >> 1; k += BASE) delta = Math.floor(delta / (BASE - SMALLEST));
  return k + Math.floor(((BASE - SMALLEST + 1) * delta) / (delta + SKEW));
}

/** @param {number} k @param {number} bias */
const threshold = (k, bias) => Math.min(Math.max(k - bias, SMALLEST), LARGEST);

/** @param {number} code */
function digitOf(code) {
  if (code >= 0x30 && code < 0x3a) return 26 + (code - 0x30);
  if (code >= 0x41 && code < 0x5b) return code - 0x41;
  if (code >= 0x61 && code < 0x7b) return code - 0x61;
  return BASE;
}

/** @param {number} digit */
const letterOf = (digit) => String.fromCharCode(digit < 26 ? digit + 0x61 : digit - 26 + 0x30);

/** @param {string} input */
function decode(input) {
  const split = Math.max(input.lastIndexOf('-'), 0);
  const output = [...input.slice(0, split)].map((letter) => {
    if (letter.charCodeAt(0) >= 0x80) fail('Illegal input >= 0x80 (not a basic code point)');
    return letter.charCodeAt(0);
  });
  let [n, i, bias] = [FIRST_CODE, 0, FIRST_BIAS];
  for (let at = split > 0 ? split + 1 : 0; at < input.length;) {
    const before = i;
    for (let weight = 1, k = BASE; ; k += BASE) {
      if (at >= input.length) fail('Invalid input');
      const digit = digitOf(input.charCodeAt(at++));
      if (digit >= BASE) fail('Invalid input');
      if (digit > Math.floor((LIMIT - i) / weight)) fail(OVERFLOW);
      i += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      if (weight > Math.floor(LIMIT / (BASE - t))) fail(OVERFLOW);
      weight *= BASE - t;
    }
    const length = output.length + 1;
    bias = adapt(i - before, length, before === 0);
    if (Math.floor(i / length) > LIMIT - n) fail(OVERFLOW);
    n += Math.floor(i / length);
    i %= length;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
}

/** @param {string} text */
function encode(text) {
  const codes = ucs2decode(text);
  let output = codes.filter((code) => code < 0x80).map((code) => String.fromCharCode(code)).join('');
  const basic = output.length;
  let handled = basic;
  if (basic > 0) output += '-';
  let [n, delta, bias] = [FIRST_CODE, 0, FIRST_BIAS];
  while (handled < codes.length) {
    const next = Math.min(...codes.filter((code) => code >= n));
    if (next - n > Math.floor((LIMIT - delta) / (handled + 1))) fail(OVERFLOW);
    delta += (next - n) * (handled + 1);
    n = next;
    for (const code of codes) {
      if (code < n) delta++;
      if (code !== n) continue;
      let rest = delta;
      for (let k = BASE; ; k += BASE) {
        const t = threshold(k, bias);
        if (rest < t) break;
        output += letterOf(t + ((rest - t) % (BASE - t)));
        rest = Math.floor((rest - t) / (BASE - t));
      }
      output += letterOf(rest);
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    n++;
  }
  return output;
}

/** Code points, and halves of pairs as they are. @param {string} text */
const ucs2decode = (text) => [...text].map((letter) => /** @type {number} */ (letter.codePointAt(0)));
/** @param {number[]} codes */
const ucs2encode = (codes) => String.fromCodePoint(...codes);

/** Each label of a host, or of the host of a mail address. @param {string} domain @param {(label: string) => string} change */
function eachLabel(domain, change) {
  const at = domain.indexOf('@');
  const local = at === -1 ? '' : domain.slice(0, at + 1);
  return local + domain.slice(at + 1).replace(/[\u002e\u3002\uff0e\uff61]/g, '.').split('.').map(change).join('.');
}

/** @param {string} domain */
const toUnicode = (domain) => eachLabel(domain, (label) => (label.startsWith('xn--') ? decode(label.slice(4).toLowerCase()) : label));
/** @param {string} domain */
const toASCII = (domain) => eachLabel(domain, (label) => (/[^\0-\x7f]/.test(label) ? `xn--${encode(label)}` : label));

module.exports = { version: '2.1.0', ucs2: { decode: ucs2decode, encode: ucs2encode }, decode, encode, toASCII, toUnicode };
