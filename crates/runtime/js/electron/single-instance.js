// One instance of the app at a time, for apps that ask for it (semantics 139).
'use strict';

const { app } = require('electron/app');
const { conversionFailure } = require('electron/arguments');
const { emitEvent } = require('electron/event');

const binding = internalBinding('electron');

/**
 * @param {any} additionalData for the instance that runs already
 * @returns {boolean} whether this is the one
 */
function requestLock(additionalData) {
  try {
    JSON.stringify(additionalData);
  } catch {
    throw conversionFailure(0, additionalData);
  }
  const data = { argv: [...process.argv], workingDirectory: process.cwd(), additionalData };
  return binding.ui({ cmd: 'lockInstance', folder: app.getPath('userData'), data });
}

const hasLock = () => Boolean(binding.ui({ cmd: 'isInstanceLocked' }));

function releaseLock() {
  binding.ui({ cmd: 'unlockInstance' });
}

/**
 * Another instance was started. Whoever started it may write what he likes.
 * @param {any} data
 */
function secondInstance(data) {
  const { argv, workingDirectory, additionalData = null } = data ?? {};
  const strings = Array.isArray(argv) ? argv.map(String) : [];
  emitEvent(app, 'second-instance', strings, String(workingDirectory ?? ''), additionalData);
}

module.exports = { hasLock, releaseLock, requestLock, secondInstance };
