// Writes the golden bytes of corpus.js as Node's v8.Serializer makes them, or checks that they
// still are what it makes:
//
//   node golden.mjs            write <name>.bin for every value
//   node golden.mjs --check    compare only; exit code 1 on a difference
//
// Bytes are compared only under the Node that wrote them, version 20: other versions of V8 may
// choose other forms of the same value. Views go through V8's own path; v8.serialize would write
// them as host objects of Node.
import { createRequire } from 'node:module';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';

const folder = dirname(fileURLToPath(import.meta.url));
const corpus = createRequire(import.meta.url)('./corpus.js');
const check = process.argv.includes('--check');
const version = Number.parseInt(process.versions.node, 10);
const sameBytes = version === 20;
let wrong = 0;

/** @param {unknown} value */
function write(value) {
  const serializer = new v8.Serializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

/** @param {Uint8Array} bytes */
function read(bytes) {
  const deserializer = new v8.Deserializer(bytes);
  deserializer.readHeader();
  return deserializer.readValue();
}

/** @param {boolean} ok @param {string} text */
function expect(ok, text) {
  if (ok) return;
  wrong++;
  console.error(text);
}

const names = new Set();
for (const { name, make, clone, node = 0 } of corpus.values) {
  expect(!names.has(name + '.bin'), `${name}: name used twice`);
  names.add(name + '.bin');
  if (check && version < node) continue;
  const bytes = write(make());
  const file = join(folder, name + '.bin');
  if (check) {
    const golden = existsSync(file) ? readFileSync(file) : new Uint8Array();
    const same = sameBytes ? bytes.equals(golden) : golden.length > 0;
    expect(same, `${name}: golden bytes differ`);
  } else {
    writeFileSync(file, bytes);
  }
  const arrived = corpus.describe(read(bytes));
  const expected = corpus.describe((clone ?? make)());
  expect(arrived === expected, `${name}: V8 reads\n  ${arrived}\nbut the corpus says\n  ${expected}`);
}

for (const file of readdirSync(folder)) {
  if (!file.endsWith('.bin') || names.has(file)) continue;
  if (check) expect(false, `${file}: no such value in the corpus`);
  else rmSync(join(folder, file));
}

for (const { name, make, message, node = 0 } of corpus.uncloneable) {
  if (version < node) continue;
  try {
    write(make());
    expect(false, `${name}: V8 clones it`);
  } catch (error) {
    const ok = message === null ? error.message.endsWith('could not be cloned.') : error.message === message;
    expect(ok, `${name}: V8 says ${error.message}`);
  }
}

for (const { name, make, thrown } of corpus.throwing) {
  try {
    write(make());
    expect(false, `${name}: nothing thrown`);
  } catch (error) {
    expect(error === thrown, `${name}: threw ${error}`);
  }
}

for (const { name, hex, make, until = version } of corpus.readable) {
  if (version > until) continue;
  try {
    const arrived = corpus.describe(read(corpus.fromHex(hex)));
    expect(arrived === corpus.describe(make()), `${name}: V8 reads ${arrived}`);
  } catch (error) {
    expect(false, `${name}: V8 refuses it: ${error.message}`);
  }
}

console.log(`${corpus.values.length} values ${check ? 'checked' : 'written'}, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
