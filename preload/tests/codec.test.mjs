// The clone codec against the shared corpus and against Node's own serialiser.
import assert from 'node:assert/strict';
import test from 'node:test';
import { types } from 'node:util';

import { loadHere } from './realms.mjs';
import {
  START, bytesOf, corpus, golden, undetectable, v8Read, v8Write, valueOf,
} from './golden.mjs';

const { createCodec } = loadHere('./codec.js');
const { describe } = corpus;
const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** The native functions that codec.js asks for, and checks that it keeps to what it says there. */
function fakeNatives() {
  let tx;
  const called = { txString: 0, rxLatin1: 0, rxTwoByte: 0, setTx: 0 };
  return {
    called,
    setTx(bytes) {
      assert.equal(bytes.byteLength, bytes.buffer.byteLength);
      tx = bytes;
      called.setTx++;
    },
    txString(text, position) {
      called.txString++;
      assert.ok(text.length > 200);
      assert.ok(position + 2 * text.length + 16 <= tx.length);
      const isNarrow = !/[^\0-\xff]/.test(text);
      const size = isNarrow ? text.length : 2 * text.length;
      const varint = [];
      for (let n = size; ; n >>>= 7) {
        varint.push(n < 128 ? n : (n & 127) | 128);
        if (n < 128) break;
      }
      if (!isNarrow && (position + 1 + varint.length) % 2 === 1) tx[position++] = 0;
      tx.set([isNarrow ? 0x22 : 0x63, ...varint], position);
      position += 1 + varint.length;
      tx.set(Buffer.from(text, isNarrow ? 'latin1' : 'utf16le'), position);
      return position + size;
    },
    rxLatin1(bytes, position, length) {
      called.rxLatin1++;
      assert.ok(length >= 64 && position + length <= bytes.length);
      return Buffer.from(bytes).latin1Slice(position, position + length);
    },
    rxTwoByte(bytes, position, size) {
      called.rxTwoByte++;
      assert.ok(size > 64 && size % 2 === 0 && position + size <= bytes.length);
      return Buffer.from(bytes).ucs2Slice(position, position + size);
    },
  };
}

for (const [title, natives] of [['in loops', {}], ['with natives', fakeNatives()]]) {
  const codec = createCodec(natives);

  test(`reads what V8 writes, ${title}`, () => {
    const buffer = new Uint8Array(1 << 18);
    for (const { name, make, clone } of corpus.values) {
      const bytes = golden(name);
      const expected = describe((clone ?? make)());
      for (const start of [0, 7]) {
        buffer.fill(0x41);
        buffer.set(bytes, start);
        assert.equal(describe(codec.read(buffer, start, start + bytes.length)), expected, name);
      }
    }
  });

  test(`writes what V8 writes, ${title}`, () => {
    for (const { name, make, clone, loose } of corpus.values) {
      const bytes = bytesOf(codec, make());
      if (!loose) assert.equal(hex(bytes), hex(golden(name)), name);
      assert.equal(describe(v8Read(bytes)), describe((clone ?? make)()), name);
      // At an odd place the padding of strings differs, and nothing else may.
      const odd = bytesOf(codec, make(), START + 1);
      assert.equal(describe(v8Read(odd)), describe((clone ?? make)()), name);
    }
  });
}

test('every native function is used', () => {
  const natives = fakeNatives();
  const codec = createCodec(natives);
  for (const text of ['a'.repeat(300), '\xe9'.repeat(300), '\u20ac\ud83d'.repeat(200)]) {
    assert.equal(valueOf(codec, bytesOf(codec, { text })).text, text);
  }
  assert.deepEqual(Object.values(natives.called).map((n) => n > 0), [true, true, true, true]);
});

test('throws a plain Error in V8\'s words for what cannot be cloned', () => {
  const codec = createCodec({});
  for (const { name, make, message } of corpus.uncloneable) {
    if (undetectable.includes(name)) continue;
    assert.throws(() => codec.write(make(), START), (error) => {
      assert.equal(Object.getPrototypeOf(error), Error.prototype, name);
      if (message === null) assert.match(error.message, / could not be cloned\.$/, name);
      else assert.equal(error.message, message, name);
      return true;
    });
    assert.equal(valueOf(codec, bytesOf(codec, 'next')), 'next');
  }
});

test('refuses a proxy where native code can tell', () => {
  const codec = createCodec({ isProxy: types.isProxy });
  const trap = () => assert.fail('a trap was called');
  const handler = new Proxy({}, { get: () => trap });
  for (const value of [new Proxy({}, handler), [{ deep: new Proxy([], handler) }], new Map([[1, new Proxy(new Map(), handler)]])]) {
    assert.throws(() => codec.write(value, START), { message: '#<Object> could not be cloned.' });
  }
  // Without, it is what it shows.
  assert.deepEqual(valueOf(createCodec({}), bytesOf(createCodec({}), new Proxy({ a: 1 }, {}))), { a: 1 });
});

test('throws for objects of the platform', () => {
  const codec = createCodec({});
  const { port1, port2 } = new MessageChannel();
  port1.close();
  port2.close();
  const objects = {
    port: port1,
    memory: new WebAssembly.Memory({ initial: 1 }),
    descendant: Object.create(Object.create(port1)),
    iterator: [].values(),
    generator: (async function* () {})(),
    shared: new SharedArrayBuffer(8),
    format: new Intl.NumberFormat(),
    'view of shared memory': new Uint8Array(new SharedArrayBuffer(8)),
    'subclass of Promise': new (class Later extends Promise {})(() => {}),
  };
  for (const [name, value] of Object.entries(objects)) {
    assert.throws(() => codec.write({ value }, START), { message: / could not be cloned\.$/ }, name);
  }
  assert.throws(() => codec.write(port1, START), { message: 'An object could not be cloned.' });
  assert.throws(() => codec.write(new Intl.NumberFormat(), START), { message: '#<NumberFormat> could not be cloned.' });
  assert.throws(() => codec.write(objects['subclass of Promise'], START), { message: '#<Later> could not be cloned.' });
});

test('throws for windows of another origin', () => {
  const codec = createCodec({});
  // As the HTML standard makes them: no prototype, nothing enumerable, and an error for most names.
  const foreign = (names) => new Proxy(Object.create(null), {
    getOwnPropertyDescriptor(target, key) {
      if (!names.includes(key)) throw new DOMException('Blocked', 'SecurityError');
      return { value: () => {}, enumerable: false, configurable: true, writable: false };
    },
    ownKeys: () => names,
  });
  for (const value of [foreign(['postMessage', 'location']), foreign(['href', 'replace'])]) {
    assert.throws(() => codec.write({ value }, START), { message: 'An object could not be cloned.' });
  }
  assert.deepEqual(valueOf(codec, bytesOf(codec, Object.create(null))), {});
});

test('takes names for nothing but hints', () => {
  const codec = createCodec({});
  const copy = (value) => valueOf(codec, bytesOf(codec, value));
  class Tagged extends Map { get [Symbol.toStringTag]() { return 'Nothing'; } }
  assert.deepEqual(copy(new Tagged([[1, 2]])), new Map([[1, 2]]));
  for (const tag of ['Map', 'Promise', 'Date', 'Error', 'Generator', 'Whatever']) {
    class Fake { field = tag; }
    Object.defineProperty(Fake.prototype, Symbol.toStringTag, { value: tag, writable: true });
    assert.deepEqual(copy(new Fake()), { field: tag });
  }
  class Failure extends RangeError { get [Symbol.toStringTag]() { return 'Failure'; } }
  assert.ok(copy(new Failure('x')) instanceof RangeError);
  assert.deepEqual(copy(Object.create(Map.prototype)), {});
  assert.deepEqual(copy(Math), {});
});

test('throws what getters throw', () => {
  const codec = createCodec({});
  for (const { name, make, thrown } of corpus.throwing) {
    assert.throws(() => codec.write(make(), START), (error) => error === thrown, name);
  }
});

test('throws for a detached buffer', () => {
  const codec = createCodec({});
  const buffer = new ArrayBuffer(8);
  const view = new Uint8Array(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  const expected = { message: 'An ArrayBuffer is detached and could not be cloned.' };
  assert.throws(() => codec.write(buffer, START), expected);
  assert.throws(() => codec.write([view], START), expected);
  assert.throws(() => codec.write(new DataView(new ArrayBuffer(0)) && new DataView(buffer), START));
});

test('a part of a Buffer goes without the rest of its pool', () => {
  const codec = createCodec({});
  const part = Buffer.from('conch');
  assert.notEqual(part.buffer.byteLength, part.byteLength);
  const [copy, again] = valueOf(codec, bytesOf(codec, [part, part]));
  assert.equal(Object.getPrototypeOf(copy), Uint8Array.prototype);
  assert.deepEqual(copy, new Uint8Array(part));
  assert.equal(copy.buffer.byteLength, 5);
  assert.equal(copy, again);
});

test('shares views and buffers in either order', () => {
  const codec = createCodec({});
  const whole = new Uint8Array([1, 2, 3, 4]);
  const [view, buffer, words] = valueOf(codec, bytesOf(codec, [whole, whole.buffer, new Uint16Array(whole.buffer)]));
  assert.equal(view.buffer, buffer);
  assert.equal(words.buffer, buffer);
  assert.deepEqual(view, whole);
});

test('reads forms that it does not write, and refuses what is malformed', () => {
  const codec = createCodec({});
  for (const { name, hex: text, make } of corpus.readable) {
    assert.equal(describe(valueOf(codec, corpus.fromHex(text))), describe(make()), name);
  }
  for (const { name, hex: text } of corpus.malformed) {
    assert.throws(() => valueOf(codec, corpus.fromHex(text)),
      { message: 'Unable to deserialize cloned data.' }, name);
  }
});

test('trees of random values survive, here and in V8', () => {
  const codec = createCodec({});
  let seed = 1;
  const random = (n) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % n;
  };
  const text = () => {
    const limit = [0x7f, 0xff, 0xffff][random(3)];
    return Array.from({ length: random(10) === 0 ? random(400) : random(12) }, () => String.fromCharCode(random(limit))).join('');
  };
  const met = [];
  const value = (depth) => {
    if (depth > 0 && random(12) === 0 && met.length > 0) return met[random(met.length)];
    const kind = random(depth > 4 ? 9 : 18);
    const keep = (object) => (met.push(object), object);
    const many = (make) => Array.from({ length: random(6) }, make);
    switch (kind) {
      case 0: return random(2) === 0;
      case 1: return [undefined, null, NaN, -0, Infinity][random(5)];
      case 2: return random(1 << 24) - (1 << 23);
      case 3: return (random(1 << 24) - (1 << 23)) * 2 ** (random(80) - 40);
      case 4: case 5: case 6: return text();
      case 7: return BigInt(random(1 << 24)) ** BigInt(random(12)) * (random(2) ? 1n : -1n);
      case 8: return keep(new Date(random(1 << 24) * 1e5));
      case 9: return keep(new Uint8Array(many(() => random(256))));
      case 10: return keep(new Map(many(() => [value(depth + 1), value(depth + 1)])));
      case 11: return keep(new Set(many(() => value(depth + 1))));
      case 12: return keep(Object.assign(many(() => value(depth + 1)), random(4) ? {} : { [text()]: 1 }));
      case 13: {
        const holes = keep([]);
        for (const item of many(() => value(depth + 1))) holes[random(12)] = item;
        return holes;
      }
      default: {
        const object = keep({});
        for (let i = random(7); i > 0; i--) {
          const key = random(5) === 0 ? random(200) : text();
          Object.defineProperty(object, key, { value: value(depth + 1), writable: true, enumerable: true, configurable: true });
        }
        return object;
      }
    }
  };
  for (let i = 0; i < 3000; i++) {
    met.length = 0;
    const tree = value(0);
    const expected = describe(tree);
    const bytes = bytesOf(codec, tree);
    assert.equal(describe(valueOf(codec, bytes)), expected);
    assert.equal(describe(v8Read(bytes)), expected);
    assert.equal(describe(valueOf(codec, v8Write(tree))), expected);
  }
});

test('many objects keep their identity', () => {
  const codec = createCodec({});
  for (const count of [15, 16, 17, 63, 64, 65, 1000]) {
    const all = Array.from({ length: count }, (_, i) => ({ i }));
    const copy = valueOf(codec, bytesOf(codec, [all, [...all].reverse()]));
    for (let i = 0; i < count; i++) {
      assert.equal(copy[0][i].i, i);
      assert.equal(copy[1][count - 1 - i], copy[0][i]);
    }
  }
});

test('long arrays arrive whole', () => {
  const codec = createCodec({});
  const numbers = Array.from({ length: 100_000 }, (_, i) => i);
  assert.deepEqual(valueOf(codec, bytesOf(codec, numbers)), numbers);
  delete numbers[99_999];
  delete numbers[50_000];
  const copy = valueOf(codec, bytesOf(codec, numbers));
  assert.equal(copy.length, 100_000);
  assert.ok(!(50_000 in copy) && !(99_999 in copy));
  const rows = Object.assign(Array.from({ length: 2000 }, (_, i) => [i]), { columns: ['i'] });
  assert.deepEqual(valueOf(codec, bytesOf(codec, rows)), rows);
});
