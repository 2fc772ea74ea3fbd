// The page of bridge_values.mjs: evaluates to a function that plays what numbers by chance tell it to.
(function play(take, hasMore, names) {
  'use strict';
  const { defineProperty, deleteProperty, getOwnPropertyDescriptor, apply, setPrototypeOf } = Reflect;
  const RealError = Error;
  const KEYS = ['a', 'b', '0', '1', 'length', 'then', 'constructor', '__proto__', 'toString', 'message', 'x y', ''];
  /** Everything that the page got to see, kept without a method that it may have replaced. */
  const loot = [];
  const keep = (value) => {
    defineProperty(loot, loot.length, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
    return value;
  };
  const thrown = [];
  const pairs = [];
  /** Objects to be met again. Those that arrive as they went are kept by themselves. */
  const made = [];
  const plainOnes = [];

  const put = (object, key, value) =>
    defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
  const remember = (object) => (put(made, made.length, object), object);

  function primitive() {
    switch (take(11)) {
      case 0: return take(256);
      case 1: return -0;
      case 2: return NaN;
      case 3: return 1.5 * take(256);
      case 4: return ['', 'text', 'w\u00efde \u20ac', '\ud800', 'x'.repeat(300)][take(5)];
      case 5: return true;
      case 6: return null;
      case 7: return undefined;
      case 8: return 10n ** BigInt(take(40));
      case 9: return Symbol.iterator;
      default: return 'k' + take(9);
    }
  }

  /** What arrives as it went: primitives, plain objects, arrays. */
  function plain(depth) {
    switch (depth > 5 ? 0 : take(4)) {
      case 1: {
        const object = {};
        for (let count = take(5); count > 0; count--) put(object, KEYS[take(KEYS.length)], plain(depth + 1));
        // A ring of objects closes; in one through an array the array comes twice, as in Electron.
        if (take(4) === 0) put(object, 'me', object);
        put(plainOnes, plainOnes.length, object);
        return object;
      }
      case 2: {
        const array = [];
        for (let count = take(6); count > 0; count--) put(array, array.length, plain(depth + 1));
        put(plainOnes, plainOnes.length, array);
        return array;
      }
      case 3: return plainOnes.length > 0 ? plainOnes[take(plainOnes.length)] : {};
      default: return primitive();
    }
  }

  /** Something whose every trap does what it likes. */
  function odd(depth) {
    const how = take(5);
    const trap = (_, key) => {
      // An array that calls itself endless keeps the page busy, and nobody else.
      if (key === 'length') return take(9);
      if (how === 0) throw remember({ thrown: 1 });
      return how === 1 ? any(depth + 1) : how === 2 ? loot : how === 3 ? undefined : [];
    };
    const handler = {};
    for (const name of ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'apply']) if (take(3) === 0) put(handler, name, trap);
    return new Proxy([{}, [], () => {}, new Map(), new Date(0)][take(5)], handler);
  }

  /** What a promise may come to: a promise that comes to itself would never end to be passed on. */
  const outcome = () => [plain(3), () => plain(3), new RangeError('outcome'), new Map([[1, {}]])][take(4)];

  function any(depth) {
    if (depth > 6) return primitive();
    switch (take(26)) {
      case 0: case 1: return primitive();
      case 2: case 3: case 4: {
        const object = remember({});
        for (let count = take(5); count > 0; count--) put(object, KEYS[take(KEYS.length)], any(depth + 1));
        return object;
      }
      case 5: case 6: {
        const array = remember([]);
        for (let count = take(5); count > 0; count--) put(array, array.length, any(depth + 1));
        if (take(3) === 0) array.length += take(9);
        if (take(4) === 0) put(array, 'extra', any(depth + 1));
        return array;
      }
      case 7: return made.length > 0 ? made[take(made.length)] : undefined;
      case 8: { const result = any(depth + 1); return remember(function (...values) { keep(values); keep(this); return result; }); }
      case 9: { const error = any(depth + 1); return remember((...values) => { keep(values); throw error; }); }
      case 10: return remember(Promise.resolve(outcome()));
      case 11: return remember(Promise.reject(outcome()));
      case 12: return remember(new Map([[any(depth + 1), any(depth + 1)]]));
      case 13: return remember(new Set([any(depth + 1)]));
      case 14: return remember(new Date(take(9) * 1e12));
      case 15: return remember(/a/g);
      case 16: { const error = remember(new [Error, TypeError, RangeError][take(3)]('m')); put(error, 'own', any(depth + 1)); return error; }
      case 17: return remember([new Uint8Array(take(9)), new Float64Array(2), new ArrayBuffer(8)][take(3)]);
      case 18: return remember(odd(depth));
      case 19: { const result = any(depth + 1); return remember({ get got() { return result; }, get bad() { throw result; } }); }
      case 20: return remember(Object.freeze({ __proto__: null, a: any(depth + 1) }));
      case 21: return remember(new (class Named { own = any(depth + 1); get [Symbol.toStringTag]() { return ['Map', 'Promise', 'Date', 'Error', 'Array'][take(5)]; } })());
      case 22: return remember(Object([1, 'b', true, 1n, Symbol.iterator][take(5)]));
      case 23: { const value = outcome(); return remember({ then(done, failed) { keep([done, failed]); done(value); failed(value); } }); }
      case 24: { let nest = []; for (let count = take(256) * 5; count > 0; count--) nest = take(2) ? [nest] : { nest }; return remember(nest); }
      default: return remember([new WeakMap(), (function* () { yield 1; })(), [].values(), loot, globalThis.api, Object.create([])][take(6)]);
    }
  }

  /** What a page may replace: owner, key. */
  const TARGETS = [
    [Array.prototype, Symbol.iterator], [Function.prototype, 'call'], [Function.prototype, 'apply'], [Promise.prototype, 'then'],
    [Object, 'defineProperty'], [Reflect, 'apply'], [Reflect, 'ownKeys'], [Map.prototype, 'get'], [WeakMap.prototype, 'get'], [Array, 'isArray'],
    [Object.prototype, 'a'], [Object.prototype, '0'], [Object.prototype, 'value'], [Object.prototype, 'get'], [Array.prototype, '0'],
    [Object.prototype, 'then'], [Object.prototype, 'message'], [Array.prototype, 'push'], [Promise, Symbol.species], [Error, 'prepareStackTrace'],
    [Error.prototype, 'message'], [Promise.prototype, 'constructor'], [Object.prototype, Symbol.toStringTag],
  ];

  /** Replaces up to three of them; gives what puts them back. Uses nothing that may be replaced already. */
  function tamper() {
    let undo = () => {};
    for (let count = take(4); count > 0; count--) {
      const target = TARGETS[take(TARGETS.length)];
      const owner = target[0];
      const key = target[1];
      const before = getOwnPropertyDescriptor(owner, key);
      if (before && !before.configurable) continue;
      const trap = function (...values) { keep(this); keep(values); return undefined; };
      const property = take(2) ? { __proto__: null, get: trap, set: trap } : { __proto__: null, value: trap, writable: true };
      property.configurable = true;
      const inner = undo;
      undo = () => {
        if (before) defineProperty(owner, key, setPrototypeOf(before, null) && before);
        else deleteProperty(owner, key);
        inner();
      };
      defineProperty(owner, key, property);
    }
    return undo;
  }

  const { api } = globalThis;
  let turns = 0;
  while (hasMore() && turns++ < 12) {
    if (take(3) === 0) {
      const value = plain(0);
      try {
        pairs.push([value, api.echo(value)]);
      } catch (error) {
        thrown.push(error);
      }
      continue;
    }
    const name = names[take(names.length)];
    let values;
    try {
      values = [any(0), any(0)];
    } catch {
      continue; // A proxy of the page's own, put into something.
    }
    const method = api[name];
    const restore = tamper();
    let result, failure, failed = false;
    try {
      result = apply(method, undefined, values);
    } catch (error) {
      failed = true;
      failure = error;
    } finally {
      restore();
    }
    if (failed) thrown.push(keep(failure));
    else keep(result);
    try {
      // May be a proxy of the page's own.
      if (result instanceof Promise) result.then(keep, keep);
      if (typeof result === 'function') keep(result({}));
    } catch (error) {
      keep(error);
    }
  }
  return { loot, thrown, pairs };
})
