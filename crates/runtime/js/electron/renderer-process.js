// The life of a WebContents' renderer process, and how its end is told (semantics 116).
'use strict';

const { app } = require('electron/app');
const { Event, emit } = require('electron/event');
const { table } = require('electron/web-contents-state');
const frames = require('electron/web-frame-main');

const binding = internalBinding('electron');
const { setTimeout, clearTimeout } = globalThis;

/** @typedef {import('electron/web-contents-state').ContentsState} ContentsState */

/**
 * Milliseconds that the window system has to say why a process ended whose link closed. Telling
 * the app before it knows would let a reload go to the process that is no more.
 */
const GRACE = 1000;

/**
 * @param {number} contents
 * @param {number} pid
 */
function rendererConnected(contents, pid) {
  const state = table.get(contents);
  if (state === undefined) return;
  // The end of the one before was not heard of in time.
  if (state.goneTimer !== undefined) gone(state, 'crashed');
  if (state.pid !== 0) {
    if (!state.crashed) state.viewDeleted();
    state.renewProcess();
  }
  state.pid = pid;
  state.crashed = false;
  state.terminating = false;
}

/**
 * The link of a renderer closed, because the process ended or broke the protocol.
 * @param {number} contents
 * @param {string} reason
 * @param {string} detail
 */
function rendererGone(contents, reason, detail) {
  const state = table.get(contents);
  if (state === undefined || state.crashed) return;
  if (state.ended !== undefined) return state.ended();
  if (reason === 'bad-message') {
    console.error(`The renderer of WebContents #${contents} was cut off: ${detail}`);
    // First, so that a load which the app starts when it hears of this gets a process of its own.
    terminate(state);
    gone(state, 'killed');
    return;
  }
  forget(state);
  state.goneTimer ??= setTimeout(() => {
    gone(state, state.terminating ? 'killed' : 'crashed');
    terminate(state);
  }, GRACE);
}

/**
 * The window system noticed the end of the process.
 * @param {ContentsState} state
 * @param {string} reason
 */
function processTerminated(state, reason) {
  if (state.ended !== undefined) state.ended();
  else if (!state.crashed) gone(state, reason);
}

/**
 * @param {ContentsState} state
 * @param {string} reason
 */
function gone(state, reason) {
  clearTimeout(state.goneTimer);
  state.goneTimer = undefined;
  state.crashed = true;
  forget(state);
  const { webContents } = state;
  const details = { reason, exitCode: 0 };
  const event = new Event();
  // Electron's own listener, which tells the app, comes before those of the app.
  emit(app, 'render-process-gone', event, webContents, details);
  emit(webContents, 'render-process-gone', event, details);
  state.viewDeleted();
  if (!state.destroyed) state.load.rendererGone();
}

/**
 * Whatever lived in the process is no more.
 * @param {ContentsState} state
 */
function forget(state) {
  frames.rendererGone(state);
  state.scripts.rendererGone();
}

/**
 * A process without a link is of no use.
 * @param {ContentsState} state
 */
function terminate(state) {
  if (state.destroyed) return;
  try {
    binding.ui({ cmd: 'terminate', contents: state.id });
  } catch (error) {
    console.error(`The renderer of WebContents #${state.id} cannot be ended: ${error}`);
  }
}

module.exports = { processTerminated, rendererConnected, rendererGone };
