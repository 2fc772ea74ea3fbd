// webContents: the page of a window, as the main process sees it.
'use strict';

const { EventEmitter } = require('events');
const path = require('path');
const apiNames = require('electron/api-names');
const { conversionFailure, integerAt } = require('electron/arguments');
const { emit } = require('electron/event');
const { fileUrl } = require('electron/file-url');
const { IpcMain } = require('electron/ipc-main');
const { refuseToClone } = require('electron/uncloneable');
const { installUnsupported, warnOnUnsupportedEvents } = require('electron/unsupported');
const { warnOption } = require('electron/warnings');
const { LoadTracker } = require('electron/web-contents-load');
const { PendingScripts } = require('electron/web-contents-script');
const { ContentsState, add, live, stateOf, table } = require('electron/web-contents-state');
const { WebFrameMain, disposeFrames, mainDocumentOf, webFrameMain } = require('electron/web-frame-main');
const { rendererConfig } = require('electron/web-preferences');

const binding = internalBinding('electron');
const clearTimeout = globalThis.clearTimeout;

let lastId = 0;

/** The events that do fire here. */
const FIRED = [
  'console-message', 'destroyed', 'devtools-closed', 'devtools-opened', 'did-fail-load', 'did-fail-provisional-load',
  'did-finish-load', 'did-frame-finish-load', 'did-frame-navigate', 'did-navigate', 'did-navigate-in-page',
  'did-redirect-navigation', 'did-start-loading', 'did-start-navigation', 'did-stop-loading', 'dom-ready',
  'frame-created', 'ipc-message', 'ipc-message-sync', 'page-title-updated', 'preload-error', 'render-process-gone',
  'will-prevent-unload',
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
    return this.loadURL(fileUrl(path.resolve(binding.appInfo.appPath, filePath), options));
  }

  reload() { live(this).load.reload(false); }

  reloadIgnoringCache() { live(this).load.reload(true); }

  stop() { live(this).load.stop(); }

  goBack() { this.#ui('goBack'); }

  goForward() { this.#ui('goForward'); }

  canGoBack() { return this.#ui('canGoBack'); }

  canGoForward() { return this.#ui('canGoForward'); }

  getURL() { return this.#ui('url') ?? ''; }

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
  async executeJavaScript(code) {
    const state = live(this);
    if (typeof code !== 'string') throw conversionFailure(0, code);
    await state.load.settled();
    return state.scripts.run(mainDocumentOf(live(this).mainFrame), code);
  }

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

  // --- developer tools ----------------------------------------------------------------------

  openDevTools() { this.#ui('openDevTools'); }

  closeDevTools() { this.#ui('closeDevTools'); }

  isDevToolsOpened() { return this.#ui('isDevToolsOpened'); }

  toggleDevTools() {
    if (this.isDevToolsOpened()) this.closeDevTools();
    else this.openDevTools();
  }

  // --- the window ---------------------------------------------------------------------------

  getOwnerBrowserWindow() { return live(this).window; }

  /**
   * Closes the window as the page's own `window.close()` does: without the window's `close` event.
   * @param {{ waitForBeforeUnload?: boolean }} [options]
   */
  close(options = {}) {
    live(this).owner.close(Boolean(options?.waitForBeforeUnload));
  }

  /** @param {string} cmd of the UI thread that needs to know only the page */
  #ui(cmd) {
    return binding.ui({ cmd, contents: live(this).id });
  }
}

refuseToClone(WebContents);
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
  binding.contents(state.id, rendererConfig(state.id, preferences, state.mainFrame.frameToken));
  add(state);
  return state;
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

module.exports = { WebContents, createContents, destroyContents, webContents };
