// https: clients. A server is not there, and says so.
'use strict';

const tls = require('tls');
const { Agent: HttpAgent } = require('internal/http/agent');
const { ClientRequest } = require('internal/http/request');
const { unsupported } = require('internal/errors');

/** @this {any} @param {any} [options] */
function Agent(options) {
  if (!Agent.prototype.isPrototypeOf(this)) return new /** @type {any} */ (Agent)(options);
  HttpAgent.call(this, options);
  this.defaultPort = 443;
  this.protocol = 'https:';
  this.maxCachedSessions = this.options.maxCachedSessions ?? 100;
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);

/** @this {any} @param {any} options */
Agent.prototype.createConnection = function createConnection(options) {
  return tls.connect(options);
};

/** What two connections must have in common to be taken for each other. */
const KEYS = ['ca', 'cert', 'key', 'rejectUnauthorized', 'servername', 'minVersion', 'maxVersion', 'ALPNProtocols'];

/** @this {any} @param {any} [options] */
Agent.prototype.getName = function getName(options = {}) {
  const parts = KEYS.map((key) => (options[key] === undefined ? '' : `${options[key]}`));
  return `${HttpAgent.prototype.getName.call(this, options)}:${parts.join(':')}`;
};

const globalAgent = new /** @type {any} */ (Agent)({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });

/** @param {...any} args */
function request(...args) {
  const { urlToHttpOptions, URL } = require('url');
  let options = {};
  if (typeof args[0] === 'string' || args[0] instanceof URL) {
    const url = args.shift();
    options = urlToHttpOptions(typeof url === 'string' ? new URL(url) : url);
  }
  if (args[0] !== null && typeof args[0] === 'object') Object.assign(options, args.shift());
  return new /** @type {any} */ (ClientRequest)({ ...options, _defaultAgent: module.exports.globalAgent }, args[0]);
}

/** @param {...any} args */
function get(...args) {
  const call = request(...args);
  call.end();
  return call;
}

/** @returns {never} */
const noServer = () => { throw unsupported('https.createServer'); };

class Server {
  constructor() { noServer(); }
}

module.exports = { Agent, globalAgent, Server, createServer: noServer, get, request };
