'use strict';
// The first module that runs in a document, before any script of the page: makes Electron's API,
// connects it to the link and runs the app's preload scripts.

const createContextBridge = require('./context-bridge.js');
const createElectronModule = require('./electron-module.js');
const createEvaluate = require('./evaluate.js');
const createIpcRenderer = require('./ipc-renderer.js');
const createMessages = require('./messages.js');
const createPorts = require('./message-ports.js');
const createProcess = require('./process.js');
const createRequire = require('./require.js');
const installNodeGlobals = require('./node-globals.js');
const runPreloadScripts = require('./preload-scripts.js');
const timers = require('timers');
const { guardWindow } = require('./window-guard.js');

const { config } = native;
const messages = createMessages(native);
const ipc = createIpcRenderer(messages);
const evaluate = createEvaluate(native, messages.evalResult);
const ports = createPorts({
  send: messages.portMessages,
  newHandle: native.newHandle,
  page: native.mainWorld?.ports,
  log: (text) => native.log('error', text),
});
messages.connect({ ipc, evaluate, ports });
guardWindow({ page: native.mainWorld?.guard, listenAgain: ports.listenAgain });

const contextBridge = createContextBridge({
  mainWorld: native.mainWorld,
  evaluateMain: native.evaluateMain,
  emptied: [ipc.ipcRenderer],
});
const electron = createElectronModule(contextBridge, ipc.ipcRenderer);
const { process, loaded, parsed } = createProcess(native);
const { scopeOf } = createRequire(native, process, electron);
native.setListener((event) => {
  if (event === 'dom-ready') parsed();
});

const globals = {
  process,
  global: globalThis,
  setImmediate: timers.setImmediate,
  clearImmediate: timers.clearImmediate,
  /** Loaded when it is first asked for: most scripts never do. */
  get Buffer() {
    return require('buffer').Buffer;
  },
};
if (config.nodeIntegration && !config.contextIsolation) installNodeGlobals(globals, scopeOf);
runPreloadScripts({
  native,
  paths: [...config.preloads, config.preload].filter((path) => typeof path === 'string'),
  scopeOf,
  globals,
  report: messages.preloadError,
});
loaded();
