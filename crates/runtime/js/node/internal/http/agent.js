// Agent: which socket a request takes.
'use strict';

const EventEmitter = require('events');
const net = require('net');
const { checkNumber, codedError } = require('internal/errors');


/** @this {any} @param {any} [options] */
function Agent(options) {
  if (!Agent.prototype.isPrototypeOf(this)) return new /** @type {any} */ (Agent)(options);
  EventEmitter.call(this);
  this.defaultPort = 80;
  this.protocol = 'http:';
  this.options = { __proto__: null, ...options };
  if (this.options.noDelay === undefined) this.options.noDelay = true;
  // The path of a Unix socket and that of a request have one name.
  this.options.path = null;
  /** Requests that wait for a socket: as many as the app makes. */
  this.requests = Object.create(null);
  this.sockets = Object.create(null);
  this.freeSockets = Object.create(null);
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Infinity;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets ?? Infinity;
  this.totalSocketCount = 0;
  if (!['fifo', 'lifo'].includes(this.scheduling)) {
    throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE',
      `The argument 'scheduling' must be one of: 'fifo', 'lifo'. Received ${require('internal/inspect').inspect(this.scheduling)}`);
  }
  checkNumber(this.maxTotalSockets, 'maxTotalSockets', 1);
  this.on('free', (/** @type {any} */ socket, /** @type {any} */ options) => onFree(this, socket, options));
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);
Agent.defaultMaxSockets = Infinity;

/** @param {any} agent @param {any} socket @param {any} options */
function onFree(agent, socket, options) {
  const name = agent.getName(options);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = agent.requests[name];
  if (waiting?.length > 0) {
    const request = waiting.shift();
    if (waiting.length === 0) delete agent.requests[name];
    socket._httpMessage = null;
    agent.reuseSocket(socket, request);
    request.onSocket(socket);
    return;
  }
  const request = socket._httpMessage;
  if (!request?.shouldKeepAlive || !agent.keepAlive) {
    socket.destroy();
    return;
  }
  const free = agent.freeSockets[name] ?? [];
  const used = agent.sockets[name]?.length ?? 0;
  if (agent.totalSocketCount > agent.maxTotalSockets || free.length + used > agent.maxSockets ||
      free.length >= agent.maxFreeSockets || !agent.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  agent.freeSockets[name] = free;
  socket._httpMessage = null;
  agent.removeSocket(socket, options);
  socket.once('error', onFreeError);
  free.push(socket);
  agent.totalSocketCount++;
}

/** @this {any} */
function onFreeError() {
  this.destroy();
}

/** @this {any} @param {any} options @param {any} [callback] */
Agent.prototype.createConnection = function createConnection(options, callback) {
  return net.createConnection(options, callback);
};

/** @this {any} @param {any} [options] */
Agent.prototype.getName = function getName(options = {}) {
  let name = `${options.host || 'localhost'}:`;
  if (options.port) name += options.port;
  name += ':';
  if (options.localAddress) name += options.localAddress;
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

/** @this {any} @param {any} request @param {any} options @param {any} [port] @param {any} [localAddress] */
Agent.prototype.addRequest = function addRequest(request, options, port, localAddress) {
  if (typeof options === 'string') options = { host: options, port, localAddress };
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, request);
  const name = this.getName(options);
  this.sockets[name] ??= [];
  const free = this.freeSockets[name];
  let socket;
  if (free !== undefined) {
    while (free.length > 0 && free[0].destroyed) free.shift();
    socket = this.scheduling === 'fifo' ? free.shift() : free.pop();
    if (free.length === 0) delete this.freeSockets[name];
  }
  if (socket !== undefined) {
    this.totalSocketCount--;
    this.reuseSocket(socket, request);
    this.sockets[name].push(socket);
    this.totalSocketCount++;
    request.onSocket(socket);
  } else if (this.sockets[name].length < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
    this.createSocket(request, options, (/** @type {any} */ error, /** @type {any} */ socket) => {
      request.onSocket(error ? null : socket, error ?? undefined);
    });
  } else {
    (this.requests[name] ??= []).push(request);
    request._agentOptions = options;
  }
};

/** @param {any} options @param {any} request */
function normalizeServerName(options, request) {
  if (options.servername || options.servername === '') return;
  const header = request.getHeader?.('host');
  const host = typeof header === 'string' ? header.replace(/^\[(.*)\].*$/, '$1').replace(/:\d*$/, '') : options.host;
  options.servername = net.isIP(host ?? '') ? '' : host;
}

/** @this {any} @param {any} request @param {any} options @param {(error: any, socket?: any) => void} done */
Agent.prototype.createSocket = function createSocket(request, options, done) {
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, request);
  const name = this.getName(options);
  options._agentKey = name;
  options.encoding = null;
  let settled = false;
  const created = (/** @type {any} */ error, /** @type {any} */ socket) => {
    if (settled) return;
    settled = true;
    if (error) return done(error);
    (this.sockets[name] ??= []).push(socket);
    this.totalSocketCount++;
    install(this, socket, options);
    done(null, socket);
  };
  // A keep-alive agent asks the system to probe, too.
  if (this.keepAlive) {
    options.keepAlive = this.keepAlive;
    options.keepAliveInitialDelay = this.keepAliveMsecs;
  }
  const socket = this.createConnection(options, created);
  if (socket) created(null, socket);
};

/** @param {any} agent @param {any} socket @param {any} options */
function install(agent, socket, options) {
  const onFree = () => agent.emit('free', socket, options);
  const onClose = () => agent.removeSocket(socket, options);
  const onTimeout = () => {
    // Only an idle one: a request decides for itself.
    if (Object.values(agent.freeSockets).some((/** @type {any} */ list) => list.includes(socket))) socket.destroy();
  };
  const onRemove = () => {
    agent.removeSocket(socket, options);
    socket.off('free', onFree);
    socket.off('close', onClose);
    socket.off('timeout', onTimeout);
    socket.off('agentRemove', onRemove);
  };
  socket.on('free', onFree);
  socket.on('close', onClose);
  socket.on('timeout', onTimeout);
  socket.on('agentRemove', onRemove);
  if (agent.options.timeout) socket.setTimeout(agent.options.timeout);
}

/** @this {any} @param {any} socket @param {any} options */
Agent.prototype.removeSocket = function removeSocket(socket, options) {
  const name = this.getName(options);
  for (const lists of socket.writable ? [this.sockets] : [this.sockets, this.freeSockets]) {
    const at = lists[name]?.indexOf(socket) ?? -1;
    if (at < 0) continue;
    lists[name].splice(at, 1);
    if (lists[name].length === 0) delete lists[name];
    this.totalSocketCount--;
  }
  const [waiting] = this.requests[name] ?? [];
  if (waiting !== undefined && !(this.sockets[name]?.length >= this.maxSockets)) {
    this.requests[name].shift();
    if (this.requests[name].length === 0) delete this.requests[name];
    this.createSocket(waiting, waiting._agentOptions ?? options, (/** @type {any} */ error, /** @type {any} */ socket) => {
      waiting.onSocket(error ? null : socket, error ?? undefined);
    });
  }
};

/** @this {any} @param {any} socket */
Agent.prototype.keepSocketAlive = function keepSocketAlive(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  let timeout = this.options.timeout || 0;
  // The server said how long it will wait.
  const hint = /^timeout=(\d+)/.exec(socket._httpMessage?.res?.headers?.['keep-alive'] ?? '')?.[1];
  if (hint !== undefined) {
    // A second before that, lest a request meets the end of the connection.
    const served = Number(hint) * 1000 - 1000;
    if (served <= 0) return false;
    timeout = timeout === 0 ? served : Math.min(timeout, served);
  }
  if (socket.timeout !== timeout) socket.setTimeout(timeout);
  return true;
};

/** @this {any} @param {any} socket @param {any} request */
Agent.prototype.reuseSocket = function reuseSocket(socket, request) {
  socket.removeListener('error', onFreeError);
  request.reusedSocket = true;
  socket.ref();
  const timeout = this.options.timeout || 0;
  if (socket.timeout !== timeout) socket.setTimeout(timeout);
};

/** @this {any} */
Agent.prototype.destroy = function destroy() {
  for (const lists of [this.freeSockets, this.sockets]) {
    for (const socket of Object.values(lists).flat()) /** @type {any} */ (socket).destroy();
  }
};

const globalAgent = new /** @type {any} */ (Agent)({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });

module.exports = { Agent, globalAgent };
