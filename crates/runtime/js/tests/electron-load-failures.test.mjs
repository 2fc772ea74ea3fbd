import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turn } from './electron-host.mjs';
import { URL_A, URL_B, scripts, withPage } from './electron-page.mjs';

test('104, 107: a page that fails rejects with Electron\'s error', async () => {
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

test('104: the address in the error is cut at 2048 characters', async () => {
  const { webContents, tell } = await withPage();
  const url = `file:///${'x'.repeat(3000)}`;
  const loaded = webContents.loadURL(url);
  tell.failed(url, -2, 'ERR_FAILED');
  await assert.rejects(loaded, (error) => error.message === `ERR_FAILED (-2) loading '${url.slice(0, 2048)}'`);
});

test('104: a failed load nobody waits for is no unhandled rejection', async () => {
  const { webContents, tell } = await withPage();
  webContents.loadURL(URL_A);
  tell.failed(URL_A, -6, 'ERR_FILE_NOT_FOUND');
  await turn();
});

test('104: a second navigation aborts the first', async () => {
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

test('104: a page that goes elsewhere by itself aborts the load', async () => {
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

test('a renderer that dies while it loads ends the load', async () => {
  const { host, webContents, tell, events } = await withPage();
  const loaded = webContents.loadURL(URL_A);
  tell.started(URL_A);
  tell.committed(URL_A);
  tell.document(100, URL_A);
  host.ui('processTerminated', { contents: 1, reason: 'crashed' });
  await assert.rejects(loaded, { code: 'ERR_FAILED' });
  await turn();
  assert.deepEqual(events.slice(-3), ['render-process-gone', 'render-view-deleted', 'did-stop-loading']);
});

test('106: a renderer that dies before dom-ready does not hold a finished load', async () => {
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
  assert.deepEqual(events, ['did-start-loading', 'did-start-navigation', 'render-view-deleted', 'destroyed']);
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
