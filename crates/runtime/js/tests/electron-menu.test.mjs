import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ElectronHost, recordEvents, turn } from './electron-host.mjs';

/** Labels of a menu, with `-` for separators and a list for a submenu. */
const outline = (items) => items.map(({ type, label, submenu }) => {
  if (type === 'separator') return '-';
  return type === 'submenu' ? [label, outline(submenu.items ?? submenu)] : label;
});

async function withMenu(template) {
  const host = await new ElectronHost().launch();
  const window = host.openWindow();
  const menu = host.electron.Menu.buildFromTemplate(template);
  return { host, window, menu };
}

test('templates are checked', () => {
  const { Menu, MenuItem } = new ElectronHost().electron;
  for (const [template, message] of [
    ['x', 'Invalid template for Menu: Menu template must be an array'],
    [[{ click() {} }], 'Invalid template for MenuItem: must have at least one of label, role or type'],
    [[null], 'Invalid template for MenuItem: must have at least one of label, role or type'],
  ]) assert.throws(() => Menu.buildFromTemplate(template), { name: 'TypeError', message });
  assert.throws(() => new MenuItem({ label: 'x', type: 'odd' }), { message: 'Unknown menu item type: odd' });
  assert.throws(() => new MenuItem({ label: 'x', type: 'submenu' }), { message: 'Invalid submenu' });
  assert.throws(() => new Menu().insert(1, new MenuItem({ label: 'x' })), RangeError);
  assert.throws(() => new Menu().append({}), { name: 'TypeError', message: 'Invalid item' });
  assert.throws(() => Menu.setApplicationMenu({}), { name: 'TypeError', message: 'Invalid menu' });
});

test('items have what Electron gives them', () => {
  const { Menu } = new ElectronHost().electron;
  const menu = Menu.buildFromTemplate([
    { label: 'One', id: 'one', myOwn: 7 }, { type: 'separator' }, { role: 'copy' },
    { label: 'More', submenu: [{ label: 'Two', id: 'two', type: 'checkbox', checked: true }] },
  ]);
  const [one, , copy, more] = menu.items;
  assert.deepEqual([one.type, one.enabled, one.visible, one.checked, one.myOwn], ['normal', true, true, false, 7]);
  assert.deepEqual([copy.label, copy.accelerator, copy.registerAccelerator], ['Copy', 'CommandOrControl+C', false]);
  assert.deepEqual([more.type, more.submenu.constructor, one.menu], ['submenu', Menu, menu]);
  assert.equal(menu.getMenuItemById('two').checked, true);
  assert.equal(menu.getMenuItemById('three'), null);
  assert.ok(new Set([one, copy, more].map((item) => item.commandId)).size === 3);
});

test('entries go where before and after put them', () => {
  const { Menu } = new ElectronHost().electron;
  const labels = (template) => outline(Menu.buildFromTemplate(template).items);
  assert.deepEqual(labels([
    { id: '1', label: 'one' }, { id: '2', label: 'two' }, { label: 'zero', before: ['1'] }, { label: 'mid', after: ['1'] },
  ]), ['zero', 'one', 'mid', 'two']);
  assert.deepEqual(labels([
    { id: '1', label: 'one' }, { type: 'separator' }, { label: 'a', beforeGroupContaining: ['1'] }, { label: 'b' },
  ]), ['a', 'b', '-', 'one']);
});

test('of a group of radio items one is marked', () => {
  const { Menu } = new ElectronHost().electron;
  const radio = (label, checked) => ({ label, type: 'radio', checked });
  const menu = Menu.buildFromTemplate([radio('a'), radio('b', true), { type: 'separator' }, radio('c'), radio('d')]);
  const marked = () => menu.items.filter((item) => item.checked).map((item) => item.label).join('');
  assert.equal(marked(), 'bc');
  menu.items[4].click();
  assert.equal(marked(), 'bd');
  menu.items[0].checked = true;
  assert.equal(marked(), 'ad');
});

test('a menu is shown, and tells what is chosen and that it is gone', async () => {
  const clicks = [];
  const { host, window, menu } = await withMenu([
    { label: '&One', click: (...args) => clicks.push(args) }, { label: 'Off', enabled: false, click: () => assert.fail('off') },
  ]);
  const events = recordEvents(menu);
  menu.popup({ window, x: 3.4, y: 5, callback: () => events.push('callback') });
  const [{ menu: number, items, ...place }] = host.takeCommands('popupMenu');
  assert.deepEqual(place, { cmd: 'popupMenu', window: 1, x: 3, y: 5 });
  assert.deepEqual(items.map(({ label, enabled }) => [label, enabled]), [['&One', true], ['Off', false]]);
  const modifiers = { shiftKey: true };
  host.ui('menuItemChosen', { menu: number, item: items[0].id, inWindow: null, modifiers });
  host.ui('menuItemChosen', { menu: number, item: items[1].id, inWindow: null, modifiers });
  host.ui('menuClosed', { menu: number });
  assert.deepEqual(clicks, [[menu.items[0], window, modifiers]]);
  assert.deepEqual(events, ['menu-will-show', 'menu-will-close', 'callback']);
  host.ui('menuItemChosen', { menu: number, item: items[0].id, inWindow: null, modifiers });
  assert.equal(clicks.length, 1);
});

test('a menu without a window to belong to is refused', async () => {
  const host = await new ElectronHost().launch();
  assert.throws(() => new host.electron.Menu().popup(), { message: 'Cannot open Menu without a BaseWindow present' });
});

test('what a click throws is an uncaught exception', async () => {
  const { host, menu } = await withMenu([{ label: 'x', click: () => { throw new Error('mine'); } }]);
  menu.popup();
  const [{ menu: number, items }] = host.takeCommands('popupMenu');
  host.ui('menuItemChosen', { menu: number, item: items[0].id, modifiers: {} });
  await turn();
  assert.deepEqual(host.uncaught.map((error) => error.message), ['mine']);
});

test('130: a new app has a menu bar with the usual menus', async () => {
  const host = await new ElectronHost().launch();
  const { BrowserWindow, Menu } = host.electron;
  const window = new BrowserWindow();
  const [{ bar, visible, window: id }] = host.takeCommands('setMenuBar');
  assert.deepEqual([id, visible, outline(bar.items).map(([label]) => label)], [1, true, ['File', 'Edit', 'View', 'Window']]);
  Menu.setApplicationMenu(null);
  assert.deepEqual(host.takeCommands('setMenuBar'), [{ cmd: 'setMenuBar', window: 1, bar: null, visible: true, autoHide: false }]);
  assert.deepEqual([Menu.getApplicationMenu(), host.electron.app.applicationMenu], [null, null]);
  new BrowserWindow({ autoHideMenuBar: true });
  assert.deepEqual(host.takeCommands('setMenuBar'), [{ cmd: 'setMenuBar', window: 2, bar: null, visible: false, autoHide: true }]);

  const own = Menu.buildFromTemplate([{ label: 'Own', submenu: [{ label: 'x' }] }]);
  window.setMenu(own);
  assert.deepEqual(outline(host.takeCommands('setMenuBar')[0].bar.items), [['Own', ['x']]]);
  Menu.setApplicationMenu(own);
  assert.deepEqual(host.takeCommands('setMenuBar').map((command) => command.window), [2]);
  assert.throws(() => window.setMenu({}), { name: 'TypeError', message: 'Invalid menu' });
  window.setMenuBarVisibility(false);
  assert.deepEqual(host.takeCommands('showMenuBar'), [{ cmd: 'showMenuBar', window: 1, visible: false, autoHide: false }]);
  assert.equal(window.isMenuBarVisible(), false);
});

test('a menu bar follows its items, once for all changes of a turn', async () => {
  const { host, menu } = await withMenu([{ label: 'A', submenu: [{ label: 'x', id: 'x' }, { label: 'y', id: 'y' }] }]);
  host.electron.Menu.setApplicationMenu(menu);
  host.takeCommands('setMenuBar');
  menu.getMenuItemById('x').enabled = false;
  menu.getMenuItemById('y').visible = false;
  await turn();
  const [{ bar }, ...more] = host.takeCommands('setMenuBar');
  const [x, y] = bar.items[0].submenu;
  assert.deepEqual([more.length, x.enabled, y.visible], [0, false, false]);
});

test('roles act on the window in use', async () => {
  const { host, window } = await withMenu([]);
  const bar = host.electron.Menu.getApplicationMenu();
  const find = (label) => bar.items.flatMap((item) => item.submenu.items).find((item) => item.label === label);
  const choose = (label) => host.ui('menuItemChosen', { menu: 0, item: find(label).commandId, inWindow: window.id, modifiers: {} });
  host.answers.zoomFactor = () => 1;
  choose('Minimize');
  choose('Select All');
  choose('Zoom In');
  choose('Reload');
  assert.deepEqual(host.commands.map(({ cmd, action }) => action ?? cmd),
    ['minimize', 'SelectAll', 'zoomFactor', 'setZoomFactor', 'reload']);
  choose('Quit');
  assert.equal(host.take('evaluate').length, 1);
});
