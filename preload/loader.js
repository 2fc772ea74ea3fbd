// Puts the internal modules of one script context together. The value of this script is a
// function that runs the entry module and returns what it exports.
//
// Runs at the start of a document, before any script of the page, in every context that gets
// internals: the preload world, and the page's.
(function (native, entry) {
  'use strict';
  const { internalSource, internalParameters, compile } = native;
  /** @type {Record<string, any>} */
  const modules = { __proto__: null };
  let primordials;

  /** Node modules that are other here than in the main process. */
  const ours = {
    __proto__: null,
    'internal/builtins': './node-builtins.js',
    'internal/imports': './node-imports.js',
    'internal/stack': './node-stack.js',
    'internal/types': './node-types.js',
    'internal/url': './node-url.js',
    timers: './node-timers.js',
  };

  /**
   * Returns an internal module's exports, running it the first time.
   * @param {string} name './x.js' for a file beside this one, a bare name for a Node module
   * @returns {any}
   */
  function requireInternal(name) {
    name = ours[name] ?? name;
    const known = modules[name];
    if (known !== undefined) return known.exports;
    const source = internalSource(name);
    if (source === undefined) throw new Error(`no internal module ${name}`);
    const isOurs = name[0] === '.';
    const url = `conch:preload/${isOurs ? name.slice(2) : name}`;
    const run = compile(source, url, internalParameters(name));
    const module = { exports: {} };
    modules[name] = module;
    if (isOurs) run(module.exports, requireInternal, module, native, primordials);
    else run(module.exports, requireInternal, module, nodeProcess, nodeBinding);
    return module.exports;
  }

  /** What a Node module has from native code in the main process. @param {string} name */
  function nodeBinding(name) {
    if (name === 'text') return requireInternal('./node-text.js');
    if (name === 'modules') return requireInternal('./node-modules.js');
    if (name === 'crypto') return requireInternal('./node-crypto.js');
    if (name === 'fs') return requireInternal('./node-fs.js');
    if (name === 'os') return requireInternal('./node-os.js').os;
    if (name === 'process') return requireInternal('./node-os.js').process;
    if (name === 'stdio') return requireInternal('./node-os.js').stdio;
    return absentBinding(name);
  }

  /** Whatever is asked of it names itself. @param {string} name */
  function absentBinding(name) {
    return new Proxy({}, {
      get: (_, key) => () => {
        throw new Error(`Node's ${name}.${String(key)} in a renderer is not supported by Conch`);
      },
    });
  }

  /** What a Node module sees as `process`: it may look at the platform, not act. */
  const nodeProcess = {
    platform: 'linux',
    arch: native.config?.arch,
    pid: native.config?.pid,
    env: native.config?.env ?? {},
    cwd: () => native.config?.cwd ?? '/',
    versions: {},
    argv: [],
    nextTick: (callback, ...args) => queueMicrotask(() => callback(...args)),
    emitWarning: (warning) => console.warn(String(warning)),
  };

  primordials = requireInternal('./primordials.js');
  return requireInternal(entry);
});
