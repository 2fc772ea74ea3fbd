// The electron module of the main process. Each part is loaded when an app first reads it, so that
// taking the object apart is legal at any time (semantics 150).
'use strict';

const apiNames = require('electron/api-names');
const { installLinkedBindings } = require('electron/linked-bindings');
const { installMetrics } = require('electron/process-metrics');
const { unsupportedModule } = require('electron/unsupported');

/** @type {Record<string, () => any>} */
const parts = {
  app: () => require('electron/app').app,
  BaseWindow: () => require('electron/base-window').BaseWindow,
  BrowserWindow: () => require('electron/browser-window').BrowserWindow,
  dialog: () => require('electron/dialog').dialog,
  clipboard: () => require('electron/clipboard').clipboard,
  ipcMain: () => require('electron/ipc-main').ipcMain,
  Menu: () => require('electron/menu').Menu,
  MenuItem: () => require('electron/menu-item').MenuItem,
  MessageChannelMain: () => require('electron/message-channel').MessageChannelMain,
  nativeTheme: () => require('electron/native-theme').nativeTheme,
  screen: () => require('electron/screen').screen,
  session: () => require('electron/session').session,
  shell: () => require('electron/shell').shell,
  webContents: () => require('electron/web-contents').webContents,
  webFrameMain: () => require('electron/web-frame-main').webFrameMain,
};
for (const name of apiNames.exported) parts[name] = () => unsupportedModule(`electron.${name}`);

const electron = {};
for (const [name, load] of Object.entries(parts)) {
  /** @type {any} */
  let part;
  Object.defineProperty(electron, name, { get: () => (part ??= load()), enumerable: true });
}

const { appInfo, collectGarbage, on } = internalBinding('electron');
const { isPackaged, resourcesPath } = appInfo;
// An app that did not come with a binary of its own is run by the default app, in Electron's words.
Object.assign(process, { type: 'browser', resourcesPath }, isPackaged ? {} : { defaultApp: true });
require('electron/versions');
installLinkedBindings(process, collectGarbage);
installMetrics(process, (path) => require('fs').readFileSync(path, 'utf8'));
on(require('electron/engine-events').handlers);

module.exports = electron;
