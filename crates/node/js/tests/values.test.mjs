// Values on their way from Node: what Electron does otherwise than v8.Serializer.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { deserialize, serialize, uncloneable } = load('host/values');
const through = (value) => deserialize(serialize(value));

class Marked {
  #secret = 1;
  read() { return this.#secret; }
}
Object.defineProperty(Marked.prototype, uncloneable, { value: true });
class MarkedEmitter extends EventEmitter {}
Object.defineProperty(MarkedEmitter.prototype, uncloneable, { value: true });
const refusal = { message: 'An object could not be cloned.', name: 'Error' };

test('a Buffer arrives as a Uint8Array with its own bytes and no more', () => {
  const pooled = Buffer.from('abc');
  assert.ok(pooled.buffer.byteLength > 1000, 'it is from the pool');
  assert.ok(serialize(pooled).length < 100);
  const copy = through({ deep: [pooled], again: pooled });
  assert.equal(Object.getPrototypeOf(copy.deep[0]), Uint8Array.prototype);
  assert.deepEqual(copy.deep[0], new Uint8Array([97, 98, 99]));
  assert.equal(copy.deep[0], copy.again, 'it is still one object');
  assert.equal(copy.deep[0].buffer.byteLength, 3);
});

test('what stands beside a Buffer of the pool is copied as ever', () => {
  const shared = { x: -0 };
  const value = {
    pooled: Buffer.from('p'), map: new Map([[shared, Buffer.from('m')]]), set: new Set([shared, 1n]), date: new Date(5),
    pattern: /a/g, error: new RangeError('r'), holes: [1, , 3], bytes: new Uint8Array([1, 2]), ['__proto__']: 4,
  };
  value.self = value;
  value.shared = shared;
  const copy = through(value);
  assert.equal(copy.self, copy);
  assert.ok(copy.set.has(copy.shared) && copy.map.has(copy.shared));
  assert.ok(Object.is(copy.shared.x, -0));
  assert.deepEqual(copy.map.get(copy.shared), new Uint8Array([109]));
  assert.deepEqual([copy.date.getTime(), copy.pattern.source, copy.error.message], [5, 'a', 'r']);
  assert.ok(copy.error instanceof RangeError);
  assert.ok(!(1 in copy.holes) && copy.holes.length === 3);
  assert.equal(Object.getOwnPropertyDescriptor(copy, '__proto__').value, 4);
});

test('a part of a larger array that is no Buffer keeps its whole array, as the standard has it', () => {
  const whole = new Uint8Array(20_000);
  assert.equal(through(whole.subarray(5, 8)).buffer.byteLength, 20_000);
});

test("objects of Electron's are refused wherever they are", () => {
  const large = 'x'.repeat(10_000);
  for (const object of [new Marked(), new MarkedEmitter(), new MarkedEmitter().on('x', () => {})]) {
    for (const value of [object, [object], { deep: { er: object } }, new Map([[1, object]]), new Set([object]), [large, object]]) {
      assert.throws(() => serialize(value), refusal);
    }
  }
});

test('other words are V8\'s, for a plain Error', () => {
  assert.throws(() => serialize([() => {}]), { name: 'Error', message: '() => {} could not be cloned.' });
  assert.throws(() => serialize(Promise.resolve()), { name: 'Error', message: '#<Promise> could not be cloned.' });
  assert.throws(() => serialize(Symbol('s')), { name: 'Error', message: 'Symbol(s) could not be cloned.' });
});

test('getters are called once', () => {
  for (const filler of ['', 'x'.repeat(10_000)]) {
    let calls = 0;
    const copy = through({ filler, get value() { return ++calls; }, empty: {} });
    assert.deepEqual([copy.value, calls], [1, 1]);
  }
});
