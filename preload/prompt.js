'use strict';
// `window.prompt`, which Electron has not (semantics 99). In both realms.

const { Error, ReflectDefineProperty, globalThis } = primordials;

function refusePrompt() {
  const value = function prompt() {
    throw new Error('prompt() is not supported.');
  };
  ReflectDefineProperty(globalThis, 'prompt', {
    __proto__: null, value, writable: true, enumerable: true, configurable: true,
  });
}

module.exports = { __proto__: null, refusePrompt };
