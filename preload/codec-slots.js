'use strict';

const { Array, ObjectSetPrototypeOf } = primordials;

/**
 * An array for internal use, without a prototype and without holes: storing into it stores, whatever
 * setters `Array.prototype` has been given.
 * @param {number} length
 * @returns {any[]} filled with null
 */
function createSlots(length) {
  const slots = new Array(length);
  ObjectSetPrototypeOf(slots, null);
  for (let i = 0; i < length; i++) slots[i] = null;
  return slots;
}

module.exports = { createSlots };
