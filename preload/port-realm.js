// What one realm has to do for MessagePorts that lead out of the process.
//
// A port in a script's hands is a real DOM MessagePort. Those that lead to another process are
// known here, each by its "end" (see port-ends.js), and this file makes the realm's own functions
// treat them so: what is posted on them goes to the host (message-ports.js), and what arrives is
// dispatched on them. Every other port goes on as before.
//
// Scripts of this realm may be hostile and the host may be of another realm. So the host is asked
// through `ask`, which lets none of its exceptions out; and the rules of bridge-side.js hold.
'use strict';

const {
  DOMException,
  Event,
  EventPrototypeStopImmediatePropagation,
  EventTargetPrototypeAddEventListener,
  EventTargetPrototypeDispatchEvent,
  FinalizationRegistry,
  FinalizationRegistryPrototypeRegister,
  MessageChannel,
  MessageChannelPrototype,
  MessageChannelPrototypeGetPort1,
  MessageChannelPrototypeGetPort2,
  MessageEvent,
  MessageEventPrototypeGetData,
  MessageEventPrototypeGetPorts,
  MessagePortPrototype,
  MessagePortPrototypePostMessage,
  Proxy,
  ReflectApply,
  ReflectConstruct,
  ReflectDefineProperty,
  ReflectGetOwnPropertyDescriptor,
  WeakMap,
  WeakMapPrototypeGet,
  WeakMapPrototypeSet,
  globalThis,
  structuredClone,
  windowAddEventListener,
} = primordials;
const { append } = require('./lists.js');
const { isMessagePort, isTrusted, readTransfer, readWindowTransfer, sequence } = require('./port-transfer.js');

/** @typedef {import('./port-ends.js').End} End */

/**
 * @param {boolean} isHome whether the host is of this realm: values need no copying then
 */
module.exports = function createPortRealm(isHome) {
  /** Ports of this realm that somebody keeps an eye on. @type {WeakMap<object, End>} */
  const ends = new WeakMap();
  /** Events -> their ports: while an event can be asked for them, they stay who they are. */
  const portsOfEvents = new WeakMap();
  /** @type {WeakMap<object, {handler: any}>} values of `onclose` */
  const closeHandlers = new WeakMap();
  /** @type {any} */
  let host;

  const FAILED = { __proto__: null };
  /** Calls a function of the host. */
  function ask(question, ...values) {
    try {
      const answer = ReflectApply(question, undefined, values);
      return answer;
    } catch {
      return FAILED;
    }
  }

  const gone = new FinalizationRegistry((token) => ask(host.collected, token));
  const cloneError = () => new DOMException('The object can not be cloned.', 'DataCloneError');

  // ---- What scripts do ----

  /** `MessagePort.prototype.postMessage` */
  function post(port, values, original) {
    const end = WeakMapPrototypeGet(ends, port);
    if (end === undefined || end.route === 'native') {
      const result = postNatively(port, values, original, 1);
      if (end !== undefined) end.hasPosted = true;
      return result;
    }
    const list = values.length > 1 ? readTransfer(values[1]) : undefined;
    if (values.length === 0 || list === null) return ReflectApply(original, port, values); // throws
    // Closed, or on its way to another process: posting does nothing (HTML, "detached").
    if (end.route !== 'bridge') return undefined;
    postToBridge(end, port, values[0], list);
    return undefined;
  }

  function postToBridge(end, port, message, list) {
    const ports = [];
    const others = [];
    for (let index = 0; list !== undefined && index < list.length; index++) {
      const item = list[index];
      if (item === port) throw cloneError();
      append(isMessagePort(item) ? ports : others, item);
    }
    const shipment = ports.length === 0 ? undefined : ask(host.prepare, ports);
    if (shipment === FAILED) throw cloneError();
    let copy = message;
    if (typeof message === 'object' || typeof message === 'function' || typeof message === 'symbol') {
      try {
        // By the engine itself, so that errors, getters and order are those of a DOM port.
        copy = structuredClone(message, { __proto__: null, transfer: sequence(others) });
      } catch (error) {
        if (shipment !== undefined) ask(host.cancel, shipment);
        throw error;
      }
    }
    // What the DOM can clone and the wire cannot (a Blob) fails here.
    if (ask(host.post, end, copy, shipment) !== true) throw cloneError();
  }

  /**
   * Calls a function that may transfer ports to wherever the DOM can send them. Those that lead out
   * of the process are beyond our reach from then on.
   */
  function postNatively(self, values, original, at) {
    const list = values.length > at ? readTransfer(values[at]) : undefined;
    if (list === undefined || list === null) {
      const result = ReflectApply(original, self, values);
      return result;
    }
    const found = endsIn(list);
    const replaced = [values[0], { __proto__: null, transfer: sequence(list) }];
    const result = ReflectApply(original, self, replaced);
    if (found !== undefined) ask(host.wentAway, found);
    return result;
  }

  /** `window.postMessage`, which takes ports to the other realm of this window. */
  function postToWindow(self, values, original) {
    const call = readWindowTransfer(values);
    const found = call === undefined ? undefined : endsIn(call.list);
    if (call === undefined || found === undefined) {
      const result = ReflectApply(original, self, call === undefined ? values : call.values);
      return result;
    }
    if (self !== undefined && self !== globalThis) {
      const result = ReflectApply(original, self, call.values);
      ask(host.wentAway, found);
      return result;
    }
    // First a message of ours, addressed in the same way, that says who comes next.
    const nonce = ask(host.handover.announce, found);
    ReflectApply(original, self, [nonce, call.address]);
    try {
      ReflectApply(original, self, call.values);
    } catch (error) {
      ask(host.handover.retract, nonce);
      throw error;
    }
    ask(host.handover.departed, nonce);
    return undefined;
  }

  /**
   * The ends of the ports in a list, `null` for unknown ones; `undefined` if all are.
   * @throws {DOMException} if one is on its way to another process already
   */
  function endsIn(list) {
    const found = [];
    let isAny = false;
    for (let index = 0; index < list.length; index++) {
      const end = WeakMapPrototypeGet(ends, list[index]);
      if (end !== undefined) {
        if (end.route === 'shipped') throw cloneError();
        isAny = true;
      }
      if (end !== undefined || isMessagePort(list[index])) append(found, end ?? null);
    }
    return isAny ? found : undefined;
  }

  /** `start`, and setting `onmessage` */
  function start(port, values, original) {
    const end = WeakMapPrototypeGet(ends, port);
    if (end !== undefined && end.route === 'shipped') return undefined;
    ReflectApply(original, port, values);
    if (end !== undefined) ask(host.started, end, realm, port);
    return undefined;
  }

  function close(port, values, original) {
    const end = WeakMapPrototypeGet(ends, port);
    // The DOM's port lives on, and is ours.
    if (end !== undefined && end.route === 'shipped') return undefined;
    if (end !== undefined) ask(host.closing, end, port);
    ReflectApply(original, port, values);
    return undefined;
  }

  /**
   * `onclose`, which this engine's ports lack (semantics 61): an event handler attribute.
   */
  const closeHandler = {
    get onclose() {
      return WeakMapPrototypeGet(closeHandlers, this)?.handler ?? null;
    },
    set onclose(value) {
      if (!isMessagePort(this)) return;
      const handler = typeof value === 'function' || (typeof value === 'object' && value) ? value : null;
      const known = WeakMapPrototypeGet(closeHandlers, this);
      if (known !== undefined) {
        known.handler = handler;
        return;
      }
      const entry = { __proto__: null, handler };
      WeakMapPrototypeSet(closeHandlers, this, entry);
      EventTargetPrototypeAddEventListener(this, 'close', function (event) {
        if (typeof entry.handler === 'function') ReflectApply(entry.handler, this, [event]);
      });
    },
  };

  /** Puts a function of ours in the place of another that prints and reads like it. */
  function replace(owner, name, kind, intercept) {
    const descriptor = owner && ReflectGetOwnPropertyDescriptor(owner, name);
    const original = descriptor?.[kind];
    if (original === undefined) return;
    const apply = (target, self, values) => intercept(self, values, target);
    descriptor[kind] = new Proxy(original, { __proto__: null, apply });
    ReflectDefineProperty(owner, name, descriptor);
  }

  function install() {
    replace(MessagePortPrototype, 'postMessage', 'value', post);
    replace(MessagePortPrototype, 'start', 'value', start);
    replace(MessagePortPrototype, 'onmessage', 'set', start);
    replace(MessagePortPrototype, 'close', 'value', close);
    if (!('onclose' in MessagePortPrototype)) {
      ReflectDefineProperty(
        MessagePortPrototype,
        'onclose',
        /** @type {any} */ (ReflectGetOwnPropertyDescriptor(closeHandler, 'onclose')),
      );
    }
    const postAt1 = (self, values, original) => postNatively(self, values, original, 1);
    replace(globalThis.Worker?.prototype, 'postMessage', 'value', postAt1);
    replace(globalThis.ServiceWorker?.prototype, 'postMessage', 'value', postAt1);
    replace(globalThis, 'structuredClone', 'value', postAt1);
    replace(globalThis, 'postMessage', 'value', postToWindow);
    installChannel();
    windowAddEventListener?.('message', onWindowMessage, true);
  }

  /** Notes which two ports belong together: when one is shipped, the other leads out. */
  function installChannel() {
    const construct = (target, values, newTarget) => {
      const channel = ReflectConstruct(target, values, newTarget);
      const port1 = MessageChannelPrototypeGetPort1(channel);
      const port2 = MessageChannelPrototypeGetPort2(channel);
      ask(host.paired, realm, port1, port2);
      return channel;
    };
    const proxy = new Proxy(MessageChannel, { __proto__: null, construct });
    for (const [owner, name] of [[globalThis, 'MessageChannel'], [MessageChannelPrototype, 'constructor']]) {
      const descriptor = ReflectGetOwnPropertyDescriptor(owner, name);
      if (descriptor !== undefined) ReflectDefineProperty(owner, name, { ...descriptor, value: proxy });
    }
  }

  /** Eats the messages that announce ports, and takes the ports that were announced. */
  function onWindowMessage(event) {
    const { handover } = host;
    if (!handover.isExpecting || !isTrusted(event)) return;
    if (handover.isArriving) {
      const ports = MessageEventPrototypeGetPorts(event);
      WeakMapPrototypeSet(portsOfEvents, event, ports);
      ask(handover.arrived, realm, ports);
      return;
    }
    const data = MessageEventPrototypeGetData(event);
    if (typeof data === 'string' && ask(handover.isAnnouncement, data) === true) {
      EventPrototypeStopImmediatePropagation(event);
    }
  }

  // ---- What the host does ----

  /** @type {any} */
  const realm = {
    __proto__: null,
    isHome,

    /** Begins, at document start. */
    connect(hostOfDocument) {
      host = hostOfDocument;
      install();
    },
    /** Listens again, after `document.open()` has removed all listeners. */
    listenAgain() {
      windowAddEventListener?.('message', onWindowMessage, true);
    },

    /** @returns {End | undefined} */
    endOf: (port) => WeakMapPrototypeGet(ends, port),
    track(port, end) {
      WeakMapPrototypeSet(ends, port, end);
    },
    /** Tells the host of `token` once the port is unreachable. */
    watch(port, token) {
      FinalizationRegistryPrototypeRegister(gone, port, token);
    },

    /** This realm's object for a port that another realm has one for. */
    wrap(port) {
      const event = new MessageEvent('', { __proto__: null, ports: sequence([port]) });
      return MessageEventPrototypeGetPorts(event)[0];
    },

    /** Whether a port was transferred by means that are not ours to see (another frame's functions). */
    isDetached(port) {
      try {
        // A port cannot be sent through itself, unless it is detached: then nothing is sent at all.
        MessagePortPrototypePostMessage(port, 0, sequence([port]));
        return true;
      } catch {
        return false;
      }
    },

    /**
     * @param {object} port
     * @param {any} value of the host's realm
     * @param {any[]} ports of this realm
     */
    dispatchMessage(port, value, ports) {
      const data = isHome || typeof value !== 'object' ? value : structuredClone(value);
      const event = new MessageEvent('message', { __proto__: null, data, ports: sequence(ports) });
      // The constructor takes undefined for the default, which is null.
      if (data === undefined) ReflectDefineProperty(event, 'data', { __proto__: null, value: undefined });
      WeakMapPrototypeSet(portsOfEvents, event, ports);
      EventTargetPrototypeDispatchEvent(port, event);
    },
    dispatchClose(port) {
      EventTargetPrototypeDispatchEvent(port, new Event('close'));
    },
  };
  return realm;
};
