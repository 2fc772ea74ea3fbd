// How `cargo xtask surface` tells what is there from what only says that it is not.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { ElectronHost } from './electron-host.mjs';

const { walk } = createRequire(import.meta.url)('../../../../xtask/surface/walk.js');
const about = (kind, where = 'main') => ({ kind, in: where, tier: 'core' });

async function found(list, instances = () => ({})) {
  const host = await new ElectronHost().launch();
  return walk(list, 'main', (name) => host.electron[name], instances(host)).present;
}

test('methods, properties and events that work are found', async () => {
  const list = { app: { about: about('module'), core: "quit() isPackaged 'ready'", rare: 'getName()' } };
  assert.deepEqual(await found(list), ['app', 'app quit()', 'app isPackaged', "app 'ready'", 'app getName()']);
});

test('what only throws is not', () => {
  const { declareEvents, installUnsupported, unsupportedModule } = new ElectronHost().require('electron/unsupported');
  class Thing { there() {} }
  declareEvents(Thing.prototype, ['comes']);
  installUnsupported(Thing.prototype, 'Thing', { methods: ['there', 'lacks'], properties: ['lacking'] });
  const exported = { Thing, Lacking: unsupportedModule('electron.Lacking'), lacking: unsupportedModule('electron.lacking') };
  const list = {
    Thing: { about: about('class'), core: "there() lacks() invented()", rare: "lacking invented 'comes' 'invented'" },
    Lacking: { about: about('class'), core: "method() .method() 'event' property" },
    lacking: { about: about('module'), core: "method() 'event' property" },
    nowhere: { about: about('module'), core: 'method()' },
    Nothing: { about: about('class'), core: 'method()' },
  };
  const { present, silent } = walk(list, 'main', (name) => exported[name], {});
  assert.deepEqual(present, ['Thing', 'Thing there()', "Thing 'comes'"]);
  assert.deepEqual(silent, ['Thing invented()', 'Thing invented', "Thing 'invented'"]);
});

test('an event that never fires is a warning, or is told to be lacking in silence', () => {
  const { declareEvents } = new ElectronHost().require('electron/unsupported');
  class Thing extends EventEmitter {
    on(name, listener) {
      if (name === 'never') console.warn("Thing event 'never' is not supported by Conch and never fires");
      return super.on(name, listener);
    }
  }
  declareEvents(Thing.prototype, ['comes']);
  const list = { Thing: { about: about('class'), core: "'comes' 'never' 'invented'" } };
  const { present, silent } = walk(list, 'main', () => Thing, { Thing: () => new Thing() });
  assert.deepEqual(present, ['Thing', "Thing 'comes'"]);
  assert.deepEqual(silent, ["Thing 'invented'"]);
});

test('a property that is a method is not a method that is a property', async () => {
  const list = { app: { about: about('module'), core: 'name() quit isPackaged()' } };
  assert.deepEqual(await found(list), ['app', 'app quit']);
});

test('instances and statics are looked for where they are', async () => {
  const list = {
    BrowserWindow: { about: about('class'), core: ".fromId() fromId() getBounds() .getBounds() id 'close'" },
    webContents: { about: about('module'), core: '.fromId() send() invented()' },
    MessagePortMain: { about: about('object'), core: "start() 'message'" },
    BaseWindow: { about: about('class'), core: 'getBounds()' },
    other: { about: about('module', 'renderer'), core: 'quit()' },
  };
  const instances = ({ electron }) => {
    const window = new electron.BrowserWindow();
    return {
      BaseWindow: () => new electron.BaseWindow(),
      BrowserWindow: () => window,
      MessagePortMain: () => new electron.MessageChannelMain().port1,
      webContents: () => window.webContents,
    };
  };
  assert.deepEqual(await found(list, instances), [
    'BrowserWindow', 'BrowserWindow .fromId()', 'BrowserWindow getBounds()', 'BrowserWindow id', "BrowserWindow 'close'",
    'webContents', 'webContents .fromId()', 'webContents send()',
    'MessagePortMain', 'MessagePortMain start()', "MessagePortMain 'message'",
  ]);
});

test('of a stand-in with a few members those are there', async () => {
  const { unsupportedModule } = new ElectronHost().require('electron/unsupported');
  const Thing = unsupportedModule('electron.Thing', { make: () => 1, size: 2 });
  const list = { Thing: { about: about('module'), core: 'make() size other() other' } };
  assert.deepEqual(walk(list, 'main', () => Thing, {}).present, ['Thing make()', 'Thing size']);
});
