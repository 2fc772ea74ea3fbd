'use strict';
// What Node's modules ask of the engine, as far as a page's engine can tell.

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
};

/** @param {string} name */
module.exports = function internalBinding(name) {
  const binding = bindings[name];
  if (binding === undefined) throw new Error(`no binding ${name} in a renderer`);
  return binding;
};
