// The bridges of a document: from the preload's world to each of the others, by their numbers.
'use strict';

const {
  ReflectApply,
  ReflectDefineProperty,
  ReflectHas,
  WeakSet,
  WeakSetPrototypeAdd,
  WeakSetPrototypeHas,
} = primordials;
const createBridgeSide = require('./bridge-side.js');

/** The page's world, and the world of preload scripts (semantics 84). */
const MAIN_WORLD = 0;
const PRELOAD_WORLD = 999;

/**
 * @typedef {object} Bridge
 * @property {any} failure what stands for "failed" on both sides
 * @property {any} here our side
 * @property {any} there the other world's
 * @property {any} globals its window
 * @property {(value: any) => Function} [hold] makes a function over there that gives a value
 */

/**
 * @typedef {object} Options
 * @property {any} [mainWorld] what main-world.js exports in the page's realm; absent without isolation
 * @property {(code: string, url: string) => any} [evaluateMain] runs code in the page's realm
 * @property {(world: number) => any} [worldSide] what world-side.js exports in a world of the app's own
 * @property {(world: number, code: string, url: string) => any} [evaluateIn] runs code in such a world
 * @property {object[]} [emptied] objects that arrive as `{}`: ipcRenderer (semantics 83)
 */

/** @param {Options} options */
function createBridges({ mainWorld, evaluateMain, worldSide, evaluateIn, emptied = [] }) {
  const hiddenSet = new WeakSet();
  for (let index = 0; index < emptied.length; index++) {
    WeakSetPrototypeAdd(hiddenSet, emptied[index]);
  }
  const hidden = { __proto__: null, has: (value) => WeakSetPrototypeHas(hiddenSet, value) };

  /**
   * Two sides that face each other: ours, and one that the other world makes.
   * @returns {Bridge}
   */
  function connect(other) {
    const failure = { __proto__: null, message: '', isTypeError: false };
    const here = createBridgeSide(failure, hidden);
    const there = other.createBridgeSide(failure);
    here.join(there);
    there.join(here);
    return { failure, here, there, globals: other.globals, hold: other.hold };
  }

  /** This realm to itself, for what is exposed to the preload's own world. */
  const self = {
    createBridgeSide: (failure) => createBridgeSide(failure, hidden),
    globals: {
      has: (key) => ReflectHas(globalThis, key),
      define: (key, value) => ReflectDefineProperty(globalThis, key, {
        __proto__: null, value, writable: false, enumerable: true, configurable: false,
      }),
    },
    hold: (value) => () => value,
  };

  /** From each number to its bridge. @type {Record<number, Bridge>} */
  const known = /** @type {any} */ ({ __proto__: null });
  const isIsolated = mainWorld !== undefined;

  /**
   * The bridge to a world. The page's is made at once, before the page could change anything.
   * @param {number} world
   */
  function to(world) {
    if (known[world] === undefined) {
      known[world] = connect(world === PRELOAD_WORLD ? self : /** @type {any} */ (worldSide)(world));
    }
    return known[world];
  }
  if (isIsolated) known[MAIN_WORLD] = connect(mainWorld);

  return {
    isIsolated,
    to,

    /**
     * Runs a script in another world and gives a copy of its value.
     * @param {number} world
     * @param {string} code
     * @param {string} url
     */
    evaluate(world, code, url) {
      const { here, there, hold } = to(world);
      let value;
      try {
        value = world === MAIN_WORLD
          ? /** @type {Function} */ (evaluateMain)(code, url) : /** @type {Function} */ (evaluateIn)(world, code, url);
      } catch (error) {
        there.describe(error);
        throw here.raise();
      }
      const held = /** @type {Function} */ (hold)(value);
      return ReflectApply(here.makeFunction(there.makeEntry(held, undefined), held), undefined, []);
    },
  };
}

module.exports = { MAIN_WORLD, PRELOAD_WORLD, createBridges };
