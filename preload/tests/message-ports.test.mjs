// The ports of one document, in one realm, against a stand-in for the main process. Node's MessagePort
// stands in for the DOM's. What needs two worlds, windows or WebKit is in crates/webprocess's tests.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { MessageChannel as NodeMessageChannel } from 'node:worker_threads';
import { loadHere } from './realms.mjs';
import { MiniRouter } from './mini-router.mjs';

// Node gives a channel its ports as properties of its own; the DOM's has getters.
for (const name of ['port1', 'port2']) {
  const values = new WeakMap();
  Reflect.defineProperty(MessageChannel.prototype, name, {
    get() {
      return values.get(this);
    },
    set(port) {
      values.set(this, port);
    },
    configurable: true,
  });
}

// Node 18 aborts where a list to transfer is empty and no array, and its getter takes anything for a port.
if (Number.parseInt(process.versions.node, 10) < 20) {
  const withArray = (original) =>
    function (value, options) {
      if (options?.transfer === undefined) return Reflect.apply(original, this, arguments);
      return Reflect.apply(original, this, [value, { transfer: [...options.transfer] }]);
    };
  MessagePort.prototype.postMessage = withArray(MessagePort.prototype.postMessage);
  globalThis.structuredClone = withArray(structuredClone);
  const onmessage = Reflect.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Reflect.defineProperty(MessagePort.prototype, 'onmessage', {
    ...onmessage,
    get() {
      if (!(this instanceof MessagePort)) throw new TypeError('Illegal invocation');
      return onmessage.get.call(this);
    },
  });
}

// Node's ports have close events of their own, as soon as the DOM's channel is closed: not those.
const ours = new WeakSet();
globalThis.Event = new Proxy(Event, {
  construct(target, values) {
    const event = Reflect.construct(target, values);
    ours.add(event);
    return event;
  },
});
const isOurs = (event) => ours.has(event);

const createPorts = loadHere('./message-ports.js');
const router = new MiniRouter((task) => setImmediate(task));
const link = router.link();
const ports = createPorts({
  send: link.send,
  newHandle: link.newHandle,
  log: (text) => router.errors.push(text),
});
link.ports = ports;

after(() => {
  assert.deepEqual(router.errors, []);
  // Ports keep Node alive.
  setImmediate(() => process.exit());
});

/** Messages of a channel of its own, one after the other: what is on its way moves on with each. */
const HOPS = 200;

/** Until everything that is on its way has arrived, however slow the machine. */
async function settle() {
  const { port1, port2 } = new NodeMessageChannel();
  for (let hop = 0; hop < HOPS; hop++) {
    await new Promise((resolve) => {
      port2.onmessage = resolve;
      port1.postMessage(hop);
    });
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  port1.close();
}

/** A port of main, and the other one in the page. */
function connect() {
  const [left, right] = router.channel();
  return { main: router.take(left), page: land(right) };
}
const land = (end) => ports.receive([link.land(end)])[0];

function listen(port) {
  const log = [];
  port.onclose = (event) => isOurs(event) && log.push('close');
  // Node's targets do not call capturing listeners first, which is how the DOM's never shows these.
  port.onmessage = ({ data }) => String(data).startsWith('conch:') || log.push(data);
  return log;
}

test('messages pass both ways, those from before anyone listened first', async () => {
  const { main, page } = connect();
  assert.ok(page instanceof MessagePort);
  main.postMessage('early');
  await settle();
  const log = listen(page);
  main.postMessage({ list: [1, , 3] });
  page.postMessage('hello');
  await settle();
  assert.deepEqual(log, ['early', { list: [1, , 3] }]);
  assert.deepEqual(main.received, ['hello']);
});

test('addEventListener alone does not start a port; start does', async () => {
  const { main, page } = connect();
  const log = [];
  page.addEventListener('message', ({ data }) => log.push(data));
  main.postMessage(1);
  await settle();
  assert.deepEqual(log, []);
  page.start();
  await settle();
  assert.deepEqual(log, [1]);
});

test('57, 58, 59: close comes once, after every message, and only once started', async () => {
  const { main, page } = connect();
  for (let i = 0; i < 5; i++) main.postMessage(i);
  main.close();
  await settle();
  const log = [];
  page.addEventListener('close', (event) => isOurs(event) && log.push('close'));
  await settle();
  assert.deepEqual(log, []);
  page.addEventListener('message', ({ data }) => log.push(data));
  page.start();
  await settle();
  assert.deepEqual(log, [0, 1, 2, 3, 4, 'close']);
  page.postMessage('nowhere'); // dropped (56)
});

test('closing tells the other end after what was posted; the closed port hears nothing', async () => {
  const { main, page } = connect();
  const log = listen(page);
  page.postMessage('last');
  page.close();
  page.close();
  page.postMessage('too late');
  main.postMessage('unheard');
  await settle();
  assert.deepEqual(main.received, ['last']);
  assert.equal(main.closed, 1);
  assert.deepEqual(log, []);
});

test('onclose is an event handler attribute', async () => {
  const { main, page } = connect();
  assert.equal(page.onclose, null);
  page.onclose = 5;
  assert.equal(page.onclose, null);
  const log = [];
  page.onclose = () => log.push('replaced');
  page.onclose = function (event) {
    if (isOurs(event)) log.push(this === page, event instanceof Event);
  };
  page.start();
  main.close();
  await settle();
  assert.deepEqual(log, [true, true]);
});

test('a channel of the page: one end goes to main', async () => {
  const { port1, port2 } = new MessageChannel();
  const log = listen(port1);
  const [main] = link.postMessage('x', [port2]);
  for (let i = 0; i < 10; i++) main.postMessage(i);
  port1.postMessage('back');
  await settle();
  assert.deepEqual(main.received, ['back']);
  main.close();
  await settle();
  assert.deepEqual(log, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 'close']);
});

test('what was posted on both ends before one was shipped keeps its place', async () => {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage('a1');
  port2.postMessage('b1');
  const [main] = link.postMessage('x', [port2]);
  port1.postMessage('a2');
  main.postMessage('b2');
  await settle();
  port1.postMessage('a3');
  const log = listen(port1);
  main.postMessage('b3');
  await settle();
  port1.postMessage('a4');
  main.postMessage('b4');
  await settle();
  assert.deepEqual(main.received, ['a1', 'a2', 'a3', 'a4']);
  assert.deepEqual(log, ['b1', 'b2', 'b3', 'b4']);
  port1.close();
  await settle();
  assert.equal(main.closed, 1);
});

test('closing right after posting, while older messages are on their way', async () => {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(1);
  const [main] = link.postMessage('x', [port2]);
  port1.postMessage(2);
  port1.close();
  await settle();
  assert.deepEqual(main.received, [1, 2]);
  assert.equal(main.closed, 1);
});

test('a channel that stays in the page: its other port hears close, after every message', async () => {
  const { port1, port2 } = new MessageChannel();
  const log = listen(port2);
  port1.postMessage(1);
  port1.close();
  await settle();
  assert.deepEqual(log, [1, 'close']);
});

test('an end whose other end was closed before is closed for its new owner', async () => {
  const { port1, port2 } = new MessageChannel();
  port1.close();
  const [main] = link.postMessage('x', [port2]);
  await settle();
  assert.equal(main.closed, 1);
});

for (const posted of [false, true]) {
  test(`both ends shipped in one list, ${posted ? 'messages inside' : 'empty'}`, async () => {
    const { port1, port2 } = new MessageChannel();
    if (posted) {
      port1.postMessage('from 1');
      port2.postMessage('from 2');
    }
    const [first, second] = link.postMessage('both', [port1, port2]);
    first.postMessage('A');
    second.postMessage('B');
    await settle();
    assert.deepEqual(first.received, posted ? ['from 2', 'B'] : ['B']);
    assert.deepEqual(second.received, posted ? ['from 1', 'A'] : ['A']);
    first.close();
    await settle();
    assert.equal(second.closed, 1);
  });
}

test('a port that goes on takes along what nobody has seen, in order', async () => {
  const { main, page } = connect();
  for (let i = 0; i < 4; i++) main.postMessage(i);
  await settle();
  page.postMessage('before');
  const [next] = link.postMessage('x', [page]);
  page.postMessage('after');
  main.postMessage(4);
  next.postMessage('from the new owner');
  await settle();
  assert.deepEqual(next.received, [0, 1, 2, 3, 4]);
  assert.deepEqual(main.received, ['before', 'from the new owner']);
});

test('shipped from its own listener, with messages in flight', async () => {
  const { main, page } = connect();
  const log = [];
  let next;
  page.onmessage = ({ data }) => {
    log.push(data);
    if (data === 2) [next] = link.postMessage('x', [page]);
  };
  for (let i = 0; i < 8; i++) main.postMessage(i);
  await settle();
  assert.deepEqual(log, [0, 1, 2]);
  assert.deepEqual(next.received, [3, 4, 5, 6, 7]);
});

test('a port of the page, shipped from its own listener with messages in flight', async () => {
  const { port1, port2 } = new MessageChannel();
  const log = [];
  let next;
  port2.onmessage = ({ data }) => {
    log.push(data);
    if (data === 2) [next] = link.postMessage('x', [port2]);
  };
  for (let i = 0; i < 6; i++) port1.postMessage(i);
  await settle();
  assert.deepEqual(log, [0, 1, 2]);
  assert.deepEqual(next.received, [3, 4, 5]);
  port1.postMessage('more');
  await settle();
  assert.deepEqual(next.received.slice(3), ['more']);
});

test('there and back again', async () => {
  let { main, page } = connect();
  for (let round = 0; round < 5; round++) {
    main.postMessage(round);
    await settle();
    const [taken] = link.postMessage('x', [page]);
    await settle();
    assert.deepEqual(taken.received, [round]);
    page = land(taken.release());
  }
  const log = listen(page);
  main.postMessage('end');
  main.close();
  await settle();
  assert.deepEqual(log, ['end', 'close']);
});

test('ports in messages, both ways', async () => {
  const { main, page } = connect();
  const inner = connect();
  const log = [];
  page.onmessage = ({ data, ports: [port] }) => {
    log.push(data, port instanceof MessagePort);
    port.onmessage = (event) => log.push(event.data);
    port.onclose = (event) => isOurs(event) && log.push('close');
    port.postMessage('from inside');
  };
  const [far, near] = router.channel();
  const farPort = router.take(far);
  main.postMessage('take it', [router.take(near)]);
  farPort.postMessage('waiting');
  await settle();
  farPort.close();
  await settle();
  assert.deepEqual(log, ['take it', true, 'waiting', 'close']);
  assert.deepEqual(farPort.received, ['from inside']);

  const { port1, port2 } = new MessageChannel();
  page.postMessage('two', [port2, inner.page]);
  inner.main.postMessage('goes along');
  await settle();
  const [adopted, moved] = main.ports;
  assert.deepEqual(moved.received, ['goes along']);
  const heard = listen(port1);
  adopted.postMessage(1);
  adopted.close();
  await settle();
  assert.deepEqual(heard, [1, 'close']);
});

test('a message that nobody saw gives its ports back as well', async () => {
  const { main, page } = connect();
  const [far, near] = router.channel();
  const farPort = router.take(far);
  main.postMessage('nested', [router.take(near)]);
  farPort.postMessage('inside');
  await settle();
  const [next] = link.postMessage('x', [page]);
  await settle();
  assert.deepEqual(next.received, ['nested']);
  await settle();
  assert.deepEqual(next.ports[0].received, ['inside']);
});

test('a message that nobody will see closes its ports', async () => {
  const { main, page } = connect();
  const [far, near] = router.channel();
  const farPort = router.take(far);
  main.postMessage('nested', [router.take(near)]);
  await settle();
  page.close();
  await settle();
  assert.equal(farPort.closed, 1);
});

test('25, 54: the whole list is checked before anything is taken', async () => {
  const { main, page } = connect();
  const { port1 } = new MessageChannel();
  const refused = { name: 'TypeError', message: 'Invalid value for transfer' };
  for (const list of [null, 5, {}, [null], [1], [new ArrayBuffer(1)], [page, page], [page, {}]]) {
    assert.throws(() => ports.prepare(list), refused);
  }
  page.postMessage('still ours');
  await settle();
  assert.deepEqual(main.received, ['still ours']);
  link.postMessage('x', [page, port1]);
  for (const gone of [page, port1]) assert.throws(() => ports.prepare([gone]), refused);
});

test('a shipment that is cancelled leaves the ports with the script', async () => {
  const { port1, port2 } = new MessageChannel();
  const { main, page } = connect();
  ports.cancel(ports.prepare([port2, page, port1]));
  const log = listen(port1);
  port2.postMessage('by the DOM');
  page.postMessage('by the link');
  await settle();
  assert.deepEqual(log, ['by the DOM']);
  assert.deepEqual(main.received, ['by the link']);
  const [next] = link.postMessage('x', [port2]);
  port1.postMessage('now by the link');
  await settle();
  assert.deepEqual(next.received, ['now by the link']);
});

test('posting fails as on a DOM port', async () => {
  const { main, page } = connect();
  const { port1 } = new MessageChannel();
  const uncloneable = { name: 'DataCloneError' };
  assert.throws(() => page.postMessage(() => {}), uncloneable);
  assert.throws(() => page.postMessage(1, [page]), uncloneable);
  assert.throws(() => page.postMessage(1, [port1, port1]), uncloneable);
  assert.throws(() => page.postMessage(() => {}, [port1]), uncloneable);
  assert.throws(() => page.postMessage({ get x() { throw new RangeError('mine'); } }), { message: 'mine' });
  assert.throws(() => page.postMessage(1, { get transfer() { throw new RangeError('list'); } }), { message: 'list' });
  const buffer = new ArrayBuffer(8);
  page.postMessage({ buffer }, [buffer]);
  assert.equal(buffer.byteLength, 0);
  page.postMessage(1, [port1]);
  await settle();
  assert.deepEqual(main.received, [{ buffer: new ArrayBuffer(8) }, 1]);
});

test('a port that goes to where only the DOM can follow takes the traffic along', async () => {
  const { main, page } = connect();
  main.postMessage('waiting');
  await settle();
  const { port1, port2 } = new MessageChannel();
  const log = [];
  // Node tells nobody which realm a listener is in: this one stands for a worker's.
  port2.onmessage = ({ ports: [port] }) => {
    port.onmessage = ({ data }) => {
      log.push(data);
      port.postMessage(`echo ${data}`);
    };
  };
  port1.postMessage(0, [page]);
  main.postMessage('after');
  await settle();
  main.postMessage('later');
  await settle();
  assert.deepEqual(log, ['waiting', 'after', 'later']);
  assert.deepEqual(main.received, ['echo waiting', 'echo after', 'echo later']);
});
