// WebFrameMain: a frame of a page, as the main process sees it (semantics 102-113).
'use strict';

const { EventEmitter } = require('events');
const apiNames = require('electron/api-names');
const { integerAt, requireCount, stringAt } = require('electron/arguments');
const { emitEvent, emitWithFields } = require('electron/event');
const { IpcMain } = require('electron/ipc-main');
const { framePorts, ship } = require('electron/message-channel');
const { refuseToClone } = require('electron/uncloneable');
const { declareEvents, installUnsupported } = require('electron/unsupported');
const contentsTable = require('electron/web-contents-state').table;

const binding = internalBinding('electron');

const DISPOSED = 'Render frame was disposed before WebFrameMain could be accessed';

/**
 * @typedef {import('electron/web-contents-state').ContentsState} ContentsState
 *
 * @typedef {object} FrameState
 * @property {ContentsState} contents
 * @property {boolean} isMain
 * @property {WebFrameMain | null} parent
 * @property {number} routingId unique within the renderer process
 * @property {number} frameTreeNodeId unique
 * @property {string} frameToken
 * @property {number} engineId the engine's name for it, 0 before its first document
 * @property {number} document the one it shows; 0 between two
 * @property {string} url
 * @property {string} name
 * @property {boolean} detached it shows another document by now, or will at once
 * @property {boolean} disposed
 * @property {import('electron/ipc-main').IpcMain | undefined} ipc
 */

/** @type {WeakMap<WebFrameMain, FrameState>} */
const states = new WeakMap();

let lastTreeNodeId = 0;

class WebFrameMain extends EventEmitter {
  /**
   * @param {ContentsState} contents
   * @param {WebFrameMain | null} parent
   * @param {FrameState} [like] the state of the frame that this one is the detached former self of
   */
  constructor(contents, parent, like) {
    super();
    states.set(this, like ? { ...like, detached: true, ipc: undefined } : {
      contents,
      isMain: parent === null,
      parent,
      routingId: ++contents.lastRoutingId,
      frameTreeNodeId: ++lastTreeNodeId,
      frameToken: randomToken(),
      engineId: 0,
      document: 0,
      url: '',
      name: '',
      detached: false,
      disposed: false,
      ipc: undefined,
    });
  }

  /**
   * Made when first used: most frames never need one.
   * @returns {import('electron/ipc-main').IpcMain}
   */
  get ipc() {
    const state = stateOf(this);
    state.ipc ??= new IpcMain();
    return state.ipc;
  }

  get url() { return live(this).url; }

  get origin() { return originOf(live(this).url); }

  /** As the page's `document.visibilityState`: that of its window. @returns {'visible' | 'hidden'} */
  get visibilityState() { return live(this).contents.window?.isVisible() ? 'visible' : 'hidden'; }

  /** `window.name` when its document began. */
  get name() { return live(this).name; }

  get processId() { return live(this).contents.processId; }

  get osProcessId() { return live(this).contents.pid; }

  get routingId() { return live(this).routingId; }

  get frameTreeNodeId() { return stateOf(this).frameTreeNodeId; }

  get frameToken() { return live(this).frameToken; }

  get parent() { return live(this).parent; }

  get top() { return live(this).contents.mainFrame; }

  /** @returns {WebFrameMain[]} the direct children */
  get frames() {
    return [...live(this).contents.frames.values()].filter((frame) => states.get(frame)?.parent === this);
  }

  /** @returns {WebFrameMain[]} this one and all below it, depth first */
  get framesInSubtree() {
    return [this, ...this.frames.flatMap((frame) => frame.framesInSubtree)];
  }

  get detached() {
    const { detached, disposed } = stateOf(this);
    return detached || disposed;
  }

  isDestroyed() { return stateOf(this).disposed; }

  reload() {
    const { contents, isMain, document } = live(this);
    if (isMain) contents.load.reload(false);
    else contents.scripts.run(document, 'location.reload()').catch(() => {});
    return true;
  }

  /**
   * @param {any} channel
   * @param {...any} args
   */
  send(channel, ...args) {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    try {
      const state = live(this);
      binding.send(state.contents.id, address(state), channel, args);
    } catch (error) {
      console.error('Error sending from webFrameMain: ', error);
    }
  }

  /** @param {any[]} args channel, message and ports */
  postMessage(...args) {
    const channel = stringAt(args, 0);
    requireCount(args, 2);
    const transfer = framePorts(args[2]);
    const state = live(this);
    ship(transfer, (handles) => {
      binding.postMessage(state.contents.id, address(state), channel, args[1], handles);
    });
  }

  /**
   * Does not wait for the frame to have loaded, and gives what JSON could, an error as its text (semantics 103).
   * @param {any[]} args the code, and whether a user is to have asked for it
   * @returns {Promise<any>}
   */
  executeJavaScript(...args) {
    const code = stringAt(args, 0);
    if (args.length > 1 && typeof args[1] !== 'boolean') throw new TypeError('userGesture must be a boolean');
    const state = stateOf(this);
    return state.contents.scripts.promise(() => run(state, code));
  }
}

refuseToClone(WebFrameMain);
declareEvents(WebFrameMain.prototype, ['dom-ready']);
installUnsupported(WebFrameMain.prototype, 'webFrameMain', apiNames.webFrameMain);

/**
 * @param {FrameState} state
 * @param {string} code
 */
async function run({ contents, isMain, document, disposed }, code) {
  if (disposed || (document === 0 && !isMain)) throw new Error(DISPOSED);
  return (await contents.scripts.run(document, code, 0, true)) ?? null;
}

/** @param {WebFrameMain} frame */
function stateOf(frame) {
  const state = states.get(frame);
  if (state === undefined) throw new TypeError('Illegal invocation');
  return state;
}

/** @param {WebFrameMain} frame */
function live(frame) {
  const state = stateOf(frame);
  if (state.disposed) throw new Error(DISPOSED);
  return state;
}

/** No document has this id. */
const NOWHERE = 0xffffffff;

/**
 * What the engine is to send to: the main frame whatever it shows, or a sub-frame's document.
 * @param {FrameState} state
 */
const address = (state) => (state.isMain && !state.detached ? 0 : state.document || NOWHERE);

/**
 * The origin as Electron writes it (semantics 113).
 * @param {string} url
 */
function originOf(url) {
  if (url.startsWith('file:')) return 'file://';
  try {
    return new URL(url).origin;
  } catch {
    return 'null';
  }
}

/** 128 bits in hexadecimal. A name, not a secret. */
function randomToken() {
  let token = '';
  while (token.length < 32) token += Math.floor(Math.random() * 0x10000).toString(16).padStart(4, '0');
  return token.toUpperCase();
}

// --- for the rest of the module -------------------------------------------------------------

/**
 * The frame that a document is in (semantics 42): one that is detached while the document ends, and
 * none once it has ended.
 * @param {ContentsState} contents
 * @param {number} document
 * @returns {WebFrameMain | undefined}
 */
function frameOfDocument(contents, document) {
  const frame = contents.documents.get(document);
  const former = contents.unloading.get(document);
  if (frame === undefined || former === undefined) return frame;
  if (former !== null) return former;
  const state = stateOf(frame);
  const detached = new WebFrameMain(contents, state.parent, state);
  contents.unloading.set(document, detached);
  return detached;
}

/** @param {WebFrameMain} frame */
const mainDocumentOf = (frame) => stateOf(frame).document;

/**
 * @typedef {object} NewDocument as the renderer tells of it
 * @property {number} document
 * @property {number} engineId of its frame
 * @property {boolean} isMain
 * @property {string} url
 * @property {number} parent the engine's name of the frame around it
 * @property {string} token of a sub-frame
 * @property {string} name
 */

/**
 * A frame shows a new document.
 * @param {ContentsState} contents
 * @param {NewDocument} started
 */
function documentStarted(contents, { document, engineId, isMain, url, parent, token, name }) {
  let frame = isMain ? contents.mainFrame : contents.frames.get(engineId);
  const isNew = frame === undefined || stateOf(frame).engineId === 0;
  // A frame's parent is there before it, so there is no ring of frames, whatever a renderer says.
  frame ??= new WebFrameMain(contents, contents.frames.get(parent) ?? contents.mainFrame);
  const state = stateOf(frame);
  if (!isMain) state.frameToken = token;
  state.name = name;
  if (state.engineId !== engineId) {
    contents.frames.delete(state.engineId);
    contents.frames.set(engineId, frame);
    state.engineId = engineId;
  }
  contents.documents.set(document, frame);
  state.document = document;
  state.url = url;
  if (isNew) emitWithFields(contents.webContents, 'frame-created', { frame }, { frame });
  // The empty document that a frame begins with was not navigated to.
  if (isMain || (isNew && url === 'about:blank')) return;
  emitEvent(contents.webContents, 'did-frame-navigate', url, -1, '', false, contents.processId, state.routingId);
}

/**
 * @param {ContentsState} contents
 * @param {number} document
 * @param {boolean} withFrame its frame is gone as well
 */
function documentGone(contents, document, withFrame) {
  const frame = contents.documents.get(document);
  const former = contents.unloading.get(document);
  contents.documents.delete(document);
  contents.unloading.delete(document);
  if (former) stateOf(former).disposed = true;
  if (frame === undefined || stateOf(frame).document !== document) return;
  const state = stateOf(frame);
  state.document = 0;
  if (state.isMain || !withFrame) return;
  state.disposed = true;
  contents.frames.delete(state.engineId);
}

/**
 * The renderer ended: only the main frame stays, waiting for the next one.
 * @param {ContentsState} contents
 */
function rendererGone(contents) {
  for (const document of [...contents.documents.keys()]) documentGone(contents, document, true);
}

/**
 * The WebContents is destroyed, and its frames with it.
 * @param {ContentsState} contents
 */
function disposeFrames(contents) {
  rendererGone(contents);
  stateOf(contents.mainFrame).disposed = true;
}

/**
 * @param {WebFrameMain} frame
 * @param {string} url
 */
function navigatedInPage(frame, url) {
  stateOf(frame).url = url;
}

/** @param {(frame: WebFrameMain, state: FrameState) => boolean} match */
function findFrame(match) {
  for (const contents of contentsTable.values()) {
    const frame = contents.mainFrame.framesInSubtree.find((each) => match(each, stateOf(each)));
    if (frame !== undefined) return frame;
  }
  return undefined;
}

/** The `webFrameMain` of the electron module. */
const webFrameMain = {
  /** @param {any[]} args process id and routing id */
  fromId(...args) {
    const processId = integerAt(args, 0);
    const routingId = integerAt(args, 1);
    return findFrame((_, { contents, routingId: id }) => contents.processId === processId && id === routingId);
  },
  /** @param {any[]} args process id and token */
  fromFrameToken(...args) {
    const processId = integerAt(args, 0);
    const token = stringAt(args, 1);
    const found = findFrame((_, { contents, frameToken }) => contents.processId === processId && frameToken === token);
    return found ?? null;
  },
};

module.exports = {
  WebFrameMain, disposeFrames, documentGone, documentStarted, frameOfDocument, mainDocumentOf, navigatedInPage,
  rendererGone, webFrameMain,
};
