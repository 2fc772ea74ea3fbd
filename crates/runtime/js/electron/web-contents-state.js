// What the module keeps for each WebContents, and the table of all of them.
'use strict';

const { objectDestroyed } = require('electron/arguments');
const { emitEvent } = require('electron/event');

/**
 * @typedef {import('electron/web-contents').WebContents} WebContents
 * @typedef {import('electron/web-frame-main').WebFrameMain} WebFrameMain
 * @typedef {import('electron/web-contents-load').LoadTracker} LoadTracker
 * @typedef {import('electron/web-contents-script').PendingScripts} PendingScripts
 * @typedef {import('electron/browser-window').BrowserWindow} BrowserWindow
 *
 * @typedef {object} Owner what a WebContents needs of the window that shows it
 * @property {(title: string) => void} title the page has another title
 * @property {() => void} finished the page is loaded
 * @property {(ask: boolean) => void} close ends the page and the window, if asked with `beforeunload`
 */

/** Electron's ids of renderer processes are Chromium's own, not the system's. */
let lastProcessId = 0;

class ContentsState {
  /**
   * @param {number} id
   * @param {WebContents} webContents
   * @param {import('electron/web-preferences').Preferences} preferences
   * @param {Owner} owner
   */
  constructor(id, webContents, preferences, owner) {
    this.id = id;
    this.webContents = webContents;
    this.preferences = preferences;
    this.owner = owner;
    /** @type {BrowserWindow | null} the window that shows it */
    this.window = null;
    this.destroyed = false;

    /** Of the renderer process: a new one for each process this WebContents gets. */
    this.processId = ++lastProcessId;
    /** The system's id of that process; 0 before it connected. */
    this.pid = 0;
    /** Whether the process has ended and no other came yet. */
    this.crashed = false;
    /** Whether the app asked for the process to be killed. */
    this.terminating = false;
    /** @type {(() => void) | undefined} once its window goes: to call when the page is gone, too */
    this.ended = undefined;
    /** @type {any} the timer that waits for the reason of its end */
    this.goneTimer = undefined;

    /** @type {Map<number, WebFrameMain>} by the engine's frame id */
    this.frames = new Map();
    /** @type {Map<number, WebFrameMain>} by document id */
    this.documents = new Map();
    /**
     * The documents that are about to end, with the detached frame that stands for each once it is asked
     * for. @type {Map<number, WebFrameMain | null>}
     */
    this.unloading = new Map();
    /** The answers that keep the page waiting in `sendSync`. @type {Set<{ giveUp(): void }>} */
    this.blocking = new Set();
    this.lastRoutingId = 0;
    /** @type {WebFrameMain} */
    this.mainFrame = /** @type {any} */ (null);
    /** @type {LoadTracker} */
    this.load = /** @type {any} */ (null);
    /** @type {PendingScripts} */
    this.scripts = /** @type {any} */ (null);
  }

  /**
   * What lived in the process is gone. `@electron/remote` releases by this what the page held, by
   * the id of the process, with which the page's `contextId` begins.
   */
  viewDeleted() {
    if (this.pid !== 0) emitEvent(this.webContents, 'render-view-deleted', this.pid);
  }

  /** The process is another one from now on. */
  renewProcess() {
    this.processId = ++lastProcessId;
    this.pid = 0;
  }
}

/** @type {Map<number, ContentsState>} all that are not destroyed, in the order they were made */
const table = new Map();
/** @type {WeakMap<object, ContentsState>} */
const states = new WeakMap();

/** @param {ContentsState} state */
function add(state) {
  table.set(state.id, state);
  states.set(state.webContents, state);
}

/**
 * The state of a WebContents whose native side is still there.
 * @param {WebContents} webContents
 * @returns {ContentsState}
 */
function live(webContents) {
  const state = stateOf(webContents);
  if (state.destroyed) throw objectDestroyed();
  return state;
}

/**
 * @param {WebContents} webContents
 * @returns {ContentsState}
 */
function stateOf(webContents) {
  const state = states.get(webContents);
  if (state === undefined) throw new TypeError('Illegal invocation');
  return state;
}

/** @param {any} value */
const isWebContents = (value) => typeof value === 'object' && value !== null && states.has(value);

module.exports = { ContentsState, add, isWebContents, live, stateOf, table };
