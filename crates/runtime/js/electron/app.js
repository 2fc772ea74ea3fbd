// app: the application as a whole.
'use strict';

const { EventEmitter } = require('events');
const apiNames = require('electron/api-names');
const lifecycle = require('electron/app-lifecycle');
const { AppPaths } = require('electron/app-paths');
const { integerAt, stringAt } = require('electron/arguments');
const { CommandLine } = require('electron/command-line');
const { refuseToClone } = require('electron/uncloneable');
const { installUnsupported, unsupported, warnOnUnsupportedEvents } = require('electron/unsupported');
const windows = require('electron/window-state').table;

const binding = internalBinding('electron');

/** The events that do fire here. */
const FIRED = [
  'before-quit', 'browser-window-blur', 'browser-window-created', 'browser-window-focus', 'quit', 'ready',
  'render-process-gone', 'web-contents-created', 'will-finish-launching', 'will-quit', 'window-all-closed',
];

class App extends EventEmitter {
  #name = binding.appInfo.name;
  #paths = new AppPaths(() => this.#name);

  commandLine = new CommandLine(binding.appInfo.args);

  whenReady() { return lifecycle.whenReady(); }

  isReady() { return lifecycle.isReady(); }

  quit() { lifecycle.quit(); }

  /** @param {any[]} args the exit code, 0 if left out */
  exit(...args) { lifecycle.exit(args[0] === undefined ? 0 : integerAt(args, 0)); }

  get name() { return this.#name; }

  set name(name) { this.setName(name); }

  getName() { return this.#name; }

  /** @param {any[]} args */
  setName(...args) { this.#name = stringAt(args, 0); }

  getVersion() { return binding.appInfo.version; }

  getAppPath() { return binding.appInfo.appPath; }

  get isPackaged() { return binding.appInfo.isPackaged; }

  /** @param {any[]} args */
  getPath(...args) { return this.#paths.get(...args); }

  /** @param {any[]} args */
  setPath(...args) { this.#paths.set(...args); }

  /** The user's language as the environment states it. */
  getLocale() {
    const { LC_ALL, LC_MESSAGES, LANG } = process.env;
    const [locale] = (LC_ALL || LC_MESSAGES || LANG || '').split(/[.@]/);
    return locale === '' || locale === 'C' || locale === 'POSIX' ? 'en-US' : locale.replace('_', '-');
  }

  /** Gives the focus to the first window that can be seen. */
  focus() {
    const shown = [...windows.values()].find(({ window }) => window.isVisible());
    shown?.window.focus();
  }

  // Conch has no menus.
  get applicationMenu() { return null; }

  set applicationMenu(menu) {
    if (menu !== null) throw unsupported('app.applicationMenu');
  }

  /** It names an app to Windows; on Linux it does nothing in Electron either. */
  setAppUserModelId() {}
}

refuseToClone(App);
installUnsupported(App.prototype, 'app', apiNames.app);
warnOnUnsupportedEvents(App.prototype, 'app', apiNames.app.events, FIRED);

const app = new App();
lifecycle.attach(app);

app.on('window-all-closed', () => {
  // Nobody but this listener: the default is to quit (semantics 135).
  if (app.listenerCount('window-all-closed') === 1) app.quit();
});
app.on('quit', (_event, exitCode) => {
  const { _exiting: exiting } = /** @type {any} */ (process);
  if (exiting) return;
  // As Node has it, so that the host does not emit it once more.
  /** @type {any} */ (process)._exiting = true;
  process.emit('exit', exitCode);
});

const exitProcess = process.exit;
process.exit = (code) => {
  const exitCode = Number(code ?? process.exitCode ?? 0) | 0;
  lifecycle.exit(exitCode);
  // Unlike app.exit it must not return.
  return exitProcess.call(process, exitCode);
};

/** The main script has run. */
function launch() {
  lifecycle.launch(() => {
    try {
      require('fs').mkdirSync(app.getPath('userData'), { recursive: true });
    } catch (error) {
      console.warn(`The folder of the app's data cannot be made: ${error}`);
    }
  });
}

module.exports = { app, launch };
