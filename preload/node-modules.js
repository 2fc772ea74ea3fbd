'use strict';
// What the module loader (`internal/loader`) asks of the file system and the engine, in a renderer
// that may have Node.

const { noteParameters } = require('./error-stack.js');

const { ReflectApply } = primordials;

/**
 * What Electron wraps a file in. The last ones are globals of Node's that the page's window may have
 * lost by the time they are used (semantics 95).
 */
const PARAMETERS = 'exports, require, module, __filename, __dirname, process, global, Buffer,' +
  ' setImmediate, clearImmediate';

/** Node's globals, by name. @type {any} */
let globals;

/** @param {any} given for the files that are loaded from now on */
function setGlobals(given) {
  globals = given;
}

/** 0 for a file, 1 for a folder, -1 for neither. @param {string} path @returns {number} */
const kind = (path) => native.kind(path);

/** @param {string} path @returns {string} */
const realpath = (path) => native.realpath(path);

/** @param {string} path @returns {string} */
function readText(path) {
  const text = native.readFile(path);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * The function that a CommonJS file is the body of.
 * @param {string} source
 * @param {string} file
 */
function compile(source, file) {
  const url = fileUrl(file);
  noteParameters(url, PARAMETERS);
  const body = native.compile(source, url, PARAMETERS);
  // It is loaded when it is first asked for, and most files never do.
  const asksForBuffer = /\bBuffer\b/.test(source);
  /** @this {any} */
  return function run(exports, require, module, filename, directory) {
    const { process, global, setImmediate, clearImmediate } = globals;
    return ReflectApply(body, this, [
      exports, require, module, filename, directory, process, global,
      asksForBuffer ? globals.Buffer : undefined, setImmediate, clearImmediate,
    ]);
  };
}

/** The address that stack traces and the console show for a file. @param {string} path */
function fileUrl(path) {
  return `file://${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}`;
}

module.exports = { compile, fileUrl, headLength: 0, kind, readText, realpath, setGlobals };
