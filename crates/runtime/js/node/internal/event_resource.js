// EventEmitterAsyncResource: an emitter whose listeners run with the stores of where it was made.
'use strict';

const EventEmitter = require('events');
const { AsyncResource } = require('async_hooks');
const { checkString } = require('internal/errors');

class EventEmitterAsyncResource extends /** @type {any} */ (EventEmitter) {
  #resource;

  /** @param {any} [options] */
  constructor(options = undefined) {
    let name;
    if (typeof options === 'string') {
      name = options;
      options = undefined;
    } else {
      if (new.target === EventEmitterAsyncResource) checkString(options?.name, 'options.name');
      name = options?.name || new.target.name;
    }
    super(options);
    this.#resource = new AsyncResource(name, options);
    Object.defineProperty(this.#resource, 'eventEmitter', { value: this, configurable: true });
  }

  /** @param {string | symbol} type @param {...any} args */
  emit(type, ...args) {
    return this.#resource.runInAsyncScope(super.emit, this, type, ...args);
  }

  emitDestroy() { this.#resource.emitDestroy(); }
  get asyncId() { return this.#resource.asyncId(); }
  get triggerAsyncId() { return this.#resource.triggerAsyncId(); }
  get asyncResource() { return this.#resource; }
}

module.exports = { EventEmitterAsyncResource };
