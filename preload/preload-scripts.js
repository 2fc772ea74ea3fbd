'use strict';
// Runs the app's preload scripts (semantics 88-93).

const { noteParameters } = require('./error-stack.js');
const asTurn = require('./turn.js');

const { ReflectApply, TypeError, consoleError } = primordials;

/** What Electron wraps a preload script in: its `const`s stay its own. */
const PARAMETERS = 'require, process, exports, module, Buffer, global, setImmediate, clearImmediate,' +
  ' __filename, __dirname';

/**
 * Runs each script as a task of its own: its promises settle before the page's first script. One
 * that fails is reported, and the next one and the page go on (semantics 90).
 *
 * @param {object} options
 * @param {any} options.native
 * @param {string[]} options.paths absolute
 * @param {(path: string) => {require: Function, module: any}} options.scopeOf a script's own
 *   `require` and `module`
 * @param {any} options.globals the other values that the wrapper gives, by name
 * @param {(path: string, error: any) => void} options.report to the main process
 */
module.exports = function runPreloadScripts({ native, paths, scopeOf, globals, report }) {
  for (const path of paths) {
    asTurn(() => {
      try {
        runOne(path);
      } catch (error) {
        consoleError(`Unable to load preload script: ${path}`);
        consoleError(error);
        report(path, error);
      }
    })();
  }

  function runOne(path) {
    if (path.endsWith('.mjs')) {
      throw new TypeError(`An ES module as preload script is not supported by Conch: ${path}`);
    }
    const { require, module } = scopeOf(path);
    const text = native.readFile(path);
    const url = fileUrl(path);
    noteParameters(url, PARAMETERS);
    const script = native.compile(text, url, PARAMETERS);
    const { process, global, setImmediate, clearImmediate } = globals;
    const Buffer = /\bBuffer\b/.test(text) ? globals.Buffer : undefined;
    const directory = path.slice(0, path.lastIndexOf('/')) || '/';
    ReflectApply(script, undefined, [
      require, process, module.exports, module, Buffer, global, setImmediate, clearImmediate, path,
      directory,
    ]);
  }
};

/** The address that stack traces and the console show for a file. */
function fileUrl(path) {
  return `file://${path.split('/').map(encodeURIComponent).join('/')}`;
}
