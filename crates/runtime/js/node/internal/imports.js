// ES modules: how an import becomes a file, what import.meta holds, and what CommonJS, JSON and
// built-in modules export to an importer.
'use strict';

const binding = internalBinding('modules');
const { builtinName, loadBuiltin } = require('internal/builtins');
const { codedError } = require('internal/errors');
const packages = require('internal/packages');
const loader = require('internal/loader');
const path = require('path');

const CONDITIONS = ['node', 'import', 'module-sync', 'node-addons'];

// Loaded when the first URL is needed: most imports are paths.
const url = () => require('internal/url');

/** @param {string} what @param {string} base */
function notFound(what, base) {
  return codedError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find ${what} imported from ${base}`);
}

/** The file, or `node:name`, that an import from `base` means.
 * @param {string} base @param {string} name */
function resolveImport(base, name) {
  if (name.startsWith('file:')) return finish(url().fileURLToPath(name), base);
  if (/^data:/i.test(name)) {
    throw codedError(Error, 'ERR_UNSUPPORTED_ESM_URL_SCHEME',
      'Imports of data: URLs are not supported by Conch\'s embedded engine');
  }
  const builtin = builtinName(name);
  if (builtin !== undefined) return `node:${builtin}`;
  if (/^[a-z][a-z0-9+.-]+:/i.test(name)) {
    throw codedError(Error, 'ERR_UNSUPPORTED_ESM_URL_SCHEME',
      'Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. ' +
      `Received protocol '${name.slice(0, name.indexOf(':') + 1)}'`);
  }
  if (path.isAbsolute(name) || loader.isRelative(name)) {
    // A relative import is a URL: it may be escaped, and a query makes it no other file.
    const plain = name.replace(/[?#].*$/, '');
    const decoded = plain.includes('%') ? decodeURIComponent(plain) : plain;
    return finish(path.resolve(path.dirname(base), decoded), base);
  }
  if (name.startsWith('#')) {
    const target = packages.resolveImports(name, base, CONDITIONS);
    return target.startsWith('bare:') ? resolveImport(base, target.slice(5)) : finish(target, base);
  }
  return resolveBare(base, name);
}

/** @param {string} base @param {string} name */
function resolveBare(base, name) {
  const split = packages.splitRequest(name);
  if (split === null) {
    throw codedError(TypeError, 'ERR_INVALID_MODULE_SPECIFIER',
      `Invalid module "${name}" is not a valid package name imported from ${base}`);
  }
  const own = loader.findInOwnPackage(name, base, CONDITIONS);
  if (own !== undefined) return finish(own, base);
  for (const folder of loader.nodeModulePaths(path.dirname(base))) {
    const home = path.join(folder, split.name);
    if (binding.kind(home) !== 1) continue;
    const pack = packages.readPackage(home);
    if (pack !== null && pack.exports !== undefined && pack.exports !== null) {
      return finish(packages.resolveExports(pack, split.subpath, CONDITIONS, base), base);
    }
    if (split.subpath !== '.') return finish(path.join(home, split.subpath), base);
    const main = loader.asFolder(home);
    if (main !== undefined) return main;
  }
  throw notFound(`package '${split.name}'`, base);
}

/** @param {string} file @param {string} base */
function finish(file, base) {
  switch (binding.kind(file)) {
    case 0: return loader.realpath(file);
    case 1:
      throw codedError(Error, 'ERR_UNSUPPORTED_DIR_IMPORT',
        `Directory import '${file}' is not supported resolving ES modules imported from ${base}`);
    default: throw notFound(`module '${file}'`, base);
  }
}

/** The properties of import.meta for a file of ECMAScript; null for any other module.
 * @param {string} name */
function importMeta(name) {
  if (name.startsWith('node:') || !loader.isEsm(name)) return null;
  return {
    dirname: path.dirname(name),
    filename: name,
    resolve: (/** @type {string} */ specifier) => {
      try {
        const found = resolveImport(name, specifier);
        return found.startsWith('node:') ? found : url().pathToFileURL(found).href;
      } catch (error) {
        // A path need not lead to a file.
        if (/** @type {any} */ (error).code === 'ERR_MODULE_NOT_FOUND' && /^[./]/.test(specifier)) {
          return new (url().URL)(specifier, url().pathToFileURL(name)).href;
        }
        throw error;
      }
    },
    url: url().pathToFileURL(name).href,
  };
}

// Synthetic modules ------------------------------------------------------------------------

/** @param {any} value */
function keysOf(value) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return [];
  return Object.keys(value);
}

/** @param {string} name @returns {string[]} */
function syntheticNames(name) {
  let names;
  if (name.startsWith('node:')) names = keysOf(loadBuiltin(name.slice(5)));
  else if (name.endsWith('.json')) names = [];
  else names = [...require('internal/export_names').exportNames(name)];
  return ['default', ...new Set(names.filter((one) => one !== 'default'))];
}

/** @param {string} name */
function syntheticExports(name) {
  /** @type {Record<string, any>} */
  const out = Object.create(null);
  if (name.endsWith('.json') && !name.startsWith('node:')) {
    out.default = loader.Module._load(name, undefined, false);
    return out;
  }
  const isBuiltin = name.startsWith('node:');
  const value = isBuiltin ? loadBuiltin(name.slice(5)) : loader.Module._load(name, undefined, false);
  for (const key of syntheticNames(name)) {
    if (key === 'default') out.default = value;
    else if (value !== null && value !== undefined) out[key] = value[key];
  }
  return out;
}

// Entry points -----------------------------------------------------------------------------

/** @type {Map<string, any>} */
const namespaces = new Map();
let facades = 0;

/** `require()` of an ES module: its namespace, evaluated now. @param {string} file */
function requireModule(file) {
  let namespace = namespaces.get(file);
  if (namespace === undefined) {
    const facade = `import * as namespace from ${JSON.stringify(file)};\nexport { namespace };`;
    namespace = binding.importNow(`node:internal/facade${++facades}`, facade);
    if (namespace === undefined) {
      throw codedError(Error, 'ERR_REQUIRE_ASYNC_MODULE',
        'require() cannot be used on an ESM graph with top-level await. Use import() instead. ' +
        `Required module: ${file}`);
    }
    namespaces.set(file, namespace);
  }
  return Object.hasOwn(namespace, 'module.exports') ? namespace['module.exports'] : namespace;
}

/** Runs the main script. @param {string} request @param {(good: boolean) => void} done */
function loadMain(request, done) {
  let finished = false;
  try {
    const target = path.resolve(request);
    const file = loader.Module._findPath(target, null);
    if (!file) {
      const error = /** @type {any} */ (new Error(`Cannot find module '${target}'`));
      error.code = 'MODULE_NOT_FOUND';
      error.requireStack = [];
      throw error;
    }
    if (loader.isEsm(file)) {
      finished = true;
      binding.import(file).then(() => done(true), (/** @type {any} */ error) => {
        internalBinding('process').triggerUncaught(error);
        done(false);
      });
      return;
    }
    loader.Module._load(file, undefined, true);
    finished = true;
    done(true);
  } finally {
    if (!finished) done(false);
  }
}

module.exports = {
  resolveImport, importMeta, syntheticNames, syntheticExports, requireModule, loadMain,
};
