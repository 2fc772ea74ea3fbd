'use strict';
// `require` in a renderer (semantics 91, 96).
//
// A sandboxed preload script may require Electron and a few harmless modules of Node's. Others
// (`sandbox: false`, `nodeIntegration`) may also require more of Node's pure modules, and files:
// relative ones and packages in node_modules. There is no Node in a web process, so what touches
// the system is refused by name.

const { noteParameters } = require('./error-stack.js');

/** Electron's module has three names; they differ in processes other than this one. */
const ELECTRON = ['electron', 'electron/common', 'electron/renderer'];
const SANDBOXED = ['events', 'timers', 'url'];
const UNSANDBOXED = [
  ...SANDBOXED, 'buffer', 'path', 'querystring', 'string_decoder', 'util',
];

/** The rest of Node's built-in modules: an error that names them is better than "not found". */
const ABSENT = (
  'assert async_hooks child_process cluster console constants crypto dgram' +
  ' diagnostics_channel dns domain fs http http2 https inspector module net os perf_hooks' +
  ' punycode readline repl stream sys tls trace_events tty v8 vm wasi' +
  ' worker_threads zlib'
).split(' ');

const CANDIDATES = ['', '.js', '.cjs', '.json', '/index.js', '/index.json'];
const FILE_PARAMETERS = 'exports, require, module, __filename, __dirname, process, global,' +
  ' setImmediate, clearImmediate';

/**
 * Makes what gives each script its `require` and `module`.
 * @param {any} native
 * @param {any} process the scripts' process object
 * @param {any} electron what `require('electron')` gives
 */
module.exports = function createRequire(native, process, electron) {
  const isSandboxed = process.sandboxed;
  const allowed = isSandboxed ? SANDBOXED : UNSANDBOXED;
  const timers = require('timers');
  /** Of Node's, for files. @type {any} */
  const path = isSandboxed ? undefined : require('path');
  /** Files that were run, by their path. @type {Map<string, any>} */
  const files = new Map();

  /** A built-in module; `undefined` if the name is none. */
  function builtin(name) {
    if (ELECTRON.includes(name)) return electron;
    const bare = name.startsWith('node:') ? name.slice(5) : name;
    if (bare === 'path/posix' && allowed.includes('path')) return require('path').posix;
    if (allowed.includes(bare)) return require(bare);
    if (isSandboxed) return undefined;
    if (bare === 'process') return process;
    if (ABSENT.includes(bare.split('/')[0]) && (bare !== name || !bare.includes('/'))) {
      throw new Error(`The Node module '${bare}' in a renderer is not supported by Conch`);
    }
    return undefined;
  }

  /** The text of a file; `undefined` if there is no such file. */
  function readIfFile(file) {
    try {
      return native.readFile(file);
    } catch (error) {
      const { code } = /** @type {{ code: string }} */ (error);
      if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(code)) return undefined;
      throw error;
    }
  }

  /** A file, or the main file of a folder; `undefined` if there is none. */
  function findFile(base) {
    for (const ending of CANDIDATES) {
      const text = readIfFile(base + ending);
      if (text !== undefined) return { file: base + ending, text };
    }
    const description = readIfFile(`${base}/package.json`);
    const main = description === undefined ? undefined : JSON.parse(description).main;
    return main === undefined ? undefined : findFile(path.join(base, main));
  }

  /** The folders that a package is looked for in, the nearest first. */
  function findInPackages(directory, name) {
    for (let at = directory; ; at = path.dirname(at)) {
      const found = findFile(path.join(at, 'node_modules', name));
      if (found !== undefined || at === path.dirname(at)) return found;
    }
  }

  function requireFile(directory, name) {
    const isPath = name.startsWith('/') || /^\.\.?(\/|$)/.test(name);
    const found = isPath ? findFile(path.resolve(directory, name)) : findInPackages(directory, name);
    if (found === undefined) {
      throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
    }
    const known = files.get(found.file);
    return (known ?? runFile(found.file, found.text)).exports;
  }

  function runFile(file, text) {
    const { require, module } = scopeOf(file);
    files.set(file, module);
    try {
      if (file.endsWith('.json')) module.exports = JSON.parse(text);
      else {
        const url = `file://${encodeURI(file)}`;
        noteParameters(url, FILE_PARAMETERS);
        const run = native.compile(text, url, FILE_PARAMETERS);
        run.call(module.exports, module.exports, require, module, file, path.dirname(file), process,
          globalThis, timers.setImmediate, timers.clearImmediate);
      }
    } catch (error) {
      files.delete(file);
      throw error;
    }
    module.loaded = true;
    return module;
  }

  /**
   * `require` and `module` for a script.
   * @param {string} file its path
   */
  function scopeOf(file) {
    const directory = file.slice(0, file.lastIndexOf('/')) || '/';
    const module = { id: file, filename: file, exports: {}, loaded: false };
    const require = (name) => {
      const found = builtin(String(name));
      if (found !== undefined) return found;
      if (isSandboxed) throw new Error(`module not found: ${name}`);
      return requireFile(directory, String(name));
    };
    return { require, module };
  }

  return { scopeOf };
};
