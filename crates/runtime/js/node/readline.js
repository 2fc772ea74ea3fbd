// The module readline: lines of any stream. A terminal edits its lines itself.
'use strict';

const { Interface } = require('internal/readline_interface');
const { clearLine, clearScreenDown, cursorTo, moveCursor } = require('internal/readline_cursor');
const { unsupported } = require('internal/errors');

/** @param {any} input @param {any} [output] @param {any} [completer] @param {boolean} [terminal] */
function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = {
  Interface, clearLine, clearScreenDown, createInterface, cursorTo,
  emitKeypressEvents() { throw unsupported('readline.emitKeypressEvents'); },
  moveCursor,
};
Object.defineProperty(module.exports, 'promises', {
  get: () => require('readline/promises'), enumerable: true, configurable: true,
});
