// Messages to and from the shell: the other half of crates/wire/src/engine.rs, which describes them.
'use strict';

const HEADER = 24;

/** The numbers of `engine_kind`. */
const kind = {
  LOADED: 2, UNCAUGHT: 3, EXIT: 4, UI: 5, CONTENTS: 6, FORGET: 7, FAULT: 8, SEND: 9, POST_MESSAGE: 10, EVALUATE: 11,
  REPLY: 12, REPLY_SYNC: 13, CHANNEL: 14, PORT_POST: 15, PORT_TRANSFER: 16, PORT_CLOSE: 17,
  PORT_RETURN: 18, PORT_SETTLED: 19,
  ON_SEND: 64, ON_INVOKE: 65, ON_SEND_SYNC: 66, ON_MESSAGE: 67, ON_PORT_MESSAGE: 68, ON_PORT_CLOSED: 69,
  ON_EVAL_RESULT: 70, ON_DOCUMENT: 71, ON_DOCUMENT_GONE: 72, ON_DOM_READY: 73, ON_CONNECTED: 74, ON_GONE: 75,
  ON_PRELOAD_ERROR: 76, ON_CONSOLE: 77, ON_UI: 78, FAILED: 79, ON_PORT_FENCE: 80, ON_LOADED: 81, ON_UNLOADING: 82,
};

/**
 * @typedef {object} Request
 * @property {number} kind
 * @property {number} [flags]
 * @property {number} [contents]
 * @property {number} [document]
 * @property {number} [id]
 * @property {string} [channel]
 * @property {number[]} [ports]
 * @property {Uint8Array} [payload]
 */

const NOTHING = new Uint8Array(0);

/** Where small messages are put together. */
const scratch = Buffer.allocUnsafeSlow(64 << 10);

/** A payload of more bytes than this is not copied behind its header. */
const LARGE = 32 << 10;

/**
 * The bytes of a request, in one piece, or with a large payload as the second. They are good until the
 * next call.
 * @param {Request} request
 * @returns {Uint8Array[]}
 */
function encode({ kind, flags = 0, contents = 0, document = 0, id = 0, channel = '', ports = [], payload = NOTHING }) {
  const isLarge = payload.length > LARGE;
  // A UTF-16 unit becomes at most three bytes.
  const most = HEADER + 8 + 3 * channel.length + 4 * ports.length + (isLarge ? 0 : payload.length);
  const out = most <= scratch.length ? scratch : Buffer.allocUnsafeSlow(most);
  const channelLength = out.write(channel, HEADER + 4);
  let at = HEADER + 4 + channelLength;
  out.writeUInt32LE(channelLength, HEADER);
  at = out.writeUInt32LE(ports.length, at);
  for (const port of ports) at = out.writeUInt32LE(port, at);
  const length = at - HEADER + payload.length;
  if (!isLarge) {
    out.set(payload, at);
    at += payload.length;
  }
  out.writeUInt32LE(contents, 0);
  out.writeUInt32LE(0, 4);
  out.writeUInt32LE(length, 8);
  out.writeUInt32LE(kind | (flags << 8), 12);
  out.writeUInt32LE(document, 16);
  out.writeUInt32LE(id, 20);
  const head = out.subarray(0, at);
  return isLarge ? [head, payload] : [head];
}

/** A message of the shell's, in its bytes. Every field is read when it is asked for. */
class Message {
  #bytes;
  #at;
  #end;

  /**
   * @param {Buffer} bytes
   * @param {number} at where it begins
   * @param {number} end where it ends
   */
  constructor(bytes, at, end) {
    this.#bytes = bytes;
    this.#at = at;
    this.#end = end;
  }

  get contents() { return this.#bytes.readUInt32LE(this.#at); }
  get frame() { return this.#bytes.readUInt32LE(this.#at + 4); }
  get kind() { return this.#bytes[this.#at + 12]; }
  get flags() { return this.#bytes[this.#at + 13]; }
  get document() { return this.#bytes.readUInt32LE(this.#at + 16); }
  get id() { return this.#bytes.readUInt32LE(this.#at + 20); }
  get #channelEnd() { return this.#at + HEADER + 4 + this.#bytes.readUInt32LE(this.#at + HEADER); }
  get channel() { return this.#bytes.toString('utf8', this.#at + HEADER + 4, this.#channelEnd); }

  get ports() {
    const start = this.#channelEnd;
    const count = this.#bytes.readUInt32LE(start);
    return Array.from({ length: count }, (_, index) => this.#bytes.readUInt32LE(start + 4 + 4 * index));
  }

  /** The shell's own bytes: to be read before the next message comes. */
  get payload() {
    const start = this.#channelEnd;
    return this.#bytes.subarray(start + 4 + 4 * this.#bytes.readUInt32LE(start), this.#end);
  }

  get text() { return this.payload.toString(); }
}

/** Cuts a stream of bytes into messages. */
class Parser {
  #take;
  /** The beginning of a message whose end has not come. Bounded by the longest message. */
  #begun = Buffer.alloc(0);
  #filled = 0;

  /** @param {(message: Message) => void} take */
  constructor(take) {
    this.#take = take;
  }

  /**
   * @param {Buffer} bytes that may be used again afterwards
   */
  push(bytes) {
    let at = 0;
    while (at < bytes.length || this.#filled > 0) {
      if (this.#filled > 0) {
        at += this.#fill(bytes, at);
        if (this.#filled < this.#begun.length || this.#grow()) {
          if (at < bytes.length) continue;
          return;
        }
        const whole = this.#begun;
        this.#filled = 0;
        this.#begun = Buffer.alloc(0);
        this.#take(new Message(whole, 0, whole.length));
        continue;
      }
      const end = bytes.length - at < HEADER ? Infinity : at + HEADER + bytes.readUInt32LE(at + 8);
      if (end > bytes.length) {
        this.#begun = Buffer.allocUnsafeSlow(end === Infinity ? HEADER : end - at);
        at += this.#fill(bytes, at);
        return;
      }
      this.#take(new Message(bytes, at, end));
      at = end;
    }
  }

  /**
   * @param {Buffer} bytes
   * @param {number} at
   */
  #fill(bytes, at) {
    const count = bytes.copy(this.#begun, this.#filled, at);
    this.#filled += count;
    return count;
  }

  /** Once the header is there, makes room for the body, which is never empty. */
  #grow() {
    if (this.#begun.length !== HEADER) return false;
    this.#begun = Buffer.concat([this.#begun], HEADER + this.#begun.readUInt32LE(8));
    return true;
  }
}

module.exports = { Message, Parser, encode, kind };
