// Exceptions that nothing in the app took (semantics 138): printed, and told to a person. The app goes
// on. That rejections only warn is an option that Node is started with.
'use strict';

const { inspect } = require('util');
const { send } = require('host/link');
const { kind } = require('host/wire');

/** @param {() => boolean} mainFailed whether the main script did not come to its end */
function reportExceptions(mainFailed) {
  process.on('uncaughtException', (error) => {
    // The app listens itself.
    if (process.listenerCount('uncaughtException') > 1) return;
    const text = textOf(error);
    process.stderr.write(`${text}\n`);
    send({ kind: kind.UNCAUGHT, flags: Number(mainFailed()), payload: Buffer.from(text) });
  });
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
