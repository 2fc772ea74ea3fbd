// session: the storage that all pages share, and what is done to every page.
'use strict';

const { EventEmitter } = require('events');
const path = require('path');
const apiNames = require('electron/api-names');
const { app } = require('electron/app');
const lifecycle = require('electron/app-lifecycle');
const { conversionFailure, objectAt, stringAt } = require('electron/arguments');
const { emit } = require('electron/event');
const { refuseToClone } = require('electron/uncloneable');
const { installUnsupported, unsupported, warnOnUnsupportedEvents } = require('electron/unsupported');

/**
 * @typedef {{ id: string, type: 'frame' | 'service-worker', filePath: string }} PreloadScript
 */

let lastScript = 0;

class Session extends EventEmitter {
  /** @type {PreloadScript[]} in the order they were registered */
  #preloads = [];

  /**
   * A script for the documents of every frame from now on; it runs before the
   * window's own preload script.
   * @param {any[]} args
   * @returns {string} its id
   */
  registerPreloadScript(...args) {
    const { type, filePath, id = `conch-preload-${lastScript += 1}` } = objectAt(args, 0);
    if (type === 'service-worker') throw unsupported("session.registerPreloadScript of type 'service-worker'");
    if (type !== 'frame') throw new TypeError(`Invalid preload script type: ${type}`);
    if (typeof filePath !== 'string' || !path.isAbsolute(filePath)) {
      throw new Error(`Preload script must have absolute path: ${filePath}`);
    }
    if (this.#preloads.some((script) => script.id === id)) {
      throw new Error(`Cannot register preload script with existing ID '${id}'`);
    }
    this.#preloads.push({ id, type, filePath });
    this.#tellRenderers();
    return id;
  }

  /** @param {any[]} args an id */
  unregisterPreloadScript(...args) {
    const id = stringAt(args, 0);
    const index = this.#preloads.findIndex((script) => script.id === id);
    if (index === -1) throw new Error(`Cannot unregister preload script with non-existing ID '${id}'`);
    this.#preloads.splice(index, 1);
    this.#tellRenderers();
  }

  getPreloadScripts() { return this.#preloads.map((script) => ({ ...script })); }

  getPreloads() { return this.#preloads.map((script) => script.filePath); }

  /** @param {any[]} args the paths; the older form of registering */
  setPreloads(...args) {
    const [preloads] = args;
    if (!Array.isArray(preloads)) throw conversionFailure(0, preloads);
    if (!Array.isArray(preloads)) throw new TypeError('Preload scripts must be an array of paths');
    this.#preloads = preloads.map((filePath) => {
      return { id: `conch-preload-${lastScript += 1}`, type: 'frame', filePath: String(filePath) };
    });
    for (const { filePath } of this.#preloads) {
      if (!path.isAbsolute(filePath)) console.error(`preload script must have absolute path: ${filePath}`);
    }
    this.#tellRenderers();
  }

  isPersistent() { return true; }

  #tellRenderers() {
    // It needs this module in turn.
    require('electron/web-contents').renewConfigurations();
  }
}

refuseToClone(Session);
installUnsupported(Session.prototype, 'session', apiNames.session);
warnOnUnsupportedEvents(Session.prototype, 'session', apiNames.session.events, []);

/** @type {Session | undefined} */
let theOne;

/** The session of all windows. The app hears of it when it is first asked for. */
function defaultSession() {
  if (theOne === undefined) {
    theOne = new Session();
    emit(app, 'session-created', theOne);
  }
  return theOne;
}

/** Paths of the scripts that run in each frame; nothing is made for the question. */
const framePreloads = () => theOne?.getPreloads().filter(path.isAbsolute) ?? [];

/** The `session` of the electron module. */
const session = {
  get defaultSession() {
    if (!lifecycle.isReady()) throw new Error('Session can only be received when app is ready');
    return defaultSession();
  },
  /** @param {any[]} args */
  fromPartition(...args) {
    const partition = stringAt(args, 0);
    if (partition !== '') throw unsupported(`session.fromPartition('${partition}')`);
    return session.defaultSession;
  },
};
installUnsupported(session, 'session', { methods: apiNames.session.staticMethods });

module.exports = { defaultSession, framePreloads, session };
