// structuredClone: by way of the format in which values travel between processes.
'use strict';

const binding = internalBinding('clone');
const { invalidArgType } = require('internal/errors');
const types = require('internal/types');

/** @param {any} value @param {{ transfer?: any[] }} [options] */
function structuredClone(value, options) {
  if (arguments.length === 0) {
    throw Object.assign(new TypeError('The value argument must be specified'), { code: 'ERR_MISSING_ARGS' });
  }
  if (options !== undefined && options !== null && typeof options !== 'object') throw invalidArgType('options', 'Object', options);
  const transfer = options?.transfer === undefined ? [] : [...options.transfer];
  for (const [i, one] of transfer.entries()) {
    if (!types.isArrayBuffer(one)) {
      throw new DOMException('Value not transferable', 'DataCloneError');
    }
    if (transfer.indexOf(one) !== i) throw new DOMException('ArrayBuffer occurs in the transfer list more than once', 'DataCloneError');
    if (one.detached) throw new DOMException('An ArrayBuffer is detached and could not be cloned.', 'DataCloneError');
  }
  let copy;
  try {
    copy = binding.clone(value);
  } catch (error) {
    if (error instanceof Error && /could not be cloned\.?$/.test(error.message)) {
      throw new DOMException(error.message, 'DataCloneError');
    }
    throw error;
  }
  // The copy has bytes of its own; those that were handed over are gone from here.
  for (const one of transfer) one.transfer();
  return copy;
}

module.exports = { structuredClone };
