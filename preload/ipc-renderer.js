'use strict';
// `ipcRenderer` (semantics 13-28).

const { conversionFailure } = require('electron/arguments');
const { EventEmitter } = require('events');

const {
  Error, Map, MapPrototypeClear, MapPrototypeDelete, MapPrototypeForEach, MapPrototypeGet,
  MapPrototypeSet, Promise, ReflectApply,
} = primordials;

/** What the native functions throw (semantics 24), which not every call needs. */
const RELEASED = 'IPC method called after context was released';

/**
 * How messages leave the document; see messages.js.
 * @typedef {object} Messages
 * @property {(channel: string, args: any[]) => void} send
 * @property {(call: number, channel: string, args: any[]) => void} invoke
 * @property {(call: number, channel: string, args: any[]) => {isError: boolean, value: any}} sendSync
 * @property {(channel: string, message: any, transfer: any) => void} postMessage
 * @property {(channel: string, args: any[]) => void} check throws what `send` would, and sends nothing
 */

/**
 * Makes a document's ipcRenderer, and what messages for it go to.
 * @param {Messages} messages
 */
module.exports = function createIpcRenderer(messages) {
  /** Calls of `invoke` without an answer. @type {Map<number, Pending>} */
  const pending = new Map();
  let lastCall = 0;

  /** The document is gone, with its frame or without. */
  let isReleased = false;

  /** @typedef {{channel: string, resolve: (value: any) => void, reject: (error: any) => void}} Pending */

  function nextCall() {
    lastCall = (lastCall + 1) >>> 0;
    return lastCall;
  }

  // The methods do not use `this`: Electron's may be taken off the object and called.
  class IpcRenderer extends EventEmitter {
    /** @param {string} channel @param {...any} args */
    send(channel, ...args) {
      checkChannel(channel, 1);
      messages.send(channel, args);
    }

    /** @param {string} channel @param {...any} args */
    sendSync(channel, ...args) {
      checkChannel(channel, 1);
      const { isError, value } = messages.sendSync(nextCall(), channel, args);
      // Not thrown: an answer that was never given arrives as a value (semantics 21).
      return isError ? { error: value } : value;
    }

    /** @param {string} channel @param {...any} args */
    invoke(channel, ...args) {
      // Whatever fails, fails in the promise (semantics 14).
      return new Promise((resolve, reject) => {
        checkChannel(channel, 1);
        const call = nextCall();
        messages.invoke(call, channel, args);
        MapPrototypeSet(pending, call, { channel, resolve, reject });
      });
    }

    /** @param {string} channel @param {any} message @param {MessagePort[]} [transfer] */
    postMessage(channel, message, transfer) {
      checkChannel(channel, 0);
      messages.postMessage(channel, message, transfer);
    }

    /**
     * For the page around a `<webview>`. Where there is none, as always here, nobody gets it.
     * @param {string} channel @param {...any} args
     */
    sendToHost(channel, ...args) {
      checkChannel(channel, 1);
      if (isReleased) throw new Error(RELEASED);
      messages.check(channel, args);
    }
  }

  const ipcRenderer = new IpcRenderer();

  /**
   * Tells the listeners of a channel.
   * @param {string} channel
   * @param {any[]} args
   * @param {MessagePort[]} ports
   */
  function emit(channel, args, ports) {
    const { length } = args;
    const all = [channel, { sender: ipcRenderer, ports }];
    for (let index = 0; index < length; index++) all[index + 2] = args[index];
    ReflectApply(ipcRenderer.emit, ipcRenderer, all);
  }

  return {
    ipcRenderer,
    emit,

    /**
     * The document of a sub-frame is gone, so no answer comes any more. Its scripts do not run now, but
     * those of a page around it may be waiting.
     */
    released() {
      isReleased = true;
      MapPrototypeForEach(pending, ({ channel, reject }) => {
        reject(new Error(`Error invoking remote method '${channel}': Error: ${RELEASED}`));
      });
      MapPrototypeClear(pending);
    },

    /**
     * The answer to an `invoke`.
     * @param {number} call
     * @param {boolean} isError
     * @param {any} value the result, or what went wrong as text
     */
    settle(call, isError, value) {
      const known = MapPrototypeGet(pending, call);
      if (known === undefined) return;
      MapPrototypeDelete(pending, call);
      const { channel, resolve, reject } = known;
      // An error without a text counts as none (semantics 20).
      if (!isError) resolve(value);
      else if (value === '') resolve(undefined);
      else reject(new Error(`Error invoking remote method '${channel}': ${value}`));
    },
  };
};

/** The text is that of a failed conversion in Electron's native code (semantics 27). */
function checkChannel(channel, index) {
  if (typeof channel !== 'string') throw conversionFailure(index, channel);
}
