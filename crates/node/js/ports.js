// The ports of this process, between the shell's router and the electron module. To the router this
// process is what a renderer is: it is given messages before the app has asked for them, and owes them
// back when the port is sent away (crates/ports, "What a renderer owes").
'use strict';

const { call, send } = require('host/link');
const { deserialize, serialize } = require('host/values');
const { kind } = require('host/wire');

/** More than this waits in no port that is not started: a page that goes on sending loses it. */
const MOST_BYTES = 1 << 30;
const MOST_MESSAGES = 1 << 20;

/**
 * @typedef {object} Parcel a message that nobody has looked at
 * @property {Buffer} payload
 * @property {number[]} ports
 */

/**
 * What waits in a port that is not started, or is about to be told. A port that has no such queue takes
 * messages as they come.
 * @typedef {object} Queue
 * @property {Parcel[]} parcels
 * @property {number} bytes
 * @property {boolean} started
 * @property {boolean} closed the other end is gone: told after the last message
 */

/** @type {Map<number, Queue>} */
const queues = new Map();

/** Ports that were sent away and whose fence has not come. */
const leaving = new Set();

/** @type {ElectronHandlers} */
let handlers;

/** @param {ElectronHandlers} table */
function open(table) {
  handlers = table;
}

/**
 * Ports that are this process's from now on.
 * @param {number[]} ports
 */
function arrived(ports) {
  for (const port of ports) queues.set(port, { parcels: [], bytes: 0, started: false, closed: false });
  return ports;
}

/** Two new ports. */
const channel = () => arrived(call({ kind: kind.CHANNEL }));

/**
 * @param {number} id
 * @param {any} message
 * @param {number[]} ports
 */
function post(id, message, ports) {
  const payload = serialize(message);
  if (ports.length === 0) {
    send({ kind: kind.PORT_POST, id, payload });
    return;
  }
  call({ kind: kind.PORT_TRANSFER, id, ports, payload });
  left(ports);
}

/**
 * Ports were sent away: what nobody has looked at follows them.
 * @param {number[]} ports
 */
function left(ports) {
  for (const id of ports) {
    leaving.add(id);
    const queue = queues.get(id);
    queues.delete(id);
    for (const parcel of queue?.parcels ?? []) giveBack(id, parcel);
  }
}

/**
 * @param {number} id
 * @param {Parcel} parcel
 */
function giveBack(id, { payload, ports }) {
  send({ kind: kind.PORT_RETURN, id, ports, payload });
  left(ports);
}

/**
 * The app is ready for the port's messages; those that wait come as tasks of their own.
 * @param {number} id
 */
function start(id) {
  const queue = queues.get(id);
  if (queue === undefined || queue.started) return;
  queue.started = true;
  setImmediate(next, id);
}

/**
 * Tells the app of one message that waited, and then of the next.
 * @param {number} id
 */
function next(id) {
  const queue = queues.get(id);
  if (queue === undefined) return;
  const parcel = queue.parcels.shift();
  if (parcel !== undefined) {
    setImmediate(next, id);
    tell(id, parcel);
    return;
  }
  queues.delete(id);
  if (queue.closed) hungUp(id);
}

/**
 * @param {number} id
 * @param {{ payload: Uint8Array, ports: number[] }} parcel
 */
function tell(id, { payload, ports }) {
  let value;
  try {
    value = deserialize(payload);
  } catch {
    // Its writer is not known here: the port may have moved. Nothing is lost but this.
    ports.forEach(close);
    return;
  }
  handlers.portMessage(id, value, ports);
}

/** @param {import('host/wire').Message} message */
function onMessage(message) {
  const { id, payload, ports } = message;
  if (leaving.has(id)) {
    giveBack(id, { payload: Buffer.from(payload), ports });
    return;
  }
  // They may get messages before this one is looked at.
  arrived(ports);
  const queue = queues.get(id);
  if (queue === undefined) {
    tell(id, { payload, ports });
    return;
  }
  // The shell's bytes are good for this message only.
  queue.parcels.push({ payload: Buffer.from(payload), ports });
  queue.bytes += payload.length;
  if (queue.bytes > MOST_BYTES || queue.parcels.length > MOST_MESSAGES) {
    close(id);
    throw new Error('A MessagePort that was never started was closed: too many messages waited in it');
  }
}

/**
 * The other end is gone.
 * @param {number} id
 */
function onClosed(id) {
  // Its next holder hears of it.
  if (leaving.has(id)) return;
  const queue = queues.get(id);
  if (queue === undefined) hungUp(id);
  else queue.closed = true;
}

/** @param {number} id */
function hungUp(id) {
  send({ kind: kind.PORT_CLOSE, id });
  handlers.portClose(id);
}

/**
 * Nothing more comes for a port that was sent away.
 * @param {number} id
 */
function onFence(id) {
  leaving.delete(id);
  send({ kind: kind.PORT_SETTLED, id });
}

/**
 * The app closed the port, or dropped it. What waited in it is lost, with the ports therein.
 * @param {number} id
 */
function close(id) {
  const queue = queues.get(id);
  queues.delete(id);
  send({ kind: kind.PORT_CLOSE, id });
  for (const { ports } of queue?.parcels ?? []) ports.forEach(close);
}

module.exports = { arrived, channel, close, left, onClosed, onFence, onMessage, open, post, start };
