// webPreferences: Electron's defaults (semantics 98), and the configuration that a renderer gets.
'use strict';

const path = require('path');
const { warnOnce, warnOption } = require('electron/warnings');

const binding = internalBinding('electron');

/**
 * @typedef {object} Preferences
 * @property {boolean} contextIsolation
 * @property {boolean} nodeIntegration
 * @property {boolean} nodeIntegrationInSubFrames
 * @property {boolean} sandbox
 * @property {string | null} preload absolute
 * @property {string[]} additionalArguments
 * @property {boolean | undefined} backgroundThrottling
 * @property {boolean} devTools
 */

/** Preferences that Conch does not know to change, with the value they have here. */
const FIXED = {
  allowRunningInsecureContent: false,
  autoplayPolicy: 'no-user-gesture-required',
  defaultEncoding: 'ISO-8859-1',
  disableDialogs: false,
  disableHtmlFullscreenWindowResize: false,
  enablePreferredSizeMode: false,
  enableWebSQL: false,
  experimentalFeatures: false,
  images: true,
  javascript: true,
  navigateOnDragDrop: false,
  nodeIntegrationInWorker: false,
  offscreen: false,
  plugins: false,
  safeDialogs: false,
  spellcheck: false,
  textAreasAreResizable: true,
  transparent: false,
  webSecurity: true,
  webgl: true,
  webviewTag: false,
  zoomFactor: 1,
};

const KNOWN = new Set([
  'additionalArguments', 'backgroundThrottling', 'contextIsolation', 'devTools', 'nodeIntegration',
  'nodeIntegrationInSubFrames', 'preload', 'sandbox',
]);

/**
 * @param {Record<string, any>} given
 * @returns {Preferences}
 */
function resolvePreferences(given) {
  for (const [name, value] of Object.entries(given)) {
    if (KNOWN.has(name) || value === undefined) continue;
    if (/** @type {any} */ (FIXED)[name] !== value) warnOption('BrowserWindow', `webPreferences.${name}`);
  }
  const nodeIntegration = flag(given, 'nodeIntegration', false);
  const node = nodeIntegration || flag(given, 'nodeIntegrationInWorker', false);
  return {
    contextIsolation: contextIsolation(given, nodeIntegration),
    nodeIntegration,
    nodeIntegrationInSubFrames: flag(given, 'nodeIntegrationInSubFrames', false),
    sandbox: flag(given, 'sandbox', !node),
    preload: preloadPath(given.preload),
    additionalArguments: strings(given.additionalArguments),
    // Hidden windows are workers to many apps: they run at full speed unless the app says otherwise.
    backgroundThrottling: given.backgroundThrottling === undefined ? undefined : Boolean(given.backgroundThrottling),
    devTools: flag(given, 'devTools', true),
  };
}

/**
 * @param {Record<string, any>} given
 * @param {string} name
 * @param {boolean} otherwise
 */
const flag = (given, name, otherwise) => (given[name] === undefined ? otherwise : Boolean(given[name]));

/**
 * Electron's guide for ports sets nodeIntegration alone and then uses require in the page, which
 * takes a page that is not isolated.
 * @param {Record<string, any>} given
 * @param {boolean} nodeIntegration
 */
function contextIsolation(given, nodeIntegration) {
  if (given.contextIsolation !== undefined || !nodeIntegration) return flag(given, 'contextIsolation', true);
  warnOnce('webPreferences.nodeIntegration is true and contextIsolation is not set: Conch takes ' +
    'contextIsolation as false, so that the page has require. Set it to say which you mean.');
  return false;
}

/**
 * A relative path is taken from the app's folder.
 * @param {any} preload
 * @returns {string | null}
 */
function preloadPath(preload) {
  if (preload === undefined || preload === null || preload === '') return null;
  if (typeof preload === 'string') return path.resolve(binding.appInfo.appPath, preload);
  warnOnce(`webPreferences.preload must be a path, not ${typeof preload}: it is ignored`);
  return null;
}

/** @param {any} list */
function strings(list) {
  if (list === undefined) return [];
  if (Array.isArray(list)) return list.map(String);
  warnOnce('webPreferences.additionalArguments must be an array of strings: it is ignored');
  return [];
}

/**
 * What the preload side of a WebContents is told.
 * @param {number} webContentsId
 * @param {Preferences} preferences
 * @param {string} frameToken
 * @param {string[]} preloads paths of the session's, which run before the window's own
 */
function rendererConfig(webContentsId, preferences, frameToken, preloads) {
  const { appPath, execPath } = binding.appInfo;
  const { contextIsolation, nodeIntegration, nodeIntegrationInSubFrames } = preferences;
  const { sandbox, preload, additionalArguments } = preferences;
  return {
    webContentsId,
    contextIsolation,
    nodeIntegration,
    nodeIntegrationInSubFrames,
    sandbox,
    preload,
    preloads,
    argv: [execPath, '--type=renderer', ...additionalArguments],
    execPath,
    appPath,
    cwd: process.cwd(),
    versions: { ...binding.versions },
    platform: process.platform,
    arch: process.arch,
    env: { ...process.env },
    isMainFrame: true,
    frameToken,
  };
}

module.exports = { rendererConfig, resolvePreferences };
