// A socket of the system, as net.Socket uses it. A TLS session is a handle of the same shape.
'use strict';

const binding = internalBinding('net');

/**
 * What a Socket reads from and writes to.
 * @typedef {object} Handle
 * @property {boolean} reading
 * @property {(bytes: Uint8Array) => void} ondata
 * @property {() => void} onend
 * @property {(error: number | Error) => void} onfail an errno below zero, or an error
 * @property {() => void} readStart
 * @property {() => void} readStop
 * @property {(bytes: Uint8Array, done: (error: number | Error) => void) => number} write 0: done at
 *   once, 1: `done` will be called, else an errno
 * @property {() => number} shutdown
 * @property {(done: () => void) => void} close
 * @property {(on: boolean) => void} reference
 * @property {(on: boolean) => number} setNoDelay
 * @property {(on: boolean, seconds: number) => number} setKeepAlive
 * @property {() => number} resetOnClose
 * @property {(peer: boolean) => [string, number, number] | string | null} name
 */

const nothing = () => {};

/** @implements {Handle} */
class SocketHandle {
  reading = false;
  /** @type {(bytes: Uint8Array) => void} */
  ondata = nothing;
  /** @type {() => void} */
  onend = nothing;
  /** @type {(error: number | Error) => void} */
  onfail = nothing;
  #id;
  /** @type {((error: number) => void) | null} */
  #written = null;
  /** @type {((status: number) => void) | null} */
  #connected = null;

  /** @param {number | null} id of an accepted connection */
  constructor(id) {
    this.#id = id;
    if (id !== null) binding.attach(id, this.#told);
  }

  /** @param {'connect' | 'data' | 'end' | 'error' | 'written'} what @param {any} value */
  #told = (what, value) => {
    switch (what) {
      case 'data': this.ondata(value); break;
      case 'end': this.onend(); break;
      case 'error': this.onfail(value); break;
      case 'written': {
        const written = this.#written;
        this.#written = null;
        written?.(value);
        break;
      }
      case 'connect': this.#connected?.(value); break;
    }
  };

  /** Starts to connect; gives an errno when that cannot even start.
   * @param {{ path: string } | { address: string, port: number, localAddress?: string, localPort?: number }} target
   * @param {(status: number) => void} done */
  connect(target, done) {
    this.#connected = done;
    const id = binding.connect(target, this.#told);
    if (id < 0) return id;
    this.#id = id;
    return 0;
  }

  readStart() {
    this.reading = true;
    if (this.#id !== null) binding.read(this.#id, true);
  }

  readStop() {
    this.reading = false;
    if (this.#id !== null) binding.read(this.#id, false);
  }

  /** @param {Uint8Array} bytes @param {(error: number) => void} done */
  write(bytes, done) {
    if (this.#id === null) return -9;
    const status = binding.write(this.#id, bytes);
    if (status === 1) this.#written = done;
    return status;
  }

  shutdown() { return this.#id === null ? 0 : binding.shutdown(this.#id); }

  /** @param {() => void} done */
  close(done) {
    if (this.#id !== null) binding.close(this.#id);
    this.#id = null;
    this.#written = this.#connected = null;
    this.ondata = this.onend = this.onfail = nothing;
    // Not before what called this has returned.
    require('internal/tasks').setImmediate(done);
  }

  /** @param {boolean} on */
  reference(on) { if (this.#id !== null) binding.reference(this.#id, on); }
  /** @param {boolean} on */
  setNoDelay(on) { return this.#id === null ? -9 : binding.noDelay(this.#id, on); }
  /** @param {boolean} on @param {number} seconds */
  setKeepAlive(on, seconds) { return this.#id === null ? -9 : binding.keepAlive(this.#id, on, seconds); }
  resetOnClose() { return this.#id === null ? -9 : binding.resetOnClose(this.#id); }
  /** @param {boolean} peer */
  name(peer) { return this.#id === null ? null : binding.name(this.#id, peer); }
}

module.exports = { SocketHandle };
