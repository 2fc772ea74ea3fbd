'use strict';
// What `process` has beyond Electron's own members in a renderer that may have Node (semantics 95).

const { installUnsupported } = require('electron/unsupported');

/** What acts on the process itself, which is not the scripts' to end or to change. */
const UNSUPPORTED = {
  methods: [
    'abort', 'binding', 'chdir', 'cpuUsage', 'dlopen', 'exit', 'kill', 'reallyExit', 'resourceUsage',
    'setegid', 'seteuid', 'setgid', 'setgroups', 'setuid', 'umask',
  ],
  properties: ['stdin'],
};

/**
 * @param {any} process
 * @param {any} native
 */
module.exports = function extendProcess(process, native) {
  /** @returns {number[]} */
  const ids = () => JSON.parse(native.systemFacts()).ids;

  function memoryUsage() {
    const [, resident] = native.readFile('/proc/self/statm').split(' ');
    const rss = Number(resident) * 4096;
    // The engine does not tell how much of it is whose.
    return { rss, heapTotal: rss, heapUsed: rss, external: 0, arrayBuffers: 0 };
  }

  Object.assign(process, {
    argv0: process.argv[0],
    exitCode: undefined,
    features: {},
    getuid: () => ids()[0],
    geteuid: () => ids()[1],
    getgid: () => ids()[2],
    getegid: () => ids()[3],
    memoryUsage: Object.assign(memoryUsage, { rss: () => memoryUsage().rss }),
    release: { name: 'node' },
  });
  defineStream(process, 'stdout', 1);
  defineStream(process, 'stderr', 2);
  installUnsupported(process, 'process', UNSUPPORTED);
};

/** A stream that is made when it is first asked for. */
function defineStream(process, name, fd) {
  /** @type {any} */
  let stream;
  Object.defineProperty(process, name, {
    get: () => (stream ??= output(fd)),
    enumerable: true,
    configurable: true,
  });
}

/** A standard stream of the app, which web processes have as well. @param {number} fd */
function output(fd) {
  const { Writable } = /** @type {any} */ (require('stream'));
  const stream = new Writable({
    write(chunk, _, done) {
      try {
        require('fs').writeSync(fd, chunk);
        done();
      } catch (error) {
        done(/** @type {Error} */ (error));
      }
    },
  });
  return Object.assign(stream, { fd, isTTY: require('tty').isatty(fd) || undefined });
}
