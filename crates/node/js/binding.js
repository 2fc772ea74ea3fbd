// What the electron module gets as internalBinding('electron'): crates/runtime/js/electron/binding.d.ts.
'use strict';

const v8 = require('v8');
const vm = require('vm');
const { call, listen, send } = require('host/link');
const ports = require('host/ports');
const { deserialize, serialize, uncloneable } = require('host/values');
const { kind } = require('host/wire');

/** @typedef {import('host/wire').Message} Message */

/** Characters of a frame's token. */
const TOKEN_LENGTH = 32;

/** @param {object} value */
const json = (value) => Buffer.from(JSON.stringify(value));

/**
 * @param {AppInfo} appInfo
 * @param {Record<string, string>} versions
 * @returns {ElectronBinding}
 */
function makeBinding(appInfo, versions) {
  return {
    appInfo,
    versions,
    uncloneable: /** @type {any} */ (uncloneable),
    on(handlers) {
      ports.open(handlers);
      listen((message) => dispatch(handlers, message));
    },

    ui: (command) => call({ kind: kind.UI, payload: json(command) }),
    contents: (contents, config) => call({ kind: kind.CONTENTS, contents, payload: json(config) }),
    forget: (contents) => send({ kind: kind.FORGET, contents }),

    send(contents, document, channel, args) {
      send({ kind: kind.SEND, contents, document, channel, payload: serialize(args) });
      // Whether the document is still there shows when the message arrives.
      return true;
    },

    postMessage(contents, document, channel, message, handles) {
      const payload = serialize(message);
      const sent = call({ kind: kind.POST_MESSAGE, contents, document, channel, ports: handles, payload });
      ports.left(handles);
      return sent;
    },

    reply: (contents, document, id, isError, value) => send({
      kind: kind.REPLY, contents, document, id, flags: Number(isError), payload: serialize(value),
    }),

    replySync: (contents, document, id, isError, value) => send({
      kind: kind.REPLY_SYNC, contents, document, id, flags: Number(isError), payload: serialize(value),
    }),

    evaluate: (contents, document, id, code, world) => call({
      kind: kind.EVALUATE, contents, document, id, channel: String(world), payload: Buffer.from(code),
    }),

    channel: ports.channel,
    portPost: ports.post,
    portStart: ports.start,
    portClose: ports.close,

    collectGarbage() {
      v8.setFlagsFromString('--expose-gc');
      vm.runInNewContext('gc')();
    },

    exit(code) {
      send({ kind: kind.EXIT, id: code >>> 0 });
      // What runs now runs on; nothing new starts.
      setImmediate(() => /** @type {any} */ (process).reallyExit(code));
    },
  };
}

/**
 * Tells the module what happened.
 * @param {ElectronHandlers} handlers
 * @param {Message} message
 */
function dispatch(handlers, message) {
  const { contents, document, frame, id } = message;
  switch (message.kind) {
    case kind.ON_SEND:
      return void withValue(message, (args) => handlers.send(contents, document, frame, message.channel, args));
    case kind.ON_INVOKE:
      return void withValue(message, (args) => handlers.invoke(contents, document, frame, id, message.channel, args));
    case kind.ON_SEND_SYNC:
      return void withValue(message, (args) => {
        handlers.sendSync(contents, document, frame, id, message.channel, args);
      });
    case kind.ON_MESSAGE:
      return void withValue(message, (value) => {
        handlers.message(contents, document, frame, message.channel, value, ports.arrived(message.ports));
      });
    case kind.ON_PORT_MESSAGE:
      return ports.onMessage(message);
    case kind.ON_PORT_CLOSED:
      return ports.onClosed(id);
    case kind.ON_PORT_FENCE:
      return ports.onFence(id);
    case kind.ON_EVAL_RESULT:
      return void withValue(message, (value) => handlers.evalResult(contents, id, message.flags !== 0, value));
    case kind.ON_DOCUMENT:
      return handlers.document([contents, document, frame], message.flags !== 0, message.channel, id,
        message.text.slice(0, TOKEN_LENGTH), message.text.slice(TOKEN_LENGTH));
    case kind.ON_LOADED:
      return handlers.loaded(contents, document);
    case kind.ON_DOCUMENT_GONE:
      return handlers.documentGone(contents, document, message.flags !== 0);
    case kind.ON_UNLOADING:
      return handlers.unloading(contents, document);
    case kind.ON_DOM_READY:
      return handlers.domReady(contents, document, message.channel);
    case kind.ON_CONNECTED:
      return handlers.rendererConnected(contents, id);
    case kind.ON_GONE:
      return handlers.rendererGone(contents, message.channel, message.text);
    case kind.ON_PRELOAD_ERROR:
      return void withValue(message, (error) => handlers.preloadError(contents, message.channel, error));
    case kind.ON_CONSOLE:
      return handlers.console([contents, document], message.flags, message.text, id, message.channel);
    case kind.ON_UI:
      return handlers.ui(JSON.parse(message.text));
    case kind.FAILED:
      return failed(message);
    default:
      throw new Error(`The shell sent a message of the unknown kind ${message.kind}`);
  }
}

/**
 * Reads the value before anybody runs. One that cannot be read was not written by Conch's own code:
 * its renderer is cut off.
 * @param {Message} message
 * @param {(value: any) => void} use
 */
function withValue(message, use) {
  let value;
  try {
    value = deserialize(message.payload);
  } catch (error) {
    const payload = Buffer.from(`a value cannot be read: ${error}`);
    send({ kind: kind.FAULT, contents: message.contents, payload });
    return;
  }
  use(value);
}

/** @param {Message} message */
function failed(message) {
  const error = new Error(message.text);
  if (message.flags === kind.PORT_POST) throw error;
  console.error('Error sending from webFrameMain: ', error);
}

module.exports = { makeBinding };
