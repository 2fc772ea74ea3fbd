// Fuzzes JavaScript: node fuzz/js/fuzz.mjs TARGET (--runs N | --seconds N) [--seed N] [--keep FOLDER]
// [--artifacts FOLDER] SEEDS...
//
// Inputs that run code in a new way become seeds of others, as in libFuzzer, and what is printed at the
// end is in its words. `--keep` is where those inputs are written to, and read from the next time.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspect, parseArgs } from 'node:util';

import { chance } from './chance.mjs';
import { Coverage } from './coverage.mjs';
import { mutate } from './mutate.mjs';

/** Inputs between two looks at the coverage, which take longer than an input. */
const BATCH = 200;

const { values: options, positionals: [name, ...folders] } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' }, seconds: { type: 'string' }, seed: { type: 'string' },
    keep: { type: 'string' }, artifacts: { type: 'string', default: '.' },
  },
});

const target = await import(`./targets/${name}.mjs`);
const coverage = new Coverage((url) => target.covered.some((part) => url.includes(part)));
const corpus = [];
let executions = 0;

const nameOf = (bytes) => createHash('sha1').update(bytes).digest('hex');

/** Runs one input. What it throws is a finding, and the end. @param {Uint8Array} bytes */
async function run(bytes) {
  executions++;
  try {
    await target.run(bytes);
  } catch (error) {
    mkdirSync(options.artifacts, { recursive: true });
    const file = path.join(options.artifacts, `crash-${nameOf(bytes)}`);
    writeFileSync(file, bytes);
    console.error(`${inspect(error)}\n${Buffer.from(bytes).toString('latin1')}\nTest unit written to ${file}`);
    report();
    process.exit(77);
  }
}

/** Runs inputs; those with which something new happens go into the corpus. */
async function batch(inputs, keep) {
  for (const bytes of inputs) await run(bytes);
  const found = coverage.take();
  if (found.length === 0) return;
  // Which of them it was shows when they run once more.
  for (const bytes of inputs) {
    await run(bytes);
    const edges = coverage.take();
    if (edges.length === 0) continue;
    coverage.add(edges);
    corpus.push(bytes);
    if (keep) writeFileSync(path.join(keep, nameOf(bytes)), bytes);
  }
  // What ran the first time only, because something was not cached yet, is not looked for again.
  coverage.add(found);
}

function report() {
  console.error(`#${executions}\tDONE   cov: ${coverage.edges} corp: ${corpus.length}`);
  console.error(`stat::number_of_executed_units: ${executions}`);
}

if (options.keep) mkdirSync(options.keep, { recursive: true });
for (const folder of [...folders, ...(options.keep ? [options.keep] : [])]) {
  const files = readdirSync(folder).map((file) => path.join(folder, file));
  for (const file of files.sort()) {
    if (statSync(file).isFile() && statSync(file).size <= 4096) await batch([new Uint8Array(readFileSync(file))]);
  }
}
if (corpus.length === 0) corpus.push(new Uint8Array([0]));

const random = chance(Number(options.seed ?? process.hrtime()[1]));
const end = options.seconds ? Date.now() + Number(options.seconds) * 1000 : Infinity;
const most = options.runs ? Number(options.runs) : Infinity;
while (executions < most && Date.now() < end) {
  await batch(Array.from({ length: BATCH }, () => mutate(random, corpus, target.words ?? [])), options.keep);
}
report();
