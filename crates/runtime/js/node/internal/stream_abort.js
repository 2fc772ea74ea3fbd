// A stream that a signal ends.
'use strict';

const { AbortError, invalidArgType } = require('internal/errors');
const { isStream, isWebReadable, isWebWritable } = require('internal/stream_kinds');

/** @param {any} signal @param {any} stream */
function addAbortSignal(signal, stream) {
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal)) throw invalidArgType('signal', 'AbortSignal', signal);
  const web = isWebReadable(stream) || isWebWritable(stream);
  if (!web && !isStream(stream)) throw invalidArgType('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  const abort = () => {
    const error = new AbortError(undefined, { cause: signal.reason });
    if (web) require('internal/web_adapters').errorWeb(stream, error);
    else stream.destroy(error);
  };
  if (signal.aborted) {
    abort();
  } else {
    signal.addEventListener('abort', abort, { once: true });
    require('internal/stream_finished').finished(stream, () => signal.removeEventListener('abort', abort));
  }
  return stream;
}

module.exports = { addAbortSignal };
