'use strict';
// Messages of a document, both ways: what its modules say becomes a message, and a message that
// arrives goes to the module that it is for.

const { createCodec } = require('./codec.js');
const { createSlots } = require('./codec-slots.js');
const { HEADER_LENGTH, MessageReader, MessageWriter, kind } = require('./wire.js');
const asTurn = require('./turn.js');

const { Error, String, Uint8Array } = primordials;

/** Longest message that arrives in the shared array; longer ones have arrays of their own. */
const SHORT_MESSAGE = 64 << 10;
const IS_ERROR = 1;

/**
 * @typedef {object} Receivers what messages go to
 * @property {ReturnType<import('./ipc-renderer.js')>} ipc
 * @property {(call: number, code: string, world: number) => void} evaluate
 * @property {ReturnType<import('./message-ports.js')>} ports
 */

/** The length of a message, which may be shorter than its array. @param {Uint8Array} bytes */
function lengthOf(bytes) {
  const body = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24);
  return HEADER_LENGTH + body;
}

/**
 * Makes a document's end of the link.
 * @param {any} native
 */
module.exports = function createMessages(native) {
  const codec = createCodec(native);
  const writer = new MessageWriter(native, codec);
  const reader = new MessageReader();
  const shared = new Uint8Array(SHORT_MESSAGE);
  native.setRx(shared);

  /** @type {Receivers} */
  let receivers;

  /** @param {Uint8Array} bytes @param {number} length */
  function receive(bytes, length) {
    reader.parse(bytes, length);
    // Taken out at once: with the payload read, the reader and the bytes are free for a message
    // that arrives while this one is being listened to.
    const { kind: kindOfMessage, flags, id, channel, ports: handles, start, end } = reader;
    switch (kindOfMessage) {
      case kind.TO_SEND:
        receivers.ipc.emit(channel, codec.read(bytes, start, end), []);
        return;
      case kind.INVOKE_REPLY:
        receivers.ipc.settle(id, (flags & IS_ERROR) !== 0, codec.read(bytes, start, end));
        return;
      case kind.TO_POST_MESSAGE: {
        const message = codec.read(bytes, start, end);
        receivers.ipc.emit(channel, [message], receivers.ports.receive(handles));
        return;
      }
      case kind.PORT_MESSAGE:
        receivers.ports.onMessage(id, codec.read(bytes, start, end), handles);
        return;
      case kind.PORT_CLOSED:
        receivers.ports.onClosed(id);
        return;
      case kind.PORT_FENCE:
        receivers.ports.onFence(id);
        return;
      case kind.EVALUATE:
        receivers.evaluate(id, reader.text(bytes), Number(channel));
        return;
      default: // Of a later version, and not asked for.
    }
  }

  /** What message-ports.js sends. @type {import('./message-ports.js').Send} */
  const portMessages = {
    channel(a, b) {
      const both = createSlots(2);
      both[0] = a;
      both[1] = b;
      writer.sendBare(kind.CHANNEL_NEW, 0, 0, both);
    },
    post: (handle, value, handles) => {
      writer.sendValue(kind.PORT_POST, 0, 0, handle, '', handles, value);
    },
    returned: (handle, value, handles) => {
      writer.sendValue(kind.PORT_RETURN, 0, 0, handle, '', handles, value);
    },
    close: (handle) => writer.sendBare(kind.PORT_CLOSE, 0, handle, null),
    settled: (handle) => writer.sendBare(kind.PORT_SETTLED, 0, handle, null),
  };

  return {
    portMessages,

    /**
     * Begins to receive.
     * @param {Receivers} all
     */
    connect(all) {
      receivers = all;
      native.setReceiver(asTurn(receive));
    },

    /** The document was parsed; WebKit tells it of main frames alone. @param {string} title */
    domReady: (title) => writer.send(writer.begin(kind.DOM_READY, 0, 0, 0, title, createSlots(0))),
    /** A sub-frame's document, and all in it, was loaded. */
    documentLoaded: () => writer.sendBare(kind.LOADED, 0, 0, createSlots(0)),

    /** The document is about to end. */
    unloading: () => writer.sendBare(kind.UNLOADING, 0, 0, createSlots(0)),

    /** @param {string} channel @param {any[]} args */
    send: (channel, args) => writer.sendValue(kind.SEND, 0, 0, 0, channel, null, args),

    /** Throws what `send` would, and sends nothing. @param {string} channel @param {any[]} args */
    check(channel, args) {
      codec.write(args, writer.begin(kind.SEND, 0, 0, 0, channel, null));
      codec.writer.leave();
    },

    /** @param {number} call @param {string} channel @param {any[]} args */
    invoke: (call, channel, args) => {
      writer.sendValue(kind.INVOKE, 0, 0, call, channel, null, args);
    },

    /** @param {number} call @param {string} channel @param {any[]} args */
    sendSync(call, channel, args) {
      const reply = writer.sendValueSync(kind.SEND_SYNC, 0, 0, call, channel, null, args);
      const isShort = typeof reply === 'number';
      const bytes = isShort ? shared : reply;
      reader.parse(bytes, isShort ? reply : lengthOf(reply));
      const { flags, start, end } = reader;
      return { isError: (flags & IS_ERROR) !== 0, value: codec.read(bytes, start, end) };
    },

    /** @param {string} channel @param {any} message @param {any} transfer */
    postMessage(channel, message, transfer) {
      if (transfer === undefined) {
        writer.sendValue(kind.POST_MESSAGE, 0, 0, 0, channel, null, message);
        return;
      }
      const { ports } = receivers;
      const shipment = ports.prepare(transfer);
      try {
        writer.sendValue(kind.POST_MESSAGE, 0, 0, 0, channel, shipment.handles, message);
      } catch (error) {
        ports.cancel(shipment);
        throw error;
      }
      ports.commit(shipment);
    },

    /**
     * The answer to a script of the main process.
     * @param {number} call
     * @param {boolean} isRejected
     * @param {any} value
     */
    evalResult: (call, isRejected, value) => {
      const flags = isRejected ? IS_ERROR : 0;
      writer.sendValue(kind.EVAL_RESULT, flags, 0, call, '', null, value);
    },

    /** @param {string} path @param {any} error */
    preloadError(path, error) {
      try {
        writer.sendValue(kind.PRELOAD_ERROR, 0, 0, 0, path, null, error);
      } catch {
        const text = new Error(String(error));
        writer.sendValue(kind.PRELOAD_ERROR, 0, 0, 0, path, null, text);
      }
    },
  };
};
