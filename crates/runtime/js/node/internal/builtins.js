// Which module names are built in: Node's that the host has, those that it lacks, and those that
// the embedder defines.
'use strict';

const binding = internalBinding('modules');
const { codedError } = require('internal/errors');

/** Node's modules that are here. */
const PRESENT = new Set([
  'assert', 'assert/strict', 'async_hooks', 'buffer', 'child_process', 'console', 'constants',
  'crypto', 'diagnostics_channel', 'dns', 'dns/promises', 'events', 'fs', 'fs/promises', 'http',
  'https', 'module', 'net', 'os', 'path', 'path/posix', 'path/win32', 'perf_hooks', 'process',
  'punycode', 'querystring', 'readline', 'readline/promises', 'stream', 'stream/consumers',
  'stream/promises', 'stream/web', 'string_decoder', 'sys', 'timers', 'timers/promises', 'tls',
  'tty', 'url', 'util', 'util/types', 'v8', 'vm', 'zlib',
]);

/** Node's modules that are not. */
const ABSENT = new Set([
  'cluster', 'dgram', 'domain', 'http2', 'inspector', 'inspector/promises', 'repl', 'sea', 'sqlite',
  'test', 'test/reporters', 'trace_events', 'wasi', 'worker_threads',
]);

/** Names that exist only with the prefix `node:`. */
const PREFIXED = new Set(['sea', 'sqlite', 'test', 'test/reporters']);

/** @type {Map<string, { load: () => any, loaded: boolean, value: any }>} */
const defined = new Map();

/** Adds a module that the embedder makes, under each of the names.
 * @param {string[]} names @param {() => any} load */
function define(names, load) {
  const entry = { load, loaded: false, value: undefined };
  for (const name of names) defined.set(name, entry);
}

/** The bare name of a built-in module, present or not; undefined when a name is none.
 * @param {string} request */
function builtinName(request) {
  if (defined.has(request)) return request;
  const prefixed = request.startsWith('node:');
  const name = prefixed ? request.slice(5) : request;
  if (PRESENT.has(name) || ABSENT.has(name)) {
    return prefixed || !PREFIXED.has(name) ? name : undefined;
  }
  if (prefixed) throw codedError(Error, 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${request}`);
  return undefined;
}

/** The exports of a built-in module. @param {string} name */
function loadBuiltin(name) {
  const entry = defined.get(name);
  if (entry !== undefined) {
    if (!entry.loaded) {
      entry.value = entry.load();
      entry.loaded = true;
    }
    return entry.value;
  }
  if (!PRESENT.has(name)) {
    binding.missing(`the Node module '${name}'`);
    throw codedError(Error, 'ERR_CONCH_UNSUPPORTED_MODULE',
      `The Node module '${name}' is not supported by Conch's embedded engine. Node has it: conch --node`);
  }
  switch (name) {
    case 'assert/strict': return /** @type {any} */ (require('assert')).strict;
    case 'constants': return { ...require('os').constants.errno, ...require('os').constants.signals, ...require('fs').constants };
    case 'console': return require('internal/console').console;
    case 'dns/promises': return require('dns').promises;
    case 'fs/promises': return require('fs').promises;
    case 'path/posix': return require('path').posix;
    case 'path/win32': return require('path').win32;
    case 'perf_hooks': return require('internal/performance');
    case 'process': return process;
    case 'timers/promises': return require('timers').promises;
    case 'sys': return require('util');
    case 'util/types': return require('util').types;
    default: return require(name);
  }
}

/** The names that `module.builtinModules` lists. */
const listed = () => [...PRESENT].sort();

/** Whether this module is here. @param {string} name */
const isPresent = (name) => PRESENT.has(name);

module.exports = { define, isPresent, builtinName, loadBuiltin, listed };
