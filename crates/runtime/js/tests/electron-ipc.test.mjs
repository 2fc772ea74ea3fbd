import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ElectronHost, turn } from './electron-host.mjs';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const CHANNEL = 'channel';
/** WebContents 1, document 100, frame 7: what openWindow makes first. */
const FROM = [1, 100, 7];

async function withWindow() {
  const host = await new ElectronHost().launch();
  const window = host.openWindow();
  return { host, window, contents: window.webContents, ipcMain: host.electron.ipcMain };
}

test('29: ipcMain has one listener, for errors, until all are removed', () => {
  const { ipcMain } = new ElectronHost().electron;
  assert.ok(ipcMain instanceof EventEmitter);
  assert.deepEqual(ipcMain.eventNames(), ['error']);
  ipcMain.emit('error', {});
  ipcMain.removeAllListeners();
  assert.deepEqual(ipcMain.eventNames(), []);
});

test('30: a second handler and one that is no function are refused', () => {
  const { ipcMain } = new ElectronHost().electron;
  ipcMain.handle(CHANNEL, () => {});
  assert.throws(() => ipcMain.handle(CHANNEL, () => {}),
    { name: 'Error', message: "Attempted to register a second handler for 'channel'" });
  assert.throws(() => ipcMain.handleOnce(CHANNEL, () => {}), /second handler/);
  for (const register of ['handle', 'handleOnce']) {
    assert.throws(() => ipcMain[register]('other', 5),
      { name: 'TypeError', message: "Expected handler to be a function, but found type 'number'" });
  }
});

test('33: send reaches ipc-message, frame.ipc, webContents.ipc and ipcMain, in this order', async () => {
  const { host, contents, ipcMain } = await withWindow();
  const order = [];
  ipcMain.on(CHANNEL, (_event, ...args) => order.push(['ipcMain', args]));
  contents.ipc.on(CHANNEL, (_event, ...args) => order.push(['webContents.ipc', args]));
  contents.mainFrame.ipc.on(CHANNEL, (_event, ...args) => order.push(['frame.ipc', args]));
  contents.on('ipc-message', (_event, ...args) => order.push(['ipc-message', args]));
  host.engine.send(...FROM, CHANNEL, [1, 'two']);
  assert.deepEqual(order, [
    ['ipc-message', ['channel', 1, 'two']], ['frame.ipc', [1, 'two']], ['webContents.ipc', [1, 'two']],
    ['ipcMain', [1, 'two']],
  ]);
});

test('40: the event of a send says who sent it', async () => {
  const { host, contents, ipcMain } = await withWindow();
  let event;
  ipcMain.once(CHANNEL, (it) => {
    event = it;
  });
  host.engine.send(...FROM, CHANNEL, []);
  const { mainFrame } = contents;
  assert.deepEqual([event.type, event.processId, event.frameId, event.frameTreeNodeId],
    ['frame', mainFrame.processId, mainFrame.routingId, mainFrame.frameTreeNodeId]);
  assert.equal(event.sender, contents);
  assert.equal(event.senderFrame, mainFrame);
  assert.equal(event.ports, undefined);
  assert.equal('returnValue' in event, false);
  assert.equal(event.defaultPrevented, false);
  event.preventDefault();
  assert.equal(event.defaultPrevented, true);
});

test('41: reply goes to the document that sent, event.sender.send to the main frame', async () => {
  const { host, ipcMain } = await withWindow();
  ipcMain.on(CHANNEL, (event) => {
    event.reply('answer', 1);
    event.sender.send('sent', 2);
  });
  host.engine.send(...FROM, CHANNEL, []);
  assert.deepEqual(host.take('send'), [[1, 100, 'answer', [1]], [1, 0, 'sent', [2]]]);
});

test('42: senderFrame is looked up when it is read', async () => {
  const { host, window, ipcMain } = await withWindow();
  const events = [];
  ipcMain.on(CHANNEL, (event) => events.push(event));
  host.engine.send(...FROM, CHANNEL, []);
  // A navigation in the same process leaves the frame where it is.
  host.engine.document([1, 102, 7], true, 'file:///other.html', 0, 'T', '');
  assert.equal(events[0].senderFrame, window.webContents.mainFrame);
  host.ui('processTerminated', { contents: 1, reason: 'crashed' });
  host.engine.rendererConnected(1, 5000);
  assert.equal(events[0].senderFrame, null);
  assert.deepEqual(host.warnings, [[
    'Frame property was accessed after it navigated or was destroyed. Avoid asynchronous tasks prior to indexing.',
    'electron',
  ]]);
  host.engine.send(1, 104, 7, CHANNEL, []);
  window.destroy();
  assert.equal(events[1].senderFrame, null);
});

test('39: an exception of a listener ends the dispatch and is uncaught', async () => {
  const { host, contents, ipcMain } = await withWindow();
  contents.ipc.on(CHANNEL, () => {
    throw new Error('in listener');
  });
  ipcMain.on(CHANNEL, () => assert.fail('called'));
  assert.throws(() => host.engine.send(...FROM, CHANNEL, []), /in listener/);
});

test('29: a channel called error is a channel like any other', async () => {
  const { host } = await withWindow();
  host.engine.send(...FROM, 'error', [1]);
});

test('36: postMessage reaches the three emitters with event and message, and no more', async () => {
  const { host, contents, ipcMain } = await withWindow();
  contents.on('ipc-message', () => assert.fail('ipc-message'));
  const heard = [];
  for (const emitter of [ipcMain, contents.ipc, contents.mainFrame.ipc]) {
    emitter.on(CHANNEL, (event, ...args) => heard.push([event, args]));
  }
  host.engine.message(...FROM, CHANNEL, { a: 1 }, [50]);
  assert.equal(heard.length, 3);
  const [event, args] = heard[0];
  assert.deepEqual(args, [{ a: 1 }]);
  assert.equal(event.ports.length, 1);
  assert.equal(event.reply, undefined);
});

test('32, 34: the most particular handler answers an invoke, and only that', async () => {
  const { host, contents, ipcMain } = await withWindow();
  const emitters = [ipcMain, contents.ipc, contents.mainFrame.ipc];
  for (const [index, emitter] of emitters.entries()) {
    emitter.handle(CHANNEL, (_event, arg) => `${index} ${arg}`);
    host.engine.invoke(...FROM, index, CHANNEL, ['x']);
  }
  await turn();
  const replies = host.take('reply');
  assert.deepEqual(replies, [[1, 100, 0, false, '0 x'], [1, 100, 1, false, '1 x'], [1, 100, 2, false, '2 x']]);
});

test('40: the event of an invoke has neither reply nor returnValue', async () => {
  const { host, contents, ipcMain } = await withWindow();
  ipcMain.handle(CHANNEL, (event) => {
    assert.equal(event.sender, contents);
    return ['reply', 'returnValue', 'ports'].filter((name) => name in event);
  });
  host.engine.invoke(...FROM, 9, CHANNEL, []);
  await turn();
  assert.deepEqual(host.take('reply'), [[1, 100, 9, false, []]]);
});

test('18, 31: a missing, removed or used handler is an error', async () => {
  const { host, ipcMain } = await withWindow();
  ipcMain.handle('removed', () => {});
  ipcMain.removeHandler('removed');
  ipcMain.removeHandler('never');
  ipcMain.handleOnce('once', () => 'first');
  for (const [call, channel] of ['none', 'removed', 'once', 'once'].entries()) {
    host.engine.invoke(...FROM, call, channel, []);
  }
  await turn();
  const answers = Object.fromEntries(host.take('reply').map(([, , call, isError, value]) => [call, [isError, value]]));
  assert.deepEqual(answers, {
    0: [true, "Error: No handler registered for 'none'"],
    1: [true, "Error: No handler registered for 'removed'"],
    2: [false, 'first'],
    3: [true, "Error: No handler registered for 'once'"],
  });
});

test('31: handleOnce is gone before its function runs', async () => {
  const { host, ipcMain } = await withWindow();
  ipcMain.handleOnce(CHANNEL, () => {
    ipcMain.handle(CHANNEL, () => 'second');
    return 'first';
  });
  host.engine.invoke(...FROM, 1, CHANNEL, []);
  host.engine.invoke(...FROM, 2, CHANNEL, []);
  await turn();
  assert.deepEqual(host.take('reply').map((reply) => reply[4]), ['first', 'second']);
});

test('17, 20, 37: errors of handlers go back as text and to the console', async () => {
  const { host, ipcMain } = await withWindow();
  const thrown = [new TypeError('boo'), 'text', '', undefined, null, Object.create(null)];
  ipcMain.handle(CHANNEL, async (_event, index) => {
    throw thrown[index];
  });
  thrown.forEach((_, index) => host.engine.invoke(...FROM, index, CHANNEL, [index]));
  await turn();
  assert.deepEqual(host.take('reply').map((reply) => reply.slice(3)), [
    [true, 'TypeError: boo'], [true, 'text'], [false, undefined], [true, 'undefined'], [true, 'null'], [true, 'Error'],
  ]);
  assert.deepEqual(host.lines[0], ['error', "Error occurred in handler for 'channel':", thrown[0]]);
});

test('38: a result that cannot be cloned is an error', async () => {
  const { host, ipcMain } = await withWindow();
  ipcMain.handle(CHANNEL, () => () => {});
  host.engine.invoke(...FROM, 1, CHANNEL, []);
  await turn();
  assert.deepEqual(host.take('reply').at(-1), [1, 100, 1, true, 'Error: An object could not be cloned.']);
});

test('19: a reply that was dropped is an error in the page', async () => {
  const { host, ipcMain } = await withWindow();
  ipcMain.handle(CHANNEL, () => new Promise(() => {}));
  host.engine.invoke(...FROM, 5, CHANNEL, []);
  for (let i = 0; i < 20 && host.calls.length === 0; i++) {
    await turn();
    collectGarbage();
  }
  assert.deepEqual(host.take('reply'), [[1, 100, 5, true, 'reply was never sent']]);
});

test('19, 22: an event that the app keeps keeps the call open', async () => {
  const { host, ipcMain } = await withWindow();
  let kept;
  ipcMain.on(CHANNEL, (event) => {
    kept = event;
  });
  host.engine.sendSync(...FROM, 5, CHANNEL, []);
  for (let i = 0; i < 5; i++) {
    await turn();
    collectGarbage();
  }
  assert.deepEqual(host.take('replySync'), []);
  kept.returnValue = 'late';
  assert.deepEqual(host.take('replySync'), [[1, 100, 5, false, 'late']]);
});

test('22, 23: the first returnValue is the answer, whatever it is', async () => {
  const { host, contents, ipcMain } = await withWindow();
  const values = [null, undefined, 0];
  contents.on('ipc-message-sync', (event, channel, index) => {
    assert.equal(channel, CHANNEL);
    event.returnValue = values[index];
    assert.equal(event.returnValue, undefined);
  });
  ipcMain.on(CHANNEL, (event) => {
    event.returnValue = 'too late';
    event.reply('also', 1);
  });
  values.forEach((_, index) => host.engine.sendSync(...FROM, index, CHANNEL, [index]));
  assert.deepEqual(host.take('replySync').map((reply) => reply.slice(2)), [[0, false, null], [1, false, undefined], [2, false, 0]]);
  assert.equal(host.take('send').length, 3);
});

test('a returnValue that cannot be cloned throws, and another can be set', async () => {
  const { host, ipcMain } = await withWindow();
  ipcMain.on(CHANNEL, (event) => {
    assert.throws(() => {
      event.returnValue = () => {};
    }, { name: 'Error', message: 'An object could not be cloned.' });
    event.returnValue = 'fine';
  });
  host.engine.sendSync(...FROM, 1, CHANNEL, []);
  assert.deepEqual(host.take('replySync').at(-1), [1, 100, 1, false, 'fine']);
});

test('21: sendSync without listeners is answered at once, with a warning', async () => {
  const { host } = await withWindow();
  host.engine.sendSync(...FROM, 3, CHANNEL, []);
  assert.deepEqual(host.lines, [
    ['warn', "WebContents #1 called ipcRenderer.sendSync() with 'channel' channel without listeners."],
  ]);
  assert.deepEqual(host.take('replySync'), [[1, 100, 3, false, { error: 'reply was never sent' }]]);
});

test('21: a sendSync that no listener answers is answered when its event is collected', async () => {
  const { host, ipcMain } = await withWindow();
  ipcMain.on(CHANNEL, () => {});
  host.engine.sendSync(...FROM, 3, CHANNEL, []);
  for (let i = 0; i < 20 && host.calls.length === 0; i++) {
    await turn();
    collectGarbage();
  }
  assert.deepEqual(host.take('replySync'), [[1, 100, 3, false, { error: 'reply was never sent' }]]);
});

test('messages of a WebContents that is gone are dropped, and their ports closed', async () => {
  const { host, window, ipcMain } = await withWindow();
  ipcMain.on(CHANNEL, () => assert.fail('called'));
  window.destroy();
  host.engine.send(...FROM, CHANNEL, []);
  host.engine.sendSync(...FROM, 1, CHANNEL, []);
  host.engine.invoke(...FROM, 2, CHANNEL, []);
  host.engine.message(...FROM, CHANNEL, 1, [70]);
  for (let i = 0; i < 20 && host.calls.every(([name]) => name !== 'portClose'); i++) {
    await turn();
    collectGarbage();
  }
  assert.deepEqual(host.take('portClose'), [[70]]);
});
