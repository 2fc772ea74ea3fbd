import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ElectronHost, turn } from './electron-host.mjs';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

function withChannel() {
  const host = new ElectronHost();
  const { port1, port2 } = new host.electron.MessageChannelMain();
  host.calls.length = 0;
  return { host, port1, port2 };
}

test('48: a channel has two ports, which are emitters and nothing of the DOM', () => {
  const { port1, port2 } = withChannel();
  for (const port of [port1, port2]) {
    assert.ok(port instanceof EventEmitter);
    assert.equal('onmessage' in port || 'addEventListener' in port, false);
  }
});

test('49: a listener does not start a port; start does, once', () => {
  const { host, port1, port2 } = withChannel();
  port2.on('message', () => {});
  assert.deepEqual(host.calls, []);
  port2.start();
  port2.start();
  assert.deepEqual(host.calls, [['portStart', 2]]);
  port1.close();
  port1.start();
  assert.deepEqual(host.take('portStart'), [[2]]);
});

test('50: a message comes as one object with data and ports', () => {
  const { host, port1, port2 } = withChannel();
  const heard = [];
  port2.on('message', (...args) => heard.push(args));
  port2.start();
  host.engine.portMessage(2, { a: 1 }, [30]);
  assert.equal(heard[0].length, 1);
  const [{ data, ports }] = heard[0];
  assert.deepEqual(data, { a: 1 });
  assert.equal(ports[0].constructor, port1.constructor);
  ports[0].start();
  assert.deepEqual(host.take('portStart'), [[2], [30]]);
});

test('51: anything may be posted, even nothing', () => {
  const { host, port1 } = withChannel();
  port1.postMessage();
  for (const value of [undefined, 5, [1], 'text', { a: 1 }, null]) port1.postMessage(value);
  assert.deepEqual(host.take('portPost').map((call) => call[1]), [undefined, undefined, 5, [1], 'text', { a: 1 }, null]);
  assert.throws(() => port1.postMessage(() => {}), { name: 'Error', message: 'An object could not be cloned.' });
});

test('52: the transfer list is checked with Electron\'s texts', () => {
  const { port1 } = withChannel();
  const { MessageChannelMain } = new ElectronHost().electron;
  for (const list of [null, undefined, 'x', {}, 5]) {
    assert.throws(() => port1.postMessage(1, list),
      { name: 'TypeError', message: 'transferables must be an array of MessagePorts' });
  }
  for (const element of [null, 'x', new ArrayBuffer(1), new Date()]) {
    assert.throws(() => port1.postMessage(1, [element]),
      { name: 'TypeError', message: 'Port at index 0 is not a valid port' });
  }
  assert.throws(() => port1.postMessage(1, [new MessageChannelMain().port1]), /Port at index 0 is not a valid port/);
  assert.throws(() => port1.postMessage(1, [port1]),
    { name: 'Error', message: 'Port at index 0 contains the source port.' });
});

test('52, 54: a port can be sent once, and only if all in the list can', () => {
  const { host, port1 } = withChannel();
  const { port1: a, port2: b } = new host.electron.MessageChannelMain();
  assert.throws(() => port1.postMessage(1, [a, a]), { name: 'Error', message: 'Port at index 1 is a duplicate.' });
  assert.throws(() => port1.postMessage(() => {}, [a]), /could not be cloned/);
  port1.postMessage('x', [a]);
  assert.deepEqual(host.take('portPost').at(-1), [1, 'x', [3]]);
  assert.throws(() => port1.postMessage('x', [b, a]), { name: 'Error', message: 'Port at index 1 is already neutered.' });
  port1.postMessage('x', [b]);
});

test('55: a port that was sent is inert', () => {
  const { host, port1 } = withChannel();
  const { port1: sent } = new host.electron.MessageChannelMain();
  sent.on('close', () => assert.fail('close'));
  sent.on('message', () => assert.fail('message'));
  sent.start();
  port1.postMessage('x', [sent]);
  host.calls.length = 0;
  sent.postMessage(1, 'not even checked');
  sent.start();
  sent.close();
  host.engine.portMessage(3, 'late', []);
  host.engine.portClose(3);
  assert.deepEqual(host.calls, []);
});

test('57: close is heard on both ends, once', () => {
  const { host, port1, port2 } = withChannel();
  const heard = [];
  port1.on('close', (...args) => heard.push(['port1', args]));
  port2.on('close', (...args) => heard.push(['port2', args]));
  port2.start();
  port1.close();
  port1.close();
  assert.deepEqual(heard, [['port1', []]]);
  host.engine.portClose(2);
  host.engine.portClose(1);
  host.engine.portClose(2);
  port2.close();
  assert.deepEqual(heard, [['port1', []], ['port2', []]]);
  assert.deepEqual(host.take('portClose'), [[1]]);
});

test('56: posting on a closed port is silent, and takes nothing from the app', () => {
  const { host, port1 } = withChannel();
  const { port1: passenger } = new host.electron.MessageChannelMain();
  port1.close();
  host.calls.length = 0;
  port1.postMessage('x', [passenger]);
  assert.deepEqual(host.calls, []);
  passenger.postMessage('y');
  assert.deepEqual(host.take('portPost'), [[3, 'y', []]]);
});

test('a closed port can be sent, and arrives closed', () => {
  const { host, port1, port2 } = withChannel();
  port2.close();
  host.calls.length = 0;
  const carrier = new host.electron.MessageChannelMain();
  carrier.port1.postMessage('x', [port2]);
  assert.deepEqual(host.take('portClose'), [[6]]);
  assert.deepEqual(host.take('portPost'), [[3, 'x', [5]]]);
  assert.throws(() => port1.postMessage(1, [port2]), /already neutered/);
});

test('60: a port that was never started closes when it is collected; a started one stays', async () => {
  const host = new ElectronHost();
  const heard = [];
  (() => {
    const { port1 } = new host.electron.MessageChannelMain();
    port1.on('message', (event) => heard.push(event.data));
    port1.start();
  })();
  const closedPorts = () => host.calls.filter(([name]) => name === 'portClose');
  for (let i = 0; i < 20 && closedPorts().length === 0; i++) {
    await turn();
    collectGarbage();
  }
  assert.deepEqual(closedPorts(), [['portClose', 2]]);
  host.engine.portMessage(1, 'still here', []);
  assert.deepEqual(heard, ['still here']);
});

async function withWindow() {
  const host = await new ElectronHost().launch();
  const { webContents } = host.openWindow();
  const { port1, port2 } = new host.electron.MessageChannelMain();
  host.calls.length = 0;
  return { host, webContents, port1, port2 };
}

test('webContents.postMessage sends ports to the main frame', async () => {
  const { host, webContents, port1 } = await withWindow();
  webContents.postMessage('port', null, [port1]);
  webContents.mainFrame.postMessage('plain', { a: 1 });
  assert.deepEqual(host.take('postMessage'), [[1, 0, 'port', null, [1]], [1, 0, 'plain', { a: 1 }, []]]);
  assert.throws(() => webContents.postMessage('port', null, [port1]), /Port at index 0 is already neutered\./);
});

test('53: webContents.postMessage checks its arguments with Electron\'s texts', async () => {
  const { webContents, port1, port2 } = await withWindow();
  for (const target of [webContents, webContents.mainFrame]) {
    for (const args of [[], ['channel']]) {
      assert.throws(() => target.postMessage(...args), { name: 'TypeError', message: 'Insufficient number of arguments.' });
    }
    assert.throws(() => target.postMessage(null, 1),
      { name: 'TypeError', message: 'Error processing argument at index 0, conversion failure from null' });
    for (const list of [null, 'x', [null], [1], [new ArrayBuffer(1)], [{}]]) {
      assert.throws(() => target.postMessage('channel', 1, list), { name: 'Error', message: 'Invalid value for transfer' });
    }
    assert.throws(() => target.postMessage('channel', 1, [port2, port2]), /Port at index 1 is a duplicate\./);
    assert.throws(() => target.postMessage('channel', () => {}, [port1]), /An object could not be cloned\./);
  }
});
