'use strict';
// Which names of modules are built in for a renderer that may have Node (`internal/builtins` of the
// main process): Electron's, Node's that a web process can have, and the rest, which are refused by
// name.

const { codedError } = require('internal/errors');

/** Node's modules that are here. @type {Record<string, () => any>} */
const PRESENT = {
  assert: () => require('assert'),
  'assert/strict': () => /** @type {any} */ (require('assert')).strict,
  buffer: () => require('buffer'),
  console: () => globalThis.console,
  constants: () => {
    const { constants } = require('os');
    return { ...constants.errno, ...constants.signals, ...require('fs').constants };
  },
  crypto: () => require('crypto'),
  diagnostics_channel: () => require('diagnostics_channel'),
  events: () => require('events'),
  fs: () => require('fs'),
  'fs/promises': () => require('fs').promises,
  module: () => require('internal/loader').Module,
  os: () => require('os'),
  path: () => require('path'),
  'path/posix': () => require('path').posix,
  'path/win32': () => require('path').win32,
  punycode: () => require('punycode'),
  querystring: () => require('querystring'),
  stream: () => require('stream'),
  'stream/promises': () => require('stream/promises'),
  string_decoder: () => require('string_decoder'),
  sys: () => require('util'),
  perf_hooks: () => ({ performance, PerformanceObserver }),
  timers: () => require('timers'),
  'timers/promises': () => require('timers').promises,
  tty: () => require('tty'),
  url: () => require('url'),
  util: () => require('util'),
  'util/types': () => require('util').types,
};

/** Those that are not: an error that names them is better than "Cannot find module". */
const ABSENT = new Set((
  'async_hooks child_process cluster dgram dns dns/promises' +
  ' domain http http2 https inspector inspector/promises net readline' +
  ' readline/promises repl sea sqlite stream/consumers stream/web test' +
  ' test/reporters tls trace_events v8 vm wasi worker_threads zlib'
).split(' '));

/** Names that exist only with the prefix `node:`. */
const PREFIXED = new Set(['sea', 'sqlite', 'test', 'test/reporters']);

/** What the document gives: Electron's module and its own process. @type {Map<string, () => any>} */
const defined = new Map();

/** @param {string[]} names @param {() => any} load */
function define(names, load) {
  for (const name of names) defined.set(name, load);
}

/**
 * The bare name of a built-in module, present or not; undefined when a name is none.
 * @param {string} request
 */
function builtinName(request) {
  if (defined.has(request)) return request;
  const isPrefixed = request.startsWith('node:');
  const name = isPrefixed ? request.slice(5) : request;
  if (Object.hasOwn(PRESENT, name) || ABSENT.has(name)) {
    return isPrefixed || !PREFIXED.has(name) ? name : undefined;
  }
  if (isPrefixed) {
    throw codedError(Error, 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${request}`);
  }
  return undefined;
}

/** The exports of a built-in module. @param {string} name */
function loadBuiltin(name) {
  const load = defined.get(name) ?? (Object.hasOwn(PRESENT, name) ? PRESENT[name] : undefined);
  if (load !== undefined) return load();
  throw codedError(Error, 'ERR_CONCH_UNSUPPORTED_MODULE',
    `The Node module '${name}' in a renderer is not supported by Conch`);
}

/** The names that `module.builtinModules` lists. */
const listed = () => Object.keys(PRESENT).sort();

module.exports = { builtinName, define, listed, loadBuiltin };
