import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ElectronHost } from './electron-host.mjs';

test('the module can be taken apart at any time', () => {
  const { electron } = new ElectronHost();
  const { app, BrowserWindow, Menu, Tray, screen, nativeTheme, session, ipcRenderer } = electron;
  assert.equal(typeof app.quit, 'function');
  assert.equal(typeof BrowserWindow, 'function');
  assert.deepEqual([Menu, Tray, screen, nativeTheme, session].map((part) => typeof part),
    ['function', 'function', 'object', 'object', 'object']);
  assert.equal(ipcRenderer, undefined);
  assert.equal(electron.Tray, Tray);
  assert.equal('Notification' in electron, true);
  assert.ok(Object.keys(electron).includes('utilityProcess'));
});

test('what Conch lacks says so when it is used, and only then', () => {
  const { Tray, net, protocol } = new ElectronHost().electron;
  const error = { name: 'Error', message: 'electron.Tray is not supported by Conch' };
  for (const use of [
    () => new Tray('icon.png'), () => Tray(), () => Tray.anything, () => {
      Tray.member = 1;
    }, () => class extends Tray {},
  ]) assert.throws(use, error);
  assert.throws(() => net.fetch('https://example.test'), { message: 'electron.net is not supported by Conch' });
  assert.throws(() => protocol.handle, { message: 'electron.protocol is not supported by Conch' });
  assert.equal('anything' in Tray, false);
  assert.doesNotThrow(() => [inspect(Tray), inspect(Tray, { showProxy: true }), `${typeof Tray}`, String(Tray), Promise.resolve(Tray)]);
});

test('a missing method or property names itself', async () => {
  const host = await new ElectronHost().launch();
  const { app, BrowserWindow, dialog, webContents } = host.electron;
  const window = new BrowserWindow();
  for (const [use, name] of [
    [() => app.setBadgeCount(1), 'app.setBadgeCount'],
    [() => app.badgeCount, 'app.badgeCount'],
    [() => window.setOpacity(1), 'BrowserWindow.setOpacity'],
    [() => window.setSkipTaskbar(true), 'BrowserWindow.setSkipTaskbar'],
    [() => {
      window.kiosk = true;
    }, 'BrowserWindow.kiosk'],
    [() => BrowserWindow.fromBrowserView(), 'BrowserWindow.fromBrowserView'],
    [() => window.webContents.print(), 'webContents.print'],
    [() => window.webContents.session.cookies, 'session.cookies'],
    [() => window.webContents.mainFrame.copyVideoFrameAt(0, 0), 'webFrameMain.copyVideoFrameAt'],
    [() => webContents.fromDevToolsTargetId('x'), 'webContents.fromDevToolsTargetId'],
    [() => dialog.showCertificateTrustDialog({}), 'dialog.showCertificateTrustDialog'],
    [() => new host.electron.BaseWindow(), 'electron.BaseWindow'],
  ]) assert.throws(use, { name: 'Error', message: `${name} is not supported by Conch` });
  assert.equal(typeof window.setOpacity, 'function');
  assert.doesNotThrow(() => inspect([app, window, window.webContents, window.webContents.mainFrame], { depth: 5 }));
});

test('what Electron has on other systems only is not there, as in Electron on Linux', () => {
  const { app } = new ElectronHost().electron;
  assert.deepEqual([app.dock, app.hide, app.setActivationPolicy], [undefined, undefined, undefined]);
  app.setAppUserModelId('com.example');
});

test('waiting for an event that never fires is pointed out once', async () => {
  const host = await new ElectronHost().launch();
  const window = new host.electron.BrowserWindow();
  window.on('will-resize', () => {});
  window.webContents.on('will-attach-webview', () => {});
  window.webContents.once('will-attach-webview', () => {});
  window.webContents.prependListener('found-in-page', () => {});
  host.electron.app.on('login', () => {});
  window.on('close', () => {});
  window.on('of my own', () => {});
  host.electron.app.on('activate', () => {});
  assert.deepEqual(host.lines.map((line) => line[1]), [
    "webContents event 'will-attach-webview' is not supported by Conch and never fires",
    "webContents event 'found-in-page' is not supported by Conch and never fires",
    "app event 'login' is not supported by Conch and never fires",
  ]);
});

test('the error box is there before ready, message boxes after it', async () => {
  const host = new ElectronHost();
  const { dialog } = host.electron;
  dialog.showErrorBox('Title', 'Content');
  assert.deepEqual(host.takeCommands('errorBox'), [{ cmd: 'errorBox', title: 'Title', content: 'Content' }]);
  assert.throws(() => dialog.showErrorBox('Title'), /Insufficient number of arguments/);
  assert.throws(() => dialog.showMessageBoxSync({ message: 'x' }), /can only be used after app is ready/);
});

test('a message box answers the index of the button', async () => {
  const host = await new ElectronHost().launch();
  const { BrowserWindow, dialog } = host.electron;
  const window = new BrowserWindow();
  host.answers.messageBox = (command) => (command.request === undefined ? 1 : null);
  const options = { type: 'question', title: 'T', message: 'M', detail: 'D', buttons: ['Yes', 'No'], defaultId: 0 };
  assert.equal(dialog.showMessageBoxSync(window, options), 1);
  assert.deepEqual(host.takeCommands('messageBox'), [{ cmd: 'messageBox', window: 1, ...options, cancelId: 1 }]);

  const answer = dialog.showMessageBox({ message: 'M' });
  const [{ request }] = host.takeCommands('messageBox');
  host.ui('answered', { request, value: 2, error: null });
  assert.deepEqual(await answer, { response: 2, checkboxChecked: false });
});

test('message boxes check what they are given', async () => {
  const { dialog } = (await new ElectronHost().launch()).electron;
  for (const [options, message] of [
    [undefined, 'Missing options'], [{ type: 'loud' }, 'Invalid message box type'], [{ buttons: 'OK' }, 'Buttons must be an array'],
    [{ message: 5 }, 'Message must be a string'], [{ title: 5 }, 'Title must be a string'],
  ]) {
    assert.throws(() => dialog.showMessageBoxSync(options), { name: 'TypeError', message });
    await assert.rejects(dialog.showMessageBox(options), { name: 'TypeError', message });
  }
});
