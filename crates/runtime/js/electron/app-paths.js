// app.getPath and app.setPath: where files of each kind belong on a Linux desktop.
'use strict';

const path = require('path');
const { stringAt } = require('electron/arguments');

const binding = internalBinding('electron');

/** The XDG name of a user's folder, and its usual place below the home folder. */
const USER_FOLDERS = {
  desktop: ['DESKTOP', 'Desktop'],
  documents: ['DOCUMENTS', 'Documents'],
  downloads: ['DOWNLOAD', 'Downloads'],
  music: ['MUSIC', 'Music'],
  pictures: ['PICTURES', 'Pictures'],
  videos: ['VIDEOS', 'Videos'],
};

class AppPaths {
  #appName;
  /** Set by the app, or looked up once. @type {Map<string, string>} */
  #known = new Map();

  /** @param {() => string} appName */
  constructor(appName) {
    this.#appName = appName;
  }

  /** @param {any[]} args */
  get(...args) {
    const name = stringAt(args, 0);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const found = this.#find(name);
    if (found === undefined) throw new Error(`Failed to get '${name}' path`);
    // The app's name may still change what lies below the folder of its data.
    if (name === 'userData') this.#known.set(name, found);
    return found;
  }

  /** @param {any[]} args */
  set(...args) {
    const name = stringAt(args, 0);
    const value = stringAt(args, 1);
    if (!path.isAbsolute(value)) throw new Error('Path must be absolute');
    if (this.#find(name) === undefined) throw new Error('Failed to set path');
    this.#known.set(name, value);
  }

  /**
   * @param {string} name
   * @returns {string | undefined}
   */
  #find(name) {
    switch (name) {
      case 'home': return home();
      case 'appData': return process.env.XDG_CONFIG_HOME || path.join(home(), '.config');
      case 'cache': return process.env.XDG_CACHE_HOME || path.join(home(), '.cache');
      case 'userData': return path.join(this.get('appData'), this.#appName());
      case 'sessionData': return this.get('userData');
      case 'logs': return path.join(this.get('userData'), 'logs');
      case 'crashDumps': return path.join(this.get('userData'), 'Crashpad');
      case 'temp': return process.env.TMPDIR || '/tmp';
      case 'exe':
      case 'module': return binding.appInfo.execPath;
      default: return Object.hasOwn(USER_FOLDERS, name) ? userFolder(name) : undefined;
    }
  }
}

function home() {
  // Not at load: hosts need not have the module by then.
  return process.env.HOME || require('os').homedir();
}

/** @param {string} name a key of USER_FOLDERS */
function userFolder(name) {
  const [key, usual] = /** @type {any} */ (USER_FOLDERS)[name];
  return chosenFolder(key) ?? path.join(home(), usual);
}

/**
 * What user-dirs.dirs says: lines like `XDG_MUSIC_DIR="$HOME/Music"`.
 * @param {string} key
 */
function chosenFolder(key) {
  let text;
  try {
    const folder = process.env.XDG_CONFIG_HOME || path.join(home(), '.config');
    text = require('fs').readFileSync(path.join(folder, 'user-dirs.dirs'), 'utf8');
  } catch {
    return undefined;
  }
  const line = new RegExp(`^\\s*XDG_${key}_DIR\\s*=\\s*"(\\$HOME)?(/[^"]*)?"`, 'm').exec(text);
  if (line === null) return undefined;
  const [, fromHome = '', rest = ''] = line;
  return fromHome === '' ? rest || undefined : path.join(home(), rest);
}

module.exports = { AppPaths };
