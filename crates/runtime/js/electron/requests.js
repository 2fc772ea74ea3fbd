// Commands of the UI thread whose outcome comes later, by an event.
'use strict';

const binding = internalBinding('electron');

/** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} by number */
const open = new Map();
let lastRequest = 0;

/**
 * Has a command carried out without waiting for it here.
 * @param {{ cmd: string, [field: string]: any }} command one that takes a `request`
 * @returns {Promise<any>} what it answers
 */
function ask(command) {
  lastRequest += 1;
  const request = lastRequest;
  return new Promise((resolve, reject) => {
    open.set(request, { resolve, reject });
    try {
      binding.ui({ ...command, request });
    } catch (error) {
      open.delete(request);
      reject(error);
    }
  });
}

/**
 * The outcome of a command.
 * @param {number} request
 * @param {any} value
 * @param {string | null} error its text, if it failed
 */
function answered(request, value, error) {
  const asker = open.get(request);
  open.delete(request);
  if (error === null || error === undefined) asker?.resolve(value);
  else asker?.reject(new Error(error));
}

module.exports = { answered, ask };
