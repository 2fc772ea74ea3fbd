// electron.webFrame: the frame that a script is in.
'use strict';

const { conversionFailure, stringAt } = require('electron/arguments');
const { addStyleSheet, removeStyleSheet } = require('electron/style-sheets');
const { unsupported, unsupportedModule } = require('electron/unsupported');
const { codesOf, isWorld } = require('electron/world-scripts');
const { MAIN_WORLD, PRELOAD_WORLD } = require('./bridges.js');
const { scriptUrl } = require('./error-stack.js');

let lastStyleSheet = 0;

/**
 * @param {string} frameToken
 * @param {any} native
 * @param {ReturnType<typeof import('./bridges.js').createBridges>} bridges
 */
module.exports = function createWebFrame(frameToken, native, bridges) {
  /** Runs a script in a world; its value is copied, as by contextBridge. */
  function evaluate(world, code) {
    const url = scriptUrl(document);
    const isHere = world === PRELOAD_WORLD || (world === MAIN_WORLD && !bridges.isIsolated);
    return isHere ? native.evaluate(code, url) : bridges.evaluate(world, code, url);
  }

  /**
   * Runs scripts one after the other, and tells of the last one's outcome in both of Electron's ways.
   * @param {number} world
   * @param {string[]} codes
   * @param {any} callback
   */
  async function execute(world, codes, callback) {
    let result;
    try {
      const results = codes.map((code) => evaluate(world, code));
      result = await results.at(-1);
    } catch (error) {
      if (typeof callback === 'function') callback(undefined, error);
      throw error;
    }
    if (typeof callback === 'function') callback(result, undefined);
    return result;
  }

  return unsupportedModule('webFrame', {
    frameToken,

    /**
     * Runs code in the page's world.
     * @param {any} code
     * @param {any} [userGesture] a script has no gesture in WebKit
     * @param {any} [callback] gets the result, or undefined and the error
     */
    async executeJavaScript(code, userGesture, callback = userGesture) {
      if (typeof code !== 'string') throw conversionFailure(0, code);
      return execute(MAIN_WORLD, [code], callback);
    },

    /**
     * Runs scripts in a world by its number (semantics 84).
     * @param {any} worldId
     * @param {any} scripts `{ code, url? }` of each
     * @param {any} [userGesture] as above
     * @param {any} [callback] as above
     */
    async executeJavaScriptInIsolatedWorld(worldId, scripts, userGesture, callback = userGesture) {
      if (!isWorld(worldId)) throw conversionFailure(0, worldId);
      return execute(worldId, codesOf(scripts, 1), callback);
    },

    /**
     * Makes a world. Its name is for people.
     * @param {any} worldId
     * @param {any} info
     */
    setIsolatedWorldInfo(worldId, info) {
      if (!isWorld(worldId)) throw conversionFailure(0, worldId);
      if (typeof info !== 'object' || info === null) throw conversionFailure(1, info);
      for (const option of ['csp', 'securityOrigin']) {
        if (info[option]) throw unsupported(`webFrame.setIsolatedWorldInfo option ${option}`);
      }
      if (worldId !== MAIN_WORLD && worldId !== PRELOAD_WORLD && bridges.isIsolated) bridges.to(worldId);
    },

    /**
     * Adds a style sheet to the document. Gives the key that it can be removed by.
     * @param {any[]} args the text, and options
     */
    insertCSS(...args) {
      const css = stringAt(args, 0);
      if (![undefined, 'author'].includes(args[1]?.cssOrigin)) throw unsupported('webFrame.insertCSS option cssOrigin');
      const key = `conch-frame-${++lastStyleSheet}`;
      evaluate(PRELOAD_WORLD, addStyleSheet(css, key));
      return key;
    },

    /** @param {any[]} args a key that insertCSS gave */
    removeInsertedCSS(...args) {
      evaluate(PRELOAD_WORLD, removeStyleSheet(stringAt(args, 0)));
    },

    /**
     * Puts text where the cursor is.
     * @param {any[]} args
     */
    insertText(...args) {
      document.execCommand('insertText', false, stringAt(args, 0));
    },
  });
};
