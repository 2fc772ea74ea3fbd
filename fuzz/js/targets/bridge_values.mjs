// contextBridge: a byte string drives a page that makes values of every kind, calls what the preload
// exposed with them, now and then with its intrinsics replaced, and keeps all that it gets to see.
//
// No object of one realm is ever within reach of the other, whatever is thrown is an error of the page's,
// and plain values come home as they went.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { createIsolatedPair } from '../../../preload/tests/realms.mjs';
import { corpusOf } from '../../../preload/tests/golden.mjs';

export const covered = ['/preload/bridge', '/preload/lists', '/preload/context-bridge'];

const API = `{
  echo: (value) => received(value),
  call: (f, ...values) => received(f(...values)),
  callOn: (object, name) => received(object[name](object)),
  raise: (value) => { throw received(value); },
  resolve: (value) => Promise.resolve(received(value)),
  reject: (value) => Promise.reject(received(value)),
  wait: (promise) => promise.then(received, (reason) => { throw received(reason); }),
  keep(value) { this.kept = received(value); },
  kept() { return this.kept; },
  fresh: () => ({ a: [1, { b: () => ({}) }], map: new Map([[1, {}]]), bytes: new Uint8Array(2), failing: new RangeError('r') }),
  odd: () => new Proxy({ a: 1 }, { ownKeys() { throw { odd: {} }; } }),
  getter: () => ({ get x() { throw () => {}; } }),
}`;
const NAMES = ['echo', 'call', 'callOn', 'raise', 'resolve', 'reject', 'wait', 'keep', 'kept', 'fresh', 'odd', 'getter'];

/** @type {any} A pair of realms, and what is needed to play in them. */
let stage;
let plays = 0;
/** Runs in one pair of realms. A realm takes longer to make than hundreds of runs. */
const PLAYS = 2000;

// What the page leaves alone, or comes back to, is part of the play.
process.on('unhandledRejection', () => {});
process.removeAllListeners('warning');

/** All that is within reach of some values, by properties, accessors and prototypes, but for `known`. */
function reachable(roots, known = new Set()) {
  const seen = new Set();
  const queue = [...roots];
  while (queue.length > 0) {
    const value = queue.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) continue;
    if (known.has(value) || seen.has(value)) continue;
    seen.add(value);
    let keys;
    try {
      queue.push(Reflect.getPrototypeOf(value));
      keys = Reflect.ownKeys(value);
    } catch {
      continue; // A proxy of the realm itself.
    }
    for (const key of keys) {
      let property;
      try {
        property = Reflect.getOwnPropertyDescriptor(value, key);
      } catch {
        continue;
      }
      if (property) queue.push(property.value, property.get, property.set);
    }
    // What is in a collection belongs to it, whoever asks.
    for (const collection of [Map, Set]) {
      try {
        collection.prototype.forEach.call(value, (item, key) => queue.push(item, key));
      } catch {
        // It is none.
      }
    }
  }
  return seen;
}

/** Objects that every value of the realm leads to. */
const groundOf = (realm) => reachable([realm.global, ...realm.evaluate(`[
  (async () => {}).constructor, (function* () {}).constructor, (async function* () {}).constructor,
  Reflect.getPrototypeOf([].values()), Reflect.getPrototypeOf(new Map().keys()), Reflect.getPrototypeOf(function* () {}.prototype)]`)]);

function setUp() {
  const pair = createIsolatedPair();
  const received = [];
  const source = readFileSync(new URL('../bridge-page.js', import.meta.url), 'utf8');
  const play = pair.page.evaluate(source, 'bridge-page.js');
  pair.preload.global.record = (value) => received.push(value);
  pair.preload.evaluate(`
    { const { record } = globalThis; delete globalThis.record; globalThis.received = (value) => (record(value), value); }
    contextBridge.exposeInMainWorld('api', (${API}))`);
  const { describe } = corpusOf(pair.page.evaluate);
  const grounds = { page: groundOf(pair.page), preload: groundOf(pair.preload) };
  for (const object of grounds.page) assert.ok(!grounds.preload.has(object));
  return { ...pair, play, describe, received, grounds };
}

/** @param {Uint8Array} bytes */
export async function run(bytes) {
  if (plays++ % PLAYS === 0) stage = setUp();
  const { play, describe, received, grounds } = stage;
  let at = 0;
  const take = (n) => (at < bytes.length ? bytes[at++] : 0) % n;
  const hasMore = () => at < bytes.length;
  const { loot, thrown, pairs } = play(take, hasMore, NAMES);
  await new Promise(setImmediate);
  try {
    for (const object of reachable(loot, grounds.page)) assert.ok(!grounds.preload.has(object), 'the page has an object of the preload');
    for (const object of reachable(received, grounds.preload)) assert.ok(!grounds.page.has(object), 'the preload has an object of the page');
    for (const error of thrown) assert.ok(grounds.page.has(Reflect.getPrototypeOf(error)), 'what was thrown is an error of the page');
    for (const [sent, got] of pairs) assert.equal(describe(got), describe(sent));
  } finally {
    received.length = 0;
  }
}
