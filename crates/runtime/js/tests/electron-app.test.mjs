import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ElectronHost, recordEvents, turn } from './electron-host.mjs';

test('133: will-finish-launching, whenReady and ready come in this order', async () => {
  const host = new ElectronHost();
  const { app } = host.electron;
  const order = [];
  app.on('will-finish-launching', () => order.push(['will-finish-launching', app.isReady()]));
  app.on('ready', (event, info) => order.push(['ready', app.isReady(), typeof event.preventDefault, info]));
  app.whenReady().then(() => order.push(['whenReady', app.isReady()])).then(() => order.push(['then']));
  assert.equal(app.whenReady(), app.whenReady());
  await host.launch();
  await app.whenReady();
  assert.deepEqual(order, [
    ['will-finish-launching', false], ['whenReady', true], ['then'], ['ready', true, 'function', {}],
  ]);
});

test('136: without windows quit goes through at once', async () => {
  const host = await new ElectronHost().launch();
  const { app } = host.electron;
  const events = recordEvents(app);
  const exits = [];
  host.process.on('exit', (code) => exits.push(code));
  app.quit();
  app.quit();
  assert.deepEqual(events, ['before-quit', 'will-quit', 'quit']);
  assert.deepEqual(host.take('exit'), [[0]]);
  assert.deepEqual(exits, [0]);
});

test('a quit before ready ends the app, and ready never comes', async () => {
  const host = new ElectronHost();
  host.electron.app.on('ready', () => assert.fail('ready'));
  host.electron.app.quit();
  await host.launch();
  assert.deepEqual(host.take('exit'), [[0]]);
});

test('123, 136: before-quit, close and will-quit can each cancel', async () => {
  const host = await new ElectronHost().launch();
  const { app, BrowserWindow } = host.electron;
  const window = new BrowserWindow();
  const prevent = (event) => event.preventDefault();
  const events = recordEvents(app);

  app.once('before-quit', prevent);
  app.quit();
  assert.deepEqual(events.splice(0), ['before-quit']);

  window.once('close', prevent);
  app.quit();
  assert.deepEqual(events.splice(0), ['before-quit']);
  assert.equal(window.isDestroyed(), false);

  app.once('will-quit', prevent);
  app.quit();
  assert.deepEqual(events.splice(0), ['before-quit', 'will-quit']);
  assert.equal(window.isDestroyed(), true);
  assert.deepEqual(host.take('exit'), []);

  app.quit();
  assert.deepEqual(events, ['before-quit', 'will-quit', 'quit']);
  assert.equal(host.take('exit').length, 1);
});

test('quit waits for pages that are asked whether they may close', async () => {
  const host = await new ElectronHost().launch();
  const { app } = host.electron;
  const first = host.openWindow();
  host.openWindow();
  const events = recordEvents(app);
  app.quit();
  const [one, two] = host.take('evaluate');
  host.engine.evalResult(one[0], one[2], false, true);
  host.engine.evalResult(two[0], two[2], false, false);
  await turn();
  host.engine.rendererGone(two[0], 'ended', '');
  assert.equal(first.isDestroyed(), false);
  assert.deepEqual(host.electron.BrowserWindow.getAllWindows(), [first]);
  first.destroy();
  assert.deepEqual(events, ['before-quit', 'window-all-closed', 'before-quit', 'will-quit', 'quit']);
});

test('135: the app quits when all windows are closed unless somebody listens', async () => {
  const silent = await new ElectronHost().launch();
  new silent.electron.BrowserWindow().close();
  assert.deepEqual(silent.take('exit'), [[0]]);

  const listening = await new ElectronHost().launch();
  let heard = 0;
  listening.electron.app.on('window-all-closed', () => heard++);
  new listening.electron.BrowserWindow().close();
  assert.equal(heard, 1);
  assert.deepEqual(listening.take('exit'), []);
});

test('137: exit asks nobody and emits quit with the code', async () => {
  const host = await new ElectronHost().launch();
  const { app, BrowserWindow } = host.electron;
  const window = new BrowserWindow();
  const log = recordEvents(app);
  recordEvents(window, log);
  app.exit(7);
  assert.deepEqual(log, ['closed', 'quit']);
  assert.deepEqual(host.take('exit'), [[7]]);
});

test('137: process.exit is app.exit, with process.exitCode as the default', async () => {
  const host = await new ElectronHost().launch();
  host.process.exitCode = 4;
  const exits = [];
  host.process.on('exit', (code) => exits.push(code));
  assert.throws(() => host.process.exit(), /process ended with 4/);
  assert.deepEqual(exits, [4]);
  assert.deepEqual(host.take('exit'), [[4]]);
});

test('what a listener of the last window throws does not keep the app from ending', async () => {
  const host = await new ElectronHost().launch();
  const window = new host.electron.BrowserWindow();
  window.on('closed', () => {
    throw new Error('in closed');
  });
  window.destroy();
  assert.deepEqual(host.take('exit'), [[0]]);
  await turn();
  assert.deepEqual(host.uncaught.map((error) => error.message), ['in closed']);
});

test('a signal quits', async () => {
  const host = await new ElectronHost().launch();
  host.ui('quitRequested');
  assert.deepEqual(host.take('exit'), [[0]]);
});

test('132: name, version, path and isPackaged are those of the app', () => {
  const { app } = new ElectronHost().electron;
  assert.deepEqual([app.name, app.getName(), app.getVersion(), app.getAppPath(), app.isPackaged],
    ['Sample', 'Sample', '1.2.3', '/apps/sample', false]);
  app.setName('Other');
  assert.equal(app.name, 'Other');
  app.name = 'Third';
  assert.equal(app.getName(), 'Third');
});

test('getPath knows the folders of a Linux desktop', () => {
  const { app } = new ElectronHost({ env: { XDG_CONFIG_HOME: '/nowhere/config', TMPDIR: '/var/tmp' } }).electron;
  const names = ['home', 'appData', 'userData', 'sessionData', 'temp', 'exe', 'module', 'desktop', 'documents',
    'downloads', 'music', 'pictures', 'videos', 'logs', 'crashDumps'];
  assert.deepEqual(names.map((name) => app.getPath(name)), [
    '/home/somebody', '/nowhere/config', '/nowhere/config/Sample', '/nowhere/config/Sample', '/var/tmp',
    '/usr/bin/conch', '/usr/bin/conch', '/home/somebody/Desktop', '/home/somebody/Documents',
    '/home/somebody/Downloads', '/home/somebody/Music', '/home/somebody/Pictures', '/home/somebody/Videos',
    '/nowhere/config/Sample/logs', '/nowhere/config/Sample/Crashpad',
  ]);
});

test('the name set before the first look decides the folder of the data', () => {
  const { app } = new ElectronHost().electron;
  app.setName('Renamed');
  assert.equal(app.getPath('userData'), '/home/somebody/.config/Renamed');
  app.setName('Again');
  assert.equal(app.getPath('userData'), '/home/somebody/.config/Renamed');
});

test('140: unknown and relative paths are refused', () => {
  const { app } = new ElectronHost().electron;
  assert.throws(() => app.getPath('recent'), { name: 'Error', message: "Failed to get 'recent' path" });
  assert.throws(() => app.getPath('toString'), { message: "Failed to get 'toString' path" });
  assert.throws(() => app.setPath('temp', 'here'), { message: 'Path must be absolute' });
  assert.throws(() => app.setPath('recent', '/here'), { message: 'Failed to set path' });
  assert.throws(() => app.getPath(), { name: 'TypeError', message: 'Insufficient number of arguments.' });
  app.setPath('userData', '/data');
  assert.deepEqual([app.getPath('userData'), app.getPath('logs')], ['/data', '/data/logs']);
});

test('commandLine holds the switches of the command line and what is appended', () => {
  const host = new ElectronHost({ appInfo: { args: ['file', '--verbose', '--level=3', '--', '--not'] } });
  const { commandLine } = host.electron.app;
  assert.deepEqual(['verbose', 'level', 'not', 'file'].map((name) => commandLine.hasSwitch(name)), [true, true, false, false]);
  assert.equal(commandLine.getSwitchValue('level'), '3');
  assert.equal(commandLine.getSwitchValue('none'), '');
  commandLine.appendSwitch('Mine', 'a');
  assert.equal(commandLine.getSwitchValue('mine'), 'a');
  commandLine.removeSwitch('mine');
  assert.equal(commandLine.hasSwitch('mine'), false);
  assert.match(host.lines[0][1], /appendSwitch\('mine'\).*no effect/);
});

test('getLocale reads the environment', () => {
  const locale = (env) => new ElectronHost({ env }).electron.app.getLocale();
  assert.deepEqual([{ LANG: 'de_CH.UTF-8' }, { LANG: 'C' }, {}, { LC_ALL: 'fr', LANG: 'en_US' }].map(locale),
    ['de-CH', 'en-US', 'en-US', 'fr']);
});
