// The global names. Those that need a module of some size load it at their first use.
'use strict';

const tasks = require('internal/tasks');

/** @param {string} name @param {any} value */
function define(name, value) {
  Object.defineProperty(globalThis, name, {
    value, writable: true, configurable: true, enumerable: false,
  });
}

/** @param {string[]} names @param {string} module @param {boolean} [enumerable] */
function defineLazily(names, module, enumerable = false) {
  for (const name of names) {
    Object.defineProperty(globalThis, name, {
      get() {
        const value = require(module)[name];
        Object.defineProperty(globalThis, name, {
          value, writable: true, configurable: true, enumerable,
        });
        return value;
      },
      set(value) {
        Object.defineProperty(globalThis, name, {
          value, writable: true, configurable: true, enumerable,
        });
      },
      configurable: true,
      enumerable,
    });
  }
}

// QuickJS has these on every function, where packages put properties of their own.
for (const name of ['fileName', 'lineNumber', 'columnNumber']) {
  delete (/** @type {any} */ (Function.prototype))[name];
}

define('global', globalThis);
define('process', process);
for (const name of /** @type {const} */ ([
  'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate',
  'queueMicrotask',
])) {
  Object.defineProperty(globalThis, name, {
    value: tasks[name], writable: true, configurable: true, enumerable: true,
  });
}
defineLazily(['structuredClone'], 'internal/structured_clone', true);
defineLazily(['console'], 'internal/console');
defineLazily(['Buffer', 'atob', 'btoa'], 'buffer');
defineLazily(['URL', 'URLSearchParams'], 'internal/url');
defineLazily(['TextEncoder', 'TextDecoder'], 'internal/encoding');
defineLazily(['Event', 'EventTarget', 'CustomEvent'], 'internal/event_target');
defineLazily(['AbortController', 'AbortSignal'], 'internal/abort');
defineLazily([
  'ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamDefaultController', 'ReadableByteStreamController',
  'WritableStream', 'WritableStreamDefaultWriter', 'WritableStreamDefaultController', 'TransformStream',
  'TransformStreamDefaultController', 'ByteLengthQueuingStrategy', 'CountQueuingStrategy', 'TextEncoderStream',
  'TextDecoderStream',
], 'stream/web');
defineLazily(['performance'], 'internal/performance');
defineLazily(['crypto', 'Crypto', 'CryptoKey', 'SubtleCrypto'], 'internal/webcrypto');
defineLazily(['Blob', 'File'], 'internal/blob');
defineLazily(['fetch'], 'internal/fetch/fetch', true);
defineLazily(['FormData', 'Headers', 'Request', 'Response'], 'internal/fetch/fetch');

// What the language of a reader changes is rarely asked for, and comes with its first use.
/** @param {any} prototype @param {string} name @param {number} length @param {(locale: any, self: any, args: any[]) => any} call */
function defineLocal(prototype, name, length, call) {
  const method = { /** @this {any} @param {...any} args */ [name](...args) { return call(require('internal/locale'), this, args); } }[name];
  Object.defineProperty(method, 'length', { value: length, configurable: true });
  Object.defineProperty(prototype, name, { value: method, writable: true, configurable: true });
}
const { valueOf: numberOf } = Number.prototype;
const { valueOf: bigintOf } = BigInt.prototype;
defineLocal(Number.prototype, 'toLocaleString', 0, (locale, self, args) => locale.numberText(numberOf.call(self), ...args));
defineLocal(BigInt.prototype, 'toLocaleString', 0, (locale, self, args) => locale.bigintText(bigintOf.call(self), ...args));
for (const form of ['String', 'DateString', 'TimeString']) {
  defineLocal(Date.prototype, `toLocale${form}`, 0, (locale, self, args) => locale.dateText(self, form, ...args));
}
defineLocal(String.prototype, 'localeCompare', 1, (locale, self, args) => locale.compare(`${self}`, ...args));
for (const form of ['Lower', 'Upper']) {
  defineLocal(String.prototype, `toLocale${form}Case`, 0, (locale, self, args) => locale.caseText(`${self}`, form, ...args));
}
