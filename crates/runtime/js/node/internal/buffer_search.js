// Names of encodings, and looking for bytes in a Buffer.
'use strict';

const binding = internalBinding('text');
const { codedError, invalidArgType } = require('internal/errors');
const types = require('internal/types');

/** The canonical name of an encoding, or undefined. @param {any} name */
function encodingName(name) {
  if (name === undefined || name === null || name === '') return 'utf8';
  switch (`${name}`.toLowerCase()) {
    case 'utf8': case 'utf-8': return 'utf8';
    case 'ucs2': case 'ucs-2': case 'utf16le': case 'utf-16le': return 'utf16le';
    case 'latin1': case 'binary': return 'latin1';
    case 'base64': return 'base64';
    case 'base64url': return 'base64url';
    case 'hex': return 'hex';
    case 'ascii': return 'ascii';
    default: return undefined;
  }
}

/** @param {any} encoding */
function knownEncoding(encoding) {
  const name = encodingName(encoding);
  if (name === undefined) throw codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  return name;
}

/** @param {any} buffer @param {any} value @param {any} offset @param {any} encoding @param {boolean} forward */
function search(buffer, value, offset, encoding, forward) {
  if (typeof offset === 'string') {
    encoding = offset;
    offset = undefined;
  }
  offset = +offset;
  if (Number.isNaN(offset)) offset = forward ? 0 : buffer.length;
  offset = Math.trunc(offset);
  if (offset < 0) offset += buffer.length;
  let wanted;
  let step = 1;
  if (typeof value === 'number') wanted = new Uint8Array([value & 255]);
  else if (typeof value === 'string') {
    const name = knownEncoding(encoding);
    if (name === 'utf16le') step = 2;
    wanted = binding.encode(value, name);
  } else if (types.isUint8Array(value)) {
    wanted = value;
    if (encodingName(encoding) === 'utf16le') step = 2;
  } else {
    throw invalidArgType('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
  }
  const last = buffer.length - wanted.length;
  if (forward) {
    offset = Math.max(offset, 0);
    if (wanted.length === 0) return Math.min(offset, buffer.length);
    for (let i = offset; i <= last; i += step) if (matches(buffer, wanted, i)) return i;
    return -1;
  }
  if (offset < 0) return -1;
  offset = Math.min(offset, last);
  if (wanted.length === 0) return Math.min(offset, buffer.length);
  for (let i = offset; i >= 0; i--) if (matches(buffer, wanted, i)) return i;
  return -1;
}

/** @param {Uint8Array} buffer @param {Uint8Array} wanted @param {number} at */
function matches(buffer, wanted, at) {
  for (let i = 0; i < wanted.length; i++) if (buffer[at + i] !== wanted[i]) return false;
  return true;
}

module.exports = { encodingName, knownEncoding, search };
