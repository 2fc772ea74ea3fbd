// tls: clients. A server is not there, and says so.
'use strict';

const net = require('net');
const { invalidArgType, unsupported } = require('internal/errors');
const { adopt } = require('internal/net/socket');
const { normalizeArguments } = require('internal/net/connect');
const { TlsHandle } = require('internal/tls/handle');

const { Buffer } = globalThis;
const DEFAULT_MIN_VERSION = 'TLSv1.2';
const DEFAULT_MAX_VERSION = 'TLSv1.3';

/** Options that change what is trusted or sent, and that are not here. */
const UNSUPPORTED = [
  'pfx', 'passphrase', 'ciphers', 'ecdhCurve', 'sigalgs', 'dhparam', 'crl', 'secureProtocol', 'pskCallback',
  'checkServerIdentity', 'session', 'requestOCSP', 'privateKeyEngine', 'SNICallback',
];

/** @param {any} options */
function checkSupported(options) {
  for (const name of UNSUPPORTED) {
    if (options[name] !== undefined && options[name] !== null) throw unsupported(`The TLS option ${name}`);
  }
}

/** PEM texts. @param {any} value @param {string} name @returns {string[]} */
function pemTexts(value, name) {
  return [value].flat().map((one) => {
    if (typeof one === 'string') return one;
    if (ArrayBuffer.isView(one)) return Buffer.from(one.buffer, one.byteOffset, one.byteLength).toString();
    throw invalidArgType(`options.${name}`, ['string', 'Buffer', 'TypedArray', 'DataView'], one);
  });
}

class SecureContext {
  /** @param {any} options */
  constructor(options) {
    checkSupported(options);
    this.context = {
      ca: options.ca === undefined || options.ca === null ? undefined : pemTexts(options.ca, 'ca'),
      cert: options.cert ? pemTexts(options.cert, 'cert').join('\n') : undefined,
      key: options.key ? pemTexts(options.key, 'key')[0] : undefined,
      oldest: options.minVersion ?? module.exports.DEFAULT_MIN_VERSION,
      newest: options.maxVersion ?? module.exports.DEFAULT_MAX_VERSION,
    };
  }
}

/** @param {any} [options] */
function createSecureContext(options = {}) {
  return new SecureContext(options);
}

let warned = false;

/** Whether an untrusted server is an error. @param {any} options */
function rejects(options) {
  if (options.rejectUnauthorized !== undefined) return options.rejectUnauthorized !== false;
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return true;
  if (!warned) {
    warned = true;
    process.emitWarning("Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes TLS connections " +
      'and HTTPS requests insecure by disabling certificate verification.');
  }
  return false;
}

/** What a session needs to know. @param {any} options */
function settingsOf(options) {
  const { context } = options.secureContext instanceof SecureContext ? options.secureContext : createSecureContext(options);
  return {
    name: options.servername || options.host || 'localhost',
    reject: rejects(options),
    protocols: protocolsOf(options.ALPNProtocols),
    ...context,
  };
}

/** @param {any} protocols names, or names in their form on the wire */
function protocolsOf(protocols) {
  if (protocols === undefined || protocols === null) return [];
  if (Array.isArray(protocols)) return protocols.map(String);
  const bytes = Buffer.from(protocols);
  const names = [];
  for (let at = 0; at < bytes.length; at += bytes[at] + 1) names.push(bytes.toString('latin1', at + 1, at + 1 + bytes[at]));
  return names;
}

/** @this {any} @param {any} socket @param {any} [options] */
function TLSSocket(socket, options) {
  if (options?.isServer) throw unsupported('A TLS server');
  net.Socket.call(this, { ...options, handle: undefined, fd: undefined, signal: options?.signal, allowHalfOpen: options?.allowHalfOpen });
  this.encrypted = true;
  this.authorized = false;
  this.authorizationError = null;
  this.alpnProtocol = null;
  this.servername = null;
  this.secureConnecting = true;
  this._settings = { name: 'localhost', reject: true, protocols: [] };
  this._raw = null;
  if (socket) takeOver(this, socket, options);
}
Object.setPrototypeOf(TLSSocket.prototype, net.Socket.prototype);
Object.setPrototypeOf(TLSSocket, net.Socket);

/** The connection is there: its handle gets a session. @this {any} */
TLSSocket.prototype._connected = function _connected() {
  this._handle = secured(this, this._handle);
};

/** @param {any} socket @param {any} raw */
function secured(socket, raw) {
  const handle = new TlsHandle(raw, socket._settings);
  handle.onsecure = () => {
    const facts = handle.facts;
    socket.secureConnecting = false;
    socket.alpnProtocol = facts.alpn ?? false;
    socket.authorized = facts.distrust === undefined || facts.distrust === null;
    if (!socket.authorized) socket.authorizationError = facts.distrust[0];
    socket.emit('secure');
    socket.emit('secureConnect');
  };
  return handle;
}

/** Runs the session over a socket that is there already. @param {any} tls @param {any} socket @param {any} options */
function takeOver(tls, socket, options) {
  if (!net.Socket.prototype.isPrototypeOf(socket)) throw unsupported('TLS over a stream that is no net.Socket');
  tls._settings = settingsOf(options ?? {});
  tls.connecting = true;
  const begin = () => {
    if (tls.destroyed) return;
    const raw = socket._handle;
    const early = socket.read();
    socket._handle = null;
    tls._raw = socket;
    tls._handle = secured(tls, raw);
    tls.connecting = false;
    adopt(tls);
    tls.emit('connect');
    if (early !== null) tls._handle?.feed(early);
    if (tls.readable && !tls.isPaused()) tls.read(0);
  };
  socket.on('error', (/** @type {any} */ error) => tls.destroy(error));
  tls.on('close', () => socket.destroy());
  if (socket._handle instanceof TlsHandle) throw unsupported('TLS within TLS');
  if (socket.connecting) socket.once('connect', () => process.nextTick(begin));
  else if (socket._handle) process.nextTick(begin);
  else process.nextTick(() => tls.destroy(require('internal/net/errors').socketClosed()));
}

/** @this {any} */
TLSSocket.prototype.getProtocol = function getProtocol() {
  return this._handle?.facts.protocol ?? null;
};

/** @this {any} */
TLSSocket.prototype.getCipher = function getCipher() {
  const name = this._handle?.facts.cipher;
  return name ? { name, standardName: name, version: this.getProtocol() } : {};
};

/** @this {any} @param {string} name */
TLSSocket.prototype.setServername = function setServername(name) {
  if (typeof name !== 'string') throw invalidArgType('name', 'string', name);
  this._settings.name = name;
};

TLSSocket.prototype.isSessionReused = () => false;
TLSSocket.prototype.getSession = () => undefined;
TLSSocket.prototype.getTLSTicket = () => undefined;
for (const name of [
  'getPeerCertificate', 'getPeerX509Certificate', 'getCertificate', 'getX509Certificate', 'getFinished', 'getPeerFinished',
  'getEphemeralKeyInfo', 'getSharedSigalgs', 'renegotiate', 'setMaxSendFragment', 'exportKeyingMaterial', 'enableTrace',
  'setSession',
]) {
  TLSSocket.prototype[name] = () => { throw unsupported(`TLSSocket.${name}`); };
}
TLSSocket.prototype.disableRenegotiation = () => {};

/** @param {...any} args */
function connect(...args) {
  let [options, callback] = normalizeArguments(args);
  // connect(port, host, options)
  const extra = args.slice(1).find((one) => typeof one === 'object' && one !== null);
  options = { ...options, ...extra };
  const tls = new /** @type {any} */ (TLSSocket)(options.socket, options);
  if (callback !== null) tls.once('secureConnect', callback);
  tls.servername = options.servername || (options.host && !net.isIP(options.host) ? options.host : null);
  if (!options.socket) {
    tls._settings = settingsOf(options);
    if (options.timeout) tls.setTimeout(options.timeout);
    tls.connect(options);
  }
  return tls;
}

/** @returns {never} */
const noServer = () => { throw unsupported('A TLS server'); };

class Server {
  constructor() { noServer(); }
}

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_CIPHERS: 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256',
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION,
  DEFAULT_MAX_VERSION,
  SecureContext,
  Server,
  TLSSocket,
  connect,
  createSecureContext,
  createServer: noServer,
  checkServerIdentity: () => { throw unsupported('tls.checkServerIdentity'); },
  getCiphers: () => { throw unsupported('tls.getCiphers'); },
  get rootCertificates() { throw unsupported('tls.rootCertificates'); },
};
