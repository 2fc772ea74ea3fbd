// What Conch says on the console when an app relies on something that has no effect here.
'use strict';

/** @type {Set<string>} */
const said = new Set();

/**
 * Warns once per text and process.
 * @param {string} text
 */
function warnOnce(text) {
  if (said.has(text)) return;
  said.add(text);
  console.warn(text);
}

/**
 * @param {string} owner such as `BrowserWindow`
 * @param {string} option
 */
function warnOption(owner, option) {
  warnOnce(`${owner} option '${option}' is not supported by Conch and has no effect`);
}

/**
 * A warning of the process, as Electron's native side emits them.
 * @param {string} text
 */
function processWarning(text) {
  if (typeof process.emitWarning === 'function') process.emitWarning(text, 'electron');
  else console.warn(`electron: ${text}`);
}

module.exports = { processWarning, warnOnce, warnOption };
