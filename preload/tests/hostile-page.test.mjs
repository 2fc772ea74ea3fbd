// A page that tries everything to get hold of an object of the preload's realm, or to notice the bridge.
// Any such object is the preload's Function constructor, and with it everything.
import test from 'node:test';
import assert from 'node:assert/strict';
import { createIsolatedPair } from './realms.mjs';

// Rejections that the page leaves alone are part of the attack, not a failure of the test.
function ignoreRejections() {
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', () => {});
}

const API = `{
  plain: { text: 'x', list: [1, [2]], fn() { return this.text; } },
  echo: (value) => value,
  give: () => ({ a: { b: [1, () => ({ c: 1 })] } }),
  call: (f, ...args) => f(...args),
  callInSloppy: function (f) { return f({ a: 1 }); },
  throws: () => { throw new TypeError('thrown'); },
  throwsObject: () => { throw { message: 'odd', get x() { return {}; } }; },
  throwsFunction: () => { throw () => {}; },
  later: () => Promise.resolve({ x: [1] }),
  laterBad: () => Promise.reject(new Error('bad')),
  laterOdd: () => Promise.reject({ odd: () => {} }),
  uncopyable: () => Object(Symbol()),
  map: () => new Map([[{}, [1]]]),
  badMap: () => new Map([[1, () => {}]]),
  date: new Date(0), bytes: new Uint8Array(3), error: new RangeError('value'),
  getter: () => ({ get x() { throw new Error('from a getter'); } }),
  wait: (p) => p.then((v) => v, (e) => { throw e; }),
  deep: () => { let a = []; for (let i = 0; i < 1500; i++) a = [a]; return a; },
}`;

function attack(options) {
  ignoreRejections();
  const pair = createIsolatedPair(options);
  const intrinsics = new Set(
    pair.preload.evaluate(`[Object, Function, Array, Error, TypeError, RangeError, Promise, Map, Set, WeakMap, Symbol, Date,
      RegExp, Uint8Array, ArrayBuffer, Reflect, JSON, globalThis, Proxy,
      (async () => {}).constructor, (function* () {}).constructor].flatMap((f) => [f, f.prototype]).filter(Boolean)`),
  );
  /** Every object within reach of a value, by properties, accessors and prototypes. */
  const leaks = (roots) => {
    const seen = new Set();
    const queue = [[roots, 'roots']];
    const found = [];
    while (queue.length > 0) {
      const [value, path] = queue.pop();
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
      seen.add(value);
      if (intrinsics.has(value)) found.push(path);
      queue.push([Object.getPrototypeOf(value), `${path}.__proto__`]);
      for (const key of Reflect.ownKeys(value)) {
        const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
        for (const part of [descriptor.value, descriptor.get, descriptor.set]) queue.push([part, `${path}.${String(key)}`]);
      }
    }
    return found;
  };
  pair.preload.evaluate(`contextBridge.exposeInMainWorld('api', (${API}))`);
  pair.page.evaluate(`var loot = []`);
  return {
    ...pair,
    run: (code) => pair.page.evaluate(code),
    /** Nothing that the page gathered leads to the preload. */
    assertSafe(roots = '[loot, globalThis]') {
      assert.deepEqual(leaks(pair.page.evaluate(roots)), []);
    },
  };
}

/** Calls everything there is, and keeps every result and exception in `loot`. */
const CALL_ALL = `for (const name of Object.keys(api)) {
  if (typeof api[name] !== 'function') { loot.push(api[name]); continue; }
  for (const args of [[], [1], [{ a: 1 }], [(...a) => { loot.push(a); return { r: () => a }; }, { b: 2 }], [() => { throw { mine: 1 }; }],
      [Promise.resolve({ v: 1 })], [Promise.reject({ e: 1 })], [[[]]], [new Map([[1, 2]])], [Object(Symbol())]]) {
    try { const r = api[name](...args); loot.push(r); if (r instanceof Promise) r.then((v) => loot.push(v), (e) => loot.push(e)); }
    catch (e) { loot.push(e); }
    for (const a of args) if (a instanceof Promise) a.catch(() => {});
  }
}`;

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test('nothing that the bridge hands out leads home', async () => {
  const page = attack();
  page.run(CALL_ALL);
  await settled();
  page.assertSafe();
});

test('the test would notice a leak', () => {
  const page = attack();
  page.page.global.loot.push({ deep: [page.preload.evaluate(`() => {}`)] });
  assert.throws(() => page.assertSafe());
});

test('stack overflows are errors of the page', async () => {
  const page = attack();
  for (const call of ['api.echo(1)', 'api.echo({})', 'api.throws()', 'api.give()', 'api.later()', 'api.map()', 'api.badMap()', 'api.getter()',
    'api.call(() => ({}), {})', 'api.call(() => { throw {} })', 'api.echo({ get x() { return {}; } })', 'api.uncopyable()', 'api.wait(Promise.resolve({}))', 'api.deep()', 'api.plain.fn()']) {
    page.run(`{
      const found = [];
      const climb = (n) => n === 0 ? (${call}) : climb(n - 1);
      let depth = 0;
      const measure = () => { depth++; measure(); };
      try { measure(); } catch {}
      // Every distance from the end of the stack at which the call can break.
      for (let n = depth; n > 0 && n > depth - 250; n--) { try { found[found.length] = climb(n); } catch (e) { found[found.length] = e; } }
      for (const item of found) loot.push(item);
    }`);
    await settled();
    page.assertSafe();
    page.run('loot.length = 0');
  }
});

test('what recursion through the bridge overflows with is an error of the page', async () => {
  const page = attack();
  page.run(`{ const again = () => api.call(again); try { again(); } catch (e) { loot.push(e); } }
    { const again = () => { try { return api.call(again, {}); } catch (e) { if (loot.length < 100) loot.push(e); throw e; } }; try { again(); } catch (e) { loot.push(e); } }
    { const again = (p) => api.echo({ get x() { try { return again(); } catch (e) { if (loot.length < 200) loot.push(e); throw e; } } }); try { again(); } catch (e) { loot.push(e); } }`);
  await settled();
  page.assertSafe();
});

/** Replaces the page's intrinsics by ones that note who uses them. */
const TAMPER = `
  var noted = [];
  const apply = Reflect.apply, define = Object.defineProperty, gopd = Object.getOwnPropertyDescriptor, ownKeys = Reflect.ownKeys, P = Proxy, push = (v) => { noted[noted.length] = v; };
  {
    // Not through prototypes: those are about to be tampered with.
    const list = noted; let count = 0; globalThis.note = (v) => define(list, count++, { __proto__: null, value: v, configurable: true, writable: true });
  }
  const skip = { __proto__: null, constructor: 1, note: 1, noted: 1, loot: 1, api: 1 };
  const wrapAll = (owner, label) => { for (const key of ownKeys(owner)) {
    if (skip[key]) continue;
    const d = gopd(owner, key); if (!d.configurable) continue;
    const wrap = (f) => new P(f, { __proto__: null, apply(t, self, args) { if (armed) note([label + String(key), self, args]); return apply(t, self, args); } });
    if (typeof d.value === 'function') define(owner, key, { __proto__: null, value: wrap(d.value), configurable: true, writable: true });
    if (d.get || d.set) define(owner, key, { __proto__: null, get: d.get && wrap(d.get), set: d.set && wrap(d.set), configurable: true });
  } };
  var armed = false;
  const targets = [['Function', Function.prototype], ['Object', Object.prototype], ['Array', Array.prototype], ['Promise', Promise.prototype], ['Map', Map.prototype], ['Set', Set.prototype],
    ['WeakMap', WeakMap.prototype], ['Error', Error.prototype], ['Reflect.', Reflect], ['Object.', Object], ['Promise.', Promise], ['Array.', Array], ['ArrayIterator', Object.getPrototypeOf([][Symbol.iterator]())],
    ['RegExp', RegExp.prototype], ['Date', Date.prototype], ['String', String.prototype], ['global', globalThis]];
  for (const [label, owner] of targets.map((t) => t)) if (label !== 'global') wrapAll(owner, label + '.');
  for (const key of ['get', 'set', 'value', 'writable', 'enumerable', 'configurable', 'then', 'message', 'length', 'resolve', 'reject', 'promise', 'has', 'apply',
      'owner', 'proxy', 'relatedTarget', 'next', 'done', 'raise', 'isTypeError', 'text', 'list', 'a', 'b', 'c', 'x', 'fn', ...Array.from({ length: 8 }, (_, i) => String(i))]) {
    for (const proto of [Object.prototype, Array.prototype, Function.prototype, Error.prototype, Promise.prototype]) {
      if (gopd(proto, key)) continue;
      define(proto, key, { __proto__: null, configurable: true, get() { if (armed) note(['get ' + key, this]); return undefined; }, set(v) { if (armed) note(['set ' + key, this, v]); } });
    }
  }
  define(Promise, Symbol.species, { __proto__: null, configurable: true, get() { if (armed) note(['species', this]); return this; } });
`;

test('86: tampered prototypes see nothing of the bridge', async () => {
  const page = attack();
  page.run(TAMPER);
  page.run(`armed = true;
    api.echo(1); api.echo({ a: [1, { b: 2 }] }); api.give().a.b[1](); api.plain.fn(); api.plain.list; api.map(); api.call(() => ({ x: [1] }), [1]);
    try { api.throws() } catch (e) {} try { api.uncopyable() } catch (e) {} try { api.badMap() } catch (e) {} try { api.getter() } catch (e) {} try { api.echo(api.deep) } catch (e) {}
    try { api.deep() } catch (e) {}
    api.later(); api.laterBad(); api.laterOdd();
    armed = false;`);
  await settled();
  const what = page.run(`noted.map((n) => n[0])`);
  // What the language itself asks of a value that a promise is resolved with.
  const own = new Set(['get then']);
  assert.deepEqual([...new Set(what)].filter((name) => !own.has(name)), []);
  // Not the global object: a vm context's cannot be looked into once Object.prototype has a setter.
  page.assertSafe('[loot, noted]');
});

test('tampered prototypes catch nothing on the way into the preload either', async () => {
  const page = attack();
  page.run(TAMPER);
  page.run(`armed = true; ${CALL_ALL.replace('for (const name of Object.keys(api))', 'for (const name of names)')}`.replace('armed = true;', `var names = Object.keys(api); armed = true;`));
  await settled();
  page.run('armed = false');
  page.assertSafe('[loot, noted]');
});

test('proxies, getters and coercions of the page are handed nothing of the preload', async () => {
  const page = attack();
  page.run(`
    const traps = { __proto__: null };
    for (const name of Object.getOwnPropertyNames(Reflect)) if (typeof Reflect[name] === 'function') traps[name] = function (...args) { loot.push(args, this); return Reflect[name](...args); };
    const watch = (target) => new Proxy(target, traps);
    for (const target of [{ a: { b: 1 } }, [1, [2]], function () { return watch({}); }, new Map(), new Date(), Promise.resolve(1), new Error('x')]) {
      for (const name of ['echo', 'call', 'wait', 'callInSloppy']) {
        try { loot.push(api[name](watch(target), watch({ deep: watch([1]) }))); } catch (e) { loot.push(e); }
      }
    }
    const odd = { [Symbol.toPrimitive](h) { loot.push(this, h); return 1; }, toString() { loot.push(this); return 's'; }, get [Symbol.toStringTag]() { loot.push(this); return 'Promise'; },
      get then() { loot.push(this); return (a, b) => { loot.push(a, b); a({}); }; }, get constructor() { loot.push(this); return undefined; }, get message() { loot.push(this); return { toString() { return 'm'; } }; } };
    for (const name of Object.keys(api)) if (typeof api[name] === 'function') { try { loot.push(api[name](odd)); } catch (e) { loot.push(e); } }
    try { api.call(() => { throw odd; }); } catch (e) { loot.push(e); }
    class Mine extends Promise { constructor(run) { super((a, b) => { loot.push(a, b); run(a, b); }); loot.push(run); } static get [Symbol.species]() { loot.push(this); return Mine; } then(...a) { loot.push(a); return super.then(...a); } }
    loot.push(api.wait(new Mine((done) => done({ z: 1 }))), api.echo(new Mine((done) => done(1))));
    const own = Promise.resolve(1); Object.defineProperty(own, 'constructor', { get() { loot.push(this); return Mine; } });
    own.then = function (...a) { loot.push(a); };
    loot.push(api.wait(own));
  `);
  await settled();
  page.assertSafe();
});

test('a callback sees nothing of who called it', () => {
  const page = attack();
  page.run(`
    function sloppy() {
      loot.push(arguments, this, sloppy.caller, sloppy.arguments);
      try { loot.push(arguments.callee.caller); } catch (e) { loot.push(e); }
      let f = sloppy; for (let i = 0; i < 10 && f; i++) { try { f = f.caller; loot.push(f); } catch (e) { loot.push(e); break; } }
      return { get x() { let f = Object.getOwnPropertyDescriptor(this, 'x').get; try { loot.push(f.caller); } catch (e) { loot.push(e); } return 1; } };
    }
    api.call(sloppy); api.callInSloppy(sloppy); api.call(sloppy, {}, []);
    for (const key of ['caller', 'arguments', 'callee']) { try { loot.push(api.echo[key]); } catch (e) { loot.push(e); } }
  `);
  page.assertSafe();
});

test('new, apply and bind on a bridged function give nothing of the preload', () => {
  const page = attack();
  page.run(`
    for (const use of [() => new api.echo({}), () => Reflect.construct(Object, [], api.echo), () => api.echo.apply(api, [{}]), () => api.plain.fn.call({ text: 'y' }), () => api.echo.bind({})({}),
      () => api.echo.toString(), () => Object.getOwnPropertyDescriptors(api.echo), () => { class X extends api.echo {} return new X(); }, () => [] instanceof api.echo,
      () => Reflect.apply(api.echo, undefined, { length: 1, 0: {} })]) { try { loot.push(use()); } catch (e) { loot.push(e); } }
  `);
  assert.equal(page.run(`api.plain.fn.call({ text: 'y' })`), 'x');
  page.assertSafe();
});

test('a value that is later read again is not the preload object', () => {
  const page = attack();
  page.preload.evaluate(`var shared = { n: 1 }; contextBridge.exposeInMainWorld('more', { get: () => shared, set: (o) => { o.added = () => {}; return o === shared; } })`);
  page.run(`const o = more.get(); loot.push(o); o.n = 2; loot.push(more.set(o)); loot.push(o.added);`);
  assert.equal(page.preload.evaluate('shared.n'), 1);
  assert.equal(page.run('loot[2]'), undefined);
  page.assertSafe();
});
