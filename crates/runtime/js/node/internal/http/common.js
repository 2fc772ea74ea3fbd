// What both sides of HTTP share: names, checks, dates, the errors of a connection.
'use strict';

const { codedError, checkString } = require('internal/errors');

const MAX_HEADER_SIZE = 16 << 10;

/** @type {Record<number, string>} */
const STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints',
  200: 'OK', 201: 'Created', 202: 'Accepted', 203: 'Non-Authoritative Information', 204: 'No Content',
  205: 'Reset Content', 206: 'Partial Content', 207: 'Multi-Status', 208: 'Already Reported', 226: 'IM Used',
  300: 'Multiple Choices', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified',
  305: 'Use Proxy', 307: 'Temporary Redirect', 308: 'Permanent Redirect',
  400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found',
  405: 'Method Not Allowed', 406: 'Not Acceptable', 407: 'Proxy Authentication Required', 408: 'Request Timeout',
  409: 'Conflict', 410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed', 413: 'Payload Too Large',
  414: 'URI Too Long', 415: 'Unsupported Media Type', 416: 'Range Not Satisfiable', 417: 'Expectation Failed',
  418: "I'm a Teapot", 421: 'Misdirected Request', 422: 'Unprocessable Entity', 423: 'Locked',
  424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required', 428: 'Precondition Required',
  429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable',
  504: 'Gateway Timeout', 505: 'HTTP Version Not Supported', 506: 'Variant Also Negotiates',
  507: 'Insufficient Storage', 508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded', 510: 'Not Extended',
  511: 'Network Authentication Required',
};

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** @param {any} text */
const isToken = (text) => typeof text === 'string' && TOKEN.test(text);
/** @param {string} text */
const hasInvalidCharacter = (text) => NOT_IN_VALUE.test(text);

/** @param {any} name @param {string} [label] */
function validateHeaderName(name, label = 'Header name') {
  if (!isToken(name)) {
    throw codedError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `${label} must be a valid HTTP token ["${name}"]`);
  }
}

/** @param {string} name @param {any} value */
function validateHeaderValue(name, value) {
  if (value === undefined) {
    throw codedError(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "${value}" for header "${name}"`);
  }
  if (hasInvalidCharacter(`${value}`)) {
    throw codedError(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
  }
}

/** @param {any} value @param {string} name */
function checkHost(value, name) {
  if (value !== null && value !== undefined) {
    if (typeof value !== 'string') {
      const { invalidArgType } = require('internal/errors');
      throw invalidArgType(`options.${name}`, ['string', 'undefined', 'null'], value);
    }
    checkString(value, name);
  }
  return value;
}

let dateText = '';
let dateAt = 0;

/** Now, for a Date header. */
function httpDate() {
  const second = Math.floor(Date.now() / 1000);
  if (second !== dateAt) {
    dateAt = second;
    dateText = new Date(second * 1000).toUTCString();
  }
  return dateText;
}

/** @param {string} message */
function connectionReset(message) {
  return Object.assign(new Error(message), { code: 'ECONNRESET' });
}

/** The error for what is no HTTP. @param {string} code @param {string} reason @param {number} bytesParsed
 * @param {Uint8Array} [rawPacket] */
function parseError(code, reason, bytesParsed, rawPacket) {
  const detail = code === 'HPE_INVALID_EOF_STATE' ? '' : `: ${reason}`;
  const error = Object.assign(new Error(`Parse Error${detail}`), { bytesParsed, code, reason });
  return rawPacket === undefined ? error : Object.assign(error, { rawPacket });
}

module.exports = {
  MAX_HEADER_SIZE, METHODS: [...internalBinding('http').methods].sort(), STATUS_CODES, isToken, hasInvalidCharacter,
  validateHeaderName, validateHeaderValue, checkHost, httpDate, connectionReset, parseError,
};
