// exec and execFile: a child whose output is collected for a callback.
'use strict';

const { Buffer } = require('buffer');
const { spawn } = require('internal/child_spawn');
const { checkFunction, checkObject, checkString, codedError } = require('internal/errors');
const { checkMaxBuffer, checkNoNull, checkTimeout, killSignal } = require('internal/child_options');

/** The options of a command for a shell. @param {any} command @param {any} options */
function shellOptions(command, options) {
  checkString(command, 'command');
  checkNoNull(command, 'command');
  return { ...options, shell: typeof options?.shell === 'string' ? options.shell : true };
}

/** file, args and options in the forms that execFile takes. @param {any} args @param {any} options
 * @param {any} callback */
function fileArguments(args, options, callback) {
  if (Array.isArray(args)) args = args.slice();
  else if (args !== null && typeof args === 'object') [callback, options, args] = [options, args, null];
  else if (typeof args === 'function') [callback, options, args] = [args, null, null];
  args ??= [];
  if (typeof options === 'function') [callback, options] = [options, {}];
  else if (options != null) checkObject(options, 'options');
  if (callback != null) checkFunction(callback, 'callback');
  return { args, options: options ?? {}, callback };
}

/** What one of the child's outputs gave, up to a limit of bytes. Bounded by maxBuffer. */
class Collected {
  /** @type {any[]} */
  #chunks = [];
  #length = 0;
  #stream;

  /** @param {any} stream @param {any} encoding @param {number} most @param {() => void} overflow */
  constructor(stream, encoding, most, overflow) {
    this.#stream = stream;
    if (!stream) return;
    if (encoding) stream.setEncoding(encoding);
    stream.on('data', (/** @type {any} */ chunk) => {
      const current = stream.readableEncoding;
      const length = current ? Buffer.byteLength(chunk, current) : chunk.length;
      this.#length += length;
      if (this.#length <= most) {
        this.#chunks.push(chunk);
        return;
      }
      this.#chunks.push(chunk.slice(0, most - (this.#length - length)));
      overflow();
    });
  }

  /** @param {boolean} text */
  all(text) {
    return text || this.#stream?.readableEncoding ? this.#chunks.join('') : Buffer.concat(this.#chunks);
  }

  destroy() {
    this.#stream?.destroy();
  }
}

/** @param {string} file @param {any} [argsGiven] @param {any} [optionsGiven] @param {any} [callbackGiven] */
function execFile(file, argsGiven, optionsGiven, callbackGiven) {
  const { args, options: given, callback } = fileArguments(argsGiven, optionsGiven, callbackGiven);
  const options = { encoding: 'utf8', timeout: 0, maxBuffer: 1024 * 1024, cwd: null, env: null, shell: false, ...given };
  checkTimeout(options.timeout);
  checkMaxBuffer(options.maxBuffer);
  const signal = killSignal(options.killSignal);
  const child = spawn(file, args, {
    cwd: options.cwd, env: options.env, gid: options.gid, shell: options.shell, signal: options.signal, uid: options.uid,
    windowsHide: Boolean(options.windowsHide), argv0: options.argv0,
  });
  const encoding = options.encoding !== 'buffer' && Buffer.isEncoding(options.encoding) ? options.encoding : null;
  const most = options.maxBuffer ?? Infinity;
  let [killed, exited] = [false, false];
  /** @type {any} */
  let error = null;
  /** @type {any} */
  let timer;

  const stdout = new Collected(child.stdout, encoding, most, () => overflow('stdout'));
  const stderr = new Collected(child.stderr, encoding, most, () => overflow('stderr'));

  /** @param {string} name */
  function overflow(name) {
    error = codedError(RangeError, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER', `${name} maxBuffer length exceeded`);
    kill();
  }

  function kill() {
    stdout.destroy();
    stderr.destroy();
    killed = true;
    try {
      child.kill(signal);
    } catch (failure) {
      error ??= failure;
      ended(null, null);
    }
  }

  /** @param {number | null} code @param {string | null} name of the signal */
  function ended(code, name) {
    if (exited) return;
    exited = true;
    clearTimeout(timer);
    if (!callback) return;
    const [out, err] = [stdout.all(Boolean(encoding)), stderr.all(Boolean(encoding))];
    if (!error && code === 0 && name === null) {
      callback(null, out, err);
      return;
    }
    const command = [file, ...args].join(' ');
    if (!error) {
      error = new Error(`Command failed: ${command}\n${err}`);
      Object.assign(error, { code, killed: child.killed || killed, signal: name });
    }
    error.cmd = command;
    callback(error, out, err);
  }

  if (options.timeout > 0) timer = setTimeout(kill, options.timeout);
  child.on('close', ended);
  child.on('error', (/** @type {any} */ failure) => {
    error = failure;
    stdout.destroy();
    stderr.destroy();
    ended(null, null);
  });
  return child;
}

/** @param {string} command @param {any} [options] @param {any} [callback] */
function exec(command, options, callback) {
  if (typeof options === 'function') [callback, options] = [options, undefined];
  return execFile(command, shellOptions(command, options), callback);
}

for (const start of [exec, execFile]) {
  Object.defineProperty(start, Symbol.for('nodejs.util.promisify.custom'), {
    enumerable: false,
    value: (/** @type {any[]} */ ...args) => {
      let child;
      const promise = new Promise((resolve, reject) => {
        child = /** @type {any} */ (start)(...args, (/** @type {any} */ error, /** @type {any} */ stdout, /** @type {any} */ stderr) => {
          if (error === null) resolve({ stdout, stderr });
          else reject(Object.assign(error, { stdout, stderr }));
        });
      });
      return Object.assign(promise, { child });
    },
  });
}

module.exports = { exec, execFile, shellOptions };
