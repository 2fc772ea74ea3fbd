// require('electron') and import 'electron', in an app that knows nothing of where they come from.
'use strict';

const Module = require('module');

/** All name the same module, whichever process asks, as in Electron. */
const NAMES = ['electron', 'electron/main', 'electron/common', 'electron/renderer'];

/** What goes by Electron's way to its own module, in place of a file name. */
const FILE = 'electron';

/** @param {object} electron */
function provideElectron(electron) {
  const internal = /** @type {any} */ (Module);
  const module = new internal(FILE, null);
  Object.assign(module, { id: FILE, filename: FILE, loaded: true, exports: electron });
  internal._cache[FILE] = module;
  const resolveFilename = internal._resolveFilename;
  internal._resolveFilename = function (/** @type {string} */ request, /** @type {any[]} */ ...rest) {
    return NAMES.includes(request) ? FILE : resolveFilename.call(this, request, ...rest);
  };
  provideImports(electron);
}

/** @param {object} electron */
function provideImports(electron) {
  const names = Object.keys(electron);
  const text = [
    "import { createRequire } from 'node:module';",
    "const electron = createRequire('file:///')('electron');",
    'export default electron;',
    ...names.map((name) => `export const ${name} = electron.${name};`),
  ].join('\n');
  const url = 'conch:electron';
  const { registerHooks } = /** @type {any} */ (Module);
  if (typeof registerHooks === 'function') {
    registerHooks({
      resolve: (/** @type {string} */ request, /** @type {any} */ context, /** @type {Function} */ next) => {
        return isImport(request, context) ? { url, format: 'module', shortCircuit: true } : next(request, context);
      },
      load: (/** @type {string} */ address, /** @type {any} */ context, /** @type {Function} */ next) => {
        return address === url ? { format: 'module', source: text, shortCircuit: true } : next(address, context);
      },
    });
    return;
  }
  // An older Node asks its hooks on a thread of their own.
  const hooks = `
    const names = ${JSON.stringify(NAMES)};
    export const resolve = (request, context, next) => names.includes(request)
      ? { url: ${JSON.stringify(url)}, format: 'module', shortCircuit: true } : next(request, context);
    export const load = (address, context, next) => address === ${JSON.stringify(url)}
      ? { format: 'module', source: ${JSON.stringify(text)}, shortCircuit: true } : next(address, context);`;
  Module.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}

/**
 * Only for `import`: `require` finds the module by its name already.
 * @param {string} request
 * @param {{ conditions?: string[] }} context
 */
const isImport = (request, { conditions = [] }) => NAMES.includes(request) && !conditions.includes('require');

module.exports = { provideElectron };
