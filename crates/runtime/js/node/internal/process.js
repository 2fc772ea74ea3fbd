// The process object.
'use strict';

const binding = internalBinding('process');
const stdio = internalBinding('stdio');
const EventEmitter = require('events');
const tasks = require('internal/tasks');
const {
  checkFunction, checkInteger, checkString, codedError, invalidArgType, unsupported,
} = require('internal/errors');

function processConstructor() {}
Object.defineProperty(processConstructor, 'name', { value: 'process' });
processConstructor.prototype = Object.create(EventEmitter.prototype, {
  constructor: { value: processConstructor, writable: true, configurable: true },
});
Object.setPrototypeOf(process, processConstructor.prototype);
EventEmitter.init.call(process);
Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });

/** Properties that cost something and are rarely read.
 * @param {string} name @param {() => any} make */
function lazily(name, make) {
  Object.defineProperty(process, name, {
    get() {
      const value = make();
      Object.defineProperty(process, name, {
        value, writable: true, configurable: true, enumerable: true,
      });
      return value;
    },
    set(value) {
      Object.defineProperty(process, name, {
        value, writable: true, configurable: true, enumerable: true,
      });
    },
    configurable: true,
    enumerable: true,
  });
}

/** @type {number | undefined} */
let exitCode;
/** @type {Function | null} */
let capture = null;

/** @param {any} code */
function checkedExitCode(code) {
  if (code === undefined || code === null) return undefined;
  const number = typeof code === 'string' && code !== '' && Number.isInteger(Number(code)) ? Number(code) : code;
  checkInteger(number, 'code');
  return number | 0;
}

/** Emits 'exit' once and gives the code to end with. @param {number | undefined} code */
function emitExit(code) {
  if (!process._exiting) {
    process._exiting = true;
    if (code !== undefined) exitCode = code;
    else if (exitCode === undefined) process.emit('beforeExit', 0);
    process.emit('exit', exitCode ?? 0);
    return exitCode ?? 0;
  }
  return code ?? exitCode ?? 0;
}

/** @param {any} [code] */
function exit(code) {
  const checked = checkedExitCode(code);
  if (checked !== undefined) exitCode = checked;
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', exitCode ?? 0);
  }
  process.reallyExit(exitCode ?? 0);
}

const [major] = String(binding.versions.node ?? '20.0.0').split('.');

Object.assign(process, {
  version: `v${binding.versions.node ?? '20.0.0'}`,
  // The level of Node's API that there is.
  versions: { node: '20.0.0', ...binding.versions },
  arch: binding.arch,
  platform: 'linux',
  release: { name: 'node', lts: Number(major) % 2 === 0 ? 'Conch' : undefined },
  argv: [...binding.argv],
  argv0: binding.argv[0] ?? '',
  execArgv: [],
  execPath: binding.execPath,
  title: binding.title,
  pid: binding.pid,
  exiting: undefined,
  _exiting: false,
  config: { target_defaults: {}, variables: {} },
  features: {
    inspector: false, debug: false, uv: false, ipv6: true, tls_alpn: false, tls_sni: false,
    tls_ocsp: false, tls: false, cached_builtins: true,
  },

  nextTick: tasks.nextTick,
  exit,
  reallyExit: binding.reallyExit,
  abort() { process.reallyExit(134); },
  cwd: binding.cwd,
  /** @param {string} directory */
  chdir(directory) {
    checkString(directory, 'directory');
    binding.chdir(directory);
  },
  /** @param {number | string} [mask] */
  umask(mask) {
    if (mask === undefined) return binding.umask();
    return binding.umask(typeof mask === 'string' ? parseInt(mask, 8) : mask);
  },
  getuid: () => binding.ids()[0],
  geteuid: () => binding.ids()[1],
  getgid: () => binding.ids()[2],
  getegid: () => binding.ids()[3],
  getgroups: () => [binding.ids()[2]],

  uptime: () => binding.uptime() / 1e3,
  hrtime: Object.assign(
    /** @param {[number, number]} [previous] */
    function hrtime(previous) {
      const [seconds, nanoseconds] = binding.hrtime();
      if (previous === undefined) return [seconds, nanoseconds];
      if (!Array.isArray(previous)) throw invalidArgType('time', 'Array', previous);
      let whole = seconds - previous[0];
      let part = nanoseconds - previous[1];
      if (part < 0) {
        whole--;
        part += 1e9;
      }
      return [whole, part];
    },
    {
      bigint() {
        const [seconds, nanoseconds] = binding.hrtime();
        return BigInt(seconds) * 1000000000n + BigInt(nanoseconds);
      },
    }),
  memoryUsage: Object.assign(
    function memoryUsage() {
      const pages = (binding.readText('/proc/self/statm') ?? '0 0').split(' ').map(Number);
      const rss = pages[1] * 4096;
      const [heapTotal, heapUsed] = internalBinding('scripts').memory();
      return { rss, heapTotal, heapUsed, external: 0, arrayBuffers: 0 };
    },
    { rss: () => process.memoryUsage().rss }),
  /** @param {{ user: number, system: number }} [previous] */
  cpuUsage(previous) {
    const text = binding.readText('/proc/self/stat') ?? '';
    // The name in parentheses may hold spaces; times are in ticks of 10 ms.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const user = Number(fields[11]) * 10000 - (previous?.user ?? 0);
    const system = Number(fields[12]) * 10000 - (previous?.system ?? 0);
    return { user, system };
  },
  resourceUsage() {
    const { user, system } = process.cpuUsage();
    return { userCPUTime: user, systemCPUTime: system, maxRSS: Math.round(process.memoryUsage().rss / 1024) };
  },

  /** @param {number} pid @param {string | number} [signal] */
  kill(pid, signal) {
    checkInteger(pid, 'pid');
    const { signals } = require('os').constants;
    const number = typeof signal === 'number' ? signal : signals[signal || 'SIGTERM'];
    if (number === undefined) {
      throw codedError(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
    }
    binding.kill(pid, number);
    return true;
  },

  /** @param {any} warning @param {any} [type] @param {any} [code] @param {Function} [ctor] */
  emitWarning(warning, type, code, ctor) {
    let detail;
    if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
      ctor = type.ctor;
      code = type.code;
      detail = typeof type.detail === 'string' ? type.detail : undefined;
      type = type.type;
    } else if (typeof type === 'function') {
      ctor = type;
      type = undefined;
      code = undefined;
    }
    if (typeof code === 'function') {
      ctor = code;
      code = undefined;
    }
    if (typeof warning === 'string') {
      const error = /** @type {any} */ (new Error(warning));
      error.name = String(type || 'Warning');
      Error.captureStackTrace?.(error, ctor ?? process.emitWarning);
      if (code !== undefined) error.code = code;
      if (detail !== undefined) error.detail = detail;
      warning = error;
    } else if (!(warning instanceof Error)) {
      throw invalidArgType('warning', ['Error', 'string'], warning);
    }
    if (warning.name === 'DeprecationWarning') {
      if (process.noDeprecation) return;
      if (process.throwDeprecation) {
        process.nextTick(() => { throw warning; });
        return;
      }
    }
    process.nextTick(() => process.emit('warning', warning));
  },

  /** @param {Function | null} callback */
  setUncaughtExceptionCaptureCallback(callback) {
    if (callback !== null) checkFunction(callback, 'fn');
    capture = callback;
  },
  hasUncaughtExceptionCaptureCallback: () => capture !== null,
  getBuiltinModule(/** @type {string} */ id) {
    checkString(id, 'id');
    const builtins = require('internal/builtins');
    const name = builtins.builtinName(id);
    return name === undefined ? undefined : builtins.loadBuiltin(name);
  },
  binding(/** @type {string} */ name) { throw unsupported(`process.binding('${name}')`); },
  dlopen(/** @type {any} */ _module, /** @type {string} */ file) {
    internalBinding('modules').missing(`the native addon ${file}`);
    throw unsupported('process.dlopen (a native addon)');
  },
});

Object.defineProperties(process, {
  exitCode: {
    get: () => exitCode,
    set(code) { exitCode = checkedExitCode(code); },
    enumerable: true,
    configurable: true,
  },
  ppid: { get: () => binding.parent(), enumerable: true, configurable: true },
  exiting: { value: undefined, enumerable: false, configurable: true, writable: true },
  _exiting: { value: false, enumerable: false, configurable: true, writable: true },
});

process.on('warning', (/** @type {any} */ warning) => {
  if (process.noDeprecation && warning.name === 'DeprecationWarning') return;
  const code = warning.code ? `[${warning.code}] ` : '';
  const text = warning.stack && process.traceDeprecation ? warning.stack : `${warning.name}: ${warning.message}`;
  const detail = typeof warning.detail === 'string' ? `\n${warning.detail}` : '';
  stdio.write(2, `(${process.title}:${process.pid}) ${code}${text}${detail}\n`.toWellFormed());
});

/** Signals that are watched. @type {Set<string>} */
const watched = new Set();

// A signal with a listener is an event; the first listener makes it one.
process.on('newListener', (/** @type {any} */ name) => {
  if (typeof name !== 'string' || !name.startsWith('SIG') || watched.has(name)) return;
  const signals = /** @type {Record<string, number>} */ (/** @type {unknown} */ (require('os').constants.signals));
  const number = signals[name];
  if (number === undefined) return;
  const caught = binding.watchSignal(number, () => {
    // Without a listener it does again what it does to any process.
    if (!process.emit(name, name, number)) process.reallyExit(128 + number);
  });
  if (!caught) throw codedError(Error, 'EINVAL', `uv_signal_start EINVAL: ${name} cannot be caught`);
  watched.add(name);
});

// The environment, as strings: what is assigned is converted, as Node does.
lazily('env', () => new Proxy(binding.environment(), {
  set(target, name, value) {
    if (typeof name === 'symbol' || typeof value === 'symbol') {
      throw new TypeError('Cannot convert a Symbol value to a string');
    }
    target[name] = String(value);
    return true;
  },
  defineProperty(target, name, descriptor) {
    if ('value' in descriptor) {
      target[name] = String(descriptor.value);
      return true;
    }
    throw codedError(TypeError, 'ERR_INVALID_OBJECT_DEFINE_PROPERTY',
      "'process.env' does not accept an accessor(getter/setter) descriptor");
  },
}));

lazily('stdout', () => require('internal/stdio').output(1));
lazily('stderr', () => require('internal/stdio').output(2));
lazily('stdin', () => require('internal/stdio').input());
lazily('allowedNodeEnvironmentFlags', () => new Set());
lazily('report', () => undefined);

module.exports = { emitExit, captureCallback: () => capture };
