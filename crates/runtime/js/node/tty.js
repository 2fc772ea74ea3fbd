// The module tty, as far as libraries ask it about colours.
'use strict';

const { unsupported } = require('internal/errors');

/** @param {any} fd */
const isatty = (fd) => Number.isInteger(fd) && fd >= 0 && fd <= 2 && internalBinding('stdio').isTerminal(fd);

class ReadStream {
  constructor() { throw unsupported('tty.ReadStream'); }
}

class WriteStream {
  constructor() { throw unsupported('tty.WriteStream'); }
}

module.exports = { isatty, ReadStream, WriteStream };
