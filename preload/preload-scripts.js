'use strict';
// Runs the app's preload scripts (semantics 88-93).

const { noteParameters } = require('./error-stack.js');
const { requireModule } = require('./node-imports.js');
const { fileUrl } = require('./node-modules.js');
const asTurn = require('./turn.js');

const { ReflectApply, consoleError } = primordials;

/** What Electron wraps a sandboxed preload script in: its `const`s stay its own. */
const PARAMETERS = 'require, process, exports, module, Buffer, global, setImmediate, clearImmediate,' +
  ' __filename, __dirname';

/**
 * Runs each script as a task of its own: its promises settle before the page's first script. One
 * that fails is reported, and the next one and the page go on (semantics 90).
 *
 * @param {object} options
 * @param {string[]} options.paths absolute
 * @param {(path: string) => void} options.run runs one
 * @param {(path: string, error: any) => void} options.report to the main process
 */
function runPreloadScripts({ paths, run, report }) {
  for (const path of paths) {
    asTurn(() => {
      try {
        if (path.endsWith('.mjs')) requireModule(path);
        run(path);
      } catch (error) {
        consoleError(`Unable to load preload script: ${path}`);
        consoleError(error);
        report(path, error);
      }
    })();
  }
}

/**
 * What runs a script of a sandboxed renderer.
 * @param {any} native
 * @param {(path: string) => import('./require.js').Scope} scopeOf
 * @param {any} globals the other values that the wrapper gives, by name
 */
function createSandboxedRun(native, scopeOf, globals) {
  return (path) => {
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
  };
}

module.exports = { createSandboxedRun, runPreloadScripts };
