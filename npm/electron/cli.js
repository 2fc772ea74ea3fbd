#!/usr/bin/env node
// `electron ...`: runs Conch with the same arguments, in the place of this process. Signals go to
// Conch, and this process ends as Conch does.
'use strict';

const { spawn } = require('child_process');
const { constants } = require('os');
const { version } = require('./package.json');

/** Those that ask a program to do something and can be listened to. @type {NodeJS.Signals[]} */
const PASSED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/**
 * @param {string} text
 * @returns {never}
 */
function fail(text) {
  console.error(`electron: ${text}`);
  process.exit(1);
}

/** @returns {string} */
function binary() {
  try {
    return require('./index.js');
  } catch (error) {
    return fail(/** @type {Error} */ (error).message);
  }
}

/** @param {string[]} args */
function run(args) {
  const program = binary();
  const conch = spawn(program, args, { stdio: 'inherit' });
  const passOn = (/** @type {NodeJS.Signals} */ signal) => conch.kill(signal);
  for (const signal of PASSED) process.on(signal, passOn);

  conch.on('error', ({ message }) => fail(`${program} cannot be started: ${message}`));
  conch.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    // Whoever waits for this process is to see the same end. The code is for a signal that Node
    // itself ignores.
    process.exitCode = 128 + constants.signals[signal];
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

const args = process.argv.slice(2);
// The version of Electron that stands in package.json, which scripts compare.
if (args.length === 1 && ['--version', '-v'].includes(args[0])) console.log(`v${version}`);
else run(args);
