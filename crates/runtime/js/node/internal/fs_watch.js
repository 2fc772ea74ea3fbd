// fs.watch and fs.watchFile.
'use strict';

const EventEmitter = require('events');
const { bind } = require('internal/async_context');
const {
  checkAbortSignal, checkBoolean, checkFunction, checkInteger, codedError, invalidArgType, invalidArgValue, AbortError, unsupported,
} = require('internal/errors');
const { Buffer } = require('buffer');
const { encodingName } = require('internal/buffer_search');
const { toPath } = require('internal/url');
const { BigIntStats, Stats } = require('internal/fs_values');

/** @param {any} given */
function watchOptions(given) {
  if (typeof given === 'string') given = { encoding: given };
  const options = given ?? {};
  if (typeof options !== 'object') {
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE',
      invalidArgType('options', ['string', 'Object'], options).message.replace(/must be .*?\. Received/s, 'must be one of type string or object. Received'));
  }
  const { encoding = 'utf8', persistent = true, recursive = false, signal } = options;
  if (encoding !== 'buffer' && encodingName(encoding) === undefined) throw invalidArgValue('encoding', encoding, 'is invalid encoding');
  checkBoolean(recursive, 'options.recursive');
  checkAbortSignal(signal, 'options.signal');
  if (recursive) throw unsupported("fs.watch with the option 'recursive'");
  return { encoding, persistent, signal };
}

class FSWatcher extends EventEmitter {
  /** @type {any} */
  #native = null;

  /** @param {string} path @param {string} encoding @param {boolean} persistent */
  start(path, encoding, persistent) {
    try {
      this.#native = internalBinding('watch').watch(path, bind((/** @type {string} */ kind, /** @type {Uint8Array} */ name) => {
        const bytes = Buffer.from(name);
        this.emit('change', kind, encoding === 'buffer' ? bytes : bytes.toString(encoding));
      }));
    } catch (error) {
      throw Object.assign(/** @type {any} */ (error), { filename: path });
    }
    if (!persistent) this.#native.unref();
  }

  close() {
    if (this.#native === null) return;
    this.#native.close();
    this.#native = null;
    process.nextTick(() => this.emit('close'));
  }

  ref() {
    this.#native?.ref();
    return this;
  }

  unref() {
    this.#native?.unref();
    return this;
  }
}

/** @param {any} filename @param {any} [given] @param {any} [listener] */
function watch(filename, given, listener) {
  if (typeof given === 'function') [listener, given] = [given, undefined];
  const { encoding, persistent, signal } = watchOptions(given);
  if (listener !== undefined) checkFunction(listener, 'listener');
  const path = toPath(filename);
  const watcher = new FSWatcher();
  watcher.start(path, encoding, persistent);
  if (listener) watcher.on('change', listener);
  if (signal?.aborted) {
    process.nextTick(() => watcher.close());
  } else if (signal) {
    const close = () => watcher.close();
    signal.addEventListener('abort', close, { once: true });
    watcher.once('close', () => signal.removeEventListener('abort', close));
  }
  return watcher;
}

/** How many changes wait for a loop that is slow. Later ones are dropped: they say no more than that
 * something changed. */
const MOST_WAITING = 2048;

/** The form of fs.promises: a change at a time. @param {any} filename @param {any} [given] */
async function* watchChanges(filename, given) {
  const { encoding, persistent, signal } = watchOptions(given);
  const path = toPath(filename);
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const watcher = new FSWatcher();
  /** @type {{ eventType: string, filename: any }[]} */
  const waiting = [];
  let wake = () => {};
  watcher.on('change', (eventType, name) => {
    if (waiting.length < MOST_WAITING) waiting.push({ eventType, filename: name });
    wake();
  });
  const aborted = () => wake();
  signal?.addEventListener('abort', aborted, { once: true });
  watcher.start(path, encoding, persistent);
  try {
    for (;;) {
      while (waiting.length > 0 && !signal?.aborted) yield waiting.shift();
      if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
      await new Promise((resolve) => { wake = () => resolve(undefined); });
    }
  } finally {
    watcher.close();
    signal?.removeEventListener('abort', aborted);
  }
}

/** Stats of a file that is not there. @param {boolean} bigint */
const nothing = (bigint) => (bigint ? new BigIntStats(new Array(18).fill(0)) : new Stats(new Array(18).fill(0)));

/** What makes two looks at a file differ. */
const SEEN = /** @type {const} */ (['ctimeMs', 'mtimeMs', 'birthtimeMs', 'size', 'mode', 'uid', 'gid', 'ino', 'dev']);

/** Looks at a file again and again. */
class StatWatcher extends EventEmitter {
  #path;
  #bigint;
  #interval;
  /** @type {any} */
  #timer = null;
  #referenced = true;
  /** @type {any} */
  #last = null;
  #there = false;
  #running = false;

  /** @param {string} path @param {boolean} bigint @param {number} interval */
  constructor(path, bigint, interval) {
    super();
    this.#path = path;
    this.#bigint = bigint;
    this.#interval = interval;
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    this.#look();
  }

  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
    process.nextTick(() => this.emit('stop'));
  }

  #look() {
    require('fs').stat(this.#path, { bigint: this.#bigint }, (/** @type {any} */ error, /** @type {any} */ found) => {
      if (!this.#running) return;
      this.#compare(error ? null : found);
      this.#timer = setTimeout(() => this.#look(), this.#interval);
      if (!this.#referenced) this.#timer.unref();
    });
  }

  /** @param {any} found null where there is no file */
  #compare(found) {
    const first = this.#last === null;
    const [before, wasThere] = [this.#last ?? nothing(this.#bigint), this.#there];
    const now = found ?? nothing(this.#bigint);
    this.#there = found !== null;
    this.#last = now;
    // The first look is news only where there is no file.
    const news = first ? found === null : wasThere !== this.#there || SEEN.some((name) => now[name] !== before[name]);
    if (news) this.emit('change', now, before);
  }

  ref() {
    this.#referenced = true;
    this.#timer?.ref();
    return this;
  }

  unref() {
    this.#referenced = false;
    this.#timer?.unref();
    return this;
  }
}

/** By path. As many as the script has not let go. @type {Map<string, StatWatcher>} */
const polled = new Map();

/** @param {any} filename @param {any} given @param {any} [listener] */
function watchFile(filename, given, listener) {
  const path = require('path').resolve(toPath(filename));
  if (given === null || typeof given !== 'object') [listener, given] = [given, {}];
  const { bigint = false, interval = 5007, persistent = true } = given;
  checkFunction(listener, 'listener');
  let watcher = polled.get(path);
  if (watcher === undefined) {
    checkInteger(interval, 'interval', 0, 2 ** 32 - 1);
    watcher = new StatWatcher(path, bigint, interval);
    polled.set(path, watcher);
    if (!persistent) watcher.unref();
    watcher.start();
  }
  watcher.addListener('change', listener);
  return watcher;
}

/** @param {any} filename @param {any} [listener] */
function unwatchFile(filename, listener) {
  const path = require('path').resolve(toPath(filename));
  const watcher = polled.get(path);
  if (watcher === undefined) return;
  if (typeof listener === 'function') watcher.removeListener('change', listener);
  else watcher.removeAllListeners('change');
  if (watcher.listenerCount('change') === 0) {
    watcher.stop();
    polled.delete(path);
  }
}

module.exports = { FSWatcher, StatWatcher, unwatchFile, watch, watchChanges, watchFile };
