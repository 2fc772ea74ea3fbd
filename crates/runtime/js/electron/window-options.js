// The options of BrowserWindow: what Conch honours, checked, and a word about the rest.
'use strict';

const { warnOnce, warnOption } = require('electron/warnings');

/**
 * @typedef {object} WindowOptions
 * @property {number} width
 * @property {number} height
 * @property {number | undefined} x
 * @property {number | undefined} y
 * @property {number} minWidth
 * @property {number} minHeight
 * @property {number} maxWidth
 * @property {number} maxHeight
 * @property {string} title
 * @property {boolean} show
 * @property {boolean} resizable
 * @property {boolean} frame
 * @property {boolean} alwaysOnTop
 * @property {string | undefined} backgroundColor
 * @property {boolean} center
 * @property {boolean} fullscreen
 * @property {boolean} autoHideMenuBar the menu bar is not shown at first
 */

/** Options that cannot be changed here, with the value that describes Conch's windows. */
const FIXED = {
  acceptFirstMouse: false,
  closable: true,
  darkTheme: false,
  disableAutoHideCursor: false,
  enableLargerThanScreen: false,
  focusable: true,
  fullscreenable: true,
  hasShadow: true,
  kiosk: false,
  maximizable: true,
  minimizable: true,
  modal: false,
  movable: true,
  opacity: 1,
  paintWhenInitiallyHidden: true,
  parent: null,
  roundedCorners: true,
  simpleFullscreen: false,
  skipTaskbar: false,
  thickFrame: true,
  titleBarOverlay: false,
  titleBarStyle: 'default',
  transparent: false,
  useContentSize: false,
  zoomToPageWidth: false,
};

/** @type {Record<string, 'number' | 'string' | 'boolean' | 'object'>} */
const KNOWN = {
  width: 'number',
  height: 'number',
  x: 'number',
  y: 'number',
  minWidth: 'number',
  minHeight: 'number',
  maxWidth: 'number',
  maxHeight: 'number',
  title: 'string',
  show: 'boolean',
  resizable: 'boolean',
  frame: 'boolean',
  alwaysOnTop: 'boolean',
  backgroundColor: 'string',
  center: 'boolean',
  fullscreen: 'boolean',
  autoHideMenuBar: 'boolean',
  webPreferences: 'object',
};

/**
 * Reads the options. One of the wrong type is left out, as in Electron, but not in silence.
 * @param {Record<string, any>} given
 * @param {string} appName the title of a window that has none
 * @returns {WindowOptions}
 */
function resolveOptions(given, appName) {
  /** @type {any} */
  const options = {
    width: 800, height: 600, minWidth: 0, minHeight: 0, maxWidth: 0, maxHeight: 0, title: appName, show: true,
    resizable: true, frame: true, alwaysOnTop: false, center: false, fullscreen: false, autoHideMenuBar: false,
  };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(KNOWN, name)) {
      if (/** @type {any} */ (FIXED)[name] !== value) warnOption('BrowserWindow', name);
      continue;
    }
    const type = KNOWN[name];
    if (type === 'boolean') options[name] = Boolean(value);
    else if (typeof value === type && !Number.isNaN(value)) options[name] = value;
    else warnOnce(`BrowserWindow option '${name}' must be a ${type}: it is ignored`);
  }
  delete options.webPreferences;
  return options;
}

module.exports = { resolveOptions };
