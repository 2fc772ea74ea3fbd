import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ElectronHost, turn } from './electron-host.mjs';

const DESTROYED = { name: 'TypeError', message: 'Object has been destroyed' };
const DISPOSED = 'Render frame was disposed before WebFrameMain could be accessed';

async function withWindow(options) {
  const host = await new ElectronHost().launch();
  const window = host.openWindow(options);
  return { host, window, contents: window.webContents, ...host.electron };
}

/** The page of `withWindow` has finished its first load. */
async function withPage() {
  const it = await withWindow();
  const url = 'file:///apps/sample/index.html';
  for (const event of ['loadStarted', 'committed', 'finished']) it.host.ui(event, { contents: 1, url });
  it.host.engine.domReady(1, 100);
  await turn();
  it.host.calls.length = 0;
  return it;
}

test('45: send goes to the main frame and returns nothing', async () => {
  const { host, window, contents } = await withWindow();
  assert.equal(contents.send('channel', 1, { a: 2 }), undefined);
  contents.mainFrame.send('frame');
  window.send('window');
  assert.deepEqual(host.take('send'), [[1, 0, 'channel', [1, { a: 2 }]], [1, 0, 'frame', []], [1, 0, 'window', []]]);
});

test('11: send of what cannot be cloned is logged, not thrown', async () => {
  const { host, contents } = await withWindow();
  assert.equal(contents.send('channel', () => {}), undefined);
  const [[level, text, error]] = host.lines;
  assert.deepEqual([level, text, error.message], ['error', 'Error sending from webFrameMain: ', 'An object could not be cloned.']);
});

test('47: a channel that is no string is refused', async () => {
  const { contents } = await withWindow();
  for (const send of [() => contents.send(), () => contents.send(5), () => contents.mainFrame.send(null)]) {
    assert.throws(send, { name: 'TypeError', message: 'Missing required channel argument' });
  }
});

test('47: sendToFrame finds frames by routing id, and says whether it did', async () => {
  const { host, contents } = await withWindow();
  const { processId, routingId } = contents.mainFrame;
  assert.equal(contents.sendToFrame(routingId, 'a'), true);
  assert.equal(contents.sendToFrame([processId, routingId], 'b'), true);
  assert.equal(contents.sendToFrame(99, 'c'), false);
  assert.equal(contents.sendToFrame([99, routingId], 'd'), false);
  assert.deepEqual(host.take('send').map((call) => call[2]), ['a', 'b']);
  assert.throws(() => contents.sendToFrame('x', 'e'),
    { name: 'Error', message: 'Missing required frame argument (must be number or [processId, frameId])' });
});

test('117: webContents are found by id and frame', async () => {
  const { host, contents, webContents } = await withWindow({ show: false });
  assert.equal(webContents.fromId(1), contents);
  assert.equal(webContents.fromId(9), undefined);
  assert.equal(webContents.fromFrame(contents.mainFrame), contents);
  assert.deepEqual(webContents.getAllWebContents(), [contents]);
  host.openWindow();
  assert.equal(webContents.getAllWebContents().length, 2);
});

test('102: executeJavaScript waits until the page has loaded', async () => {
  const { host, contents } = await withWindow();
  const url = 'file:///apps/sample/index.html';
  const result = contents.executeJavaScript('1 + 1');
  host.ui('loadStarted', { contents: 1, url });
  host.ui('committed', { contents: 1, url });
  host.engine.domReady(1, 100);
  await turn();
  assert.deepEqual(host.take('evaluate'), []);
  host.ui('finished', { contents: 1, url });
  await turn();
  const [[id, document, call, code, world]] = host.take('evaluate');
  assert.deepEqual([id, document, code, world], [1, 100, '1 + 1', 0]);
  host.engine.evalResult(1, call, false, 2);
  assert.equal(await result, 2);
});

test('102: executeJavaScript rejects with what the script threw', async () => {
  const { host, contents } = await withPage();
  const result = contents.executeJavaScript('throw');
  await turn();
  host.engine.evalResult(1, host.take('evaluate')[0][2], true, new TypeError('q'));
  await assert.rejects(result, { name: 'TypeError', message: 'q' });
  await assert.rejects(contents.executeJavaScript(), /conversion failure from undefined/);
});

test('103: frame.executeJavaScript does not wait, and gives null for undefined', async () => {
  const { host, contents } = await withWindow();
  const results = ['void 0', 'reject', 'throw'].map((code) => contents.mainFrame.executeJavaScript(code));
  const [first, second, third] = host.take('evaluate');
  host.engine.evalResult(1, first[2], false, undefined);
  host.engine.evalResult(1, second[2], true, 'error!');
  host.engine.evalResult(1, third[2], true, new RangeError('r'));
  assert.equal(await results[0], null);
  await assert.rejects(results[1], (error) => error === 'error!');
  await assert.rejects(results[2], (error) => error === 'RangeError: r');
  assert.throws(() => contents.mainFrame.executeJavaScript('1', 1), { name: 'TypeError', message: 'userGesture must be a boolean' });
  assert.throws(() => contents.mainFrame.executeJavaScript(), { message: 'Insufficient number of arguments.' });
});

test('a script whose document goes away rejects', async () => {
  const { host, contents } = await withPage();
  const scripts = [contents.mainFrame.executeJavaScript('1'), contents.mainFrame.executeJavaScript('2')];
  host.engine.document([1, 102, 7], true, 'file:///next.html', 0, 'T', '');
  host.engine.documentGone(1, 100);
  for (const script of scripts) await assert.rejects(script, /went away before the script finished/);
  const next = contents.mainFrame.executeJavaScript('3');
  host.ui('processTerminated', { contents: 1, reason: 'crashed' });
  await assert.rejects(next, /went away/);
});

test('scripts of a page that goes are no unhandled rejections', async () => {
  const { window, contents } = await withWindow();
  const unhandled = [];
  const listen = (error) => unhandled.push(error);
  process.on('unhandledRejection', listen);
  contents.executeJavaScript('1');
  contents.mainFrame.executeJavaScript('2');
  window.destroy();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', listen);
  assert.deepEqual(unhandled, []);
});

test('108: a destroyed WebContents throws, but for id and isDestroyed', async () => {
  const { host, window, contents } = await withWindow();
  window.destroy();
  assert.deepEqual([contents.id, contents.isDestroyed(), typeof contents.ipc.on], [1, true, 'function']);
  for (const call of [
    () => contents.send('x'), () => contents.postMessage('x', 1), () => contents.mainFrame, () => contents.getURL(),
    () => contents.loadURL('about:blank'), () => contents.reload(), () => contents.isLoading(), () => contents.isCrashed(),
    () => contents.openDevTools(), () => contents.getOSProcessId(), () => contents.getType(), () => contents.close(),
  ]) assert.throws(call, DESTROYED);
  await assert.rejects(contents.executeJavaScript('1'), DESTROYED);
  host.calls.length = 0;
  host.engine.console([1, 1], 1, 'late', 1, 'x');
  host.engine.domReady(1, 100);
  host.engine.rendererGone(1, 'ended', '');
});

test('109: a disposed frame throws but for isDestroyed and detached', async () => {
  const { host, window, contents } = await withWindow();
  const frame = contents.mainFrame;
  assert.deepEqual([frame.isDestroyed(), frame.detached], [false, false]);
  window.destroy();
  assert.deepEqual([frame.isDestroyed(), frame.detached], [true, true]);
  for (const name of ['url', 'origin', 'name', 'processId', 'routingId', 'frameToken', 'top', 'parent', 'frames']) {
    assert.throws(() => frame[name], { name: 'Error', message: DISPOSED }, name);
  }
  assert.equal(typeof frame.frameTreeNodeId, 'number');
  assert.throws(() => frame.postMessage('x', 1), { message: DISPOSED });
  await assert.rejects(frame.executeJavaScript('1'), { message: DISPOSED });
  frame.send('x');
  assert.deepEqual([host.lines[0][1], host.lines[0][2].message], ['Error sending from webFrameMain: ', DISPOSED]);
});

test('110, 113: the main frame is one object over all navigations', async () => {
  const { host, contents, webFrameMain } = await withWindow();
  const frame = contents.mainFrame;
  assert.deepEqual([frame.url, frame.origin], ['file:///apps/sample/index.html', 'file://']);
  host.engine.document([1, 102, 9], true, 'https://example.test/a?b', 0, 'T', '');
  assert.equal(contents.mainFrame, frame);
  assert.deepEqual([frame.url, frame.origin], ['https://example.test/a?b', 'https://example.test']);
  assert.deepEqual([frame.top, frame.parent, frame.frames, frame.framesInSubtree], [frame, null, [], [frame]]);
  assert.equal(frame.osProcessId, contents.getOSProcessId());
  assert.equal(webFrameMain.fromId(frame.processId, frame.routingId), frame);
  assert.equal(webFrameMain.fromId(99, 99), undefined);
  assert.equal(webFrameMain.fromFrameToken(frame.processId, frame.frameToken), frame);
  assert.equal(webFrameMain.fromFrameToken(frame.processId, 'none'), null);
  assert.match(frame.frameToken, /^[0-9A-F]{32}$/);
});

test('113: a WebContents without a page has an empty address and no origin', async () => {
  const { host } = await withWindow();
  const { webContents } = new host.electron.BrowserWindow();
  assert.deepEqual([webContents.mainFrame.url, webContents.mainFrame.origin, webContents.getURL()], ['', 'null', '']);
});

test('112: frame-created tells of the main frame once, and of each sub-frame', async () => {
  const host = await new ElectronHost().launch();
  const { webContents } = new host.electron.BrowserWindow();
  const created = [];
  webContents.on('frame-created', (event, details) => created.push([details.frame, event.frame === details.frame]));
  host.engine.rendererConnected(1, 4001);
  host.engine.document([1, 100, 7], true, 'file:///a.html', 0, 'T', '');
  host.engine.document([1, 101, 8], false, 'file:///b.html', 0, 'T', '');
  host.engine.document([1, 102, 7], true, 'file:///c.html', 0, 'T', '');
  const { mainFrame } = webContents;
  const [child] = mainFrame.frames;
  assert.deepEqual(created, [[mainFrame, true], [child, true]]);
  assert.deepEqual([child.parent, child.top, mainFrame.framesInSubtree], [mainFrame, mainFrame, [mainFrame, child]]);
});

test('a sub-frame has messages, ports and scripts of its own', async () => {
  const { host, contents, ipcMain } = await withWindow();
  host.engine.document([1, 101, 8], false, 'file:///sub.html', 0, 'T', '');
  const [child] = contents.mainFrame.frames;
  let ready = 0;
  child.on('dom-ready', () => ready++);
  host.engine.domReady(1, 101);
  assert.equal(ready, 1);
  ipcMain.once('channel', (event) => {
    assert.equal(event.senderFrame, child);
    event.reply('answer');
    event.senderFrame.send('direct');
  });
  host.engine.send(1, 101, 8, 'channel', []);
  assert.deepEqual(host.take('send').map((call) => call.slice(0, 3)), [[1, 101, 'answer'], [1, 101, 'direct']]);
  host.engine.documentGone(1, 101, false);
  host.engine.document([1, 102, 8], false, 'file:///next.html', 0, 'T', '');
  assert.deepEqual([contents.mainFrame.frames, child.url], [[child], 'file:///next.html']);
  host.engine.documentGone(1, 102, true);
  assert.deepEqual([child.isDestroyed(), contents.mainFrame.frames], [true, []]);
});

test('116: a crash is told to the page, then to nobody twice', async () => {
  const { host, contents, app } = await withWindow();
  const log = [];
  contents.on('render-process-gone', (_event, details) => log.push(['webContents', details]));
  app.on('render-process-gone', (_event, it, details) => log.push(['app', it === contents, details]));
  host.engine.rendererGone(1, 'ended', 'closed');
  assert.deepEqual(log, []);
  host.ui('processTerminated', { contents: 1, reason: 'crashed' });
  const details = { reason: 'crashed', exitCode: 0 };
  assert.deepEqual(log, [['app', true, details], ['webContents', details]]);
  assert.deepEqual([contents.isCrashed(), contents.isDestroyed(), host.timers.size], [true, false, 0]);
  host.engine.rendererGone(1, 'ended', 'closed');
  assert.equal(log.length, 2);
  host.engine.rendererConnected(1, 5000);
  assert.deepEqual([contents.isCrashed(), contents.getOSProcessId()], [false, 5000]);
});

test('a process whose end nobody explains has crashed', async () => {
  const { host, contents } = await withWindow();
  const reasons = [];
  contents.on('render-process-gone', (_event, { reason }) => reasons.push(reason));
  host.engine.rendererGone(1, 'ended', 'closed');
  host.elapse(1000);
  host.ui('processTerminated', { contents: 1, reason: 'killed' });
  assert.deepEqual(reasons, ['crashed']);
  assert.equal(host.takeCommands('terminate').length, 1);
});

test('a renderer that breaks the protocol is ended', async () => {
  const { host, contents } = await withWindow();
  const reasons = [];
  contents.on('render-process-gone', (_event, { reason }) => reasons.push(reason));
  host.engine.rendererGone(1, 'bad-message', 'a frame of 4 GiB');
  host.ui('processTerminated', { contents: 1, reason: 'killed' });
  assert.deepEqual(reasons, ['killed']);
  assert.match(host.lines[0][1], /WebContents #1 was cut off: a frame of 4 GiB/);
  assert.equal(host.takeCommands('terminate').length, 1);
});

test('forcefullyCrashRenderer ends the process', async () => {
  const { host, contents } = await withWindow();
  contents.forcefullyCrashRenderer();
  assert.deepEqual(host.takeCommands('terminate'), [{ cmd: 'terminate', contents: 1 }]);
});

test('process ids: the system\'s, and one of our own for each process', async () => {
  const { host, contents } = await withWindow();
  const first = contents.getProcessId();
  assert.deepEqual([contents.mainFrame.processId, contents.getOSProcessId()], [first, 4001]);
  host.ui('processTerminated', { contents: 1, reason: 'oom' });
  host.engine.rendererConnected(1, 6000);
  assert.notEqual(contents.getProcessId(), first);
});

test('90: a preload that fails is an event and lines on the console', async () => {
  const { host, contents } = await withWindow();
  const heard = [];
  contents.on('preload-error', (_event, path, error) => heard.push([path, error.message]));
  const error = new Error('ENOENT: no such file');
  host.engine.preloadError(1, '/apps/sample/preload.js', error);
  assert.deepEqual(heard, [['/apps/sample/preload.js', 'ENOENT: no such file']]);
  assert.deepEqual(host.lines, [
    ['error', 'Unable to load preload script: /apps/sample/preload.js'], ['error', error],
  ]);
});

test('119: console-message has an event object and the older arguments', async () => {
  const { host, contents } = await withWindow();
  contents.once('console-message', (event, ...args) => {
    assert.deepEqual([event.level, event.message, event.lineNumber, event.sourceId, event.frame],
      ['warning', 'text', 12, 'file:///a.js', contents.mainFrame]);
    assert.deepEqual(args, [2, 'text', 12, 'file:///a.js']);
  });
  host.engine.console([1, 1], 2, 'text', 12, 'file:///a.js');
  assert.equal(contents.listenerCount('console-message'), 0);
});

test('devtools are opened, closed and told', async () => {
  const { host, window, contents } = await withWindow();
  const heard = [];
  for (const name of ['devtools-opened', 'devtools-closed']) contents.on(name, () => heard.push(name));
  contents.openDevTools({ mode: 'detach' });
  window.closeDevTools();
  host.answers.isDevToolsOpened = () => true;
  assert.equal(contents.isDevToolsOpened(), true);
  contents.toggleDevTools();
  host.ui('devToolsOpened', { contents: 1 });
  host.ui('devToolsClosed', { contents: 1 });
  assert.deepEqual(heard, ['devtools-opened', 'devtools-closed']);
  assert.deepEqual(host.commands.map(({ cmd }) => cmd),
    ['openDevTools', 'closeDevTools', 'isDevToolsOpened', 'isDevToolsOpened', 'closeDevTools']);
});

test('114: without a handler a page opens windows; with one that gives no object, none', async () => {
  const { host, contents } = await withWindow();
  const made = [];
  contents.on('did-create-window', (window, details) => made.push([window.id, details.url]));
  host.ui('windowOpenDenied', { contents: 1, url: 'https://example.test/' });
  assert.deepEqual(made, [[2, 'https://example.test/']]);
  contents.setWindowOpenHandler(() => undefined);
  host.ui('windowOpenDenied', { contents: 1, url: 'https://example.test/' });
  assert.equal(made.length, 1);
  assert.match(host.lines.at(-1)[1], /must be an object, but was instead of type 'undefined'/);
});
