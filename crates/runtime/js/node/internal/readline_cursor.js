// The functions that move a terminal's cursor: escape sequences, whatever they are written to.
'use strict';

const { checkFunction, codedError, invalidArgValue } = require('internal/errors');

/** @param {any} stream @param {string} sequence @param {any} callback */
function send(stream, sequence, callback) {
  if (callback !== undefined) checkFunction(callback, 'callback');
  if (stream === null || stream === undefined || sequence === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(sequence, callback);
}

/** @param {any} stream @param {any} x @param {any} [y] @param {any} [callback] */
function cursorTo(stream, x, y, callback) {
  if (callback !== undefined) checkFunction(callback, 'callback');
  if (typeof y === 'function') {
    callback = y;
    y = undefined;
  }
  if (Number.isNaN(x)) throw invalidArgValue('x', x);
  if (Number.isNaN(y)) throw invalidArgValue('y', y);
  if (stream === null || stream === undefined || (typeof x !== 'number' && typeof y !== 'number')) return send(null, '', callback);
  if (typeof x !== 'number') {
    throw codedError(TypeError, 'ERR_INVALID_CURSOR_POS', 'Cannot set cursor row without setting its column');
  }
  return send(stream, typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`, callback);
}

/** @param {any} stream @param {number} dx @param {number} dy @param {any} [callback] */
function moveCursor(stream, dx, dy, callback) {
  let sequence = '';
  if (dx < 0) sequence += `\x1b[${-dx}D`;
  else if (dx > 0) sequence += `\x1b[${dx}C`;
  if (dy < 0) sequence += `\x1b[${-dy}A`;
  else if (dy > 0) sequence += `\x1b[${dy}B`;
  return send(stream, sequence, callback);
}

/** @param {any} stream @param {number} direction -1 to the left, 1 to the right, 0 both @param {any} [callback] */
function clearLine(stream, direction, callback) {
  return send(stream, direction < 0 ? '\x1b[1K' : direction > 0 ? '\x1b[0K' : '\x1b[2K', callback);
}

/** @param {any} stream @param {any} [callback] */
function clearScreenDown(stream, callback) {
  return send(stream, '\x1b[0J', callback);
}

module.exports = { clearLine, clearScreenDown, cursorTo, moveCursor };
