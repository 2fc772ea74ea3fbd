// Between Node's streams and the web's, which are not here yet: each use says so.
'use strict';

const { unsupported } = require('internal/errors');

/** @param {string} name */
const refuse = (name) => (/** @type {any[]} */ ..._args) => { throw unsupported(name); };

module.exports = {
  readableFromWeb: refuse('stream.Readable.fromWeb'), readableToWeb: refuse('stream.Readable.toWeb'),
  writableFromWeb: refuse('stream.Writable.fromWeb'), writableToWeb: refuse('stream.Writable.toWeb'),
  duplexFromWeb: refuse('stream.Duplex.fromWeb'), duplexToWeb: refuse('stream.Duplex.toWeb'),
  finishedWeb: refuse('stream.finished of a web stream'), errorWeb: refuse('stream.addAbortSignal of a web stream'),
};
