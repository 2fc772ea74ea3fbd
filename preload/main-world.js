// The page's half of the internals, under contextIsolation. Evaluated in the page's world at document
// start, before any script of the page; see world-side.js.
'use strict';

const { tellConsoleTexts } = require('./console-text.js');
const createPortRealm = require('./port-realm.js');
const { refusePrompt } = require('./prompt.js');
const windowGuard = require('./window-guard.js');
const { createBridgeSide, globals, hold, settle } = require('./world-side.js');

tellConsoleTexts(globalThis.console, native);
refusePrompt();

module.exports = {
  __proto__: null,
  createBridgeSide,
  globals,
  hold,
  settle,

  /** For message-ports.js. */
  ports: createPortRealm(false),

  /** For window-guard.js. */
  guard: windowGuard.page,
};
