// Ports on their way out of the document: taken from the script, given to another process.
'use strict';

const {
  ArrayIsArray,
  MessagePortPrototypePostMessage,
  MessagePortPrototypeSetOnmessage,
  TypeError,
} = primordials;
const { append } = require('./lists.js');
const { addObject, createEnd, objectOf, release, watch } = require('./port-ends.js');
const { isMessagePort } = require('./port-transfer.js');

/**
 * Ports on their way out of the document. Prepared, put into a message, then committed once the
 * message is sent, or cancelled if it could not be: nothing was taken from the script until then.
 * @typedef {{__proto__?: null, handles: number[], parcels: any[]}} Shipment
 */

/**
 * @param {any} host see message-ports.js
 * @param {{home: any, page: any, newHandle: () => number}} document its realms, and where handles come from
 */
module.exports = function createShipping(host, { home, page, newHandle }) {
  const invalid = () => new TypeError('Invalid value for transfer');

  /**
   * @param {any} list
   * @returns {Shipment}
   * @throws {TypeError} unless all are ports that can be transferred, each once (semantics 25, 54)
   */
  function prepare(list) {
    if (!ArrayIsArray(list)) throw invalid();
    const { length } = list;
    const parcels = [];
    for (let index = 0; index < length; index++) {
      const given = list[index];
      if (!isMessagePort(given) || home.isDetached(given)) throw invalid();
      const end = home.endOf(given) ?? page?.endOf(given);
      if (end !== undefined && end.route === 'shipped') throw invalid();
      // One object for one port, whichever world's was given.
      const port = home.wrap(given);
      for (let earlier = 0; earlier < index; earlier++) {
        if (parcels[earlier].port === port) throw invalid();
      }
      append(parcels, { __proto__: null, given, port, end, bridge: null });
    }
    const handles = [];
    for (let index = 0; index < length; index++) append(handles, prepareOne(parcels[index]));
    return { __proto__: null, handles, parcels };
  }

  /** @returns {number} the handle to ship */
  function prepareOne(parcel) {
    const { end } = parcel;
    if (end !== undefined && end.route === 'bridge' && end.bridge.isStraight) return end.bridge.handle;
    // A channel of the main process takes the place of the DOM's: `a` stays, for the other port.
    const a = newHandle();
    const b = newHandle();
    host.send.channel(a, b);
    // A port that is closed can be sent (HTML, "transfer steps"); what arrives is closed too.
    if (end !== undefined && end.route === 'closed') {
      host.send.close(a);
      return b;
    }
    const bridge = host.bridgeOf(a);
    parcel.bridge = bridge;
    const sibling = end?.sibling;
    if (sibling && sibling.route === 'native' && isReachable(sibling)) {
      // In the same list the other port may follow; it is the end of a bridge then.
      bridge.end = sibling;
      bridge.isInboundClear = !end.hasPosted;
      bridge.isOutboundClear = !sibling.hasPosted;
      sibling.route = 'bridge';
      sibling.bridge = bridge;
    }
    return b;
  }

  /** Whether a script can have an end, or will: it may be on its way between worlds. */
  const isReachable = (end) => end.token === null || objectOf(end) !== undefined;

  /** @param {Shipment} shipment */
  function cancel({ handles, parcels }) {
    for (let index = 0; index < parcels.length; index++) {
      const { bridge, end } = parcels[index];
      if (end?.route === 'closed') host.send.close(handles[index]);
      if (bridge === null) continue;
      if (bridge.end !== null) {
        bridge.end.route = 'native';
        bridge.end.bridge = null;
        bridge.end = null;
      }
      bridge.close();
      host.send.close(handles[index]);
    }
  }

  /** @param {Shipment} shipment */
  function commit({ parcels }) {
    for (let index = 0; index < parcels.length; index++) {
      const { given, port, end, bridge } = parcels[index];
      if (end?.route === 'closed') end.route = 'shipped';
      else if (bridge === null) end.bridge.ship(port);
      else takeOver(bridge, port, end ?? newcomer(given, port));
    }
  }

  /** The end of a port that was never seen before. */
  function newcomer(given, port) {
    const end = createEnd();
    addObject(end, home, port);
    if (given !== port) page.track(given, end);
    return end;
  }

  /** Makes a port that a script has shipped the kept one of a bridge. */
  function takeOver(bridge, port, end) {
    const { sibling } = end;
    if (end.bridge !== null) {
      // Older messages are on the DOM's way to it: they, and all others, come through there.
      bridge.hasTwin = true;
      end.bridge.hasTwin = true;
      end.bridge.loseSight();
    }
    end.route = 'shipped';
    end.sibling = null;
    release(end);
    if (bridge.end !== null) connectSibling(bridge, bridge.end);
    MessagePortPrototypeSetOnmessage(port, null);
    bridge.keep(port);
    if (sibling !== null && bridge.end === null && !bridge.hasTwin) hangUp(bridge);
  }

  /** The port that a script keeps leads out from now on. */
  function connectSibling(bridge, sibling) {
    sibling.sibling = null;
    if (sibling.isStarted) sibling.port = objectOf(sibling, sibling.realm) ?? objectOf(sibling) ?? null;
    watch(sibling);
    if (!bridge.isOutboundClear) sendMarker(sibling);
  }

  /** Marks the end of what was posted on an end by the DOM. */
  function sendMarker(end) {
    const port = objectOf(end);
    if (port !== undefined) MessagePortPrototypePostMessage(port, host.marker);
  }

  /** Its other port is closed or lost: what it had posted is still to come. */
  function hangUp(bridge) {
    const { schedule } = host;
    schedule(() => schedule(() => schedule(() => bridge.close())));
  }

  return { __proto__: null, prepare, commit, cancel, sendMarker };
};
