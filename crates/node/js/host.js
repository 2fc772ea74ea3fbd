// Makes this Node the main process of an Electron app, before the app's main script runs.
'use strict';

const { makeBinding } = require('host/binding');
const { reportExceptions } = require('host/exceptions');
const { send } = require('host/link');
const { watchMainScript } = require('host/main-script');
const { provideElectron } = require('host/modules');
const { adoptProcess } = require('host/process');
const { kind } = require('host/wire');

/** The signals that ask an app to quit. */
const QUIT = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * @param {import('host/process').Config & { main: string }} config
 * @param {(binding: ElectronBinding) => any} loadElectron
 */
function host(config, loadElectron) {
  let mainFailed = false;
  adoptProcess(config);
  reportExceptions(() => mainFailed);
  const binding = makeBinding(config.appInfo, config.versions);
  /** @type {ElectronHandlers | undefined} */
  let handlers;
  const electron = loadElectron({
    ...binding,
    on(table) {
      handlers = table;
      binding.on(table);
    },
  });
  // The electron module had something to add.
  Object.freeze(process.versions);
  provideElectron(electron);
  for (const signal of QUIT) process.on(signal, () => handlers?.ui({ event: 'quitRequested' }));
  watchMainScript(config.main, config.argv, {
    failed: () => {
      mainFailed = true;
    },
    loaded: () => {
      mainFailed = false;
      send({ kind: kind.LOADED });
    },
  });
}

module.exports = { host };
