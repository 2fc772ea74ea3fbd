'use strict';
// Node's globals on the window: for preload scripts that may have Node, and for a page with
// nodeIntegration (semantics 95, 96).

/**
 * Defines globals as assignments of a script would, so that they may be replaced. `Buffer` is loaded
 * when it is first asked for.
 * @param {any} globals by name
 */
function installGlobals(globals) {
  const { Buffer: _, ...plain } = Object.getOwnPropertyDescriptors(globals);
  for (const [name, { value }] of Object.entries(plain)) globalThis[name] = value;
  Object.defineProperty(globalThis, 'Buffer', {
    configurable: true,
    enumerable: true,
    get: () => globals.Buffer,
    set: (value) => Object.defineProperty(globalThis, 'Buffer', { value, writable: true }),
  });
}

/** @param {any} globals by name */
function removeGlobals(globals) {
  for (const name of Object.keys(globals)) delete globalThis[name];
}

/**
 * What the scripts of the page itself have beyond those.
 * @param {(file: string, directory: string) => import('./require.js').Scope} scopeOf
 * @param {string} appPath
 */
function installScope(scopeOf, appPath) {
  const { protocol, pathname } = globalThis.location;
  const isFile = protocol === 'file:';
  const file = isFile ? decodeURIComponent(pathname) : '/';
  const directory = file.slice(0, file.lastIndexOf('/')) || '/';
  // A page from elsewhere finds the packages of the app.
  const { require, module } = scopeOf(file, isFile ? directory : appPath);
  Object.assign(globalThis, { require, module, __filename: file, __dirname: directory });
}

module.exports = { installGlobals, installScope, removeGlobals };
