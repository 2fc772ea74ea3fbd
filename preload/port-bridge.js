// A bridge: one port that leads to another process, between its handle on the link and its end.
//
//   link  <->  Bridge  <->  end, a port in a script's hands
//                 \           /
//                 kept  <->  (the DOM's channel between them)
//
// While the end is where our realms see it, messages pass straight between bridge and end. The DOM's
// own channel below is what makes the end transferable: when a script sends the end to a worker or
// to another frame, the traffic goes by `kept` from then on. It is also how a channel that a script
// made is taken over: `kept` is then the port that was shipped, and what the script had posted before
// by the DOM comes first; a marker at the end of it says when the straight way is free.
//
// WebKit crashes (2.50) when a port is transferred while a message for it is on its way from the
// process's queues to the script. So no port is ever transferred here: one that was shipped is taken
// from the script by what port-realm.js lets be done with it, not by the DOM.
'use strict';

const {
  EventPrototypeStopImmediatePropagation,
  EventTargetPrototypeAddEventListener,
  EventTargetPrototypeRemoveEventListener,
  MessageEventPrototypeGetData,
  MessageEventPrototypeGetPorts,
  MessagePortPrototypeClose,
  MessagePortPrototypePostMessage,
  MessagePortPrototypeStart,
} = primordials;
const { Queue } = require('./lists.js');
const { release } = require('./port-ends.js');
const { sequence } = require('./port-transfer.js');

/**
 * @typedef {object} Item what came over the link: a message, or the close of the other end
 * @property {any} value
 * @property {number[]} handles ports in the message
 * @property {boolean} isClose
 * @property {null} [__proto__]
 */

/** @param {any} value @param {number[]} handles @returns {Item} */
const messageItem = (value, handles) => ({ __proto__: null, value, handles, isClose: false });
/** @type {Item} */
const CLOSE = { __proto__: null, value: undefined, handles: [], isClose: true };

class Bridge {
  /**
   * 'open'; 'shipped': the handle is on its way to another process; 'closing': the end is closed, and
   * something that it posted is still on the DOM's way; 'done'
   */
  phase = 'open';
  /** @type {any} our port of the DOM's channel */
  kept = null;
  /** @type {import('./port-ends.js').End | null} null: out of sight */
  end = null;
  /** Messages for the end. @type {import('./lists.js').Queue<Item>} */
  inbox = new Queue();
  /** What the end posted while older messages are on the DOM's way. @type {import('./lists.js').Queue<Function>} */
  outbox = new Queue();
  /** Messages for the end may go straight: nothing older waits in the DOM's channel. */
  isInboundClear = true;
  isOutboundClear = true;
  /** The DOM's other port is one that we keep, too: it understands our markers. */
  hasTwin = false;
  #isFlushing = false;
  #markerSent = false;
  /** @type {any} */
  #host;

  /** @param {any} host see message-ports.js @param {number} handle */
  constructor(host, handle) {
    this.#host = host;
    this.handle = handle;
  }

  // ---- From the link ----

  /** @param {any} value @param {number[]} handles */
  receive(value, handles) {
    if (this.phase === 'open' || this.phase === 'shipped') this.#take(messageItem(value, handles));
    else this.#host.discard(handles);
  }

  /** The other end has closed. On a handle that is shipped the new owner hears it. */
  receiveClose() {
    if (this.phase === 'open') this.#take(CLOSE);
  }

  #take(item) {
    if (this.phase === 'open' && this.inbox.isEmpty && !this.#isFlushing) {
      if (this.end === null) {
        if (this.kept !== null) return this.#pass(item);
      } else if (this.end.isStarted && this.isInboundClear) {
        return this.#deliver(item);
      }
    }
    this.inbox.push(item);
    return undefined;
  }

  /** The fence has come: gives back what no script has seen. */
  settle() {
    const { send } = this.#host;
    for (let item = this.inbox.shift(); item !== undefined; item = this.inbox.shift()) {
      if (item.isClose) continue;
      this.#host.shipUnseen(item.handles);
      send.returned(this.handle, item.value, item.handles);
    }
    this.#finish();
    send.settled(this.handle);
  }

  // ---- To the end ----

  /** A script has started the end. */
  start() {
    const { end, kept } = this;
    if (end === null || this.phase !== 'open') return;
    if (!this.isInboundClear) {
      // Not before: an end that is never started would be kept from collection by our listener.
      if (!this.#markerSent) {
        this.#markerSent = true;
        this.#interceptMarker(end.port);
        MessagePortPrototypePostMessage(kept, this.#host.marker);
      }
    } else if (!this.inbox.isEmpty && !this.#isFlushing) {
      this.#isFlushing = true;
      this.#host.schedule(() => this.#flush());
    }
  }

  #interceptMarker(port) {
    const { marker } = this.#host;
    const listener = (event) => {
      if (MessageEventPrototypeGetData(event) !== marker) return;
      EventPrototypeStopImmediatePropagation(event);
      EventTargetPrototypeRemoveEventListener(port, 'message', listener, true);
      this.isInboundClear = true;
      this.start();
    };
    EventTargetPrototypeAddEventListener(port, 'message', listener, true);
  }

  /** Delivers one of the messages that wait, in a task each, as the DOM does. */
  #flush() {
    this.#isFlushing = false;
    if (this.end === null || !this.end.isStarted || this.phase !== 'open') return;
    const item = this.inbox.shift();
    if (item === undefined) return;
    if (!this.inbox.isEmpty) {
      this.#isFlushing = true;
      this.#host.schedule(() => this.#flush());
    }
    this.#deliver(item);
  }

  /** @param {Item} item */
  #deliver(item) {
    const { realm, port } = /** @type {any} */ (this.end);
    if (item.isClose) {
      this.#finish();
      this.#host.send.close(this.handle);
      realm.dispatchClose(port);
    } else if (this.#host.mayMissTransfers() && realm.isDetached(port)) {
      this.loseSight(item);
    } else {
      realm.dispatchMessage(port, item.value, this.#host.receive(item.handles, realm));
    }
  }

  /** Sends an item on by the DOM. */
  #pass(item) {
    const host = this.#host;
    const { kept } = this;
    if (item.isClose) {
      if (this.hasTwin) MessagePortPrototypePostMessage(kept, host.farewell);
      this.#finish();
      host.send.close(this.handle);
      return;
    }
    const transfer = sequence(host.receiveToPass(item.handles));
    host.attempt(() => MessagePortPrototypePostMessage(kept, item.value, { __proto__: null, transfer }));
  }

  /**
   * The end went where only the DOM can follow.
   * @param {Item} [first] what it has not got before the rest
   */
  loseSight(first) {
    this.#loseEnd('native');
    if (first !== undefined) this.#pass(first);
    this.#passAll();
  }

  #passAll() {
    if (this.kept === null || this.phase !== 'open') return;
    for (let item = this.inbox.shift(); item !== undefined; item = this.inbox.shift()) this.#pass(item);
  }

  /** Whether the handle can be shipped as it is: nothing waits in the DOM's channel. */
  get isStraight() {
    return this.phase === 'open' && this.isInboundClear && this.isOutboundClear;
  }

  // ---- From the end ----

  /**
   * A script has posted on the end.
   * @param {any} value
   * @param {number[]} handles
   * @throws if the value cannot be cloned
   */
  post(value, handles) {
    const { send } = this.#host;
    if (this.isOutboundClear) send.post(this.handle, value, handles);
    else this.outbox.push(() => send.post(this.handle, value, handles));
  }

  /** A script has closed the end, or nobody can reach it any more. */
  close() {
    if (this.phase !== 'open') return;
    this.phase = 'closing';
    this.#loseEnd('closed');
    for (let item = this.inbox.shift(); item !== undefined; item = this.inbox.shift()) {
      this.#host.discard(item.handles);
    }
    const finish = () => {
      this.#finish();
      this.#host.send.close(this.handle);
    };
    if (this.isOutboundClear) finish();
    else this.outbox.push(finish);
  }

  #loseEnd(route) {
    const { end } = this;
    if (end === null) return;
    end.route = route;
    end.bridge = null;
    end.sibling = null;
    release(end);
    this.end = null;
  }

  /** What was on the DOM's way has all come. */
  #clearOutbound() {
    this.isOutboundClear = true;
    for (let send = this.outbox.shift(); send !== undefined; send = this.outbox.shift()) {
      this.#host.attempt(send);
    }
  }

  // ---- The DOM's channel ----

  /**
   * Takes `kept` into use. It may be a port that a script has had, with listeners: ours comes before
   * them, and lets nothing through.
   * @param {any} kept
   */
  keep(kept) {
    this.kept = kept;
    EventTargetPrototypeAddEventListener(kept, 'message', this.onMessage, true);
    MessagePortPrototypeStart(kept);
    if (this.end === null) this.#passAll();
    else if (this.end.isStarted) this.start();
  }

  onMessage = (event) => {
    EventPrototypeStopImmediatePropagation(event);
    const { farewell, marker, send } = this.#host;
    const data = MessageEventPrototypeGetData(event);
    if (data === marker) {
      if (!this.isOutboundClear) this.#clearOutbound();
    } else if (data === farewell) {
      this.#finish();
      send.close(this.handle);
    } else if (this.phase === 'open' || this.phase === 'closing') {
      const ports = MessageEventPrototypeGetPorts(event);
      this.#host.attempt(() => this.#host.shipAnd(ports, (handles) => send.post(this.handle, data, handles)));
    }
  };

  /** The handle is on its way to another process; its end is no longer the script's. */
  ship(port) {
    this.phase = 'shipped';
    this.#loseEnd('shipped');
    MessagePortPrototypeClose(port);
  }

  #finish() {
    const { kept } = this;
    this.phase = 'done';
    this.#host.forget(this.handle);
    this.#loseEnd('closed');
    if (kept !== null) {
      EventTargetPrototypeRemoveEventListener(kept, 'message', this.onMessage, true);
      MessagePortPrototypeClose(kept);
      this.kept = null;
    }
  }
}

module.exports = Bridge;
