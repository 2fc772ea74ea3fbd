// What is asked of the arguments of executeJavaScriptInIsolatedWorld, in main and in renderers.
'use strict';

const { conversionFailure } = require('electron/arguments');

/** @param {any} id */
const isWorld = (id) => Number.isInteger(id) && id >= 0 && id < 2 ** 31;

/**
 * The text of each script, with the address that it says it is from.
 * @param {any} scripts `{ code, url? }` of each
 * @param {number} index of the argument
 * @returns {string[]}
 */
function codesOf(scripts, index) {
  if (!Array.isArray(scripts)) throw conversionFailure(index, scripts);
  return scripts.map((script) => {
    if (typeof script?.code !== 'string') throw conversionFailure(index, script);
    const { code, url } = script;
    return typeof url === 'string' && /^\S+$/.test(url) ? `${code}\n//# sourceURL=${url}` : code;
  });
}

module.exports = { codesOf, isWorld };
