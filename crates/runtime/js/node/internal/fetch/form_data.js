// FormData, and its forms on the wire.
'use strict';

const { Blob, File } = require('internal/blob');

const { Buffer } = globalThis;
const kInspect = Symbol.for('nodejs.util.inspect.custom');

/** @param {any} value @param {any} [name] */
function entryValue(value, name) {
  if (!(value instanceof Blob)) return `${value}`.toWellFormed();
  if (value instanceof File && name === undefined) return value;
  const { type } = value;
  const lastModified = value instanceof File ? value.lastModified : undefined;
  return new File([value], name === undefined ? 'blob' : `${name}`, { type, lastModified });
}

class FormData {
  /** As many as the app appends. @type {[string, any][]} */
  #entries = [];

  /** @param {any} [form] */
  constructor(form = undefined) {
    if (form !== undefined) {
      throw new TypeError("Failed to construct 'FormData': parameter 1 is not of type 'HTMLFormElement'");
    }
  }

  /** @param {string} method @param {any} value @param {number} count */
  #checkBlob(method, value, count) {
    if (count >= 3 && !(value instanceof Blob)) {
      throw new TypeError(`Failed to execute '${method}' on 'FormData': parameter 2 is not of type 'Blob'`);
    }
  }

  /** @param {string} name @param {any} value @param {string} [filename] */
  append(name, value, filename) {
    this.#checkBlob('append', value, arguments.length);
    this.#entries.push([`${name}`.toWellFormed(), entryValue(value, filename)]);
  }

  /** @param {string} name */
  delete(name) { this.#entries = this.#entries.filter(([key]) => key !== `${name}`); }

  /** @param {string} name */
  get(name) { return this.#entries.find(([key]) => key === `${name}`)?.[1] ?? null; }

  /** @param {string} name */
  getAll(name) { return this.#entries.filter(([key]) => key === `${name}`).map(([, value]) => value); }

  /** @param {string} name */
  has(name) { return this.#entries.some(([key]) => key === `${name}`); }

  /** @param {string} name @param {any} value @param {string} [filename] */
  set(name, value, filename) {
    this.#checkBlob('set', value, arguments.length);
    const key = `${name}`.toWellFormed();
    const at = this.#entries.findIndex(([one]) => one === key);
    const entry = /** @type {[string, any]} */ ([key, entryValue(value, filename)]);
    if (at < 0) {
      this.#entries.push(entry);
      return;
    }
    this.#entries[at] = entry;
    this.#entries = this.#entries.filter(([one], i) => one !== key || i === at);
  }

  *entries() { for (const [name, value] of this.#entries) yield [name, value]; }
  *keys() { for (const [name] of this.#entries) yield name; }
  *values() { for (const [, value] of this.#entries) yield value; }

  /** @param {(value: any, name: string, form: FormData) => void} callback @param {any} [self] */
  forEach(callback, self) {
    if (typeof callback !== 'function') {
      throw new TypeError("Failed to execute 'forEach' on 'FormData': parameter 1 is not of type 'Function'.");
    }
    for (const [name, value] of this.#entries) callback.call(self, value, name, this);
  }

  [Symbol.iterator]() { return this.entries(); }

  /** @param {number | null} depth @param {any} options @param {Function} inspect */
  [kInspect](depth, options, inspect) {
    if (depth !== null && depth < 0) return 'FormData';
    /** @type {Record<string, any>} */
    const shown = {};
    for (const [name, value] of this.#entries) {
      if (!Object.hasOwn(shown, name)) shown[name] = value;
      else shown[name] = [shown[name], value].flat();
    }
    return `FormData ${inspect(shown, options)}`;
  }
}
Object.defineProperty(FormData.prototype, Symbol.toStringTag, { value: 'FormData', configurable: true });
for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'keys', 'values', 'entries', 'forEach']) {
  Object.defineProperty(FormData.prototype, name, { enumerable: true });
}

/** @param {string} text */
const escapeName = (text) => text.replace(/\r?\n|\r/g, '\r\n').replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');

/** The bytes of multipart/form-data, and its type. @param {FormData} form */
function encodeMultipart(form) {
  const digits = Array.from({ length: 11 }, () => Math.floor(Math.random() * 10)).join('');
  const boundary = `----formdata-undici-0${digits}`;
  const parts = [];
  for (const [name, value] of form) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"`;
    if (typeof value === 'string') {
      parts.push(Buffer.from(`${head}\r\n\r\n${value.replace(/\r?\n|\r/g, '\r\n')}\r\n`));
    } else {
      const file = value.name ? `; filename="${escapeName(value.name)}"` : '';
      parts.push(Buffer.from(`${head}${file}\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`));
      parts.push(Blob._bytes(value), Buffer.from('\r\n'));
    }
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { bytes: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}

const unescapeName = (/** @type {string} */ text) => text.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%22/g, '"');

/** Reads multipart/form-data. Throws for what is none. @param {any} bytes a Buffer @param {string} boundary */
function decodeMultipart(bytes, boundary) {
  const form = new FormData();
  const mark = Buffer.from(`--${boundary}`);
  let at = bytes.indexOf(mark);
  if (at < 0) throw new TypeError('expected a value starting with -- and the boundary');
  for (;;) {
    at += mark.length;
    if (bytes.toString('latin1', at, at + 2) === '--') return form;
    if (bytes.toString('latin1', at, at + 2) !== '\r\n') throw new TypeError('expected CRLF');
    const headEnd = bytes.indexOf('\r\n\r\n', at);
    const next = headEnd < 0 ? -1 : bytes.indexOf(Buffer.from(`\r\n--${boundary}`), headEnd + 2);
    if (next < 0) throw new TypeError('malformed boundary');
    const head = bytes.toString('utf8', at + 2, headEnd);
    const body = bytes.subarray(Math.min(headEnd + 4, next), next);
    const name = /content-disposition: *form-data;(?:[^\r\n]*; *| *)name="([^"]*)"/i.exec(head)?.[1];
    if (name === undefined) throw new TypeError('header name is null');
    const filename = /content-disposition:[^\r\n]*; *filename="([^"]*)"/i.exec(head)?.[1];
    const type = /content-type: *([^\r\n]*)/i.exec(head)?.[1];
    if (filename === undefined) form.append(unescapeName(name), body.toString('utf8'));
    else form.append(unescapeName(name), new File([body], unescapeName(filename), { type: type ?? 'text/plain' }));
    at = next + 2;
  }
}

module.exports = { FormData, encodeMultipart, decodeMultipart };
