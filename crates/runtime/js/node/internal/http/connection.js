// One connection of a server: requests one after the other, each with its response.
//
// The next request is looked at when the response to the one before was sent. What came of it
// until then is one chunk, and the socket is paused: a client cannot make requests pile up.
'use strict';

const { codedError } = require('internal/errors');
const { IncomingMessage, setHead, kWanted } = require('internal/http/incoming');
const { MAX_HEADER_SIZE, connectionReset, parseError } = require('internal/http/common');

const { Buffer } = globalThis;
const binding = internalBinding('http');

class Connection {
  /** The request that is being read or answered. @type {any} */
  request = null;
  /** Its response, while it is not sent. @type {any} */
  response = null;
  /** When the first byte of the request came, and its last header. */
  startedAt = 0;
  headAt = 0;
  /** Whether anything was read since the last response. */
  idle = true;
  #server;
  #socket;
  #parser;
  /** What was not looked at yet. @type {Uint8Array | null} */
  #rest = null;
  #running = false;
  #detached = false;
  #requests = 0;

  /** @param {any} server @param {any} socket */
  constructor(server, socket) {
    this.#server = server;
    this.#socket = socket;
    this.#parser = binding.parser(true, server.maxHeaderSize ?? MAX_HEADER_SIZE);
    this.startedAt = Date.now();
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('error', this.#onError);
    socket.on('close', this.#onClose);
    socket.on('drain', this.#onDrain);
    socket.on('timeout', this.#onTimeout);
    if (server.timeout) socket.setTimeout(server.timeout);
  }

  #onData = (/** @type {Uint8Array} */ chunk) => {
    if (this.idle && this.request === null) {
      this.idle = false;
      this.startedAt = Date.now();
      this.headAt = 0;
      this.#socket.setTimeout(this.#server.timeout || 0);
    }
    this.#rest = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#run();
  };

  /** Takes in what there is, as far as it may. */
  #run() {
    if (this.#running) return;
    this.#running = true;
    try {
      let offset = 0;
      while (this.#rest !== null && !this.#detached) {
        if (this.request?.complete && this.response !== null) {
          // The next request has to wait.
          if (offset < this.#rest.length) {
            this.#rest = this.#rest.subarray(offset);
            this.#socket.pause();
          } else {
            this.#rest = null;
          }
          return;
        }
        const chunk = this.#rest;
        const event = this.#parser.next(chunk, offset);
        offset = event[1];
        if (event[0] === 0) this.#rest = null;
        else this.#take(event, chunk, offset);
      }
    } finally {
      this.#running = false;
    }
  }

  /** @param {any[]} event @param {Uint8Array} chunk @param {number} offset */
  #take(event, chunk, offset) {
    switch (event[0]) {
      case 1:
        this.headAt = Date.now();
        this.#onHead(event, chunk.subarray(offset));
        break;
      case 2:
        if (!this.request._dumped && !this.request.push(chunk.subarray(event[2], offset))) this.#socket.pause();
        break;
      case 3:
        this.request.rawTrailers = event[2];
        this.request.complete = true;
        this.request.push(null);
        // Its response may have been sent before.
        if (this.response === null) this.#next();
        break;
      default:
        this.#rest = null;
        this.#fail(parseError(event[2], event[3], offset, chunk));
    }
  }

  /** @param {any[]} event @param {Uint8Array} head what followed the head */
  #onHead(event, head) {
    const server = this.#server;
    const socket = this.#socket;
    const Request = server[kIncomingMessage];
    const Response = server[kServerResponse];
    const request = new Request(socket);
    setHead(request, event);
    request.method = event[3];
    request.url = event[4];
    request.joinDuplicateHeaders = server.joinDuplicateHeaders;
    request[kWanted] = () => { if (!this.#detached) socket.resume(); };
    const [, , , , , , keepAlive, upgrade] = event;
    if (upgrade) {
      request.upgrade = request.method === 'CONNECT' || server.listenerCount('upgrade') > 0;
      if (request.upgrade) return this.#handOver(request, head);
    }
    this.request = request;
    const response = new Response(request, { highWaterMark: socket.writableHighWaterMark });
    response._keepAliveTimeout = server.keepAliveTimeout;
    response._maxRequestsPerSocket = server.maxRequestsPerSocket;
    response.shouldKeepAlive = keepAlive;
    this.response = response;
    response.assignSocket(socket);
    response.on('finish', () => this.#onSent(response));
    this.#requests++;
    this.#dispatch(request, response);
  }

  /** @param {any} request @param {any} response */
  #dispatch(request, response) {
    const server = this.#server;
    if (request.httpVersionMinor === 1 && server.requireHostHeader && request.headers.host === undefined) {
      response.writeHead(400, ['Connection', 'close']);
      response.end();
      return;
    }
    const most = server.maxRequestsPerSocket;
    if (most > 0 && this.#requests >= most) {
      response.maxRequestsOnConnectionReached = true;
      if (this.#requests > most) {
        server.emit('dropRequest', request, this.#socket);
        response.writeHead(503);
        response.end();
        return;
      }
    }
    const { expect } = request.headers;
    if (expect === undefined || request.httpVersionMinor === 0) {
      server.emit('request', request, response);
    } else if (/(?:^|\W)100-continue(?:$|\W)/i.test(expect)) {
      response._expect_continue = true;
      if (server.listenerCount('checkContinue') > 0) {
        server.emit('checkContinue', request, response);
      } else {
        response.writeContinue();
        server.emit('request', request, response);
      }
    } else if (server.listenerCount('checkExpectation') > 0) {
      server.emit('checkExpectation', request, response);
    } else {
      response.writeHead(417);
      response.end();
    }
  }

  /** The socket is the app's from here on. @param {any} request @param {Uint8Array} head */
  #handOver(request, head) {
    const server = this.#server;
    const socket = this.#socket;
    const event = request.method === 'CONNECT' ? 'connect' : 'upgrade';
    this.#detach();
    request.complete = true;
    request.push(null);
    if (server.listenerCount(event) === 0) {
      socket.destroy();
      return;
    }
    socket.pause();
    socket.readableFlowing = null;
    server.emit(event, request, socket, Buffer.from(head));
  }

  #detach() {
    this.#detached = true;
    this.#rest = null;
    const socket = this.#socket;
    socket.off('data', this.#onData);
    socket.off('end', this.#onEnd);
    socket.off('error', this.#onError);
    socket.off('close', this.#onClose);
    socket.off('drain', this.#onDrain);
    socket.off('timeout', this.#onTimeout);
    socket.setTimeout(0);
    this.#server[kConnections].delete(this);
  }

  /** @param {any} response */
  #onSent(response) {
    const socket = this.#socket;
    const request = this.request;
    if (!request._consumed) request._dump();
    response.detachSocket(socket);
    this.response = null;
    process.nextTick(() => {
      response.destroyed = true;
      response._closed = true;
      response.emit('close');
    });
    if (response._last) {
      socket.destroySoon();
      return;
    }
    // A body that nobody wants any more is read to its end, for the sake of the next request.
    if (request.complete) this.#next();
    socket.resume();
  }

  /** Request and response are done. */
  #next() {
    this.request = null;
    this.idle = this.#rest === null;
    if (this.idle) {
      if (this.#server.keepAliveTimeout && !this.#socket.destroyed) this.#socket.setTimeout(this.#server.keepAliveTimeout);
      if (this.#closing) this.#socket.end();
      return;
    }
    this.startedAt = Date.now();
    this.headAt = 0;
    this.#run();
  }

  #closing = false;

  #onEnd = () => {
    const event = this.#parser.finish();
    if (event[0] === -1) {
      this.#fail(parseError(event[2], event[3], 0));
      return;
    }
    this.#closing = true;
    if (this.#rest !== null && this.request !== null) return;
    if (!this.#server.httpAllowHalfOpen) {
      this.#abort();
      this.#socket.end();
    } else if (this.response !== null) {
      this.response._last = true;
    } else {
      this.#socket.end();
    }
  };

  #onError = (/** @type {any} */ error) => this.#fail(error);

  /** @param {any} error */
  #fail(error) {
    const socket = this.#socket;
    // One failure is told once: nothing more is read, and later errors find nobody.
    this.#detached = true;
    this.#rest = null;
    socket.off('data', this.#onData);
    socket.off('end', this.#onEnd);
    socket.off('error', this.#onError);
    socket.resume();
    if (socket.listenerCount('error') === 0) socket.on('error', () => {});
    if (!this.#server.emit('clientError', error, socket)) {
      if (socket.writable && (!socket._httpMessage || !socket._httpMessage._headerSent)) {
        socket.write(`HTTP/1.1 ${statusOf(error.code)}\r\nConnection: close\r\n\r\n`, 'latin1');
      }
      socket.destroy(error);
    }
  }

  #abort() {
    const request = this.request;
    if (request !== null && !request.complete) request.destroy(connectionReset('aborted'));
  }

  #onClose = () => {
    this.#rest = null;
    this.#server[kConnections].delete(this);
    const request = this.request;
    if (request !== null && (!request.complete || !request.readableEnded)) {
      request.destroy(connectionReset('aborted'));
    }
  };

  #onDrain = () => {
    const response = this.response;
    if (response !== null && response[require('internal/http/outgoing').kNeedDrain] && !response.finished) {
      response[require('internal/http/outgoing').kNeedDrain] = false;
      response.emit('drain');
    }
  };

  #onTimeout = () => {
    const socket = this.#socket;
    const request = this.request;
    const byRequest = request !== null && !request.complete && request.emit('timeout', socket);
    const byResponse = this.response !== null && this.response.emit('timeout', socket);
    if (!this.#server.emit('timeout', socket) && !byRequest && !byResponse) socket.destroy();
  };

  /** Ends the connection when its request takes too long. @param {number} now */
  check(now) {
    const { headersTimeout, requestTimeout } = this.#server;
    const waits = !this.idle && (this.request === null || !this.request.complete);
    if (!waits) return;
    const since = now - this.startedAt;
    if ((headersTimeout > 0 && this.headAt === 0 && since >= headersTimeout) ||
        (requestTimeout > 0 && since >= requestTimeout)) {
      this.#fail(codedError(Error, 'ERR_HTTP_REQUEST_TIMEOUT', 'Request timeout'));
    }
  }

  destroy() { this.#socket.destroy(); }
}

/** @param {string} code */
function statusOf(code) {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW': return '431 Request Header Fields Too Large';
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW': return '413 Payload Too Large';
    case 'ERR_HTTP_REQUEST_TIMEOUT': return '408 Request Timeout';
    default: return '400 Bad Request';
  }
}

const kConnections = Symbol('http.server.connections');
const kIncomingMessage = Symbol('IncomingMessage');
const kServerResponse = Symbol('ServerResponse');

module.exports = { Connection, IncomingMessage, kConnections, kIncomingMessage, kServerResponse };
