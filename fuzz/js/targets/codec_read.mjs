// The renderer's codec: any bytes are a value or are refused. A value is what V8 reads in those bytes, if
// it reads them too, and can be written and read again.
import assert from 'node:assert/strict';

import { corpus, v8Read } from '../../../preload/tests/golden.mjs';
import { loadHere } from '../../../preload/tests/realms.mjs';

const { describe } = corpus;
const isOld = Number.parseInt(process.versions.node, 10) < 20;
const codec = loadHere('./codec.js').createCodec({});

export const covered = ['/preload/codec', '/preload/utf8'];
export const words = ['\xff\x0f', '\xff\x0d', ...'"cSINUZTF0_-?^oaA{@$DxynzsR;:\',B~Vr.'].map((word) => Buffer.from(word, 'latin1'));

/** A stack is written as V8 would print it, whatever it was. @param {string} text */
const withoutStacks = (text) => text.replace(/ stack=(none|"[^"]*")/g, '');

/** @param {Uint8Array} bytes */
function read(bytes) {
  const own = new Uint8Array(bytes.length);
  own.set(bytes);
  try {
    return { value: codec.read(own, 0, own.length) };
  } catch (error) {
    assert.equal(error.message, 'Unable to deserialize cloned data.');
    assert.equal(Object.getPrototypeOf(error), Error.prototype);
    return undefined;
  }
}

/** @param {Uint8Array} bytes */
function readByV8(bytes) {
  try {
    return { value: v8Read(bytes) };
  } catch {
    return undefined;
  }
}

/** @param {Uint8Array} bytes */
export function run(bytes) {
  const ours = read(bytes);
  if (ours === undefined) return;
  let end;
  try {
    end = codec.write(ours.value, 0);
  } catch (error) {
    assert.match(error.message, /could not be cloned\.$/);
    throw error;
  }
  const text = describe(ours.value);
  const again = read(new Uint8Array(codec.writer.bytes).subarray(0, end));
  assert.ok(again, 'what was written is read');
  assert.equal(withoutStacks(describe(again.value)), withoutStacks(text));
  // Of version 13 V8 knows two dialects, and tries both; an older V8 lacks some kinds of value.
  const theirs = bytes[1] === 13 || isOld ? undefined : readByV8(bytes);
  if (theirs !== undefined) assert.equal(text, describe(theirs.value));
}
