// fs and fs/promises: three forms of each call. The callback and promise forms run off this thread.
'use strict';

const binding = internalBinding('fs');
const { calls, readArguments, readvCall, writeArguments, writevCall } = require('internal/fs_calls');
const { Dir, opendirCall } = require('internal/fs_dir');
const values = require('internal/fs_values');
const { AbortError, checkFunction, codedError, unsupported } = require('internal/errors');
const { toPath } = require('internal/url');

/** @typedef {import('./internal/fs_calls.js').Call} Call */

/** @param {any} error the error, mended or dropped @param {Call} call */
function settle(error, call) {
  const value = call.otherwise ? call.otherwise(error) : error;
  if (value instanceof Error) throw value;
  return value;
}

/** @param {Call} call */
function perform(call) {
  let reply;
  try {
    reply = binding.call(call.operation, call.path ?? null, call.other ?? null, call.numbers ?? [], call.bytes);
  } catch (error) {
    return settle(error, call);
  }
  return call.then ? call.then(reply) : reply;
}

/** @param {Call} call @param {(error: any, value?: any) => void} callback */
function start(call, callback) {
  const { signal } = call;
  if (signal?.aborted) {
    process.nextTick(callback, new AbortError(undefined, { cause: signal.reason }));
    return;
  }
  binding.start((/** @type {any} */ error, /** @type {any} */ reply) => {
    if (signal?.aborted) error = new AbortError(undefined, { cause: signal.reason });
    let value;
    try {
      if (error) value = settle(error, call);
      else value = call.then ? call.then(reply) : reply;
    } catch (failure) {
      callback(failure);
      return;
    }
    if (value === undefined) callback(null);
    else callback(null, value);
  }, call.operation, call.path ?? null, call.other ?? null, call.numbers ?? [], call.bytes);
}

/** @param {Call} call @returns {Promise<any>} */
function promise(call) {
  return new Promise((resolve, reject) => {
    start(call, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  });
}

class FileHandle {
  #fd;

  /** @param {number} fd */
  constructor(fd) { this.#fd = fd; }
  get fd() { return this.#fd; }

  /** @param {string} name @param {any[]} args */
  #call(name, args) { return promise(calls[name](this.#fd, ...args)); }

  /** @param {...any} args */
  async appendFile(...args) { return this.#call('appendFile', args); }
  /** @param {...any} args */
  async chmod(...args) { return this.#call('fchmod', args); }
  /** @param {...any} args */
  async chown(...args) { return this.#call('fchown', args); }
  async datasync() { return this.#call('fsync', []); }
  async sync() { return this.#call('fsync', []); }
  /** @param {...any} args */
  async stat(...args) { return this.#call('fstat', args); }
  /** @param {...any} args */
  async truncate(...args) { return this.#call('ftruncate', args); }
  /** @param {...any} args */
  async utimes(...args) { return this.#call('futimes', args); }
  /** @param {...any} args */
  async readFile(...args) { return this.#call('readFile', args); }
  /** @param {...any} args */
  async writeFile(...args) { return this.#call('writeFile', args); }
  /** @param {...any} args */
  async read(...args) {
    const { buffer, call } = readArguments([this.#fd, ...args]);
    return { bytesRead: await promise(call), buffer };
  }

  /** @param {...any} args */
  async write(...args) {
    const { buffer, call } = writeArguments([this.#fd, ...args]);
    return { bytesWritten: await promise(call), buffer };
  }

  /** @param {any[]} buffers @param {any} [position] */
  async readv(buffers, position) { return { bytesRead: await promise(readvCall(this.#fd, buffers, position)), buffers }; }

  /** @param {any[]} buffers @param {any} [position] */
  async writev(buffers, position) { return { bytesWritten: await promise(writevCall(this.#fd, buffers, position)), buffers }; }

  /** @param {any} [options] */
  createReadStream(options) { return new fs.ReadStream(undefined, { ...options, fd: this }); }
  /** @param {any} [options] */
  createWriteStream(options) { return new fs.WriteStream(undefined, { ...options, fd: this }); }

  /** @param {any} [options] */
  readLines(options) {
    return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }
  readableWebStream() { throw unsupported('FileHandle.readableWebStream'); }

  async close() {
    if (this.#fd < 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    await promise(calls.close(fd));
  }

  [Symbol.asyncDispose]() { return this.close(); }
}

/** @type {any} */
const fs = {};
/** @type {any} */
const promises = {};

for (const [name, prepare] of Object.entries(calls)) {
  const sync = (/** @type {any[]} */ ...args) => perform(prepare(...args));
  const later = (/** @type {any[]} */ ...args) => {
    const callback = args.length > 1 ? args.pop() : undefined;
    checkFunction(callback, 'cb');
    start(prepare(...args), callback);
  };
  const promised = async (/** @type {any[]} */ target, /** @type {any[]} */ ...args) => {
    // This form takes no bare descriptors, but open files.
    if (typeof target === 'number') toPath(target);
    return promise(prepare(target instanceof FileHandle ? target.fd : target, ...args));
  };
  Object.defineProperty(sync, 'name', { value: `${name}Sync` });
  Object.defineProperty(later, 'name', { value: name });
  Object.defineProperty(promised, 'name', { value: name });
  fs[name] = later;
  fs[`${name}Sync`] = sync;
  promises[name] = promised;
}
for (const name of ['close', 'fchmod', 'fchown', 'fdatasync', 'fstat', 'fsync', 'ftruncate', 'futimes']) delete promises[name];
fs.realpath.native = fs.realpath;
fs.realpathSync.native = fs.realpathSync;

// Those whose forms differ -------------------------------------------------------------------

/** @param {any} target */
fs.existsSync = function existsSync(target) {
  try {
    fs.accessSync(target);
    return true;
  } catch {
    return false;
  }
};

/** @param {any} target @param {(there: boolean) => void} callback */
fs.exists = function exists(target, callback) {
  checkFunction(callback, 'cb');
  try {
    fs.access(target, (/** @type {any} */ error) => callback(!error));
  } catch {
    process.nextTick(callback, false);
  }
};
Object.defineProperty(fs.exists, Symbol.for('nodejs.util.promisify.custom'), {
  value: (/** @type {any} */ target) => new Promise((resolve) => { fs.exists(target, resolve); }),
});

/** @param {...any} args */
fs.readSync = (...args) => perform(readArguments(args).call);
/** @param {...any} args */
fs.read = (...args) => {
  const callback = args.pop();
  checkFunction(callback, 'cb');
  const { buffer, call } = readArguments(args);
  start(call, (error, count) => callback(error, count ?? 0, buffer));
};
/** @param {...any} args */
fs.writeSync = (...args) => perform(writeArguments(args).call);
/** @param {...any} args */
fs.write = (...args) => {
  const callback = args.pop();
  checkFunction(callback, 'cb');
  const { buffer, call } = writeArguments(args);
  start(call, (error, count) => callback(error, count ?? 0, buffer));
};

const kPromisifyArgs = Symbol.for('nodejs.util.promisify.args');
Object.defineProperty(fs.read, kPromisifyArgs, { value: ['bytesRead', 'buffer'] });
Object.defineProperty(fs.write, kPromisifyArgs, { value: ['bytesWritten', 'buffer'] });

for (const [name, prepare, names] of /** @type {const} */ ([['readv', readvCall, ['bytesRead', 'buffers']], ['writev', writevCall, ['bytesWritten', 'buffer']]])) {
  fs[`${name}Sync`] = (/** @type {any} */ fd, /** @type {any} */ buffers, /** @type {any} */ position) => perform(prepare(fd, buffers, position));
  fs[name] = (/** @type {any} */ fd, /** @type {any} */ buffers, /** @type {any} */ position, /** @type {any} */ callback) => {
    if (typeof position === 'function') [callback, position] = [position, null];
    checkFunction(callback, 'cb');
    start(prepare(fd, buffers, position), (error, count) => callback(error, count ?? 0, buffers));
  };
  Object.defineProperty(fs[name], kPromisifyArgs, { value: names });
}

/** @param {any} target @param {any} [options] */
fs.opendirSync = function opendirSync(target, options) { return perform(opendirCall(target, options)); };
/** @param {any} target @param {any} options @param {any} [callback] */
fs.opendir = function opendir(target, options, callback) {
  if (typeof options === 'function') [callback, options] = [options, undefined];
  checkFunction(callback, 'callback');
  start(opendirCall(target, options), callback);
};
/** @param {any} target @param {any} [options] */
promises.opendir = async function opendir(target, options) { return promise(opendirCall(target, options)); };
fs.Dir = Dir;

// Watching loads its own module at the first use.
for (const name of ['watch', 'watchFile', 'unwatchFile']) {
  fs[name] = { [name](/** @type {any[]} */ ...args) { return require('internal/fs_watch')[name](...args); } }[name];
}
/** @param {any[]} args */
promises.watch = function watch(...args) { return Reflect.apply(require('internal/fs_watch').watchChanges, undefined, args); };
promises.lchmod = async function lchmod() {
  throw codedError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The lchmod() method is not implemented');
};

/** @param {...any} args */
promises.open = async function open(...args) {
  return new FileHandle(await promise(calls.open(...args)));
};
promises.constants = values.constants;

// As streams ---------------------------------------------------------------------------------

/** @param {any} target @param {any} [options] */
fs.createReadStream = function createReadStream(target, options) { return new fs.ReadStream(target, options); };
/** @param {any} target @param {any} [options] */
fs.createWriteStream = function createWriteStream(target, options) { return new fs.WriteStream(target, options); };
// Packages put classes of their own in their place.
for (const [name, own] of [['ReadStream', 'ReadStream'], ['WriteStream', 'WriteStream'], ['FileReadStream', 'ReadStream'], ['FileWriteStream', 'WriteStream']]) {
  /** @type {any} */
  let replaced;
  Object.defineProperty(fs, name, {
    get: () => replaced ?? require('internal/fs_streams')[own],
    set(value) { replaced = value; },
    enumerable: true, configurable: true,
  });
}

// What is absent says so ---------------------------------------------------------------------

for (const name of ['openAsBlob', 'glob', 'globSync']) {
  fs[name] = () => { throw unsupported(`fs.${name}`); };
  Object.defineProperty(fs[name], 'name', { value: name });
}
promises.glob = () => { throw unsupported('fs.promises.glob'); };

/** @param {number} time seconds since 1970 */
fs._toUnixTimestamp = (time) => values.toSeconds(time, 'time');
fs.Stats = values.Stats;
fs.Dirent = values.Dirent;
fs.constants = values.constants;
for (const name of ['F_OK', 'R_OK', 'W_OK', 'X_OK']) fs[name] = /** @type {any} */ (values.constants)[name];
Object.defineProperty(fs, 'promises', { get: () => promises, enumerable: true, configurable: true });

module.exports = fs;
