// What the module keeps for each window, and the table of all of them.
'use strict';

const { objectDestroyed } = require('electron/arguments');

/**
 * @typedef {import('electron/browser-window').BrowserWindow} BrowserWindow
 * @typedef {import('electron/web-contents-state').ContentsState} ContentsState
 */

class WindowState {
  /**
   * @param {number} id
   * @param {BrowserWindow} window
   * @param {import('electron/window-options').WindowOptions} options
   */
  constructor(id, window, options) {
    this.id = id;
    this.window = window;
    this.destroyed = false;
    /** @type {ContentsState} */
    this.contents = /** @type {any} */ (null);

    this.visible = options.show;
    this.title = options.title;
    this.backgroundColor = options.backgroundColor ?? '#FFFFFF';
    /** Width and height; 0 is no limit. */
    this.minimumSize = [options.minWidth, options.minHeight];
    this.maximumSize = [options.maxWidth, options.maxHeight];
    this.autoHideMenuBar = options.autoHideMenuBar;
    this.menuBarVisible = !options.autoHideMenuBar;
    /** @type {any} its own menu, null for none; undefined: the application's */
    this.menu = undefined;

    /** The page is being asked whether the window may close. */
    this.asking = false;
    /** @type {any} the timer that calls a closing page unresponsive */
    this.closeTimer = undefined;
  }
}

/** @type {Map<number, WindowState>} all that are not destroyed, in the order they were made */
const table = new Map();
/** @type {WeakMap<object, WindowState>} */
const states = new WeakMap();

/** @param {WindowState} state */
function add(state) {
  table.set(state.id, state);
  states.set(state.window, state);
}

/**
 * @param {object} window
 * @returns {WindowState}
 */
function stateOf(window) {
  const state = states.get(window);
  if (state === undefined) throw new TypeError('Illegal invocation');
  return state;
}

/**
 * The state of a window whose native side is still there.
 * @param {object} window
 * @returns {WindowState}
 */
function live(window) {
  const state = stateOf(window);
  if (state.destroyed) throw objectDestroyed();
  return state;
}

module.exports = { WindowState, add, live, stateOf, table };
