import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ElectronHost, turn } from './electron-host.mjs';

const DISPLAYS = {
  primary: 1,
  displays: [
    { id: 0, label: 'L', bounds: { x: 0, y: 0, width: 1000, height: 800 }, workArea: { x: 0, y: 30, width: 1000, height: 770 }, scaleFactor: 1, frequency: 60 },
    { id: 1, label: 'R', bounds: { x: 1000, y: 0, width: 500, height: 400 }, workArea: { x: 1000, y: 0, width: 500, height: 400 }, scaleFactor: 2, frequency: 60 },
  ],
};

test('screen waits for ready, then finds displays', async () => {
  const host = new ElectronHost();
  const { screen } = host.electron;
  assert.throws(() => screen.getPrimaryDisplay(), { message: "The 'screen' module can't be used before the app 'ready' event" });
  host.answers.displayInfo = () => DISPLAYS;
  host.answers.cursorPoint = () => ({ x: 5, y: 6 });
  await host.launch();
  assert.equal(screen.getPrimaryDisplay().id, 1);
  assert.deepEqual(screen.getAllDisplays()[0].workAreaSize, { width: 1000, height: 770 });
  assert.equal(screen.getDisplayMatching({ x: 900, y: 0, width: 150, height: 10 }).id, 0);
  assert.equal(screen.getDisplayMatching({ x: 950, y: 0, width: 150, height: 10 }).id, 1);
  assert.equal(screen.getDisplayMatching({ x: 4000, y: 0, width: 10, height: 10 }).id, 1);
  assert.equal(screen.getDisplayNearestPoint({ x: -50, y: 900 }).id, 0);
  assert.deepEqual(screen.getCursorScreenPoint(), { x: 5, y: 6 });
});

test('displays that come, go and change are told', async () => {
  const host = await new ElectronHost().launch();
  const { screen } = host.electron;
  let now = DISPLAYS;
  host.answers.displayInfo = () => now;
  const events = [];
  for (const name of ['display-added', 'display-removed', 'display-metrics-changed']) {
    screen.on(name, (event, display, metrics) => events.push([name, display.id, metrics]));
  }
  now = { primary: 0, displays: [{ ...DISPLAYS.displays[0], scaleFactor: 2 }, { ...DISPLAYS.displays[1], id: 2 }] };
  host.ui('displaysChanged');
  assert.deepEqual(events, [
    ['display-metrics-changed', 0, ['scaleFactor']], ['display-added', 2, undefined], ['display-removed', 1, undefined],
  ]);
});

test('the clipboard reads and writes formats', () => {
  const host = new ElectronHost();
  const { clipboard } = host.electron;
  host.answers.readClipboard = ({ format, kind }) => (format === 'text/x-moz-url' ? 'https://a.test/\nA' : `${kind} ${format}`);
  host.answers.clipboardFormats = () => ['text/plain'];
  assert.equal(clipboard.readText(), 'clipboard text/plain');
  assert.equal(clipboard.readHTML('selection'), 'selection text/html');
  assert.deepEqual(clipboard.readBookmark(), { title: 'A', url: 'https://a.test/' });
  assert.deepEqual([clipboard.has('text/plain'), clipboard.has('image/png')], [true, false]);
  clipboard.write({ text: 'https://a.test/', bookmark: 'A', html: undefined });
  clipboard.writeText('x', 'selection');
  assert.deepEqual(host.takeCommands('writeClipboard').map(({ kind, data }) => [kind, data]), [
    ['clipboard', { 'text/plain': 'https://a.test/', 'text/x-moz-url': 'https://a.test/\nA' }],
    ['selection', { 'text/plain': 'x' }],
  ]);
  assert.throws(() => clipboard.writeText(5), /conversion failure from 5/);
  assert.throws(() => clipboard.readImage(), { message: 'clipboard.readImage is not supported by Conch' });
  assert.throws(() => clipboard.write({ image: {} }), /not supported by Conch/);
});

test('shell answers when the desktop does', async () => {
  const host = new ElectronHost();
  const { shell } = host.electron;
  const answer = (cmd, error) => {
    const [{ request }] = host.takeCommands(cmd);
    host.ui('answered', { request, value: null, error });
  };
  const opened = shell.openExternal('https://a.test');
  assert.deepEqual(host.commands.map(({ cmd, uri }) => [cmd, uri]), [['openUri', 'https://a.test/']]);
  answer('openUri', null);
  assert.equal(await opened, undefined);
  const failed = shell.openExternal('odd:x');
  answer('openUri', 'No program');
  await assert.rejects(failed, { name: 'Error', message: 'No program' });
  await assert.rejects(shell.openExternal('no address'), { message: 'Invalid URL' });
  const path = shell.openPath('/tmp/x');
  answer('openPath', 'Not there');
  assert.equal(await path, 'Not there');
  const fine = shell.openPath('/tmp/y');
  answer('openPath', null);
  assert.equal(await fine, '');
});

test('nativeTheme asks, and tells of changes', async () => {
  const host = await new ElectronHost().launch();
  const { nativeTheme } = host.electron;
  host.answers.theme = () => ({ dark: true, highContrast: false });
  const updates = [];
  nativeTheme.on('updated', () => updates.push(nativeTheme.shouldUseDarkColors));
  assert.equal(nativeTheme.themeSource, 'system');
  nativeTheme.themeSource = 'dark';
  assert.deepEqual(host.takeCommands('setThemeSource'), [{ cmd: 'setThemeSource', source: 'dark' }]);
  host.ui('themeChanged', { dark: true });
  assert.deepEqual(updates, [true]);
  assert.throws(() => {
    nativeTheme.themeSource = 'pink';
  }, TypeError);
});

test("the session's preload scripts reach pages that start later", async () => {
  const host = new ElectronHost();
  const { app, session } = host.electron;
  assert.throws(() => session.defaultSession, { message: 'Session can only be received when app is ready' });
  const created = [];
  app.on('session-created', (one) => created.push(one));
  let window;
  app.whenReady().then(() => {
    window = new host.electron.BrowserWindow();
    window.loadURL('https://a.test/');
    assert.deepEqual(host.takeCommands('load'), [], 'a page must not start before all heard of ready');
  });
  app.on('ready', () => session.defaultSession.registerPreloadScript({ type: 'frame', filePath: '/a.js', id: 'a' }));
  await host.launch();
  assert.equal(host.takeCommands('load').length, 1);
  const one = session.defaultSession;
  assert.deepEqual([created, window.webContents.session, session.fromPartition('')], [[one], one, one]);
  assert.deepEqual(host.take('contents').map(([id, config]) => [id, config.preloads]), [[1, []], [1, ['/a.js']]]);
  assert.throws(() => one.registerPreloadScript({ type: 'frame', filePath: '/b.js', id: 'a' }), /existing ID 'a'/);
  assert.throws(() => one.registerPreloadScript({ type: 'frame', filePath: 'b.js' }), /absolute path/);
  one.unregisterPreloadScript('a');
  assert.deepEqual(one.getPreloadScripts(), []);
  assert.throws(() => session.fromPartition('persist:x'), { message: "session.fromPartition('persist:x') is not supported by Conch" });
});

test('139: one instance of the app hears of the others', async () => {
  const host = new ElectronHost();
  const { app } = host.electron;
  Object.assign(host.process, { argv: ['conch', '/apps/sample'], cwd: () => '/here' });
  host.answers.lockInstance = () => false;
  assert.equal(app.requestSingleInstanceLock({ a: 1 }), false);
  assert.deepEqual(host.takeCommands('lockInstance'), [{
    cmd: 'lockInstance',
    folder: '/home/somebody/.config/Sample',
    data: { argv: ['conch', '/apps/sample'], workingDirectory: '/here', additionalData: { a: 1 } },
  }]);
  const heard = [];
  app.on('second-instance', (event, ...args) => heard.push(args));
  host.ui('secondInstance', { data: { argv: ['x', 'y'], workingDirectory: '/there', additionalData: { a: 1 } } });
  host.ui('secondInstance', { data: 'garbage' });
  assert.deepEqual(heard, [[['x', 'y'], '/there', { a: 1 }], [[], '', null]]);
});

test('dialogs for files answer paths, and nothing if the user gives up', async () => {
  const host = await new ElectronHost().launch();
  const { dialog } = host.electron;
  const window = host.openWindow();
  const filters = [{ name: 'Images', extensions: ['png', 'jpg'] }];
  const chosen = dialog.showOpenDialog(window, { title: 'T', filters, properties: ['openFile', 'multiSelections'] });
  const [{ request, ...command }] = host.takeCommands('fileDialog');
  assert.deepEqual(command, {
    cmd: 'fileDialog', window: 1, title: 'T', defaultPath: '', buttonLabel: '', filters, showHidden: false,
    directory: false, multiple: true,
  });
  host.ui('answered', { request, value: ['/a', '/b'], error: null });
  assert.deepEqual(await chosen, { canceled: false, filePaths: ['/a', '/b'] });

  host.answers.fileDialog = ({ request: later }) => (later === undefined ? ['/c'] : null);
  assert.deepEqual(dialog.showOpenDialogSync({ properties: ['openDirectory'] }), ['/c']);
  assert.equal(dialog.showSaveDialogSync(window, { defaultPath: '/d' }), '/c');
  const saved = dialog.showSaveDialog({});
  host.ui('answered', { request: host.takeCommands('fileDialog').at(-1).request, value: null, error: null });
  assert.deepEqual(await saved, { canceled: true, filePath: '' });
  host.answers.fileDialog = () => null;
  assert.equal(dialog.showOpenDialogSync({}), undefined);
  assert.equal(dialog.showSaveDialogSync({}), undefined);
  await assert.rejects(dialog.showOpenDialog({ properties: 'openFile' }), { name: 'TypeError', message: 'Properties must be an array' });
});

test("a context menu's parameters come from WebKit and from the page", async () => {
  const host = await new ElectronHost().launch();
  const window = host.openWindow();
  const heard = [];
  window.webContents.on('context-menu', (event, params) => heard.push(params));
  host.ui('contextMenu', { contents: 1, parameters: { x: 1, y: 2, linkURL: 'https://a.test/', isEditable: true, mediaType: 'none' } });
  const [[id, document, call, , world]] = host.take('evaluate');
  assert.deepEqual([id, document, world], [1, 100, 999]);
  host.engine.evalResult(1, call, false, { selectionText: 'word', canUndo: true, canRedo: false, canEditRichly: false, formControlType: 'input-text', frameCharset: 'UTF-8' });
  await turn();
  const [{ x, y, linkURL, selectionText, formControlType, editFlags, frame }] = heard;
  assert.deepEqual([x, y, linkURL, selectionText, formControlType], [1, 2, 'https://a.test/', 'word', 'input-text']);
  assert.equal(frame, window.webContents.mainFrame);
  assert.deepEqual(editFlags, {
    canUndo: true, canRedo: false, canCut: true, canCopy: true, canPaste: true, canDelete: true, canSelectAll: true,
    canEditRichly: false,
  });
});

test('locales are those of the environment', () => {
  const { app } = new ElectronHost({ env: { LANG: 'de_AT.UTF-8', LANGUAGE: 'de_AT:en_GB:C' } }).electron;
  assert.deepEqual(app.getPreferredSystemLanguages(), ['de-AT', 'en-GB']);
  assert.deepEqual([app.getSystemLocale(), app.getLocaleCountryCode()], ['de-AT', 'AT']);
  const plain = new ElectronHost().electron.app;
  assert.deepEqual([plain.getPreferredSystemLanguages(), plain.getLocaleCountryCode()], [['en-US'], 'US']);
});
