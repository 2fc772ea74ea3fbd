// The package in folders and environments as apps have them, with a script in the place of `conch`.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'conch-npm-')));
after(() => rmSync(folder, { recursive: true }));

/** A program that says how it was called. */
const SCRIPT = `#!${process.execPath}
const [kind, ...rest] = process.argv.slice(2)
if (kind === 'signal') process.kill(process.pid, rest[0])
else if (kind === 'wait') {
  process.on('SIGTERM', () => process.exit(5))
  process.on('SIGHUP', () => process.exit(6))
  console.log('waiting')
  setInterval(() => {}, 1000)
} else if (kind === 'echo') process.stdin.pipe(process.stdout)
else { console.log(JSON.stringify([kind, ...rest])); process.exit(Number(rest[0])) }
`;

function program(...parts) {
  const file = join(folder, ...parts);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, SCRIPT);
  chmodSync(file, 0o755);
  return file;
}

/** A copy of the package, alone or at its place in a checkout. */
function copy(...parts) {
  const to = join(folder, ...parts);
  cpSync(here, to, { recursive: true });
  return to;
}

/** What `require(<package>)` gives to a plain Node. */
function required(at, environment) {
  const run = spawnSync(process.execPath, ['-p', `require(${JSON.stringify(at)})`], {
    env: environment, encoding: 'utf8',
  });
  return run.status === 0 ? run.stdout.trim() : run.stderr;
}

test('CONCH_BINARY comes first, and must be right', () => {
  const named = program('named/conch');
  const alone = copy('first/electron');
  program('first/electron/dist/conch');
  assert.equal(required(alone, { CONCH_BINARY: named }), named);
  assert.match(required(alone, { CONCH_BINARY: '/nowhere' }), /CONCH_BINARY is \/nowhere, which is not a program/);
});

test('a program in the package comes before others', () => {
  const alone = copy('bundled/electron');
  program('other/conch');
  const PATH = join(folder, 'other');
  const beside = program('bundled/electron/dist/conch');
  assert.equal(required(alone, { PATH }), beside);
  writeFileSync(join(alone, 'path.txt'), 'bin/conch\n');
  assert.equal(required(alone, { PATH }), join(PATH, 'conch'));
  const noted = program('bundled/electron/dist/bin/conch');
  assert.equal(required(alone, { PATH }), noted);
});

test('in a checkout the newest build is taken', () => {
  const inside = copy('checkout/npm/electron');
  program('checkout/shell/Cargo.toml');
  const [release, debug] = ['release', 'debug'].map((name) => program('checkout/target', name, 'conch'));
  utimesSync(release, 1000, 1000);
  assert.equal(required(inside, {}), debug);
  utimesSync(debug, 500, 500);
  assert.equal(required(inside, {}), release);
  const elsewhere = program('elsewhere/debug/conch');
  assert.equal(required(inside, { CARGO_TARGET_DIR: join(folder, 'elsewhere') }), elsewhere);
});

test('without a program the error says what to do', () => {
  const alone = copy('alone/electron');
  const error = required(alone, { PATH: '/nowhere' });
  assert.match(error, /The program conch, .* was found neither in .*\/alone\/electron\/dist nor in PATH\. Build it/);
  const { status, stderr } = spawnSync(process.execPath, [join(alone, 'cli.js'), '.'], { env: {}, encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /^electron: The program conch, [^\n]*\n$/);
});

/** Runs cli.js with the script as the program. */
function cli(...args) {
  const env = { ...process.env, CONCH_BINARY: program('cli/conch') };
  return [process.execPath, [join(here, 'cli.js'), ...args], { env, encoding: 'utf8' }];
}

test('the version is the one of package.json', () => {
  const { version } = createRequire(import.meta.url)('../package.json');
  for (const flag of ['--version', '-v']) assert.equal(spawnSync(...cli(flag)).stdout, `v${version}\n`);
});

test('arguments, input, output and exit code pass through', () => {
  const { stdout, status } = spawnSync(...cli('.', '7', '--flag', 'a b', '--', '-v'));
  assert.equal(stdout, '[".","7","--flag","a b","--","-v"]\n');
  assert.equal(status, 7);
  const [node, args, options] = cli('echo');
  assert.equal(spawnSync(node, args, { ...options, input: 'through' }).stdout, 'through');
});

test('a signal ends both, in either direction', async () => {
  assert.equal(spawnSync(...cli('signal', 'SIGKILL')).signal, 'SIGKILL');
  assert.equal(spawnSync(...cli('signal', 'SIGTERM')).signal, 'SIGTERM');
  for (const [signal, code] of [['SIGTERM', 5], ['SIGHUP', 6]]) {
    const running = spawn(...cli('wait'));
    await new Promise((resolve) => running.stdout.once('data', resolve));
    running.kill(signal);
    const ended = await new Promise((resolve) => running.once('exit', (...how) => resolve(how)));
    assert.deepEqual(ended, [code, null]);
  }
});
