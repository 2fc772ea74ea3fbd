// A debugger's first steps: attaches to the address in the arguments, says where the script is paused,
// and lets it go on. The WebSocket is written out, as Node has had its own only since version 22.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const { hostname, port, pathname } = new URL(process.argv[2]);
const socket = connect(Number(port), hostname);
const scripts = new Map();
let opened = false;
let received = Buffer.alloc(0);

function send(id, method) {
  const text = Buffer.from(JSON.stringify({ id, method }));
  const mask = randomBytes(4);
  socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | text.length]), mask, text.map((byte, i) => byte ^ mask[i % 4])]));
}

function handle({ method, params }) {
  if (method === 'Debugger.scriptParsed') scripts.set(params.scriptId, params.url);
  if (method !== 'Debugger.paused') return;
  const { scriptId, lineNumber } = params.callFrames[0].location;
  console.log(`paused in ${scripts.get(scriptId).split('/').pop()} line ${lineNumber}`);
  send(4, 'Debugger.resume');
  setTimeout(() => process.exit(0), 200);
}

/** One frame of the server's, which are short of masks and may be long. */
function frame() {
  if (received.length < 4) return undefined;
  let [length, at] = [received[1], 2];
  if (length === 126) [length, at] = [received.readUInt16BE(2), 4];
  else if (length === 127 && received.length >= 10) [length, at] = [Number(received.readBigUInt64BE(2)), 10];
  if (received.length < at + length) return undefined;
  const text = received.subarray(at, at + length).toString();
  received = received.subarray(at + length);
  return text;
}

socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`);
socket.on('data', (chunk) => {
  received = Buffer.concat([received, chunk]);
  if (!opened) {
    const end = received.indexOf('\r\n\r\n');
    if (end === -1) return;
    opened = true;
    received = received.subarray(end + 4);
    send(1, 'Runtime.enable');
    send(2, 'Debugger.enable');
    send(3, 'Runtime.runIfWaitingForDebugger');
  }
  for (let text = frame(); text !== undefined; text = frame()) handle(JSON.parse(text));
});
