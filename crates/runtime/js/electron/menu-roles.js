// What the roles of menu items mean: label, accelerator, and what they do.
'use strict';

const { app } = require('electron/app');

/**
 * @typedef {import('electron/browser-window').BrowserWindow} BrowserWindow
 *
 * @typedef {object} Role
 * @property {string} label
 * @property {string} [accelerator]
 * @property {boolean} [registerAccelerator] false where the page handles the key by itself
 * @property {(window: BrowserWindow) => void} [window] what it does to the window in use
 * @property {(contents: any) => void} [contents] what it does to the page in use
 * @property {() => void} [app] what it does to the app
 * @property {any[]} [submenu] the template of its submenu
 */

const ZOOM_STEP = 0.5;

/** @param {number} by levels */
const zoom = (by) => (/** @type {any} */ contents) => contents.setZoomLevel(contents.getZoomLevel() + by);

/** By name in lower case. @type {Record<string, Role>} */
const ROLES = {
  about: { get label() { return `About ${app.name}`; }, app: () => about() },
  close: { label: 'Close', accelerator: 'CommandOrControl+W', window: (window) => window.close() },
  copy: edit('Copy', 'CommandOrControl+C', (contents) => contents.copy()),
  cut: edit('Cut', 'CommandOrControl+X', (contents) => contents.cut()),
  delete: { label: 'Delete', contents: (contents) => contents.delete() },
  forcereload: {
    label: 'Force Reload', accelerator: 'Shift+CmdOrCtrl+R', contents: (contents) => contents.reloadIgnoringCache(),
  },
  minimize: { label: 'Minimize', accelerator: 'CommandOrControl+M', window: (window) => window.minimize() },
  paste: edit('Paste', 'CommandOrControl+V', (contents) => contents.paste()),
  pasteandmatchstyle:
    edit('Paste and Match Style', 'Shift+CommandOrControl+V', (contents) => contents.pasteAndMatchStyle()),
  quit: { label: 'Quit', accelerator: 'CommandOrControl+Q', app: () => app.quit() },
  redo: edit('Redo', 'Shift+CommandOrControl+Z', (contents) => contents.redo()),
  reload: { label: 'Reload', accelerator: 'CmdOrCtrl+R', contents: (contents) => contents.reload() },
  resetzoom: {
    label: 'Actual Size', accelerator: 'CommandOrControl+0', contents: (contents) => contents.setZoomLevel(0),
  },
  selectall: edit('Select All', 'CommandOrControl+A', (contents) => contents.selectAll()),
  toggledevtools: {
    label: 'Toggle Developer Tools', accelerator: 'Ctrl+Shift+I', contents: (contents) => contents.toggleDevTools(),
  },
  togglefullscreen: {
    label: 'Toggle Full Screen', accelerator: 'F11', window: (window) => window.setFullScreen(!window.isFullScreen()),
  },
  undo: edit('Undo', 'CommandOrControl+Z', (contents) => contents.undo()),
  zoomin: { label: 'Zoom In', accelerator: 'CommandOrControl+Plus', contents: zoom(ZOOM_STEP) },
  zoomout: { label: 'Zoom Out', accelerator: 'CommandOrControl+-', contents: zoom(-ZOOM_STEP) },

  appmenu: { get label() { return app.name; }, submenu: [{ role: 'about' }, separator(), { role: 'quit' }] },
  filemenu: { label: 'File', submenu: [{ role: 'quit' }] },
  editmenu: {
    label: 'Edit',
    submenu: [
      { role: 'undo' }, { role: 'redo' }, separator(), { role: 'cut' }, { role: 'copy' }, { role: 'paste' },
      { role: 'delete' }, separator(), { role: 'selectAll' },
    ],
  },
  viewmenu: {
    label: 'View',
    submenu: [
      { role: 'reload' }, { role: 'forceReload' }, { role: 'toggleDevTools' }, separator(), { role: 'resetZoom' },
      { role: 'zoomIn' }, { role: 'zoomOut' }, separator(), { role: 'togglefullscreen' },
    ],
  },
  windowmenu: { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'close' }] },
  // The apps of other systems put things into these by themselves.
  window: { label: 'Window' },
  help: { label: 'Help' },
};

function separator() {
  return { type: 'separator' };
}

/**
 * Of the edit menu: the page handles these keys.
 * @param {string} label
 * @param {string} accelerator
 * @param {(contents: any) => void} contents
 * @returns {Role}
 */
function edit(label, accelerator, contents) {
  return { label, accelerator, registerAccelerator: false, contents };
}

function about() {
  const { dialog } = require('electron/dialog');
  dialog.showMessageBox({ type: 'info', title: `About ${app.name}`, message: app.name, detail: `Version ${app.getVersion()}` });
}

/**
 * @param {any} name in any case
 * @returns {Role | undefined}
 */
function roleOf(name) {
  const key = String(name).toLowerCase();
  return Object.hasOwn(ROLES, key) ? ROLES[key] : undefined;
}

/**
 * Does what a role does.
 * @param {Role} role
 * @param {any} window the one in use, if there is one
 * @returns {boolean} whether there was anything to do
 */
function perform(role, window) {
  if (role.app !== undefined) role.app();
  else if (window === undefined || window === null || window.isDestroyed()) return false;
  else if (role.window !== undefined) role.window(window);
  else if (role.contents !== undefined) role.contents(window.webContents);
  else return false;
  return true;
}

module.exports = { perform, roleOf };
