// The MessagePorts of a document that lead out of its process (semantics 48-64, in the page).
//
// The host of the realms (port-realm.js), the table of the bridges (port-bridge.js), and what the
// rest of the internals calls. A port is known to the main process by its handle. How a port that
// moves keeps the order of its messages: the router tells the process that shipped it (`onFence`)
// when nothing more comes for it; that process then gives back what no script has seen, in order,
// and says that it is done (`send.returned`, `send.settled`).
//
// What this cannot do, because WebKit's ports have no close event: a script in a worker or in another
// frame that holds a port hears no `close`, and its own `close()` or loss is not noticed. All
// messages of such a port pass, in order, as long as its document lives.
'use strict';

const {
  EventPrototypeStopImmediatePropagation,
  EventTargetPrototypeAddEventListener,
  Map,
  MapPrototypeDelete,
  MapPrototypeGet,
  MapPrototypeSet,
  MessageChannel,
  MessageChannelPrototypeGetPort1,
  MessageChannelPrototypeGetPort2,
  MessageEventPrototypeGetData,
  MessagePortPrototypePostMessage,
  ReflectApply,
  ReflectGetOwnPropertyDescriptor,
  Uint32Array,
  globalThis,
} = primordials;
const Bridge = require('./port-bridge.js');
const createPortRealm = require('./port-realm.js');
const createShipping = require('./port-shipping.js');
const createHandover = require('./port-handover.js');
const createSchedule = require('./tasks.js');
const { append } = require('./lists.js');
const { addObject, createEnd, objectOf, release, watch } = require('./port-ends.js');

const { crypto } = globalThis;
const { getRandomValues } = crypto;
const countFrames = ReflectGetOwnPropertyDescriptor(globalThis, 'length')?.get;

/**
 * What is sent over the link; `document` and framing are the caller's. All are synchronous.
 * @typedef {object} Send
 * @property {(a: number, b: number) => void} channel two new handles are the ends of a channel
 * @property {(handle: number, value: any, handles: number[]) => void} post throws, sending nothing, if
 *   the value cannot be cloned
 * @property {(handle: number, value: any, handles: number[]) => void} returned
 * @property {(handle: number) => void} close
 * @property {(handle: number) => void} settled
 */

/**
 * @typedef {object} Options
 * @property {Send} send
 * @property {() => number} newHandle the next even number that was never a handle on this link. A link
 *   outlives its documents, so the count must as well
 * @property {any} [page] `ports` of what main-world.js exports, with isolation
 * @property {(text: string) => void} log
 */

/** @typedef {import('./port-shipping.js').Shipment} Shipment */

/**
 * Must be called at document start, once.
 * @param {Options} options
 */
module.exports = function createPorts({ send, newHandle, page, log }) {
  /** @type {Map<number, any>} */
  const bridges = new Map();
  const home = createPortRealm(true);
  const realmCount = page === undefined ? 1 : 2;

  const schedule = createSchedule();

  function attempt(action) {
    try {
      action();
    } catch (error) {
      log(`a port lost a message: ${error}`);
    }
  }

  // ---- Ports that come in ----

  function bridgeOf(handle) {
    let bridge = MapPrototypeGet(bridges, handle);
    if (bridge === undefined) {
      bridge = new Bridge(host, handle);
      MapPrototypeSet(bridges, handle, bridge);
    }
    return bridge;
  }

  /** A DOM port for each handle. */
  function receive(handles, realm) {
    const ports = [];
    for (let index = 0; index < handles.length; index++) append(ports, receiveOne(handles[index], realm));
    return ports;
  }

  function receiveOne(handle, realm) {
    const bridge = bridgeOf(handle);
    const channel = new MessageChannel();
    const port2 = MessageChannelPrototypeGetPort2(channel);
    const port = realm === home ? port2 : realm.wrap(port2);
    const end = createEnd();
    end.route = 'bridge';
    end.bridge = bridge;
    bridge.end = end;
    addObject(end, realm, port);
    watch(end);
    bridge.keep(MessageChannelPrototypeGetPort1(channel));
    return port;
  }

  /** The same for ports that go on by the DOM at once. */
  function receiveToPass(handles) {
    const ports = [];
    for (let index = 0; index < handles.length; index++) {
      const channel = new MessageChannel();
      append(ports, MessageChannelPrototypeGetPort2(channel));
      bridgeOf(handles[index]).keep(MessageChannelPrototypeGetPort1(channel));
    }
    return ports;
  }

  /** Ports in a message that nobody will see. */
  function discard(handles) {
    for (let index = 0; index < handles.length; index++) bridgeOf(handles[index]).close();
  }

  // ---- What realms and bridges call ----

  const secret = `conch:${ReflectApply(getRandomValues, crypto, [new Uint32Array(8)])}:`;
  /** Posted behind the last older message of a DOM channel. */
  const marker = `${secret}marker`;
  /** Posted between two of our own ports in place of a close event. */
  const farewell = `${secret}farewell`;
  const handover = createHandover(realmCount, secret, (end) => {
    if (!end.bridge.isOutboundClear) shipping.sendMarker(end);
  });

  /** A channel that never left the window: its other port hears the close too, behind the messages. */
  function sayFarewell(port, sibling) {
    const { realm } = sibling;
    const other = objectOf(sibling, realm);
    if (other === undefined || sibling.route !== 'native') return;
    const listener = (event) => {
      // Shipped meanwhile: then it is for the bridge.
      if (sibling.route !== 'native' || MessageEventPrototypeGetData(event) !== farewell) return;
      EventPrototypeStopImmediatePropagation(event);
      sibling.route = 'closed';
      realm.dispatchClose(other);
    };
    EventTargetPrototypeAddEventListener(other, 'message', listener, true);
    MessagePortPrototypePostMessage(port, farewell);
  }

  let hasSeenFrames = false;

  /** @type {any} */
  const host = {
    __proto__: null,
    attempt,
    bridgeOf,
    discard,
    farewell,
    forget: (handle) => MapPrototypeDelete(bridges, handle),
    handover,
    marker,
    receive,
    receiveToPass,
    schedule,
    send,

    /** Other frames have functions of their own, which tell us nothing of what they transfer. */
    mayMissTransfers() {
      hasSeenFrames ||= countFrames === undefined || ReflectApply(countFrames, globalThis, []) > 0;
      return hasSeenFrames;
    },

    /** Ports that no script has seen go on in the message they came in. */
    shipUnseen(handles) {
      for (let index = 0; index < handles.length; index++) bridgeOf(handles[index]).phase = 'shipped';
    },

    /** Ships ports with what `use` sends. */
    shipAnd(ports, use) {
      const shipment = prepare(ports);
      try {
        use(shipment.handles);
      } catch (error) {
        cancel(shipment);
        throw error;
      }
      commit(shipment);
    },

    paired(realm, port1, port2) {
      const end1 = createEnd();
      const end2 = createEnd();
      end1.sibling = end2;
      end2.sibling = end1;
      addObject(end1, realm, port1);
      addObject(end2, realm, port2);
    },

    started(end, realm, port) {
      if (end.route !== 'native' && end.route !== 'bridge') return;
      end.isStarted = true;
      end.realm = realm;
      if (end.bridge === null) return;
      end.port = port;
      end.bridge.start();
    },

    /** @returns {boolean} whether the value could be cloned */
    post(end, value, shipment) {
      try {
        end.bridge.post(value, shipment === undefined ? [] : shipment.handles);
      } catch {
        if (shipment !== undefined) cancel(shipment);
        return false;
      }
      if (shipment !== undefined) commit(shipment);
      return true;
    },

    closing(end, port) {
      if (end.bridge !== null) {
        end.bridge.close();
      } else if (end.route === 'native') {
        end.route = 'closed';
        if (end.sibling !== null) sayFarewell(port, end.sibling);
      }
    },

    wentAway(ends) {
      for (let index = 0; index < ends.length; index++) {
        const end = ends[index];
        if (end === null) continue;
        if (end.bridge !== null) {
          end.bridge.loseSight();
          continue;
        }
        if (end.sibling !== null) end.sibling.sibling = null;
        end.sibling = null;
        release(end);
      }
    },

    collected(token) {
      token.watched--;
      const { end } = token;
      if (token.watched === 0 && end.token === token && end.bridge !== null) end.bridge.close();
    },
  };

  const shipping = createShipping(host, { home, page, newHandle });
  const { prepare, commit, cancel } = shipping;
  host.prepare = prepare;
  host.cancel = cancel;
  home.connect(host);
  page?.connect(host);

  return {
    prepare,
    commit,
    cancel,

    /** Puts our listeners back on the window. */
    listenAgain() {
      home.listenAgain();
      page?.listenAgain();
    },

    /**
     * Takes ports from a script at once, for a message that is sure to be sent.
     * @param {any} list
     * @returns {number[]} their handles
     */
    ship(list) {
      const shipment = prepare(list);
      commit(shipment);
      return shipment.handles;
    },

    /**
     * Makes DOM ports of this realm for ports that have come.
     * @param {number[]} handles
     * @returns {MessagePort[]}
     */
    receive: (handles) => receive(handles, home),

    /** A message for a port. @param {number} handle @param {any} value @param {number[]} handles */
    onMessage(handle, value, handles) {
      // Messages for a port in this one may come before any script has seen it.
      for (let index = 0; index < handles.length; index++) bridgeOf(handles[index]);
      const bridge = MapPrototypeGet(bridges, handle);
      if (bridge === undefined) discard(handles);
      else bridge.receive(value, handles);
    },

    /** The other end of a port has closed. @param {number} handle */
    onClosed(handle) {
      MapPrototypeGet(bridges, handle)?.receiveClose();
    },

    /** Nothing more comes for a port that was shipped. @param {number} handle */
    onFence(handle) {
      const bridge = MapPrototypeGet(bridges, handle);
      if (bridge !== undefined && bridge.phase === 'shipped') bridge.settle();
      else send.settled(handle);
    },
  };
};
