// MessageChannelMain and MessagePortMain (semantics 48-64). The messages of a port wait with the
// engine until it is started.
'use strict';

const { EventEmitter } = require('events');
const { emit } = require('electron/event');
const { refuseToClone } = require('electron/uncloneable');
const { declareEvents } = require('electron/unsupported');

const binding = internalBinding('electron');

/**
 * @typedef {object} PortState
 * @property {number} handle of the engine
 * @property {boolean} started
 * @property {boolean} closed
 * @property {boolean} neutered sent to someone else
 */

/** @type {WeakMap<MessagePortMain, PortState>} */
const states = new WeakMap();

/**
 * The live ports by handle. A started one is held, as messages may come for it whether or not the
 * app keeps a reference; one that was never started may be collected (semantics 60).
 * @type {Map<number, MessagePortMain | WeakRef<MessagePortMain>>}
 */
const ports = new Map();

const collected = new FinalizationRegistry((/** @type {number} */ handle) => {
  if (ports.delete(handle)) binding.portClose(handle);
});

class MessagePortMain extends EventEmitter {
  /** @param {number} handle */
  constructor(handle) {
    super();
    const state = { handle, started: false, closed: false, neutered: false };
    states.set(this, state);
    ports.set(handle, new WeakRef(this));
    // Unregistered by the state: QuickJS keeps alive what it is to unregister by.
    collected.register(this, handle, state);
  }

  /** Lets the messages come. */
  start() {
    const state = stateOf(this);
    if (state.started || state.closed || state.neutered) return;
    state.started = true;
    collected.unregister(state);
    ports.set(state.handle, this);
    binding.portStart(state.handle);
  }

  /**
   * Closes both ends. This one hears of it as well, unlike a port of the DOM (semantics 57), and so
   * does an object whose port was sent away, which closes nothing.
   */
  close() {
    const state = stateOf(this);
    if (state.closed) return;
    if (!state.neutered) binding.portClose(state.handle);
    closed(this, state);
  }

  /** @param {any[]} args the message and the ports to send with it */
  postMessage(...args) {
    const state = stateOf(this);
    // Nobody hears it, and nothing is taken from the app.
    if (state.neutered || state.closed) return;
    const transfer = args.length > 1 ? transferables(args[1]) : [];
    const source = transfer.indexOf(this);
    if (source !== -1) throw new Error(`Port at index ${source} contains the source port.`);
    ship(transfer, (handles) => binding.portPost(state.handle, args[0], handles));
  }
}

refuseToClone(MessagePortMain);
declareEvents(MessagePortMain.prototype, ['close', 'message']);

class MessageChannelMain {
  constructor() {
    const [first, second] = binding.channel();
    this.port1 = new MessagePortMain(first);
    this.port2 = new MessagePortMain(second);
  }
}

/**
 * @param {MessagePortMain} port
 * @returns {PortState}
 */
function stateOf(port) {
  const state = states.get(port);
  if (state === undefined) throw new TypeError('Illegal invocation');
  return state;
}

/** @param {any} value */
const isPort = (value) => typeof value === 'object' && value !== null && states.has(value);

/**
 * The transfer list of MessagePortMain.postMessage (semantics 52).
 * @param {any} list
 * @returns {MessagePortMain[]}
 */
function transferables(list) {
  if (!Array.isArray(list)) throw new TypeError('transferables must be an array of MessagePorts');
  list.forEach((port, index) => {
    if (!isPort(port)) throw new TypeError(`Port at index ${index} is not a valid port`);
  });
  return list;
}

/**
 * The transfer list of webContents.postMessage and frame.postMessage (semantics 53).
 * @param {any} list
 * @returns {MessagePortMain[]}
 */
function framePorts(list) {
  if (list === undefined) return [];
  if (!Array.isArray(list) || !list.every(isPort)) throw new Error('Invalid value for transfer');
  return list;
}

/**
 * Sends ports away. All of them are looked at before any goes (semantics 54), and they stay if
 * `post` throws. Afterwards they are inert (semantics 55): their handles are the engine's again.
 * @param {MessagePortMain[]} list
 * @param {(handles: number[]) => void} post
 */
function ship(list, post) {
  list.forEach((port, index) => {
    if (stateOf(port).neutered) throw new Error(`Port at index ${index} is already neutered.`);
    if (list.indexOf(port) !== index) throw new Error(`Port at index ${index} is a duplicate.`);
  });
  const handles = list.map((port) => {
    const state = stateOf(port);
    return state.closed ? closedHandle() : state.handle;
  });
  try {
    post(handles);
  } catch (error) {
    list.forEach((port, index) => {
      if (stateOf(port).closed) binding.portClose(handles[index]);
    });
    throw error;
  }
  for (const port of list) {
    const state = stateOf(port);
    state.neutered = true;
    collected.unregister(state);
    ports.delete(state.handle);
  }
}

/** A closed port can be sent; what arrives is closed too. */
function closedHandle() {
  const [handle, peer] = binding.channel();
  binding.portClose(peer);
  return handle;
}

/**
 * @param {MessagePortMain} port
 * @param {PortState} state
 */
function closed(port, state) {
  state.closed = true;
  if (!state.neutered) {
    collected.unregister(state);
    ports.delete(state.handle);
  }
  emit(port, 'close');
}

/** @param {number} handle */
function find(handle) {
  const held = ports.get(handle);
  return held instanceof WeakRef ? held.deref() : held;
}

/**
 * Ports that came with a message.
 * @param {number[]} handles
 */
const received = (handles) => handles.map((handle) => new MessagePortMain(handle));

/**
 * A message for a port of the app.
 * @param {number} handle
 * @param {any} data
 * @param {number[]} handles
 */
function portMessage(handle, data, handles) {
  const arrived = received(handles);
  find(handle)?.emit('message', { data, ports: arrived });
}

/**
 * The other end of a port is gone, and all its messages were delivered.
 * @param {number} handle
 */
function portClosed(handle) {
  const port = find(handle);
  if (port !== undefined) closed(port, stateOf(port));
}

module.exports = {
  MessageChannelMain, MessagePortMain, framePorts, portClosed, portMessage, received, ship,
};
