// How util.inspect prints an error: its stack, mended where class and text disagree.
'use strict';

const types = require('internal/types');

/** @param {any} error */
function stackOf(error) {
  try {
    if (error.stack) return String(error.stack);
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

/**
 * @param {any} walk @param {any} error @param {string | null} constructor @param {string} tag
 * @param {any[]} keys those to print after the stack; changed here
 * @param {(constructor: string | null, tag: string, fallback: string) => string} prefix
 */
function formatError(walk, error, constructor, tag, keys, prefix) {
  const name = error.name !== null && error.name !== undefined ? String(error.name) : 'Error';
  let stack = stackOf(error);
  if (!walk.showHidden && keys.length > 0) {
    for (const key of ['name', 'message', 'stack']) {
      const at = keys.indexOf(key);
      // What the stack shows already is not repeated.
      if (at >= 0 && (typeof error[key] !== 'string' || stack.includes(error[key]))) keys.splice(at, 1);
    }
  }
  if ('cause' in error && !keys.includes('cause')) keys.push('cause');
  if (Array.isArray(error.errors) && !keys.includes('errors')) keys.push('errors');
  stack = improve(stack, constructor, name, tag, prefix);

  let from = typeof error.message === 'string' && error.message !== '' ? stack.indexOf(error.message) : -1;
  if (from !== -1) from += error.message.length;
  const frames = stack.indexOf('\n    at', Math.max(from, 0));
  if (frames === -1) {
    stack = `[${stack}]`;
  } else {
    const lines = withoutRepeats(walk, error, stack.slice(frames + 1).split('\n'));
    if (walk.colors) {
      for (let i = 0; i < lines.length; i++) {
        if (lines[i].includes('(node:') || lines[i].includes(' node:')) lines[i] = walk.stylize(lines[i], 'undefined');
      }
    }
    stack = `${stack.slice(0, frames)}\n${lines.join('\n')}`;
  }
  if (walk.indentation !== 0) stack = stack.replaceAll('\n', `\n${' '.repeat(walk.indentation)}`);
  return stack;
}

/** Names the class in the first line. @param {string} stack @param {string | null} constructor
 * @param {string} name @param {string} tag @param {any} prefix */
function improve(stack, constructor, name, tag, prefix) {
  const { length } = name;
  const next = stack[length];
  const begins = name.endsWith('Error') && stack.startsWith(name) &&
    (stack.length === length || next === ':' || next === '\n');
  if (constructor !== null && !begins) return stack;
  if (constructor === null) {
    const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    const found = start?.[1] ?? '';
    return `${prefix(null, tag, found || 'Error').slice(0, -1)}${stack.slice(found.length)}`;
  }
  if (constructor === name) return stack;
  if (constructor.includes(name)) return `${constructor}${stack.slice(length)}`;
  return `${constructor} [${name}]${stack.slice(length)}`;
}

/** Leaves out the frames that the cause's stack repeats.
 * @param {any} walk @param {any} error @param {string[]} frames */
function withoutRepeats(walk, error, frames) {
  if (!error.cause || !types.isNativeError(error.cause)) return frames;
  const other = stackOf(error.cause);
  const at = other.indexOf('\n    at');
  if (at === -1) return frames;
  const theirs = other.slice(at + 1).split('\n');
  for (let i = 0; i < frames.length - 3; i++) {
    const start = theirs.indexOf(frames[i]);
    if (start === -1) continue;
    const most = Math.min(frames.length - i, theirs.length - start);
    let same = 0;
    while (same < most && frames[i + same] === theirs[start + same]) same++;
    if (same > 3) {
      const out = frames.slice();
      out.splice(i + 1, same - 2,
        walk.stylize(`    ... ${same - 2} lines matching cause stack trace ...`, 'undefined'));
      return out;
    }
  }
  return frames;
}

module.exports = { formatError };
