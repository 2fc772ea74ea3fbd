// app.commandLine: the switches of the command line.
'use strict';

const { requireCount, stringAt } = require('electron/arguments');
const { refuseToClone } = require('electron/uncloneable');
const { warnOnce } = require('electron/warnings');

class CommandLine {
  /** @type {Map<string, string>} */
  #switches = new Map();

  /** @param {string[]} args of the command line */
  constructor(args) {
    for (const arg of args) {
      if (arg === '--') break;
      const match = /^--?([^=]+)(?:=(.*))?$/s.exec(arg);
      if (match) this.#switches.set(match[1].toLowerCase(), match[2] ?? '');
    }
  }

  /** @param {any[]} args name and value */
  appendSwitch(...args) {
    const name = stringAt(args, 0).toLowerCase();
    const value = args[1] === undefined ? '' : stringAt(args, 1);
    this.#switches.set(name, value);
    warnOnce(`app.commandLine.appendSwitch('${name}'): Chromium's switches have no effect in Conch`);
  }

  /** @param {any[]} args */
  appendArgument(...args) {
    const value = stringAt(args, 0);
    warnOnce(`app.commandLine.appendArgument('${value}'): Chromium's arguments have no effect in Conch`);
  }

  /** @param {any[]} args */
  hasSwitch(...args) {
    requireCount(args, 1);
    return this.#switches.has(stringAt(args, 0).toLowerCase());
  }

  /** @param {any[]} args */
  getSwitchValue(...args) {
    return this.#switches.get(stringAt(args, 0).toLowerCase()) ?? '';
  }

  /** @param {any[]} args */
  removeSwitch(...args) {
    this.#switches.delete(stringAt(args, 0).toLowerCase());
  }
}

refuseToClone(CommandLine);

module.exports = { CommandLine };
