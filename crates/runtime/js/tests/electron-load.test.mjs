import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turn } from './electron-host.mjs';
import { NORMAL, URL_A, scripts, withPage } from './electron-page.mjs';

test('106: the load events come in order, however the two channels interleave', async () => {
  // Each string says which of the channels is next.
  const orders = ['uuuuull', 'lluuuuu', 'uluulu', 'lululuu', 'uuullu', 'uuuulul', 'ulluuu'];
  for (const order of orders) {
    const { host, webContents, tell, named } = await withPage();
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

test('104: loadURL is heard between did-finish-load and did-stop-loading', async () => {
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

test('107: the events carry Electron\'s arguments', async () => {
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

test('104: a load within the page resolves', async () => {
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

test('105: loadFile takes a path from the app\'s folder, with query and hash', async () => {
  const { host, webContents } = await withPage();
  webContents.loadFile('pages/a b%#?.html', { query: { q: 'x&y', n: 1 }, hash: 'top' });
  webContents.loadFile('/abs/a.html', { search: '?s=1' });
  assert.deepEqual(host.takeCommands('load').map((command) => command.url), [
    'file:///apps/sample/pages/a%20b%25%23%3F.html?q=x%26y&n=1#top', 'file:///abs/a.html?s=1',
  ]);
  assert.throws(() => webContents.loadFile(5), { name: 'TypeError', message: 'Must pass filePath as a string' });
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

test('106: ready-to-show comes after did-finish-load, to a window not yet shown', async () => {
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

test('128: the title goes to the window unless its listener prevents it', async () => {
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

test('a title that came with dom-ready is not reported twice, and none is lost', async () => {
  const { window, webContents, tell } = await withPage();
  const titles = [];
  window.on('page-title-updated', (_event, title) => titles.push(title));
  webContents.loadURL(URL_A);
  tell.started(URL_A);
  tell.committed(URL_A);
  tell.document(100, URL_A);
  assert.equal(webContents.getTitle(), '');
  tell.domReady(100, 'First');
  tell.title('First');
  tell.title('Second');
  assert.deepEqual(titles, ['First', 'Second']);
  assert.equal(webContents.getTitle(), 'Second');
});

test('112: dom-ready is also an event of the frame', async () => {
  const { webContents, tell } = await withPage();
  let heard = 0;
  webContents.mainFrame.on('dom-ready', () => heard++);
  webContents.loadURL(URL_A);
  const { ui, link } = scripts(tell, URL_A, 100);
  for (const each of [...ui, ...link]) each();
  assert.equal(heard, 1);
});
