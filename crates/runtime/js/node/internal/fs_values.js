// What fs gives back and takes: Stats, Dirent, constants, flags, modes, encodings.
'use strict';

const { checkInteger, codedError, invalidArgType, invalidArgValue } = require('internal/errors');

const constants = Object.freeze({
  __proto__: null,
  UV_FS_SYMLINK_DIR: 1, UV_FS_SYMLINK_JUNCTION: 2,
  O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2,
  UV_DIRENT_UNKNOWN: 0, UV_DIRENT_FILE: 1, UV_DIRENT_DIR: 2, UV_DIRENT_LINK: 3,
  UV_DIRENT_FIFO: 4, UV_DIRENT_SOCKET: 5, UV_DIRENT_CHAR: 6, UV_DIRENT_BLOCK: 7,
  S_IFMT: 0o170000, S_IFREG: 0o100000, S_IFDIR: 0o040000, S_IFCHR: 0o020000,
  S_IFBLK: 0o060000, S_IFIFO: 0o010000, S_IFLNK: 0o120000, S_IFSOCK: 0o140000,
  O_CREAT: 64, O_EXCL: 128, UV_FS_O_FILEMAP: 0, O_NOCTTY: 256, O_TRUNC: 512, O_APPEND: 1024,
  O_DIRECTORY: 65536, O_NOATIME: 262144, O_NOFOLLOW: 131072, O_SYNC: 1052672, O_DSYNC: 4096,
  O_DIRECT: 16384, O_NONBLOCK: 2048,
  S_IRWXU: 448, S_IRUSR: 256, S_IWUSR: 128, S_IXUSR: 64, S_IRWXG: 56, S_IRGRP: 32, S_IWGRP: 16,
  S_IXGRP: 8, S_IRWXO: 7, S_IROTH: 4, S_IWOTH: 2, S_IXOTH: 1,
  F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1,
  UV_FS_COPYFILE_EXCL: 1, COPYFILE_EXCL: 1, UV_FS_COPYFILE_FICLONE: 2, COPYFILE_FICLONE: 2,
  UV_FS_COPYFILE_FICLONE_FORCE: 4, COPYFILE_FICLONE_FORCE: 4,
});

/** What is known of a file, in the order in which it comes. */
const NUMBERS = ['dev', 'mode', 'nlink', 'uid', 'gid', 'rdev', 'blksize', 'ino', 'size', 'blocks'];
const TIMES = ['atime', 'mtime', 'ctime', 'birthtime'];

class StatsBase {
  /** @param {number} type */
  #is(type) { return (Number(/** @type {any} */ (this).mode) & constants.S_IFMT) === type; }
  isDirectory() { return this.#is(constants.S_IFDIR); }
  isFile() { return this.#is(constants.S_IFREG); }
  isBlockDevice() { return this.#is(constants.S_IFBLK); }
  isCharacterDevice() { return this.#is(constants.S_IFCHR); }
  isSymbolicLink() { return this.#is(constants.S_IFLNK); }
  isFIFO() { return this.#is(constants.S_IFIFO); }
  isSocket() { return this.#is(constants.S_IFSOCK); }
}

class Stats extends StatsBase {
  /** @param {number[]} numbers */
  constructor(numbers) {
    super();
    const self = /** @type {any} */ (this);
    NUMBERS.forEach((name, i) => { self[name] = numbers[i]; });
    TIMES.forEach((name, i) => { self[`${name}Ms`] = numbers[10 + 2 * i] * 1e3 + numbers[11 + 2 * i] / 1e6; });
    for (const name of TIMES) self[name] = new Date(Math.round(self[`${name}Ms`]));
  }
}

class BigIntStats extends StatsBase {
  /** @param {number[]} numbers */
  constructor(numbers) {
    super();
    const self = /** @type {any} */ (this);
    NUMBERS.forEach((name, i) => { self[name] = BigInt(numbers[i]); });
    const ns = TIMES.map((_, i) => BigInt(numbers[10 + 2 * i]) * 1000000000n + BigInt(numbers[11 + 2 * i]));
    TIMES.forEach((name, i) => { self[`${name}Ms`] = ns[i] / 1000000n; });
    TIMES.forEach((name, i) => { self[`${name}Ns`] = ns[i]; });
    TIMES.forEach((name, i) => { self[name] = new Date(Number(ns[i] / 1000000n)); });
  }
}

class StatFs {
  /** @param {number[]} numbers @param {boolean} bigint */
  constructor(numbers, bigint) {
    const self = /** @type {any} */ (this);
    ['type', 'bsize', 'blocks', 'bfree', 'bavail', 'files', 'ffree'].forEach((name, i) => {
      self[name] = bigint ? BigInt(numbers[i]) : numbers[i];
    });
  }
}

class Dirent {
  #type;
  /** @param {string} name @param {string} path @param {number} type */
  constructor(name, path, type) {
    this.name = name;
    this.parentPath = path;
    this.path = path;
    this.#type = type;
  }

  isDirectory() { return this.#type === constants.UV_DIRENT_DIR; }
  isFile() { return this.#type === constants.UV_DIRENT_FILE; }
  isBlockDevice() { return this.#type === constants.UV_DIRENT_BLOCK; }
  isCharacterDevice() { return this.#type === constants.UV_DIRENT_CHAR; }
  isSymbolicLink() { return this.#type === constants.UV_DIRENT_LINK; }
  isFIFO() { return this.#type === constants.UV_DIRENT_FIFO; }
  isSocket() { return this.#type === constants.UV_DIRENT_SOCKET; }
}

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY } = constants;
/** @type {Record<string, number>} */
const FLAGS = {
  r: O_RDONLY, rs: O_RDONLY | O_SYNC, sr: O_RDONLY | O_SYNC, 'r+': O_RDWR, 'rs+': O_RDWR | O_SYNC,
  'sr+': O_RDWR | O_SYNC, w: O_TRUNC | O_CREAT | O_WRONLY, wx: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  xw: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL, 'w+': O_TRUNC | O_CREAT | O_RDWR,
  'wx+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL, 'xw+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  a: O_APPEND | O_CREAT | O_WRONLY, ax: O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  xa: O_APPEND | O_CREAT | O_WRONLY | O_EXCL, as: O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
  sa: O_APPEND | O_CREAT | O_WRONLY | O_SYNC, 'a+': O_APPEND | O_CREAT | O_RDWR,
  'ax+': O_APPEND | O_CREAT | O_RDWR | O_EXCL, 'xa+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
  'as+': O_APPEND | O_CREAT | O_RDWR | O_SYNC, 'sa+': O_APPEND | O_CREAT | O_RDWR | O_SYNC,
};

/** @param {any} flags @param {string} [fallback] */
function toFlags(flags, fallback = 'r') {
  if (flags === undefined || flags === null) flags = fallback;
  if (typeof flags === 'number') {
    checkInteger(flags, 'flags');
    return flags;
  }
  const found = FLAGS[flags];
  if (found === undefined) throw invalidArgValue('flags', flags);
  return found;
}

/** @param {any} mode @param {string} name @param {number} [fallback] */
function toMode(mode, name, fallback) {
  if (mode === undefined || mode === null) {
    if (fallback !== undefined) return fallback;
  }
  if (typeof mode === 'string') {
    if (!/^[0-7]+$/.test(mode)) {
      throw invalidArgValue(name, mode, 'must be a 32-bit unsigned integer or an octal string');
    }
    return parseInt(mode, 8);
  }
  checkInteger(mode, name, 0, 2 ** 32 - 1);
  return mode;
}

/** @param {any} time @param {string} name seconds, also of a Date */
function toSeconds(time, name) {
  if (typeof time === 'string' && +time === Number(time) && time.trim() !== '' && !Number.isNaN(+time)) return +time;
  if (Number.isFinite(time)) return time;
  if (time instanceof Date) return time.getTime() / 1000;
  throw invalidArgType(name, ['Date', 'Time in seconds'], time);
}

/** @param {any} options @param {any} defaults */
function toOptions(options, defaults) {
  if (options === undefined || options === null || typeof options === 'function') return { ...defaults };
  if (typeof options === 'string') options = { encoding: options };
  else if (typeof options !== 'object') throw invalidArgType('options', ['string', 'Object'], options);
  const { encoding } = options;
  if (encoding && encoding !== 'buffer') {
    if (!require('buffer').Buffer.isEncoding(encoding)) {
      throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE',
        `The argument 'encoding' is invalid encoding. Received '${encoding}'`);
    }
  }
  require('internal/errors').checkAbortSignal(options.signal, 'options.signal');
  return { ...defaults, ...options };
}

/** What is to be written, as bytes. @param {any} data @param {any} encoding */
function toBytes(data, encoding) {
  if (typeof data === 'string') return require('buffer').Buffer.from(data, encoding || 'utf8');
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw invalidArgType('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

/** A text as the encoding of the options wants it. @param {string} text @param {any} encoding */
function encodeName(text, encoding) {
  if (!encoding || encoding === 'utf8' || encoding === 'utf-8') return text;
  const buffer = require('buffer').Buffer.from(text);
  return encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

/** @param {Uint8Array} bytes @param {any} encoding */
function decodeContents(bytes, encoding) {
  if (encoding === 'utf8' || encoding === 'utf-8') {
    return internalBinding('text').decode(bytes, 0, bytes.length, 'utf8');
  }
  const { Buffer } = require('buffer');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

/** @param {any} fd */
function checkDescriptor(fd) {
  checkInteger(fd, 'fd', 0, 2147483647);
  return fd;
}

module.exports = {
  constants, Stats, BigIntStats, StatFs, Dirent, toFlags, toMode, toSeconds, toOptions, toBytes, encodeName,
  decodeContents, checkDescriptor,
};
