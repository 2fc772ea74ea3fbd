// `process._linkedBinding`: the internals of Electron that published packages ask for by name, such
// as `@electron/remote`. The same file serves main, on either engine, and renderers.
'use strict';

/**
 * Values that are attached to objects and that only who knows the name of a value finds.
 * @type {WeakMap<object, Map<string, any>>}
 */
const hidden = new WeakMap();

/** @param {any} object @param {any} key */
function check(object, key) {
  const isObject = (typeof object === 'object' && object !== null) || typeof object === 'function';
  if (!isObject) throw new TypeError('Error processing argument at index 0, conversion failure');
  if (typeof key !== 'string') throw new TypeError('Error processing argument at index 1, conversion failure');
}

/** @param {object} object @param {string} key */
function getHiddenValue(object, key) {
  check(object, key);
  return hidden.get(object)?.get(key);
}

/** @param {object} object @param {string} key @param {any} value */
function setHiddenValue(object, key, value) {
  check(object, key);
  const values = hidden.get(object) ?? new Map();
  hidden.set(object, values.set(key, value));
}

/** @param {object} object @param {string} key */
function deleteHiddenValue(object, key) {
  check(object, key);
  hidden.get(object)?.delete(key);
}

/** What Electron may have been built with; nothing of it is Conch's. */
const FEATURES = [
  'isBuiltinSpellCheckerEnabled', 'isComponentBuild', 'isExtensionsEnabled', 'isFakeLocationProviderEnabled',
  'isPDFViewerEnabled', 'isPrintingEnabled',
];

/**
 * Gives a process object its `_linkedBinding`.
 * @param {any} process
 * @param {() => void} collectGarbage collects everything that nobody holds
 */
function installLinkedBindings(process, collectGarbage) {
  /** @type {Record<string, object>} */
  const bindings = {
    electron_common_features: Object.fromEntries(FEATURES.map((name) => [name, () => false])),
    electron_common_v8_util: {
      getHiddenValue, setHiddenValue, deleteHiddenValue,
      requestGarbageCollectionForTesting: () => collectGarbage(),
    },
  };
  process._linkedBinding = (/** @type {any} */ name) => {
    if (Object.hasOwn(bindings, name)) return bindings[name];
    throw Object.assign(new Error(`No such binding: ${name}`), { code: 'ERR_INVALID_MODULE' });
  };
}

module.exports = { getHiddenValue, installLinkedBindings, setHiddenValue };
