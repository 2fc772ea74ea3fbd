// How util.inspect breaks lines: what fits on one, and long arrays in columns.
'use strict';

/** @param {string} text */
const withoutColors = (text) => text.replace(/\x1b\[\d+m/g, '');

/** Columns that a text takes on a terminal. @param {string} text @param {boolean} [colored] */
function width(text, colored) {
  if (colored) text = withoutColors(text);
  // Nearly every text is ASCII.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let columns = 0;
  for (const char of text.normalize('NFC')) {
    const code = /** @type {number} */ (char.codePointAt(0));
    if (isWide(code)) columns += 2;
    else if (!isZeroWidth(code)) columns++;
  }
  return columns;
}

/** @param {number} code */
const isZeroWidth = (code) =>
  code <= 0x1f || (code >= 0x7f && code <= 0x9f) || (code >= 0x300 && code <= 0x36f) ||
  (code >= 0x200b && code <= 0x200f) || (code >= 0x20d0 && code <= 0x20ff) ||
  (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xfe20 && code <= 0xfe2f) ||
  (code >= 0xe0100 && code <= 0xe01ef);

/** @param {number} code */
const isWide = (code) =>
  code >= 0x1100 && (code <= 0x115f || code === 0x2329 || code === 0x232a ||
    (code >= 0x2e80 && code <= 0x3247 && code !== 0x303f) || (code >= 0x3250 && code <= 0x4dbf) ||
    (code >= 0x4e00 && code <= 0xa4c6) || (code >= 0xa960 && code <= 0xa97c) ||
    (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe10 && code <= 0xfe19) || (code >= 0xfe30 && code <= 0xfe6b) ||
    (code >= 0xff01 && code <= 0xff60) || (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1b000 && code <= 0x1b001) || (code >= 0x1f200 && code <= 0x1f251) ||
    (code >= 0x1f300 && code <= 0x1f64f) || (code >= 0x1f900 && code <= 0x1f9ff) ||
    (code >= 0x20000 && code <= 0x3fffd));

/** @param {any} walk @param {string[]} output @param {number} start @param {string} base */
function fitsOneLine(walk, output, start, base) {
  let total = output.length + start;
  if (total + output.length > walk.breakLength) return false;
  for (const part of output) {
    total += walk.colors ? withoutColors(part).length : part.length;
    if (total > walk.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

/** Puts short elements of a long array into columns.
 * @param {any} walk @param {string[]} output @param {any} value */
function intoColumns(walk, output, value) {
  const GAP = 2;
  let total = 0;
  let longest = 0;
  let count = output.length;
  // The last one says how many are left out.
  if (walk.maxArrayLength < output.length) count--;
  const lengths = [];
  for (let i = 0; i < count; i++) {
    const length = width(output[i], walk.colors);
    lengths.push(length);
    total += length + GAP;
    longest = Math.max(longest, length);
  }
  const most = longest + GAP;
  if (!(most * 3 + walk.indentation < walk.breakLength && (total / most > 5 || longest <= 6))) {
    return output;
  }
  const bias = Math.sqrt(most - total / output.length);
  const biased = Math.max(most - 3 - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biased * count) / biased),
    Math.floor((walk.breakLength - walk.indentation) / most),
    walk.compact * 4,
    15);
  if (columns <= 1) return output;
  const widths = [];
  for (let i = 0; i < columns; i++) {
    let widest = 0;
    for (let j = i; j < count; j += columns) widest = Math.max(widest, lengths[j]);
    widths.push(widest + GAP);
  }
  const numeric = value === undefined || output.every((_, i) =>
    typeof value[i] === 'number' || typeof value[i] === 'bigint');
  const rows = [];
  for (let i = 0; i < count; i += columns) {
    const end = Math.min(i + columns, count);
    let row = '';
    for (let j = i; j < end; j++) {
      const isLast = j === end - 1;
      const text = isLast ? output[j] : `${output[j]}, `;
      const room = widths[j - i] + output[j].length - lengths[j] - (isLast ? GAP : 0);
      if (numeric) row += text.padStart(room);
      else row += isLast ? text : text.padEnd(room);
    }
    rows.push(row);
  }
  if (walk.maxArrayLength < output.length) rows.push(output[count]);
  return rows;
}

/**
 * Joins the parts of an object between its braces.
 * @param {any} walk @param {string[]} output @param {string} base @param {string[]} braces
 * @param {boolean} isArray @param {number} depth @param {any} [value]
 */
function reduce(walk, output, base, braces, isArray, depth, value) {
  const head = base === '' ? '' : `${base} `;
  if (walk.compact !== true) {
    if (typeof walk.compact === 'number' && walk.compact >= 1) {
      const entries = output.length;
      if (isArray && entries > 6) output = intoColumns(walk, output, value);
      if (walk.currentDepth - depth < walk.compact && entries === output.length) {
        const start = output.length + walk.indentation + braces[0].length + base.length + 10;
        if (fitsOneLine(walk, output, start, base)) {
          const joined = output.join(', ');
          if (!joined.includes('\n')) return `${head}${braces[0]} ${joined} ${braces[1]}`;
        }
      }
    }
    const indent = `\n${' '.repeat(walk.indentation)}`;
    return `${head}${braces[0]}${indent}  ${output.join(`,${indent}  `)}${indent}${braces[1]}`;
  }
  if (fitsOneLine(walk, output, 0, base)) {
    return `${braces[0]}${base === '' ? '' : ` ${base}`} ${output.join(', ')} ${braces[1]}`;
  }
  const indent = ' '.repeat(walk.indentation);
  const lead = base === '' && braces[0].length === 1 ? ' ' : `${base === '' ? '' : ` ${base}`}\n${indent}  `;
  return `${braces[0]}${lead}${output.join(`,\n${indent}  `)} ${braces[1]}`;
}

module.exports = { reduce, width, withoutColors };
