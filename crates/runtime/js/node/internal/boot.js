// Runs once, first of all JavaScript: sets up the globals and hands the host what it calls.
'use strict';

const stack = require('internal/stack');
stack.install();

const tasks = require('internal/tasks');
require('internal/process');
require('internal/globals');
const failures = require('internal/failures');

module.exports = {
  runTicks: tasks.runTicks,
  runTimer: tasks.runTimer,
  beginImmediates: tasks.beginImmediates,
  runImmediate: tasks.runImmediate,
  onUncaughtException: failures.onUncaughtException,
  onUnhandledRejection: failures.onUnhandledRejection,
  onRejectionHandled: failures.onRejectionHandled,
  emitExit: require('internal/process').emitExit,
  // The loaders are not needed to define a module or to start.
  loadMain: (/** @type {string} */ path, /** @type {(good: boolean) => void} */ done) =>
    require('internal/imports').loadMain(path, done),
  resolveImport: (/** @type {string} */ base, /** @type {string} */ name) =>
    require('internal/imports').resolveImport(base, name),
  importMeta: (/** @type {string} */ name) => require('internal/imports').importMeta(name),
  syntheticNames: (/** @type {string} */ name) => require('internal/imports').syntheticNames(name),
  syntheticExports: (/** @type {string} */ name) => require('internal/imports').syntheticExports(name),
  defineModule: (/** @type {string[]} */ names, /** @type {() => any} */ load) =>
    require('internal/builtins').define(names, load),
};
