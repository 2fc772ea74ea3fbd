// electron.contextBridge, as a preload script has it (semantics 68-87).
//
// The copying is in bridge-side.js, once for this realm and once for the page's.
'use strict';

const {
  ArrayIsArray,
  Error,
  FunctionPrototypeToString,
  NumberIsSafeInteger,
  ReflectApply,
  String,
  TypeError,
} = primordials;
const { MAIN_WORLD, createBridges } = require('./bridges.js');

const NOT_ISOLATED_TEXT = 'contextBridge API can only be used when contextIsolation is enabled';
/** Worlds have numbers below this. */
const WORLDS = 2 ** 31;
const TAKEN_TEXT = 'Cannot bind an API on top of an existing property on the window object';

/**
 * Makes the contextBridge of a document.
 * @param {import('./bridges.js').Options} options
 * @param {ReturnType<typeof createBridges>} [bridges]
 */
module.exports = function createContextBridge(options, bridges = createBridges(options)) {
  const { evaluateMain } = options;

  /** @param {number} world */
  function bridgeTo(world) {
    if (!bridges.isIsolated) throw new Error(NOT_ISOLATED_TEXT);
    return bridges.to(world);
  }

  function expose({ failure, here, there, globals }, key, api) {
    if (typeof key !== 'string') {
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${shown(key)}`);
    }
    if (globals.has(key)) throw new Error(TAKEN_TEXT);
    const copy = here.pass(api);
    if (copy === failure) throw here.raise();
    freeze(there, copy);
    if (!globals.define(key, copy)) throw new Error(TAKEN_TEXT);
  }

  /** What overflows over there is an error of that realm: not for this one. */
  function freeze(side, copy) {
    try {
      side.freeze(copy);
    } catch {
      throw new Error('The API could not be frozen.');
    }
  }

  return {
    /**
     * Gives the page a frozen copy of a value as a property of its window (semantics 69, 70).
     * @param {string} key
     * @param {any} api
     */
    exposeInMainWorld(key, api) {
      expose(bridgeTo(MAIN_WORLD), key, api);
    },

    /**
     * The same for a world by its number (semantics 84).
     * @param {number} worldId
     * @param {string} key
     * @param {any} api
     */
    exposeInIsolatedWorld(worldId, key, api) {
      if (bridges.isIsolated && (!NumberIsSafeInteger(worldId) || worldId < 0 || worldId >= WORLDS)) {
        throw new TypeError(`Error processing argument at index 0, conversion failure from ${shown(worldId)}`);
      }
      expose(bridgeTo(worldId), key, api);
    },

    /**
     * Runs a function's text in the page's world, with copies of the arguments, and returns a copy of
     * the result (semantics 85).
     * @param {{func: Function, args?: any[]}} script
     */
    executeInMainWorld(script) {
      const { here, there } = bridgeTo(MAIN_WORLD);
      const func = script?.func;
      if (typeof func !== 'function') throw new TypeError("Function 'func' is required in script");
      const args = script.args ?? [];
      if (!ArrayIsArray(args)) throw new TypeError("'args' must be an array");
      const text = FunctionPrototypeToString(func);
      let pageFunction;
      try {
        pageFunction = /** @type {Function} */ (evaluateMain)(`(${text})`, 'conch:executeInMainWorld');
      } catch (error) {
        here.describe(error);
        throw here.raise();
      }
      const call = here.makeFunction(there.makeEntry(pageFunction, undefined), pageFunction);
      return ReflectApply(call, undefined, args);
    },
  };
};

/** A value as text, even where it has none. */
function shown(value) {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}
