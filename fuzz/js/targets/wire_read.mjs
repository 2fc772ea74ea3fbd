// What cuts the shell's bytes into messages, on both sides: in a renderer any bytes are a message or are
// refused; in Node the messages do not depend on how the bytes are cut. The first byte says how.
import assert from 'node:assert/strict';

import { load } from '../../../crates/node/js/tests/modules.mjs';
import { loadHere } from '../../../preload/tests/realms.mjs';

const { MessageReader } = loadHere('./wire.js');
const { Parser, encode } = load('host/wire');
const reader = new MessageReader();

/** Bytes of a message to Node that stand before those that a renderer gets too. */
const ADDRESS = 8;

export const covered = ['/preload/wire', 'host/wire'];
export const words = ['\x08\0\0\0', '\x10\0\0\0', '\0\0\0\0', '\x01\0\0\0', 'channel'].map((word) => Buffer.from(word, 'latin1'));

/** @param {Uint8Array} bytes */
function readInRenderer(bytes) {
  try {
    reader.parse(bytes, bytes.length);
  } catch (error) {
    assert.ok(error instanceof Error);
    return undefined;
  }
  const { kind, flags, document, id, channel, ports, start, end } = reader;
  assert.ok(start <= end && end === bytes.length);
  const payload = Buffer.from(bytes.subarray(start, end));
  return { kind, flags, document, id, channel, ports: Array.from({ length: ports.length }, (_, i) => ports[i]), payload };
}

/** @param {Buffer} bytes @param {number} size of the pieces */
function readInNode(bytes, size) {
  const messages = [];
  const parser = new Parser(({ contents, frame, kind, flags, document, id, channel, ports, payload }) => {
    messages.push({ contents, frame, kind, flags, document, id, channel, ports, payload: Buffer.from(payload) });
  });
  for (let at = 0; at < bytes.length; at += size) {
    // The parser may keep nothing of what it is given.
    const piece = Buffer.from(bytes.subarray(at, at + size));
    parser.push(piece);
    piece.fill(0xaa);
  }
  return messages;
}

/** @param {Uint8Array} input */
export function run(input) {
  const size = 1 + (input[0] ?? 0);
  const bytes = new Uint8Array(input.subarray(1));
  if (bytes.length >= 4) new DataView(bytes.buffer).setUint32(0, Math.max(bytes.length - 16, 0), true);
  const message = readInRenderer(bytes);
  if (message === undefined) return;
  // The shell's messages are sound; so Node gets those that a renderer would take, several in a row.
  const framed = Buffer.concat([Buffer.alloc(ADDRESS, input[0]), bytes]);
  const row = Buffer.concat([framed, framed, framed]);
  const whole = readInNode(row, row.length);
  assert.equal(whole.length, 3);
  const { contents, frame, ...rest } = whole[0];
  assert.equal(contents, Buffer.alloc(4, input[0]).readUInt32LE());
  assert.equal(frame, contents);
  assert.deepEqual(rest, message);
  assert.deepEqual(readInNode(row, size), whole);
  const again = Buffer.concat(encode({ ...message, contents }));
  assert.deepEqual(readInNode(again, size), [{ ...whole[0], frame: 0 }]);
}
