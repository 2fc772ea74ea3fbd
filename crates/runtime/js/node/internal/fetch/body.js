// The body of a Request or a Response: bytes that are there, or that come.
'use strict';

const { Blob } = require('internal/blob');
const { FormData, encodeMultipart, decodeMultipart } = require('internal/fetch/form_data');

const { Buffer } = globalThis;

/**
 * @typedef {object} Body
 * @property {Uint8Array | null} bytes when all of it is there
 * @property {(() => AsyncIterator<Uint8Array>) | null} open starts to read what comes
 * @property {ReadableStream | null} stream once somebody asked for it
 * @property {boolean} used whether it was read
 * @property {AbortSignal} [signal] of the call that it came by
 */

/** @param {Uint8Array} bytes @returns {Body} */
const ofBytes = (bytes) => ({ bytes, open: null, stream: null, used: false });

/** @param {any} value */
const isStream = (value) => typeof ReadableStream === 'function' && value instanceof ReadableStream;

/** What an app gives as a body, and its type. @param {any} value @returns {{ body: Body, type: string | null }} */
function extract(value) {
  if (isStream(value)) {
    if (value.locked) throw new TypeError('Response body object should not be disturbed or locked');
    return { body: { bytes: null, open: null, stream: value, used: false }, type: null };
  }
  if (value instanceof URLSearchParams) {
    return { body: ofBytes(Buffer.from(value.toString())), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  }
  if (value instanceof Blob) return { body: ofBytes(Blob._bytes(value)), type: value.type || null };
  if (value instanceof FormData) {
    const { bytes, type } = encodeMultipart(value);
    return { body: ofBytes(bytes), type };
  }
  if (value instanceof ArrayBuffer) return { body: ofBytes(new Uint8Array(value).slice()), type: null };
  if (ArrayBuffer.isView(value)) {
    return { body: ofBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice()), type: null };
  }
  if (typeof value === 'object' && value !== null && typeof value[Symbol.asyncIterator] === 'function') {
    const open = () => value[Symbol.asyncIterator]();
    return { body: { bytes: null, open, stream: null, used: false }, type: null };
  }
  return { body: ofBytes(Buffer.from(`${value}`)), type: 'text/plain;charset=UTF-8' };
}

/** The body as a stream, the same each time. @param {Body} body */
function streamOf(body) {
  if (body.stream !== null) return body.stream;
  const { bytes } = body;
  /** @type {AsyncIterator<Uint8Array> | null} */
  let reader = null;
  body.stream = new ReadableStream({
    type: 'bytes',
    async pull(/** @type {any} */ controller) {
      // It is called when somebody reads, not before.
      body.used = true;
      if (bytes !== null) {
        if (bytes.length > 0) controller.enqueue(new Uint8Array(bytes));
        controller.close();
        controller.byobRequest?.respond(0);
        return;
      }
      reader ??= /** @type {any} */ (body.open)();
      const { done, value } = await /** @type {any} */ (reader).next();
      if (done) {
        controller.close();
        controller.byobRequest?.respond(0);
      } else if (value.length > 0) {
        controller.enqueue(new Uint8Array(value));
      }
    },
    async cancel(/** @type {any} */ reason) {
      body.used = true;
      reader ??= body.open?.() ?? null;
      await reader?.return?.(reason);
    },
  });
  return /** @type {ReadableStream} */ (body.stream);
}

/** @param {Body} body */
const isUsed = (body) => body.used || (body.stream !== null && (body.stream.locked || isDisturbed(body.stream)));

/** Whether anything was read from a stream. @param {any} stream */
function isDisturbed(stream) {
  return require('stream').isDisturbed?.(stream) ?? false;
}

/** The pieces of a body, one after the other. @param {Body} body @returns {AsyncGenerator<Uint8Array>} */
async function* pieces(body) {
  if (body.bytes !== null && body.stream === null) {
    if (body.bytes.length > 0) yield body.bytes;
    return;
  }
  if (body.stream === null) {
    const reader = /** @type {any} */ (body.open)();
    try {
      for (;;) {
        const { done, value } = await reader.next();
        if (done) return;
        yield toBytes(value);
      }
    } finally {
      await reader.return?.();
    }
  }
  for await (const piece of /** @type {any} */ (body.stream)) yield toBytes(piece);
}

/** @param {any} piece */
function toBytes(piece) {
  if (piece instanceof Uint8Array) return piece;
  if (typeof piece === 'string') return Buffer.from(piece);
  if (piece instanceof ArrayBuffer) return new Uint8Array(piece);
  throw new TypeError('Received non-Uint8Array chunk');
}

/** All of it. @param {Body | null} body @returns {Promise<any>} a Buffer */
async function readAll(body) {
  if (body === null) return Buffer.alloc(0);
  body.used = true;
  if (body.bytes !== null && body.stream === null) return Buffer.from(body.bytes);
  const list = [];
  for await (const piece of pieces(body)) list.push(piece);
  return Buffer.concat(list);
}

/** Two bodies with the same bytes. The first is the old one. @param {Body} body @returns {Body} */
function cloneBody(body) {
  if (body.bytes !== null && body.stream === null) return ofBytes(body.bytes);
  const [first, second] = streamOf(body).tee();
  body.stream = first;
  body.bytes = null;
  return { bytes: null, open: null, stream: second, used: false };
}

/** @param {any} bytes a Buffer @param {string | null} type */
function readForm(bytes, type) {
  const boundary = /^multipart\/form-data.*;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type ?? '');
  if (boundary) {
    try {
      return decodeMultipart(bytes, boundary[1] ?? boundary[2]);
    } catch (error) {
      throw new TypeError('Failed to parse body as FormData.', { cause: error });
    }
  }
  if (/^application\/x-www-form-urlencoded/i.test(type ?? '')) {
    const form = new FormData();
    for (const [name, value] of /** @type {any} */ (new URLSearchParams(bytes.toString()))) form.append(name, value);
    return form;
  }
  throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
}

/** Gives a class the methods that read a body. @param {any} Class
 * @param {(message: any) => Body | null} bodyOf */
function defineReaders(Class, bodyOf) {
  /** @param {any} message @param {(bytes: any) => any} convert */
  const read = async (message, convert) => {
    const body = bodyOf(message);
    if (body?.signal?.aborted) throw new DOMException('The operation was aborted.', 'AbortError');
    if (body !== null && isUsed(body)) throw new TypeError('Body is unusable: Body has already been read');
    return convert(await readAll(body));
  };
  const typeOf = (/** @type {any} */ message) => message.headers.get('content-type');
  /** @type {Record<string, (message: any) => Promise<any>>} */
  const readers = {
    arrayBuffer: (message) => read(message, (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
    blob: (message) => read(message, (bytes) => new Blob([bytes], { type: typeOf(message) ?? '' })),
    bytes: (message) => read(message, (bytes) => new Uint8Array(bytes)),
    formData: (message) => read(message, (bytes) => readForm(bytes, typeOf(message))),
    json: (message) => read(message, (bytes) => JSON.parse(new TextDecoder().decode(bytes))),
    text: (message) => read(message, (bytes) => new TextDecoder().decode(bytes)),
  };
  for (const [name, reader] of Object.entries(readers)) {
    const method = { /** @this {any} */ [name]() { return reader(this); } }[name];
    Object.defineProperty(Class.prototype, name, { value: method, writable: true, configurable: true, enumerable: true });
  }
  Object.defineProperty(Class.prototype, 'body', {
    /** @this {any} */
    get() {
      const body = bodyOf(this);
      return body === null ? null : streamOf(body);
    },
    configurable: true,
    enumerable: true,
  });
  Object.defineProperty(Class.prototype, 'bodyUsed', {
    /** @this {any} */
    get() {
      const body = bodyOf(this);
      return body !== null && isUsed(body);
    },
    configurable: true,
    enumerable: true,
  });
}

module.exports = { extract, pieces, cloneBody, isUsed, isStream, defineReaders };
