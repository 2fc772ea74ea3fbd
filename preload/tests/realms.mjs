// Realms for tests: what the loader and the extension do in a web process, done with vm contexts.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import vm from 'node:vm';

const preloadFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * A structured clone made of the realm's own parts. Node has one function for all realms, which
 * makes its results in the realm of Node.
 */
const STRUCTURED_CLONE = `(function () {
  const tag = (value) => Object.prototype.toString.call(value);
  const fail = () => { const error = new Error('could not be cloned'); error.name = 'DataCloneError'; throw error; };
  globalThis.structuredClone = function structuredClone(value) {
    const seen = new Map();
    const copy = (value) => {
      if (typeof value === 'symbol' || typeof value === 'function') fail();
      if (typeof value !== 'object' || value === null) return value;
      if (seen.has(value)) return seen.get(value);
      let result;
      const keep = (made) => (seen.set(value, made), made);
      switch (tag(value)) {
        case '[object Date]': return keep(new Date(value.getTime()));
        case '[object RegExp]': return keep(new RegExp(value.source, value.flags));
        case '[object Map]': result = keep(new Map()); for (const [k, v] of value) result.set(copy(k), copy(v)); return result;
        case '[object Set]': result = keep(new Set()); for (const v of value) result.add(copy(v)); return result;
        case '[object Symbol]': case '[object Promise]': case '[object WeakMap]': return fail();
        case '[object Number]': case '[object String]': case '[object Boolean]': case '[object BigInt]': return keep(Object(value.valueOf()));
        case '[object ArrayBuffer]': return keep(new Uint8Array(new Uint8Array(value)).buffer);
        case '[object Error]': return keep(new Error(value.message));
      }
      if (ArrayBuffer.isView(value)) return keep(new globalThis[value.constructor.name](value));
      result = keep(Array.isArray(value) ? [] : {});
      for (const key of Object.keys(value)) result[key] = copy(value[key]);
      return result;
    };
    return copy(value);
  };
})()`;

/**
 * A realm with our modules in it.
 * @param {Record<string, any>} [globals] put on its global object before anything runs
 */
export function createRealm(globals = {}) {
  const context = vm.createContext({ ...globals });
  const evaluate = (code, filename = 'realm.js') => vm.runInContext(code, context, { filename });
  evaluate(STRUCTURED_CLONE);
  const modules = new Map();
  let primordials;
  const native = {};
  const load = (name) => {
    if (modules.has(name)) return modules.get(name).exports;
    const filename = path.join(preloadFolder, name);
    const source = readFileSync(process.env.BP_PRIMORDIALS && name === './primordials.js' ? process.env.BP_PRIMORDIALS : filename, 'utf8');
    const run = evaluate(`(function (exports, require, module, native, primordials) {${source}\n})`, filename);
    const module = evaluate('({ exports: {} })');
    modules.set(name, module);
    run(module.exports, load, module, native, primordials);
    return module.exports;
  };
  primordials = load('./primordials.js');
  return { context, evaluate, load, native, global: evaluate('globalThis') };
}

/** A preload's realm and a page's, with contextBridge between them. */
export function createIsolatedPair({ emptied = [] } = {}) {
  const page = createRealm();
  const preload = createRealm();
  const mainWorld = page.load('./main-world.js');
  const contextBridge = preload.load('./context-bridge.js')({
    mainWorld,
    evaluateMain: page.evaluate,
    emptied,
  });
  preload.global.contextBridge = contextBridge;
  return { page, preload, contextBridge, mainWorld };
}
