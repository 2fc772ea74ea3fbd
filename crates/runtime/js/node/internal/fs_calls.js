// Every call of fs once: how its arguments become a request and its reply a value. fs.js makes
// the synchronous, callback and promise forms of each from this.
'use strict';

const values = require('internal/fs_values');
const { checkInteger, checkNumber, checkString, codedError, invalidArgType, outOfRange } = require('internal/errors');
const { toPath } = require('internal/url');
const path = require('path');

const { checkDescriptor, decodeContents, encodeName, toBytes, toFlags, toMode, toOptions, toSeconds } = values;

/**
 * A request to the file system and what becomes of its reply.
 * @typedef {object} Call
 * @property {string} operation
 * @property {string | null} [path] @property {string | null} [other]
 * @property {number[]} [numbers] @property {Uint8Array} [bytes]
 * @property {(reply: any) => any} [then]
 * @property {(error: any) => any} [otherwise] gives the error to throw instead, or a value
 * @property {AbortSignal} [signal]
 */

/** @param {any} reply @param {any} options */
const toStats = (reply, options) =>
  (options?.bigint ? new values.BigIntStats(reply) : new values.Stats(reply));

/** @param {string} operation */
const stat = (operation) => (/** @type {any} */ target, /** @type {any} */ options) => {
  /** @type {Call} */
  const call = { operation, path: toPath(target), then: (reply) => toStats(reply, options) };
  if (options?.throwIfNoEntry === false) {
    call.otherwise = (error) => (error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : error);
  }
  return call;
};

/** @param {string} base @param {string} name @param {any} encoding @param {number} kind */
function toDirent(base, name, encoding, kind) {
  const inner = path.dirname(name);
  return new values.Dirent(
    /** @type {any} */ (encodeName(path.basename(name), encoding)), inner === '.' ? base : path.join(base, inner), kind);
}

/** @param {any} target */
const isDescriptor = (target) => Number.isInteger(target) && target >= 0 && target <= 2147483647;

/** @param {any} target @param {any} data @param {any} options @param {string} flag @returns {Call} */
function writeCall(target, data, options, flag) {
  const { encoding, mode, flag: flags, signal } = toOptions(options, { encoding: 'utf8', mode: 0o666, flag });
  const bytes = toBytes(data, encoding);
  if (isDescriptor(target)) return { operation: 'write', numbers: [checkDescriptor(target), -1], bytes, then: () => undefined, signal };
  return {
    operation: 'writeFile', path: toPath(target),
    numbers: [toFlags(flags, flag), toMode(mode, 'mode', 0o666)], bytes, signal,
  };
}

/** Where a read or write begins in the file, -1 for where the last one ended. @param {any} position */
function toPosition(position) {
  if (position === undefined || position === null) return -1;
  if (typeof position === 'bigint') return Number(position);
  if (typeof position !== 'number') throw invalidArgType('position', ['integer', 'bigint'], position);
  checkInteger(position, 'position', -1);
  return position;
}

/** @param {any} mode */
function checkAccessMode(mode) {
  checkInteger(mode, 'mode');
  if (mode < 0 || mode > 7) throw codedError(RangeError, 'ERR_OUT_OF_RANGE', 'mode is out of range: >= 0 && <= 7');
}

/** @param {any} uid @param {any} gid */
function checkOwner(uid, gid) {
  checkInteger(uid, 'uid', -1, 4294967295);
  checkInteger(gid, 'gid', -1, 4294967295);
  return [uid, gid];
}

/** An error of Node's own about a folder where a file is wanted.
 * @param {string} message @param {number} errno @param {string} syscall @param {string} target */
function isFolder(message, errno, syscall, target) {
  const error = codedError(Error, 'ERR_FS_EISDIR', message);
  Object.defineProperty(error, 'name', { value: 'SystemError', enumerable: false, writable: true, configurable: true });
  return Object.assign(error, { errno, syscall, path: target });
}

/** @type {Record<string, (...args: any[]) => Call>} */
const calls = {
  access: (target, mode = 0) => {
    checkAccessMode(mode);
    return { operation: 'access', path: toPath(target), numbers: [mode] };
  },
  appendFile: (target, data, options) => writeCall(target, data, options, 'a'),
  chmod: (target, mode) => ({ operation: 'chmod', path: toPath(target), numbers: [toMode(mode, 'mode')] }),
  chown: (target, uid, gid) => ({ operation: 'chown', path: toPath(target), numbers: checkOwner(uid, gid) }),
  lchown: (target, uid, gid) => ({ operation: 'lchown', path: toPath(target), numbers: checkOwner(uid, gid) }),
  close: (fd) => ({ operation: 'close', numbers: [checkDescriptor(fd)] }),
  copyFile: (from, to, mode = 0) => {
    checkAccessMode(mode);
    return { operation: 'copyFile', path: toPath(from, 'src'), other: toPath(to, 'dest'), numbers: [mode] };
  },
  cp: (from, to, options = {}) => {
    const { recursive = false, force = true, errorOnExist = false, dereference = false, preserveTimestamps = false } = options;
    const source = toPath(from, 'src');
    const target = toPath(to, 'dest');
    if (options.filter !== undefined) throw require('internal/errors').unsupported('fs.cp with a filter');
    if (!recursive && internalBinding('modules').kind(source) === 1) {
      throw isFolder(`Path is a directory: cp returned EISDIR (${source} is a directory (not copied)) ${source}`, 22, 'cp', source);
    }
    return {
      operation: 'cp', path: source, other: target,
      numbers: [Number(force), Number(errorOnExist), Number(dereference), Number(preserveTimestamps)],
    };
  },
  fchmod: (fd, mode) => ({ operation: 'fchmod', numbers: [checkDescriptor(fd), toMode(mode, 'mode')] }),
  fchown: (fd, uid, gid) => ({ operation: 'fchown', numbers: [...checkOwner(uid, gid), checkDescriptor(fd)] }),
  fdatasync: (fd) => ({ operation: 'fsync', numbers: [checkDescriptor(fd)] }),
  fstat: (fd, options) => ({ operation: 'fstat', numbers: [checkDescriptor(fd)], then: (reply) => toStats(reply, options) }),
  fsync: (fd) => ({ operation: 'fsync', numbers: [checkDescriptor(fd)] }),
  ftruncate: (fd, length = 0) => ({ operation: 'ftruncate', numbers: [checkDescriptor(fd), Math.max(0, length)] }),
  futimes: (fd, atime, mtime) => ({
    operation: 'futimes', numbers: [toSeconds(atime, 'atime'), toSeconds(mtime, 'mtime'), checkDescriptor(fd)],
  }),
  link: (from, to) => ({ operation: 'link', path: toPath(from, 'existingPath'), other: toPath(to, 'newPath') }),
  lstat: stat('lstat'),
  lutimes: (target, atime, mtime) => ({
    operation: 'lutimes', path: toPath(target), numbers: [toSeconds(atime, 'atime'), toSeconds(mtime, 'mtime')],
  }),
  mkdir: (target, options) => {
    const { mode, recursive = false } = typeof options === 'object' && options !== null ? options : { mode: options };
    if (typeof recursive !== 'boolean') throw invalidArgType('options.recursive', 'boolean', recursive);
    const folder = toPath(target);
    return {
      operation: recursive ? 'mkdirs' : 'mkdir', path: recursive ? path.resolve(folder) : folder,
      numbers: [toMode(mode, 'mode', 0o777)],
      otherwise: (error) => (recursive ? renamed(error, path.resolve(folder), folder) : error),
    };
  },
  mkdtemp: (prefix, options) => {
    const { encoding } = toOptions(options, {});
    return { operation: 'mkdtemp', path: toPath(prefix, 'prefix'), then: (reply) => encodeName(reply, encoding) };
  },
  open: (target, flags, mode) => ({
    operation: 'open', path: toPath(target), numbers: [toFlags(flags), toMode(mode, 'mode', 0o666)], then: ([fd]) => fd,
  }),
  readFile: (target, options) => {
    const { encoding, flag, signal } = toOptions(options, { flag: 'r' });
    const then = (/** @type {Uint8Array} */ reply) => decodeContents(reply, encoding);
    if (isDescriptor(target)) return { operation: 'readOpenFile', numbers: [checkDescriptor(target)], then, signal };
    return { operation: 'readFile', path: toPath(target), numbers: [toFlags(flag), 0o666], then, signal };
  },
  readdir: (target, options) => {
    const { encoding, withFileTypes, recursive } = toOptions(options, {});
    if (recursive !== undefined && recursive !== null && typeof recursive !== 'boolean') throw invalidArgType('options.recursive', 'boolean', recursive);
    const folder = toPath(target);
    return {
      operation: recursive ? 'readdirs' : 'readdir', path: folder,
      then: (reply) => {
        const out = [];
        for (let i = 0; i < reply.length; i += 2) {
          out.push(withFileTypes ? toDirent(folder, reply[i], encoding, reply[i + 1]) : encodeName(reply[i], encoding));
        }
        return out;
      },
    };
  },
  readlink: (target, options) => {
    const { encoding } = toOptions(options, {});
    return { operation: 'readlink', path: toPath(target), then: (reply) => encodeName(reply, encoding) };
  },
  realpath: (target, options) => {
    const { encoding } = toOptions(options, {});
    return {
      operation: 'realpath', path: path.resolve(toPath(target)), then: (reply) => encodeName(reply, encoding),
      otherwise: (error) => resyscalled(error, 'lstat'),
    };
  },
  rename: (from, to) => ({ operation: 'rename', path: toPath(from, 'oldPath'), other: toPath(to, 'newPath') }),
  rm: (target, options = {}) => {
    const { recursive = false, force = false } = options ?? {};
    const folder = toPath(target);
    if (!recursive && internalBinding('modules').kind(folder) === 1) {
      throw isFolder(`Path is a directory: rm returned EISDIR (is a directory) ${folder}`, 21, 'rm', folder);
    }
    return { operation: 'rm', path: folder, numbers: [Number(force)], otherwise: (error) => resyscalled(error, error.code === 'ENOENT' ? 'lstat' : 'rm') };
  },
  rmdir: (target, options) => {
    if (options?.recursive) return calls.rm(target, { recursive: true });
    return { operation: 'rmdir', path: toPath(target) };
  },
  stat: stat('stat'),
  statfs: (target, options) => ({
    operation: 'statfs', path: toPath(target), then: (reply) => new values.StatFs(reply, Boolean(options?.bigint)),
  }),
  symlink: (target, at) => ({ operation: 'symlink', path: toPath(target, 'target'), other: toPath(at, 'path') }),
  truncate: (target, length = 0) => {
    checkNumber(length, 'len');
    return { operation: 'truncate', path: toPath(target), numbers: [Math.max(0, length)] };
  },
  unlink: (target) => ({ operation: 'unlink', path: toPath(target) }),
  utimes: (target, atime, mtime) => ({
    operation: 'utimes', path: toPath(target), numbers: [toSeconds(atime, 'atime'), toSeconds(mtime, 'mtime')],
  }),
  writeFile: (target, data, options) => writeCall(target, data, options, 'w'),
};

/** An error about the path that the caller gave, not the one that was asked for.
 * @param {any} error @param {string} asked @param {string} given */
function renamed(error, asked, given) {
  if (error.path === asked) {
    error.path = given;
    error.message = error.message.replace(`'${asked}'`, () => `'${given}'`);
  }
  return error;
}

/** @param {any} error @param {string} syscall */
function resyscalled(error, syscall) {
  const message = error.message.replace(`, ${error.syscall} '`, `, ${syscall} '`);
  if (typeof error.stack === 'string') {
    Object.defineProperty(error, 'stack', {
      value: error.stack.replace(error.message, () => message), writable: true, configurable: true, enumerable: false,
    });
  }
  error.message = message;
  error.syscall = syscall;
  return error;
}

/** read(fd, buffer, offset, length, position), in any of its forms. @param {any[]} args */
function readArguments(args) {
  let [fd, buffer, offset, length, position] = args;
  checkDescriptor(fd);
  if (buffer === undefined || (buffer !== null && typeof buffer === 'object' && !ArrayBuffer.isView(buffer))) {
    ({ buffer = require('buffer').Buffer.alloc(16384), offset, length, position } = buffer ?? {});
  } else if (offset !== null && typeof offset === 'object') {
    ({ offset, length, position } = offset);
  }
  if (!ArrayBuffer.isView(buffer)) throw invalidArgType('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer);
  offset ??= 0;
  length ??= buffer.byteLength - offset;
  checkInteger(offset, 'offset', 0);
  checkInteger(length, 'length', 0);
  if (length > buffer.byteLength - offset) throw outOfRange('length', `<= ${buffer.byteLength - offset}`, length);
  return {
    buffer,
    /** @type {Call} */
    call: {
      operation: 'read', numbers: [fd, length, toPosition(position)],
      then: (/** @type {Uint8Array} */ reply) => {
        new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).set(reply, offset);
        return reply.length;
      },
    },
  };
}

/** write(fd, buffer, offset, length, position) or write(fd, text, position, encoding).
 * @param {any[]} args */
function writeArguments(args) {
  let [fd, buffer, offset, length, position] = args;
  checkDescriptor(fd);
  let bytes;
  if (ArrayBuffer.isView(buffer)) {
    if (offset !== null && typeof offset === 'object') ({ offset, length, position } = offset);
    offset ??= 0;
    length ??= buffer.byteLength - offset;
    checkInteger(offset, 'offset', 0, buffer.byteLength);
    checkInteger(length, 'length', 0, buffer.byteLength - offset);
    bytes = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length);
  } else {
    checkString(buffer, 'buffer');
    position = offset;
    bytes = toBytes(buffer, length);
  }
  return {
    buffer,
    /** @type {Call} */
    call: { operation: 'write', numbers: [fd, toPosition(position)], bytes, then: ([count]) => count },
  };
}

/** @param {any} buffers @returns {Uint8Array[]} */
function checkViews(buffers) {
  if (!Array.isArray(buffers) || !buffers.every((one) => ArrayBuffer.isView(one))) {
    const { message } = invalidArgType('buffers', 'ArrayBufferView[]', buffers);
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', message.replace('an instance of', 'an'));
  }
  return buffers.map((one) => new Uint8Array(one.buffer, one.byteOffset, one.byteLength));
}

/** readv(fd, buffers, position) @param {any} fd @param {any} buffers @param {any} [position]
 * @returns {Call} */
function readvCall(fd, buffers, position) {
  checkDescriptor(fd);
  const views = checkViews(buffers);
  const length = views.reduce((sum, view) => sum + view.length, 0);
  return {
    operation: 'read', numbers: [fd, length, typeof position === 'number' ? position : -1],
    then: (/** @type {Uint8Array} */ reply) => {
      let at = 0;
      for (const view of views) {
        view.set(reply.subarray(at, at + view.length));
        at += view.length;
      }
      return reply.length;
    },
  };
}

/** writev(fd, buffers, position) @param {any} fd @param {any} buffers @param {any} [position]
 * @returns {Call} */
function writevCall(fd, buffers, position) {
  checkDescriptor(fd);
  const bytes = require('buffer').Buffer.concat(checkViews(buffers));
  return { operation: 'write', numbers: [fd, typeof position === 'number' ? position : -1], bytes, then: ([count]) => count };
}

module.exports = { calls, readArguments, readvCall, resyscalled, writeArguments, writevCall };
