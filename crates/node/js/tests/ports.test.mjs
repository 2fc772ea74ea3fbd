// What the ports of a main script in Node owe to the router.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load } from './modules.mjs';

const { kind } = load('host/wire');
const { deserialize, serialize } = load('host/values');
const NAMES = Object.fromEntries(Object.entries(kind).map(([name, number]) => [number, name]));

let sent, heard, ports, next;
const send = ({ kind: number, id, ports: list = [], payload }) => {
  sent.push([NAMES[number], id, ...list, ...(payload === undefined ? [] : [deserialize(payload)])]);
};

beforeEach(() => {
  [sent, heard, next] = [[], [], 1];
  ports = load('host/ports', {
    'host/link': { send, call: (request) => (request.kind === kind.CHANNEL ? [next++, next++] : (send(request), null)) },
  });
  ports.open({
    portMessage: (id, value, list) => heard.push([id, value, ...list]),
    portClose: (id) => heard.push([id, 'closed']),
  });
});

const message = (id, value, list = []) => ports.onMessage({ id, ports: list, payload: serialize(value) });
const turns = async (count) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

test('messages wait for start, come one a task, and then as they arrive', async () => {
  const [port] = ports.channel();
  message(port, 'a');
  message(port, 'b');
  assert.deepEqual(heard, []);
  ports.start(port);
  message(port, 'c');
  assert.deepEqual(heard, []);
  await turns(5);
  assert.deepEqual(heard, [[port, 'a'], [port, 'b'], [port, 'c']]);
  message(port, 'd');
  assert.deepEqual(heard.at(-1), [port, 'd']);
});

test('close comes behind what waits', async () => {
  const [port] = ports.channel();
  message(port, 'last');
  ports.onClosed(port);
  await turns(2);
  assert.deepEqual(heard, []);
  ports.start(port);
  await turns(4);
  assert.deepEqual(heard, [[port, 'last'], [port, 'closed']]);
  assert.deepEqual(sent, [['PORT_CLOSE', port]]);
});

test('a port that is sent away gives back what nobody looked at, then settles', () => {
  const [port, other] = ports.channel();
  message(port, 'waits');
  ports.post(other, 'take it', [port]);
  message(port, 'late');
  ports.onClosed(port);
  ports.onFence(port);
  assert.deepEqual(sent, [
    ['PORT_TRANSFER', other, port, 'take it'], ['PORT_RETURN', port, 'waits'], ['PORT_RETURN', port, 'late'],
    ['PORT_SETTLED', port],
  ]);
  assert.deepEqual(heard, []);
});

test('ports in a message that goes back go with it, and what waited in them', () => {
  const [outer, inner] = ports.arrived([11, 12]);
  message(outer, 'holds', [13]);
  message(13, 'inside');
  ports.left([outer]);
  assert.deepEqual(sent, [['PORT_RETURN', outer, 13, 'holds'], ['PORT_RETURN', 13, 'inside']]);
  assert.equal(inner, 12);
});

test('a port that is closed loses what waited, and the ports therein', () => {
  const [port] = ports.channel();
  message(port, 'holds', [21]);
  ports.close(port);
  assert.deepEqual(sent, [['PORT_CLOSE', port], ['PORT_CLOSE', 21]]);
});

test('a message that cannot be read is lost alone', () => {
  const [port] = ports.channel();
  ports.start(port);
  ports.onMessage({ id: port, ports: [31], payload: Buffer.from([1, 2, 3]) });
  assert.deepEqual(heard, []);
});
