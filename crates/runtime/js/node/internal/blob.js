// Blob and File: bytes that do not change, in memory.
'use strict';

const { codedError, checkObject } = require('internal/errors');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

/** @param {any} part @param {boolean} native whether line ends become the system's */
function bytesOf(part, native) {
  if (part instanceof Blob) return Blob._bytes(part);
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice();
  if (part instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && part instanceof SharedArrayBuffer)) {
    return new Uint8Array(part).slice();
  }
  let text = `${part}`.toWellFormed();
  if (native) text = text.replace(/\r\n?|\n/g, '\n');
  return new TextEncoder().encode(text);
}

class Blob {
  #bytes;
  #type = '';

  /** @param {Iterable<any>} [parts] @param {any} [options] */
  constructor(parts = [], options = {}) {
    if (parts === null || typeof parts !== 'object' || typeof parts[Symbol.iterator] !== 'function') {
      const { invalidArgType } = require('internal/errors');
      throw invalidArgType('sources', 'a sequence', parts);
    }
    if (options !== null) checkObject(options, 'options');
    const { type = '', endings = 'transparent' } = options ?? {};
    if (endings !== 'transparent' && endings !== 'native') {
      throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE',
        `The property 'options.endings' is invalid. Received ${require('internal/inspect').inspect(endings)}`);
    }
    const list = [...parts].map((part) => bytesOf(part, endings === 'native'));
    this.#bytes = new Uint8Array(list.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const bytes of list) {
      this.#bytes.set(bytes, at);
      at += bytes.length;
    }
    const text = `${type}`;
    this.#type = /[^\x20-\x7e]/.test(text) ? '' : text.toLowerCase();
  }

  /** @param {Blob} blob @returns {Uint8Array} */
  static _bytes(blob) { return blob.#bytes; }

  get size() { return this.#bytes.length; }
  get type() { return this.#type; }

  /** @param {number} [start] @param {number} [end] @param {string} [type] */
  slice(start, end, type = '') {
    const part = new Blob([], { type });
    part.#bytes = this.#bytes.slice(start, end);
    return part;
  }

  async arrayBuffer() { return this.#bytes.slice().buffer; }
  async bytes() { return this.#bytes.slice(); }
  async text() { return new TextDecoder().decode(this.#bytes); }

  stream() {
    const bytes = this.#bytes;
    let at = 0;
    return new ReadableStream({
      type: 'bytes',
      pull(/** @type {any} */ controller) {
        if (at >= bytes.length) {
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
        const chunk = bytes.slice(at, at + 65536);
        at += chunk.length;
        controller.enqueue(chunk);
      },
    });
  }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    if (depth !== null && depth < 0) return 'Blob';
    return `Blob ${inspect({ size: this.size, type: this.type }, options)}`;
  }
}
Object.defineProperty(Blob, '_bytes', { enumerable: false });

class File extends Blob {
  #name;
  #lastModified;

  /** @param {Iterable<any>} parts @param {string} name @param {any} [options] */
  constructor(parts, name, options = {}) {
    if (arguments.length < 2) {
      throw codedError(TypeError, 'ERR_MISSING_ARGS', 'The "fileBits" and "fileName" arguments must be specified');
    }
    super(parts, options);
    this.#name = `${name}`.toWellFormed();
    const { lastModified = Date.now() } = options ?? {};
    this.#lastModified = Number.isNaN(+lastModified) ? 0 : Math.trunc(+lastModified);
  }

  get name() { return this.#name; }
  get lastModified() { return this.#lastModified; }
  get webkitRelativePath() { return ''; }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    if (depth !== null && depth < 0) return 'File';
    return `File ${inspect({ size: this.size, type: this.type, name: this.name, lastModified: this.lastModified }, options)}`;
  }
}

for (const [Class, name, members] of /** @type {[any, string, string[]][]} */ ([
  [Blob, 'Blob', ['size', 'type', 'slice', 'stream', 'text', 'arrayBuffer', 'bytes']],
  [File, 'File', ['name', 'lastModified', 'webkitRelativePath']],
])) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
  for (const member of members) Object.defineProperty(Class.prototype, member, { enumerable: true });
}

module.exports = { Blob, File };
