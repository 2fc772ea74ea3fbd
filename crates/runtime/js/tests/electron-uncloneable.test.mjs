// Objects of the electron module in messages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ElectronHost, turn } from './electron-host.mjs';

const REFUSED = { name: 'Error', message: 'An object could not be cloned.' };

/** One object of each class, by the name of the class. */
async function hostObjects() {
  const host = await new ElectronHost().launch();
  const { app, BrowserWindow, ipcMain, MessageChannelMain } = host.electron;
  const window = host.openWindow();
  const { webContents } = window;
  let event;
  ipcMain.on('any', (it) => {
    event = it;
  });
  host.engine.send(1, 100, 7, 'any', []);
  const channel = new MessageChannelMain();
  class MyWindow extends BrowserWindow {}
  const objects = {
    App: app, CommandLine: app.commandLine, BrowserWindow: window, MyWindow: new MyWindow(),
    IpcMain: ipcMain, WebContents: webContents, WebFrameMain: webContents.mainFrame,
    MessagePortMain: channel.port1, MessageChannelMain: channel, IpcMainEvent: event,
  };
  return { host, window, objects };
}

test('12: posting an object of the electron module throws', async () => {
  const { host, window: { webContents }, objects } = await hostObjects();
  const { port2: port } = new host.electron.MessageChannelMain();
  for (const [name, object] of Object.entries(objects)) {
    for (const message of [object, { deep: [object] }]) {
      assert.throws(() => webContents.postMessage('channel', message), REFUSED, name);
      assert.throws(() => webContents.mainFrame.postMessage('channel', message), REFUSED, name);
      assert.throws(() => port.postMessage(message), REFUSED, name);
    }
  }
  // In the transfer list a port goes, and elsewhere nothing is in the way.
  webContents.postMessage('channel', new (class Mine {
    size = 1;
  })(), [port]);
});

test('11: sending one is a line on the console', async () => {
  const { host, window: { webContents }, objects } = await hostObjects();
  for (const object of Object.values(objects)) {
    assert.equal(webContents.send('channel', 1, object), undefined);
    const [level, text, error] = host.lines.pop();
    assert.deepEqual([level, text, error.message], ['error', 'Error sending from webFrameMain: ', REFUSED.message]);
  }
});

test('38: a handler that returns one rejects', async () => {
  const { host, objects } = await hostObjects();
  host.electron.ipcMain.handle('get', (_event, name) => objects[name]);
  const names = Object.keys(objects);
  names.forEach((name, call) => host.engine.invoke(1, 100, 7, call, 'get', [name]));
  await turn();
  const rejections = host.take('reply').filter(([, , , isError]) => isError).map((reply) => reply[4]);
  assert.deepEqual(rejections, names.map(() => `Error: ${REFUSED.message}`));
});

test('the mark is not seen on the objects', async () => {
  const { objects } = await hostObjects();
  for (const object of Object.values(objects)) {
    assert.ok(!inspect(object).includes('uncloneable'));
    assert.deepEqual(Object.getOwnPropertySymbols(object).filter((key) => key.description === 'uncloneable'), []);
  }
});
