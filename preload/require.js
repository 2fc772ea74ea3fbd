'use strict';
// `require` in a renderer (semantics 91, 95, 96).
//
// A sandboxed preload script may require Electron and a few harmless modules of Node's. Others
// (`sandbox: false`, `nodeIntegration`) have the module loader of the main process: files, packages
// in node_modules and more of Node's modules. There is no Node in a web process, so what it cannot
// have is refused by name.

/** Electron's module has three names; they differ in processes other than this one. */
const ELECTRON = ['electron', 'electron/common', 'electron/renderer'];
const SANDBOXED = ['events', 'timers', 'url'];

/** @typedef {{ require: any, module: any }} Scope what a script gets of its own */

/**
 * @param {any} electron what `require('electron')` gives
 * @returns {(file: string) => Scope}
 */
function sandboxed(electron) {
  const load = (name) => {
    const bare = `${name}`.startsWith('node:') ? name.slice(5) : name;
    if (ELECTRON.includes(name)) return electron;
    if (SANDBOXED.includes(bare)) return require(bare);
    throw new Error(`module not found: ${name}`);
  };
  return (file) => ({
    require: (name) => load(name),
    module: { id: file, filename: file, exports: {}, loaded: false },
  });
}

/**
 * The loader for scripts that may have Node.
 * @param {any} electron
 * @param {any} globals Node's, by name
 */
function integrated(electron, globals) {
  const { define } = require('./node-builtins.js');
  define(ELECTRON, () => electron);
  define(['process', 'node:process'], () => globals.process);
  require('./node-modules.js').setGlobals(globals);
  const { Module, makeRequire } = /** @type {any} */ (require('internal/loader'));

  return {
    /** Runs a file as Node's main script is run. @param {string} file */
    run: (file) => Module._load(file, undefined, false),

    /**
     * For a script that is no file of its own, such as those of a page.
     * @param {string} file where it is, or stands for
     * @param {string} directory where packages are looked for, upwards
     * @returns {Scope}
     */
    scopeOf(file, directory) {
      const module = new Module('.', undefined);
      module.filename = file;
      module.paths = Module._nodeModulePaths(directory);
      return { require: makeRequire(module), module };
    },
  };
}

module.exports = { integrated, sandboxed };
