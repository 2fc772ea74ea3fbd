// spawnSync, execFileSync and execSync: the child's whole life while JavaScript waits.
'use strict';

const binding = internalBinding('child');
const { Buffer } = require('buffer');
const { invalidArgType } = require('internal/errors');
const {
  checkMaxBuffer, checkTimeout, killSignal, signalName, spawnArguments, spawnError, stdioSources,
} = require('internal/child_options');

/** The bytes for a pipe of the child's. @param {any} input @param {any} encoding @param {number} number */
function inputBytes(input, encoding, number) {
  if (input === undefined || input === null) return null;
  if (typeof input === 'string') return Buffer.from(input, Buffer.isEncoding(encoding) ? encoding : undefined);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  throw invalidArgType(`options.stdio[${number}]`, ['string', 'Buffer', 'TypedArray', 'DataView'], input);
}

/** @param {Uint8Array | null} bytes @param {any} encoding */
function decoded(bytes, encoding) {
  if (!bytes) return null;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

/** @param {any} file @param {any} [args] @param {any} [given] */
function spawnSync(file, args, given) {
  const { plan, options } = spawnArguments(file, args, given);
  const { maxBuffer = 1024 * 1024, timeout, encoding } = options;
  checkTimeout(timeout);
  checkMaxBuffer(maxBuffer);
  const signal = killSignal(options.killSignal);
  plan.stdio = stdioSources(options.stdio || 'pipe', true).map((one) => one?._handle ?? one);
  const inputs = [plan.stdio[0] === 'pipe' ? inputBytes(options.input, encoding, 0) : null];
  const reply = binding.spawnSync(plan, { inputs, timeout: timeout ?? 0, signal, maxBuffer: maxBuffer ?? Infinity });

  const failed = reply.errno != null;
  const output = reply.outputs?.map((/** @type {any} */ bytes) => decoded(bytes, encoding)) ?? null;
  return {
    ...(failed ? { error: spawnError(reply.errno, 'spawnSync', plan.file, plan.args) } : {}),
    status: reply.status ?? null,
    signal: reply.signal == null ? null : signalName(reply.signal),
    output,
    pid: reply.pid ?? 0,
    stdout: output && output[1],
    stderr: output && output[2],
  };
}

/** What a run that failed throws; undefined for one that did not.
 * @param {any} result @param {string} command */
function failure(result, command) {
  if (result.error) return Object.assign(result.error, result);
  if (result.status === 0) return undefined;
  let message = `Command failed: ${command}`;
  if (result.stderr?.length > 0) message += `\n${result.stderr.toString()}`;
  return Object.assign(new Error(message), result);
}

/** @param {any} result @param {any} options @param {string} command */
function finish(result, options, command) {
  if (!options.stdio && result.stderr) process.stderr.write(result.stderr);
  const error = failure(result, command);
  if (error) throw error;
  return result.stdout;
}

/** @param {any} file @param {any} [args] @param {any} [options] */
function execFileSync(file, args, options) {
  if (!Array.isArray(args) && args !== null && typeof args === 'object') [args, options] = [undefined, args];
  const result = spawnSync(file, args ?? [], options ?? {});
  return finish(result, options ?? {}, [options?.argv0 || file, ...(args ?? [])].join(' '));
}

/** @param {any} command @param {any} [given] */
function execSync(command, given) {
  const options = require('internal/child_exec').shellOptions(command, given);
  return finish(spawnSync(command, options), options, command);
}

module.exports = { execFileSync, execSync, spawnSync };
