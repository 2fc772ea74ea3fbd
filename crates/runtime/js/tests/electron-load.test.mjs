import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ElectronHost, recordEvents, turn } from './electron-host.mjs';

const URL_A = 'file:///apps/sample/a.html';
const URL_B = 'file:///apps/sample/b.html';

const NORMAL = [
  'did-start-loading', 'did-start-navigation', 'did-frame-navigate', 'did-navigate', 'page-title-updated', 'dom-ready',
  'did-frame-finish-load', 'did-finish-load', 'did-stop-loading',
];

async function withPage(options = { show: false }) {
  const host = await new ElectronHost().launch();
  const window = new host.electron.BrowserWindow(options);
  host.engine.rendererConnected(1, 4001);
  const { webContents } = window;
  const events = recordEvents(webContents);
  /** Events of the UI thread and of the renderer, by short names. */
  const tell = {
    started: (url) => host.ui('loadStarted', { contents: 1, url }),
    committed: (url) => host.ui('committed', { contents: 1, url }),
    title: (title) => host.ui('titleChanged', { contents: 1, title }),
    finished: (url) => host.ui('finished', { contents: 1, url }),
    stopped: () => host.ui('stopped', { contents: 1 }),
    failed: (url, code, description) => host.ui('failed', { contents: 1, url, code, description, isMainFrame: true }),
    document: (id, url) => host.engine.document(1, id, 7, true, url),
    documentGone: (id) => host.engine.documentGone(1, id),
    domReady: (id) => host.engine.domReady(1, id),
  };
  return { host, window, webContents, events, tell, named: () => events.filter((name) => name !== 'frame-created') };
}

/** All that a load of a page with a title brings, the two channels apart. */
function scripts(tell, url, document) {
  return {
    ui: [() => tell.started(url), () => tell.committed(url), () => tell.title('T'), () => tell.finished(url), () => tell.stopped()],
    link: [() => tell.document(document, url), () => tell.domReady(document)],
  };
}

test('the load events come in order, however the two channels interleave (semantics 106)', async () => {
  // Each string says which of the channels is next.
  const orders = ['uuuuull', 'lluuuuu', 'uluulu', 'lululuu', 'uuullu', 'uuuulul', 'ulluuu'];
  for (const order of orders) {
    const { host, webContents, tell, named } = await withPage();
    host.answers.title = () => 'T';
    const loaded = webContents.loadURL(URL_A);
    const { ui, link } = scripts(tell, URL_A, 100);
    for (const next of order) (next === 'u' ? ui : link).shift()?.();
    for (const rest of [...link, ...ui]) rest();
    await turn();
    assert.deepEqual(named(), NORMAL, order);
    assert.equal(webContents.isLoading(), false);
    await loaded;
  }
});

test('loadURL is heard between did-finish-load and did-stop-loading (semantics 104)', async () => {
  const { webContents, tell, events } = await withPage();
  const loaded = webContents.loadURL(URL_A).then(() => {
    events.push('resolved');
    assert.equal(webContents.isLoading(), true);
  });
  assert.equal(webContents.isLoading(), true);
  const { ui, link } = scripts(tell, URL_A, 100);
  for (const each of [...ui.slice(0, 2), ...link, ...ui.slice(2)]) each();
  await loaded;
  await turn();
  assert.deepEqual(events.slice(-3), ['did-finish-load', 'resolved', 'did-stop-loading']);
});

test('the events carry Electron\'s arguments (semantics 107)', async () => {
  const { host, webContents, tell } = await withPage();
  const seen = {};
  for (const name of ['did-start-navigation', 'did-navigate', 'did-frame-navigate', 'did-frame-finish-load', 'did-finish-load']) {
    webContents.on(name, (event, ...args) => {
      seen[name] = args;
      assert.equal(typeof event.preventDefault, 'function');
    });
  }
  webContents.on('did-start-navigation', (event) => {
    assert.deepEqual([event.url, event.isSameDocument, event.isMainFrame, event.frame],
      [URL_A, false, true, webContents.mainFrame]);
  });
  webContents.loadURL(URL_A);
  const { ui, link } = scripts(tell, URL_A, 100);
  for (const each of [...ui, ...link]) each();
  const { processId, routingId } = webContents.mainFrame;
  assert.deepEqual(seen, {
    'did-start-navigation': [URL_A, false, true, processId, routingId],
    'did-frame-navigate': [URL_A, -1, '', true, processId, routingId],
    'did-navigate': [URL_A, -1, ''],
    'did-frame-finish-load': [true, processId, routingId],
    'did-finish-load': [],
  });
  assert.deepEqual(host.takeCommands('load'), [{ cmd: 'load', contents: 1, url: URL_A }]);
});

test('a page that fails rejects with Electron\'s error (semantics 104, 107)', async () => {
  const { host, webContents, tell, events } = await withPage();
  const { processId, routingId } = webContents.mainFrame;
  let args;
  webContents.on('did-fail-load', (_event, ...rest) => {
    args = rest;
  });
  const loaded = webContents.loadURL(URL_A);
  tell.started(URL_A);
  tell.failed(URL_A, -6, 'ERR_FILE_NOT_FOUND');
  tell.stopped();
  await assert.rejects(loaded, {
    name: 'Error', message: `ERR_FILE_NOT_FOUND (-6) loading '${URL_A}'`, errno: -6, code: 'ERR_FILE_NOT_FOUND', url: URL_A,
  });
  await turn();
  assert.deepEqual(args, [-6, 'ERR_FILE_NOT_FOUND', URL_A, true, processId, routingId]);
  assert.deepEqual(events, [
    'did-start-loading', 'did-start-navigation', 'did-fail-provisional-load', 'did-fail-load', 'did-stop-loading',
  ]);
  assert.match(host.warnings[0][0], /Failed to load URL: .*a\.html with error: ERR_FILE_NOT_FOUND/);
});

test('the address in the error is cut at 2048 characters (semantics 104)', async () => {
  const { webContents, tell } = await withPage();
  const url = `file:///${'x'.repeat(3000)}`;
  const loaded = webContents.loadURL(url);
  tell.failed(url, -2, 'ERR_FAILED');
  await assert.rejects(loaded, (error) => error.message === `ERR_FAILED (-2) loading '${url.slice(0, 2048)}'`);
});

test('a failed load nobody waits for is no unhandled rejection (semantics 104)', async () => {
  const { webContents, tell } = await withPage();
  webContents.loadURL(URL_A);
  tell.failed(URL_A, -6, 'ERR_FILE_NOT_FOUND');
  await turn();
});

test('a second navigation aborts the first (semantics 104)', async () => {
  for (const firstStarted of [true, false]) {
    const { webContents, tell, events } = await withPage();
    const first = webContents.loadURL(URL_A);
    if (firstStarted) tell.started(URL_A);
    const second = webContents.loadURL(URL_B);
    await assert.rejects(first, { message: `ERR_ABORTED (-3) loading '${URL_B}'`, code: 'ERR_ABORTED', errno: -3 });
    if (firstStarted) tell.failed(URL_A, -3, 'ERR_ABORTED');
    const { ui, link } = scripts(tell, URL_B, 100);
    for (const each of [...ui, ...link]) each();
    await second;
    await turn();
    assert.equal(events.filter((name) => name === 'did-fail-load').length, 0);
    assert.equal(events.filter((name) => name === 'did-start-loading').length, 1);
    assert.equal(events.filter((name) => name === 'did-finish-load').length, 1);
  }
});

test('a finished load is not aborted by the next, even before the renderer told of it', async () => {
  for (const byThePage of [true, false]) {
    const { webContents, tell, events } = await withPage();
    const first = webContents.loadURL(URL_A);
    for (const each of scripts(tell, URL_A, 100).ui) each();
    if (byThePage) tell.started(URL_B);
    else webContents.loadURL(URL_B);
    await first;
    assert.deepEqual(events.slice(-5), [
      'page-title-updated', 'dom-ready', 'did-frame-finish-load', 'did-finish-load', 'did-start-navigation',
    ]);
  }
});

test('loading one address twice aborts the first and finishes the second', async () => {
  for (const engine of ['both', 'one']) {
    const { webContents, tell } = await withPage();
    const first = webContents.loadURL(URL_A);
    const second = webContents.loadURL(URL_A);
    await assert.rejects(first, /ERR_ABORTED/);
    if (engine === 'both') {
      tell.started(URL_A);
      tell.failed(URL_A, -3, 'ERR_ABORTED');
      tell.stopped();
    }
    const { ui, link } = scripts(tell, URL_A, 100);
    for (const each of [...ui, ...link]) each();
    await second;
    await turn();
    assert.equal(webContents.isLoading(), false);
  }
});

test('a page that goes elsewhere by itself aborts the load (semantics 104)', async () => {
  const { webContents, tell } = await withPage();
  const loaded = webContents.loadURL(URL_A);
  tell.started(URL_A);
  tell.committed(URL_A);
  tell.failed(URL_A, -3, 'ERR_ABORTED');
  await assert.rejects(loaded, /ERR_ABORTED \(-3\) loading/);
});

test('an earlier navigation of the page is not taken for the load', async () => {
  const { webContents, tell } = await withPage();
  const loaded = webContents.loadURL(URL_A);
  tell.started('file:///own.html');
  tell.failed('file:///own.html', -3, 'ERR_ABORTED');
  const { ui, link } = scripts(tell, URL_A, 100);
  for (const each of [...ui, ...link]) each();
  await loaded;
});

test('redirects belong to the load', async () => {
  const { host, webContents, tell, events } = await withPage();
  const loaded = webContents.loadURL('http://example.test/');
  tell.started('http://example.test/');
  host.ui('redirected', { contents: 1, url: 'https://example.test/home' });
  tell.committed('https://example.test/home');
  tell.document(100, 'https://example.test/home');
  tell.domReady(100);
  tell.finished('https://example.test/home');
  await loaded;
  assert.ok(events.includes('did-redirect-navigation'));
});

test('a load within the page resolves (semantics 104)', async () => {
  const { host, webContents, tell, events } = await withPage();
  webContents.loadURL(URL_A);
  const { ui, link } = scripts(tell, URL_A, 100);
  for (const each of [...ui, ...link]) each();
  await turn();
  events.length = 0;
  const sameDocument = [];
  webContents.on('did-start-navigation', (_event, url, isSameDocument) => sameDocument.push(isSameDocument));
  const loaded = webContents.loadURL(`${URL_A}#part`);
  host.ui('navigatedInPage', { contents: 1, url: `${URL_A}#part` });
  await loaded;
  await turn();
  assert.deepEqual(sameDocument, [true]);
  assert.deepEqual(events, ['did-start-loading', 'did-start-navigation', 'did-navigate-in-page', 'did-stop-loading']);
  assert.equal(webContents.mainFrame.url, `${URL_A}#part`);
});

test('what becomes a download rejects', async () => {
  const { webContents, tell } = await withPage();
  const loaded = webContents.loadURL('http://example.test/file.zip');
  tell.started('http://example.test/file.zip');
  tell.stopped();
  await assert.rejects(loaded, { code: 'ERR_FAILED', errno: -2 });
});

test('an address that is none fails at once', async () => {
  const { host, webContents } = await withPage();
  const failures = [];
  webContents.on('did-fail-load', (_event, ...args) => failures.push(args));
  await assert.rejects(webContents.loadURL('foo'), { message: "ERR_INVALID_URL (-300) loading 'foo'", code: 'ERR_INVALID_URL' });
  assert.deepEqual(failures, [[-300, 'ERR_INVALID_URL', 'foo', true]]);
  assert.deepEqual(host.takeCommands('load'), []);
  for (const value of [undefined, null, 5]) {
    assert.throws(() => webContents.loadURL(value),
      { name: 'TypeError', message: `Error processing argument at index 0, conversion failure from ${value}` });
  }
});

test('stop aborts and ends the loading', async () => {
  const { host, webContents, tell, events } = await withPage();
  const loaded = webContents.loadURL(URL_A);
  tell.started(URL_A);
  webContents.stop();
  assert.equal(webContents.isLoading(), false);
  tell.failed(URL_A, -3, 'ERR_ABORTED');
  tell.stopped();
  await assert.rejects(loaded, { message: `ERR_ABORTED (-3) loading '${URL_A}'` });
  await turn();
  assert.deepEqual(events, ['did-start-loading', 'did-start-navigation', 'did-fail-provisional-load', 'did-stop-loading']);
  assert.deepEqual(host.takeCommands('stop'), [{ cmd: 'stop', contents: 1 }]);
});

test('loadFile takes a path from the app\'s folder, with query and hash (semantics 105)', async () => {
  const { host, webContents } = await withPage();
  webContents.loadFile('pages/a b%#?.html', { query: { q: 'x&y', n: 1 }, hash: 'top' });
  webContents.loadFile('/abs/a.html', { search: '?s=1' });
  assert.deepEqual(host.takeCommands('load').map((command) => command.url), [
    'file:///apps/sample/pages/a%20b%25%23%3F.html?q=x%26y&n=1#top', 'file:///abs/a.html?s=1',
  ]);
  assert.throws(() => webContents.loadFile(5), { name: 'TypeError', message: 'Must pass filePath as a string' });
});

test('a renderer that dies while it loads ends the load', async () => {
  const { host, webContents, tell, events } = await withPage();
  const loaded = webContents.loadURL(URL_A);
  tell.started(URL_A);
  tell.committed(URL_A);
  tell.document(100, URL_A);
  host.ui('processTerminated', { contents: 1, reason: 'crashed' });
  await assert.rejects(loaded, { code: 'ERR_FAILED' });
  await turn();
  assert.deepEqual(events.slice(-2), ['render-process-gone', 'did-stop-loading']);
});

test('a renderer that dies before dom-ready does not hold a finished load (semantics 106)', async () => {
  const { host, webContents, tell } = await withPage();
  const loaded = webContents.loadURL(URL_A);
  for (const each of scripts(tell, URL_A, 100).ui) each();
  host.ui('processTerminated', { contents: 1, reason: 'crashed' });
  await loaded;
});

test('destroying the window ends the load', async () => {
  const { window, webContents, tell, events } = await withPage();
  const loaded = webContents.loadURL(URL_A);
  const waiting = webContents.executeJavaScript('1');
  tell.started(URL_A);
  window.destroy();
  tell.committed(URL_A);
  await assert.rejects(loaded, /ERR_FAILED/);
  await assert.rejects(waiting, /Object has been destroyed/);
  await turn();
  assert.deepEqual(events, ['did-start-loading', 'did-start-navigation', 'destroyed']);
});

test('a listener may destroy the window in the middle of a load', async () => {
  const { window, webContents, tell, events, host } = await withPage();
  webContents.on('did-frame-finish-load', () => window.destroy());
  const loaded = webContents.loadURL(URL_A);
  const { ui, link } = scripts(tell, URL_A, 100);
  for (const each of [...ui, ...link]) each();
  await loaded.catch(() => {});
  await turn();
  assert.equal(events.at(-1), 'destroyed');
  assert.deepEqual(host.uncaught, []);
});

test('documents told by another address do not hold the load', async () => {
  const { webContents, tell } = await withPage();
  const first = webContents.loadURL(URL_A);
  for (const each of scripts(tell, URL_A, 100).ui) each();
  tell.document(100, 'file:///somewhere/else.html');
  tell.domReady(100);
  await first;
});

test('the empty document before the first load is not its document', async () => {
  const { webContents, tell, named } = await withPage();
  tell.document(90, 'about:blank');
  tell.domReady(90);
  webContents.loadURL(URL_A);
  const { ui, link } = scripts(tell, URL_A, 100);
  for (const each of [...ui.slice(0, 3)]) each();
  assert.equal(named().includes('dom-ready'), false);
  for (const each of [...link, ...ui.slice(3)]) each();
  await turn();
  assert.deepEqual(named(), NORMAL);
});

test('reload loads and emits again', async () => {
  const { host, webContents, tell, events } = await withPage();
  host.answers.title = () => 'T';
  webContents.loadURL(URL_A);
  const first = scripts(tell, URL_A, 100);
  for (const each of [...first.ui, ...first.link]) each();
  await turn();
  events.length = 0;
  webContents.reload();
  assert.equal(webContents.isLoading(), true);
  const { ui, link } = scripts(tell, URL_A, 102);
  for (const each of [...link, ...ui]) each();
  await turn();
  assert.deepEqual(events, NORMAL);
  webContents.reloadIgnoringCache();
  assert.deepEqual(host.takeCommands('reload').map((command) => command.ignoreCache), [false, true]);
});

test('ready-to-show comes after did-finish-load, to a window not yet shown (semantics 106)', async () => {
  for (const show of [false, true]) {
    const { window, webContents, tell, events } = await withPage({ show });
    window.on('ready-to-show', () => events.push('ready-to-show'));
    webContents.loadURL(URL_A);
    const { ui, link } = scripts(tell, URL_A, 100);
    for (const each of [...ui, ...link]) each();
    await turn();
    assert.equal(events.at(-1), show ? 'did-stop-loading' : 'ready-to-show');
  }
});

test('the title goes to the window unless its listener prevents it (semantics 128)', async () => {
  const { host, window, webContents, tell } = await withPage();
  const heard = [];
  window.on('page-title-updated', (event, title, explicit) => {
    heard.push(['window', title, explicit]);
    if (title === 'Kept') event.preventDefault();
  });
  webContents.on('page-title-updated', (_event, title) => heard.push(['webContents', title]));
  tell.title('First');
  tell.title('Kept');
  assert.deepEqual(heard, [['window', 'First', true], ['webContents', 'First'], ['window', 'Kept', true], ['webContents', 'Kept']]);
  assert.equal(window.getTitle(), 'First');
  assert.deepEqual(host.takeCommands('setTitle').map((command) => command.title), ['First']);
});

test('a title that was looked up is not reported twice, and none is lost', async () => {
  const { host, window, webContents, tell } = await withPage();
  const titles = [];
  window.on('page-title-updated', (_event, title) => titles.push(title));
  webContents.loadURL(URL_A);
  tell.started(URL_A);
  tell.committed(URL_A);
  tell.document(100, URL_A);
  host.answers.title = () => 'Second';
  tell.domReady(100);
  tell.title('First');
  tell.title('Second');
  tell.title('Third');
  assert.deepEqual(titles, ['Second', 'Third']);
});

test('dom-ready is also an event of the frame (semantics 112)', async () => {
  const { webContents, tell } = await withPage();
  let heard = 0;
  webContents.mainFrame.on('dom-ready', () => heard++);
  webContents.loadURL(URL_A);
  const { ui, link } = scripts(tell, URL_A, 100);
  for (const each of [...ui, ...link]) each();
  assert.equal(heard, 1);
});
