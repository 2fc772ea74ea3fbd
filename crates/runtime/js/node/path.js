// Paths: posix, which is the platform's, and win32 for who asks for it by name.
'use strict';

const { checkObject, checkString } = require('internal/errors');

/** @param {string} char */
const isLetter = (char) => /^[A-Za-z]$/.test(char);

/**
 * Resolves `.` and `..` in a relative part.
 * @param {string} path @param {boolean} mayRise whether `..` at the front stays
 * @param {string} separator @param {(char: string) => boolean} isSeparator
 */
function normalizeParts(path, mayRise, separator, isSeparator) {
  /** @type {string[]} */
  const out = [];
  let part = '';
  for (let i = 0; i <= path.length; i++) {
    const char = i < path.length ? path[i] : separator;
    if (!isSeparator(char)) {
      part += char;
      continue;
    }
    if (part === '..') {
      if (out.length > 0 && out[out.length - 1] !== '..') out.pop();
      else if (mayRise) out.push('..');
    } else if (part !== '' && part !== '.') {
      out.push(part);
    }
    part = '';
  }
  return out.join(separator);
}

/** @param {string} separator @param {any} parts */
function formatParts(separator, parts) {
  checkObject(parts, 'pathObject');
  const dir = parts.dir || parts.root;
  const ext = parts.ext ? `${parts.ext[0] === '.' ? '' : '.'}${parts.ext}` : '';
  const base = parts.base || `${parts.name || ''}${ext}`;
  if (!dir) return base;
  return dir === parts.root ? `${dir}${base}` : `${dir}${separator}${base}`;
}

/**
 * What both platforms compute alike from the last part of a path.
 * @param {(char: string) => boolean} isSeparator @param {(path: string) => number} rootLength
 */
function lastPart(isSeparator, rootLength) {
  /** The last part's bounds, trailing separators left out. @param {string} path @param {number} root */
  function bounds(path, root) {
    let end = path.length;
    while (end > root && isSeparator(path[end - 1])) end--;
    let start = end;
    while (start > root && !isSeparator(path[start - 1])) start--;
    return [start, end];
  }

  /** @param {string} path @param {string} [suffix] */
  function basename(path, suffix) {
    if (suffix !== undefined) checkString(suffix, 'suffix');
    checkString(path, 'path');
    const drive = /^[A-Za-z]:/.test(path) && isSeparator('\\') ? 2 : 0;
    const [start, end] = bounds(path, drive);
    const base = path.slice(start, end);
    if (suffix && base !== suffix && base.endsWith(suffix)) {
      return base.slice(0, base.length - suffix.length);
    }
    // Of a path that is its suffix and nothing else, Node leaves nothing.
    if (suffix && base === suffix && path === suffix) return '';
    return base;
  }

  /** @param {string} base */
  function extensionOf(base) {
    const dot = base.lastIndexOf('.');
    return dot <= 0 || base === '..' ? '' : base.slice(dot);
  }

  /** @param {string} path */
  function extname(path) {
    checkString(path, 'path');
    return extensionOf(basename(path));
  }

  /** @param {string} path */
  function parse(path) {
    checkString(path, 'path');
    const rootEnd = rootLength(path);
    const [start, end] = bounds(path, rootEnd);
    const base = path.slice(start, end);
    const ext = extensionOf(base);
    let dirEnd = start;
    if (dirEnd > rootEnd) dirEnd--;
    const root = path.slice(0, rootEnd);
    return {
      root, dir: dirEnd > rootEnd ? path.slice(0, dirEnd) : root, base, ext,
      name: base.slice(0, base.length - ext.length),
    };
  }

  return { bounds, basename, extname, parse };
}

// posix ------------------------------------------------------------------------------------

/** @param {string} char */
const isSlash = (char) => char === '/';
const posixLast = lastPart(isSlash, (path) => (path[0] === '/' ? 1 : 0));

/** @type {any} */
const posix = {
  sep: '/',
  delimiter: ':',

  /** @param {...string} paths */
  resolve(...paths) {
    let resolved = '';
    for (let i = paths.length - 1; i >= 0 && resolved[0] !== '/'; i--) {
      checkString(paths[i], `paths[${i}]`);
      if (paths[i] !== '') resolved = resolved === '' ? paths[i] : `${paths[i]}/${resolved}`;
    }
    if (resolved[0] !== '/') resolved = `${process.cwd()}/${resolved}`;
    return `/${normalizeParts(resolved, false, '/', isSlash)}`;
  },

  /** @param {string} path */
  normalize(path) {
    checkString(path, 'path');
    if (path === '') return '.';
    const absolute = path[0] === '/';
    let out = normalizeParts(path, !absolute, '/', isSlash);
    if (out === '') {
      if (absolute) return '/';
      return path.endsWith('/') ? './' : '.';
    }
    if (path.endsWith('/')) out += '/';
    return absolute ? `/${out}` : out;
  },

  /** @param {string} path */
  isAbsolute(path) {
    checkString(path, 'path');
    return path[0] === '/';
  },

  /** @param {...string} paths */
  join(...paths) {
    for (const path of paths) checkString(path, 'path');
    const joined = paths.filter((path) => path !== '').join('/');
    return joined === '' ? '.' : posix.normalize(joined);
  },

  /** @param {string} from @param {string} to */
  relative(from, to) {
    checkString(from, 'from');
    checkString(to, 'to');
    if (from === to) return '';
    const start = posix.resolve(from).split('/').filter(Boolean);
    const end = posix.resolve(to).split('/').filter(Boolean);
    let same = 0;
    while (same < start.length && same < end.length && start[same] === end[same]) same++;
    return [...start.slice(same).map(() => '..'), ...end.slice(same)].join('/');
  },

  /** @param {string} path */
  toNamespacedPath: (path) => path,

  /** @param {string} path */
  dirname(path) {
    checkString(path, 'path');
    if (path === '') return '.';
    let [end] = posixLast.bounds(path, 0);
    if (end === 0) return path[0] === '/' ? '/' : '.';
    // One separator goes; those before it belong to the folder.
    end--;
    if (end === 0) return '/';
    // Node keeps '//' as a root of its own.
    if (end === 1 && path[0] === '/' && path[1] === '/') return '//';
    return path.slice(0, end);
  },

  basename: posixLast.basename,
  extname: posixLast.extname,
  /** @param {any} parts */
  format: (parts) => formatParts('/', parts),
  parse: posixLast.parse,
};

// win32 ------------------------------------------------------------------------------------

/** @param {string} char */
const isEither = (char) => char === '/' || char === '\\';

/** How much of a path is its root: a drive, a share, a separator. @param {string} path */
function winRootLength(path) {
  if (path === '') return 0;
  if (isEither(path[0])) {
    const share = /^[\\/]{2}[^\\/]+[\\/]+[^\\/]+(?:[\\/]|$)/.exec(path);
    return share ? share[0].length : 1;
  }
  if (isLetter(path[0]) && path[1] === ':') return path.length > 2 && isEither(path[2]) ? 3 : 2;
  return 0;
}

/** @param {string} path */
function winSplit(path) {
  const root = path.slice(0, winRootLength(path));
  const share = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/.exec(root);
  if (share) return { device: `\\\\${share[1]}\\${share[2]}`, absolute: true, tail: path.slice(root.length) };
  if (isLetter(root[0] ?? '')) {
    return { device: root.slice(0, 2), absolute: root.length > 2, tail: path.slice(root.length) };
  }
  return { device: '', absolute: root !== '', tail: path.slice(root.length) };
}

const winLast = lastPart(isEither, winRootLength);

/** @type {any} */
const win32 = {
  sep: '\\',
  delimiter: ';',

  /** @param {...string} paths */
  resolve(...paths) {
    let device = '';
    let tail = '';
    let absolute = false;
    for (let i = paths.length - 1; i >= -1; i--) {
      if (device !== '' && absolute) break;
      const path = i >= 0 ? paths[i] : process.cwd();
      checkString(path, `paths[${i}]`);
      if (path === '') continue;
      const split = winSplit(path);
      if (split.device && device && split.device.toLowerCase() !== device.toLowerCase()) continue;
      device = device || split.device;
      if (!absolute) {
        tail = `${split.tail}\\${tail}`;
        absolute = split.absolute;
      }
    }
    const out = normalizeParts(tail, !absolute, '\\', isEither);
    return `${device}${absolute ? '\\' : ''}${out}` || '.';
  },

  /** @param {string} path */
  normalize(path) {
    checkString(path, 'path');
    if (path === '') return '.';
    const { device, absolute, tail } = winSplit(path);
    let out = normalizeParts(tail, !absolute, '\\', isEither);
    if (out === '' && !absolute) out = '.';
    if (out !== '' && isEither(path[path.length - 1]) && tail !== '') out += '\\';
    return `${device}${absolute ? '\\' : ''}${out}`;
  },

  /** @param {string} path */
  isAbsolute(path) {
    checkString(path, 'path');
    return path !== '' && winSplit(path).absolute;
  },

  /** @param {...string} paths */
  join(...paths) {
    for (const path of paths) checkString(path, 'path');
    const parts = paths.filter((path) => path !== '');
    if (parts.length === 0) return '.';
    let joined = parts.join('\\');
    // Two separators at the front are a share only when the first part has them.
    if (/^[\\/]{2}/.test(joined) && !/^[\\/]{2}[^\\/]/.test(parts[0])) {
      joined = joined.replace(/^[\\/]+/, '\\');
    }
    return win32.normalize(joined);
  },

  /** @param {string} from @param {string} to */
  relative(from, to) {
    checkString(from, 'from');
    checkString(to, 'to');
    if (from === to) return '';
    const target = win32.resolve(to);
    const start = win32.resolve(from).split('\\').filter(Boolean);
    const end = target.split('\\').filter(Boolean);
    let same = 0;
    while (same < start.length && same < end.length &&
      start[same].toLowerCase() === end[same].toLowerCase()) same++;
    if (same === 0 && start.length > 0) return target;
    return [...start.slice(same).map(() => '..'), ...end.slice(same)].join('\\');
  },

  /** @param {string} path */
  toNamespacedPath(path) {
    if (typeof path !== 'string' || path === '') return path;
    const resolved = win32.resolve(path);
    if (/^\\\\[^?.]/.test(resolved)) return `\\\\?\\UNC\\${resolved.slice(2)}`;
    return /^[A-Za-z]:\\/.test(resolved) ? `\\\\?\\${resolved}` : path;
  },

  /** @param {string} path */
  dirname(path) {
    checkString(path, 'path');
    if (path === '') return '.';
    const root = winRootLength(path);
    let [end] = winLast.bounds(path, root);
    if (end <= root) return root > 0 ? path.slice(0, root) : '.';
    return path.slice(0, end - 1);
  },

  basename: winLast.basename,
  extname: winLast.extname,
  /** @param {any} parts */
  format: (parts) => formatParts('\\', parts),
  parse: winLast.parse,
};

posix.win32 = win32.win32 = win32;
posix.posix = win32.posix = posix;

module.exports = posix;
