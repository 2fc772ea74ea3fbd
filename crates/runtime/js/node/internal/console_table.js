// console.table: rows and columns in box-drawing characters.
'use strict';

const { inspect } = require('internal/inspect');
const { width } = require('internal/inspect_layout');
const types = require('internal/types');

/** @param {any} value */
function cell(value) {
  const isCompound = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2;
  return inspect(value, { maxArrayLength: 3, breakLength: Infinity, depth: isCompound ? -1 : 0 });
}

/** @param {string[]} head @param {string[][]} columns */
function draw(head, columns) {
  const rows = Math.max(0, ...columns.map((column) => column.length));
  const widths = head.map((name, i) =>
    Math.max(width(name), ...columns[i].map((text) => width(text))) + 2);
  /** @param {string[]} texts */
  const line = (texts) =>
    `│${texts.map((text, i) => ` ${text}${' '.repeat(widths[i] - width(text) - 1)}`).join('│')}│`;
  const rules = widths.map((columns) => '─'.repeat(columns));
  const out = [`┌${rules.join('┬')}┐`, line(head), `├${rules.join('┼')}┤`];
  for (let row = 0; row < rows; row++) out.push(line(columns.map((column) => column[row] ?? '')));
  out.push(`└${rules.join('┴')}┘`);
  return out.join('\n');
}

/** @param {any} data @param {string[]} [wanted] */
function table(data, wanted) {
  if (types.isMap(data)) {
    const keys = [...data.keys()];
    return draw(['(iteration index)', 'Key', 'Values'],
      [keys.map((_, i) => String(i)), keys.map(cell), [...data.values()].map(cell)]);
  }
  if (types.isSet(data)) {
    const values = [...data];
    return draw(['(iteration index)', 'Values'], [values.map((_, i) => String(i)), values.map(cell)]);
  }
  const index = Object.keys(data);
  /** @type {Map<string, string[]>} */
  const columns = new Map();
  /** @type {string[]} */
  const values = [];
  let hasValues = false;
  index.forEach((key, row) => {
    const item = data[key];
    const isPrimitive = item === null || (typeof item !== 'function' && typeof item !== 'object');
    if (isPrimitive) {
      hasValues = true;
      values[row] = cell(item);
      return;
    }
    values[row] = '';
    for (const name of wanted ?? Object.keys(item)) {
      let column = columns.get(name);
      if (column === undefined) columns.set(name, column = []);
      if (Object.hasOwn(item, name)) column[row] = cell(item[name]);
    }
  });
  if (wanted) for (const name of wanted) if (!columns.has(name)) columns.set(name, []);
  const head = ['(index)', ...columns.keys()];
  const body = [index, ...[...columns.values()].map((column) => index.map((_, row) => column[row] ?? ''))];
  if (hasValues) {
    head.push('Values');
    body.push(index.map((_, row) => values[row] ?? ''));
  }
  return draw(head, body);
}

module.exports = { table };
