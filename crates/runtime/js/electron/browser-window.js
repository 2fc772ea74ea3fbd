// BrowserWindow: a window with a page in it.
'use strict';

const apiNames = require('electron/api-names');
const { app } = require('electron/app');
const { conversionFailure } = require('electron/arguments');
const { BaseWindow } = require('electron/base-window');
const { emit, emitEvent, Event } = require('electron/event');
const menuBar = require('electron/menu-bar');
const { installUnsupported, warnOnUnsupportedEvents } = require('electron/unsupported');
const { createContents, destroyContents, WebContents } = require('electron/web-contents');
const contentsStates = require('electron/web-contents-state');
const { resolvePreferences } = require('electron/web-preferences');
const { closePage, destroyWindow } = require('electron/window-close');
const { resolveOptions } = require('electron/window-options');
const { WindowState, add, live } = require('electron/window-state');

const binding = internalBinding('electron');

let lastId = 0;

/** The events that do fire here. */
const FIRED = [
  'always-on-top-changed', 'blur', 'close', 'closed', 'enter-full-screen', 'focus', 'hide', 'leave-full-screen',
  'maximize', 'minimize', 'move', 'page-title-updated', 'ready-to-show', 'resize', 'restore', 'show', 'unmaximize',
  'unresponsive',
];

class BrowserWindow extends BaseWindow {
  /** @param {Record<string, any>} [options] */
  constructor(options) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const given = typeof options === 'object' && options !== null ? options : {};
    const window = createWindow(this, given);
    Object.defineProperty(this, 'id', { value: window.id, enumerable: true });
    /** @readonly @type {number} */ this.id;
    emitEvent(app, 'web-contents-created', window.contents.webContents);
    emitEvent(app, 'browser-window-created', this);
  }

  /** @returns {BrowserWindow[]} */
  static getAllWindows() {
    return super.getAllWindows();
  }

  /** @param {any} webContents */
  static fromWebContents(webContents) {
    if (!(webContents instanceof WebContents)) throw conversionFailure(0, webContents);
    const state = contentsStates.stateOf(webContents);
    return state.destroyed ? null : state.window;
  }

  get webContents() { return live(this).contents.webContents; }

  // --- forwarded to the page (semantics 131) ------------------------------------------------

  /** @param {Parameters<WebContents['loadURL']>} args */
  loadURL(...args) { return this.webContents.loadURL(...args); }

  /** @param {Parameters<WebContents['loadFile']>} args */
  loadFile(...args) { return this.webContents.loadFile(...args); }

  reload() { this.webContents.reload(); }

  getURL() { return this.webContents.getURL(); }

  /** @param {[any, ...any[]]} args */
  send(...args) { this.webContents.send(...args); }

  openDevTools() { this.webContents.openDevTools(); }

  closeDevTools() { this.webContents.closeDevTools(); }

  isDevToolsOpened() { return this.webContents.isDevToolsOpened(); }

  toggleDevTools() { this.webContents.toggleDevTools(); }
}

installUnsupported(BrowserWindow.prototype, 'BrowserWindow', apiNames.browserWindow);
installUnsupported(BrowserWindow, 'BrowserWindow', { methods: apiNames.browserWindow.staticMethods });
warnOnUnsupportedEvents(BrowserWindow.prototype, 'BrowserWindow', apiNames.browserWindow.events, FIRED);

/**
 * The native window, its page, and what the two have to do with each other.
 * @param {BrowserWindow} window
 * @param {Record<string, any>} given
 */
function createWindow(window, given) {
  const { autoHideMenuBar: _, ...options } = resolveOptions(given, app.name);
  const preferences = resolvePreferences(given.webPreferences ?? {});
  lastId += 1;
  const state = new WindowState(lastId, window, { ...options, autoHideMenuBar: Boolean(given.autoHideMenuBar) });
  state.contents = createContents(preferences, {
    title: (title) => pageTitleUpdated(state, title),
    finished: () => readyToShow(state),
    close: (ask) => (ask ? closePage(state) : destroyWindow(state)),
  });
  const { backgroundThrottling, devTools } = preferences;
  try {
    binding.ui({
      cmd: 'createWindow',
      window: state.id,
      contents: state.contents.id,
      options,
      preferences: { backgroundThrottling, devTools, hardwareAcceleration: app.isHardwareAccelerationEnabled() },
    });
  } catch (error) {
    destroyContents(state.contents);
    throw error;
  }
  state.contents.window = window;
  add(state);
  menuBar.show(state);
  return state;
}

/**
 * The window takes over the page's title unless a listener of its own prevents it (semantics 128).
 * @param {WindowState} state
 * @param {string} title
 */
function pageTitleUpdated(state, title) {
  const event = new Event();
  emit(state.window, 'page-title-updated', event, title, true);
  if (!event.defaultPrevented && !state.destroyed) state.window.setTitle(title);
  emit(state.contents.webContents, 'page-title-updated', event, title, true);
}

/**
 * A page that nobody sees yet is loaded. WebKit paints no hidden page, so this has to do for the
 * first paint that Electron waits for.
 * @param {WindowState} state
 */
function readyToShow(state) {
  if (!state.destroyed && !state.visible) emitEvent(state.window, 'ready-to-show');
}

module.exports = { BrowserWindow };
