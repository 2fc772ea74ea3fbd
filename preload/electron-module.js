'use strict';
// What `require('electron')` gives in a renderer (semantics 92).

const { unsupportedModule } = require('electron/unsupported');

/** Electron's renderer modules that Conch lacks. `clipboard` and `shell` are of older versions. */
const UNSUPPORTED = [
  'clipboard', 'crashReporter', 'nativeImage', 'sharedTexture', 'shell', 'webUtils',
];

/**
 * @param {any} contextBridge
 * @param {any} ipcRenderer
 * @param {any} webFrame
 */
module.exports = function createElectronModule(contextBridge, ipcRenderer, webFrame) {
  const electron = { contextBridge, ipcRenderer, webFrame };
  for (const name of UNSUPPORTED) {
    Object.defineProperty(electron, name, { enumerable: true, get: () => unsupported(name) });
  }
  return electron;
};

/** One object a name, made when it is first asked for. */
const made = new Map();

function unsupported(name) {
  if (!made.has(name)) made.set(name, unsupportedModule(name));
  return made.get(name);
}
