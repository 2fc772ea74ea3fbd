// ChildProcess and spawn.
'use strict';

const binding = internalBinding('child');
const EventEmitter = require('events');
const { bind } = require('internal/async_context');
const { AbortError, checkObject, checkString } = require('internal/errors');
const { ChildPipe } = require('internal/child_pipe');
const {
  checkAbortSignal, checkTimeout, killSignal, signalName, signalNumber, spawnArguments, spawnError, stdioSources, systemError,
} = require('internal/child_options');

/** Failures that are told by an 'error' event. Any other is thrown. */
const TOLD = new Set(['EACCES', 'EAGAIN', 'EMFILE', 'ENFILE', 'ENOENT']);

class ChildProcess extends EventEmitter {
  /** @type {any} */
  #native = null;
  /** How many ends are needed before 'close': the child's own and one for each pipe. */
  #open = 1;

  constructor() {
    super();
    /** @type {any} */
    this._handle = null;
    this.connected = false;
    /** @type {string | null} */
    this.signalCode = null;
    /** @type {number | null} */
    this.exitCode = null;
    this.killed = false;
    /** @type {string | null} */
    this.spawnfile = null;
    /** @type {string[] | null} */
    this.spawnargs = null;
    /** @type {number | undefined} */
    this.pid = undefined;
    /** @type {any} */
    this.stdin = undefined;
    /** @type {any} */
    this.stdout = undefined;
    /** @type {any} */
    this.stderr = undefined;
    /** @type {any[]} */
    this.stdio = [];
  }

  /** @param {any} options */
  spawn(options) {
    checkObject(options, 'options');
    checkString(options.file, 'options.file');
    const [, ...args] = options.args ?? [];
    const { plan } = spawnArguments(options.file, args, { ...options, shell: false });
    return this.start(plan, stdioSources(options.stdio || 'pipe', false));
  }

  /** @param {import('./child_options.js').Plan} plan @param {any[]} stdio */
  start(plan, stdio) {
    this.spawnfile = plan.file;
    this.spawnargs = [plan.argv0 ?? plan.file, ...plan.args];
    const given = stdio.map((one) => one?._handle ?? one);
    const ended = bind((/** @type {any} */ code, /** @type {any} */ signal) => this.#ended(code, signal));
    const started = binding.spawn({ ...plan, stdio: given }, ended);
    const failed = typeof started === 'number';
    if (failed) {
      const error = spawnError(started, 'spawn', plan.file, plan.args);
      if (!TOLD.has(error.code)) throw systemError(started, 'spawn');
      process.nextTick(() => {
        this.exitCode = started;
        this.stdin?.destroy();
        this.emit('error', error);
        this.#afterEnd();
      });
    } else {
      this.#native = started;
      this.pid = started.pid;
      process.nextTick(() => this.emit('spawn'));
    }
    // The other child reads it from now on.
    for (const one of stdio) if (one instanceof ChildPipe) one.destroy();
    this.stdio = stdio.map((source, number) => {
      if (source !== 'pipe') return null;
      const pipe = new ChildPipe(failed ? null : started.pipes[number], number);
      if (number > 0) {
        this.#open++;
        pipe.on('close', () => this.#closed());
      }
      return pipe;
    });
    [this.stdin, this.stdout, this.stderr] = this.stdio;
    return failed ? started : 0;
  }

  /** @param {number | null} code @param {number | null} signal */
  #ended(code, signal) {
    this.#native = null;
    if (signal == null) this.exitCode = code ?? null;
    else this.signalCode = signalName(signal);
    this.stdin?.destroy();
    this.emit('exit', this.exitCode, this.signalCode);
    this.#afterEnd();
  }

  /** What nobody reads is read to its end, so that the pipes close. */
  #afterEnd() {
    process.nextTick(() => {
      for (const stream of this.stdio) if (stream?.readable) stream.resume();
    });
    this.#closed();
  }

  #closed() {
    if (--this.#open === 0) this.emit('close', this.exitCode ?? null, this.signalCode);
  }

  /** @param {string | number} [signal] */
  kill(signal) {
    const number = signalNumber(signal === undefined ? 'SIGTERM' : signal);
    // Once it was waited for, its number may be another process's.
    if (this.#native === null) return false;
    const errno = binding.kill(this.pid, number);
    if (errno === 0) {
      this.killed = true;
      return true;
    }
    const error = systemError(-errno, 'kill');
    if (error.code === 'EINVAL' || error.code === 'ENOSYS') throw error;
    if (error.code !== 'ESRCH') this.emit('error', error);
    return false;
  }

  ref() { this.#native?.ref(); }
  unref() { this.#native?.unref(); }

  [Symbol.dispose]() {
    if (!this.killed) this.kill();
  }
}

/** @param {ChildProcess} child @param {AbortSignal} signal @param {number} number */
function killOnAbort(child, signal, number) {
  const abort = () => {
    try {
      if (child.kill(number)) child.emit('error', new AbortError(undefined, { cause: signal.reason }));
    } catch (error) {
      child.emit('error', error);
    }
  };
  if (signal.aborted) {
    process.nextTick(abort);
    return;
  }
  signal.addEventListener('abort', abort, { once: true });
  child.once('exit', () => signal.removeEventListener('abort', abort));
}

/** @param {string} file @param {any} [args] @param {any} [given] */
function spawn(file, args, given) {
  const { plan, options } = spawnArguments(file, args, given);
  const { timeout, signal } = options;
  checkTimeout(timeout);
  checkAbortSignal(signal, 'options.signal');
  const number = killSignal(options.killSignal);
  const stdio = stdioSources(options.stdio || 'pipe', false);
  const child = new ChildProcess();
  child.start(plan, stdio);
  if (timeout > 0) {
    const timer = setTimeout(() => {
      try {
        child.kill(number);
      } catch (error) {
        child.emit('error', error);
      }
    }, timeout);
    child.once('exit', () => clearTimeout(timer));
  }
  if (signal) killOnAbort(child, signal, number);
  return child;
}

module.exports = { ChildProcess, spawn };
