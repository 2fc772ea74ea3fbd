// electron.contextBridge, as a preload script has it (semantics 68-87).
//
// The copying is in bridge-side.js, once for this realm and once for the page's.
'use strict';

const {
  ArrayIsArray,
  Error,
  FunctionPrototypeToString,
  ReflectApply,
  ReflectDefineProperty,
  ReflectHas,
  String,
  TypeError,
  WeakSet,
  WeakSetPrototypeAdd,
  WeakSetPrototypeHas,
} = primordials;
const createBridgeSide = require('./bridge-side.js');

const NOT_ISOLATED_TEXT = 'contextBridge API can only be used when contextIsolation is enabled';
const TAKEN_TEXT = 'Cannot bind an API on top of an existing property on the window object';
/** The page's world, and the world of preload scripts (semantics 84). */
const MAIN_WORLD = 0;
const PRELOAD_WORLD = 999;

/**
 * @typedef {object} Options
 * @property {any} [mainWorld] what main-world.js exports in the page's realm; absent without isolation
 * @property {(code: string, url: string) => any} [evaluateMain] runs code in the page's realm
 * @property {object[]} [emptied] objects that arrive as `{}`: ipcRenderer (semantics 83)
 */

/**
 * Makes the contextBridge of a document.
 * @param {Options} options
 */
module.exports = function createContextBridge({ mainWorld, evaluateMain, emptied = [] }) {
  const hiddenSet = new WeakSet();
  for (let index = 0; index < emptied.length; index++) {
    WeakSetPrototypeAdd(hiddenSet, emptied[index]);
  }
  const hidden = { __proto__: null, has: (value) => WeakSetPrototypeHas(hiddenSet, value) };

  /** Two sides that face each other: ours, and one that `makeOther` makes. */
  function connect(makeOther) {
    const failure = { __proto__: null, message: '', isTypeError: false };
    const here = createBridgeSide(failure, hidden);
    const there = makeOther(failure);
    here.join(there);
    there.join(here);
    return { failure, here, there };
  }

  const page = mainWorld === undefined ? undefined : connect(mainWorld.createBridgeSide);
  const pageGlobal = mainWorld?.globals;

  /** This realm to itself, for what is exposed to the preload's own world. */
  let loop;
  const ownGlobal = {
    __proto__: null,
    has: (key) => ReflectHas(globalThis, key),
    define: (key, value) => defineGlobal(key, value),
  };

  function requirePage() {
    if (page === undefined) throw new Error(NOT_ISOLATED_TEXT);
    return page;
  }

  function expose({ failure, here, there }, global, key, api) {
    if (typeof key !== 'string') {
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${shown(key)}`);
    }
    if (global.has(key)) throw new Error(TAKEN_TEXT);
    const copy = here.pass(api);
    if (copy === failure) throw here.raise();
    freeze(there, copy);
    if (!global.define(key, copy)) throw new Error(TAKEN_TEXT);
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
      expose(requirePage(), pageGlobal, key, api);
    },

    /**
     * The same for a world by its number (semantics 84). WebKit's worlds have no numbers: the page's
     * and the preload's own are known.
     * @param {number} worldId
     * @param {string} key
     * @param {any} api
     */
    exposeInIsolatedWorld(worldId, key, api) {
      const ends = requirePage();
      if (worldId === MAIN_WORLD) {
        expose(ends, pageGlobal, key, api);
      } else if (worldId === PRELOAD_WORLD) {
        loop ??= connect((failure) => createBridgeSide(failure, hidden));
        expose(loop, ownGlobal, key, api);
      } else {
        throw new Error(
          `contextBridge.exposeInIsolatedWorld for world ${shown(worldId)} is not supported by Conch`,
        );
      }
    },

    /**
     * Runs a function's text in the page's world, with copies of the arguments, and returns a copy of
     * the result (semantics 85).
     * @param {{func: Function, args?: any[]}} script
     */
    executeInMainWorld(script) {
      const { here, there } = requirePage();
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

/** A property that can be neither changed nor removed. */
function defineGlobal(key, value) {
  return ReflectDefineProperty(globalThis, key, {
    __proto__: null,
    value,
    writable: false,
    enumerable: false,
    configurable: false,
  });
}
