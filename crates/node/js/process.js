// The process as Electron's main process sees it.
'use strict';

/**
 * @typedef {object} Config what the shell tells at the start
 * @property {AppInfo} appInfo
 * @property {Record<string, string>} versions
 * @property {string[]} argv
 * @property {string[]} execArgv Node's own options, without those that Conch adds
 */

/** @param {Config} config */
function adoptProcess(config) {
  const { execPath } = process;
  Object.defineProperty(process, 'versions', {
    value: { ...process.versions, ...config.versions }, enumerable: true, configurable: true,
  });
  process.execPath = config.appInfo.execPath;
  // Processes and threads that the app starts must not take themselves for this one.
  process.execArgv = [...config.execArgv];
  runForksOnNode(execPath);
}

/**
 * `fork` runs a script on what runs this one, which is Node and not process.execPath.
 * @param {string} node
 */
function runForksOnNode(node) {
  const childProcess = require('child_process');
  const { fork } = childProcess;
  childProcess.fork = /** @type {any} */ (function (/** @type {string} */ path, /** @type {any[]} */ ...rest) {
    const at = Array.isArray(rest[0]) ? 1 : 0;
    const options = rest[at];
    if (options === undefined || options === null || (typeof options === 'object' && !options.execPath)) {
      if (at > rest.length) rest.length = at;
      rest[at] = { ...options, execPath: node };
    }
    return fork(path, ...rest);
  });
}

module.exports = { adoptProcess };
