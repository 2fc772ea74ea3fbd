// The event object that listeners of the main process get, and how events of native origin are
// emitted.
'use strict';

const { refuseToClone } = require('electron/uncloneable');

const setImmediate = globalThis.setImmediate;

/** What `preventDefault` prevents is up to the emitter, which looks once all listeners ran. */
class Event {
  #defaultPrevented = false;

  preventDefault() {
    this.#defaultPrevented = true;
  }

  get defaultPrevented() {
    return this.#defaultPrevented;
  }
}

refuseToClone(Event);

/**
 * Makes an exception an uncaught one, without unwinding the caller.
 * @param {any} error
 */
function reportUncaught(error) {
  setImmediate(() => {
    throw error;
  });
}

/**
 * Emits as native code does: what a listener throws is an uncaught exception, and whoever caused
 * the event goes on.
 * @param {{ emit(name: string, ...args: any[]): boolean }} emitter
 * @param {string} name
 * @param {...any} args
 */
function emit(emitter, name, ...args) {
  try {
    emitter.emit(name, ...args);
  } catch (error) {
    reportUncaught(error);
  }
}

/**
 * Emits with a new event object as the first argument, and returns that.
 * @param {{ emit(name: string, ...args: any[]): boolean }} emitter
 * @param {string} name
 * @param {...any} args
 * @returns {Event}
 */
function emitEvent(emitter, name, ...args) {
  const event = new Event();
  emit(emitter, name, event, ...args);
  return event;
}

/**
 * The same with fields on the event object, for events that carry their arguments twice.
 * @param {{ emit(name: string, ...args: any[]): boolean }} emitter
 * @param {string} name
 * @param {object} fields
 * @param {...any} args
 * @returns {Event}
 */
function emitWithFields(emitter, name, fields, ...args) {
  const event = Object.assign(new Event(), fields);
  emit(emitter, name, event, ...args);
  return event;
}

module.exports = { Event, emit, emitEvent, emitWithFields, reportUncaught };
