// The stacks of errors that leave a renderer. JavaScriptCore's are texts here.
import assert from 'node:assert/strict';
import test from 'node:test';

import { loadHere } from './realms.mjs';
import { bytesOf, v8Read } from './golden.mjs';

const { noteParameters, scriptUrl, stackInForm } = loadHere('./error-stack.js');
const { createCodec } = loadHere('./codec.js');

/** An error as JavaScriptCore makes it. @param {string | undefined} stack */
function error(stack, { name = 'Error', message = 'broken', ...own } = {}) {
  const made = Object.assign(new Error(message), { name }, own);
  if (stack === undefined) delete made.stack;
  else made.stack = stack;
  return made;
}

const convert = (made) => stackInForm(made, made.name, made.message);

test('frames are written as V8 writes them', () => {
  const stack = [
    'inner@file:///app/node_modules/@scope/page.js:1:39',
    '@file:///app/page.js:2:52',
    'map@[native code]',
    'method@https://host:8080/a.js?x=1:2:40',
    'async later@file:///app/page.js:7:1',
    'eval code@',
    'anonymous@',
    'wasm@[wasm code]',
    'module code@file:///app/module.js:3:4',
    'global code@file:///app/page.js:9:1',
  ].join('\n');
  assert.equal(convert(error(stack, { name: 'TypeError' })), `TypeError: broken
    at inner (file:///app/node_modules/@scope/page.js:1:39)
    at file:///app/page.js:2:52
    at map (<anonymous>)
    at method (https://host:8080/a.js?x=1:2:40)
    at async later (file:///app/page.js:7:1)
    at <anonymous>
    at anonymous (<anonymous>)
    at wasm (<anonymous>)
    at file:///app/module.js:3:4
    at file:///app/page.js:9:1`);
});

test("Conch's own frames are left out, with those of the engine's functions that they called", () => {
  const stack = [
    'forEach@[native code]',
    'page@file:///app/page.js:1:2',
    'dispatchEvent@[native code]',
    '@conch:preload/turn.js:48:38',
    'outer@file:///app/page.js:3:4',
    'evaluateMain@[native code]',
    'run@conch:preload/evaluate.js:57:61',
  ].join('\n');
  assert.equal(convert(error(stack)), `Error: broken
    at forEach (<anonymous>)
    at page (file:///app/page.js:1:2)
    at outer (file:///app/page.js:3:4)`);
  assert.equal(convert(error('send@conch:preload/ipc-renderer.js:1:2')), 'Error: broken');
});

test('the first line is that of V8', () => {
  const frame = '@a.js:1:1';
  assert.equal(convert(error(frame, { message: '' })), 'Error\n    at a.js:1:1');
  assert.equal(convert(error(frame, { name: '' })), 'broken\n    at a.js:1:1');
  assert.equal(convert(error(frame, { name: 'Mine', message: 'two\nlines' })), 'Mine: two\nlines\n    at a.js:1:1');
});

test('an error without a stack gets its first line', () => {
  assert.equal(convert(error(undefined, { name: 'TypeError', message: 'Load failed' })), 'TypeError: Load failed');
  assert.equal(convert(error('')), 'Error: broken');
});

test('a script that does not compile is named first', () => {
  const stack = 'compile@[native code]\nrunOne@conch:preload/preload-scripts.js:43:34';
  // The column is that of the call of `compile`.
  const own = { name: 'SyntaxError', message: 'no', sourceURL: 'file:///app/preload.js', line: 3, column: 34 };
  assert.equal(convert(error(stack, own)), 'SyntaxError: no\n    at file:///app/preload.js:3');
  const required = 'compile@[native code]\nrunFile@conch:preload/require.js:1:2\n@file:///app/main.js:5:6';
  assert.equal(convert(error(required, own)), `SyntaxError: no
    at file:///app/preload.js:3
    at file:///app/main.js:5:6`);
});

test('a script that a file evaluates is not taken for the file', () => {
  const own = { name: 'SyntaxError', message: 'no', sourceURL: 'file:///app/page.js', line: 99 };
  const stack = 'Function@[native code]\n@file:///app/page.js:4:19';
  assert.equal(convert(error(stack, own)), `SyntaxError: no
    at Function (<anonymous>)
    at file:///app/page.js:4:19`);
  assert.equal(convert(error(stack, { ...own, name: 'TypeError', sourceURL: 'other.js' })), `TypeError: no
    at Function (<anonymous>)
    at file:///app/page.js:4:19`);
  assert.equal(convert(error('', { ...own, sourceURL: 'conch:preload/x.js' })), 'SyntaxError: no');
  assert.equal(convert(error('', { ...own, line: '99' })), 'SyntaxError: no');
});

test('what precedes the first line of a file in its function is not counted', () => {
  noteParameters('file:///app/preload.js', 'require, process');
  const head = '(function (require, process) {'.length;
  const stack = `f@file:///app/preload.js:1:${head + 7}\n@file:///app/preload.js:2:${head + 7}\n@file:///app/preload.js:1:3`;
  assert.equal(convert(error(stack)), `Error: broken
    at f (file:///app/preload.js:1:7)
    at file:///app/preload.js:2:${head + 7}
    at file:///app/preload.js:1:3`);
});

test("a stack that is not the engine's stays as it is", () => {
  for (const stack of [
    'own', 'Error: from main\n    at f (main.js:1:2)', 'mail me@example.org', 'f@file:///a.js:1:2\nand more',
    'Error: user@host:1:2\n    at f (main.js:1:2)',
  ]) {
    assert.equal(convert(error(stack)), stack);
  }
  assert.equal(convert(Object.defineProperty(new Error('x'), 'stack', { value: undefined })), undefined);
  assert.equal(convert(Object.defineProperty(new Error('x'), 'stack', { value: 7 })), undefined);
});

test('the url of a script lies beside the document', () => {
  const anonymous = (baseURI) => {
    const url = scriptUrl({ baseURI });
    const stack = `global code@${url}:1:7\nf@${url}:2:3`;
    assert.equal(convert(error(stack)), 'Error: broken\n    at <anonymous>:1:7\n    at f (<anonymous>:2:3)');
    return url;
  };
  assert.equal(anonymous('file:///app/page.html?a/b#c/d'), 'file:///app/%3Canonymous%3E');
  assert.equal(anonymous('https://host/'), 'https://host/%3Canonymous%3E');
  assert.equal(anonymous('about:blank'), '<anonymous>');
});

test('the codec writes the stack in that form', () => {
  const codec = createCodec({});
  const cause = error('g@file:///app/b.js:3:4', { name: 'RangeError', message: 'inner' });
  const copy = v8Read(bytesOf(codec, Object.assign(error('f@file:///app/a.js:1:2'), { cause })));
  assert.equal(copy.stack, 'Error: broken\n    at f (file:///app/a.js:1:2)');
  assert.equal(copy.cause.stack, 'RangeError: inner\n    at g (file:///app/b.js:3:4)');
});
