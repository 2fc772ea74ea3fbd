// http: servers and clients of HTTP/1.1.
'use strict';

const common = require('internal/http/common');
const { Agent, globalAgent } = require('internal/http/agent');
const { ClientRequest } = require('internal/http/request');
const { IncomingMessage } = require('internal/http/incoming');
const { OutgoingMessage } = require('internal/http/outgoing');
const { ServerResponse } = require('internal/http/response');
const { Server } = require('internal/http/server');
const { checkInteger } = require('internal/errors');

let agent = globalAgent;

/** @param {any} [options] @param {any} [listener] */
function createServer(options, listener) {
  return new /** @type {any} */ (Server)(options, listener);
}

/** @param {any} url @param {any} [options] @param {any} [callback] */
function request(url, options, callback) {
  return new /** @type {any} */ (ClientRequest)(url, options, callback);
}

/** @param {any} url @param {any} [options] @param {any} [callback] */
function get(url, options, callback) {
  const call = request(url, options, callback);
  call.end();
  return call;
}

module.exports = {
  METHODS: common.METHODS,
  STATUS_CODES: common.STATUS_CODES,
  Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  validateHeaderName: common.validateHeaderName,
  validateHeaderValue: common.validateHeaderValue,
  get,
  request,
  /** @param {number} max */
  setMaxIdleHTTPParsers(max) { checkInteger(max, 'max', 1); },
  maxHeaderSize: common.MAX_HEADER_SIZE,
  get globalAgent() { return agent; },
  set globalAgent(value) {
    agent = value;
    require('internal/http/agent').globalAgent = value;
  },
};
