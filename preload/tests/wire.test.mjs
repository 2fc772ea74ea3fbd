// The JavaScript half of the wire format.
import assert from 'node:assert/strict';
import test from 'node:test';

import { loadHere } from './realms.mjs';

const { createCodec } = loadHere('./codec.js');
const { HEADER_LENGTH, MessageReader, MessageWriter, kind } = loadHere('./wire.js');

/** A writer whose messages end up in `sent`. */
function createWire() {
  const sent = [];
  const native = {
    setTx(bytes) { native.tx = bytes; },
    send(length) { sent.push(native.tx.slice(0, length)); },
    sendSync(length) {
      this.send(length);
      return 99;
    },
  };
  const codec = createCodec(native);
  return { codec, native, sent, writer: new MessageWriter(native, codec) };
}

/** A message put together by other means. */
function message({ kind: number = 64, flags = 0, document = 0, id = 0, channel = '', ports = [], payload = [] }) {
  const name = Buffer.isBuffer(channel) ? channel : Buffer.from(channel);
  const body = Buffer.alloc(8 + name.length + 4 * ports.length + payload.length);
  body.writeUInt32LE(name.length, 0);
  name.copy(body, 4);
  body.writeUInt32LE(ports.length, 4 + name.length);
  ports.forEach((port, i) => body.writeUInt32LE(port, 8 + name.length + 4 * i));
  body.set(payload, body.length - payload.length);
  const header = Buffer.alloc(16);
  header.writeUInt32LE(body.length, 0);
  header[4] = number;
  header[5] = flags;
  header.writeUInt32LE(document, 8);
  header.writeUInt32LE(id, 12);
  return new Uint8Array(Buffer.concat([header, body]));
}

test('writes what the other half reads', () => {
  const { writer, sent, codec } = createWire();
  const start = writer.begin(kind.PORT_POST, 3, 0x01020304, 0xfffefdfc, 'app:ch', [2, 0xffffffff]);
  assert.equal(start, HEADER_LENGTH + 4 + 6 + 4 + 8);
  writer.send(codec.write(true, start));
  const expected = message({
    kind: 9, flags: 3, document: 0x01020304, id: 0xfffefdfc, channel: 'app:ch',
    ports: [2, 0xffffffff], payload: [0xff, 0x0f, 0x54],
  });
  assert.deepEqual(sent[0], expected);
});

test('channel names of every sort arrive as UTF-8', () => {
  const { writer, sent } = createWire();
  const names = ['', 'a', '\0', '\xe9t\xe9', '\u20ac', '\u{1f41a}', 'x'.repeat(70), '\u20ac'.repeat(40),
    'ab\ud800c', '\udc00', '\ud800'];
  const reader = new MessageReader();
  for (const name of names) {
    writer.sendBare(kind.DOM_READY, 0, 0, null);
    writer.sendText(kind.PRELOAD_ERROR, 0, 0, 0, name, name);
    const bytes = sent.pop();
    assert.deepEqual(bytes, message({ kind: 14, channel: name, payload: Buffer.from(name) }));
    reader.parse(bytes, bytes.length);
    assert.equal(reader.channel, Buffer.from(name).toString());
    assert.equal(reader.text(bytes), Buffer.from(name).toString());
  }
});

test('reads what the other half writes', () => {
  const reader = new MessageReader();
  for (const fields of [
    { kind: 64, flags: 1, document: 0xffffffff, id: 0x80000000, channel: 'some:channel', ports: [], payload: [1, 2] },
    { kind: 65, flags: 0, document: 1, id: 2, channel: '', ports: [1, 3, 0xfffffffd], payload: [] },
    { kind: 71, flags: 0, document: 1, id: 2, channel: '', ports: Array.from({ length: 1024 }, (_, i) => i), payload: [9] },
  ]) {
    const bytes = message(fields);
    // The receive buffer goes on after the message.
    const buffer = new Uint8Array(bytes.length + 100).fill(0xee);
    buffer.set(bytes);
    reader.parse(buffer, bytes.length);
    const { start, end, ports, ...rest } = reader;
    assert.deepEqual({ ...rest, ports: Array.from({ length: ports.length }, (_, i) => ports[i]), payload: [...buffer.slice(start, end)] }, fields);
  }
});

test('names that come again are the same, and others are not mixed up', () => {
  const reader = new MessageReader();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 2000; i++) {
      const bytes = message({ channel: `channel ${i}` });
      reader.parse(bytes, bytes.length);
      assert.equal(reader.channel, `channel ${i}`);
    }
  }
});

test('refuses what is no message', () => {
  const reader = new MessageReader();
  const good = message({ channel: 'abc', ports: [1], payload: [1] });
  for (let length = 0; length < good.length; length++) {
    assert.throws(() => reader.parse(good, length), undefined, `${length}`);
    const short = message({ channel: 'abc', ports: [1], payload: [] }).slice(0, length);
    if (short.length >= 4) new DataView(short.buffer).setUint32(0, Math.max(0, length - 16), true);
    if (length < 31) assert.throws(() => reader.parse(short, length), undefined, `${length}`);
  }
  const patched = (at, value) => {
    const bytes = good.slice();
    new DataView(bytes.buffer).setUint32(at, value, true);
    return bytes;
  };
  for (const [at, value] of [[0, 0xffffffff], [16, 4], [16, 0xffffffff], [16, 1 << 21], [23, 2], [23, 0xffffffff], [23, 1025]]) {
    const bytes = patched(at, value);
    assert.throws(() => reader.parse(bytes, bytes.length), { message: 'The bytes are no message.' });
  }
  for (const bad of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf5, 0x80, 0x80, 0x80], [0xc0, 0x80]]) {
    const bytes = message({ channel: Buffer.from(bad) });
    assert.throws(() => reader.parse(bytes, bytes.length), undefined, String(bad));
    const long = message({ channel: Buffer.concat([Buffer.alloc(80, 0x61), Buffer.from(bad)]) });
    assert.throws(() => reader.parse(long, long.length), undefined, String(bad));
  }
});

test('keeps to the limits when it sends', () => {
  const { writer, sent } = createWire();
  const send = (channel, ports) => writer.sendBare(kind.SEND, 0, 0, null) || writer.begin(kind.SEND, 0, 0, 0, channel, ports);
  assert.throws(() => send('x'.repeat((1 << 20) + 1), null), /too long/);
  assert.throws(() => send('\u20ac'.repeat(1 << 19), null), /too long/);
  assert.throws(() => send('x', new Array(1025).fill(1)), /Too many ports/);
  sent.length = 0;
  writer.sendValue(kind.SEND, 0, 0, 0, 'x'.repeat(1 << 20), null, []);
  assert.equal(sent[0].length, 16 + 8 + (1 << 20) + 7);
});

test('waits for a reply', () => {
  const { writer, sent } = createWire();
  assert.equal(writer.sendValueSync(kind.SEND_SYNC, 0, 0, 7, 'ask', null, []), 99);
  assert.equal(sent[0][4], 6);
});

test('a link that throws leaves the writer usable', () => {
  const { writer, native, sent } = createWire();
  const { send } = native;
  native.send = () => { throw new Error('closed'); };
  assert.throws(() => writer.sendValue(kind.SEND, 0, 0, 0, 'a', null, 1), /closed/);
  native.send = send;
  writer.sendValue(kind.SEND, 0, 0, 0, 'a', null, 1);
  assert.equal(sent.length, 1);
});
