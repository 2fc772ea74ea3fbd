// Values on their way from Node: a byte string makes a value, and beside it what is to arrive, which
// differs in its Buffers. And any bytes that arrive there are a value or an error.
import assert from 'node:assert/strict';

import { load } from '../../../crates/node/js/tests/modules.mjs';
import { corpus } from '../../../preload/tests/golden.mjs';

const { deserialize, serialize, uncloneable } = load('host/values');
const { describe } = corpus;
const KEYS = ['a', 'b', '0', '__proto__', '_events', 'length', ''];
const FILLERS = ['', 'x', 'x'.repeat(9000)];

export const covered = ['host/values'];

class Marked {}
Object.defineProperty(Marked.prototype, uncloneable, { value: true });

const put = (object, key, value) =>
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });

/** @param {Uint8Array} bytes */
function make(bytes) {
  let at = 0;
  const take = (n) => (at < bytes.length ? bytes[at++] : 0) % n;
  const known = [];
  let isRefused = false;
  const both = (sent, expected = sent) => (known.push([sent, expected]), [sent, expected]);
  function value(depth) {
    switch (depth > 8 ? 0 : take(13)) {
      case 1: case 2: {
        const pair = both({}, {});
        for (let count = take(4); count > 0; count--) {
          const key = KEYS[take(KEYS.length)];
          if (Object.hasOwn(pair[0], key)) continue;
          const inner = value(depth + 1);
          pair.forEach((object, side) => put(object, key, inner[side]));
        }
        return pair;
      }
      case 3: {
        const pair = both([], []);
        for (let count = take(4); count > 0; count--) {
          const inner = value(depth + 1);
          pair.forEach((array, side) => array.push(inner[side]));
        }
        return pair;
      }
      case 4: case 5: {
        const text = 'b'.repeat(take(9));
        const pooled = Buffer.from(text);
        return both(pooled, new Uint8Array(Buffer.from(text)));
      }
      case 6: {
        const part = new Uint8Array(16).subarray(take(9));
        return both(part);
      }
      case 7: {
        const pair = both(new Map(), new Map());
        const key = value(depth + 1);
        const inner = value(depth + 1);
        pair.forEach((map, side) => map.set(key[side], inner[side]));
        return pair;
      }
      case 8: {
        const pair = both(new Set(), new Set());
        const inner = value(depth + 1);
        pair.forEach((set, side) => set.add(inner[side]));
        return pair;
      }
      case 9: return known.length > 0 ? known[take(known.length)] : [null, null];
      case 10: return both([new Date(take(9)), /a/g, new Uint16Array(3), Object(1)][take(4)]);
      case 11: {
        const filler = FILLERS[take(FILLERS.length)];
        return [filler, filler];
      }
      case 12:
        if (take(8) > 0) return [1, 1];
        isRefused = true;
        return [new Marked(), undefined];
      default: {
        const primitive = [0, -0, 1.5, 'text', true, null, undefined, 10n][take(8)];
        return [primitive, primitive];
      }
    }
  }
  const [sent, expected] = value(0);
  return { sent, expected, isRefused };
}

/** @param {Uint8Array} bytes */
export function run(bytes) {
  try {
    deserialize(bytes);
  } catch (error) {
    assert.ok(error instanceof Error);
  }
  const { sent, expected, isRefused } = make(bytes);
  if (isRefused) {
    assert.throws(() => serialize(sent), { name: 'Error', message: 'An object could not be cloned.' });
  } else {
    assert.equal(describe(deserialize(serialize(sent))), describe(expected));
  }
}
