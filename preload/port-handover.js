// Ports on their way between the worlds of a window, by `window.postMessage` (semantics 63).
//
// A port that arrives is a new object, and nothing on it says whose it is. So the message that brings
// it is announced by one of ours, posted right before it and to the same target: the window gets both
// or neither, in this order and with none in between. Our listeners are the window's first; they eat
// the announcement and then know the ports of the next message. Pages never see it, nor can they make
// one up.
'use strict';

const {
  Map,
  MapPrototypeDelete,
  MapPrototypeGet,
  MapPrototypeGetSize,
  MapPrototypeHas,
  MapPrototypeSet,
} = primordials;
const { addObject, release, watch } = require('./port-ends.js');

/** @typedef {import('./port-ends.js').End} End */

/**
 * @param {number} realmCount how many realms listen
 * @param {string} secret what no page can guess
 * @param {(end: End) => void} onArrival
 */
module.exports = function createHandover(realmCount, secret, onArrival) {
  /** Announcements on their way -> the ends to come; null: none after all. */
  const announced = new Map();
  /** @type {Array<End | null> | null} The ends that the next message brings. */
  let arriving = null;
  let turnsLeft = 0;
  let count = 0;

  return {
    __proto__: null,

    /** Whether the realms have to look at the window's messages at all. */
    get isExpecting() {
      return arriving !== null || MapPrototypeGetSize(announced) > 0;
    },
    get isArriving() {
      return arriving !== null;
    },

    /**
     * @param {Array<End | null>} ends of the ports in a message, null for those that are not ours
     * @returns {string} the announcement to post
     */
    announce(ends) {
      count++;
      const announcement = `${secret}${count}`;
      MapPrototypeSet(announced, announcement, ends);
      return announcement;
    },
    /** The message could not be posted. */
    retract(announcement) {
      MapPrototypeSet(announced, announcement, null);
    },
    /** It was. */
    departed(announcement) {
      const ends = MapPrototypeGet(announced, announcement);
      for (let index = 0; index < ends.length; index++) {
        if (ends[index] !== null) release(ends[index]);
      }
    },

    /** @param {string} text a message to the window */
    isAnnouncement(text) {
      if (!MapPrototypeHas(announced, text)) return false;
      arriving = MapPrototypeGet(announced, text);
      turnsLeft = realmCount;
      MapPrototypeDelete(announced, text);
      return true;
    },

    /** The announced message is there; each realm says so with its own objects for the ports. */
    arrived(realm, ports) {
      const ends = /** @type {Array<End | null>} */ (arriving);
      turnsLeft--;
      if (turnsLeft === 0) arriving = null;
      for (let index = 0; index < ends.length && index < ports.length; index++) {
        const end = ends[index];
        if (end === null) continue;
        addObject(end, realm, ports[index]);
        if (turnsLeft > 0 || end.bridge === null) continue;
        watch(end);
        onArrival(end);
      }
    },
  };
};
