// Connecting: the arguments, the look-up of a name, and trying its addresses in turn.
'use strict';

const {
  checkFunction, checkInteger, checkString, codedError, invalidArgType, unsupported,
} = require('internal/errors');
const { SocketHandle } = require('internal/net/handle');
const { connectException, checkPort, coded } = require('internal/net/errors');
const { adopt, kNames } = require('internal/net/socket');

let autoSelectFamily = true;
let attemptTimeout = 250;

/** The arguments of connect and listen as [options, callback or null]. @param {any[]} args */
function normalizeArguments(args) {
  if (args.length === 0) return [{}, null];
  const [first] = args;
  /** @type {any} */
  let options = {};
  if (typeof first === 'object' && first !== null) options = first;
  else if (isPath(first)) options.path = first;
  else {
    options.port = first;
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
  }
  const last = args[args.length - 1];
  return [options, typeof last === 'function' ? last : null];
}

/** @param {any} value */
const isPath = (value) => typeof value === 'string' && !(Number(value) >= 0);

/** @param {any} socket @param {any} options */
function connectSocket(socket, options) {
  if (socket.write !== Object.getPrototypeOf(socket).write) delete socket.write;
  if (socket.destroyed) {
    socket._undestroy();
    socket._handle = null;
    socket[kNames] = [undefined, undefined];
  }
  if (socket._handle !== null) throw codedError(Error, 'EISCONN', 'connect EISCONN');
  if (options.fd !== undefined) throw unsupported("net.connect's option fd");
  socket.connecting = true;
  socket._unrefTimer();
  if (options.path !== undefined && options.path !== null) {
    checkString(options.path, 'options.path');
    attempt(socket, { path: options.path }, (status) => {
      finish(socket, status === 0 ? null : connectException(status, 'connect', options.path));
    });
    return socket;
  }
  lookUpAndConnect(socket, options);
  return socket;
}

/** @param {any} socket @param {any} options */
function lookUpAndConnect(socket, options) {
  let { port } = options;
  const host = options.host || 'localhost';
  const { localAddress, localPort } = options;
  if (localAddress && !require('net').isIP(localAddress)) {
    throw codedError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${localAddress}`);
  }
  if (localPort !== undefined && typeof localPort !== 'number') throw invalidArgType('options.localPort', 'number', localPort);
  if (port === undefined) {
    throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
  }
  if (typeof port !== 'number' && typeof port !== 'string') throw invalidArgType('options.port', ['number', 'string'], port);
  port = checkPort(port);
  const local = { localAddress: localAddress || undefined, localPort };
  const kind = require('net').isIP(host);
  if (kind) {
    process.nextTick(() => {
      if (socket.connecting) tryInTurn(socket, [{ address: host, family: kind }], port, local, Infinity);
    });
    return;
  }
  if (options.lookup !== undefined) checkFunction(options.lookup, 'options.lookup');
  if (options.family !== undefined) checkInteger(+options.family || 0, 'options.family', 0, 6);
  const family = Number(options.family ?? 0);
  const several = (options.autoSelectFamily ?? autoSelectFamily) && family === 0 && !localAddress;
  const wait = options.autoSelectFamilyAttemptTimeout ?? attemptTimeout;
  socket._host = host;
  const lookup = options.lookup ?? require('dns').lookup;
  lookup(host, { family, hints: options.hints ?? 0, all: several }, (/** @type {any} */ error, /** @type {any} */ found, /** @type {any} */ kindFound) => {
    if (!socket.connecting) return;
    const list = error ? [] : Array.isArray(found) ? found : [{ address: found, family: kindFound }];
    if (list.length === 0) socket.emit('lookup', error, undefined, undefined, host);
    for (const { address, family } of list) socket.emit('lookup', null, address, family, host);
    if (error) return fail(socket, error);
    for (const { address, family } of list) {
      if (!require('net').isIP(address)) {
        return fail(socket, codedError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${address}`));
      }
      if (family !== 4 && family !== 6 && family !== 'IPv4' && family !== 'IPv6') {
        return fail(socket, codedError(RangeError, 'ERR_INVALID_ADDRESS_FAMILY', `Invalid address family: ${family} ${host}:${port}`));
      }
    }
    tryInTurn(socket, several ? interleave(list) : list.slice(0, 1), port, local, several ? Math.max(10, wait) : Infinity);
  });
}

/** The families by turns, beginning with that of the first address. @param {{ address: string, family: any }[]} list */
function interleave(list) {
  const first = list.filter(({ family }) => family === list[0]?.family);
  const second = list.filter(({ family }) => family !== list[0]?.family);
  return first.flatMap((one, i) => (i < second.length ? [one, second[i]] : [one])).concat(second.slice(first.length));
}

/** @param {any} socket @param {any} target @param {(status: number) => void} done */
function attempt(socket, target, done) {
  const handle = new SocketHandle(null);
  socket._handle = handle;
  const status = handle.connect(target, (status) => {
    if (socket._handle === handle) done(status);
  });
  if (status < 0) process.nextTick(() => { if (socket._handle === handle) done(status); });
}

/** Tries the next address when one fails or does not answer in time.
 * @param {any} socket @param {{ address: string, family: any }[]} list @param {number} port
 * @param {{ localAddress?: string, localPort?: number }} local @param {number} wait */
function tryInTurn(socket, list, port, local, wait) {
  /** @type {Error[]} */
  const errors = [];
  const next = (/** @type {number} */ at) => {
    const { address, family } = list[at];
    const last = at + 1 === list.length;
    socket.emit('connectionAttempt', address, port, family);
    const failed = (/** @type {number} */ status, /** @type {string} */ event) => {
      const place = local.localAddress || local.localPort ? `${local.localAddress ?? (family === 6 ? '::' : '0.0.0.0')}:${local.localPort ?? 0}` : undefined;
      const error = connectException(status, 'connect', address, port, place);
      errors.push(error);
      socket.emit(event, address, port, family, error);
      if (last) return fail(socket, errors.length === 1 ? errors[0] : aggregate(errors));
      const handle = socket._handle;
      socket._handle = null;
      handle.close(() => {});
      if (socket.connecting) next(at + 1);
    };
    /** @type {any} */
    let timer;
    const handleOf = () => socket._handle;
    attempt(socket, { address, port, ...local }, (status) => {
      clearTimeout(timer);
      if (status !== 0) return failed(status, 'connectionAttemptFailed');
      finish(socket, null);
    });
    if (!last && wait !== Infinity) {
      const handle = handleOf();
      timer = setTimeout(() => {
        if (socket._handle === handle && socket.connecting) failed(-110, 'connectionAttemptTimeout');
      }, wait);
    }
  };
  next(0);
}

/** @param {any[]} errors */
function aggregate(errors) {
  const error = /** @type {any} */ (new AggregateError(errors));
  error.code = errors[0].code;
  return error;
}

/** @param {any} socket @param {any} error */
function fail(socket, error) {
  if (!socket.connecting) return;
  process.nextTick(() => { if (socket.connecting) socket.destroy(error); });
}

/** @param {any} socket @param {any} error */
function finish(socket, error) {
  if (socket.destroyed) return;
  if (error !== null) {
    socket.connecting = false;
    socket.destroy(error);
    return;
  }
  socket.connecting = false;
  // A TLS socket puts its session between.
  socket._connected?.();
  adopt(socket);
  socket._unrefTimer();
  socket.emit('connect');
  socket.emit('ready');
  // Without this a peer's end would be seen only by who reads.
  if (socket.readable && !socket.isPaused()) socket.read(0);
}

module.exports = {
  normalizeArguments, connectSocket, coded,
  getDefaultAutoSelectFamily: () => autoSelectFamily,
  setDefaultAutoSelectFamily: (/** @type {boolean} */ value) => { autoSelectFamily = Boolean(value); },
  getDefaultAutoSelectFamilyAttemptTimeout: () => attemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout: (/** @type {number} */ value) => {
    checkInteger(value, 'value', 1);
    attemptTimeout = Math.max(10, value);
  },
};
