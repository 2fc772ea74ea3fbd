// Errors of sockets as Node words them.
'use strict';

const { codedError } = require('internal/errors');

/** @param {number} number below zero */
function describe(number) {
  const found = internalBinding('net').describe(-number);
  return { code: found[0], text: found[1] };
}

/** @param {any} error @param {string | undefined} address @param {number | undefined} port */
function addPlace(error, address, port) {
  if (address !== undefined && address !== '') error.address = address;
  if (port) error.port = port;
  return error;
}

/** An error of a call that failed: `write EPIPE`.
 * @param {number} number @param {string} syscall */
function errnoException(number, syscall) {
  const { code } = describe(number);
  return Object.assign(new Error(`${syscall} ${code}`), { errno: number, code, syscall });
}

/** An error of a connect: `connect ECONNREFUSED 127.0.0.1:80`.
 * @param {number} number @param {string} syscall @param {string} address
 * @param {number} [port] @param {string} [local] */
function connectException(number, syscall, address, port, local) {
  const { code } = describe(number);
  let details = '';
  if (port) details = ` ${address}:${port}`;
  else if (address) details = ` ${address}`;
  if (local) details += ` - Local (${local})`;
  const error = Object.assign(new Error(`${syscall} ${code}${details}`), { errno: number, code, syscall });
  return addPlace(error, address, port);
}

/** An error of a listen, with the system's words.
 * @param {number} number @param {string} syscall @param {string} address @param {number} [port] */
function listenException(number, syscall, address, port) {
  const { code, text } = describe(number);
  let details = '';
  if (port && port > 0) details = ` ${address}:${port}`;
  else if (address) details = ` ${address}`;
  const error = Object.assign(new Error(`${syscall} ${code}: ${text}${details}`), { code, errno: number, syscall });
  return addPlace(error, address, port);
}

/** @param {string} code @param {string} message */
const coded = (code, message) => codedError(Error, code, message);

const socketClosed = () => coded('ERR_SOCKET_CLOSED', 'Socket is closed');
const closedBeforeConnection = () =>
  coded('ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'Socket closed before the connection was established');

/** A port as a number. @param {any} port @param {string} [name] */
function checkPort(port, name = 'Port') {
  if ((typeof port !== 'number' && typeof port !== 'string') ||
      (typeof port === 'string' && port.trim().length === 0) ||
      +port !== +port >>> 0 || +port > 0xffff) {
    const { received } = require('internal/errors');
    throw codedError(RangeError, 'ERR_SOCKET_BAD_PORT', `${name} should be >= 0 and < 65536.${received(port)}.`);
  }
  return +port | 0;
}

module.exports = {
  errnoException, connectException, listenException, socketClosed, closedBeforeConnection, checkPort, coded,
};
