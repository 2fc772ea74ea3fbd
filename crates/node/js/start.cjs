// The first file that Node runs. Plain enough for any Node that there ever was, so that one which is
// too old says so through the shell and does not fail on syntax.
'use strict';

var isMainThread = true;
try {
  // Worker threads run what the process was started with; they have no windows.
  isMainThread = require('worker_threads').isMainThread;
} catch (error) {
  // Too old to have workers.
}

if (isMainThread) {
  hello();
  // @ts-ignore: the shell writes it beside this file
  require('./host.cjs');
}

/** Tells the shell who this is and waits for its consent. It ends a Node that it cannot use. */
function hello() {
  var fs = require('fs');
  // @ts-ignore: as above
  var pipes = require('./config.json').pipes;
  var text = JSON.stringify({ version: process.versions.node, execPath: process.execPath, pid: process.pid });
  var body = Buffer.from(text);
  var head = Buffer.alloc(32);
  head.writeUInt32LE(8 + body.length, 8);
  // HELLO
  head.writeUInt8(1, 12);
  fs.writeSync(pipes.requests, Buffer.concat([head, body]));
  if (fs.readSync(pipes.answers, Buffer.alloc(8), 0, 8, null) === 0) process.exit(1);
}
