// The page's half of the internals, under contextIsolation: what must be made by the page's own
// realm. Evaluated in the page's world at document start, before any script of the page.
//
// What this exports is handed to the preload's world and to nobody else. The two realms call each
// other directly; bridge-side.js says what keeps their objects apart.
'use strict';

const { ReflectDefineProperty, ReflectHas } = primordials;
const createBridgeSide = require('./bridge-side.js');
const { tellConsoleTexts } = require('./console-text.js');
const createPortRealm = require('./port-realm.js');
const { refusePrompt } = require('./prompt.js');
const windowGuard = require('./window-guard.js');

tellConsoleTexts(globalThis.console, native);
refusePrompt();

/** No value of the page's is held back from the preload. */
const nothingHidden = { __proto__: null, has: () => false };

module.exports = {
  __proto__: null,

  /** @param {any} failure see bridge-side.js */
  createBridgeSide: (failure) => createBridgeSide(failure, nothingHidden),

  /** For message-ports.js. */
  ports: createPortRealm(false),

  /** For window-guard.js. */
  guard: windowGuard.page,

  /** The page's window, for what is exposed on it (semantics 69, 70). */
  globals: {
    __proto__: null,
    has: (key) => ReflectHas(globalThis, key),
    define: (key, value) =>
      ReflectDefineProperty(globalThis, key, {
        __proto__: null,
        value,
        writable: false,
        enumerable: false,
        configurable: false,
      }),
  },
};
