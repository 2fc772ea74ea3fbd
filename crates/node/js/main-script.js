// The app's main script: Node runs it as it runs any, and here is seen when it has run.
'use strict';

const Module = require('module');
const { pathToFileURL } = require('url');

const importModule = internalBinding('importModule');

/**
 * @param {string} path of the main script
 * @param {string[]} argv for the script
 * @param {{ loaded: () => void, failed: () => void }} told
 */
function watchMainScript(path, argv, told) {
  const internal = /** @type {any} */ (Module);
  const { runMain } = internal;
  internal.runMain = (/** @type {any[]} */ ...args) => {
    internal.runMain = runMain;
    process.argv = argv;
    told.failed();
    runMain.call(internal, args[0] ?? path, ...args.slice(1));
    const main = internal._cache[path];
    if (main?.loaded) {
      setImmediate(told.loaded);
      return;
    }
    // An ES module, which may wait at its top level. It is evaluated once, and Node says what fails.
    importModule(pathToFileURL(path).href).then(told.loaded, () => {});
  };
}

module.exports = { watchMainScript };
