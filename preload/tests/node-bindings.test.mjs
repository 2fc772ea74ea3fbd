// The main process's files that a renderer runs take functions from native code there. What stands in
// for it here (`preload/node-*.js`) has to have all of them.
import assert from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const loader = read('preload/loader.js');

const pathOf = (name) => `crates/runtime/js/${name.startsWith('electron/') ? '' : 'node/'}${name}.js`;
const isReplaced = (name) => loader.includes(`    '${name}': './`) || loader.includes(`    ${name}: './`);

/** The files that a renderer has of the main process's, as crates/webprocess/build.rs finds them. */
function sharedFiles() {
  const shared = new Map();
  const unread = readdirSync(new URL('preload/', root)).filter((file) => file.endsWith('.js')).map((file) => `preload/${file}`);
  while (unread.length > 0) {
    for (const [, name] of read(unread.pop()).matchAll(/require\('([^']+)'\)/g)) {
      const path = pathOf(name);
      if (name.startsWith('.') || isReplaced(name) || shared.has(name) || !existsSync(new URL(path, root))) continue;
      shared.set(name, read(path));
      unread.push(path);
    }
  }
  return shared;
}

/** What a file uses of each binding: `[binding, function]`. */
function usesOf(text) {
  const uses = [...text.matchAll(/internalBinding\('(\w+)'\)\.(\w+)/g)].map(([, binding, name]) => [binding, name]);
  for (const [, variable, binding] of text.matchAll(/const (\w+) = internalBinding\('(\w+)'\);/g)) {
    for (const [, name] of text.matchAll(new RegExp(`\\b${variable}\\.(\\w+)`, 'g'))) uses.push([binding, name]);
  }
  for (const [, names, binding] of text.matchAll(/const \{([^}]+)\} = internalBinding\('(\w+)'\);/g)) {
    for (const name of names.split(',')) uses.push([binding, name.trim()]);
  }
  return uses;
}

/** The files in place of native code, by binding, as text: they run in a web process only. */
const INSTEAD = {
  crypto: 'node-crypto.js', fs: 'node-fs.js', modules: 'node-modules.js', os: 'node-os.js', process: 'node-os.js', stdio: 'node-os.js', text: 'node-text.js',
};

test('a renderer has the files that its modules need', () => {
  const shared = sharedFiles();
  for (const name of ['buffer', 'fs', 'internal/loader', 'internal/fs_calls', 'stream', 'electron/unsupported']) {
    assert.ok(shared.has(name), name);
  }
  assert.ok(!shared.has('child_process'));
});

test('every function of native code that they use has one in its place', () => {
  const missing = [];
  let count = 0;
  for (const [file, text] of sharedFiles()) {
    for (const [binding, name] of usesOf(text)) {
      const instead = INSTEAD[binding];
      // Other bindings name themselves when they are used, see loader.js.
      if (instead === undefined) continue;
      count += 1;
      if (!new RegExp(`^\\s+(\\w+: \\{ )?.*\\b${name}\\b(,|:|\\(| \\})`, 'm').test(exportsOf(instead))) missing.push(`${file}: ${binding}.${name}`);
    }
  }
  assert.ok(count > 20, 'uses are found');
  assert.deepStrictEqual(missing, []);
});

function exportsOf(file) {
  const text = read(`preload/${file}`);
  return `  ${text.slice(text.lastIndexOf('module.exports = ') + 'module.exports = '.length)}`;
}
