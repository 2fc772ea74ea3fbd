// Dialogs that choose files: Electron's options as a command of the UI thread.
'use strict';

const { app } = require('electron/app');
const { BaseWindow } = require('electron/base-window');
const { live } = require('electron/window-state');
const { warnOption } = require('electron/warnings');

const OPEN_PROPERTIES = ['openFile', 'openDirectory', 'multiSelections', 'showHiddenFiles'];
const SAVE_PROPERTIES = ['showHiddenFiles', 'showOverwriteConfirmation'];
/** Properties of other systems, and `createDirectory` and `dontAddToRecent`, which GTK decides. */
const FOREIGN = [
  'createDirectory', 'promptToCreate', 'noResolveAliases', 'treatPackageAsDirectory', 'dontAddToRecent',
];
const KNOWN = [
  'title', 'defaultPath', 'buttonLabel', 'filters', 'properties',
  // Of other systems.
  'message', 'nameFieldLabel', 'showsTagField', 'securityScopedBookmarks',
];

/**
 * The window a dialog belongs to, and its options.
 * @param {any[]} args
 */
function parentAndOptions(args) {
  if (!app.isReady()) throw new TypeError('dialog module can only be used after app is ready');
  const hasWindow = args[0] === null || args[0] === undefined || args[0] instanceof BaseWindow;
  const [parent, options] = hasWindow ? args : [undefined, args[0]];
  return { parent, options };
}

/** @param {any[]} args */
function openDialog(args) {
  const { command, properties } = dialog('dialog.showOpenDialog', args, OPEN_PROPERTIES, ['openFile']);
  return {
    ...command,
    directory: properties.includes('openDirectory'),
    multiple: properties.includes('multiSelections'),
  };
}

/** @param {any[]} args */
function saveDialog(args) {
  const { command, properties } = dialog('dialog.showSaveDialog', args, SAVE_PROPERTIES, []);
  return { ...command, save: true, confirmOverwrite: properties.includes('showOverwriteConfirmation') };
}

/**
 * @param {string} name for warnings
 * @param {any[]} args
 * @param {string[]} known properties
 * @param {string[]} usual properties if none are given
 */
function dialog(name, args, known, usual) {
  const { parent, options: given } = parentAndOptions(args);
  const options = given ?? { title: '' };
  const { title = '', defaultPath = '', buttonLabel = '', filters = [], properties = usual } = options;
  if (!Array.isArray(properties)) throw new TypeError('Properties must be an array');
  if (!Array.isArray(filters)) throw new TypeError('Filters must be an array');
  for (const [option, value] of Object.entries({ Title: title, 'Default path': defaultPath, 'Button label': buttonLabel })) {
    if (typeof value !== 'string') throw new TypeError(`${option} must be a string`);
  }
  for (const property of properties) {
    if (!known.includes(property) && !FOREIGN.includes(property)) warnOption(name, `properties: ${property}`);
  }
  for (const [option, value] of Object.entries(options)) {
    if (value !== undefined && !KNOWN.includes(option)) warnOption(name, option);
  }
  const command = {
    cmd: 'fileDialog',
    window: parent ? live(parent).id : undefined,
    title,
    defaultPath,
    buttonLabel,
    filters: filters.map(({ name: label, extensions }) => ({ name: String(label), extensions: extensions.map(String) })),
    showHidden: properties.includes('showHiddenFiles'),
  };
  return { command, properties };
}

module.exports = { openDialog, parentAndOptions, saveDialog };
