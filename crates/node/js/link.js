// The way to the shell: requests on one pipe, answers on another, what happens on a socket.
'use strict';

const fs = require('fs');
const { Socket } = require('net');
const { Parser, encode } = require('host/wire');

/** The file descriptors that the shell handed over. @type {{ events: number, requests: number, answers: number }} */
const pipes = internalBinding('pipes');

/** @typedef {import('host/wire').Request} Request */

/**
 * Sends a request. It is read in order with all others; the shell never waits for this process, so
 * a pipe that is full has room again soon.
 * @param {Request} request
 */
function send(request) {
  for (const piece of encode(request)) {
    let at = 0;
    while (at < piece.length) at += retried(() => fs.writeSync(pipes.requests, piece, at));
  }
}

/**
 * Sends a request and waits for its answer, which is JSON.
 * @param {Request} request
 * @returns {any}
 */
function call(request) {
  send(request);
  const head = receive(8);
  const text = receive(head.readUInt32LE(0)).toString();
  if (head.readUInt32LE(4) !== 0) throw new Error(text);
  return JSON.parse(text);
}

/** @param {number} length */
function receive(length) {
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  while (at < length) {
    const count = retried(() => fs.readSync(pipes.answers, bytes, at, length - at, null));
    if (count === 0) shellGone();
    at += count;
  }
  return bytes;
}

/**
 * A signal may end a system call that waits.
 * @param {() => number} transfer
 */
function retried(transfer) {
  for (;;) {
    try {
      return transfer();
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code === 'EPIPE') shellGone();
      if (code !== 'EINTR') throw error;
    }
  }
}

/**
 * Nobody is left to show a window or to hear about it.
 * @returns {never}
 */
function shellGone() {
  /** @type {any} */ (process).reallyExit(1);
  throw new Error('unreachable');
}

/**
 * Gives every message of the shell to `take`, as a task of its own: what it leaves in the queues of
 * microtasks and process.nextTick runs before the next message.
 * @param {(message: import('host/wire').Message) => void} take
 */
function listen(take) {
  const { _tickCallback: runTasks } = /** @type {any} */ (process);
  const parser = new Parser((message) => {
    try {
      take(message);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
    runTasks.call(process);
  });
  const onread = {
    buffer: Buffer.allocUnsafeSlow(256 << 10),
    /** @param {number} count @param {Uint8Array} buffer */
    callback(count, buffer) {
      parser.push(/** @type {Buffer} */ (buffer).subarray(0, count));
      return true;
    },
  };
  const socket = new Socket(/** @type {any} */ ({ fd: pipes.events, readable: true, writable: false, onread }));
  socket.on('end', shellGone);
  socket.on('error', shellGone);
}

module.exports = { call, listen, send };
