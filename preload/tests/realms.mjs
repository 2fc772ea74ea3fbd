// Realms for tests: what the loader and the extension do in a web process, done with vm contexts.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { webcrypto } from 'node:crypto';
import vm from 'node:vm';

const preloadFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * A structured clone made of the realm's own parts: Node has one function for all realms, which makes
 * its results in the realm of Node. Native where it counts: tampering does not reach it.
 */
const STRUCTURED_CLONE = `(function () {
  const { apply, defineProperty, ownKeys, getOwnPropertyDescriptor } = Reflect;
  const uncurry = (f) => (self, ...args) => apply(f, self, args);
  const tag = uncurry(Object.prototype.toString), { isArray } = Array, { isView } = ArrayBuffer, { keys } = Object;
  const time = uncurry(Date.prototype.getTime), valueOf = uncurry(Object.prototype.valueOf);
  const source = uncurry(getOwnPropertyDescriptor(RegExp.prototype, 'source').get), flags = uncurry(getOwnPropertyDescriptor(RegExp.prototype, 'flags').get);
  const mapGet = uncurry(Map.prototype.get), mapSet = uncurry(Map.prototype.set), mapEach = uncurry(Map.prototype.forEach);
  const setAdd = uncurry(Set.prototype.add), setEach = uncurry(Set.prototype.forEach);
  const kind = uncurry(getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get);
  const views = { __proto__: null, Uint8Array, Float64Array };
  const RealMap = Map, RealSet = Set, RealDate = Date, RealRegExp = RegExp, RealError = Error, RealObject = Object, Bytes = Uint8Array;
  const primitiveOf = { __proto__: null, '[object Number]': uncurry(Number.prototype.valueOf), '[object String]': uncurry(String.prototype.valueOf), '[object Boolean]': uncurry(Boolean.prototype.valueOf), '[object BigInt]': uncurry(BigInt.prototype.valueOf) };
  const fail = () => { throw new RealError('could not be cloned'); };
  globalThis.structuredClone = function structuredClone(value) {
    const seen = new RealMap();
    const copy = (value) => {
      if (typeof value === 'symbol' || typeof value === 'function') fail();
      if (typeof value !== 'object' || value === null) return value;
      const known = mapGet(seen, value);
      if (known) return known;
      let result;
      const keep = (made) => (mapSet(seen, value, made), made);
      const name = tag(value);
      switch (name) {
        case '[object Date]': return keep(new RealDate(time(value)));
        case '[object RegExp]': return keep(new RealRegExp(source(value), flags(value)));
        case '[object Map]': result = keep(new RealMap()); mapEach(value, (v, k) => mapSet(result, copy(k), copy(v))); return result;
        case '[object Set]': result = keep(new RealSet()); setEach(value, (v) => setAdd(result, copy(v))); return result;
        case '[object Symbol]': case '[object Promise]': case '[object WeakMap]': return fail();
        case '[object ArrayBuffer]': return keep(new Bytes(new Bytes(value)).buffer);
        case '[object Error]': return keep(new RealError(value.message));
      }
      if (primitiveOf[name]) return keep(RealObject(primitiveOf[name](value)));
      if (isView(value)) return keep(new views[kind(value)](value));
      result = keep(isArray(value) ? [] : {});
      const all = keys(value);
      for (let i = 0; i < all.length; i++) defineProperty(result, all[i], { __proto__: null, value: copy(value[all[i]]), writable: true, enumerable: true, configurable: true });
      return result;
    };
    return copy(value);
  };
})()`;

/** The names of the DOM that our modules capture. They do nothing: what needs a DOM is tested in one. */
const DOM_NAMES = `
  globalThis.Event = class Event { constructor(type) { this.type = type; Object.defineProperty(this, 'isTrusted', { get: () => false }); } };
  globalThis.DOMException = class DOMException extends Error {};
  for (const name of ['EventTarget', 'MessagePort', 'MessageChannel']) globalThis[name] = { [name]: class {} }[name];
  globalThis.MessageEvent = class MessageEvent extends Event {};
`;

/**
 * A realm with our modules in it.
 * @param {Record<string, any>} [globals] put on its global object before anything runs
 */
export function createRealm(globals = {}) {
  const context = vm.createContext({ ...globals });
  const evaluate = (code, filename = 'realm.js') => vm.runInContext(code, context, { filename });
  evaluate(STRUCTURED_CLONE);
  evaluate(DOM_NAMES);
  const modules = new Map();
  let primordials;
  const native = {};
  const load = (name) => {
    if (modules.has(name)) return modules.get(name).exports;
    const filename = path.join(preloadFolder, name);
    const source = readFileSync(filename, 'utf8');
    const run = evaluate(`(function (exports, require, module, native, primordials) {${source}\n})`, filename);
    const module = evaluate('({ exports: {} })');
    modules.set(name, module);
    run(module.exports, load, module, native, primordials);
    return module.exports;
  };
  primordials = load('./primordials.js');
  return { context, evaluate, load, native, global: evaluate('globalThis') };
}

// A global of every page, but of Node only from version 20 on.
globalThis.crypto ??= webcrypto;

/** Loads modules into the test's own realm, where Node's MessagePort is. */
export function loadHere(name) {
  const modules = new Map();
  let primordials;
  const load = (file) => {
    if (!modules.has(file)) {
      const module = { exports: {} };
      modules.set(file, module);
      const filename = path.join(preloadFolder, file);
      const run = vm.runInThisContext(
        `(function (exports, require, module, native, primordials) {${readFileSync(filename, 'utf8')}\n})`,
        { filename },
      );
      run(module.exports, load, module, {}, primordials);
    }
    return modules.get(file).exports;
  };
  primordials = load('./primordials.js');
  return load(name);
}

/** A preload's realm, a page's and that of a world of the app's own, with contextBridge between them. */
export function createIsolatedPair({ emptied = [] } = {}) {
  const page = createRealm();
  const preload = createRealm();
  const other = createRealm();
  const mainWorld = page.load('./main-world.js');
  const contextBridge = preload.load('./context-bridge.js')({
    mainWorld,
    evaluateMain: page.evaluate,
    worldSide: () => other.load('./world-side.js'),
    emptied,
  });
  preload.global.contextBridge = contextBridge;
  return { page, preload, other, contextBridge, mainWorld };
}
