// net: stream sockets, TCP and Unix.
'use strict';

const { Socket } = require('internal/net/socket');
const { Server } = require('internal/net/server');
const connecting = require('internal/net/connect');
const { unsupported } = require('internal/errors');

const binding = internalBinding('net');

/** @param {any} input */
const isIP = (input) => binding.isIP(`${input}`);

/** @param {any} [options] @param {any} [listener] */
function createServer(options, listener) {
  return new /** @type {any} */ (Server)(options, listener);
}

/** @param {...any} args */
function connect(...args) {
  const [options, callback] = connecting.normalizeArguments(args);
  const socket = new /** @type {any} */ (Socket)(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return callback === null ? socket.connect(options) : socket.connect(options, callback);
}

class BlockList {
  constructor() { throw unsupported('net.BlockList'); }
}

class SocketAddress {
  constructor() { throw unsupported('net.SocketAddress'); }
}

module.exports = {
  BlockList,
  SocketAddress,
  Server,
  Socket,
  Stream: Socket,
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4: (/** @type {any} */ input) => isIP(input) === 4,
  isIPv6: (/** @type {any} */ input) => isIP(input) === 6,
  getDefaultAutoSelectFamily: connecting.getDefaultAutoSelectFamily,
  setDefaultAutoSelectFamily: connecting.setDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout: connecting.getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout: connecting.setDefaultAutoSelectFamilyAttemptTimeout,
};
