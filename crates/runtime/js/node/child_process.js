// child_process: spawn. The other functions say that they are not there.
'use strict';

const { EventEmitter } = require('events');
const os = require('os');

const binding = internalBinding('child');
const { Buffer, process: globalProcess } = globalThis;

/** What a child prints: 'data' with Buffers, or strings after setEncoding, then 'end' and 'close'. */
class Output extends EventEmitter {
  #encoding;

  /** @param {string} encoding */
  setEncoding(encoding) {
    if (!Buffer.isEncoding(encoding)) throw new TypeError(`Unknown encoding: ${encoding}`);
    const { StringDecoder } = require('string_decoder');
    this.#encoding = new StringDecoder(encoding);
    return this;
  }

  /** @param {Uint8Array | null} bytes */
  receive(bytes) {
    if (bytes !== null) {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      this.emit('data', this.#encoding === undefined ? chunk : this.#encoding.write(chunk));
      return;
    }
    const rest = this.#encoding?.end();
    if (rest) this.emit('data', rest);
    this.emit('end');
    this.emit('close');
  }

  pipe() {
    throw new Error("Piping a child's output is not supported by Conch's embedded engine: listen to 'data'");
  }
}

/** What a child reads. */
class Input extends EventEmitter {
  #native;

  /** @param {any} native */
  constructor(native) {
    super();
    this.#native = native;
  }

  /** @param {string | Uint8Array} chunk @param {any} [encoding] */
  write(chunk, encoding) {
    return this.#native.write(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
  }

  /** @param {string | Uint8Array} [chunk] @param {any} [encoding] */
  end(chunk, encoding) {
    if (chunk !== undefined) this.write(chunk, encoding);
    this.#native.end();
  }
}

class ChildProcess extends EventEmitter {
  /** @type {number | undefined} */
  pid;
  /** @type {number | null} */
  exitCode = null;
  /** @type {string | null} */
  signalCode = null;
  killed = false;
  /** @type {string} */
  spawnfile;
  /** @type {string[]} */
  spawnargs;
  /** @type {Input | null} */
  stdin = null;
  /** @type {Output | null} */
  stdout = null;
  /** @type {Output | null} */
  stderr = null;

  /** @param {string} file @param {string[]} args */
  constructor(file, args) {
    super();
    this.spawnfile = file;
    this.spawnargs = [file, ...args];
  }

  /** @param {string | number} [signal] */
  kill(signal = 'SIGTERM') {
    const number = typeof signal === 'number' ? signal : os.constants.signals[signal];
    if (number === undefined) throw new TypeError(`Unknown signal: ${signal}`);
    // Once it was waited for, its number may be another process's.
    if (this.pid === undefined || this.exitCode !== null || this.signalCode !== null) return false;
    this.killed = binding.kill(this.pid, number);
    return this.killed;
  }
}

const SUPPORTED = new Set(['cwd', 'env', 'stdio', 'shell', 'windowsHide']);

/**
 * @param {string} file
 * @param {any} [args]
 * @param {any} [options]
 */
function spawn(file, args, options) {
  if (!Array.isArray(args)) [args, options] = [[], args];
  options ??= {};
  if (typeof file !== 'string' || file === '') {
    throw new TypeError('The "file" argument must be of type string and not empty');
  }
  for (const name of Object.keys(options)) {
    if (!SUPPORTED.has(name) && options[name] !== undefined) throw unsupported(`spawn option '${name}'`);
  }
  const stdio = options.stdio ?? 'pipe';
  if (stdio !== 'pipe' && stdio !== 'inherit') throw unsupported(`stdio ${JSON.stringify(stdio)}`);
  if (options.shell) {
    args = ['-c', [file, ...args].join(' ')];
    file = typeof options.shell === 'string' ? options.shell : '/bin/sh';
  }
  args = args.map(String);
  const child = new ChildProcess(file, args);
  const env = options.env && Object.entries(options.env).filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)]);
  const cwd = options.cwd && String(options.cwd);
  try {
    const native = binding.spawn({ file, args, cwd, env, inherit: stdio === 'inherit' }, told);
    child.pid = native.pid;
    child.stdin = new Input(native);
    globalProcess.nextTick(() => child.emit('spawn'));
  } catch (error) {
    globalProcess.nextTick(() => child.emit('error', error));
  }
  if (stdio === 'pipe') {
    child.stdout = new Output();
    child.stderr = new Output();
  }
  return child;

  /** @param {'stdout' | 'stderr' | 'exit'} what @param {any} first @param {any} second */
  function told(what, first, second) {
    if (what !== 'exit') {
      child[what]?.receive(first);
      return;
    }
    child.exitCode = first ?? null;
    child.signalCode = second === undefined || second === null ? null : signalName(second);
    child.emit('exit', child.exitCode, child.signalCode);
    child.emit('close', child.exitCode, child.signalCode);
  }
}

/** @param {number} number */
function signalName(number) {
  const found = Object.entries(os.constants.signals).find(([, value]) => value === number);
  return found === undefined ? String(number) : found[0];
}

/** @param {string} what */
function unsupported(what) {
  return new Error(`child_process: ${what} is not supported by Conch's embedded engine`);
}

module.exports = { ChildProcess, spawn };
for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawnSync']) {
  module.exports[name] = () => { throw unsupported(name); };
}
