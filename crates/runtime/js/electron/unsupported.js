// What of Electron's API Conch does not have: it is there by name, and says so when it is used.
'use strict';

const { warnOnce } = require('electron/warnings');

/** Tells what only stands for an API that Conch lacks: `true` on modules, classes, methods, getters. */
const UNSUPPORTED = Symbol.for('conch.unsupported');

/** The names of the events that objects of a class emit, on its prototype. */
const EVENTS = Symbol.for('conch.events');

/** @param {string} name of the API, such as `BrowserWindow.setOpacity` */
function unsupported(name) {
  return new Error(`${name} is not supported by Conch`);
}

// Read by consoles, test frameworks, `await` and module loaders on any object they meet.
const HARMLESS = new Set([
  'asymmetricMatch', 'constructor', 'default', 'inspect', 'length', 'name', 'nodeType', 'then', 'toJSON', 'toString',
  'valueOf', '$$typeof', '@@__IMMUTABLE_ITERABLE__@@', '@@__IMMUTABLE_RECORD__@@', '__esModule',
]);

/**
 * Stands for a module or class that Conch lacks. It can be imported, tested with typeof and `in`
 * and printed; calling it, constructing it and using its members throws.
 * @param {string} name such as `electron.Tray`
 * @param {Record<string, any>} [members] the few that do exist
 * @returns {any}
 */
function unsupportedModule(name, members = {}) {
  const short = name.slice(name.lastIndexOf('.') + 1);
  // A class may be constructed and extended, so the proxy's target must be one.
  const target = Object.assign({ [short]: class {} }[short], { [UNSUPPORTED]: true });
  const fail = () => {
    throw unsupported(name);
  };
  return new Proxy(target, {
    get(_, key) {
      if (Object.hasOwn(members, key)) return members[/** @type {string} */ (key)];
      if (typeof key === 'symbol' || HARMLESS.has(key)) return Reflect.get(target, key);
      return fail();
    },
    set: fail,
    apply: fail,
    construct: fail,
    defineProperty: fail,
    deleteProperty: fail,
  });
}

/**
 * Gives an object the members of Electron's that it lacks: methods that throw, properties that
 * throw when read or written.
 * @param {object} target a prototype, class or module object
 * @param {string} owner the name in the errors
 * @param {{ methods?: string[], properties?: string[] }} names
 */
function installUnsupported(target, owner, { methods = [], properties = [] }) {
  for (const name of methods) {
    if (name in target) continue;
    const value = function () {
      throw unsupported(`${owner}.${name}`);
    };
    Object.defineProperties(value, { name: { value: name }, [UNSUPPORTED]: { value: true } });
    Object.defineProperty(target, name, { value, writable: true, configurable: true });
  }
  for (const name of properties) {
    if (name in target) continue;
    const fail = () => {
      throw unsupported(`${owner}.${name}`);
    };
    Object.defineProperty(fail, UNSUPPORTED, { value: true });
    Object.defineProperty(target, name, { get: fail, set: fail, configurable: true });
  }
}

/**
 * Tells which events objects emit.
 * @param {object} target a prototype or module object
 * @param {string[]} events
 */
function declareEvents(target, events) {
  Object.defineProperty(target, EVENTS, { value: events });
}

/**
 * Makes an emitter class say so when an app listens to an event of Electron's that never fires
 * here. Waiting for it in silence would be worse.
 * @param {any} prototype of a subclass of EventEmitter
 * @param {string} owner
 * @param {string[]} events of Electron's
 * @param {string[]} fired those of them that do fire
 */
function warnOnUnsupportedEvents(prototype, owner, events, fired) {
  declareEvents(prototype, fired);
  const names = new Set(events.filter((name) => !fired.includes(name)));
  const { on, prependListener } = prototype;
  /** @param {any} name */
  const check = (name) => {
    if (names.has(name)) warnOnce(`${owner} event '${name}' is not supported by Conch and never fires`);
  };
  /** @this {any} @param {any[]} args */
  function onChecked(...args) {
    check(args[0]);
    return on.apply(this, args);
  }
  /** @this {any} @param {any[]} args */
  function prependChecked(...args) {
    check(args[0]);
    return prependListener.apply(this, args);
  }
  // `once` and `prependOnceListener` go through these.
  for (const name of ['on', 'addListener']) {
    Object.defineProperty(prototype, name, { value: onChecked, writable: true, configurable: true });
  }
  Object.defineProperty(prototype, 'prependListener', { value: prependChecked, writable: true, configurable: true });
}

module.exports = { declareEvents, installUnsupported, unsupported, unsupportedModule, warnOnUnsupportedEvents };
