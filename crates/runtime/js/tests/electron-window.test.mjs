import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ElectronHost, recordEvents, turn } from './electron-host.mjs';

const DESTROYED = { name: 'TypeError', message: 'Object has been destroyed' };

async function launched(options) {
  const host = await new ElectronHost(options).launch();
  return { host, ...host.electron };
}

test('126: a window before ready is refused', () => {
  const { BrowserWindow } = new ElectronHost().electron;
  assert.throws(() => new BrowserWindow(), { name: 'Error', message: 'Cannot create BrowserWindow before app is ready' });
});

test('a new window is created with Electron\'s defaults', async () => {
  const { host, BrowserWindow } = await launched();
  const window = new BrowserWindow();
  assert.deepEqual(host.takeCommands('createWindow'), [{
    cmd: 'createWindow',
    window: 1,
    contents: 1,
    options: {
      width: 800, height: 600, minWidth: 0, minHeight: 0, maxWidth: 0, maxHeight: 0, title: 'Sample', show: true,
      resizable: true, frame: true, alwaysOnTop: false, center: false, fullscreen: false,
    },
    preferences: { devTools: true, hardwareAcceleration: true },
  }]);
  assert.deepEqual([window.id, window.webContents.id, window.getTitle(), window.title], [1, 1, 'Sample', 'Sample']);
  assert.deepEqual(host.lines, []);
});

test('the options that Conch honours reach the window', async () => {
  const { host, BrowserWindow } = await launched();
  const options = {
    width: 300, height: 200, x: 1, y: 2, minWidth: 3, minHeight: 4, maxWidth: 500, maxHeight: 600, title: 'Mine',
    show: false, resizable: false, frame: false, alwaysOnTop: true, backgroundColor: '#123456', center: true, fullscreen: true,
  };
  const window = new BrowserWindow({ ...options, webPreferences: { backgroundThrottling: false, devTools: false } });
  const [command] = host.takeCommands('createWindow');
  assert.deepEqual(command.options, options);
  assert.deepEqual(command.preferences, { backgroundThrottling: false, devTools: false, hardwareAcceleration: true });
  assert.deepEqual([window.getMinimumSize(), window.getMaximumSize(), window.getBackgroundColor()],
    [[3, 4], [500, 600], '#123456']);
  assert.deepEqual(host.lines, []);
});

test('an option without effect is named once, a default is not', async () => {
  const { host, BrowserWindow } = await launched();
  const options = { vibrancy: 'dark', transparent: false, parent: null, icon: undefined, autoHideMenuBar: true };
  new BrowserWindow({ ...options, webPreferences: { webSecurity: false, webviewTag: false } });
  new BrowserWindow({ ...options, webPreferences: { webSecurity: false } });
  assert.deepEqual(host.lines, [
    ['warn', "BrowserWindow option 'vibrancy' is not supported by Conch and has no effect"],
    ['warn', "BrowserWindow option 'webPreferences.webSecurity' is not supported by Conch and has no effect"],
  ]);
});

test('an option of the wrong type is left out, and named', async () => {
  const { host, BrowserWindow } = await launched();
  new BrowserWindow({ width: '300', title: 5 });
  new BrowserWindow('nonsense');
  assert.deepEqual(host.takeCommands('createWindow').map(({ options }) => [options.width, options.title]),
    [[800, 'Sample'], [800, 'Sample']]);
  assert.deepEqual(host.lines.map((line) => line[1]), [
    "BrowserWindow option 'width' must be a number: it is ignored", "BrowserWindow option 'title' must be a string: it is ignored",
  ]);
});

test('125: creation is told to the app, page first', async () => {
  const { app, BrowserWindow } = await launched();
  const told = [];
  app.on('web-contents-created', (_event, contents) => told.push(contents));
  app.on('browser-window-created', (_event, window) => told.push(window, BrowserWindow.getAllWindows().length));
  const window = new BrowserWindow();
  assert.deepEqual(told, [window.webContents, window, 1]);
});

test('a window that the system cannot make leaves nothing behind', async () => {
  const { host, app, BrowserWindow, webContents } = await launched();
  app.on('browser-window-created', () => assert.fail('created'));
  host.answers.createWindow = () => {
    throw new Error('no display');
  };
  assert.throws(() => new BrowserWindow(), /no display/);
  assert.deepEqual([BrowserWindow.getAllWindows(), webContents.getAllWebContents()], [[], []]);
  assert.deepEqual(host.take('forget'), [[1]]);
});

test('98: webPreferences have Electron\'s defaults and rules', async () => {
  const { host, BrowserWindow } = await launched();
  const configured = (webPreferences) => {
    new BrowserWindow({ webPreferences });
    const [, config] = host.take('contents')[0];
    return [config.contextIsolation, config.nodeIntegration, config.sandbox];
  };
  assert.deepEqual(configured(undefined), [true, false, true]);
  assert.deepEqual(configured({ contextIsolation: false }), [false, false, true]);
  assert.deepEqual(configured({ sandbox: false }), [true, false, false]);
  assert.deepEqual(configured({ nodeIntegration: true, contextIsolation: true }), [true, true, false]);
  assert.deepEqual(configured({ nodeIntegrationInWorker: true }), [true, false, false]);
  host.lines.length = 0;
  assert.deepEqual(configured({ nodeIntegration: true }), [false, true, false]);
  assert.match(host.lines[0][1], /nodeIntegration is true and contextIsolation is not set/);
});

test('the renderer is told what it needs, before its window is made', async () => {
  const { host, BrowserWindow } = await launched({ env: { LANG: 'C' } });
  const window = new BrowserWindow({ webPreferences: { preload: 'js/preload.js', additionalArguments: ['--one', '--two'] } });
  const [[id, config]] = host.take('contents');
  assert.equal(id, 1);
  assert.deepEqual(config, {
    webContentsId: 1,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    sandbox: true,
    preload: '/apps/sample/js/preload.js',
    preloads: [],
    argv: ['/usr/bin/conch', '--type=renderer', '--one', '--two'],
    execPath: '/usr/bin/conch',
    appPath: '/apps/sample',
    cwd: '/home/somebody',
    versions: { conch: '0.1.0', electron: '45.0.0', webkit: '2.50.6' },
    platform: 'linux',
    arch: 'x64',
    env: { HOME: '/home/somebody', LANG: 'C' },
    isMainFrame: true,
    frameToken: window.webContents.mainFrame.frameToken,
  });
});

test('120, 121, 122: close asks the window, then the page, then ends both', async () => {
  const { host, app } = await launched();
  const window = host.openWindow();
  const { webContents } = window;
  const log = [];
  window.on('close', () => log.push('close'));
  webContents.on('destroyed', () => log.push(['destroyed', webContents.isDestroyed()]));
  window.on('closed', () => {
    log.push(['closed', window.isDestroyed(), host.electron.BrowserWindow.getAllWindows().length]);
    assert.throws(() => window.show(), DESTROYED);
  });
  app.on('window-all-closed', () => log.push('window-all-closed'));
  window.close();
  assert.deepEqual(log, ['close']);
  const [[contents, document, call, code]] = host.take('evaluate');
  assert.deepEqual([contents, document], [1, 100]);
  assert.match(code, /beforeunload/);
  host.engine.evalResult(1, call, false, false);
  await turn();
  // The page has its last words.
  assert.deepEqual([log, host.takeCommands('destroy')], [['close'], [{ cmd: 'destroy', window: 1 }]]);
  host.engine.documentGone(1, 100, true);
  assert.deepEqual(log, ['close', ['destroyed', true], ['closed', true, 0], 'window-all-closed']);
  assert.deepEqual(host.takeCommands('destroy'), []);
  assert.deepEqual(host.take('forget'), [[1]]);
});

test('120: a prevented close and a refusing page keep the window', async () => {
  const { host } = await launched();
  const window = host.openWindow();
  window.once('close', (event) => event.preventDefault());
  window.close();
  assert.deepEqual(host.take('evaluate'), []);

  window.close();
  host.engine.evalResult(1, host.take('evaluate')[0][2], false, true);
  await turn();
  assert.equal(window.isDestroyed(), false);

  window.webContents.once('will-prevent-unload', (event) => event.preventDefault());
  window.close();
  host.engine.evalResult(1, host.take('evaluate')[0][2], false, true);
  await turn();
  host.engine.rendererGone(1, 'ended', '');
  assert.equal(window.isDestroyed(), true);
});

test('44, 120: a page that says nothing at its end does not keep its window', async () => {
  const { host } = await launched();
  const window = host.openWindow();
  window.close();
  host.engine.evalResult(1, host.take('evaluate')[0][2], false, false);
  await turn();
  window.close();
  assert.deepEqual([window.isDestroyed(), host.take('evaluate')], [false, []]);
  host.elapse(5000);
  assert.deepEqual([window.isDestroyed(), host.timers.size], [true, 0]);
});

test('the user\'s close button asks as close does', async () => {
  const { host } = await launched();
  const window = host.openWindow();
  let asked = 0;
  window.on('close', (event) => {
    asked++;
    event.preventDefault();
  });
  host.ui('windowCloseRequested', { window: 1 });
  assert.deepEqual([asked, window.isDestroyed()], [1, false]);
});

test('124: a page that does not answer is called unresponsive after 5 s', async () => {
  const { host } = await launched();
  const window = host.openWindow();
  const events = recordEvents(window);
  window.close();
  host.elapse(5000);
  assert.deepEqual(events, ['close', 'unresponsive']);
  window.destroy();
  assert.deepEqual([events.at(-1), host.timers.size], ['closed', 0]);
});

test('a page that dies while it is asked has no say', async () => {
  const { host } = await launched();
  const window = host.openWindow();
  window.close();
  host.ui('processTerminated', { contents: 1, reason: 'crashed' });
  await turn();
  assert.equal(window.isDestroyed(), true);
});

test('a window without a document closes at once', async () => {
  const { host, BrowserWindow } = await launched();
  const window = new BrowserWindow();
  window.close();
  assert.equal(window.isDestroyed(), true);
  assert.deepEqual(host.take('evaluate'), []);
});

test('120: destroy asks nobody, and closed is certain', async () => {
  const { host } = await launched();
  const window = host.openWindow();
  const events = recordEvents(window);
  window.destroy();
  window.destroy();
  host.ui('windowDestroyed', { window: 1 });
  host.ui('focused', { window: 1 });
  assert.deepEqual(events, ['closed']);
});

test('a window that the system destroyed is closed', async () => {
  const { host } = await launched();
  const window = host.openWindow();
  const events = recordEvents(window);
  host.ui('windowDestroyed', { window: 1 });
  assert.deepEqual([events, window.isDestroyed(), window.isDestroyed()], [['closed'], true, true]);
});

test('webContents.close ends the window without its close event', async () => {
  const { host } = await launched();
  const [first, second] = [host.openWindow(), host.openWindow()];
  first.on('close', () => assert.fail('close'));
  first.webContents.close();
  assert.equal(first.isDestroyed(), true);
  second.webContents.close({ waitForBeforeUnload: true });
  assert.equal(second.isDestroyed(), false);
  host.engine.evalResult(2, host.take('evaluate')[0][2], false, false);
  await turn();
  host.ui('processTerminated', { contents: 2, reason: 'crashed' });
  assert.equal(second.isDestroyed(), true);
});

test('108: everything of a destroyed window throws but id and isDestroyed', async () => {
  const { host } = await launched();
  const window = host.openWindow();
  window.destroy();
  assert.deepEqual([window.id, window.isDestroyed()], [1, true]);
  const calls = ['show', 'hide', 'focus', 'close', 'getBounds', 'getTitle', 'isVisible', 'maximize', 'isModal',
    'loadURL', 'reload', 'getURL', 'isMenuBarVisible', 'removeMenu'];
  for (const name of calls) assert.throws(() => window[name](), DESTROYED, name);
  for (const name of ['webContents', 'title', 'resizable', 'fullScreen']) assert.throws(() => window[name], DESTROYED, name);
  assert.throws(() => window.setTitle('x'), DESTROYED);
  assert.throws(() => window.setBounds({}), DESTROYED);
});

test('127: windows are found by id, page and focus', async () => {
  const { host, BrowserWindow, webContents } = await launched();
  const [first, second] = [new BrowserWindow(), new BrowserWindow()];
  assert.deepEqual(BrowserWindow.getAllWindows(), [first, second]);
  assert.equal(BrowserWindow.fromId(2), second);
  assert.equal(BrowserWindow.fromId(9), null);
  assert.equal(BrowserWindow.fromWebContents(first.webContents), first);
  assert.equal(BrowserWindow.getFocusedWindow(), null);
  assert.equal(webContents.getFocusedWebContents(), null);
  host.answers.state = ({ window }) => ({ focused: window === 2 });
  assert.equal(BrowserWindow.getFocusedWindow(), second);
  assert.equal(webContents.getFocusedWebContents(), second.webContents);
  const page = second.webContents;
  second.destroy();
  assert.deepEqual([BrowserWindow.fromId(2), BrowserWindow.fromWebContents(page)], [null, null]);
  assert.throws(() => BrowserWindow.fromId('x'),
    { name: 'TypeError', message: 'Error processing argument at index 0, conversion failure from x' });
  assert.throws(() => BrowserWindow.fromWebContents(null), /conversion failure from null/);
});

test('show and hide are told at once, and not again when the system says so', async () => {
  const { host, BrowserWindow } = await launched();
  const window = new BrowserWindow({ show: false });
  const events = recordEvents(window);
  window.show();
  host.ui('shown', { window: 1 });
  window.hide();
  host.ui('hidden', { window: 1 });
  window.showInactive();
  assert.deepEqual(events, ['show', 'hide', 'show']);
  host.ui('hidden', { window: 1 });
  assert.deepEqual(events, ['show', 'hide', 'show', 'hide']);
});

test('what happens at the window has Electron\'s names', async () => {
  const { host, BrowserWindow } = await launched();
  const window = new BrowserWindow();
  const events = recordEvents(window);
  const names = ['resized', 'moved', 'minimized', 'unminimized', 'maximized', 'unmaximized', 'enterFullScreen', 'leaveFullScreen'];
  for (const name of names) host.ui(name, { window: 1 });
  assert.deepEqual(events,
    ['resize', 'move', 'minimize', 'restore', 'maximize', 'unmaximize', 'enter-full-screen', 'leave-full-screen']);
});

test('129: focus and blur are told to the app as well', async () => {
  const { host, app, BrowserWindow } = await launched();
  const window = new BrowserWindow();
  const log = [];
  app.on('browser-window-focus', (event, it) => log.push(['app focus', typeof event.preventDefault, it === window]));
  app.on('browser-window-blur', (_event, it) => log.push(['app blur', it === window]));
  window.on('focus', () => log.push('focus'));
  window.on('blur', () => log.push('blur'));
  host.ui('focused', { window: 1 });
  host.ui('blurred', { window: 1 });
  assert.deepEqual(log, [['app focus', 'function', true], 'focus', ['app blur', true], 'blur']);
});

test('size, place and state go to the window system and come from it', async () => {
  const { host, BrowserWindow } = await launched();
  const window = new BrowserWindow();
  host.commands.length = 0;
  assert.deepEqual(window.getBounds(), { x: 10, y: 20, width: 800, height: 600 });
  assert.deepEqual([window.getSize(), window.getPosition()], [[800, 600], [10, 20]]);
  host.commands.length = 0;
  window.setBounds({ width: 5 });
  window.setSize(1, 2);
  window.setPosition(3, 4);
  window.setFullScreen(true);
  window.resizable = false;
  window.setMinimumSize(7, 8);
  window.setBackgroundColor('red');
  window.setTitle('New');
  for (const name of ['minimize', 'maximize', 'unmaximize', 'restore', 'focus', 'center']) window[name]();
  assert.deepEqual(host.commands.map(({ cmd, window: _, ...rest }) => [cmd, rest]), [
    ['setBounds', { width: 5 }], ['setBounds', { width: 1, height: 2 }], ['setBounds', { x: 3, y: 4 }],
    ['setFullScreen', { flag: true }], ['setResizable', { flag: false }], ['setMinimumSize', { width: 7, height: 8 }],
    ['setBackgroundColor', { color: 'red' }], ['setTitle', { title: 'New' }],
    ['minimize', {}], ['maximize', {}], ['unmaximize', {}], ['restore', {}], ['focus', {}], ['center', {}],
  ]);
  host.answers.state = () => ({ minimized: true, maximized: false, fullscreen: true, resizable: false, alwaysOnTop: true });
  assert.deepEqual([
    window.isMinimized(), window.isMaximized(), window.isFullScreen(), window.fullScreen, window.isNormal(),
    window.isResizable(), window.isAlwaysOnTop(), window.isVisible(), window.isFocused(),
  ], [true, false, true, true, false, false, true, false, false]);
});

test('always-on-top-changed is told when it changes', async () => {
  const { host, BrowserWindow } = await launched();
  const window = new BrowserWindow();
  const heard = [];
  window.on('always-on-top-changed', (_event, flag) => heard.push(flag));
  host.answers.state = () => ({ alwaysOnTop: false });
  window.setAlwaysOnTop(true, 'floating');
  window.setAlwaysOnTop(false);
  assert.deepEqual(heard, [true]);
});

test('arguments are converted as Electron does', async () => {
  const { BrowserWindow } = await launched();
  const window = new BrowserWindow();
  const failure = (index, value) => ({
    name: 'TypeError', message: `Error processing argument at index ${index}, conversion failure from ${value}`,
  });
  const missing = { name: 'TypeError', message: 'Insufficient number of arguments.' };
  assert.throws(() => window.setTitle(5), failure(0, '5'));
  assert.throws(() => window.setTitle(null), failure(0, 'null'));
  assert.throws(() => window.setTitle({}), failure(0, '#<Object>'));
  assert.throws(() => window.setTitle(), missing);
  assert.throws(() => window.setSize('x', 1), failure(0, 'x'));
  assert.throws(() => window.setSize(1, 1.5), failure(1, '1.5'));
  assert.throws(() => window.setSize(100), missing);
  assert.throws(() => window.setFullScreen(), missing);
  assert.throws(() => window.setBounds('x'), failure(0, 'x'));
  assert.throws(() => window.setBounds({ width: 'x' }), failure(0, '#<Object>'));
});

test('the menu bar is shown unless it hides by itself', async () => {
  const { BrowserWindow } = await launched();
  const window = new BrowserWindow({ autoHideMenuBar: true });
  window.removeMenu();
  assert.deepEqual([window.isMenuBarVisible(), window.autoHideMenuBar], [false, true]);
  window.setMenuBarVisibility(true);
  assert.equal(window.menuBarVisible, true);
  window.setAutoHideMenuBar(false);
  assert.equal(window.isMenuBarAutoHide(), false);
});

test('a subclass is a window like any other', async () => {
  const { host, BrowserWindow, BaseWindow } = await launched();
  class MyWindow extends BrowserWindow {}
  const window = new MyWindow({ title: 'Sub' });
  assert.ok(window instanceof BaseWindow);
  assert.deepEqual([MyWindow.getAllWindows(), host.takeCommands('createWindow')[0].options.title], [[window], 'Sub']);
});
