'use strict';
// What Node's modules ask of the engine, as far as a page can answer.

const { ErrorIsError, ObjectPrototypeToString } = primordials;

const bindings = {
  __proto__: null,
  types: {
    // No language feature tells a Proxy.
    isProxy: () => false,
    proxyParts: () => undefined,
    isPromise: (value) => ObjectPrototypeToString(value) === '[object Promise]',
    isError: (value) =>
      ErrorIsError === undefined
        ? ObjectPrototypeToString(value) === '[object Error]'
        : ErrorIsError(value),
  },
  modules: { promiseState: () => undefined },
  get text() {
    return require('./node-text.js');
  },
};

/** @param {string} name */
module.exports = function internalBinding(name) {
  const binding = bindings[name];
  if (binding === undefined) throw new Error(`no binding ${name} in a renderer`);
  return binding;
};
