// What happened at a window, told to the app.
'use strict';

const { app } = require('electron/app');
const { Event, emit, emitEvent } = require('electron/event');
const { requestClose, windowDestroyed } = require('electron/window-close');
const { table } = require('electron/window-state');

/** @typedef {import('electron/window-state').WindowState} WindowState */

/** The UI thread's names of events that are passed on as they are, with Electron's. */
const NAMES = {
  resized: 'resize',
  moved: 'move',
  minimized: 'minimize',
  unminimized: 'restore',
  maximized: 'maximize',
  unmaximized: 'unmaximize',
  enterFullScreen: 'enter-full-screen',
  leaveFullScreen: 'leave-full-screen',
};

/** @param {UiEvent} event */
function windowEvent(event) {
  const state = table.get(/** @type {number} */ (event.window));
  if (state === undefined) return;
  switch (event.event) {
    case 'windowCloseRequested': return requestClose(state);
    case 'windowDestroyed': return windowDestroyed(state);
    case 'shown': return visibility(state, true);
    case 'hidden': return visibility(state, false);
    case 'focused': return focus(state, 'focus', 'browser-window-focus');
    case 'blurred': return focus(state, 'blur', 'browser-window-blur');
  }
  if (Object.hasOwn(NAMES, event.event)) emitEvent(state.window, /** @type {any} */ (NAMES)[event.event]);
}

/**
 * A change that the app asked for was told when it asked.
 * @param {WindowState} state
 * @param {boolean} visible
 */
function visibility(state, visible) {
  if (state.visible === visible) return;
  state.visible = visible;
  emitEvent(state.window, visible ? 'show' : 'hide');
}

/**
 * @param {WindowState} state
 * @param {string} name
 * @param {string} appName
 */
function focus(state, name, appName) {
  const event = new Event();
  // Electron's own listener, which tells the app, comes before those of the app.
  emit(app, appName, event, state.window);
  emit(state.window, name, event);
}

module.exports = { windowEvent };
