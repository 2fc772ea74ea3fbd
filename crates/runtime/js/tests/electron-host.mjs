// A host for tests of the electron module: its files in Node, over a binding that records what it
// is told. Everything is made anew for each host.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const nodeRequire = createRequire(import.meta.url);
const BOUNDS = { x: 10, y: 20, width: 800, height: 600 };

const UNCLONEABLE = Symbol('uncloneable');

/** As the engines' codecs do it: copied at the call, or not sent. */
function clone(value) {
  try {
    if (isMarked(value)) throw new Error();
    return structuredClone(value);
  } catch {
    throw new Error('An object could not be cloned.');
  }
}

function isMarked(value) {
  if (typeof value !== 'object' || value === null) return false;
  return UNCLONEABLE in value || Object.values(value).some(isMarked);
}

export class ElectronHost {
  /** Calls of the binding, without those of `ui`: `[name, ...args]`. */
  calls = [];
  /** Commands to the UI thread. */
  commands = [];
  /** Lines on the console: `[level, ...args]`. */
  lines = [];
  warnings = [];
  /** What listeners threw where nobody could catch it. */
  uncaught = [];
  /** Timers that were set: `{ callback, delay }`. */
  timers = new Set();
  nextPort = 1;

  constructor({ env = {}, appInfo = {}, evaluate = () => true } = {}) {
    this.process = Object.assign(new EventEmitter(), {
      platform: 'linux',
      arch: 'x64',
      versions: {},
      env: { HOME: '/home/somebody', ...env },
      emitWarning: (...args) => this.warnings.push(args),
      exitCode: undefined,
      cwd: () => '/home/somebody',
      exit: (code) => {
        throw new Error(`process ended with ${code}`);
      },
    });
    this.answers = {
      getBounds: () => BOUNDS,
      state: () => ({ visible: true, focused: false }),
      url: () => '',
      title: () => '',
    };
    const record = (name, answer = () => undefined) => (...args) => {
      this.calls.push([name, ...args]);
      return answer(...args);
    };
    this.binding = {
      appInfo: {
        appPath: '/apps/sample', name: 'Sample', version: '1.2.3', execPath: '/usr/bin/conch', resourcesPath: '/usr/lib/conch', args: [],
        isPackaged: false, ...appInfo,
      },
      versions: { conch: '0.1.0', electron: '45.0.0' },
      uncloneable: UNCLONEABLE,
      on: (handlers) => {
        this.engine = handlers;
      },
      ui: (command) => {
        if (command.cmd === 'webkitVersion') return '2.50.6';
        this.commands.push(JSON.parse(JSON.stringify(command)));
        return this.answers[command.cmd]?.(command) ?? null;
      },
      contents: record('contents'),
      forget: record('forget'),
      send: record('send', (_contents, _document, _channel, args) => clone(args) && true),
      postMessage: record('postMessage', (_contents, _document, _channel, message) => (clone(message), true)),
      reply: record('reply', (_contents, _document, _call, _isError, value) => void clone(value)),
      replySync: record('replySync', (_contents, _document, _call, _isError, value) => void clone(value)),
      evaluate: record('evaluate', evaluate),
      channel: record('channel', () => [this.nextPort++, this.nextPort++]),
      portPost: record('portPost', (_port, message) => void clone(message)),
      portStart: record('portStart'),
      portClose: record('portClose'),
      exit: record('exit'),
      collectGarbage: record('collectGarbage'),
    };
    this.console = Object.fromEntries(['log', 'info', 'warn', 'error'].map((level) => {
      return [level, (...args) => this.lines.push([level, ...args])];
    }));
    this.globals = {
      setImmediate: (callback) => setImmediate(() => this.run(callback)),
      clearImmediate,
      setTimeout: (callback, delay) => {
        const timer = { callback, delay };
        this.timers.add(timer);
        return timer;
      },
      clearTimeout: (timer) => this.timers.delete(timer),
    };
    this.modules = new Map();
    this.electron = this.require('electron/index');
    this.calls.length = 0;
  }

  /** The module as the runtime loads it: a function body with five parameters. */
  require(name) {
    if (!name.startsWith('electron/')) {
      // The folder of the app's data is not to be made for a test.
      return name === 'fs' ? { mkdirSync() {}, readFileSync: nodeRequire('fs').readFileSync } : nodeRequire(name);
    }
    const known = this.modules.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    this.modules.set(name, module);
    const source = readFileSync(new URL(`../${name}.js`, import.meta.url), 'utf8');
    const names = ['exports', 'require', 'module', 'process', 'internalBinding', 'console', 'globalThis'];
    const body = new Function(...names, `${source}\n//# sourceURL=${name}.js`);
    body(module.exports, (id) => this.require(id), module, this.process, () => this.binding, this.console,
      this.globals);
    return module.exports;
  }

  /** Runs what the engine would run, and reports as it would. */
  run(callback) {
    try {
      callback();
    } catch (error) {
      this.uncaught.push(error);
    }
  }

  /** Lets the timers of this delay go off. */
  elapse(delay) {
    for (const timer of [...this.timers].filter((each) => each.delay === delay)) {
      this.timers.delete(timer);
      this.run(timer.callback);
    }
  }

  /** The main script has run. */
  async launch() {
    this.engine.ui({ event: 'launch' });
    await turn();
    return this;
  }

  ui(event, fields) {
    this.engine.ui({ event, ...fields });
  }

  /** A window whose page is `url`, with frame 7 and document `document`. */
  openWindow(options = {}, document = 100) {
    const window = new this.electron.BrowserWindow(options);
    const contents = window.webContents.id;
    this.engine.rendererConnected(contents, 4000 + contents);
    this.engine.document([contents, document, 7], true, 'file:///apps/sample/index.html', 0, '', '');
    this.calls.length = 0;
    this.commands.length = 0;
    return window;
  }

  /** Names of the calls of the binding so far, and forgets them. */
  take(name) {
    const found = this.calls.filter((call) => call[0] === name).map((call) => call.slice(1));
    this.calls = this.calls.filter((call) => call[0] !== name);
    return found;
  }

  takeCommands(cmd) {
    const found = this.commands.filter((command) => command.cmd === cmd);
    this.commands = this.commands.filter((command) => command.cmd !== cmd);
    return found;
  }
}

/** Until the immediates that are set now have run. */
export async function turn() {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Names of the events that an emitter emits from now on. */
export function recordEvents(emitter, log = []) {
  const emit = emitter.emit;
  emitter.emit = function (name, ...args) {
    log.push(name);
    return emit.call(this, name, ...args);
  };
  return log;
}
