// pipe and unpipe of a Readable: from it to a target, at the pace of the slowest.
'use strict';

const { prependErrorListener } = require('internal/stream_base');
const { errorOrDestroy } = require('internal/stream_destroy');

/** @this {any} @param {any} target @param {{ end?: boolean }} [options] */
function pipe(target, options) {
  const source = this;
  const state = source._readableState;
  state.pipes.push(target);
  const ends = (!options || options.end !== false) && !isStandard(target);
  const atEnd = ends ? () => target.end() : unpipeTarget;
  if (state.endEmitted) process.nextTick(atEnd);
  else source.once('end', atEnd);

  let over = false;
  /** Set when the target had to drain once. @type {(() => void) | undefined} */
  let onDrain;

  /** @param {any} from @param {any} info */
  function onUnpipe(from, info) {
    if (from !== source || !info || info.hasUnpiped !== false) return;
    info.hasUnpiped = true;
    cleanup();
  }

  function cleanup() {
    target.removeListener('close', onClose);
    target.removeListener('finish', onFinish);
    if (onDrain) target.removeListener('drain', onDrain);
    target.removeListener('error', onError);
    target.removeListener('unpipe', onUnpipe);
    source.removeListener('end', atEnd);
    source.removeListener('end', unpipeTarget);
    source.removeListener('data', onData);
    over = true;
    // The others must not wait for one that is gone.
    if (onDrain && state.awaitDrainWriters.has(target) && (!target._writableState || target._writableState.needDrain)) onDrain();
  }

  function wait() {
    if (!over) {
      if (state.pipes.includes(target)) state.awaitDrainWriters.add(target);
      source.pause();
    }
    if (onDrain) return;
    onDrain = () => {
      state.awaitDrainWriters.delete(target);
      if (state.awaitDrainWriters.size === 0 && source.listenerCount('data') > 0) source.resume();
    };
    target.on('drain', onDrain);
  }

  /** @param {any} chunk */
  function onData(chunk) {
    if (target.write(chunk) === false) wait();
  }

  /** @param {any} error */
  function onError(error) {
    unpipeTarget();
    target.removeListener('error', onError);
    if (target.listenerCount('error') > 0) return;
    const targetState = target._writableState || target._readableState;
    if (targetState && !targetState.errorEmitted) errorOrDestroy(target, error);
    else target.emit('error', error);
  }

  function onClose() {
    target.removeListener('finish', onFinish);
    unpipeTarget();
  }

  function onFinish() {
    target.removeListener('close', onClose);
    unpipeTarget();
  }

  function unpipeTarget() { source.unpipe(target); }

  target.on('unpipe', onUnpipe);
  source.on('data', onData);
  prependErrorListener(target, onError);
  target.once('close', onClose);
  target.once('finish', onFinish);
  target.emit('pipe', source);
  if (target.writableNeedDrain === true) wait();
  else if (!state.flowing) source.resume();
  return target;
}

/** stdout and stderr stay open. @param {any} target */
const isStandard = (target) => target._isStdio === true;

/** @this {any} @param {any} [target] */
function unpipe(target) {
  const state = this._readableState;
  if (state.pipes.length === 0) return this;
  if (!target) {
    const all = state.pipes;
    state.pipes = [];
    this.pause();
    for (const one of all) one.emit('unpipe', this, { hasUnpiped: false });
    return this;
  }
  const at = state.pipes.indexOf(target);
  if (at === -1) return this;
  state.pipes.splice(at, 1);
  if (state.pipes.length === 0) this.pause();
  target.emit('unpipe', this, { hasUnpiped: false });
  return this;
}

module.exports = { pipe, unpipe };
