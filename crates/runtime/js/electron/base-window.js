// BaseWindow: the part of BrowserWindow that concerns the window itself.
'use strict';

const { EventEmitter } = require('events');
const apiNames = require('electron/api-names');
const { booleanAt, conversionFailure, integerAt, objectAt, requireCount, stringAt } = require('electron/arguments');
const { emitEvent } = require('electron/event');
const menuBar = require('electron/menu-bar');
const { refuseToClone } = require('electron/uncloneable');
const { installUnsupported, unsupported } = require('electron/unsupported');
const { destroyWindow, requestClose } = require('electron/window-close');
const { live, stateOf, table } = require('electron/window-state');

const binding = internalBinding('electron');

class BaseWindow extends EventEmitter {
  constructor() {
    super();
    if (new.target === BaseWindow) throw unsupported('electron.BaseWindow');
  }

  /** @returns {any[]} */
  static getAllWindows() {
    return [...table.values()].map((state) => state.window);
  }

  /** @param {any[]} args */
  static fromId(...args) {
    return table.get(integerAt(args, 0))?.window ?? null;
  }

  static getFocusedWindow() {
    return BaseWindow.getAllWindows().find((window) => window.isFocused()) ?? null;
  }

  // --- closing ------------------------------------------------------------------------------

  close() { requestClose(live(this)); }

  destroy() { destroyWindow(stateOf(this)); }

  isDestroyed() { return stateOf(this).destroyed; }

  // --- visibility ---------------------------------------------------------------------------

  show() { this.#show('show'); }

  showInactive() { this.#show('showInactive'); }

  hide() {
    this.#command('hide');
    stateOf(this).visible = false;
    emitEvent(this, 'hide');
  }

  focus() { this.#command('focus'); }

  isVisible() { return this.#is('visible'); }

  isFocused() { return this.#is('focused'); }

  // --- size and place -----------------------------------------------------------------------

  minimize() { this.#command('minimize'); }

  maximize() { this.#command('maximize'); }

  unmaximize() { this.#command('unmaximize'); }

  restore() { this.#command('restore'); }

  isMinimized() { return this.#is('minimized'); }

  isMaximized() { return this.#is('maximized'); }

  isFullScreen() { return this.#is('fullscreen'); }

  isNormal() { return !this.isMinimized() && !this.isMaximized() && !this.isFullScreen(); }

  /** @param {any[]} args */
  setFullScreen(...args) { this.#command('setFullScreen', { flag: booleanAt(args, 0) }); }

  get fullScreen() { return this.isFullScreen(); }

  set fullScreen(flag) { this.setFullScreen(flag); }

  /** @returns {{ x: number, y: number, width: number, height: number }} */
  getBounds() {
    const { x, y, width, height } = this.#command('getBounds');
    return { x, y, width, height };
  }

  /** @param {any[]} args some or all of x, y, width and height */
  setBounds(...args) {
    live(this);
    const { x, y, width, height } = objectAt(args, 0);
    for (const value of [x, y, width, height]) {
      if (value !== undefined && !Number.isFinite(value)) throw conversionFailure(0, args[0]);
    }
    this.#command('setBounds', { x, y, width, height });
  }

  getSize() {
    const { width, height } = this.getBounds();
    return [width, height];
  }

  /** @param {any[]} args */
  setSize(...args) {
    live(this);
    this.#command('setBounds', { width: integerAt(args, 0), height: integerAt(args, 1) });
  }

  getPosition() {
    const { x, y } = this.getBounds();
    return [x, y];
  }

  /** @param {any[]} args */
  setPosition(...args) {
    live(this);
    this.#command('setBounds', { x: integerAt(args, 0), y: integerAt(args, 1) });
  }

  center() { this.#command('center'); }

  getMinimumSize() { return [...live(this).minimumSize]; }

  /** @param {any[]} args */
  setMinimumSize(...args) {
    const state = live(this);
    const [width, height] = [integerAt(args, 0), integerAt(args, 1)];
    this.#command('setMinimumSize', { width, height });
    state.minimumSize = [width, height];
  }

  getMaximumSize() { return [...live(this).maximumSize]; }

  /** @param {any[]} args */
  setMaximumSize(...args) {
    const state = live(this);
    const [width, height] = [integerAt(args, 0), integerAt(args, 1)];
    this.#command('setMaximumSize', { width, height });
    state.maximumSize = [width, height];
  }

  isResizable() { return this.#is('resizable'); }

  /** @param {any[]} args */
  setResizable(...args) { this.#command('setResizable', { flag: booleanAt(args, 0) }); }

  get resizable() { return this.isResizable(); }

  set resizable(flag) { this.setResizable(flag); }

  isAlwaysOnTop() { return this.#is('alwaysOnTop'); }

  /** @param {any[]} args the levels of other systems have no meaning on Linux */
  setAlwaysOnTop(...args) {
    live(this);
    const flag = booleanAt(args, 0);
    const changed = this.isAlwaysOnTop() !== flag;
    this.#command('setAlwaysOnTop', { flag });
    if (changed) emitEvent(this, 'always-on-top-changed', flag);
  }

  // --- looks --------------------------------------------------------------------------------

  getTitle() { return live(this).title; }

  /** @param {any[]} args */
  setTitle(...args) {
    const state = live(this);
    const title = stringAt(args, 0);
    this.#command('setTitle', { title });
    state.title = title;
  }

  get title() { return this.getTitle(); }

  set title(title) { this.setTitle(title); }

  getBackgroundColor() { return live(this).backgroundColor; }

  /** @param {any[]} args */
  setBackgroundColor(...args) {
    const state = live(this);
    const color = stringAt(args, 0);
    this.#command('setBackgroundColor', { color });
    state.backgroundColor = color;
  }

  // --- relations -----------------------------------------------------------------------------

  /** @returns {BaseWindow | null} */
  getParentWindow() { return fact(this, null); }

  /** @returns {BaseWindow[]} */
  getChildWindows() { return fact(this, []); }

  isModal() { return fact(this, false); }

  // --- the menu bar --------------------------------------------------------------------------

  /** @param {any[]} args a Menu, or null for none */
  setMenu(...args) {
    const state = live(this);
    requireCount(args, 1);
    const { Menu } = require('electron/menu');
    if (args[0] !== null && !(args[0] instanceof Menu)) throw new TypeError('Invalid menu');
    menuBar.setWindowMenu(state, args[0]);
  }

  removeMenu() { this.setMenu(null); }

  isMenuBarVisible() { return live(this).menuBarVisible; }

  /** @param {any[]} args */
  setMenuBarVisibility(...args) { menuBar.setVisible(live(this), booleanAt(args, 0)); }

  isMenuBarAutoHide() { return live(this).autoHideMenuBar; }

  /** @param {any[]} args */
  setAutoHideMenuBar(...args) {
    const state = live(this);
    state.autoHideMenuBar = booleanAt(args, 0);
    menuBar.setVisible(state, !state.autoHideMenuBar);
  }

  get menuBarVisible() { return this.isMenuBarVisible(); }

  set menuBarVisible(visible) { this.setMenuBarVisibility(visible); }

  get autoHideMenuBar() { return this.isMenuBarAutoHide(); }

  set autoHideMenuBar(hide) { this.setAutoHideMenuBar(hide); }

  // --- within -------------------------------------------------------------------------------

  /** @param {string} cmd */
  #show(cmd) {
    this.#command(cmd);
    stateOf(this).visible = true;
    emitEvent(this, 'show');
  }

  /** @param {string} property */
  #is(property) { return Boolean(this.#command('state')[property]); }

  /**
   * @param {string} cmd
   * @param {object} [fields]
   */
  #command(cmd, fields) {
    return binding.ui({ cmd, window: live(this).id, ...fields });
  }
}

refuseToClone(BaseWindow);
installUnsupported(BaseWindow, 'BaseWindow', { methods: apiNames.baseWindow.staticMethods });

/**
 * What is so for every window that is not destroyed.
 * @template T
 * @param {BaseWindow} window
 * @param {T} value
 * @returns {T}
 */
function fact(window, value) {
  live(window);
  return value;
}

module.exports = { BaseWindow };
