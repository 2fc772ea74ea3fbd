// Which window shows which menu bar: the application's menu in every window, unless a window has
// its own or wants none (semantics 130).
'use strict';

const { table } = require('electron/window-state');

const binding = internalBinding('electron');
const setImmediate = globalThis.setImmediate;

/** @typedef {import('electron/window-state').WindowState} WindowState */

/** What the app set; undefined if it did not. @type {any} */
let given;
/** @type {any} */
let standard;
/** Whether the bars are about to be made anew. */
let stale = false;

/** The application's menu, for windows that have none of their own. */
function applicationMenu() {
  if (given !== undefined) return given;
  standard ??= standardMenu();
  return standard;
}

/** What an app has that never set a menu. */
function standardMenu() {
  const { Menu } = require('electron/menu');
  return Menu.buildFromTemplate([
    { role: 'fileMenu' }, { role: 'editMenu' }, { role: 'viewMenu' }, { role: 'windowMenu' },
  ]);
}

/** @param {any} menu a Menu, or null for none */
function setApplicationMenu(menu) {
  given = menu;
  for (const state of table.values()) {
    if (state.menu === undefined) show(state);
  }
}

/**
 * The menu that a window shows.
 * @param {any} window
 */
function menuOf(window) {
  const state = [...table.values()].find((each) => each.window === window);
  return state && (state.menu === undefined ? applicationMenu() : state.menu);
}

/**
 * Gives a window the bar that is its.
 * @param {WindowState} state
 */
function show(state) {
  const menu = menuOf(state.window);
  const bar = menu === null ? null : { menu: 0, items: require('electron/menu').widgets(menu) };
  binding.ui({ cmd: 'setMenuBar', window: state.id, bar, ...look(state) });
}

/**
 * A window gets a menu of its own, or none.
 * @param {WindowState} state
 * @param {any} menu
 */
function setWindowMenu(state, menu) {
  state.menu = menu;
  show(state);
}

/**
 * @param {WindowState} state
 * @param {boolean} visible
 */
function setVisible(state, visible) {
  state.menuBarVisible = visible;
  binding.ui({ cmd: 'showMenuBar', window: state.id, ...look(state) });
}

/** @param {WindowState} state */
const look = ({ menuBarVisible, autoHideMenuBar }) => ({ visible: menuBarVisible, autoHide: autoHideMenuBar });

/** Items came, went or look different. Bars are made anew once for all changes of a turn. */
function menuChanged() {
  if (stale || table.size === 0) return;
  stale = true;
  setImmediate(() => {
    stale = false;
    for (const state of table.values()) show(state);
  });
}

module.exports = { applicationMenu, menuChanged, menuOf, setApplicationMenu, setVisible, setWindowMenu, show };
