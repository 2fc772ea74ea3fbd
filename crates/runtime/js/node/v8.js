// The module v8: values as bytes, and what the engine's memory holds.
'use strict';

const binding = internalBinding('clone');
const { Buffer } = require('buffer');
const { codedError, unsupported } = require('internal/errors');

/** In the format of structured clone, which Node's v8.deserialize reads too. @param {any} value */
function serialize(value) {
  const bytes = binding.serialize(value);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @param {any} bytes */
function deserialize(bytes) {
  if (!ArrayBuffer.isView(bytes)) {
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'buffer must be a TypedArray or a DataView');
  }
  return binding.deserialize(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** What QuickJS knows of its heap. What it has no word for is 0. */
function getHeapStatistics() {
  const [total, used] = internalBinding('scripts').memory();
  const limit = require('os').totalmem();
  return {
    total_heap_size: total, total_heap_size_executable: 0, total_physical_size: total, total_available_size: limit - total,
    used_heap_size: used, heap_size_limit: limit, malloced_memory: total, peak_malloced_memory: 0, does_zap_garbage: 0,
    number_of_native_contexts: 1, number_of_detached_contexts: 0, total_global_handles_size: 0, used_global_handles_size: 0,
    external_memory: 0,
  };
}

/** @type {any} */
const v8 = { deserialize, getHeapStatistics, serialize };
for (const name of ['cachedDataVersionTag', 'getHeapCodeStatistics', 'getHeapSnapshot', 'getHeapSpaceStatistics', 'queryObjects',
  'setFlagsFromString', 'setHeapSnapshotNearHeapLimit', 'stopCoverage', 'takeCoverage', 'writeHeapSnapshot']) {
  v8[name] = { [name]() { throw unsupported(`v8.${name}`); } }[name];
}
for (const name of ['DefaultDeserializer', 'DefaultSerializer', 'Deserializer', 'GCProfiler', 'Serializer']) {
  v8[name] = class { constructor() { throw unsupported(`v8.${name}`); } };
  Object.defineProperty(v8[name], 'name', { value: name });
}

module.exports = v8;
