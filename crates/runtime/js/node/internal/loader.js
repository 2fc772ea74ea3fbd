// CommonJS: Module, require, and how a request becomes a file.
'use strict';

const binding = internalBinding('modules');
const { noteWrapped } = require('internal/stack');
const { builtinName, loadBuiltin, listed } = require('internal/builtins');
const { checkString, codedError, invalidArgValue } = require('internal/errors');
const packages = require('internal/packages');
const path = require('path');

const CONDITIONS = ['node', 'require', 'module-sync', 'node-addons'];

/** @type {Record<string, any>} */
const cache = Object.create(null);
/** @type {Record<string, (module: any, file: string) => void>} */
const extensions = Object.create(null);
/** @type {Map<string, string>} */
const realpaths = new Map();
/** What a request from a folder was found to be. @type {Map<string, string>} */
const resolutions = new Map();

/** @this {any} @param {string} [id] @param {any} [parent] */
function Module(id = '', parent = undefined) {
  this.id = id;
  this.path = path.dirname(id);
  this.exports = {};
  Object.defineProperty(this, 'parent', {
    value: parent, writable: true, configurable: true, enumerable: false,
  });
  this.filename = null;
  this.loaded = false;
  this.children = [];
  parent?.children?.push(this);
}

/** @this {any} @param {string} request */
Module.prototype.require = function require(request) {
  checkString(request, 'id');
  if (request === '') throw invalidArgValue('id', request, 'must be a non-empty string');
  return Module._load(request, this, false);
};

/** @this {any} @param {string} source @param {string} file */
Module.prototype._compile = function _compile(source, file) {
  noteWrapped(file, binding.headLength);
  const body = binding.compile(source, file);
  Object.defineProperty(body, 'name', { value: 'Object.<anonymous>' });
  return body.call(this.exports, this.exports, makeRequire(this), this, file, path.dirname(file));
};

/** @this {any} @param {string} file */
Module.prototype.load = function load(file) {
  this.filename = file;
  this.paths = nodeModulePaths(path.dirname(file));
  const extension = Object.keys(extensions).find((one) => file.endsWith(one)) ?? '.js';
  extensions[extension](this, file);
  this.loaded = true;
};

/** The `require` of a module. @param {any} module */
function makeRequire(module) {
  /** @type {any} */
  const require = function require(/** @type {string} */ request) {
    return module.require(request);
  };
  require.resolve = function resolve(/** @type {string} */ request, /** @type {any} */ options) {
    checkString(request, 'request');
    return Module._resolveFilename(request, module, false, options);
  };
  require.resolve.paths = (/** @type {string} */ request) => {
    checkString(request, 'request');
    return Module._resolveLookupPaths(request, module);
  };
  require.main = mainModule;
  require.extensions = extensions;
  require.cache = cache;
  return require;
}

// Loading ----------------------------------------------------------------------------------

/** @type {any} */
let mainModule;

/** @param {string} request @param {any} parent @param {boolean} isMain */
Module._load = function _load(request, parent, isMain) {
  const builtin = builtinName(request);
  if (builtin !== undefined) return loadBuiltin(builtin);
  const file = Module._resolveFilename(request, parent, isMain);
  const cached = cache[file];
  if (cached !== undefined) {
    if (parent && !parent.children?.includes(cached)) parent.children?.push(cached);
    return cached.exports;
  }
  // A patched _resolveFilename may give a built-in name.
  const resolved = file.startsWith('/') ? undefined : builtinName(file);
  if (resolved !== undefined) return loadBuiltin(resolved);
  const module = new Module(file, isMain ? null : parent);
  if (isMain) {
    mainModule = module;
    process.mainModule = module;
    module.id = '.';
  }
  cache[file] = module;
  let good = false;
  try {
    module.load(file);
    good = true;
  } finally {
    if (!good) {
      delete cache[file];
      const at = parent?.children?.indexOf(module) ?? -1;
      if (at >= 0) parent.children.splice(at, 1);
    }
  }
  return module.exports;
};

extensions['.js'] = (module, file) => {
  if (isEsm(file)) {
    module.exports = require('internal/imports').requireModule(file);
    return;
  }
  module._compile(binding.readText(file), file);
};

extensions['.json'] = (module, file) => {
  const text = binding.readText(file);
  try {
    module.exports = JSON.parse(text);
  } catch (error) {
    /** @type {Error} */ (error).message = `${file}: ${/** @type {Error} */ (error).message}`;
    throw error;
  }
};

extensions['.node'] = (_module, file) => {
  binding.missing(`the native addon ${file}`);
  throw codedError(Error, 'ERR_CONCH_UNSUPPORTED_MODULE',
    `Native addons are not supported by Conch's embedded engine. Node loads them (conch --node): ${file}`);
};

/** Whether a file is an ES module by its name and its package. @param {string} file */
function isEsm(file) {
  if (file.endsWith('.mjs')) return true;
  if (!file.endsWith('.js')) return false;
  return packages.packageOf(file)?.type === 'module';
}

// Finding ----------------------------------------------------------------------------------

/** @param {string} file */
function realpath(file) {
  let real = realpaths.get(file);
  if (real === undefined) {
    real = /** @type {string} */ (binding.realpath(file));
    realpaths.set(file, real);
  }
  return real;
}

/** A file by its name, with or without extension. @param {string} base */
function asFile(base) {
  if (binding.kind(base) === 0) return realpath(base);
  return withExtension(base);
}

/** @param {string} base */
function withExtension(base) {
  for (const extension of Object.keys(extensions)) {
    if (binding.kind(base + extension) === 0) return realpath(base + extension);
  }
  return undefined;
}

/** A folder's main file. @param {string} folder */
function asFolder(folder) {
  if (binding.kind(folder) !== 1) return undefined;
  const main = packages.readPackage(folder)?.main;
  if (main) {
    const base = path.resolve(folder, main);
    const found = asFile(base) ?? withExtension(path.join(base, 'index'));
    if (found !== undefined) return found;
  }
  const index = withExtension(path.join(folder, 'index'));
  if (index === undefined && main) {
    const error = /** @type {any} */ (new Error(
      `Cannot find module '${path.resolve(folder, main)}'. Please verify that the package.json has a valid "main" entry`));
    error.code = 'MODULE_NOT_FOUND';
    error.path = path.join(folder, 'package.json');
    throw error;
  }
  return index;
}

/** @param {string} base @param {boolean} onlyFolder */
const asPath = (base, onlyFolder) => (onlyFolder ? undefined : asFile(base)) ?? asFolder(base);

/** @param {string} folder */
function nodeModulePaths(folder) {
  const paths = [];
  for (let at = path.resolve(folder); ; at = packages.parent(at)) {
    if (!at.endsWith('/node_modules')) paths.push(at === '/' ? '/node_modules' : `${at}/node_modules`);
    if (at === '/') return paths;
  }
}

/** @param {string} request */
const isRelative = (request) => /^\.\.?(\/|$)/.test(request);

/** @param {string} request @param {any} parent */
Module._resolveLookupPaths = function _resolveLookupPaths(request, parent) {
  if (builtinName(request) !== undefined) return null;
  if (!isRelative(request)) return parent?.paths?.slice() ?? [];
  return [parent?.filename ? path.dirname(parent.filename) : '.'];
};

/** @param {string} request @param {string[] | null} paths */
Module._findPath = function _findPath(request, paths) {
  const onlyFolder = /(^|\/)\.{0,2}\/?$/.test(request) && /(\/|\/\.|\/\.\.|^\.|^\.\.)$/.test(request);
  if (path.isAbsolute(request)) return asPath(path.resolve(request), onlyFolder) ?? false;
  const split = isRelative(request) ? null : packages.splitRequest(request);
  for (const folder of paths ?? []) {
    if (binding.kind(folder) !== 1) continue;
    if (split !== null) {
      const home = path.join(folder, split.name);
      const pack = packages.readPackage(home);
      if (pack !== null && pack.exports !== undefined && pack.exports !== null) {
        const file = packages.resolveExports(pack, split.subpath, CONDITIONS, '');
        if (binding.kind(file) === 0) return realpath(file);
        throw notFound(file, undefined);
      }
    }
    const found = asPath(path.resolve(folder, request), onlyFolder);
    if (found !== undefined) return found;
  }
  return false;
};

/** @param {string} request @param {any} parent @param {boolean} [isMain] @param {any} [options] */
Module._resolveFilename = function _resolveFilename(request, parent, isMain, options) {
  void isMain;
  const builtin = builtinName(request);
  if (builtin !== undefined) return request;
  if (Array.isArray(options?.paths)) {
    for (const start of options.paths) {
      const fake = new Module('', undefined);
      fake.filename = path.join(path.resolve(start), 'noop.js');
      fake.paths = nodeModulePaths(path.resolve(start));
      const paths = isRelative(request) ? [path.resolve(start)] : fake.paths;
      const found = Module._findPath(request, paths);
      if (found) return found;
    }
    throw notFound(request, parent);
  }
  const key = `${request}\0${parent?.filename ? path.dirname(parent.filename) : ''}`;
  const known = resolutions.get(key);
  if (known !== undefined && binding.kind(known) === 0) return known;
  const found = find(request, parent);
  if (!found) throw notFound(request, parent);
  resolutions.set(key, found);
  return found;
};

/** @param {string} request @param {any} parent */
function find(request, parent) {
  if (request.startsWith('file://')) return false;
  if (parent?.filename) {
    const imports = request.startsWith('#') ? packages.packageOf(parent.filename)?.imports : undefined;
    if (imports !== undefined && imports !== null) {
      const target = packages.resolveImports(request, parent.filename, CONDITIONS);
      return target.startsWith('bare:') ?
        Module._resolveFilename(target.slice(5), parent, false) : target;
    }
    const own = findInOwnPackage(request, parent.filename, CONDITIONS);
    if (own !== undefined) return realpath(own);
  }
  return Module._findPath(request, Module._resolveLookupPaths(request, parent));
}

/** A package may require itself by its name. @param {string} request @param {string} file
 * @param {string[]} conditions */
function findInOwnPackage(request, file, conditions) {
  const split = isRelative(request) ? null : packages.splitRequest(request);
  if (split === null) return undefined;
  const pack = packages.packageOf(file);
  if (pack === null || pack.name !== split.name || pack.exports === undefined || pack.exports === null) {
    return undefined;
  }
  return packages.resolveExports(pack, split.subpath, conditions, '');
}

/** @param {string} request @param {any} parent */
function notFound(request, parent) {
  const stack = [];
  for (let at = parent; at; at = at.parent) {
    const name = at.filename || at.id;
    if (name) stack.push(name);
  }
  let message = `Cannot find module '${request}'`;
  if (stack.length > 0) message += `\nRequire stack:\n- ${stack.join('\n- ')}`;
  const error = /** @type {any} */ (new Error(message));
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = stack;
  return error;
}

// The module 'module' ----------------------------------------------------------------------

/** @param {string | URL} from */
function createRequire(from) {
  let file;
  if (from instanceof URL || (typeof from === 'string' && from.startsWith('file://'))) {
    file = require('internal/url').fileURLToPath(from);
  } else if (typeof from === 'string' && path.isAbsolute(from)) {
    file = from;
  } else {
    throw invalidArgValue('filename', from,
      'must be a file URL object, file URL string, or absolute path string');
  }
  const module = new Module(file.endsWith('/') ? `${file}noop.js` : file, undefined);
  module.filename = module.id;
  module.paths = nodeModulePaths(path.dirname(module.id));
  return makeRequire(module);
}

Object.assign(Module, {
  _cache: cache, _extensions: extensions, _nodeModulePaths: nodeModulePaths, _pathCache: {},
  globalPaths: [], createRequire, Module,
  isBuiltin(/** @type {string} */ name) {
    try {
      return builtinName(name) !== undefined;
    } catch {
      return false;
    }
  },
  syncBuiltinESMExports() {},
  findSourceMap() { return undefined; },
  wrap: (/** @type {string} */ source) =>
    `(function (exports, require, module, __filename, __dirname) { ${source}\n});`,
});
Object.defineProperty(Module, 'builtinModules', { get: listed, enumerable: true, configurable: true });

module.exports = {
  Module, isEsm, asFile, asFolder, realpath, isRelative, findInOwnPackage, nodeModulePaths, cache, makeRequire,
};
