// Exceptions that nothing in the app took (semantics 138): printed, and told to a person. The app goes
// on. That rejections only warn is an option that Node is started with.
'use strict';

const { writeSync } = require('fs');
const { inspect } = require('util');
const { send } = require('host/link');
const { kind } = require('host/wire');

/** @param {() => boolean} mainFailed whether the main script did not come to its end */
function reportExceptions(mainFailed) {
  process.on('uncaughtException', (error) => {
    // The app listens itself.
    if (process.listenerCount('uncaughtException') > 1) return;
    // Whoever read the output is gone: no fault of the app's, and nothing for a person to read.
    if (error === process.stdout.errored || error === process.stderr.errored) return;
    const text = textOf(error);
    print(`${text}\n`);
    send({ kind: kind.UNCAUGHT, flags: Number(mainFailed()), payload: Buffer.from(text) });
  });
}

/** @param {string} text */
function print(text) {
  try {
    writeSync(2, text);
  } catch {
    // Nobody reads it, or not now; a person is told in any case.
  }
}

/** @param {any} error */
function textOf(error) {
  try {
    if (error instanceof Error && typeof error.stack === 'string') return error.stack;
    return `Uncaught:\n${inspect(error)}`;
  } catch {
    // An object that does not want to be looked at.
    return 'Uncaught: an object without a text';
  }
}

module.exports = { reportExceptions };
