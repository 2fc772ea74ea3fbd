// Windows that a page opens: what the app's handler says of them, and the windows that come of it
// (semantics 114, 115).
//
// Such a window has a process of its own and no opener; `window.open` gives the page null, and its
// features are not known here. As in Electron when the new window's sandbox differs from the page's.
'use strict';

const { emit, reportUncaught } = require('electron/event');

// `electron/browser-window` needs this module in turn, so it is required when it is used.

/** @typedef {import('electron/web-contents-state').ContentsState} ContentsState */

/** What a page that is restricted can open no less restricted. */
const RESTRICTIVE = {
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  sandbox: true,
};

/** @type {WeakMap<ContentsState, (details: object) => any>} */
const handlers = new WeakMap();

/**
 * @param {ContentsState} state
 * @param {any} handler
 */
function setHandler(state, handler) {
  if (typeof handler === 'function') handlers.set(state, handler);
  else handlers.delete(state);
}

/**
 * What the handler allows; undefined if it does not.
 * @param {ContentsState} state
 * @param {object} details
 */
function allowed(state, details) {
  const handler = handlers.get(state);
  if (handler === undefined) return {};
  const response = handler(details);
  if (typeof response !== 'object' || response === null) {
    const given = response === null ? 'instead null' : `instead of type '${typeof response}'`;
    console.error(`The window open handler response must be an object, but was ${given}.`);
    return undefined;
  }
  if (response.action === 'allow') return response;
  if (response.action !== 'deny') {
    console.error("The window open handler response must be an object with an 'action' property of 'allow' or 'deny'.");
  }
  return undefined;
}

/**
 * A page asks for a window.
 * @param {ContentsState} state of the page
 * @param {string} url
 * @param {string} target the name of the window
 * @param {string} disposition
 */
function open(state, url, target, disposition) {
  const frameName = target === '_blank' ? '' : target;
  const referrer = { url: '', policy: 'strict-origin-when-cross-origin' };
  const details = { url, frameName, features: '', disposition, referrer, postBody: undefined };
  try {
    const response = allowed(state, details);
    if (response !== undefined && !state.destroyed) create(state, details, response);
  } catch (error) {
    reportUncaught(error);
  }
}

/**
 * @param {ContentsState} state
 * @param {{ url: string, frameName: string, disposition: string, referrer: object }} details
 * @param {Record<string, any>} response
 */
function create(state, { url, frameName, disposition, referrer }, response) {
  const given = typeof response.overrideBrowserWindowOptions === 'object' ? response.overrideBrowserWindowOptions : {};
  const { webPreferences, ...override } = given ?? {};
  const options = {
    show: true, width: 800, height: 600, ...override, webPreferences: { ...inherited(state), ...webPreferences },
  };
  if (typeof response.createWindow === 'function') {
    outlive(state, response.createWindow(options), response);
    return;
  }
  const { BrowserWindow } = require('electron/browser-window');
  const window = new BrowserWindow(options);
  // The window says itself what becomes of it.
  window.loadURL(url).catch(() => {});
  outlive(state, window.webContents, response);
  emit(state.webContents, 'did-create-window', window, { url, frameName, options, disposition, referrer, postData: undefined });
}

/** @param {ContentsState} state */
function inherited({ preferences }) {
  const given = /** @type {Record<string, any>} */ (preferences);
  return Object.fromEntries(Object.entries(RESTRICTIVE).filter(([name, value]) => given[name] === value));
}

/**
 * What a page opened goes with it, unless the app says otherwise.
 * @param {ContentsState} state
 * @param {any} guest
 * @param {{ outlivesOpener?: boolean }} response
 */
function outlive(state, guest, { outlivesOpener }) {
  if (outlivesOpener === true || typeof guest?.getOwnerBrowserWindow !== 'function') return;
  const opener = state.webContents;
  const end = () => {
    if (!guest.isDestroyed()) guest.getOwnerBrowserWindow()?.destroy();
  };
  opener.once('destroyed', end);
  guest.once('destroyed', () => opener.removeListener('destroyed', end));
}

module.exports = { open, setHandler };
