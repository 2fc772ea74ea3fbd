// dialog: message boxes and the error box.
'use strict';

const apiNames = require('electron/api-names');
const { app } = require('electron/app');
const { BaseWindow } = require('electron/base-window');
const { stringAt } = require('electron/arguments');
const { installUnsupported } = require('electron/unsupported');
const { warnOption } = require('electron/warnings');
const { live } = require('electron/window-state');

const binding = internalBinding('electron');

const TYPES = ['none', 'info', 'error', 'question', 'warning'];
const KNOWN = [
  'type', 'title', 'message', 'detail', 'buttons', 'defaultId', 'cancelId', 'noLink', 'normalizeAccessKeys',
];

/** @type {Map<number, (response: number) => void>} open boxes by request number */
const open = new Map();
let lastRequest = 0;

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
    const command = messageBox(args);
    lastRequest += 1;
    const request = lastRequest;
    const answer = new Promise((resolve) => {
      open.set(request, resolve);
    });
    try {
      binding.ui({ ...command, request });
    } catch (error) {
      open.delete(request);
      throw error;
    }
    return { response: await answer, checkboxChecked: false };
  },
};
installUnsupported(dialog, 'dialog', apiNames.dialog);

/** @param {any[]} args */
function messageBox(args) {
  if (!app.isReady()) throw new TypeError('dialog module can only be used after app is ready');
  const hasWindow = args[0] === null || args[0] === undefined || args[0] instanceof BaseWindow;
  const [parent, options] = hasWindow ? args : [undefined, args[0]];
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

/**
 * The user answered a box.
 * @param {number} request
 * @param {number} response
 */
function messageBoxClosed(request, response) {
  open.get(request)?.(response);
  open.delete(request);
}

module.exports = { dialog, messageBoxClosed };
