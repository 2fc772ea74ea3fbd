// app: the application as a whole.
'use strict';

const { EventEmitter } = require('events');
const apiNames = require('electron/api-names');
const lifecycle = require('electron/app-lifecycle');
const { AppPaths } = require('electron/app-paths');
const { integerAt, stringAt } = require('electron/arguments');
const { CommandLine } = require('electron/command-line');
const { refuseToClone } = require('electron/uncloneable');
const { installUnsupported, warnOnUnsupportedEvents } = require('electron/unsupported');
const windows = require('electron/window-state').table;

const binding = internalBinding('electron');

/** The events that do fire here. */
const FIRED = [
  'before-quit', 'browser-window-blur', 'browser-window-created', 'browser-window-focus', 'quit', 'ready',
  'render-process-gone', 'second-instance', 'session-created', 'web-contents-created', 'will-finish-launching', 'will-quit', 'window-all-closed',
];

class App extends EventEmitter {
  #isAccelerated = true;
  #name = binding.appInfo.name;
  #paths = new AppPaths(() => this.#name);

  commandLine = new CommandLine(binding.appInfo.args);

  whenReady() { return lifecycle.whenReady(); }

  isReady() { return lifecycle.isReady(); }

  /** Has all pages drawn without the graphics card; that is decided before the first is there. */
  disableHardwareAcceleration() {
    if (lifecycle.isReady()) throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    this.#isAccelerated = false;
  }

  isHardwareAccelerationEnabled() { return this.#isAccelerated; }

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

  getSystemLocale() { return this.getLocale(); }

  getLocaleCountryCode() { return /[-_]([A-Z]{2})$/.exec(this.getLocale())?.[1] ?? ''; }

  /** The languages that the user reads, best first, as the environment states them. */
  getPreferredSystemLanguages() {
    const names = (process.env.LANGUAGE ?? '').split(':').filter((name) => name !== '' && name !== 'C');
    const languages = names.map((name) => name.replace(/[.@].*$/, '').replace('_', '-'));
    return languages.length > 0 ? languages : [this.getLocale()];
  }

  /** @param {any[]} args a folder; one below the app's data if left out */
  setAppLogsPath(...args) {
    const folder = args[0] === undefined ? require('path').join(this.getPath('userData'), 'logs') : stringAt(args, 0);
    this.setPath('logs', folder);
    require('fs').mkdirSync(folder, { recursive: true });
  }

  /** @param {any[]} args the app's own data for the instance that runs already */
  requestSingleInstanceLock(...args) { return require('electron/single-instance').requestLock(args[0]); }

  hasSingleInstanceLock() { return require('electron/single-instance').hasLock(); }

  releaseSingleInstanceLock() { require('electron/single-instance').releaseLock(); }

  /**
   * Starts the app anew once this process has ended, which is for the app to bring about.
   * @param {{ execPath?: string, args?: string[] }} [options]
   */
  relaunch({ execPath: program, args } = {}) { binding.ui({ cmd: 'relaunch', program, args }); }

  /** Gives the focus to the first window that can be seen. */
  focus() {
    const shown = [...windows.values()].find(({ window }) => window.isVisible());
    shown?.window.focus();
  }

  /** @returns {any} */
  get applicationMenu() { return require('electron/menu').Menu.getApplicationMenu(); }

  set applicationMenu(menu) { require('electron/menu').Menu.setApplicationMenu(menu); }

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
