'use strict';
// The `stack` of errors that leave for another process. JavaScriptCore's is a list of lines
// `function@url:line:column`; Electron's users, and libraries that read stacks, know V8's:
//
//   TypeError: message
//       at function (url:line:column)
//
// The page itself goes on seeing its engine's form: nothing here is visible to it.

const {
  ObjectHasOwn, RegExpPrototypeExec, SafeMap, StringPrototypeEndsWith, StringPrototypeIndexOf,
  StringPrototypeSlice, StringPrototypeStartsWith,
} = primordials;
const { ownData } = require('./codec-kinds.js');

/** A place in a file: url, line, column. */
const PLACE = /^([^]+):(\d+):(\d+)$/;
/** What the engine writes instead of a place for its own functions. */
const NATIVE = '[native code]';
const WASM = '[wasm code]';
/** Conch's own scripts, which are no part of the application. */
const OURS = 'conch:';
/** The last part of `scriptUrl`, as URLs write V8's name for a script without one. */
const NAMELESS = '/%3Canonymous%3E';

/**
 * How many columns `native.compile` puts before the first line of a file, by the file's url.
 * @type {Map<string, number>}
 */
const heads = new SafeMap();

/**
 * Tells that a file is compiled with parameters, so that the columns of its first line are right.
 * @param {string} url
 * @param {string} parameters as `native.compile` gets them
 * @param {string} [outer] the same
 */
function noteParameters(url, parameters, outer) {
  const head = outer === undefined ? `(function (${parameters}) {` : `((${outer}) => function (${parameters}) {`;
  heads.set(url, head.length);
}

/**
 * The url for a script of `executeJavaScript`. V8 needs none and calls it `<anonymous>`; WebKit
 * takes it for the start of `import('./x.js')`, so it lies beside the document.
 * @param {any} document
 * @returns {string}
 */
function scriptUrl(document) {
  const base = RegExpPrototypeExec(/^[^?#]*\//, `${document.baseURI}`);
  return base === null ? '<anonymous>' : StringPrototypeSlice(base[0], 0, -1) + NAMELESS;
}

/**
 * What to write as the stack of an error. A stack that is not JavaScriptCore's is the application's
 * doing, or comes from another process, and stays as it is.
 * @param {any} error
 * @param {string} name
 * @param {string} message
 * @returns {string | undefined} undefined for none
 */
function stackInForm(error, name, message) {
  const stack = ownStack(error);
  // WebKit makes some without one, such as that of a `fetch` that failed.
  if (stack === undefined && !ObjectHasOwn(error, 'stack')) return head(error, name, message, '');
  if (typeof stack !== 'string') return undefined;
  if (stack === '') return head(error, name, message, '');
  const frames = framesOf(stack);
  return frames === null ? stack : head(error, name, message, frames.url) + frames.text;
}

/**
 * In JavaScriptCore `stack` is a property of the error, in newer V8 an own accessor.
 * @param {any} error
 */
function ownStack(error) {
  const stack = ownData(error, 'stack');
  return stack === undefined && ObjectHasOwn(error, 'stack') ? error.stack : stack;
}

/**
 * The first line, and a second one for a script that does not compile: its place is no frame.
 * @param {any} error
 * @param {string} name
 * @param {string} message
 * @param {string} url of the innermost frame
 */
function head(error, name, message, url) {
  const separator = name === '' || message === '' ? '' : ': ';
  const first = name + separator + message;
  if (name !== 'SyntaxError') return first;
  const file = ownData(error, 'sourceURL');
  const line = ownData(error, 'line');
  // Of the same file is what `eval` and `JSON.parse` throw; the line may be one of their text.
  if (typeof file !== 'string' || typeof line !== 'number' || file === '' || file === url ||
      StringPrototypeStartsWith(file, OURS)) {
    return first;
  }
  // There is a `column` too, but that of the call that had it compiled.
  return `${first}\n    at ${shown(file)}:${line}`;
}

/**
 * The lines after the first, and the url of the innermost frame that has one.
 * @param {string} stack
 * @returns {{ text: string, url: string } | null} null for what is not JavaScriptCore's
 */
function framesOf(stack) {
  let text = '';
  let url = '';
  /** Frames of the engine's functions: whose they are is for their caller's frame to say. */
  let natives = '';
  for (let start = 0; start <= stack.length;) {
    let end = StringPrototypeIndexOf(stack, '\n', start);
    if (end < 0) end = stack.length;
    const line = StringPrototypeSlice(stack, start, end);
    start = end + 1;
    const at = StringPrototypeIndexOf(line, '@');
    if (at < 0) return null;
    const name = StringPrototypeSlice(line, 0, at);
    const place = StringPrototypeSlice(line, at + 1);
    // Code without a url, such as that of `new Function`, has no place either.
    if (place === '' || place === NATIVE || place === WASM) {
      const frame = frameLine(name, '<anonymous>');
      if (place === NATIVE) {
        natives += frame;
      } else {
        text += natives + frame;
        natives = '';
      }
      continue;
    }
    const parts = RegExpPrototypeExec(PLACE, place);
    if (parts === null) return null;
    if (url === '') url = parts[1];
    if (!StringPrototypeStartsWith(place, OURS)) {
      text += natives + frameLine(name, placeOf(parts[1], +parts[2], +parts[3]));
    }
    natives = '';
  }
  return { text: text + natives, url };
}

/** @param {string} url @param {number} line @param {number} column */
function placeOf(url, line, column) {
  const width = line === 1 ? heads.get(url) ?? 0 : 0;
  return `${shown(url)}:${line}:${column > width ? column - width : column}`;
}

/** @param {string} url */
function shown(url) {
  return StringPrototypeEndsWith(url, NAMELESS) ? '<anonymous>' : url;
}

/** @param {string} name @param {string} place */
function frameLine(name, place) {
  // V8 has no names for what is not in a function.
  const isNameless = name === '' || name === 'global code' || name === 'module code' ||
    name === 'eval code';
  return isNameless ? `\n    at ${place}` : `\n    at ${name} (${place})`;
}

module.exports = { noteParameters, scriptUrl, stackInForm };
