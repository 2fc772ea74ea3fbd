// The module os.
'use strict';

const binding = internalBinding('os');
const facts = internalBinding('process');
const { checkInteger, codedError } = require('internal/errors');

/** @param {string} path */
const readText = (path) => facts.readText(path) ?? '';

const signals = Object.freeze({
  __proto__: null, SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGIOT: 6,
  SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13,
  SIGALRM: 14, SIGTERM: 15, SIGCHLD: 17, SIGSTKFLT: 16, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20,
  SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27,
  SIGWINCH: 28, SIGIO: 29, SIGPOLL: 29, SIGPWR: 30, SIGSYS: 31,
});

const priority = Object.freeze({
  __proto__: null, PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0,
  PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14, PRIORITY_HIGHEST: -20,
});

function cpus() {
  const models = [...readText('/proc/cpuinfo').matchAll(/^model name\s*: (.*)$/gm)].map((match) => match[1]);
  const speeds = [...readText('/proc/cpuinfo').matchAll(/^cpu MHz\s*: (.*)$/gm)].map((match) => Math.round(Number(match[1])));
  return [...readText('/proc/stat').matchAll(/^cpu\d+ (.*)$/gm)].map((match, i) => {
    // In ticks of 10 ms.
    const [user, nice, sys, idle, , irq] = match[1].split(' ').map((text) => Number(text) * 10);
    return { model: models[i] ?? 'unknown', speed: speeds[i] ?? 0, times: { user, nice, sys, idle, irq } };
  });
}

/** @param {any} [options] */
function userInfo(options) {
  const [uid, , gid] = facts.ids();
  const entry = readText('/etc/passwd').split('\n').map((line) => line.split(':')).find((parts) => Number(parts[2]) === uid);
  /** @param {string} text */
  const value = (text) => (options?.encoding === 'buffer' ? require('buffer').Buffer.from(text) : text);
  return {
    uid, gid, username: value(entry?.[0] ?? String(uid)), homedir: value(entry?.[5] ?? homedir()),
    shell: entry?.[6] ? value(entry[6]) : null,
  };
}

function homedir() {
  const { HOME } = process.env;
  if (HOME !== undefined) return HOME;
  const [uid] = facts.ids();
  const entry = readText('/etc/passwd').split('\n').map((line) => line.split(':')).find((parts) => Number(parts[2]) === uid);
  return entry?.[5] ?? '/';
}

function tmpdir() {
  const path = process.env.TMPDIR || process.env.TMP || process.env.TEMP || '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** @param {number} [pid] */
function getPriority(pid = 0) {
  checkInteger(pid, 'pid');
  const found = binding.priority(pid === 0 ? process.pid : pid);
  if (found.length === 0) throw new Error('A system error occurred: uv_os_getpriority returned ESRCH (no such process)');
  return found[0];
}

/** @param {number} pid @param {number} [nice] */
function setPriority(pid, nice) {
  if (nice === undefined) [pid, nice] = [0, pid];
  checkInteger(pid, 'pid');
  checkInteger(nice, 'priority', -20, 19);
  const failed = binding.setPriority(pid === 0 ? process.pid : pid, nice);
  if (failed === 0) return;
  const [code, message] = binding.describe(failed);
  const error = codedError(Error, 'ERR_SYSTEM_ERROR', `A system error occurred: uv_os_setpriority returned ${code} (${message})`);
  Object.defineProperty(error, 'name', { value: 'SystemError', enumerable: false, writable: true, configurable: true });
  throw Object.assign(error, { info: { errno: -failed, code, message, syscall: 'uv_os_setpriority' } });
}

function networkInterfaces() {
  /** @type {Record<string, any[]>} */
  const out = {};
  for (const [name, address, netmask, prefix, index] of binding.interfaces()) {
    const six = address.includes(':');
    const mac = readText(`/sys/class/net/${name}/address`).trim() || '00:00:00:00:00:00';
    const internal = six ? address === '::1' : address.startsWith('127.');
    // The kernel's number of the interface counts for addresses that mean nothing beyond it.
    const scope = six ? { scopeid: /^fe[89ab]/.test(address) ? Number(index) : 0 } : {};
    (out[name] ??= []).push({
      address, netmask, family: six ? 'IPv6' : 'IPv4', mac, internal, cidr: `${address}/${prefix}`, ...scope,
    });
  }
  return out;
}

const errno = { ...binding.errors() };

const calls = {
  arch: () => process.arch,
  availableParallelism: binding.parallelism,
  cpus,
  endianness: () => 'LE',
  freemem: () => binding.memory()[1],
  getPriority,
  homedir,
  hostname: () => binding.uname()[4],
  loadavg: binding.loadAverage,
  machine: () => binding.uname()[3],
  networkInterfaces,
  platform: () => process.platform,
  release: () => binding.uname()[1],
  setPriority,
  tmpdir,
  totalmem: () => binding.memory()[0],
  type: () => binding.uname()[0],
  uptime: binding.uptime,
  userInfo,
  version: () => binding.uname()[2],
};
for (const name of /** @type {const} */ (['arch', 'hostname', 'homedir', 'tmpdir', 'platform', 'release', 'type', 'version', 'machine', 'endianness'])) {
  Object.defineProperty(calls[name], Symbol.toPrimitive, { value: calls[name] });
}

module.exports = {
  ...calls,
  EOL: '\n',
  devNull: '/dev/null',
  constants: Object.freeze({
    __proto__: null, UV_UDP_REUSEADDR: 4,
    dlopen: Object.freeze({ __proto__: null, RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8 }),
    errno: Object.freeze(Object.assign(Object.create(null), errno)), signals, priority,
  }),
};
