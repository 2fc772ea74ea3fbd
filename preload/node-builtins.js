'use strict';
// Which names of modules are built in for a renderer that may have Node (`internal/builtins` of the
// main process): Electron's, Node's that a web process can have, and the rest, which are refused by
// name.

const { codedError } = require('internal/errors');

/** Node's modules that are here. */
const PRESENT = new Set([
  'assert', 'assert/strict', 'buffer', 'console', 'events', 'module', 'path', 'path/posix', 'path/win32',
  'querystring', 'string_decoder', 'sys', 'timers', 'url', 'util', 'util/types',
]);

/** Those that are not: an error that names them is better than "Cannot find module". */
const ABSENT = new Set((
  'async_hooks child_process cluster constants crypto dgram diagnostics_channel dns dns/promises' +
  ' domain fs fs/promises http http2 https inspector inspector/promises net os perf_hooks punycode readline' +
  ' readline/promises repl sea sqlite stream stream/consumers stream/promises stream/web test' +
  ' test/reporters timers/promises tls trace_events tty v8 vm wasi worker_threads zlib'
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
  if (PRESENT.has(name) || ABSENT.has(name)) {
    return isPrefixed || !PREFIXED.has(name) ? name : undefined;
  }
  if (isPrefixed) {
    throw codedError(Error, 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${request}`);
  }
  return undefined;
}

/** The exports of a built-in module. @param {string} name */
function loadBuiltin(name) {
  const load = defined.get(name);
  if (load !== undefined) return load();
  if (!PRESENT.has(name)) {
    throw codedError(Error, 'ERR_CONCH_UNSUPPORTED_MODULE',
      `The Node module '${name}' in a renderer is not supported by Conch`);
  }
  switch (name) {
    case 'assert/strict': return /** @type {any} */ (require('assert')).strict;
    case 'console': return globalThis.console;
    case 'module': return require('internal/loader').Module;
    case 'path/posix': return require('path').posix;
    case 'path/win32': return require('path').win32;
    case 'sys': return require('util');
    case 'util/types': return require('util').types;
    default: return require(name);
  }
}

/** The names that `module.builtinModules` lists. */
const listed = () => [...PRESENT].sort();

module.exports = { builtinName, define, listed, loadBuiltin };
