// Ends: what is known of a port in a script's hands.
//
// An end outlives the objects that stand for it. A port that a preload script hands to the page by
// `window.postMessage` is another object there, and two while it arrives, one in each world: all are
// the same end. It is gone when the engine has collected every one of them.
'use strict';

const { WeakRef, WeakRefPrototypeDeref } = primordials;

/**
 * @typedef {object} Token the objects that stand for an end at present
 * @property {End} end
 * @property {Array<{__proto__?: null, realm: any, ref: WeakRef<object>} | null>} objects two places
 * @property {null} [__proto__]
 * @property {number} watched how many of them the engine has yet to collect
 */

/**
 * @typedef {object} End
 * @property {'native' | 'bridge' | 'shipped' | 'closed'} route where a message that is posted on it
 *   goes: by the DOM alone; to another process; nowhere, for either of two reasons
 * @property {any} bridge for the route 'bridge': a Bridge (port-bridge.js)
 * @property {End | null} sibling the other port of a channel that a script made, while both are native
 * @property {boolean} hasPosted something was posted on it by the DOM
 * @property {boolean} isStarted
 * @property {any} realm the realm (port-realm.js) whose script has started it
 * @property {object | null} port its object there. Held only while a started port is connected: one
 *   that was never started may be collected (semantics 60)
 * @property {null} [__proto__]
 * @property {Token | null} token null while it is on its way from one world to another
 */

/** @returns {End} a port that nobody has an object for yet */
function createEnd() {
  return {
    __proto__: null,
    route: 'native',
    bridge: null,
    sibling: null,
    hasPosted: false,
    isStarted: false,
    realm: null,
    port: null,
    token: null,
  };
}

/**
 * Gives an end an object.
 * @param {End} end
 * @param {any} realm
 * @param {object} port
 */
function addObject(end, realm, port) {
  end.token ??= { __proto__: null, end, objects: [null, null], watched: 0 };
  const { objects } = /** @type {Token} */ (end.token);
  objects[objects[0] === null ? 0 : 1] = { __proto__: null, realm, ref: new WeakRef(port) };
  end.realm = realm;
  realm.track(port, end);
}

/** Asks to hear, by the host's `collected`, when the objects of an end are gone. */
function watch(end) {
  const { token } = end;
  if (token === null) return;
  for (let index = 0; index < 2; index++) {
    const entry = token.objects[index];
    const port = entry === null ? undefined : WeakRefPrototypeDeref(entry.ref);
    if (entry !== null && port !== undefined) {
      token.watched++;
      entry.realm.watch(port, token);
    }
  }
}

/**
 * An object that stands for an end, if there still is one.
 * @param {End} end
 * @param {any} [realm] of this realm
 * @returns {object | undefined}
 */
function objectOf({ token }, realm) {
  if (token === null) return undefined;
  for (let index = 0; index < 2; index++) {
    const entry = token.objects[index];
    if (entry === null || (realm !== undefined && entry.realm !== realm)) continue;
    const port = WeakRefPrototypeDeref(entry.ref);
    if (port !== undefined) return port;
  }
  return undefined;
}

/** What stood for an end does so no longer: it moves on, or is done with. */
function release(end) {
  end.token = null;
  end.port = null;
  end.isStarted = false;
}

module.exports = { __proto__: null, addObject, createEnd, objectOf, release, watch };
