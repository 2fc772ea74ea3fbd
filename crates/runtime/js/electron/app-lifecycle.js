// From the start of the app to its end: ready, and the sequences of quit and exit
// (semantics 133-137).
'use strict';

const { emitEvent } = require('electron/event');
const windows = require('electron/window-state').table;

const binding = internalBinding('electron');
const setImmediate = globalThis.setImmediate;

// `electron/window-close` needs this module in turn, so it is required when it is used.

/** @type {import('events').EventEmitter} */
let app;
let ready = false;
/** `ready` was emitted. */
let told = false;
/** @type {(() => void)[]} what the app's first turn asks for: no more than it writes down */
const waiting = [];
/** @type {() => void} */
let resolveReady;
const readyPromise = new Promise((resolve) => {
  resolveReady = () => resolve(undefined);
});

/** `before-quit` was emitted, and nothing has cancelled since. */
let quitting = false;
/** `app.exit` was called: nothing is asked any more. */
let exiting = false;
/** `quit` was emitted. */
let ended = false;
let exitCode = 0;

/** @param {import('events').EventEmitter} emitter */
function attach(emitter) {
  app = emitter;
}

const isReady = () => ready;

const whenReady = () => readyPromise;

/**
 * The main script has run. `before` does what must be done before the app hears of it.
 * @param {() => void} before
 */
function launch(before) {
  if (ended || ready) return;
  emitEvent(app, 'will-finish-launching');
  before();
  ready = true;
  resolveReady();
  // An event of its own, after everybody who awaits whenReady.
  setImmediate(() => {
    if (ended) return;
    emitEvent(app, 'ready', {});
    told = true;
    for (const call of waiting.splice(0)) call();
  });
}

/**
 * Calls back once everybody who waits for `ready` has heard of it, in the order of the requests.
 * Listeners set up what every page gets, so no page starts before.
 * @param {() => void} call
 */
function afterReady(call) {
  if (told) call();
  else waiting.push(call);
}

function quit() {
  if (quitting) return;
  quitting = true;
  if (emitEvent(app, 'before-quit').defaultPrevented) {
    quitting = exiting;
    return;
  }
  if (exiting || ended) return;
  if (windows.size === 0) {
    endUnlessPrevented();
    return;
  }
  const { requestClose } = require('electron/window-close');
  for (const state of [...windows.values()]) {
    if (!state.destroyed) requestClose(state);
  }
}

/** A window stays open: so does the app (semantics 123). */
function closeCancelled() {
  if (!exiting && !ended) quitting = false;
}

/** A window is gone. After the last one the app may end. */
function windowClosed() {
  if (windows.size > 0 || ended) return;
  if (exiting) end();
  else if (quitting) endUnlessPrevented();
  else emitEvent(app, 'window-all-closed');
}

function endUnlessPrevented() {
  if (emitEvent(app, 'will-quit').defaultPrevented) {
    closeCancelled();
    return;
  }
  end();
}

/** @param {number} code */
function exit(code) {
  if (ended) return;
  exitCode = code;
  quitting = true;
  exiting = true;
  const { destroyWindow } = require('electron/window-close');
  for (const state of [...windows.values()]) destroyWindow(state);
  end();
}

function end() {
  if (ended) return;
  ended = true;
  quitting = true;
  emitEvent(app, 'quit', exitCode);
  binding.exit(exitCode);
}

module.exports = { afterReady, attach, closeCancelled, exit, isReady, launch, quit, whenReady, windowClosed };
