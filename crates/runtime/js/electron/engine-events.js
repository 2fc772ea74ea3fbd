// The functions that the engine calls: what happened at renderers, ports and windows.
'use strict';

const { app, launch } = require('electron/app');
const { contextMenu } = require('electron/context-menu');
const { emitEvent, emitWithFields } = require('electron/event');
const ipc = require('electron/ipc-dispatch');
const { portClosed, portMessage } = require('electron/message-channel');
const pages = require('electron/page-navigation');
const { answered } = require('electron/requests');
const { secondInstance } = require('electron/single-instance');
const { rendererConnected, rendererGone, processTerminated } = require('electron/renderer-process');
const contents = require('electron/web-contents-state').table;
const frames = require('electron/web-frame-main');
const { windowEvent } = require('electron/window-events');
const windowOpen = require('electron/window-open');

const LEVELS = ['debug', 'info', 'warning', 'error'];

/** @type {ElectronHandlers} */
const handlers = {
  send(id, document, frameId, channel, args) {
    const state = contents.get(id);
    if (state !== undefined && pages.reported(state, state.frames.get(frameId), channel, args)) return;
    ipc.send(id, document, frameId, channel, args);
  },

  sendSync: ipc.sendSync,
  invoke: ipc.invoke,
  message: ipc.message,
  portMessage,
  portClose: portClosed,
  rendererConnected,
  rendererGone,

  evalResult(id, call, isRejected, value) {
    contents.get(id)?.scripts.settle(call, isRejected, value);
  },

  document([id, document, frame], isMain, url, parent, token, name) {
    const state = contents.get(id);
    if (state === undefined) return;
    frames.documentStarted(state, { document, engineId: frame, isMain, url, parent, token, name });
    if (!isMain) return;
    state.scripts.mainDocument(document);
    state.load.document(document, url);
  },

  unloading(id, document) {
    contents.get(id)?.unloading.set(document, null);
  },

  documentGone(id, document, withFrame) {
    const state = contents.get(id);
    if (state === undefined) return;
    const isMain = state.documents.get(document) === state.mainFrame;
    frames.documentGone(state, document, withFrame);
    state.scripts.documentGone(document);
    if (isMain) state.ended?.();
  },

  domReady(id, document, title = '') {
    const state = contents.get(id);
    const frame = state?.documents.get(document);
    if (state === undefined || frame === undefined) return;
    // The load decides when the main frame may say so.
    if (frame === state.mainFrame) state.load.domReady(document, title);
    else emitEvent(frame, 'dom-ready');
  },

  loaded(id, document) {
    const state = contents.get(id);
    const frame = state?.documents.get(document);
    if (state === undefined || frame === undefined || frame === state.mainFrame) return;
    emitEvent(state.webContents, 'did-frame-finish-load', false, state.processId, frame.routingId);
  },

  preloadError(id, path, error) {
    const state = contents.get(id);
    if (state === undefined) return;
    console.error(`Unable to load preload script: ${path}`);
    console.error(error);
    emitEvent(state.webContents, 'preload-error', path, error);
  },

  console([id, document], level, message, lineNumber, sourceId) {
    const state = contents.get(id);
    if (state === undefined) return;
    const frame = state.documents.get(document) ?? state.mainFrame;
    const fields = { level: LEVELS[level] ?? 'info', message, lineNumber, sourceId, frame };
    emitWithFields(state.webContents, 'console-message', fields, level, message, lineNumber, sourceId);
  },

  ui(event) {
    if (event.window !== undefined) windowEvent(event);
    else if (event.contents !== undefined) contentsEvent(event);
    else if (event.event === 'launch') launch();
    else if (event.event === 'quitRequested') app.quit();
    else desktopEvent(event);
  },
};

/** @param {UiEvent} event of no window and no page */
function desktopEvent(event) {
  switch (event.event) {
    case 'answered': return answered(event.request, event.value, event.error);
    case 'menuItemChosen': return require('electron/menu').itemChosen(event);
    case 'menuClosed': return require('electron/menu').menuClosed(event);
    case 'displaysChanged': return require('electron/screen').screen.changed();
    case 'themeChanged': return require('electron/native-theme').nativeTheme.changed();
    case 'secondInstance': return secondInstance(event.data);
  }
}

/** @param {UiEvent} event */
function contentsEvent(event) {
  const state = contents.get(/** @type {number} */ (event.contents));
  if (state === undefined) return;
  const { load } = state;
  switch (event.event) {
    case 'loadStarted': return load.started(event.url);
    case 'redirected': return load.redirected(event.url);
    case 'committed': return load.committed(event.url, event.status, event.statusText);
    case 'navigatedInPage': return load.navigatedInPage(event.url, false);
    case 'navigating': return void pages.navigating(state, event.decision, event.url);
    case 'redirecting': return pages.redirecting(state, event.decision, event.url, event.isMainFrame);
    case 'arriving': return pages.arriving(state, event.decision, event.url);
    case 'finished': return load.finished();
    case 'failed': return load.failed(event.url, event.code, event.description, event.isMainFrame);
    case 'stopped': return load.stopped();
    case 'titleChanged': return load.titleChanged(event.title);
    case 'processTerminated': return processTerminated(state, event.reason);
    case 'devToolsOpened': return void emitEvent(state.webContents, 'devtools-opened');
    case 'devToolsClosed': return void emitEvent(state.webContents, 'devtools-closed');
    case 'contextMenu': return void contextMenu(state, event.parameters);
    case 'openingWindow':
      pages.keep(state, event.decision);
      return windowOpen.open(state, event.url, event.frameName, 'foreground-tab');
    case 'windowOpenDenied': return windowOpen.open(state, event.url, '', 'new-window');
  }
}

module.exports = { handlers };
