// A script world's half of the internals: what must be made by its own realm. The page's world has
// more (main-world.js); a world of the app's own has this (semantics 84).
//
// What this exports is handed to the preload's world and to nobody else. The two realms call each
// other directly; bridge-side.js says what keeps their objects apart.
'use strict';

const { ReflectDefineProperty, ReflectHas } = primordials;
const createBridgeSide = require('./bridge-side.js');

/** No value of this world's is held back from the preload. */
const nothingHidden = { __proto__: null, has: () => false };

module.exports = {
  __proto__: null,

  /** @param {any} failure see bridge-side.js */
  createBridgeSide: (failure) => createBridgeSide(failure, nothingHidden),

  /** The window, for what is exposed on it (semantics 69, 70). */
  globals: {
    __proto__: null,
    has: (key) => ReflectHas(globalThis, key),
    define: (key, value) =>
      ReflectDefineProperty(globalThis, key, {
        __proto__: null,
        value,
        writable: false,
        enumerable: true,
        configurable: false,
      }),
  },

  /** A function that gives a value of this realm, for the bridge to call. */
  hold: (value) => () => value,

  /**
   * Awaits a value where it comes from. A thenable is called with functions of its own realm this
   * way: through one of ours it could reach everything in the preload's world. `done` is ours and
   * must not throw.
   * @param {any} value
   * @param {(isRejected: boolean, result: any) => void} done
   */
  async settle(value, done) {
    let result;
    try {
      result = await value;
    } catch (error) {
      done(true, error);
      return;
    }
    done(false, result);
  },
};
