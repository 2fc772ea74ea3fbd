// The module stream/consumers: the whole of a stream as one value.
'use strict';

const { Buffer } = require('buffer');

/** @param {any} stream */
async function bytes(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk));
    else if (ArrayBuffer.isView(chunk)) chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    else chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

/** @param {any} stream */
async function buffer(stream) { return bytes(stream); }

/** @param {any} stream */
async function arrayBuffer(stream) {
  const all = await bytes(stream);
  return all.buffer.slice(all.byteOffset, all.byteOffset + all.byteLength);
}

/** @param {any} stream */
async function text(stream) {
  const decoder = new TextDecoder();
  let all = '';
  for await (const chunk of stream) {
    all += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  return all + decoder.decode();
}

/** @param {any} stream */
async function json(stream) { return JSON.parse(await text(stream)); }

/** @param {any} stream */
async function blob(stream) {
  if (typeof globalThis.Blob !== 'function') throw require('internal/errors').unsupported('stream/consumers.blob');
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Blob(chunks);
}

module.exports = { arrayBuffer, blob, buffer, text, json };
