// ipcMain, and the emitters of the same kind that every WebContents and frame has of its own.
'use strict';

const { EventEmitter } = require('events');
const { refuseToClone } = require('electron/uncloneable');

/** @typedef {(event: any, ...args: any[]) => any} Handler */

/** @type {WeakMap<IpcMain, Map<string, Handler>>} */
const handlers = new WeakMap();

class IpcMain extends EventEmitter {
  constructor() {
    super();
    handlers.set(this, new Map());
    // Electron's are functions of the object itself, which apps take off it.
    this.handle = this.handle.bind(this);
    this.handleOnce = this.handleOnce.bind(this);
    // A channel may be called "error"; without a listener that would throw (semantics 29).
    this.on('error', () => {});
  }

  /**
   * @param {string} channel
   * @param {Handler} handler
   */
  handle(channel, handler) {
    const table = tableOf(this);
    if (table.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function') {
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    }
    table.set(channel, handler);
  }

  /**
   * @param {string} channel
   * @param {Handler} handler
   */
  handleOnce(channel, handler) {
    if (typeof handler !== 'function') return this.handle(channel, handler);
    // Removed first, so that the handler can register the next one (semantics 31).
    return this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  /** @param {string} channel */
  removeHandler(channel) {
    tableOf(this).delete(channel);
  }
}

refuseToClone(IpcMain);

/** @param {IpcMain} emitter */
function tableOf(emitter) {
  const table = handlers.get(emitter);
  if (table === undefined) throw new TypeError('Illegal invocation');
  return table;
}

/**
 * The handler of an invoke channel, if this emitter has one.
 * @param {IpcMain} emitter
 * @param {string} channel
 */
const handlerOf = (emitter, channel) => handlers.get(emitter)?.get(channel);

module.exports = { IpcMain, handlerOf, ipcMain: new IpcMain() };
