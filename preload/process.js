'use strict';
// `process` as preload scripts have it (semantics 94).
//
// One object serves sandboxed and other preloads: the web process has no Node, so what Node's
// process can do beyond this is absent in both.

const { EventEmitter } = require('events');
const { installLinkedBindings, setHiddenValue } = require('electron/linked-bindings');
const { installMetrics } = require('electron/process-metrics');
const asTurn = require('./turn.js');

const { document, queueMicrotask, ReflectApply } = primordials;

/**
 * Makes the `process` object of a document.
 * @param {any} native
 */
module.exports = function createProcess(native) {
  const { config } = native;
  const startedAt = native.now();

  const process = Object.assign(new EventEmitter(), {
    title: 'renderer',
    type: 'renderer',
    platform: config.platform,
    arch: config.arch,
    pid: config.pid,
    argv: [...(config.argv ?? [])],
    execArgv: [],
    execPath: config.execPath,
    resourcesPath: config.resourcesPath,
    env: config.env,
    version: `v${config.versions?.node ?? '20.19.0'}`,
    versions: Object.freeze({ ...config.versions }),
    sandboxed: Boolean(config.sandbox),
    contextIsolated: Boolean(config.contextIsolation),
    isMainFrame: Boolean(config.isMainFrame),

    cwd: () => config.cwd ?? '/',
    nextTick: (callback, ...args) => queueMicrotask(() => ReflectApply(callback, undefined, args)),
    uptime: () => (native.now() - startedAt) / 1000,
    hrtime: Object.assign(hrtime, { bigint: () => BigInt(Math.round(native.now() * 1e6)) }),
    emitWarning: (warning) => console.warn(`Warning: ${String(warning?.message ?? warning)}`),
    contextId: `${config.pid}-${native.document}`,
    crash: () => native.crash(),
    hang() {
      for (;;);
    },
  });

  function hrtime(since) {
    const nanoseconds = Math.round(native.now() * 1e6);
    const seconds = Math.floor(nanoseconds / 1e9);
    const rest = nanoseconds % 1e9;
    if (since === undefined) return [seconds, rest];
    const isBorrowed = rest < since[1];
    return [seconds - since[0] - (isBorrowed ? 1 : 0), rest - since[1] + (isBorrowed ? 1e9 : 0)];
  }

  if (!config.sandbox) require('./node-process.js')(process, native);
  installMetrics(process, native.readFile);
  installLinkedBindings(process, native.collectGarbage);
  // What `@electron/remote` tells the contexts of all processes apart by.
  setHiddenValue(globalThis, 'contextId', process.contextId);

  const emit = asTurn((event) => process.emit(event));
  whenElementExists(() => emit('document-start'));
  window.addEventListener('unload', () => process.emit('exit'), { once: true });

  return {
    process,
    /** The preload scripts have run. */
    loaded: () => emit('loaded'),
    /** The document has been parsed. */
    parsed: () => emit('document-end'),
  };
};

/** Calls back as soon as the document has an element: not yet, at document start. */
function whenElementExists(callback) {
  if (document.documentElement !== null) {
    queueMicrotask(callback);
    return;
  }
  const observer = new MutationObserver(() => {
    observer.disconnect();
    callback();
  });
  observer.observe(document, { childList: true });
}
