// The clone codec among people who mean harm: other realms, tampered prototypes, bytes from nowhere.
import assert from 'node:assert/strict';
import test from 'node:test';

import { createRealm, loadHere } from './realms.mjs';
import { START, bytesOf, corpus, corpusOf, golden, undetectable, valueOf } from './golden.mjs';

const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** A realm with a codec and the corpus. */
function codecRealm() {
  const realm = createRealm();
  const codec = realm.load('./codec.js').createCodec({});
  return { ...realm, codec, corpus: corpusOf(realm.evaluate) };
}

/** Bytes in an array of the realm, as received ones are. */
function ownBytes(realm, bytes) {
  const own = new (realm.evaluate('Uint8Array'))(bytes.length);
  own.set(bytes);
  return own;
}

test('serialises the objects of another realm', () => {
  const page = codecRealm();
  const preload = codecRealm();
  for (const { name, make, loose } of page.corpus.values) {
    const bytes = bytesOf(preload.codec, make());
    if (!loose) assert.equal(hex(bytes), hex(golden(name)), name);
  }
  for (const { name, make, message } of page.corpus.uncloneable) {
    if (undetectable.includes(name)) continue;
    assert.throws(() => preload.codec.write(make(), START), (error) => {
      assert.equal(Object.getPrototypeOf(error), preload.evaluate('Error.prototype'), name);
      if (message !== null) assert.equal(error.message, message, name);
      return true;
    });
  }
});

test('makes objects of its own realm', () => {
  const realm = codecRealm();
  for (const { name, make, clone } of realm.corpus.values) {
    const bytes = ownBytes(realm, golden(name));
    const value = realm.codec.read(bytes, 0, bytes.length);
    // `describe` names every prototype that is not its realm's.
    assert.equal(realm.corpus.describe(value), realm.corpus.describe((clone ?? make)()), name);
  }
});

/** Replaces everything that a script can reach by traps; returns what puts it back. */
const TAMPER = `(function () {
  const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, setPrototypeOf } = Reflect;
  const RealError = Error;
  // What is used while and after it tampers must not be caught itself.
  const list = () => { const empty = []; setPrototypeOf(empty, null); return empty; };
  const bare = (object) => { setPrototypeOf(object, null); return object; };
  const undo = list();
  let sprung = list();
  const trap = (name) => function () { sprung[sprung.length] = name; throw new RealError('sprung ' + name); };
  const replace = (object, key, name) => {
    const old = bare(getOwnPropertyDescriptor(object, key));
    if (!old.configurable || (key !== 'constructor' && typeof old.value !== 'function' && !old.get)) return;
    defineProperty(object, key, bare({ get: trap(name), set: trap(name + ' set'), enumerable: old.enumerable, configurable: true }));
    undo[undo.length] = () => defineProperty(object, key, old);
  };
  const plant = (object, key, name) => {
    if (getOwnPropertyDescriptor(object, key)) return;
    defineProperty(object, key, bare({ get: trap(name), set: trap(name + ' set'), configurable: true }));
    undo[undo.length] = () => deleteProperty(object, key);
  };
  return function (keys) {
    const all = list();
    const add = (object, name) => {
      const own = ownKeys(object);
      for (let i = 0; i < own.length; i++) {
        const key = own[i], full = name + '.' + String(key);
        all[all.length] = () => replace(object, key, full);
      }
    };
    for (const name of ownKeys(globalThis)) {
      const value = globalThis[name];
      if (typeof value !== 'function' || !/^[A-Z]/.test(name) || !value.prototype) continue;
      add(value, name);
      add(value.prototype, name + '.prototype');
    }
    for (const [object, name] of [[Reflect, 'Reflect'], [JSON, 'JSON'], [Math, 'Math'],
      [getPrototypeOf(Uint8Array), 'TypedArray'], [getPrototypeOf(Uint8Array).prototype, 'TypedArray.prototype'],
      [getPrototypeOf([].values()), 'array iterator'], [getPrototypeOf(new Map().keys()), 'map iterator'],
      [getPrototypeOf(new Set().keys()), 'set iterator']]) add(object, name);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      all[all.length] = () => plant(Object.prototype, key, 'Object.prototype.' + key);
      all[all.length] = () => plant(Array.prototype, key, 'Array.prototype.' + key);
    }
    const length = all.length;
    for (let i = 0; i < length; i++) all[i]();
    return () => {
      const result = sprung;
      sprung = list();
      for (let i = undo.length - 1; i >= 0; i--) undo[i]();
      return setPrototypeOf(result, Array.prototype) && result;
    };
  };
})()`;

test('nothing that a page replaces is called, and its setters do not fire', () => {
  const realm = codecRealm();
  const { codec, corpus: own } = realm;
  const tamper = realm.evaluate(TAMPER);
  // Getters of the values themselves may well call what was replaced, and so do holes; prototypes
  // are what was replaced.
  const values = own.values.filter(({ name }) => !/getter|shrinks|hole|sparse|longest|prototype/.test(name))
    .map((entry) => ({ ...entry, value: entry.make(), bytes: ownBytes(realm, golden(entry.name)), length: golden(entry.name).length }));
  const refused = own.uncloneable.filter(({ name }) => !undetectable.includes(name) && !/getter/.test(name))
    .map((entry) => ({ ...entry, value: entry.make() }));
  const keys = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable', 'maxByteLength',
    'stack', 'message', 'cause', 'index', 'name', 'id', 'polluted', 'key1', 'call', 'apply'];
  for (let i = 0; i < 70; i++) keys.push(String(i));
  const results = [];
  const restore = tamper(keys);
  try {
    for (let i = 0; i < values.length; i++) {
      const { value, bytes, length } = values[i];
      const result = {};
      try {
        const end = codec.write(value, START);
        result.end = end;
        result.written = [];
        for (let at = START; at < end; at++) result.written[at - START] = codec.writer.bytes[at];
        result.read = codec.read(bytes, 0, length);
      } catch (error) {
        result.error = error;
      }
      results[i] = result;
    }
    for (let i = 0; i < refused.length; i++) {
      try {
        codec.write(refused[i].value, START);
      } catch (error) {
        refused[i].error = error;
      }
    }
  } finally {
    assert.deepEqual([...restore()], []);
  }
  for (const [i, { name, clone, make, loose }] of values.entries()) {
    const { error, written, read } = results[i];
    assert.equal(error, undefined, name);
    if (!loose) assert.equal(hex(written), hex(golden(name)), name);
    assert.equal(own.describe(read), own.describe((clone ?? make)()), name);
  }
  for (const { name, message, error } of refused) {
    assert.match(error.message, / could not be cloned\.$/, name);
    // Names of classes are looked up where they were taken away.
    if (message !== null && !message.startsWith('#<')) assert.equal(error.message, message, name);
  }
});

test('keys are defined where a prototype has them, in whatever way', () => {
  const realm = codecRealm();
  const { codec, evaluate } = realm;
  const bytes = ownBytes(realm, bytesOf(codec, evaluate(`
    [JSON.parse('{"toString":1,"__proto__":{"x":1},"y":2,"constructor":3,"planted":4}'), [5, 6], { planted: 7 }]`)));
  const expected = evaluate('JSON.stringify')(codec.read(bytes, 0, bytes.length));
  assert.equal(expected, '[{"toString":1,"__proto__":{"x":1},"y":2,"constructor":3,"planted":4},[5,6],{"planted":7}]');
  evaluate(`globalThis.fired = 0;
    Object.defineProperty(Object.prototype, 'planted', { set() { fired++; }, configurable: true });
    Object.defineProperty(Array.prototype, '1', { set() { fired++; }, configurable: true });`);
  assert.equal(evaluate('JSON.stringify')(codec.read(bytes, 0, bytes.length)), expected);
  evaluate('Object.setPrototypeOf(Array.prototype, new Proxy(Object.prototype, { has() { fired++; }, set() { fired++; } }))');
  assert.equal(evaluate('JSON.stringify')(codec.read(bytes, 0, bytes.length)), expected);
  assert.equal(evaluate('fired'), 0);
  evaluate('Object.freeze(Object.prototype); Object.freeze(Array.prototype)');
  assert.equal(evaluate('JSON.stringify')(codec.read(bytes, 0, bytes.length)), expected);
});

test('a long array meets no setter either', () => {
  const realm = codecRealm();
  const bytes = ownBytes(realm, bytesOf(realm.codec, Array.from({ length: 20_000 }, () => 1)));
  realm.evaluate(`globalThis.fired = 0;
    Object.defineProperty(Object.prototype, '15000', { set() { fired++; }, configurable: true });`);
  const copy = realm.codec.read(bytes, 0, bytes.length);
  assert.equal(realm.evaluate('fired'), 0);
  assert.deepEqual([copy.length, copy[15_000]], [20_000, 1]);
});

test('a getter may send messages of its own', () => {
  const sent = [];
  const native = {
    setTx(bytes) { native.tx = bytes; },
    send(length) { sent.push(native.tx.slice(0, length)); },
  };
  const { createCodec } = loadHere('./codec.js');
  const { MessageWriter, MessageReader, kind } = loadHere('./wire.js');
  const codec = createCodec(native);
  const wire = new MessageWriter(native, codec);
  const send = (channel, value) => wire.sendValue(kind.SEND, 0, 0, 0, channel, null, value);
  const many = Array.from({ length: 40 }, (_, i) => ({ i }));
  const shared = { s: 1 };
  const value = {
    before: shared,
    many,
    get inner() {
      send('first', { get deeper() { send('deepest', ['x', shared]); return 'd'; }, shared });
      assert.throws(() => send('refused', { a: 1, f: () => 1 }), /could not be cloned/);
      assert.throws(() => send('x'.repeat(2 << 20), 1), /too long/);
      wire.sendBare(kind.PORT_CLOSE, 0, 8, null);
      send('large', 'y'.repeat(200_000));
      return 'i';
    },
    after: shared,
    manyAgain: many,
  };
  send('outer', value);
  const reader = new MessageReader();
  const all = sent.map((bytes) => {
    reader.parse(bytes, bytes.length);
    const { channel, start, end } = reader;
    return [channel, start === end ? undefined : codec.read(bytes, start, end)];
  });
  assert.deepEqual(all.map(([channel]) => channel), ['deepest', 'first', '', 'large', 'outer']);
  assert.deepEqual(all[0][1], ['x', { s: 1 }]);
  assert.deepEqual(all[1][1], { deeper: 'd', shared: { s: 1 } });
  assert.equal(all[3][1].length, 200_000);
  const outer = all[4][1];
  assert.equal(outer.inner, 'i');
  assert.equal(outer.before, outer.after);
  assert.equal(outer.many[39], outer.manyAgain[39]);
  assert.equal(outer.many.length, 40);
});

test('what was read does not change with the buffer', () => {
  const codec = loadHere('./codec.js').createCodec({});
  const text = 'some text that is long enough for every way of reading it, and longer still, and on';
  const value = { [text]: text, bytes: new Uint8Array(300).fill(7), wide: '\u20ac'.repeat(100), part: new Uint8Array(64).subarray(8) };
  const bytes = bytesOf(codec, value);
  const copy = codec.read(bytes, 0, bytes.length);
  const before = corpus.describe(copy);
  bytes.fill(0x2a);
  assert.equal(corpus.describe(copy), before);
  assert.equal(before, corpus.describe(value));
  assert.notEqual(copy.bytes.buffer, bytes.buffer);
  assert.notEqual(copy.part.buffer, bytes.buffer);
});

test('the buffer grows for a long message and is given back', () => {
  const sizes = [];
  const codec = loadHere('./codec.js').createCodec({ setTx: (bytes) => sizes.push(bytes.length) });
  codec.writer.enter();
  codec.write(new Uint8Array(5 << 20), START);
  assert.deepEqual([sizes.length, sizes[1] > 5 << 20], [2, true]);
  for (let i = 0; i < 1000; i++) {
    codec.writer.enter();
    codec.write(i, START);
  }
  assert.equal(sizes.length, 3);
  assert.equal(sizes[2], sizes[0]);
});

test('a value nested too deep is refused, and the codec goes on', () => {
  const codec = loadHere('./codec.js').createCodec({});
  const nest = (levels, wrap) => {
    let value = wrap(null);
    for (let i = 1; i < levels; i++) value = wrap(value);
    return value;
  };
  const wraps = [(v) => [v], (v) => ({ v }), (v) => new Map([[1, v]]), (v) => new Set([v]),
    (v) => new Error('x', { cause: v })];
  for (const wrap of wraps) {
    assert.throws(() => codec.write(nest(100_000, wrap), START),
      { message: /^An object nested deeper than \d+ levels could not be cloned\.$/ });
    const copy = valueOf(codec, bytesOf(codec, nest(500, wrap)));
    assert.equal(typeof copy, 'object');
  }
  for (const [open, rest] of [['4101', '0'], ['6f220161', '0'], ['3b30', '0'], ['27', '0'], ['7263', '2e']]) {
    const bytes = corpus.fromHex('ff0f' + open.repeat(100_000) + (rest.length % 2 ? '30' : rest));
    assert.throws(() => valueOf(codec, bytes), { message: 'Unable to deserialize cloned data.' });
  }
  assert.equal(valueOf(codec, bytesOf(codec, 'next')), 'next');
});

test('any bytes give a value or an error, soon and in little room', () => {
  const codec = loadHere('./codec.js').createCodec({});
  const goldens = corpus.values.map(({ name }) => golden(name)).filter((bytes) => bytes.length < 3000);
  let seed = 7;
  const random = (n) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % n;
  };
  const tags = '"cSINUZTF0_-?^oaA{@$DxynzsR;:\',B~Vr.'.split('').map((c) => c.charCodeAt(0));
  const buffer = new Uint8Array(8192);
  let values = 0;
  const before = process.memoryUsage();
  for (let i = 0; i < 60_000; i++) {
    let length;
    if (i % 3 === 0) {
      length = 2 + random(60);
      for (let j = 2; j < length; j++) buffer[j] = random(3) ? tags[random(tags.length)] : random(random(2) ? 8 : 256);
    } else {
      const bytes = goldens[random(goldens.length)];
      buffer.set(bytes);
      length = i % 3 === 1 ? bytes.length : random(bytes.length + 1);
      for (let j = random(4); j > 0; j--) {
        buffer[random(bytes.length)] = random(2) ? random(256) : tags[random(tags.length)];
      }
    }
    buffer[0] = 0xff;
    buffer[1] = 0x0d + random(3);
    try {
      codec.read(buffer, 0, length);
      values++;
    } catch (error) {
      assert.equal(error.message, 'Unable to deserialize cloned data.');
    }
  }
  assert.ok(values > 1000);
  const after = process.memoryUsage();
  assert.ok(after.rss - before.rss < 400 << 20, 'memory stays bounded');
});

test('a length is not believed', () => {
  const codec = loadHere('./codec.js').createCodec({});
  const sparse = '61ffffff7f4000ffffff7f';
  const array = valueOf(codec, corpus.fromHex('ff0f' + sparse));
  assert.equal(array.length, 0x0fffffff);
  // Ten thousand arrays that claim a hundred thousand elements each.
  const claims = '61a08d064000a08d06'.repeat(10_000);
  assert.equal(valueOf(codec, corpus.fromHex('ff0f41904e' + claims + '2400904e')).length, 10_000);
  // Reserved address space is rationed.
  const resizable = '7e00ffffff7f'.repeat(1000);
  assert.throws(() => valueOf(codec, corpus.fromHex('ff0f41e807' + resizable + '2400e807')));
});
