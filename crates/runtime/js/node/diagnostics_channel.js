// The module diagnostics_channel: named channels on which libraries tell what they do.
'use strict';

const { checkFunction, invalidArgType } = require('internal/errors');

/** Channels live for as long as somebody holds or listens to them, and then no longer.
 * @type {Map<string | symbol, WeakRef<Channel>>} */
const channels = new Map();
/** Those that somebody listens to. @type {Set<Channel>} */
const listened = new Set();

class Channel {
  /** @type {Function[]} */
  #subscribers = [];
  /** What a store gets for a message. @type {Map<any, Function | undefined>} */
  #stores = new Map();

  /** @param {string | symbol} name */
  constructor(name) { this.name = name; }

  get hasSubscribers() { return this.#subscribers.length > 0 || this.#stores.size > 0; }

  #changed() {
    if (this.hasSubscribers) listened.add(this);
    else listened.delete(this);
  }

  /** @param {(message: any, name: string | symbol) => void} subscriber */
  subscribe(subscriber) {
    checkFunction(subscriber, 'subscription');
    this.#subscribers = [...this.#subscribers, subscriber];
    this.#changed();
  }

  /** @param {Function} subscriber */
  unsubscribe(subscriber) {
    const at = this.#subscribers.indexOf(subscriber);
    if (at === -1) return false;
    this.#subscribers = this.#subscribers.toSpliced(at, 1);
    this.#changed();
    return true;
  }

  /** @param {any} store @param {(message: any) => any} [transform] */
  bindStore(store, transform) {
    this.#stores.set(store, transform);
    this.#changed();
  }

  /** @param {any} store */
  unbindStore(store) {
    const had = this.#stores.delete(store);
    this.#changed();
    return had;
  }

  /** @param {any} message */
  publish(message) {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber(message, this.name);
      } catch (error) {
        // Who publishes is not to blame for who listens.
        process.nextTick(() => { throw error; });
      }
    }
  }

  /** @param {any} message @param {Function} fn @param {any} [self] @param {...any} args */
  runStores(message, fn, self, ...args) {
    let run = () => {
      this.publish(message);
      return Reflect.apply(fn, self, args);
    };
    for (const [store, transform] of this.#stores) {
      const inner = run;
      run = () => store.run(transform === undefined ? message : transform(message), inner);
    }
    return run();
  }
}

/** @param {any} name */
function channel(name) {
  const existing = channels.get(name)?.deref();
  if (existing) return existing;
  if (typeof name !== 'string' && typeof name !== 'symbol') throw invalidArgType('channel', ['string', 'symbol'], name);
  const made = new Channel(name);
  channels.set(name, new WeakRef(made));
  return made;
}

/** @param {any} name */
const hasSubscribers = (name) => channels.get(name)?.deref()?.hasSubscribers ?? false;
/** @param {any} name @param {any} subscriber */
const subscribe = (name, subscriber) => channel(name).subscribe(subscriber);
/** @param {any} name @param {any} subscriber */
const unsubscribe = (name, subscriber) => channel(name).unsubscribe(subscriber);

const EVENTS = /** @type {const} */ (['start', 'end', 'asyncStart', 'asyncEnd', 'error']);

class TracingChannel {
  /** @param {any} names */
  constructor(names) {
    for (const event of EVENTS) {
      const given = names?.[event];
      /** @type {any} */ (this)[event] = typeof names === 'string' ? channel(`tracing:${names}:${event}`) : given;
      if (!(/** @type {any} */ (this)[event] instanceof Channel)) throw invalidArgType(`nameOrChannels.${event}`, 'Channel', given);
    }
  }

  get hasSubscribers() { return EVENTS.some((event) => /** @type {any} */ (this)[event].hasSubscribers); }

  /** @param {any} handlers */
  subscribe(handlers) {
    for (const event of EVENTS) if (handlers[event]) /** @type {any} */ (this)[event].subscribe(handlers[event]);
  }

  /** @param {any} handlers */
  unsubscribe(handlers) {
    let all = true;
    for (const event of EVENTS) if (handlers[event] && !(/** @type {any} */ (this)[event].unsubscribe(handlers[event]))) all = false;
    return all;
  }

  /** @param {any} context @param {any} error */
  #failed(context, error) {
    context.error = error;
    /** @type {any} */ (this).error.publish(context);
  }

  /** @param {Function} fn @param {any} [context] @param {any} [self] @param {...any} args */
  traceSync(fn, context = {}, self = undefined, ...args) {
    const { start, end } = /** @type {any} */ (this);
    return start.runStores(context, () => {
      try {
        context.result = Reflect.apply(fn, self, args);
        return context.result;
      } catch (error) {
        this.#failed(context, error);
        throw error;
      } finally {
        end.publish(context);
      }
    });
  }

  /** @param {Function} fn @param {any} [context] @param {any} [self] @param {...any} args */
  tracePromise(fn, context = {}, self = undefined, ...args) {
    const { start, end, asyncStart, asyncEnd } = /** @type {any} */ (this);
    const settled = () => {
      asyncStart.publish(context);
      asyncEnd.publish(context);
    };
    return start.runStores(context, () => {
      try {
        return Promise.resolve(Reflect.apply(fn, self, args)).then((result) => {
          context.result = result;
          settled();
          return result;
        }, (error) => {
          this.#failed(context, error);
          settled();
          throw error;
        });
      } catch (error) {
        this.#failed(context, error);
        throw error;
      } finally {
        end.publish(context);
      }
    });
  }

  /** @param {Function} fn @param {number} [position] @param {any} [context] @param {any} [self] @param {...any} args */
  traceCallback(fn, position = -1, context = {}, self = undefined, ...args) {
    const { start, end, asyncStart, asyncEnd } = /** @type {any} */ (this);
    const callback = args.at(position);
    checkFunction(callback, 'callback');
    const tracing = this;
    /** @this {any} @param {any} error @param {any} result @param {...any} more */
    function traced(error, result, ...more) {
      if (error) tracing.#failed(context, error);
      else context.result = result;
      asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, [error, result, ...more]);
        } finally {
          asyncEnd.publish(context);
        }
      });
    }
    args.splice(position, 1, traced);
    return start.runStores(context, () => {
      try {
        return Reflect.apply(fn, self, args);
      } catch (error) {
        this.#failed(context, error);
        throw error;
      } finally {
        end.publish(context);
      }
    });
  }
}

/** @param {any} names */
const tracingChannel = (names) => new TracingChannel(names);

module.exports = { channel, hasSubscribers, subscribe, tracingChannel, unsubscribe, Channel };
