// console: over process.stdout and stderr, or over the streams that a Console is given.
'use strict';

const { checkInteger, codedError, invalidArgType } = require('internal/errors');

/** @type {any} */
let formatting;
/** Texts alone need no inspect, which is of some size. @param {any[]} args @param {any} options */
function format(args, options) {
  if (args.length === 1 && typeof args[0] === 'string') return args[0];
  formatting ??= require('internal/format');
  return formatting.formatWithOptions(options, args);
}

/** @param {number} ms */
function duration(ms) {
  if (ms >= 3600000) {
    const hours = Math.floor(ms / 3600000);
    const minutes = Math.floor(ms / 60000) % 60;
    const seconds = Math.floor(ms / 1000) % 60;
    return `${hours}:${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')} (h:mm:ss)`;
  }
  if (ms >= 60000) {
    const minutes = Math.floor(ms / 60000);
    const [seconds, part] = ((ms / 1000) % 60).toFixed(3).split('.');
    return `${minutes}:${seconds.padStart(2, '0')}.${part} (m:ss.mmm)`;
  }
  if (ms >= 1000) return `${(ms / 1000).toFixed(3)}s`;
  return `${Number(ms.toFixed(3))}ms`;
}

class Console {
  #out;
  #err;
  #indent = '';
  #step = 2;
  /** @type {any} */
  #inspectOptions;
  /** @type {boolean | 'auto'} */
  #colors = 'auto';
  /** @type {Map<string, number>} */
  #counts = new Map();
  /** @type {Map<string, number>} */
  #timers = new Map();

  /** @param {any} options @param {any} [stderr] */
  constructor(options, stderr) {
    let settings = options;
    if (!options || typeof options.write === 'function') settings = { stdout: options, stderr };
    const { stdout, colorMode = 'auto', inspectOptions, groupIndentation = 2 } = settings;
    if (typeof stdout !== 'function' && typeof stdout?.write !== 'function') {
      throw codedError(TypeError, 'ERR_CONSOLE_WRITABLE_STREAM',
        'Console expects a writable stream instance for stdout');
    }
    checkInteger(groupIndentation, 'groupIndentation', 0, 1000);
    if (inspectOptions !== undefined && (typeof inspectOptions !== 'object' || inspectOptions === null)) {
      throw invalidArgType('options.inspectOptions', 'object', inspectOptions);
    }
    this.#out = stdout;
    this.#err = settings.stderr ?? stdout;
    this.#colors = colorMode;
    this.#inspectOptions = inspectOptions;
    this.#step = groupIndentation;
    // Methods are used without their object: `promise.then(console.log)`.
    for (const name of Object.getOwnPropertyNames(Console.prototype)) {
      if (name === 'constructor') continue;
      const method = /** @type {any} */ (this)[name].bind(this);
      Object.defineProperty(method, 'name', { value: name });
      Object.defineProperty(this, name, { value: method, writable: true, enumerable: true, configurable: true });
    }
  }

  /** @param {any} target @param {any[]} args */
  #print(target, args) {
    const stream = typeof target === 'function' ? target() : target;
    const colors = this.#colors === 'auto' ? Boolean(stream.isTTY && stream.hasColors?.()) : this.#colors;
    const options = this.#inspectOptions ?? (colors ? { colors } : undefined);
    this.#write(stream, format(args, options));
  }

  /** @param {any} stream @param {string} text */
  #write(stream, text) {
    if (this.#indent !== '') text = this.#indent + text.replaceAll('\n', `\n${this.#indent}`);
    stream.write(`${text}\n`, ignoreFailure);
    // The callback comes before the stream tells of the error, which has nobody to tell then.
    function ignoreFailure(/** @type {any} */ error) {
      if (error && !stream._writableState?.errorEmitted && stream.listenerCount?.('error') === 0) stream.once('error', () => {});
    }
  }

  /** @param {...any} args */
  log(...args) { this.#print(this.#out, args); }
  /** @param {...any} args */
  warn(...args) { this.#print(this.#err, args); }
  /** @param {...any} args */
  error(...args) { this.#print(this.#err, args); }
  /** @param {...any} args */
  debug(...args) { this.#print(this.#out, args); }
  /** @param {...any} args */
  info(...args) { this.#print(this.#out, args); }
  /** @param {...any} args */
  dirxml(...args) { this.#print(this.#out, args); }

  /** @param {any} value @param {any} [options] */
  dir(value, options) {
    const { inspect } = require('internal/inspect');
    this.#print(this.#out, [inspect(value, { customInspect: false, ...this.#inspectOptions, ...options })]);
  }

  /** @param {...any} args */
  trace(...args) {
    const error = { name: 'Trace', message: format(args, undefined), stack: '' };
    Error.captureStackTrace(error, this.trace);
    this.#print(this.#err, [error.stack]);
  }

  /** @param {any} condition @param {...any} args */
  assert(condition, ...args) {
    if (condition) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    this.warn(...args);
  }

  clear() {
    const stream = typeof this.#out === 'function' ? this.#out() : this.#out;
    if (stream.isTTY) stream.write('\x1b[1;1H\x1b[0J');
  }

  count(label = 'default') {
    label = `${label}`;
    const count = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, count);
    this.log(`${label}: ${count}`);
  }

  countReset(label = 'default') {
    label = `${label}`;
    if (!this.#counts.delete(label)) process.emitWarning(`Count for '${label}' does not exist`);
  }

  /** @param {...any} args */
  group(...args) {
    if (args.length > 0) this.log(...args);
    this.#indent += ' '.repeat(this.#step);
  }

  /** @param {...any} args */
  groupCollapsed(...args) { this.group(...args); }
  groupEnd() { this.#indent = this.#indent.slice(0, this.#indent.length - this.#step); }

  time(label = 'default') {
    label = `${label}`;
    if (this.#timers.has(label)) {
      process.emitWarning(`Label '${label}' already exists for console.time()`);
      return;
    }
    this.#timers.set(label, now());
  }

  timeEnd(label = 'default') {
    label = `${label}`;
    if (this.#elapsed(label, 'timeEnd', [])) this.#timers.delete(label);
  }

  /** @param {any} [label] @param {...any} args */
  timeLog(label = 'default', ...args) { this.#elapsed(`${label}`, 'timeLog', args); }

  /** @param {string} label @param {string} method @param {any[]} args */
  #elapsed(label, method, args) {
    const start = this.#timers.get(label);
    if (start === undefined) {
      process.emitWarning(`No such label '${label}' for console.${method}()`);
      return false;
    }
    this.log('%s: %s', label, duration(now() - start), ...args);
    return true;
  }

  /** @param {any} data @param {string[]} [columns] */
  table(data, columns) {
    if (data === null || typeof data !== 'object') {
      this.log(data);
      return;
    }
    if (columns !== undefined && !Array.isArray(columns)) throw invalidArgType('properties', 'Array', columns);
    this.log(require('internal/console_table').table(data, columns));
  }

  timeStamp() {}
  profile() {}
  profileEnd() {}
}

const now = () => internalBinding('process').uptime();

const console = new Console(
  { stdout: () => process.stdout, stderr: () => process.stderr });
Object.defineProperty(console, 'Console', {
  value: Console, writable: true, enumerable: true, configurable: true,
});
Object.defineProperty(console, Symbol.toStringTag, {
  value: 'console', configurable: true,
});

module.exports = { console };
