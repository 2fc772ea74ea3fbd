// The errors of streams, worded as Node words them.
'use strict';

const { codedError } = require('internal/errors');

/** @type {Record<string, (name?: string) => string>} */
const TEXTS = {
  ERR_METHOD_NOT_IMPLEMENTED: (name) => `The ${name} method is not implemented`,
  ERR_MULTIPLE_CALLBACK: () => 'Callback called multiple times',
  ERR_STREAM_ALREADY_FINISHED: (name) => `Cannot call ${name} after a stream was finished`,
  ERR_STREAM_CANNOT_PIPE: () => 'Cannot pipe, not readable',
  ERR_STREAM_DESTROYED: (name) => `Cannot call ${name} after a stream was destroyed`,
  ERR_STREAM_PREMATURE_CLOSE: () => 'Premature close',
  ERR_STREAM_PUSH_AFTER_EOF: () => 'stream.push() after EOF',
  ERR_STREAM_UNSHIFT_AFTER_END_EVENT: () => 'stream.unshift() after end event',
  ERR_STREAM_WRITE_AFTER_END: () => 'write after end',
};

/** @param {string} code @param {string} [name] the method that the text names */
const streamError = (code, name) => codedError(Error, code, TEXTS[code](name));

const nullValue = () => codedError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');

/** @param {any} encoding */
const unknownEncoding = (encoding) => codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);

/** One error of two: the second came up while the first was dealt with.
 * @param {any} inner @param {any} outer */
function bothErrors(inner, outer) {
  if (!inner || !outer || inner === outer) return inner || outer;
  if (Array.isArray(outer.errors)) {
    outer.errors.push(inner);
    return outer;
  }
  const both = /** @type {any} */ (new AggregateError([outer, inner], outer.message));
  both.code = outer.code;
  return both;
}

module.exports = { streamError, nullValue, unknownEncoding, bothErrors };
