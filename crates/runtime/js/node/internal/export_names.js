// The names that a CommonJS file exports, guessed from its text, for `import { name }` from it.
// An importer is linked before the file runs, so the text is all there is; Node does the same.
'use strict';

const binding = internalBinding('modules');
const loader = require('internal/loader');
const path = require('path');

/** Blanks out comments, so that what they quote is not taken for code. @param {string} source */
function withoutComments(source) {
  const token = /\/\*[^]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*"|`(?:[^`\\]|\\[^])*`/g;
  return source.replace(token, (text) => (text.startsWith('/*') || text.startsWith('//') ? ' ' : text));
}

const NAME = '([A-Za-z_$][\\w$]*)';
const EXPORTS = '(?:module\\s*\\.\\s*exports|exports)';
const ASSIGNED = new RegExp(`\\b${EXPORTS}\\s*(?:\\.\\s*${NAME}|\\[\\s*(['"])([^'"\\\\]+)\\2\\s*\\])\\s*=(?!=)`, 'g');
const DEFINED = new RegExp(`\\bObject\\s*\\.\\s*defineProperty\\s*\\(\\s*${EXPORTS}\\s*,\\s*(['"])([^'"\\\\]+)\\1`, 'g');
const LITERAL = /\bmodule\s*\.\s*exports\s*=\s*\{/g;
const WHOLE = /\bmodule\s*\.\s*exports\s*=\s*(?:[A-Za-z_$][\w$]*\s*\(\s*)?require\s*\(\s*(['"])([^'"\\]+)\1\s*\)/g;
const STAR = /\b(?:__exportStar|__export|tslib\.__exportStar|\w+\.__exportStar)\s*\(\s*require\s*\(\s*(['"])([^'"\\]+)\1\s*\)/g;
const ESBUILD = new RegExp(`\\b__export\\s*\\(\\s*${NAME}\\s*,\\s*\\{`, 'g');
// The hint that esbuild leaves for this: 0 && (module.exports = { a, b }).
const MEMBER = new RegExp(`^\\s*(?:(?:get\\s+)?${NAME}|(['"])([^'"\\\\]+)\\2)\\s*(?=[,:}(])`);

/** The keys of an object literal, up to the first thing that is no plain member.
 * @param {string} source @param {number} at @param {Set<string>} names @param {string[]} again */
function literalKeys(source, at, names, again) {
  for (;;) {
    const rest = source.slice(at, at + 4096);
    const spread = /^\s*\.\.\.\s*require\s*\(\s*(['"])([^'"\\]+)\1\s*\)\s*,?/.exec(rest);
    if (spread) {
      again.push(spread[2]);
      at += spread[0].length;
      continue;
    }
    const member = MEMBER.exec(rest);
    if (!member) return;
    names.add(member[1] ?? member[3]);
    at = skipValue(source, at + member[0].length);
    if (at < 0) return;
  }
}

/** Where the member after this one starts, or -1. @param {string} source @param {number} at */
function skipValue(source, at) {
  let depth = 0;
  for (; at < source.length; at++) {
    const char = source[at];
    if (char === '\'' || char === '"' || char === '`') {
      for (at++; at < source.length && source[at] !== char; at++) if (source[at] === '\\') at++;
    } else if (char === '{' || char === '(' || char === '[') {
      depth++;
    } else if (char === '}' || char === ')' || char === ']') {
      if (depth-- === 0) return -1;
    } else if (char === ',' && depth === 0) {
      return at + 1;
    }
  }
  return -1;
}

/** @param {string} file @param {Set<string>} [seen] @returns {Set<string>} */
function exportNames(file, seen = new Set()) {
  /** @type {Set<string>} */
  const names = new Set();
  if (seen.has(file) || binding.kind(file) !== 0 || file.endsWith('.json') || file.endsWith('.node')) {
    return names;
  }
  seen.add(file);
  const source = withoutComments(binding.readText(file));
  /** @type {string[]} */
  const again = [];
  for (const match of source.matchAll(ASSIGNED)) names.add(match[1] ?? match[3]);
  for (const match of source.matchAll(DEFINED)) names.add(match[2]);
  for (const match of source.matchAll(LITERAL)) literalKeys(source, match.index + match[0].length, names, again);
  for (const match of source.matchAll(ESBUILD)) literalKeys(source, match.index + match[0].length, names, again);
  for (const match of source.matchAll(WHOLE)) again.push(match[2]);
  for (const match of source.matchAll(STAR)) again.push(match[2]);
  for (const request of again) {
    try {
      const { builtinName, loadBuiltin } = require('internal/builtins');
      const builtin = builtinName(request);
      if (builtin !== undefined) {
        for (const name of Object.keys(loadBuiltin(builtin))) names.add(name);
        continue;
      }
      const parent = { filename: file, paths: loader.nodeModulePaths(path.dirname(file)) };
      const target = loader.Module._resolveFilename(request, parent, false);
      for (const name of exportNames(target, seen)) names.add(name);
    } catch {
      // What cannot be found now fails when the file runs, with a better error.
    }
  }
  return names;
}

module.exports = { exportNames };
