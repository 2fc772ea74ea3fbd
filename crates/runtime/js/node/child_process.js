// The module child_process.
'use strict';

const { ChildProcess, spawn } = require('internal/child_spawn');
const { exec, execFile } = require('internal/child_exec');
const { execFileSync, execSync, spawnSync } = require('internal/child_sync');
const { codedError } = require('internal/errors');

function fork() {
  throw codedError(Error, 'ERR_CONCH_UNSUPPORTED', "child_process.fork is not supported by Conch's embedded engine: " +
    'its child is a Node process. Conch runs an app on Node with the engine "node"');
}

module.exports = { ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };
