'use strict';
// Structured clone in V8's serialisation format, version 15 (13 and 14 are read as well): what
// Electron uses, and what Node reads and writes by itself. Plain JavaScript, because in a web
// process compiled JavaScript is 8 to 13 times faster than native code that goes through
// JavaScriptCore's C API for every value.
//
//   codec-tags.js           the format
//   codec-records.js        the buffer that is written into; numbers and strings
//   codec-write.js          values, arrays, plain objects
//   codec-write-objects.js  all other objects
//   error-stack.js          the stack of an error as V8 would print it
//   codec-kinds.js          what an object is, and the words for what cannot be cloned
//   codec-bytes.js, codec-strings.js, codec-read.js, codec-read-objects.js   the way back
//   characters.js, codec-slots.js   what they share
//
// Functions of `native` that it uses. Without them (under test) it does their work in loops.
//
//   setTx(bytes)
//     Registers the Uint8Array that messages are written into: now, and again whenever a larger or
//     smaller one takes its place. Native code keeps the pointer to its memory and protects the
//     array from collection until the next call. The array covers the whole of its buffer.
//
//   txString(text, position) -> new position
//     Writes a string record into the registered array, beginning at `position`, and returns where
//     it ends. There is room for 2 * text.length + 16 bytes. If every character is below 256:
//     0x22, varint of the length, one byte a character. Else: 0x63, varint of the length in bytes,
//     the characters as UTF-16LE, and before all that a 0x00 if otherwise the first character
//     would come to an odd position. Lone surrogates are written like any other. Called for
//     strings of more than 200 characters.
//
//   rxLatin1(bytes, position, length) -> string
//     The string of `length` characters whose codes are the bytes at `position`. Called for 64
//     bytes and more, when at least one of them is above 127.
//
//   rxTwoByte(bytes, position, size) -> string
//     The string whose UTF-16LE code units are the `size` bytes (even) at `position` (which may be
//     odd). Lone surrogates must survive. Called for more than 64 bytes.
//
//     For these two `bytes` is the array that was given to `read`.
//
//   isProxy(object) -> boolean      may be left out
//     Whether an object is a Proxy, which no script can tell. Called for the first 16 objects of a
//     message, each of which costs as much time again as writing it: enough for the mistake of
//     sending a framework's reactive object.
//
// Differences from V8: a Proxy that is not found out is cloned as what it shows, and so are
// `arguments` objects; a view that follows the length of its buffer arrives as one that does not;
// named keys of an array of more than 1024 elements without an object among them are lost; a hole in
// an array is filled when somebody has put that index on a prototype.

const { ValueReader } = require('./codec-read.js');
const { ValueWriter } = require('./codec-write.js');

/**
 * Makes the codec of a document.
 * @param {any} hostFunctions  `native`, see above
 * @returns {Codec}
 *
 * @typedef {object} Codec
 * @property {(value: any, position: number) => number} write
 *   Serialises a value into `writer.bytes`, from `position` on, and returns where it ends. Throws
 *   what a getter throws, or a plain Error that ends in `could not be cloned.`
 * @property {(bytes: Uint8Array, start: number, end: number) => any} read
 *   Reads a value from bytes; `bytes` must begin at the start of its buffer. Throws an Error when
 *   they are none. No script of the application runs meanwhile.
 * @property {import('./codec-write.js').ValueWriter} writer  the buffer, for wire.js
 */
function createCodec(hostFunctions) {
  const writer = new ValueWriter(hostFunctions);
  const reader = new ValueReader(hostFunctions);
  return {
    write: (value, position) => writer.write(value, position),
    read: (bytes, start, end) => reader.read(bytes, start, end),
    writer,
  };
}

module.exports = { createCodec };
