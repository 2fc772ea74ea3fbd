// webContents: the page of a window, as the main process sees it.
'use strict';

const { EventEmitter } = require('events');
const path = require('path');
const apiNames = require('electron/api-names');
const { conversionFailure, integerAt, stringAt } = require('electron/arguments');
const { emit } = require('electron/event');
const { fileUrl } = require('electron/file-url');
const { IpcMain } = require('electron/ipc-main');
const { defaultSession, framePreloads } = require('electron/session');
const { addStyleSheet, removeStyleSheet } = require('electron/style-sheets');
const { refuseToClone } = require('electron/uncloneable');
const { installUnsupported, unsupported, warnOnUnsupportedEvents } = require('electron/unsupported');
const { warnOption } = require('electron/warnings');
const { LoadTracker } = require('electron/web-contents-load');
const { PRELOAD_WORLD, PendingScripts } = require('electron/web-contents-script');
const { ContentsState, add, live, stateOf, table } = require('electron/web-contents-state');
const { WebFrameMain, disposeFrames, mainDocumentOf, webFrameMain } = require('electron/web-frame-main');
const { setHandler } = require('electron/window-open');
const { rendererConfig } = require('electron/web-preferences');
const { codesOf, isWorld } = require('electron/world-scripts');

const binding = internalBinding('electron');
const clearTimeout = globalThis.clearTimeout;

/** What one level of zoom multiplies by, and the levels beyond which Chromium goes no further. */
const ZOOM_BASE = 1.2;
const [MIN_ZOOM_LEVEL, MAX_ZOOM_LEVEL] = [-8, 9];

let lastId = 0;

let lastStyleSheet = 0;

/** The events that do fire here. */
const FIRED = [
  'console-message', 'context-menu', 'destroyed', 'did-create-window', 'devtools-closed', 'devtools-opened', 'did-fail-load', 'did-fail-provisional-load',
  'did-finish-load', 'did-frame-finish-load', 'did-frame-navigate', 'did-navigate', 'did-navigate-in-page',
  'did-redirect-navigation', 'did-start-loading', 'did-start-navigation', 'did-stop-loading', 'dom-ready',
  'frame-created', 'ipc-message', 'ipc-message-sync', 'page-title-updated', 'preload-error', 'render-process-gone',
  'will-frame-navigate', 'will-navigate', 'will-prevent-unload', 'will-redirect',
];

class WebContents extends EventEmitter {
  /** @param {number} id */
  constructor(id) {
    super();
    const ipc = new IpcMain();
    Object.defineProperty(this, 'id', { value: id, enumerable: true });
    Object.defineProperty(this, 'ipc', { value: ipc, enumerable: true });
    /** @readonly @type {number} */ this.id;
    /** @readonly @type {import('electron/ipc-main').IpcMain} */ this.ipc;
  }

  get mainFrame() { return live(this).mainFrame; }

  // No page is within another, and nobody opened it.
  get hostWebContents() { return fact(this, null); }

  get devToolsWebContents() { return fact(this, null); }

  get opener() { return fact(this, null); }

  isDestroyed() { return stateOf(this).destroyed; }

  // --- messages ----------------------------------------------------------------------------

  /**
   * @param {any} channel
   * @param {...any} args
   */
  send(channel, ...args) {
    this.mainFrame.send(channel, ...args);
  }

  /** @param {any[]} args channel, message and ports */
  postMessage(...args) {
    this.mainFrame.postMessage(...args);
  }

  /**
   * @param {number | [number, number]} frame a routing id, or process id and routing id
   * @param {any} channel
   * @param {...any} args
   */
  sendToFrame(frame, channel, ...args) {
    const found = webFrameMain.fromId(...frameAddress(this, frame));
    if (found === undefined) return false;
    found.send(channel, ...args);
    return true;
  }

  // --- loading ------------------------------------------------------------------------------

  /**
   * @param {any} url
   * @param {Record<string, any>} [options]
   * @returns {Promise<void>}
   */
  loadURL(url, options = {}) {
    const { load } = live(this);
    if (typeof url !== 'string') throw conversionFailure(0, url);
    if (!isTextOrNothing(options?.userAgent)) throw conversionFailure(1, options);
    for (const [name, value] of Object.entries(options ?? {})) {
      if (name !== 'userAgent' && value !== undefined) warnOption('webContents.loadURL', name);
    }
    let address;
    try {
      address = new URL(url).href;
    } catch {
      return load.refuse(url);
    }
    return load.load(address, options?.userAgent);
  }

  /**
   * @param {any} filePath absolute, or relative to the app's folder
   * @param {{ query?: Record<string, any>, search?: string, hash?: string }} [options]
   * @returns {Promise<void>}
   */
  loadFile(filePath, options = {}) {
    if (typeof filePath !== 'string') throw new TypeError('Must pass filePath as a string');
    if (typeof options !== 'object' || options === null) throw conversionFailure(1, options);
    if (!isTextOrNothing(options.search) || !isTextOrNothing(options.hash)) throw conversionFailure(1, options);
    return this.loadURL(fileUrl(path.resolve(binding.appInfo.appPath, filePath), options));
  }

  reload() { live(this).load.reload(false); }

  reloadIgnoringCache() { live(this).load.reload(true); }

  stop() { live(this).load.stop(); }

  goBack() { this.#ui('goBack'); }

  goForward() { this.#ui('goForward'); }

  canGoBack() { return this.#ui('canGoBack'); }

  canGoForward() { return this.#ui('canGoForward'); }

  getURL() { return live(this).load.url; }

  getTitle() { return live(this).load.title; }

  isLoading() { return live(this).load.isLoading; }

  isLoadingMainFrame() { return live(this).load.isLoading; }

  isWaitingForResponse() { return live(this).load.isWaitingForResponse; }

  // --- the page -----------------------------------------------------------------------------

  /**
   * Runs code in the page's world once the page is loaded (semantics 102).
   * @param {any} code
   * @returns {Promise<any>}
   */
  executeJavaScript(code) {
    if (typeof code !== 'string') return Promise.reject(conversionFailure(0, code));
    return this.#execute(0, [code]);
  }

  /**
   * Runs scripts in a world by its number, once the page is loaded (semantics 84).
   * @param {any} worldId
   * @param {any} scripts `{ code, url? }` of each
   * @returns {Promise<any>} what the last one gives
   */
  async executeJavaScriptInIsolatedWorld(worldId, scripts) {
    if (!isWorld(worldId)) throw conversionFailure(0, worldId);
    return this.#execute(worldId, codesOf(scripts, 1));
  }

  /**
   * @param {number} world
   * @param {string[]} codes
   */
  #execute(world, codes) {
    return stateOf(this).scripts.promise(async () => {
      const state = live(this);
      await state.load.settled();
      const document = mainDocumentOf(live(this).mainFrame);
      return (await Promise.all(codes.map((code) => state.scripts.run(document, code, world)))).at(-1);
    });
  }

  /**
   * Adds a style sheet to the document that is shown, in a way that no content security policy
   * forbids. Gives the key that it can be removed by.
   * @param {any[]} args the text, and options
   * @returns {Promise<string>}
   */
  async insertCSS(...args) {
    const state = live(this);
    const css = stringAt(args, 0);
    if (![undefined, 'author'].includes(args[1]?.cssOrigin)) throw unsupported('webContents.insertCSS option cssOrigin');
    const key = `conch-${++lastStyleSheet}`;
    await state.scripts.run(mainDocumentOf(this.mainFrame), addStyleSheet(css, key), PRELOAD_WORLD);
    return key;
  }

  /**
   * @param {any[]} args a key that insertCSS gave
   * @returns {Promise<void>}
   */
  async removeInsertedCSS(...args) {
    const state = live(this);
    await state.scripts.run(mainDocumentOf(this.mainFrame), removeStyleSheet(stringAt(args, 0)), PRELOAD_WORLD);
  }

  getUserAgent() { return this.#ui('userAgent'); }

  /** @param {any[]} args */
  setUserAgent(...args) {
    const { id } = live(this);
    const userAgent = stringAt(args, 0);
    if (!binding.ui({ cmd: 'setUserAgent', contents: id, userAgent })) throw conversionFailure(0, userAgent);
  }

  get userAgent() { return this.getUserAgent(); }

  set userAgent(userAgent) { this.setUserAgent(userAgent); }

  // --- the process --------------------------------------------------------------------------

  getProcessId() { return live(this).processId; }

  getOSProcessId() { return live(this).pid; }

  getType() { return fact(this, 'window'); }

  isCrashed() { return live(this).crashed; }

  forcefullyCrashRenderer() {
    const state = live(this);
    state.terminating = true;
    binding.ui({ cmd: 'terminate', contents: state.id });
  }

  // --- editing ------------------------------------------------------------------------------

  undo() { this.#edit('Undo'); }

  redo() { this.#edit('Redo'); }

  cut() { this.#edit('Cut'); }

  copy() { this.#edit('Copy'); }

  paste() { this.#edit('Paste'); }

  pasteAndMatchStyle() { this.#edit('PasteAsPlainText'); }

  delete() { this.#edit('Delete'); }

  selectAll() { this.#edit('SelectAll'); }

  unselect() { this.#edit('Unselect'); }

  /** @param {any[]} args */
  async insertText(...args) { this.#edit('InsertText', stringAt(args, 0)); }

  // --- zoom ---------------------------------------------------------------------------------

  getZoomFactor() { return this.#ui('zoomFactor'); }

  /** @param {any[]} args */
  setZoomFactor(...args) {
    const state = live(this);
    const [factor] = args;
    if (typeof factor !== 'number') throw conversionFailure(0, factor);
    if (!(factor > 0 && factor < Infinity)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    binding.ui({ cmd: 'setZoomFactor', contents: state.id, factor });
  }

  /** A level is a fifth more, or a sixth less. */
  getZoomLevel() { return Math.log(this.getZoomFactor()) / Math.log(ZOOM_BASE); }

  /** @param {any[]} args */
  setZoomLevel(...args) {
    const [level] = args;
    if (typeof level !== 'number' || Number.isNaN(level)) throw conversionFailure(0, level);
    this.setZoomFactor(ZOOM_BASE ** Math.min(Math.max(level, MIN_ZOOM_LEVEL), MAX_ZOOM_LEVEL));
  }

  get zoomFactor() { return this.getZoomFactor(); }

  set zoomFactor(factor) { this.setZoomFactor(factor); }

  get zoomLevel() { return this.getZoomLevel(); }

  set zoomLevel(level) { this.setZoomLevel(level); }

  // --- developer tools ----------------------------------------------------------------------

  openDevTools() { this.#ui('openDevTools'); }

  closeDevTools() { this.#ui('closeDevTools'); }

  isDevToolsOpened() { return this.#ui('isDevToolsOpened'); }

  /** WebKit opens its inspector where the user left it, not at a place in the page. */
  inspectElement() { this.openDevTools(); }

  toggleDevTools() {
    if (this.isDevToolsOpened()) this.closeDevTools();
    else this.openDevTools();
  }

  // --- the window ---------------------------------------------------------------------------

  /** @param {any} handler asked about the windows that the page opens */
  setWindowOpenHandler(handler) { setHandler(live(this), handler); }

  get session() { return fact(this, defaultSession()); }

  getOwnerBrowserWindow() { return live(this).window; }

  /**
   * Closes the window as the page's own `window.close()` does: without the window's `close` event.
   * @param {{ waitForBeforeUnload?: boolean }} [options]
   */
  close(options = {}) {
    live(this).owner.close(Boolean(options?.waitForBeforeUnload));
  }

  /**
   * @param {string} action
   * @param {string} [text]
   */
  #edit(action, text) {
    binding.ui({ cmd: 'edit', contents: live(this).id, action, text });
  }

  /** @param {string} cmd of the UI thread that needs to know only the page */
  #ui(cmd) {
    return binding.ui({ cmd, contents: live(this).id });
  }
}

refuseToClone(WebContents);

/** @param {any} value */
const isTextOrNothing = (value) => value === undefined || typeof value === 'string';
installUnsupported(WebContents.prototype, 'webContents', apiNames.webContents);
warnOnUnsupportedEvents(WebContents.prototype, 'webContents', apiNames.webContents.events, FIRED);

/**
 * What is so for every WebContents that is not destroyed.
 * @template T
 * @param {WebContents} webContents
 * @param {T} value
 */
function fact(webContents, value) {
  live(webContents);
  return value;
}

/**
 * @param {WebContents} webContents
 * @param {any} frame
 * @returns {[number, number]}
 */
function frameAddress(webContents, frame) {
  if (typeof frame === 'number') return [live(webContents).processId, frame];
  if (Array.isArray(frame) && frame.length === 2 && frame.every((id) => typeof id === 'number')) {
    return [frame[0], frame[1]];
  }
  throw new Error('Missing required frame argument (must be number or [processId, frameId])');
}

// --- for the rest of the module -------------------------------------------------------------

/**
 * @param {import('electron/web-preferences').Preferences} preferences
 * @param {import('electron/web-contents-state').Owner} owner
 */
function createContents(preferences, owner) {
  lastId += 1;
  const state = new ContentsState(lastId, new WebContents(lastId), preferences, owner);
  state.mainFrame = new WebFrameMain(state, null);
  state.load = new LoadTracker(state);
  state.scripts = new PendingScripts(state.id);
  configure(state);
  add(state);
  return state;
}

/**
 * Says what the processes of a WebContents are told when they start.
 * @param {ContentsState} state
 */
function configure({ id, preferences, mainFrame }) {
  binding.contents(id, rendererConfig(id, preferences, mainFrame.frameToken, framePreloads()));
}

/** The session's preload scripts are others from now on. */
function renewConfigurations() {
  for (const state of table.values()) configure(state);
}

/**
 * The page ends. Whoever still holds its objects finds them destroyed.
 * @param {ContentsState} state
 */
function destroyContents(state) {
  if (state.destroyed) return;
  state.destroyed = true;
  table.delete(state.id);
  clearTimeout(state.goneTimer);
  state.load.destroyed();
  state.scripts.destroyed();
  disposeFrames(state);
  binding.forget(state.id);
  if (!state.crashed) state.viewDeleted();
  emit(state.webContents, 'destroyed');
}

/** The `webContents` of the electron module. */
const webContents = {
  /** @param {any[]} args */
  fromId(...args) {
    return table.get(integerAt(args, 0))?.webContents;
  },
  /** @param {any} frame */
  fromFrame(frame) {
    if (!(frame instanceof WebFrameMain)) throw conversionFailure(0, frame);
    return [...table.values()].find((state) => state.mainFrame === frame.top)?.webContents;
  },
  getAllWebContents: () => [...table.values()].map((state) => state.webContents),
  getFocusedWebContents() {
    const focused = [...table.values()].find((state) => state.window?.isFocused());
    return focused?.webContents ?? null;
  },
};
installUnsupported(webContents, 'webContents', { methods: apiNames.webContents.staticMethods });

module.exports = { WebContents, createContents, destroyContents, renewConfigurations, webContents };
