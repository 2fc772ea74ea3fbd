'use strict';
// The wire format between a web process and the main process. crates/wire is its other half and
// describes it:
//
//    0        4      5       6      8           12          16
//    | length | kind | flags | zero | document  | id        | body (length bytes)
//
//    body:  channel length u32 | channel, UTF-8 | port count u32 | ports u32 each | payload
//
// All little endian. The payload is a value in V8's format unless the kind says otherwise.

const { Error, TypedArrayPrototypeGetLength } = primordials;
const { createSlots } = require('./codec-slots.js');
const { TextCache } = require('./codec-strings.js');
const { decodeUtf8, encodeUtf8 } = require('./utf8.js');

const PROTOCOL_VERSION = 1;

/** Numbers of the kinds that a renderer's scripts send or get. */
const kind = /** @type {const} */ ({
  __proto__: null,
  SEND: 4,
  INVOKE: 5,
  SEND_SYNC: 6,
  POST_MESSAGE: 7,
  CHANNEL_NEW: 8,
  PORT_POST: 9,
  PORT_CLOSE: 10,
  PORT_RETURN: 11,
  PORT_SETTLED: 12,
  EVAL_RESULT: 13,
  PRELOAD_ERROR: 14,
  CONSOLE_MESSAGE: 15,
  DOM_READY: 16,
  LOADED: 17,
  UNLOADING: 18,

  TO_SEND: 64,
  TO_POST_MESSAGE: 65,
  INVOKE_REPLY: 66,
  SYNC_REPLY: 67,
  PORT_MESSAGE: 68,
  PORT_CLOSED: 69,
  PORT_FENCE: 70,
  EVALUATE: 71,
});

const HEADER_LENGTH = 16;
const MAX_BODY = 512 << 20;
const MAX_CHANNEL = 1 << 20;
const MAX_PORTS = 1024;

const CHANNELS = 256;
const LONGEST_CACHED_CHANNEL = 64;

/** @type {number[]} */
const NO_PORTS = createSlots(0);

/**
 * Writes messages into the codec's buffer and sends them. Between `begin` and `send` nothing may
 * run but the codec's `write`, whose errors give the message up; use the methods that do it all
 * where they fit.
 */
class MessageWriter {
  #native;
  #codec;

  /**
   * @param {any} hostFunctions  `native`: send(length), and sendSync(length), which gives the reply
   * @param {import('./codec.js').Codec} codec
   */
  constructor(hostFunctions, codec) {
    this.#native = hostFunctions;
    this.#codec = codec;
  }

  /**
   * Begins a message.
   * @param {number} kindOfMessage
   * @param {number} flags
   * @param {number} document  the extension knows it better; 0 will do
   * @param {number} id
   * @param {string} channel
   * @param {number[] | null} ports  handles
   * @returns {number} where the payload starts
   * @throws {Error} for a channel name or list of ports beyond the limits
   */
  begin(kindOfMessage, flags, document, id, channel, ports) {
    const buffer = this.#codec.writer;
    const count = ports === null ? 0 : ports.length;
    if (channel.length > MAX_CHANNEL) throw new Error('The channel name is too long.');
    if (count > MAX_PORTS) throw new Error('Too many ports for one message.');
    buffer.enter();
    try {
      buffer.ensure(HEADER_LENGTH + 8 + 3 * channel.length + 4 * count);
      const bytes = buffer.bytes;
      bytes[4] = kindOfMessage;
      bytes[5] = flags;
      bytes[6] = 0;
      bytes[7] = 0;
      writeUint32(bytes, 8, document);
      writeUint32(bytes, 12, id);
      let position = encodeUtf8(channel, bytes, HEADER_LENGTH + 4);
      const size = position - HEADER_LENGTH - 4;
      if (size > MAX_CHANNEL) throw new Error('The channel name is too long.');
      writeUint32(bytes, HEADER_LENGTH, size);
      writeUint32(bytes, position, count);
      position += 4;
      for (let i = 0; i < count; i++) {
        writeUint32(bytes, position, /** @type {number[]} */ (ports)[i]);
        position += 4;
      }
      buffer.position = position;
      return position;
    } catch (error) {
      buffer.leave();
      throw error;
    }
  }

  /**
   * Sends the message that was begun.
   * @param {number} end  where its payload ends
   */
  send(end) {
    try {
      this.#finish(end);
      this.#native.send(end);
    } finally {
      this.#codec.writer.leave();
    }
  }

  /**
   * Sends the message that was begun and waits for its reply.
   * @param {number} end  where its payload ends
   * @returns {any} what `native.sendSync` gives
   */
  sendSync(end) {
    try {
      this.#finish(end);
      return this.#native.sendSync(end);
    } finally {
      this.#codec.writer.leave();
    }
  }

  /** @param {number} end */
  #finish(end) {
    const length = end - HEADER_LENGTH;
    if (length > MAX_BODY) throw new Error('Data cannot be cloned, out of memory.');
    writeUint32(this.#codec.writer.bytes, 0, length);
  }

  /**
   * Sends a message whose payload is a value.
   * @param {number} kindOfMessage
   * @param {number} flags
   * @param {number} document
   * @param {number} id
   * @param {string} channel
   * @param {number[] | null} ports
   * @param {any} value
   */
  sendValue(kindOfMessage, flags, document, id, channel, ports, value) {
    const start = this.begin(kindOfMessage, flags, document, id, channel, ports);
    this.send(this.#codec.write(value, start));
  }

  /**
   * The same, and waits for the reply.
   * @param {number} kindOfMessage
   * @param {number} flags
   * @param {number} document
   * @param {number} id
   * @param {string} channel
   * @param {number[] | null} ports
   * @param {any} value
   * @returns {any} as `sendSync`
   */
  sendValueSync(kindOfMessage, flags, document, id, channel, ports, value) {
    const start = this.begin(kindOfMessage, flags, document, id, channel, ports);
    return this.sendSync(this.#codec.write(value, start));
  }

  /**
   * Sends a message whose payload is text in UTF-8.
   * @param {number} kindOfMessage
   * @param {number} flags
   * @param {number} document
   * @param {number} id
   * @param {string} channel
   * @param {string} text
   */
  sendText(kindOfMessage, flags, document, id, channel, text) {
    const start = this.begin(kindOfMessage, flags, document, id, channel, null);
    const buffer = this.#codec.writer;
    let end;
    try {
      buffer.ensure(3 * text.length);
      end = encodeUtf8(text, buffer.bytes, start);
    } catch (error) {
      buffer.leave();
      throw error;
    }
    this.send(end);
  }

  /**
   * Sends a message without channel and payload.
   * @param {number} kindOfMessage
   * @param {number} document
   * @param {number} id
   * @param {number[] | null} ports
   */
  sendBare(kindOfMessage, document, id, ports) {
    this.send(this.begin(kindOfMessage, 0, document, id, '', ports));
  }
}

/**
 * Takes received messages apart, one at a time: its fields are those of the last one. Read them, and
 * the payload, before anything else runs that could receive the next.
 */
class MessageReader {
  kind = 0;
  flags = 0;
  document = 0;
  id = 0;
  channel = '';
  /** Handles; an array without a prototype. */
  ports = NO_PORTS;
  /** Where the payload starts and ends. */
  start = 0;
  end = 0;

  #channels = new TextCache(CHANNELS, LONGEST_CACHED_CHANNEL);

  /**
   * Reads all but the payload.
   * @param {Uint8Array} bytes  a message from their first on
   * @param {number} length  of the message, header included
   * @throws {Error} when they are no message
   */
  parse(bytes, length) {
    if (length < HEADER_LENGTH + 8 || length > TypedArrayPrototypeGetLength(bytes)) throw malformed();
    if (readUint32(bytes, 0) !== length - HEADER_LENGTH) throw malformed();
    const size = readUint32(bytes, HEADER_LENGTH);
    let position = HEADER_LENGTH + 4;
    if (size > MAX_CHANNEL || size > length - position - 4) throw malformed();
    const channel = this.#channel(bytes, position, size);
    position += size;
    const count = readUint32(bytes, position);
    position += 4;
    if (count > MAX_PORTS || 4 * count > length - position) throw malformed();
    const ports = count === 0 ? NO_PORTS : createSlots(count);
    for (let i = 0; i < count; i++) {
      ports[i] = readUint32(bytes, position);
      position += 4;
    }
    this.kind = bytes[4];
    this.flags = bytes[5];
    this.document = readUint32(bytes, 8);
    this.id = readUint32(bytes, 12);
    this.channel = channel;
    this.ports = ports;
    this.start = position;
    this.end = length;
  }

  /** @param {Uint8Array} bytes @param {number} position @param {number} size @returns {string} */
  #channel(bytes, position, size) {
    if (size === 0) return '';
    if (size <= LONGEST_CACHED_CHANNEL && isAscii(bytes, position, size)) {
      return this.#channels.texts[this.#channels.slotOf(bytes, position, size)];
    }
    return decodeUtf8(bytes, position, position + size);
  }

  /**
   * The payload of the last message as text.
   * @param {Uint8Array} bytes
   * @returns {string}
   * @throws when it is not UTF-8
   */
  text(bytes) {
    return decodeUtf8(bytes, this.start, this.end);
  }
}

/** @param {Uint8Array} bytes @param {number} position @param {number} length */
function isAscii(bytes, position, length) {
  let all = 0;
  for (let i = 0; i < length; i++) all |= bytes[position + i];
  return all < 128;
}

/** @param {Uint8Array} bytes @param {number} position @param {number} value */
function writeUint32(bytes, position, value) {
  bytes[position] = value;
  bytes[position + 1] = value >>> 8;
  bytes[position + 2] = value >>> 16;
  bytes[position + 3] = value >>> 24;
}

/** @param {Uint8Array} bytes @param {number} position */
function readUint32(bytes, position) {
  return (bytes[position] | (bytes[position + 1] << 8) | (bytes[position + 2] << 16) |
    (bytes[position + 3] << 24)) >>> 0;
}

function malformed() {
  return new Error('The bytes are no message.');
}

module.exports = { HEADER_LENGTH, MessageReader, MessageWriter, PROTOCOL_VERSION, kind };
