'use strict';
// What a page with nodeIntegration finds on its window (semantics 96).

/** The page's file, where it is one. */
function fileOfPage() {
  const { protocol, pathname } = globalThis.location;
  return protocol === 'file:' ? decodeURIComponent(pathname) : '/';
}

/**
 * @param {{process: any, global: any, setImmediate: Function, clearImmediate: Function,
 *   Buffer: any}} globals
 * @param {(file: string) => {require: Function, module: any}} scopeOf
 */
module.exports = function installNodeGlobals(globals, scopeOf) {
  const file = fileOfPage();
  const { require, module } = scopeOf(file);
  const { process, global, setImmediate, clearImmediate } = globals;
  const __dirname = file.slice(0, file.lastIndexOf('/')) || '/';
  const all = {
    require, module, process, global, setImmediate, clearImmediate, __filename: file, __dirname,
  };
  // As assignments of a script would, so that the page may replace them.
  Object.assign(globalThis, all);
  Object.defineProperty(globalThis, 'Buffer', {
    configurable: true,
    enumerable: true,
    get: () => globals.Buffer,
    set: (value) => Object.defineProperty(globalThis, 'Buffer', { value, writable: true }),
  });
};
