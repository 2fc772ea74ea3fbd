// A TLS session over a socket's handle, with the shape of a handle itself.
'use strict';

const binding = internalBinding('tls');
const nothing = () => {};

/** @typedef {import('../net/handle').Handle} Handle */

/** @param {string[]} failure its code and its words */
function sessionError([code, message]) {
  return Object.assign(new Error(message), { code });
}

/** @implements {Handle} */
class TlsHandle {
  reading = false;
  /** @type {(bytes: Uint8Array) => void} */
  ondata = nothing;
  onend = nothing;
  /** @type {(error: number | Error) => void} */
  onfail = nothing;
  /** Called once, when both sides agree. */
  onsecure = nothing;
  #raw;
  /** @type {any} */
  #session = null;
  #secure = false;
  #failed = false;
  #ended = false;
  #writing = false;
  /** What came while nobody read: what was in one chunk of the socket. @type {Uint8Array | null} */
  #held = null;
  /** The write that is under way. @type {((error: number | Error) => void) | null} */
  #written = null;

  /** @param {Handle} raw @param {any} settings */
  constructor(raw, settings) {
    this.#raw = raw;
    raw.ondata = this.#onData;
    raw.onend = this.#onEnd;
    raw.onfail = (/** @type {number | Error} */ error) => this.#fail(error);
    const session = binding.connect(settings);
    if (Array.isArray(session)) {
      this.#failed = true;
      process.nextTick(() => this.onfail(sessionError(session)));
      return;
    }
    this.#session = session;
    this.#flush();
    raw.readStart();
  }

  get facts() { return this.#session?.facts() ?? {}; }

  /** Bytes that were read from the socket before it was handed over. @param {Uint8Array} bytes */
  feed(bytes) { this.#onData(bytes); }

  #onData = (/** @type {Uint8Array} */ bytes) => {
    if (this.#failed || this.#session === null) return;
    const result = this.#session.receive(bytes);
    if (typeof result[0] === 'string') {
      // The alert that says why goes out first, if it can.
      this.#flush();
      this.#fail(sessionError(result));
      return;
    }
    if (!this.#secure && !this.#session.isHandshaking()) {
      this.#secure = true;
      this.onsecure();
      if (this.#session === null) return;
    }
    this.#flush();
    const [plain, ended] = result;
    if (plain.length > 0) this.#deliver(plain);
    if (ended) this.#end();
    this.#regulate();
  };

  /** @param {Uint8Array} plain */
  #deliver(plain) {
    if (this.reading && this.#held === null) this.ondata(plain);
    else if (this.#held === null) this.#held = plain;
    else this.#held = globalThis.Buffer.concat([this.#held, plain]);
  }

  /** Reads on while somebody wants it, or the handshake does. */
  #regulate() {
    if (this.#session === null || this.#failed) return;
    const wanted = !this.#secure || (this.reading && this.#held === null);
    if (wanted && !this.#raw.reading && !this.#ended) this.#raw.readStart();
    else if (!wanted && this.#raw.reading) this.#raw.readStop();
  }

  #onEnd = () => {
    this.#raw.reading = false;
    if (!this.#secure && !this.#failed) {
      this.#fail(Object.assign(new Error('Client network socket disconnected before secure TLS connection was established'), {
        code: 'ECONNRESET', path: undefined,
      }));
      return;
    }
    this.#end();
  };

  #end() {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#held === null) this.onend();
  }

  /** @param {number | Error} error */
  #fail(error) {
    if (this.#failed) return;
    this.#failed = true;
    this.onfail(error);
  }

  readStart() {
    this.reading = true;
    if (this.#held !== null) process.nextTick(() => this.#release());
    this.#regulate();
  }

  #release() {
    const held = this.#held;
    if (held === null || !this.reading) return;
    this.#held = null;
    this.ondata(held);
    if (this.#ended) this.onend();
    else this.#regulate();
  }

  readStop() {
    this.reading = false;
    this.#regulate();
  }

  /** @param {Uint8Array} bytes @param {(error: number | Error) => void} done */
  write(bytes, done) {
    if (this.#session === null || !this.#session.send(bytes)) return -9;
    this.#written = done;
    this.#flush();
    return 1;
  }

  /** Writes records until there are none, then tells who waits for it. */
  #flush() {
    if (this.#writing || this.#session === null) return;
    for (;;) {
      const output = this.#session.output();
      if (output === null) break;
      const status = this.#raw.write(output, (error) => {
        this.#writing = false;
        if (error !== 0) this.#settle(error);
        else this.#flush();
      });
      if (status === 1) {
        this.#writing = true;
        return;
      }
      if (status !== 0) {
        this.#settle(status);
        return;
      }
    }
    // What is written before the handshake is done was not sent yet.
    if (this.#secure) this.#settle(0);
  }

  /** @param {number | Error} error */
  #settle(error) {
    const written = this.#written;
    this.#written = null;
    // Never within `write`, which said that it would take a while.
    if (written !== null) process.nextTick(written, error);
  }

  shutdown() {
    if (this.#session === null) return 0;
    this.#session.end();
    this.#flush();
    return this.#raw.shutdown();
  }

  /** @param {() => void} done */
  close(done) {
    this.#session = null;
    this.#held = null;
    this.#written = null;
    this.ondata = this.onend = this.onfail = this.onsecure = nothing;
    this.#raw.close(done);
  }

  /** @param {boolean} on */
  reference(on) { this.#raw.reference(on); }
  /** @param {boolean} on */
  setNoDelay(on) { return this.#raw.setNoDelay(on); }
  /** @param {boolean} on @param {number} seconds */
  setKeepAlive(on, seconds) { return this.#raw.setKeepAlive(on, seconds); }
  resetOnClose() { return this.#raw.resetOnClose(); }
  /** @param {boolean} peer */
  name(peer) { return this.#raw.name(peer); }
}

module.exports = { TlsHandle };
