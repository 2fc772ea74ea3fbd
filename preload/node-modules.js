'use strict';
// What the module loader (`internal/loader`) asks of the file system and the engine, in a renderer
// that may have Node.

const { noteParameters } = require('./error-stack.js');
const { codedError } = require('internal/errors');

const PARAMETERS = 'exports, require, module, __filename, __dirname';

/**
 * Globals of Node's that the page's window may have lost by the time a file uses them (semantics
 * 95). Outside of the file's own function, because it may declare variables of these names.
 */
const GLOBALS = 'process, global, Buffer, setImmediate, clearImmediate';

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
  noteParameters(url, PARAMETERS, GLOBALS);
  const { process, global, setImmediate, clearImmediate } = globals;
  // It is loaded when it is first asked for, and most files never do.
  const Buffer = /\bBuffer\b/.test(source) ? globals.Buffer : undefined;
  return native.compile(source, url, PARAMETERS, GLOBALS)(process, global, Buffer, setImmediate, clearImmediate);
}

/** What the loader cannot load. @param {string} what @returns {never} */
function missing(what) {
  throw codedError(Error, 'ERR_CONCH_UNSUPPORTED_MODULE', `Loading ${what} in a renderer is not supported by Conch`);
}

/** The address that stack traces and the console show for a file. @param {string} path */
function fileUrl(path) {
  return `file://${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}`;
}

module.exports = { compile, fileUrl, headLength: 0, kind, missing, readText, realpath, setGlobals };
