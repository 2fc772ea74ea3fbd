// AssertionError and the text that shows what differs.
'use strict';

const { inspect } = require('internal/inspect');

/** @type {Record<string, string>} */
const HEADLINES = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

/** @param {any} value */
const show = (value) => inspect(value, {
  compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false,
  showProxy: false, sorted: true, getters: true, breakLength: Infinity,
});

/** The shortest edit from one list of lines to another. @param {string[]} from @param {string[]} to */
function editLines(from, to) {
  /** @type {number[][]} */
  const lengths = Array.from({ length: from.length + 1 }, () => new Array(to.length + 1).fill(0));
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      lengths[i][j] = from[i] === to[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const out = [];
  let i = 0;
  let j = 0;
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      out.push({ mark: ' ', line: from[i++] });
      j++;
    } else if (i < from.length && (j >= to.length || lengths[i + 1][j] >= lengths[i][j + 1])) {
      out.push({ mark: '+', line: from[i++] });
    } else {
      out.push({ mark: '-', line: to[j++] });
    }
  }
  return out;
}

/** @param {any} actual @param {any} expected @param {string} operator */
function difference(actual, expected, operator) {
  const left = show(actual).split('\n');
  const right = show(expected).split('\n');
  const isObject = typeof actual === 'object' && actual !== null && typeof expected === 'object' && expected !== null;
  if (operator === 'strictEqual' && ((isObject) || (typeof actual === 'function' && typeof expected === 'function'))) {
    operator = 'strictEqualObject';
  }
  if (left.length === 1 && right.length === 1 && left[0] !== right[0]) {
    const length = left[0].length + right[0].length;
    const isPlain = (typeof actual !== 'object' || actual === null) && (typeof expected !== 'object' || expected === null);
    if (length <= 12 && isPlain && (actual !== 0 || expected !== 0)) {
      return `${HEADLINES[operator]}\n\n${left[0]} !== ${right[0]}\n`;
    }
  }
  if (left.join('\n') === right.join('\n')) {
    return `${HEADLINES.notIdentical}\n\n${left.join('\n')}\n`;
  }
  const marked = editLines(left, right).map(({ mark, line }) => `${mark} ${line}`);
  const shown = shortened(marked);
  const note = shown.length === marked.length ? '' : ' ... Lines skipped';
  return `${HEADLINES[operator]}\n+ actual - expected${note}\n\n${shown.join('\n')}`;
}

/** Leaves out long runs of lines that are the same on both sides. @param {string[]} lines */
function shortened(lines) {
  const out = [];
  for (let i = 0; i < lines.length;) {
    let end = i;
    while (end < lines.length && lines[end][0] === ' ') end++;
    if (end - i > 5) out.push(...lines.slice(i, i + 2), '...', ...lines.slice(end - 2, end));
    else out.push(...lines.slice(i, end));
    i = end;
    while (i < lines.length && lines[i][0] !== ' ') out.push(lines[i++]);
  }
  return out;
}

/** @param {any} actual @param {any} expected @param {string} operator */
function message(actual, expected, operator) {
  if (operator === 'deepStrictEqual' || operator === 'strictEqual') return difference(actual, expected, operator);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') {
    const isObject = (typeof actual === 'object' && actual !== null) || typeof actual === 'function';
    const headline = HEADLINES[operator === 'notStrictEqual' && isObject ? 'notStrictEqualObject' : operator];
    const lines = show(actual).split('\n');
    if (lines.length === 1) return `${headline}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
    return `${headline}\n\n${lines.join('\n')}\n`;
  }
  const left = show(actual);
  const right = show(expected);
  if (operator === 'deepEqual') {
    return `${HEADLINES.deepEqual}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`;
  }
  if (operator === 'notDeepEqual') {
    return left === right ? `${HEADLINES.notDeepEqual}\n\n${left}` :
      `${HEADLINES.notDeepEqualUnequal}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`;
  }
  return `${left} ${operator} ${right}`;
}

class AssertionError extends Error {
  /** @param {any} options */
  constructor(options) {
    require('internal/errors').checkObject(options, 'options');
    const { actual, expected, operator, stackStartFn } = options;
    super(options.message !== undefined && options.message !== null ? String(options.message) : message(actual, expected, operator));
    this.generatedMessage = !options.message;
    Object.defineProperty(this, 'name', {
      value: 'AssertionError [ERR_ASSERTION]', enumerable: false, writable: true, configurable: true,
    });
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    Error.captureStackTrace(this, stackStartFn);
    // The code belongs in the first line of the stack alone.
    this.name = 'AssertionError';
  }

  toString() { return `${this.name} [${this.code}]: ${this.message}`; }

  /** @param {number} depth @param {any} options */
  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    void depth;
    return inspect(this, { ...options, customInspect: false, depth: 0 });
  }
}

module.exports = { AssertionError };
