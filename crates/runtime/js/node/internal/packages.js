// package.json: reading it, and the rules of its "exports" and "imports" by which a request
// becomes a file. The rules are those of Node's documentation, "Packages".
'use strict';

const binding = internalBinding('modules');
const { codedError } = require('internal/errors');

/**
 * @typedef {object} Package
 * @property {string} folder
 * @property {string} file
 * @property {string | undefined} name
 * @property {string | undefined} main
 * @property {string | undefined} type
 * @property {any} exports
 * @property {any} imports
 */

/** @type {Map<string, Package | null>} */
const packages = new Map();

/** The package.json of exactly this folder, or null. @param {string} folder */
function readPackage(folder) {
  const known = packages.get(folder);
  if (known !== undefined) return known;
  const file = folder === '/' ? '/package.json' : `${folder}/package.json`;
  let found = null;
  if (binding.kind(file) === 0) {
    let json;
    try {
      json = JSON.parse(binding.readText(file));
    } catch (error) {
      const failure = /** @type {Error} */ (error);
      failure.message = `Error parsing ${file}: ${failure.message}`;
      throw failure;
    }
    if (json === null || typeof json !== 'object') json = {};
    found = {
      folder, file,
      name: typeof json.name === 'string' ? json.name : undefined,
      main: typeof json.main === 'string' ? json.main : undefined,
      type: typeof json.type === 'string' ? json.type : undefined,
      exports: json.exports, imports: json.imports,
    };
  }
  packages.set(folder, found);
  return found;
}

/** @param {string} path */
const parent = (path) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '/';

/** The package that a file belongs to, or null. @param {string} file */
function packageOf(file) {
  for (let folder = parent(file); ; folder = parent(folder)) {
    if (folder.endsWith('/node_modules')) return null;
    const found = readPackage(folder);
    if (found !== null) return found;
    if (folder === '/') return null;
  }
}

/** `name` and `./rest` of a bare request. @param {string} request */
function splitRequest(request) {
  const match = /^((?:@[^/\\%]+\/)?[^./\\%@][^/\\%]*)(\/.*)?$/.exec(request);
  return match === null ? null : { name: match[1], subpath: `.${match[2] ?? ''}` };
}

/** @param {any} target @param {string} key @param {Package} pack @param {string} reason */
function invalidTarget(target, key, pack, reason) {
  const field = reason === 'imports' ? 'imports' : 'exports';
  return codedError(Error, 'ERR_INVALID_PACKAGE_TARGET',
    `Invalid "${field}" target ${JSON.stringify(target)} defined ` +
    (key === '.' ? 'in the package config ' : `for '${key}' in the package config `) + pack.file);
}

/** @param {string} path */
const hasBadSegment = (path) => /(^|[/\\])(\.\.?|node_modules)([/\\]|$)/i.test(path);

/**
 * One target of a map: a file, undefined when no condition fits, null when it is closed.
 * @param {Package} pack @param {any} target @param {string | null} star @param {string} key
 * @param {string[]} conditions @param {'exports' | 'imports'} field
 * @returns {string | null | undefined}
 */
function resolveTarget(pack, target, star, key, conditions, field) {
  if (typeof target === 'string') {
    if (!target.startsWith('./')) {
      if (field === 'imports' && !target.startsWith('../') && !target.startsWith('/')) {
        return `bare:${star === null ? target : target.replaceAll('*', () => star)}`;
      }
      throw invalidTarget(target, key, pack, field);
    }
    if (hasBadSegment(target.slice(2))) throw invalidTarget(target, key, pack, field);
    const path = `${pack.folder === '/' ? '' : pack.folder}/${target.slice(2)}`;
    if (star === null) return path;
    if (hasBadSegment(star)) {
      throw codedError(TypeError, 'ERR_INVALID_MODULE_SPECIFIER',
        `Invalid module "${key.replace('*', () => star)}" request is not a valid match in pattern "${key}" for the "${field}" resolution of ${pack.file}`);
    }
    return path.replaceAll('*', () => star);
  }
  if (Array.isArray(target)) {
    let last;
    let failure;
    for (const one of target) {
      try {
        last = resolveTarget(pack, one, star, key, conditions, field);
      } catch (error) {
        if (/** @type {any} */ (error).code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
        failure = error;
        continue;
      }
      if (last !== undefined && last !== null) return last;
    }
    if (last === undefined && failure !== undefined) throw failure;
    return last ?? null;
  }
  if (target !== null && typeof target === 'object') {
    for (const condition of Object.keys(target)) {
      if (condition !== 'default' && !conditions.includes(condition)) continue;
      const found = resolveTarget(pack, target[condition], star, key, conditions, field);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (target === null) return null;
  throw invalidTarget(target, key, pack, field);
}

/**
 * @param {Package} pack @param {any} map @param {string} key
 * @param {string[]} conditions @param {'exports' | 'imports'} field
 */
function resolveInMap(pack, map, key, conditions, field) {
  if (Object.hasOwn(map, key) && !key.includes('*') && !key.endsWith('/')) {
    return resolveTarget(pack, map[key], null, key, conditions, field);
  }
  // The longest pattern before its star wins.
  let best = '';
  let star = '';
  for (const pattern of Object.keys(map)) {
    const at = pattern.indexOf('*');
    if (at < 0 || at !== pattern.lastIndexOf('*')) continue;
    const head = pattern.slice(0, at);
    const tail = pattern.slice(at + 1);
    if (!key.startsWith(head) || key === head || !key.endsWith(tail) || key.length < pattern.length) continue;
    const bestHead = best.indexOf('*');
    if (best === '' || at > bestHead || (at === bestHead && pattern.length > best.length)) {
      best = pattern;
      star = key.slice(at, key.length - tail.length);
    }
  }
  if (best === '') return undefined;
  return resolveTarget(pack, map[best], star, best, conditions, field);
}

/** The file that a package's "exports" give for `.` or `./sub`.
 * @param {Package} pack @param {string} subpath @param {string[]} conditions @param {string} from */
function resolveExports(pack, subpath, conditions, from) {
  let map = pack.exports;
  const keys = map !== null && typeof map === 'object' && !Array.isArray(map) ? Object.keys(map) : [];
  const dotted = keys.filter((key) => key.startsWith('.')).length;
  if (dotted !== 0 && dotted !== keys.length) {
    throw codedError(Error, 'ERR_INVALID_PACKAGE_CONFIG',
      `Invalid package config ${pack.file}. "exports" cannot contain some keys starting with '.' and some not.`);
  }
  if (dotted === 0) map = { '.': map };
  const found = resolveInMap(pack, map, subpath, conditions, 'exports');
  if (found !== undefined && found !== null) return found;
  throw codedError(Error, 'ERR_PACKAGE_PATH_NOT_EXPORTED',
    (subpath === '.' ? `No "exports" main defined in ${pack.file}` :
      `Package subpath '${subpath}' is not defined by "exports" in ${pack.file}`) +
    (from === '' ? '' : ` imported from ${from}`));
}

/** What a `#name` request stands for: a file, or `bare:name`.
 * @param {string} request @param {string} file @param {string[]} conditions */
function resolveImports(request, file, conditions) {
  const pack = packageOf(file);
  if (pack !== null && pack.imports !== null && typeof pack.imports === 'object') {
    const found = resolveInMap(pack, pack.imports, request, conditions, 'imports');
    if (found !== undefined && found !== null) return found;
  }
  throw codedError(TypeError, 'ERR_PACKAGE_IMPORT_NOT_DEFINED',
    `Package import specifier "${request}" is not defined` +
    `${pack === null ? '' : ` in package ${pack.file}`} imported from ${file}`);
}

module.exports = { readPackage, packageOf, splitRequest, resolveExports, resolveImports, parent };
