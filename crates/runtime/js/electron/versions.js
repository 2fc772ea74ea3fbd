// The version of WebKit, beside those that are known from the start. Only the window system knows
// it, which is not there yet, so it is asked when somebody wants to know.
'use strict';

const binding = internalBinding('electron');

/** @type {string | undefined} */
let webkit;

/** @param {object} versions */
function addWebkit(versions) {
  Object.defineProperty(versions, 'webkit', {
    get: () => (webkit ??= binding.ui({ cmd: 'webkitVersion' })),
    enumerable: true,
    configurable: true,
  });
}

addWebkit(binding.versions);
// An engine may have closed this table.
if (Object.isExtensible(process.versions)) addWebkit(process.versions);
