// The module stream/web.
'use strict';

const { ByteLengthQueuingStrategy, CountQueuingStrategy } = require('internal/web_queue');
const {
  ReadableStream, ReadableStreamDefaultReader, ReadableStreamDefaultController, ReadableByteStreamController,
} = require('internal/web_readable');
const { WritableStream, WritableStreamDefaultWriter, WritableStreamDefaultController } = require('internal/web_writable');
const {
  TransformStream, TransformStreamDefaultController, TextEncoderStream, TextDecoderStream,
} = require('internal/web_transform');
const { unsupported } = require('internal/errors');

/** A class that is not here. @param {string} name */
const absent = (name) => ({ [name]: class { constructor() { throw unsupported(name); } } })[name];

module.exports = {
  ReadableStream, ReadableStreamDefaultReader, ReadableStreamBYOBReader: absent('ReadableStreamBYOBReader'),
  ReadableStreamBYOBRequest: absent('ReadableStreamBYOBRequest'), ReadableByteStreamController,
  ReadableStreamDefaultController, TransformStream, TransformStreamDefaultController, WritableStream,
  WritableStreamDefaultWriter, WritableStreamDefaultController, ByteLengthQueuingStrategy, CountQueuingStrategy,
  TextEncoderStream, TextDecoderStream, CompressionStream: absent('CompressionStream'),
  DecompressionStream: absent('DecompressionStream'),
};
