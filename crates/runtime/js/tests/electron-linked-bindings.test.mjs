import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ElectronHost } from './electron-host.mjs';

test('hidden values are found by object and name', () => {
  const host = new ElectronHost();
  const v8Util = host.process._linkedBinding('electron_common_v8_util');
  const object = {};
  assert.equal(v8Util.getHiddenValue(object, 'a'), undefined);
  v8Util.setHiddenValue(object, 'a', 1);
  v8Util.setHiddenValue(object, 'b', 2);
  assert.deepEqual([v8Util.getHiddenValue(object, 'a'), v8Util.getHiddenValue(object, 'b')], [1, 2]);
  assert.equal(v8Util.getHiddenValue({}, 'a'), undefined);
  assert.deepEqual(Reflect.ownKeys(object), []);
  v8Util.deleteHiddenValue(object, 'a');
  assert.deepEqual([v8Util.getHiddenValue(object, 'a'), v8Util.getHiddenValue(object, 'b')], [undefined, 2]);
  v8Util.setHiddenValue(Object.freeze(object), 'a', 3);
  assert.equal(v8Util.getHiddenValue(object, 'a'), 3);
  assert.throws(() => v8Util.setHiddenValue(1, 'a', 1), /conversion failure/);
  assert.throws(() => v8Util.getHiddenValue({}), /conversion failure/);
});

test('garbage is collected by the engine', () => {
  const host = new ElectronHost();
  host.process._linkedBinding('electron_common_v8_util').requestGarbageCollectionForTesting();
  assert.deepEqual(host.take('collectGarbage'), [[]]);
});

test('no feature of a build of Electron is there', () => {
  const features = new ElectronHost().process._linkedBinding('electron_common_features');
  assert.equal(features.isPrintingEnabled(), false);
  assert.equal(features.isDesktopCapturerEnabled, undefined);
});

test('another binding is not there', () => {
  const { process } = new ElectronHost();
  for (const name of ['electron_browser_app', 'constructor', 'toString']) {
    assert.throws(() => process._linkedBinding(name), { code: 'ERR_INVALID_MODULE', message: `No such binding: ${name}` });
  }
});

test('render-view-deleted tells of each process that ended, once', async () => {
  const host = await new ElectronHost().launch();
  const window = host.openWindow();
  const { webContents } = window;
  const { id } = webContents;
  const ended = [];
  webContents.on('render-view-deleted', (event, pid) => ended.push([typeof event.preventDefault, pid]));
  const first = webContents.getOSProcessId();
  host.engine.rendererConnected(id, 5001);
  assert.deepEqual(ended.splice(0), [['function', first]]);
  host.engine.rendererGone(id, 'closed', '');
  host.ui('processTerminated', { contents: id, reason: 'crashed' });
  assert.deepEqual(ended.splice(0), [['function', 5001]]);
  host.engine.rendererConnected(id, 5002);
  assert.deepEqual(ended.splice(0), []);
  window.destroy();
  assert.deepEqual(ended.splice(0), [['function', 5002]]);
});
