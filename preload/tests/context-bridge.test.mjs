// contextBridge between two realms: Electron's rules (semantics 68-87).
import test from 'node:test';
import assert from 'node:assert/strict';
import { createIsolatedPair, createRealm } from './realms.mjs';

/** Exposes what `source` evaluates to in the preload, as `api`; returns an evaluator of the page. */
function expose(source, options) {
  const pair = createIsolatedPair(options);
  pair.preload.evaluate(`contextBridge.exposeInMainWorld('api', (${source}))`);
  return Object.assign((code) => pair.page.evaluate(code), pair);
}

test('68: without isolation every method says so', () => {
  const realm = createRealm();
  const bridge = realm.load('./context-bridge.js')({});
  for (const method of Object.keys(bridge)) {
    assert.throws(() => bridge[method]('x', {}), {
      message: 'contextBridge API can only be used when contextIsolation is enabled',
    });
  }
});

test('69: a taken name is refused, own or inherited, by an error of the preload', () => {
  const { preload } = createIsolatedPair();
  for (const name of ['Array', 'toString']) {
    assert.equal(
      preload.evaluate(`try { contextBridge.exposeInMainWorld('${name}', {}) } catch (e) { e instanceof Error && e.message }`),
      'Cannot bind an API on top of an existing property on the window object',
    );
  }
  preload.evaluate(`contextBridge.exposeInMainWorld('once', 1)`);
  assert.throws(() => preload.evaluate(`contextBridge.exposeInMainWorld('once', 2)`), /Cannot bind/);
});

test('70: the property and the whole graph are frozen, views excepted', () => {
  const page = expose(`{ list: [1, { deep: {} }], call() {}, bytes: new Uint8Array(2) }`);
  assert.equal(page(`api = 1; delete globalThis.api; typeof api`), 'object');
  assert.equal(page(`api.list[1].deep.x = 1; api.list[1].deep.x`), undefined);
  assert.throws(() => page(`'use strict'; api.list.push(3)`), { name: 'TypeError' });
  assert.throws(() => page(`'use strict'; api.call.x = 3`), { name: 'TypeError' });
  assert.equal(page(`api.bytes[0] = 7; api.bytes[0]`), 7);
  assert.equal(page(`Object.isFrozen(api) && Object.isFrozen(api.list) && Object.isFrozen(api.call)`), true);
});

test('70: what later calls return is fresh and not frozen', () => {
  const page = expose(`{ get: () => shared }`);
  page.preload.evaluate(`var shared = { list: [] }`);
  assert.equal(page(`const a = api.get(); a.list.push(1); a.list.length + ',' + api.get().list.length`), '1,0');
});

test('71: primitives pass as they are', () => {
  const page = expose(`{ echo: (value) => value, symbol: Symbol.for('s'), lookup: (k) => ({ [k]: 5 })[k] }`);
  assert.equal(
    page(`[1, -0, NaN, 'text', true, null, undefined, 10n, Symbol.iterator].every((v) => Object.is(api.echo(v), v))`),
    true,
  );
  assert.equal(page(`api.symbol === Symbol.for('s')`), true);
  assert.equal(page(`const own = Symbol('own'); api.echo(own) === own && api.lookup(own)`), 5);
});

test('71, 72: only own enumerable keys cross, symbols among them; getters are read once', () => {
  const page = expose(`(() => {
    class Thing { constructor() { this.own = 1; } method() {} }
    const thing = new Thing();
    let reads = 0;
    Object.defineProperty(thing, 'hidden', { value: 1, enumerable: false });
    Object.defineProperty(thing, 'got', { enumerable: true, get: () => ++reads });
    thing[Symbol.for('s')] = 1;
    Object.defineProperty(thing, Symbol.for('hidden'), { value: 1, enumerable: false });
    thing[7] = 'seven';
    return thing;
  })()`);
  assert.equal(page(`Reflect.ownKeys(api).map(String).join()`), '7,own,got,Symbol(s)');
  assert.equal(page(`api[Symbol.for('s')]`), 1);
  assert.equal(page(`api.got + ',' + api.got`), '1,1');
  assert.equal(page(`Object.getPrototypeOf(api) === Object.prototype`), true);
});

test('72: a key named __proto__ is an own property', () => {
  const page = expose(`JSON.parse('{"__proto__": {"evil": 1}}')`);
  assert.equal(page(`Object.getPrototypeOf(api) === Object.prototype && api.evil === undefined`), true);
  assert.equal(page(`Object.getOwnPropertyDescriptor(api, '__proto__').value.evil`), 1);
});

test('73: functions keep the object they were in as this', () => {
  const page = expose(`{ secret: 42, read() { return this.secret; }, list: [function () { return this.length; }] }`);
  assert.equal(page(`const { read } = api; read()`), 42);
  assert.equal(page(`(0, api.list[0])()`), 1);
});

test('73: a function that comes home is the function itself, both ways', () => {
  const page = expose(`{ give: () => own, check: (f) => f === own, keep(f) { kept = f; }, giveBack: () => kept }`);
  page.preload.evaluate(`var kept; function own() {}`);
  assert.equal(page(`api.check(api.give())`), true);
  assert.equal(page(`const mine = () => {}; api.keep(mine); api.giveBack() === mine`), true);
  assert.equal(page(`api.give() === api.give()`), true);
});

test('a page function has one stand-in in the preload, so that it can be found again', () => {
  const page = expose(`{ on(f) { all.push(f); }, off(f) { all.splice(all.indexOf(f), 1); }, count: () => all.length }`);
  page.preload.evaluate(`var all = []`);
  assert.equal(page(`const f = () => {}; api.on(f); api.on(() => {}); api.off(f); api.count()`), 1);
});

test('74: the same object stays one object, rings close', () => {
  const page = expose(`(() => { const o = { me: null }; o.me = o; return { a: o, b: o, same: (x, y) => x === y }; })()`);
  assert.equal(page(`api.a === api.b && api.a.me === api.a`), true);
  assert.equal(page(`const o = {}; api.same(o, o)`), true);
  assert.equal(page(`const f = () => {}; api.same(f, f)`), true);
});

test('74, 79: a ring of arrays is too deep', () => {
  const page = expose(`{ take() {} }`);
  assert.equal(
    page(`const ring = []; ring.push(ring); try { api.take(ring) } catch (e) { e instanceof TypeError && e.message }`),
    'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
  );
});

test('79: 1000 levels pass, 1001 do not', () => {
  const page = expose(`{ take() { return 'ok'; } }`);
  const nested = (wraps) => `{ let a = []; for (let i = 0; i < ${wraps}; i++) a = [a]; api.take(a) }`;
  assert.equal(page(nested(999)), 'ok');
  assert.throws(() => page(nested(1000)), { name: 'TypeError' });
});

test('75: promises go both ways, late and nested', async () => {
  const page = expose(`{
    ok: () => Promise.resolve({ a: [1] }),
    late: () => new Promise((done) => Promise.resolve().then(() => done(Promise.resolve(7)))),
    nested: { promise: Promise.resolve('n') },
    bad: () => Promise.reject(new TypeError('no')),
    badText: () => Promise.reject('text'),
    wait: (p) => p.then((v) => v + 1),
    waitBad: (p) => p.catch((e) => e.message + (e instanceof Error)),
  }`);
  assert.equal(await page(`api.ok().then((v) => v.a[0] === 1 && v.constructor === Object)`), true);
  assert.equal(page(`api.ok() instanceof Promise`), true);
  assert.equal(await page(`api.late()`), 7);
  assert.equal(await page(`api.nested.promise`), 'n');
  assert.equal(await page(`api.bad().catch((e) => e.constructor === Error && e.message)`), 'no');
  assert.equal(await page(`api.badText().catch((e) => e)`), 'text');
  assert.equal(await page(`api.wait(Promise.resolve(1))`), 2);
  assert.equal(await page(`api.waitBad(Promise.reject(new Error('mine')))`), 'minetrue');
});

test('77: a promise with an uncopyable value rejects with an error of the caller', async () => {
  const page = expose(`{ give: () => Promise.resolve(Object(Symbol())), sync: () => Object(Symbol()) }`);
  assert.equal(await page(`api.give().catch((e) => e instanceof Error && e.message)`), 'An object could not be cloned.');
  assert.equal(page(`try { api.sync() } catch (e) { e instanceof Error && e.message }`), 'An object could not be cloned.');
});

test('76: exceptions cross as an Error with the message', () => {
  const page = expose(`{
    typed() { throw Object.assign(new TypeError('wrong'), { code: 'E' }); },
    text() { throw 'text'; }, nothing() { throw null; }, undef() { throw undefined; }, odd() { throw { message: 5 }; },
    call(f) { try { f(); } catch (e) { return [e.constructor === Error, e.message]; } },
  }`);
  assert.equal(page(`try { api.typed() } catch (e) { [e.constructor === Error, e.message, e.code].join() }`), 'true,wrong,');
  const unknown =
    'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.';
  for (const name of ['text', 'nothing', 'undef', 'odd']) {
    assert.equal(page(`try { api.${name}() } catch (e) { e instanceof Error && e.message }`), unknown);
  }
  assert.equal(page(`api.call(() => { throw new RangeError('page') }).join()`), 'true,page');
  assert.equal(page(`api.call(() => { throw 'x' }).join()`), `true,${unknown}`);
});

test('78: errors as values keep only the message', () => {
  const page = expose(`{ error: Object.assign(new RangeError('m'), { code: 1 }) }`);
  assert.equal(page(`[api.error.constructor === Error, api.error.message, api.error.code].join()`), 'true,m,');
});

test('80: what has internal slots goes through structured clone', () => {
  const page = expose(`{
    date: new Date(5), re: /x/gi, map: new Map([[1, { a: 1 }]]), set: new Set([1]), bytes: new Uint8Array([1, 2]),
    buffer: new ArrayBuffer(3), boxed: Object(5), give: () => new Map([[1, () => {}]]),
  }`);
  assert.equal(page(`api.date instanceof Date && api.date.getTime()`), 5);
  assert.equal(page(`api.re instanceof RegExp && api.re.flags`), 'gi');
  assert.equal(page(`api.map instanceof Map && api.map.get(1).a`), 1);
  assert.equal(page(`api.set instanceof Set && api.set.has(1)`), true);
  assert.equal(page(`api.bytes instanceof Uint8Array && api.bytes[1]`), 2);
  assert.equal(page(`api.buffer instanceof ArrayBuffer && api.buffer.byteLength`), 3);
  assert.equal(page(`api.boxed instanceof Number && api.boxed + 1`), 6);
  assert.throws(() => page(`api.give()`), { message: 'An object could not be cloned.' });
});

test('what only pretends is a plain object', () => {
  const page = expose(`(() => {
    class Fake { constructor(tag) { this.tag = tag; } get [Symbol.toStringTag]() { return this.tag; } }
    return ['Map', 'Promise', 'Date', 'RegExp', 'Set', '__proto__'].map((tag) => new Fake(tag));
  })()`);
  assert.equal(page(`api.map((o) => Object.getPrototypeOf(o) === Object.prototype && o.tag).join()`), 'Map,Promise,Date,RegExp,Set,__proto__');
});

test('82: a throwing getter is a throw', () => {
  const page = expose(`{ give: () => ({ get x() { throw new Error('got'); } }), list: () => Object.defineProperty([1], 0, { get() { throw new Error('at'); } }), take() {} }`);
  assert.throws(() => page(`api.give()`), { message: 'Uncaught Error: got' });
  assert.throws(() => page(`api.list()`), { message: 'Uncaught Error: at' });
  assert.throws(() => page(`api.take({ get y() { throw new Error('mine'); } })`), { message: 'mine' });
});

test('83: ipcRenderer arrives empty', () => {
  const ipcRenderer = { _events: {}, send() {} };
  const pair = createIsolatedPair({ emptied: [ipcRenderer] });
  pair.preload.global.ipcRenderer = ipcRenderer;
  pair.preload.evaluate(`contextBridge.exposeInMainWorld('api', { ipc: ipcRenderer, all: [ipcRenderer] })`);
  assert.equal(pair.page.evaluate(`JSON.stringify(api)`), '{"ipc":{},"all":[{}]}');
});

test('84: exposeInIsolatedWorld reaches the page, itself and other worlds', () => {
  const { preload, page, other } = createIsolatedPair();
  preload.evaluate(`contextBridge.exposeInIsolatedWorld(0, 'main', { a: 1 })`);
  assert.equal(page.evaluate(`main.a`), 1);
  preload.evaluate(`contextBridge.exposeInIsolatedWorld(999, 'mine', { f: () => 3 })`);
  assert.equal(preload.evaluate(`mine.f()`), 3);
  preload.evaluate(`contextBridge.exposeInIsolatedWorld(1000, 'theirs', { list: (n) => [n] })`);
  assert.equal(other.evaluate(`theirs.list(4) instanceof Array && theirs.list(4)[0]`), 4);
  assert.equal(page.evaluate(`typeof theirs`), 'undefined');
});

test('85: executeInMainWorld runs the text of a function in the page', async () => {
  const { preload, page } = createIsolatedPair();
  assert.equal(preload.evaluate(`contextBridge.executeInMainWorld({ func: (a, b) => { globalThis.seen = b; return a + 1; }, args: [1, { x: 2 }] })`), 2);
  assert.equal(page.evaluate(`seen.x === 2 && seen.constructor === Object`), true);
  assert.equal(await preload.evaluate(`contextBridge.executeInMainWorld({ func: async () => [1] }).then((v) => v instanceof Array)`), true);
  assert.throws(() => preload.evaluate(`contextBridge.executeInMainWorld({})`), { name: 'TypeError', message: "Function 'func' is required in script" });
  assert.throws(() => preload.evaluate(`contextBridge.executeInMainWorld({ func() {}, args: 5 })`), { message: "'args' must be an array" });
  assert.throws(() => preload.evaluate(`contextBridge.executeInMainWorld({ func: () => { throw new Error('there'); } })`), { message: 'there' });
});

test('87: an api may be a function or a primitive, late as well', () => {
  const { preload, page } = createIsolatedPair();
  preload.evaluate(`contextBridge.exposeInMainWorld('fn', (a) => a * 2); contextBridge.exposeInMainWorld('num', 5)`);
  assert.equal(page.evaluate(`fn(num)`), 10);
});
