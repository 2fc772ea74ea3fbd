// A request and its response on one socket, as the client sees them.
'use strict';

const { IncomingMessage, setHead, joined, kWanted } = require('internal/http/incoming');
const { MAX_HEADER_SIZE, connectionReset, parseError } = require('internal/http/common');
const { kNeedDrain } = require('internal/http/outgoing');

const { Buffer } = globalThis;
const binding = internalBinding('http');

class Exchange {
  #request;
  #socket;
  #parser;
  /** @type {any} */
  #response = null;
  #keepAlive = true;
  #done = false;

  /** @param {any} request @param {any} socket */
  constructor(request, socket) {
    this.#request = request;
    this.#socket = socket;
    this.#parser = binding.parser(false, request.maxHeaderSize || MAX_HEADER_SIZE);
    request.socket = socket;
    socket._httpMessage = request;
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('error', this.#onError);
    socket.on('close', this.#onClose);
    socket.on('drain', this.#onDrain);
    request.once('finish', this.#onSent);
  }

  #onData = (/** @type {Uint8Array} */ chunk) => {
    let offset = 0;
    while (!this.#done) {
      const event = this.#parser.next(chunk, offset);
      offset = event[1];
      switch (event[0]) {
        case 0: return;
        case 1: this.#onHead(event, chunk.subarray(offset)); break;
        case 2:
          if (!this.#response._dumped && !this.#response.push(chunk.subarray(event[2], offset))) this.#socket.pause();
          break;
        case 3: this.#onComplete(event[2]); break;
        default:
          this.#fail(parseError(event[2], event[3], offset, chunk));
          return;
      }
    }
  };

  /** @param {any[]} event @param {Uint8Array} rest */
  #onHead(event, rest) {
    const request = this.#request;
    const status = event[3];
    const connects = request.method === 'CONNECT';
    if (status === 101 ? event[7] : connects) return this.#handOver(this.#message(event), rest);
    if (status >= 100 && status < 200) {
      if (status === 100) request.emit('continue');
      request.emit('information', {
        statusCode: status, statusMessage: event[4], httpVersion: `1.${event[2]}`,
        httpVersionMajor: 1, httpVersionMinor: event[2], headers: joined(event[5], false), rawHeaders: event[5],
      });
      return;
    }
    const response = this.#message(event);
    this.#response = request.res = response;
    if (request.method === 'HEAD') this.#parser.withoutBody();
    this.#keepAlive = event[6] || (request.method === 'HEAD' && !/close/i.test(response.headers.connection ?? ''));
    if (request.shouldKeepAlive && !this.#keepAlive) request.shouldKeepAlive = false;
    response.on('end', this.#onRead);
    response[kWanted] = () => { if (!this.#done) this.#socket.resume(); };
    if (request.aborted || !request.emit('response', response)) response._dump();
  }

  /** @param {any[]} event */
  #message(event) {
    const request = this.#request;
    const response = new /** @type {any} */ (IncomingMessage)(this.#socket);
    setHead(response, event);
    response.statusCode = event[3];
    response.statusMessage = event[4];
    response.joinDuplicateHeaders = request.joinDuplicateHeaders;
    response.req = request;
    return response;
  }

  /** @param {string[]} trailers */
  #onComplete(trailers) {
    const response = this.#response;
    // The end of an interim response.
    if (response === null || response.complete) return;
    response.rawTrailers = trailers;
    response.complete = true;
    response.push(null);
  }

  /** The response was read to its end. */
  #onRead = () => {
    const request = this.#request;
    request._ended = true;
    if (!request.shouldKeepAlive) {
      if (this.#socket.writable) this.#socket.destroySoon();
    } else if (request.writableFinished && !request.aborted) {
      this.#release();
    }
  };

  /** The request was sent. */
  #onSent = () => {
    const request = this.#request;
    if (request.shouldKeepAlive && request._ended && !this.#done) this.#release();
  };

  #detach() {
    this.#done = true;
    const socket = this.#socket;
    socket.off('data', this.#onData);
    socket.off('end', this.#onEnd);
    socket.off('error', this.#onError);
    socket.off('close', this.#onClose);
    socket.off('drain', this.#onDrain);
    if (this.#request._onTimeout) socket.off('timeout', this.#request._onTimeout);
  }

  /** Gives the socket back to the agent. */
  #release() {
    const request = this.#request;
    const socket = this.#socket;
    if (this.#done) return;
    this.#detach();
    if (request._onTimeout) socket.setTimeout(0);
    request.destroyed = true;
    process.nextTick(() => {
      request._closed = true;
      request.emit('close');
      socket.emit('free');
      // Somebody must notice when the server closes it.
      if (!socket.destroyed) socket.resume();
    });
  }

  /** The socket is the app's from here on. @param {any} response @param {Uint8Array} head */
  #handOver(response, head) {
    const request = this.#request;
    const socket = this.#socket;
    request.res = response;
    response.upgrade = true;
    response.complete = true;
    response.push(null);
    const event = request.method === 'CONNECT' ? 'connect' : 'upgrade';
    if (request.listenerCount(event) === 0) {
      request.destroy();
      return;
    }
    this.#detach();
    request.upgradeOrConnect = true;
    socket.emit('agentRemove');
    socket._httpMessage = null;
    socket.pause();
    socket.readableFlowing = null;
    request.emit(event, response, socket, Buffer.from(head));
    request.destroyed = true;
    request._closed = true;
    request.emit('close');
  }

  #onEnd = () => {
    const request = this.#request;
    if (this.#response === null && !this.#socket._hadError) {
      this.#socket._hadError = true;
      request.emit('error', connectionReset('socket hang up'));
    }
    const event = this.#parser.finish();
    if (event[0] === 3) this.#onComplete(event[2]);
    this.#socket.end();
  };

  /** @param {any} error */
  #fail(error) {
    this.#socket.off('error', this.#onError);
    this.#socket.on('error', () => {});
    this.#socket.off('data', this.#onData);
    this.#socket._hadError = true;
    this.#socket.destroy();
    this.#request.emit('error', error);
  }

  #onError = (/** @type {any} */ error) => {
    this.#socket._hadError = true;
    this.#request.emit('error', error);
    this.#socket.off('data', this.#onData);
    this.#socket.off('end', this.#onEnd);
    this.#socket.destroy();
  };

  #onClose = () => {
    const request = this.#request;
    const response = this.#response;
    request.destroyed = true;
    this.#done = true;
    if (response !== null) {
      // A body without a length ends with the connection.
      if (!response.complete && !this.#socket._hadError) {
        const event = this.#parser.finish();
        if (event[0] === 3) this.#onComplete(event[2]);
      }
      if (!response.complete) response.destroy(connectionReset('aborted'));
      request._closed = true;
      request.emit('close');
      if (!response.aborted && response.readable && !response.complete) response.push(null);
    } else {
      if (!this.#socket._hadError) {
        this.#socket._hadError = true;
        request.emit('error', connectionReset('socket hang up'));
      }
      request._closed = true;
      request.emit('close');
    }
    request.outputData = [];
    request.outputSize = 0;
  };

  #onDrain = () => {
    const request = this.#request;
    if (request[kNeedDrain] && !request.finished) {
      request[kNeedDrain] = false;
      request.emit('drain');
    }
  };
}

module.exports = { Exchange };
