'use strict';
// The first module that runs in a document, before any script of the page: makes Electron's API,
// connects it to the link and runs the app's preload scripts.

const { createBridges } = require('./bridges.js');
const { tellConsoleTexts } = require('./console-text.js');
const createContextBridge = require('./context-bridge.js');
const createElectronModule = require('./electron-module.js');
const createEvaluate = require('./evaluate.js');
const createIpcRenderer = require('./ipc-renderer.js');
const createMessages = require('./messages.js');
const createPorts = require('./message-ports.js');
const reportNavigation = require('./navigation.js');
const createProcess = require('./process.js');
const { integrated, sandboxed } = require('./require.js');
const nodeGlobals = require('./node-globals.js');
const { createSandboxedRun, runPreloadScripts } = require('./preload-scripts.js');
const { refusePrompt } = require('./prompt.js');
const createWebFrame = require('./web-frame.js');
const timers = require('timers');
const { guardWindow } = require('./window-guard.js');

const { isTrusted } = require('./port-transfer.js');

const { ObjectAssign, windowAddEventListener } = primordials;

/** Characters of a title that main is told. */
const LONGEST_TITLE = 1000;

const { config, subFrameToken } = native;
const isSubFrame = subFrameToken !== undefined;
if (isSubFrame) ObjectAssign(config, { isMainFrame: false, frameToken: subFrameToken });
tellConsoleTexts(globalThis.console, native);
const messages = createMessages(native);
const ipc = createIpcRenderer(messages);
const worldSide = createWorldSides(native.worldSide);
const evaluate = createEvaluate(native, worldSide, messages.evalResult);
const ports = createPorts({
  send: messages.portMessages,
  newHandle: native.newHandle,
  page: native.mainWorld?.ports,
  log: (text) => native.log('error', text),
});
messages.connect({ ipc, evaluate, ports });
reportNavigation(messages.send);
refusePrompt();
guardWindow({
  page: native.mainWorld?.guard,
  listenAgain() {
    listenForEnd();
    ports.listenAgain();
  },
});

const { mainWorld, evaluateIn, evaluateMain } = native;
const bridging = { mainWorld, evaluateMain, worldSide, evaluateIn, emptied: [ipc.ipcRenderer] };
const bridges = createBridges(bridging);
const contextBridge = createContextBridge(bridging, bridges);
const webFrame = createWebFrame(config.frameToken, native, bridges);
const electron = createElectronModule(contextBridge, ipc.ipcRenderer, webFrame);
const { process, loaded, parsed } = createProcess(native);
native.setListener((event) => {
  if (event === 'dom-ready') parsed();
  else if (event === 'gone') ipc.released();
});
listenForEnd();
if (isSubFrame) reportSubFrame();

/** What world-side.js exports in each world of the app's own, made when it is first asked for. */
function createWorldSides(make) {
  const sides = { __proto__: null };
  return (/** @type {number} */ world) => (sides[world] ??= make(world));
}

/** @param {Event} event */
function ending(event) {
  if (!isTrusted(event)) return;
  messages.unloading();
  native.unloading();
}

/** What the page's own listeners say at the end is said by a document that is about to go. */
function listenForEnd() {
  windowAddEventListener('pagehide', ending, true);
}

/** WebKit tells nobody how far a sub-frame is. Our listeners are the first, before any of the page. */
function reportSubFrame() {
  document.addEventListener('DOMContentLoaded', () => {
    messages.domReady(String(document.title).slice(0, LONGEST_TITLE));
    parsed();
  }, { capture: true, once: true });
  addEventListener('load', () => messages.documentLoaded(), { capture: true, once: true });
}

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
const paths = [...(native.preloads ?? config.preloads), config.preload].filter((path) => typeof path === 'string');
const report = messages.preloadError;
if (isSubFrame && !config.nodeIntegrationInSubFrames) {
  // The frame can be spoken to by main; the app's scripts are not for it (semantics 97).
} else if (process.sandboxed) {
  const run = createSandboxedRun(native, sandboxed(electron), globals);
  runPreloadScripts({ paths, run, report });
} else {
  // With isolation these are globals of the preload scripts alone.
  const isPages = config.nodeIntegration && !config.contextIsolation;
  const { run, scopeOf } = integrated(electron, globals);
  nodeGlobals.installGlobals(globals);
  if (isPages) nodeGlobals.installScope(scopeOf, config.appPath);
  runPreloadScripts({ paths, run, report });
  if (!isPages && !config.contextIsolation) nodeGlobals.removeGlobals(globals);
}
loaded();
