// What spawn and its kin take, checked as Node checks it.
'use strict';

const os = require('os');
const {
  checkAbortSignal, checkBoolean, checkObject, checkString, codedError, invalidArgType, invalidArgValue, outOfRange, unsupported,
} = require('internal/errors');
const { toPath } = require('internal/url');

/**
 * A child to be started, as the binding takes it.
 * @typedef {object} Plan
 * @property {string} file @property {string[]} args @property {string} [argv0]
 * @property {string} [cwd] @property {string[][]} env @property {any[]} stdio
 * @property {boolean} detached @property {number} [uid] @property {number} [gid]
 */

/** @param {string} value @param {string} name */
function checkNoNull(value, name) {
  if (typeof value === 'string' && value.includes('\0')) {
    throw invalidArgValue(name, value, 'must be a string without null bytes');
  }
}

/** @param {any} value @param {string} name */
function checkId(value, name) {
  if (value == null) return;
  if (!Number.isInteger(value) || value !== (value | 0)) throw invalidArgType(name, 'int32', value);
}

/** @param {any} value @param {string} name @param {(value: any, name: string) => void} check */
const checkIfGiven = (value, name, check) => { if (value != null) check(value, name); };

/** @param {any} env */
function pairs(env) {
  const out = [];
  for (const name in env) {
    const value = env[name];
    if (value === undefined) continue;
    checkNoNull(name, `options.env['${name}']`);
    checkNoNull(`${value}`, `options.env['${name}']`);
    out.push([name, `${value}`]);
  }
  return out;
}

/** @param {any} file @param {any} args @param {any} options
 * @returns {{ plan: Plan, options: any }} */
function spawnArguments(file, args, options) {
  checkString(file, 'file');
  checkNoNull(file, 'file');
  if (file.length === 0) throw invalidArgValue('file', file, 'cannot be empty');
  if (Array.isArray(args)) {
    args = args.map((one) => `${one}`);
  } else if (args == null) {
    args = [];
  } else if (typeof args !== 'object') {
    throw invalidArgType('args', 'object', args);
  } else {
    options = args;
    args = [];
  }
  args.forEach((/** @type {string} */ one, /** @type {number} */ at) => checkNoNull(one, `args[${at}]`));
  if (options === undefined) options = {};
  else checkObject(options, 'options');
  let { cwd } = options;
  if (cwd != null) {
    if (typeof cwd !== 'string' && !ArrayBuffer.isView(cwd) && !(cwd instanceof URL)) {
      throw invalidArgType('options.cwd', ['string', 'Buffer', 'URL'], cwd);
    }
    cwd = toPath(cwd, 'options.cwd');
  }
  checkIfGiven(options.detached, 'options.detached', checkBoolean);
  checkId(options.uid, 'options.uid');
  checkId(options.gid, 'options.gid');
  const { shell } = options;
  if (shell != null && typeof shell !== 'boolean' && typeof shell !== 'string') {
    throw invalidArgType('options.shell', ['boolean', 'string'], shell);
  }
  checkIfGiven(options.argv0, 'options.argv0', checkString);
  checkIfGiven(options.windowsHide, 'options.windowsHide', checkBoolean);
  checkIfGiven(options.windowsVerbatimArguments, 'options.windowsVerbatimArguments', checkBoolean);
  checkNoNull(options.argv0, 'options.argv0');
  if (shell) {
    checkNoNull(shell, 'options.shell');
    args = ['-c', [file, ...args].join(' ')];
    file = typeof shell === 'string' ? shell : '/bin/sh';
  }
  const plan = {
    file, args, argv0: options.argv0 ?? undefined, cwd: cwd ?? undefined, env: pairs(options.env || process.env), stdio: [],
    detached: Boolean(options.detached), uid: options.uid ?? undefined, gid: options.gid ?? undefined,
  };
  return { plan, options };
}

const BAD_STDIO = 'is invalid';

/** What each of the child's descriptors is: 'pipe', 'ignore', a descriptor of this process, or a
 * child's pipe. @param {any} stdio @param {boolean} sync */
function stdioSources(stdio, sync) {
  if (typeof stdio === 'string') {
    if (!['ignore', 'pipe', 'overlapped', 'inherit'].includes(stdio)) throw invalidArgValue('stdio', stdio, BAD_STDIO);
    stdio = [stdio, stdio, stdio];
  } else if (!Array.isArray(stdio)) {
    throw invalidArgValue('stdio', stdio, BAD_STDIO);
  }
  const list = Array.from(stdio);
  while (list.length < 3) list.push(undefined);
  return list.map((one, number) => stdioSource(one, number, sync));
}

/** @param {any} source @param {number} number @param {boolean} sync */
function stdioSource(source, number, sync) {
  if (source == null) return number < 3 ? 'pipe' : 'ignore';
  if (source === 'ignore') return 'ignore';
  if (source === 'pipe' || source === 'overlapped' || (typeof source === 'number' && source < 0)) return 'pipe';
  if (source === 'inherit') return number;
  if (source === 'ipc') {
    if (sync) throw codedError(Error, 'ERR_IPC_SYNC_FORK', 'IPC cannot be used with synchronous forks');
    throw unsupported("child_process: the stdio 'ipc'");
  }
  if (typeof source === 'number') return source;
  if (typeof source === 'object' || typeof source === 'function') {
    if (typeof source.fd === 'number') return source.fd;
    // A pipe of another child's.
    const handle = source.handle ?? source._handle;
    if (typeof handle?.fd === 'number') return source;
    if (handle) throw unsupported('child_process: this stream as stdio');
  }
  if (!sync && (typeof source === 'string' || ArrayBuffer.isView(source))) {
    throw codedError(TypeError, 'ERR_INVALID_SYNC_FORK_INPUT', 'Asynchronous forks do not support Buffer, TypedArray, DataView ' +
      `or string input: ${require('internal/inspect').inspect(source)}`);
  }
  throw invalidArgValue('stdio', source, BAD_STDIO);
}

/** @param {any} timeout */
function checkTimeout(timeout) {
  if (timeout != null && !(Number.isInteger(timeout) && timeout >= 0)) {
    throw outOfRange('timeout', 'an unsigned integer', timeout);
  }
}

/** @param {any} maxBuffer */
function checkMaxBuffer(maxBuffer) {
  if (maxBuffer != null && !(typeof maxBuffer === 'number' && maxBuffer >= 0)) {
    throw outOfRange('options.maxBuffer', 'a positive number', maxBuffer);
  }
}

/** The number of a signal, given as one or by name. @param {any} signal */
function signalNumber(signal) {
  const signals = /** @type {Record<string, number>} */ (/** @type {unknown} */ (os.constants.signals));
  if (typeof signal === 'number' && (signal === 0 || Object.values(signals).includes(signal))) return signal;
  if (typeof signal === 'string') {
    const found = signals[signal.toUpperCase()];
    if (found !== undefined) return found;
  }
  throw codedError(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
}

/** @param {any} signal */
function killSignal(signal) {
  if (signal === undefined || signal === null) return signalNumber('SIGTERM');
  if (typeof signal === 'string' || typeof signal === 'number') return signalNumber(signal);
  throw invalidArgType('options.killSignal', ['string', 'number'], signal);
}

/** @param {number} number */
function signalName(number) {
  const found = Object.entries(os.constants.signals).find(([, value]) => value === number);
  return found === undefined ? String(number) : found[0];
}

/** An error of the system without more words, `spawn x ENOENT`. @param {number} errno negative
 * @param {string} syscall */
function systemError(errno, syscall) {
  const [code] = internalBinding('os').describe(-errno);
  return /** @type {any} */ (Object.assign(new Error(`${syscall} ${code}`), { errno, code, syscall }));
}

/** An error about starting a program. @param {number} errno @param {string} call
 * @param {string} file @param {string[]} args */
const spawnError = (errno, call, file, args) =>
  Object.assign(systemError(errno, `${call} ${file}`), { path: file, spawnargs: args });

module.exports = {
  checkAbortSignal, checkMaxBuffer, checkNoNull, checkTimeout, killSignal, signalName, signalNumber, spawnArguments, spawnError,
  stdioSources, systemError,
};
