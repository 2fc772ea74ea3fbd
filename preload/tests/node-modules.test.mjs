// Node's modules as the loader gives them to a renderer: the main process's files over what the page
// has.
import assert from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';

const root = new URL('../../', import.meta.url);

function fileOf(name) {
  if (name.startsWith('./')) return new URL(`preload/${name}`, root);
  const folder = name.startsWith('electron/') ? 'crates/runtime/js/' : 'crates/runtime/js/node/';
  return new URL(`${folder}${name}.js`, root);
}

/** What the extension offers of itself to the loader. */
const native = {
  internalSource: (name) => (existsSync(fileOf(name)) ? readFileSync(fileOf(name), 'utf8') : undefined),
  internalParameters: (name) => (name.startsWith('./')
    ? 'exports, require, module, native, primordials'
    : 'exports, require, module, process, internalBinding'),
  compile: (source, url, parameters) =>
    vm.runInThisContext(`(function (${parameters}) {${source}\n})`, { filename: url }),
};
const load = vm.runInThisContext(readFileSync(fileOf('./loader.js'), 'utf8'), { filename: 'loader.js' });
const util = load(native, 'util');

test('inspect shows a promise, whose state only the engine knows', () => {
  // The test runner's async hooks add properties.
  assert.match(util.inspect(Promise.resolve(1)), /^Promise \{\s+<state unknown>/);
});

test('inspect shows what the page can tell apart', () => {
  assert.strictEqual(util.inspect(new Map([[1, { a: 'b' }]])), "Map(1) { 1 => { a: 'b' } }");
  assert.strictEqual(util.inspect(new Uint8Array([1, 2])), 'Uint8Array(2) [ 1, 2 ]');
  assert.strictEqual(util.inspect(new Proxy({ a: 1 }, {})), '{ a: 1 }');
  assert.strictEqual(util.inspect(Object(1n)), '[BigInt: 1n]');
});

test('util.types tells the kinds of typed arrays', () => {
  assert.ok(util.types.isUint8Array(new Uint8Array()));
  assert.ok(!util.types.isUint8Array(new Int8Array()));
  assert.ok(util.types.isBigInt64Array(new BigInt64Array()));
});
