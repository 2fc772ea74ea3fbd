// The module stream/promises.
'use strict';

module.exports = {
  finished: require('internal/stream_finished').finishedPromise,
  pipeline: require('internal/stream_pipeline').pipelinePromise,
};
