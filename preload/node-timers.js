'use strict';
// Node's `timers`, over those of the page.

const { MessageChannel } = primordials;

/** What waits for the next turn of the event loop, by its handle. @type {Map<object, () => void>} */
const immediates = new Map();
/** Where to ring for the next turn; made at the first. @type {MessagePort | undefined} */
let bell;

/** Runs what was there when the turn began; what is added meanwhile waits for the next. */
function runImmediates() {
  try {
    for (const [handle, callback] of [...immediates]) {
      if (immediates.delete(handle)) callback();
    }
  } finally {
    // New ones, and after an exception the rest.
    if (immediates.size > 0) ring();
  }
}

/** A message to itself comes back without the delay that nested timeouts of 0 ms get. */
function ring() {
  bell ??= makeBell();
  bell.postMessage(0);
}

function makeBell() {
  /** @type {globalThis.MessageChannel} */
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = runImmediates;
  return port2;
}

/** @param {(...args: any[]) => void} callback */
function setImmediate(callback, ...args) {
  const handle = {};
  immediates.set(handle, () => callback(...args));
  ring();
  return handle;
}

/** @param {object} handle */
function clearImmediate(handle) {
  immediates.delete(handle);
}

module.exports = {
  setTimeout: globalThis.setTimeout.bind(globalThis),
  clearTimeout: globalThis.clearTimeout.bind(globalThis),
  setInterval: globalThis.setInterval.bind(globalThis),
  clearInterval: globalThis.clearInterval.bind(globalThis),
  setImmediate,
  clearImmediate,
};
