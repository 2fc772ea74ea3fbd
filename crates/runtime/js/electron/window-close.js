// How a window ends (semantics 120-124): its `close` event, the page's `beforeunload` and `unload`, and
// then page and window at once.
'use strict';

const lifecycle = require('electron/app-lifecycle');
const { emitEvent } = require('electron/event');
const { destroyContents } = require('electron/web-contents');
const { mainDocumentOf } = require('electron/web-frame-main');
const { table } = require('electron/window-state');

const binding = internalBinding('electron');
const { setTimeout, clearTimeout } = globalThis;

/** @typedef {import('electron/window-state').WindowState} WindowState */

/** Milliseconds after which a page that neither closes nor refuses is called unresponsive. */
const PATIENCE = 5000;

/** Milliseconds that a page has for its last words. */
const LONGEST_END = 5000;

/** Runs in the page. Any handler that returns something, or prevents, keeps the window open. */
const ASK = `(() => {
  const event = document.createEvent('BeforeUnloadEvent');
  event.initEvent('beforeunload', false, true);
  window.dispatchEvent(event);
  return event.defaultPrevented || String(event.returnValue) !== '';
})()`;

/**
 * The window is asked to close, by the app or by the user.
 * @param {WindowState} state
 */
function requestClose(state) {
  const event = emitEvent(state.window, 'close');
  if (state.destroyed) return;
  if (event.defaultPrevented) lifecycle.closeCancelled();
  else closePage(state);
}

/**
 * Ends the window unless its page objects.
 * @param {WindowState} state
 */
function closePage(state) {
  if (state.asking) return;
  const { contents } = state;
  const document = mainDocumentOf(contents.mainFrame);
  if (document === 0 || contents.crashed) {
    destroyWindow(state);
    return;
  }
  state.asking = true;
  state.closeTimer = setTimeout(() => unresponsive(state), PATIENCE);
  // A page that went away meanwhile has no say.
  const asked = contents.scripts.run(document, ASK).catch(() => false);
  asked.then((objects) => answered(state, objects === true));
}

/**
 * The page does not say whether it may be closed.
 * @param {WindowState} state
 */
function unresponsive(state) {
  emitEvent(state.window, 'unresponsive');
  // It may be waiting for an answer of this process, which has other things to do by now.
  for (const owed of [...state.contents.blocking]) owed.giveUp();
}

/**
 * @param {WindowState} state
 * @param {boolean} objects
 */
function answered(state, objects) {
  if (state.destroyed) return;
  clearTimeout(state.closeTimer);
  state.asking = false;
  const { webContents } = state.contents;
  const stays = objects && !emitEvent(webContents, 'will-prevent-unload').defaultPrevented;
  if (stays) lifecycle.closeCancelled();
  else unloadPage(state);
}

/**
 * The window goes, and its page hears of that: what it says then is still heard (semantics 44).
 * @param {WindowState} state
 */
function unloadPage(state) {
  const { contents } = state;
  if (mainDocumentOf(contents.mainFrame) === 0) {
    destroyWindow(state);
    return;
  }
  const end = () => destroyWindow(state);
  state.asking = true;
  state.closeTimer = setTimeout(end, LONGEST_END);
  contents.ended = end;
  tellWindowSystem(state);
}

/** @param {WindowState} state */
function tellWindowSystem(state) {
  try {
    binding.ui({ cmd: 'destroy', window: state.id });
  } catch {
    // The window system was faster: the window is gone, which is all that was wanted.
  }
}

/**
 * Ends page and window, and says so (semantics 120-122).
 * @param {WindowState} state
 */
function destroyWindow(state) {
  if (state.destroyed) return;
  state.destroyed = true;
  clearTimeout(state.closeTimer);
  table.delete(state.id);
  if (state.contents.ended === undefined) tellWindowSystem(state);
  // Only now, so that a page is not seen to crash because its link was closed first.
  destroyContents(state.contents);
  emitEvent(state.window, 'closed');
  lifecycle.windowClosed();
}

/**
 * The window system's window is gone.
 * @param {WindowState} state
 */
function windowDestroyed(state) {
  // Told to go, it went before its page.
  if (state.contents.ended === undefined) destroyWindow(state);
}

module.exports = { closePage, destroyWindow, requestClose, windowDestroyed };
