// dialog: message boxes, the error box, and dialogs that choose files.
'use strict';

const apiNames = require('electron/api-names');
const { stringAt } = require('electron/arguments');
const { openDialog, parentAndOptions, saveDialog } = require('electron/file-dialog');
const { ask } = require('electron/requests');
const { installUnsupported } = require('electron/unsupported');
const { warnOption } = require('electron/warnings');
const { live } = require('electron/window-state');

const binding = internalBinding('electron');

const TYPES = ['none', 'info', 'error', 'question', 'warning'];
const KNOWN = [
  'type', 'title', 'message', 'detail', 'buttons', 'defaultId', 'cancelId', 'noLink', 'normalizeAccessKeys',
];

const dialog = {
  /** @param {any[]} args title and content */
  showErrorBox(...args) {
    binding.ui({ cmd: 'errorBox', title: stringAt(args, 0), content: stringAt(args, 1) });
  },

  /**
   * @param {any[]} args optionally a window, and the options
   * @returns {number} the index of the button
   */
  showMessageBoxSync(...args) {
    return binding.ui(messageBox(args));
  },

  /**
   * @param {any[]} args optionally a window, and the options
   * @returns {Promise<{ response: number, checkboxChecked: boolean }>}
   */
  async showMessageBox(...args) {
    return { response: await ask(messageBox(args)), checkboxChecked: false };
  },

  /**
   * @param {any[]} args optionally a window, and the options
   * @returns {string[] | undefined}
   */
  showOpenDialogSync: (...args) => binding.ui(openDialog(args)) ?? undefined,

  /** @param {any[]} args optionally a window, and the options */
  async showOpenDialog(...args) {
    const filePaths = await ask(openDialog(args));
    return { canceled: filePaths === null, filePaths: filePaths ?? [] };
  },

  /**
   * @param {any[]} args optionally a window, and the options
   * @returns {string | undefined}
   */
  showSaveDialogSync: (...args) => binding.ui(saveDialog(args))?.[0],

  /** @param {any[]} args optionally a window, and the options */
  async showSaveDialog(...args) {
    const paths = await ask(saveDialog(args));
    return { canceled: paths === null, filePath: paths?.[0] ?? '' };
  },
};
installUnsupported(dialog, 'dialog', apiNames.dialog);

/** @param {any[]} args */
function messageBox(args) {
  const { parent, options } = parentAndOptions(args);
  if (typeof options !== 'object' || options === null) throw new TypeError('Missing options');
  const { type = 'none', title = '', message = '', detail = '', buttons = [], defaultId } = options;
  if (!TYPES.includes(type)) throw new TypeError('Invalid message box type');
  if (!Array.isArray(buttons)) throw new TypeError('Buttons must be an array');
  for (const [name, value] of Object.entries({ title, message, detail })) {
    if (typeof value !== 'string') throw new TypeError(`${name[0].toUpperCase()}${name.slice(1)} must be a string`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && !KNOWN.includes(name)) warnOption('dialog.showMessageBox', name);
  }
  const labels = buttons.map((label) => {
    const text = String(label);
    return options.normalizeAccessKeys ? text.replace(/&(&?)/g, '$1') : text;
  });
  return {
    cmd: 'messageBox',
    window: parent ? live(parent).id : undefined,
    type,
    title,
    message,
    detail,
    buttons: labels,
    defaultId,
    cancelId: cancelId(options, labels),
  };
}

/**
 * What closing the box means: the button the app says, or the one that says so.
 * @param {{ cancelId?: number }} options
 * @param {string[]} labels
 */
function cancelId(options, labels) {
  if (typeof options.cancelId === 'number') return options.cancelId;
  const index = labels.findIndex((label) => ['cancel', 'no'].includes(label.toLowerCase()));
  return index === -1 ? 0 : index;
}

module.exports = { dialog };
