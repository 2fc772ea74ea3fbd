// One side of contextBridge: what is copied out of this realm, and what is made in it.
//
// Two realms face each other, the preload's and the page's. Each evaluates this file with its own
// intrinsics, and the two sides are joined. The rule that everything rests on: a realm's objects are
// looked into, called and made by that realm's side alone. To the other side they are opaque; it
// hands them back where they came from. So no object of one realm, not even an exception or an
// arguments list that the engine makes on the way, is ever within reach of the other's scripts.
//
// What the page may have done to its prototypes before a call must not matter (semantics 86). So:
// captured intrinsics only, no iteration protocol, no write to a property that an object does not
// have yet, no read of one that may be missing, no descriptor with a prototype.
//
// A call in tail position would drop its frame (JavaScriptCore has proper tail calls) and show the
// function below to `caller`: calls into user code sit inside a try block.
//
// Written from semantics 70-82. Used by context-bridge.js and main-world.js.
'use strict';

const {
  ArrayBufferIsView,
  ArrayIsArray,
  Error,
  MouseEvent,
  MouseEventPrototypeGetRelatedTarget,
  ObjectFreeze,
  ObjectGetOwnPropertySymbols,
  ObjectKeys,
  ObjectPrototype,
  ObjectPrototypePropertyIsEnumerable,
  Promise,
  PromisePrototypeThen,
  ReflectApply,
  ReflectDefineProperty,
  ReflectGetPrototypeOf,
  ReflectOwnKeys,
  Set,
  SetPrototypeAdd,
  SetPrototypeHas,
  TypeError,
  WeakMap,
  WeakMapPrototypeGet,
  WeakMapPrototypeSet,
  structuredClone,
} = primordials;
const {
  CLONED, ERROR, NODE, PROMISE,
  isElement, isPrimitive, kindOf, nothingSeen, recall, remember,
} = require('./bridge-values.js');
const { listOf } = require('./lists.js');

/** Levels of objects in objects that are followed (semantics 79). */
const DEPTH_LIMIT = 1000;
const DEPTH_TEXT =
  'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.';
const NO_ERROR_TEXT =
  'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.';
const NO_CLONE_TEXT = 'An object could not be cloned.';

/**
 * Where a failure is described while it goes from one side to the other. Both sides hold the same
 * object; it stands for "failed" wherever a value is expected, and inside a side it is what is thrown.
 * @typedef {{message: string, isTypeError: boolean}} Failure
 */

/** Elements that are handed over as one argument list. */
const LIST_LIMIT = 8192;

/** @typedef {import('./bridge-values.js').Seen} Seen */

/**
 * Makes this realm's side.
 * @param {Failure} failure shared by both sides
 * @param {{has(value: object): boolean}} hidden values that cross as empty objects (semantics 83)
 */
module.exports = function createBridgeSide(failure, hidden) {
  /** @type {any} The other realm's side. Its functions get primitives and opaque references. */
  let other;
  /** Functions of ours that stand for one of the other realm -> that one (semantics 73). */
  const originals = new WeakMap();
  /** Functions of this realm -> what stands for them over there, and for which `this`. */
  const proxies = new WeakMap();

  /** Throws what ends a copy; described by `failure`. */
  function fail(message, isTypeError) {
    failure.message = message;
    failure.isTypeError = isTypeError;
    throw failure;
  }

  /**
   * Describes what was thrown. Only the message of an error crosses (semantics 76, 78).
   * @param {any} error of either realm
   * @returns {Failure}
   */
  function describe(error) {
    if (error === failure) return failure;
    let message;
    try {
      if (!isPrimitive(error)) message = error.message;
    } catch {
      // A getter that throws: as if there were no message.
    }
    failure.message = typeof message === 'string' ? message : NO_ERROR_TEXT;
    failure.isTypeError = false;
    return failure;
  }

  /**
   * Describes what a getter threw while a result was copied: by then nobody was left to catch it
   * (semantics 82).
   */
  function describeUncaught(error) {
    if (error === failure) return failure;
    describe(error);
    let text;
    try {
      text = `${error}`;
    } catch {
      return failure; // It has no text: its message says enough.
    }
    failure.message = `Uncaught ${text}`;
    return failure;
  }

  /** The error of this realm for a failure. */
  function raise() {
    const { message } = failure;
    return failure.isTypeError ? new TypeError(message) : new Error(message);
  }

  // ---- Making things in this realm, for the other side ----

  /** @type {any} */
  const side = {
    __proto__: null,

    makeObject: () => ({}),
    makeArray: listOf,
    /** Defines, because assigning would run the page's setters. */
    put(target, key, value) {
      ReflectDefineProperty(target, key, {
        __proto__: null,
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    },
    makeError: (message) => new Error(message),

    /** Copies one of the other realm's objects that has internal slots (semantics 80). */
    clone(foreign) {
      try {
        const copy = structuredClone(foreign);
        return copy;
      } catch {
        return failure;
      }
    },

    /**
     * This realm's wrapper of a DOM node (semantics 81). The event keeps the node itself, and reads
     * as what the realm of the event has for it.
     */
    wrapNode(foreign) {
      const event = new MouseEvent('', { __proto__: null, relatedTarget: foreign });
      return MouseEventPrototypeGetRelatedTarget(event);
    },

    /** A promise, and functions that settle it. They never throw. */
    makePromise() {
      let resolve, reject;
      const promise = new Promise((onValue, onError) => {
        resolve = onValue;
        reject = onError;
      });
      return {
        __proto__: null,
        promise,
        resolve(value) {
          try {
            // May run a `then` getter that the page gave to all objects.
            resolve(value);
          } catch {
            // Nothing can be told of it to anybody.
          }
        },
        reject(value) {
          try {
            reject(value);
          } catch {
            // As above.
          }
        },
        fail() {
          try {
            reject(raise());
          } catch {
            // As above.
          }
        },
      };
    },

    /**
     * A function of this realm that calls one of the other.
     * @param {(...values: any[]) => any} entry the other side's; gives `failure` for an exception
     * @param {Function} original the function that was passed
     */
    makeFunction(entry, original) {
      const proxy = (...values) => {
        let result;
        try {
          const { length } = values;
          let seen;
          for (let index = 0; index < length; index++) {
            const value = values[index];
            if (!isPrimitive(value)) {
              seen ??= nothingSeen();
              values[index] = pass(value, undefined, seen, 0);
            }
          }
          result = ReflectApply(entry, undefined, values);
        } catch (error) {
          // Ours, or a stack overflow of the other realm: described either way, never passed on.
          result = describe(error);
        }
        if (result === failure) throw raise();
        return result;
      };
      WeakMapPrototypeSet(originals, proxy, original);
      return proxy;
    },

    /** Freezes everything in a value that was just copied (semantics 70). */
    freeze(value) {
      freezeDeep(value, new Set());
    },
  };

  function freezeDeep(value, done) {
    if (isPrimitive(value) || SetPrototypeHas(done, value)) return;
    SetPrototypeAdd(done, value);
    // The elements of a view cannot be frozen; trying throws.
    if (ArrayBufferIsView(value)) return;
    // This realm's own functions and nodes, come home: not ours to freeze.
    if (typeof value === 'function') {
      if (WeakMapPrototypeGet(originals, value) === undefined) return;
    } else if (ReflectGetPrototypeOf(value) !== ObjectPrototype && isElement(value)) return;
    const keys = ReflectOwnKeys(value);
    for (let index = 0; index < keys.length; index++) freezeDeep(value[keys[index]], done);
    ObjectFreeze(value);
  }

  // ---- Looking into this realm's values ----

  /**
   * Copies a value of this realm into the other.
   * @param {any} value
   * @param {any} owner what it is a property of: `this` of the calls, should it be a function
   * @param {Seen} seen
   * @param {number} depth
   * @returns {any} a primitive, or a reference of the other realm
   */
  function pass(value, owner, seen, depth) {
    if (isPrimitive(value)) return value;
    if (depth >= DEPTH_LIMIT) fail(DEPTH_TEXT, true);
    const known = recall(seen, value);
    if (known !== undefined) return known;
    if (ArrayIsArray(value)) {
      const copy = passArray(value, seen, depth);
      // After its elements: a ring of nothing but arrays is too deep (semantics 74).
      remember(seen, value, copy);
      return copy;
    }
    if (typeof value === 'function') {
      const proxy = passFunction(value, owner);
      remember(seen, value, proxy);
      return proxy;
    }
    const prototype = ReflectGetPrototypeOf(value);
    if (prototype !== ObjectPrototype && prototype !== null && !hidden.has(value)) {
      const copy = passExotic(value);
      if (copy !== undefined) {
        remember(seen, value, copy);
        return copy;
      }
    }
    const copy = other.makeObject();
    remember(seen, value, copy);
    if (hidden.has(value)) return copy;
    const keys = ObjectKeys(value);
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index];
      other.put(copy, key, pass(value[key], value, seen, depth + 1));
    }
    passSymbolKeys(value, copy, seen, depth);
    return copy;
  }

  /** Symbols are the same everywhere, so they are keys over there too (semantics 71). */
  function passSymbolKeys(value, copy, seen, depth) {
    const symbols = ObjectGetOwnPropertySymbols(value);
    for (let index = 0; index < symbols.length; index++) {
      const key = symbols[index];
      if (!ObjectPrototypePropertyIsEnumerable(value, key)) continue;
      other.put(copy, key, pass(value[key], value, seen, depth + 1));
    }
  }

  function passArray(array, seen, depth) {
    const { length } = array;
    if (length <= LIST_LIMIT) {
      const values = ReflectApply(listOf, undefined, array);
      for (let index = 0; index < values.length; index++) {
        const value = values[index];
        if (!isPrimitive(value)) values[index] = pass(value, array, seen, depth + 1);
      }
      const copy = ReflectApply(other.makeArray, undefined, values);
      return copy;
    }
    const copy = other.makeArray();
    for (let index = 0; index < length; index++) {
      other.put(copy, index, pass(array[index], array, seen, depth + 1));
    }
    return copy;
  }

  /** What is more than its own properties; `undefined` if it is not. */
  function passExotic(value) {
    switch (kindOf(value)) {
      case CLONED:
        return clone(value);
      case ERROR:
        return other.makeError(describe(value).message);
      case PROMISE:
        return passPromise(value);
      case NODE:
        return other.wrapNode(value);
      default: // PLAIN
        return undefined;
    }
  }

  function clone(value) {
    const copy = other.clone(value);
    if (copy === failure) fail(NO_CLONE_TEXT, false);
    return copy;
  }

  function passFunction(value, owner) {
    const original = WeakMapPrototypeGet(originals, value);
    if (original !== undefined) return original;
    const known = WeakMapPrototypeGet(proxies, value);
    if (known !== undefined && known.owner === owner) return known.proxy;
    const proxy = other.makeFunction(makeEntry(value, owner), value);
    WeakMapPrototypeSet(proxies, value, { __proto__: null, owner, proxy });
    return proxy;
  }

  /** What the other side's function calls. Gets values of this realm, gives values of the other. */
  function makeEntry(value, owner) {
    return (...values) => {
      let result;
      try {
        result = ReflectApply(value, owner, values);
      } catch (error) {
        return describe(error);
      }
      if (isPrimitive(result)) return result;
      try {
        const copy = pass(result, undefined, nothingSeen(), 0);
        return copy;
      } catch (error) {
        return describeUncaught(error);
      }
    };
  }

  function passPromise(promise) {
    const { promise: copy, resolve, reject, fail } = other.makePromise();
    const settle = (settler) => (value) => {
      let passed;
      try {
        passed = pass(value, undefined, nothingSeen(), 0);
      } catch (error) {
        describe(error);
        fail();
        return;
      }
      settler(passed);
    };
    try {
      PromisePrototypeThen(promise, settle(resolve), settle(reject));
    } catch {
      return undefined; // Not a promise, whatever it calls itself.
    }
    return copy;
  }

  side.join = (otherSide) => {
    other = otherSide;
  };
  side.makeEntry = makeEntry;
  side.describe = describe;
  /**
   * Copies a value of this realm for the other; `failure` if it cannot be.
   * @param {any} value
   */
  side.pass = (value) => {
    try {
      const copy = pass(value, undefined, nothingSeen(), 0);
      return copy;
    } catch (error) {
      return describe(error);
    }
  };
  side.raise = raise;
  return side;
};
