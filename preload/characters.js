'use strict';
// Characters of strings as numbers. `text.charCodeAt(i)` in a loop is five times faster than an
// uncurried call, but looks the method up on String.prototype, where others may have put theirs. So
// it is used only while `checkCharacters` found the engine's own there. That is asked once a message
// and costs less than it saves with the first string.

const {
  ObjectPrototype__lookupGetter__, StringPrototype, StringPrototypeCharCodeAt, originalCharCodeAt,
} = primordials;

let isOriginal = false;

/** Finds out which way to go until it is called again. Runs no script, not even a getter's. */
function checkCharacters() {
  isOriginal = ObjectPrototype__lookupGetter__(StringPrototype, 'charCodeAt') === undefined &&
    StringPrototype.charCodeAt === originalCharCodeAt;
}

/**
 * Copies the characters of a string as bytes, as long as they are not above `most`.
 * @param {string} text
 * @param {number} most  at most 255
 * @param {Uint8Array} bytes
 * @param {number} position
 * @returns {number} how many were copied
 */
function copyNarrow(text, most, bytes, position) {
  const length = text.length;
  if (isOriginal) {
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > most) return i;
      bytes[position + i] = unit;
    }
  } else {
    for (let i = 0; i < length; i++) {
      const unit = StringPrototypeCharCodeAt(text, i);
      if (unit > most) return i;
      bytes[position + i] = unit;
    }
  }
  return length;
}

/**
 * Copies the characters of a string as UTF-16.
 * @param {string} text
 * @param {Uint8Array} bytes
 * @param {number} position
 */
function copyWide(text, bytes, position) {
  const length = text.length;
  if (isOriginal) {
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      bytes[position++] = unit;
      bytes[position++] = unit >> 8;
    }
  } else {
    for (let i = 0; i < length; i++) {
      const unit = StringPrototypeCharCodeAt(text, i);
      bytes[position++] = unit;
      bytes[position++] = unit >> 8;
    }
  }
}

module.exports = { checkCharacters, copyNarrow, copyWide };
