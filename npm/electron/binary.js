// Finds the `conch` program.
'use strict';

const fs = require('fs');
const path = require('path');

/** @param {string} file */
function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @param {string} file */
function modified(file) {
  return fs.statSync(file).mtimeMs;
}

/** The program in a `dist` folder of this package; `path.txt` may name it, as a path from there. */
function bundled() {
  const dist = path.join(__dirname, 'dist');
  const note = path.join(__dirname, 'path.txt');
  const name = fs.existsSync(note) ? fs.readFileSync(note, 'utf8').trim() : 'conch';
  return [path.resolve(dist, name)];
}

/**
 * The builds of the checkout that this package lives in, the newest first.
 * @param {NodeJS.ProcessEnv} environment
 */
function built({ CARGO_TARGET_DIR }) {
  const root = path.resolve(__dirname, '../..');
  if (!fs.existsSync(path.join(root, 'shell/Cargo.toml'))) return [];
  const target = path.resolve(root, CARGO_TARGET_DIR || 'target');
  const builds = ['release', 'debug'].map((profile) => path.join(target, profile, 'conch'));
  return builds.filter(isProgram).sort((a, b) => modified(b) - modified(a));
}

/** @param {NodeJS.ProcessEnv} environment */
function onPath({ PATH }) {
  const folders = (PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.resolve(folder, 'conch'));
}

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string} an absolute path
 */
function findBinary(environment = process.env) {
  const { CONCH_BINARY } = environment;
  if (CONCH_BINARY) {
    if (isProgram(CONCH_BINARY)) return path.resolve(CONCH_BINARY);
    throw new Error(`CONCH_BINARY is ${CONCH_BINARY}, which is not a program. Correct it, or unset it.`);
  }
  const found = [...bundled(), ...built(environment), ...onPath(environment)].find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    'The program conch, which runs this app in the place of Electron, was found neither in ' +
      `${path.join(__dirname, 'dist')} nor in PATH. Build it (cargo build --release, in Conch's ` +
      'checkout), then put it on PATH or name it in the environment variable CONCH_BINARY.',
  );
}

module.exports = { findBinary };
