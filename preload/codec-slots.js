'use strict';
// Arrays for internal use in a world where `Array.prototype` may have been given setters.

const { Array, ObjectSetPrototypeOf } = primordials;

/**
 * An array without a prototype and without holes: storing into it stores, nothing else.
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
