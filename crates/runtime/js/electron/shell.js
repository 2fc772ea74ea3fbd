// shell: what the desktop does with files and addresses.
'use strict';

const apiNames = require('electron/api-names');
const { stringAt } = require('electron/arguments');
const { ask } = require('electron/requests');
const { installUnsupported } = require('electron/unsupported');
const { warnOption } = require('electron/warnings');

const binding = internalBinding('electron');

/** Options of openExternal that concern other systems. */
const FOREIGN = ['activate', 'workingDirectory', 'logUsage'];

const shell = {
  /** @param {any[]} args the address, and options */
  async openExternal(...args) {
    const text = stringAt(args, 0);
    let uri;
    try {
      uri = new URL(text).href;
    } catch {
      throw new Error('Invalid URL');
    }
    for (const [name, value] of Object.entries(args[1] ?? {})) {
      if (value !== undefined && !FOREIGN.includes(name)) warnOption('shell.openExternal', name);
    }
    await ask({ cmd: 'openUri', uri });
  },

  /**
   * @param {any[]} args
   * @returns {Promise<string>} what went wrong, or an empty text
   */
  async openPath(...args) {
    const path = stringAt(args, 0);
    try {
      await ask({ cmd: 'openPath', path });
      return '';
    } catch (error) {
      return /** @type {Error} */ (error).message;
    }
  },

  /** @param {any[]} args */
  showItemInFolder(...args) {
    binding.ui({ cmd: 'showInFolder', path: stringAt(args, 0) });
  },

  /** @param {any[]} args */
  async trashItem(...args) {
    await ask({ cmd: 'trash', path: stringAt(args, 0) });
  },

  beep() {
    binding.ui({ cmd: 'beep' });
  },
};
installUnsupported(shell, 'shell', apiNames.shell);

module.exports = { shell };
