// Messages cut out of a stream of bytes, wherever it is cut.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { Parser, encode } = load('host/wire');

const REQUESTS = [
  { kind: 5, contents: 7, document: 9, id: 4294967295, flags: 1, channel: 'ch\u00e4nnel', ports: [2, 3], payload: Buffer.from('body') },
  { kind: 9 },
  { kind: 255, flags: 255, channel: '', payload: Buffer.alloc(100, 1) },
];
const read = ({ kind, flags, contents, document, id, channel, ports, payload }) => {
  return { kind, flags, contents, document, id, channel, ports, payload: payload.toString('latin1') };
};
const EXPECTED = REQUESTS.map((request) => read({
  flags: 0, contents: 0, document: 0, id: 0, channel: '', ports: [], payload: Buffer.alloc(0), ...request,
}));
// The bytes of a request are good until the next one.
const stream = Buffer.concat(REQUESTS.map((request) => Buffer.concat(encode(request))));

test('whatever the pieces are, the messages are the same', () => {
  for (let size = 1; size <= stream.length; size++) {
    const got = [];
    const parser = new Parser((message) => got.push(read(message)));
    for (let at = 0; at < stream.length; at += size) parser.push(Buffer.from(stream.subarray(at, at + size)));
    assert.deepEqual(got, EXPECTED, `pieces of ${size} bytes`);
  }
});

test('a message longer than the room for small ones is encoded whole', () => {
  const payload = Buffer.alloc(200_000, 7);
  const got = [];
  new Parser((message) => got.push(Buffer.from(message.payload))).push(Buffer.concat(encode({ kind: 1, payload })));
  assert.deepEqual(got, [payload]);
});
