'use strict';
// ES modules by `require`, which a renderer does not have (`internal/imports` of the main process).

/** @param {string} file @returns {never} */
function requireModule(file) {
  throw new TypeError(`An ES module as preload script, or by require, is not supported by Conch: ${file}`);
}

module.exports = { requireModule };
