'use strict';
// What Node's `fs` has from native code in the main process, in a renderer that may have Node.
//
// Each request is performed at once, in the page's thread: a web process has no other that could
// wait. The callback and promise forms answer in a task of their own all the same.

const createSchedule = require('./tasks.js');

/** @type {((task: () => void) => void) | undefined} */
let schedule;

/**
 * The reply, or throws an error as Node words it.
 * @param {string} operation
 * @param {string | null} path
 * @param {string | null} other
 * @param {number[]} numbers
 * @param {Uint8Array} [bytes]
 */
function call(operation, path, other, numbers, bytes) {
  // Native code pins the bytes that it is given, so it gets a copy.
  const copy = bytes === undefined ? undefined : new Uint8Array(bytes);
  const reply = native.fileCall(operation, path ?? '', other ?? '', JSON.stringify(numbers), copy);
  if (typeof reply !== 'string') return reply?.slice();
  const [kind, text] = [reply[0], reply.slice(1)];
  if (kind === 't') return text;
  if (kind === 'j') return JSON.parse(text);
  throw systemError(JSON.parse(text));
}

/** @param {any} failure */
function systemError({ message, errno, code, syscall, path, dest }) {
  const error = Object.assign(new Error(message), { errno, code, syscall });
  if (path !== undefined) Object.assign(error, { path });
  if (dest !== undefined) Object.assign(error, { dest });
  return error;
}

/**
 * Calls back with error and reply.
 * @param {(error: any, reply?: any) => void} callback
 * @param {Parameters<typeof call>} request
 */
function start(callback, ...request) {
  /** @type {[any, any?]} */
  let outcome;
  try {
    outcome = [null, call(...request)];
  } catch (error) {
    outcome = [error];
  }
  schedule ??= createSchedule();
  schedule(() => callback(...outcome));
}

module.exports = { call, start };
