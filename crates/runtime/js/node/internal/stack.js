// Gives errors the `stack` that V8 would: an own property that begins with "Name: message".
// The engine's own has neither the first line nor V8's CallSite methods, and libraries read both.
'use strict';

/** @typedef {(error: any, sites: any[]) => unknown} Prepare */

/** How many columns the CommonJS wrapper adds to the first line of these files. */
const wrapped = new Set();
let wrapperLength = 0;

/**
 * Tells that a file was compiled inside the CommonJS wrapper.
 * @param {string} file
 * @param {number} length
 */
function noteWrapped(file, length) {
  wrapperLength = length;
  wrapped.add(file);
}

const siteMethods = {
  getThis() { return undefined; },
  getTypeName() { return null; },
  getMethodName() { return null; },
  getEvalOrigin() { return undefined; },
  getScriptNameOrSourceURL() { return this.getFileName(); },
  getScriptHash() { return ''; },
  getEnclosingLineNumber() { return this.getLineNumber(); },
  getEnclosingColumnNumber() { return this.getColumnNumber(); },
  getPosition() { return 0; },
  getPromiseIndex() { return null; },
  isToplevel() { return true; },
  isEval() { return false; },
  isAsync() { return false; },
  isPromiseAll() { return false; },
  toString() { return formatSite(this); },
};

/** @param {any} site */
function formatSite(site) {
  const name = site.getFunctionName();
  const file = site.getFileName();
  if (file === null || site.isNative()) {
    return `${name ?? '<anonymous>'} (native)`;
  }
  const line = site.getLineNumber();
  let column = site.getColumnNumber();
  if (line === 1 && column > wrapperLength && wrapped.has(file)) column -= wrapperLength;
  const place = `${file}:${line}:${column}`;
  if (!name || name === '<eval>' || name === '<module>') return place;
  return `${site.isConstructor() ? 'new ' : ''}${name} (${place})`;
}

/** The first line of a stack: what V8 makes of the error when it is created.
 * @param {any} error */
function header(error) {
  try {
    const name = error.name === undefined ? 'Error' : String(error.name);
    const message = error.message === undefined ? '' : String(error.message);
    if (name === '') return message;
    return message === '' ? name : `${name}: ${message}`;
  } catch {
    return 'Error';
  }
}

/** @param {any} error @param {any[]} sites */
function format(error, sites) {
  let text = header(error);
  for (let i = 0; i < sites.length; i++) {
    const file = sites[i].getFileName();
    // The host's own machinery is of no interest to an app, and native frames name no place.
    if (file === null || file.startsWith('node:internal/')) continue;
    text += `\n    at ${formatSite(sites[i])}`;
  }
  return text;
}

/** @type {Prepare | undefined} */
let custom;

/** What is to become the stack of an error when it is first read, as in V8: the first line then
 * tells the name and message that the error has by that time.
 * @type {WeakMap<object, any[]>} */
const waiting = new WeakMap();

const lazyStack = {
  /** @this {any} */
  get() {
    for (let holder = this; holder !== null; holder = Object.getPrototypeOf(holder)) {
      const sites = waiting.get(holder);
      if (sites === undefined) continue;
      waiting.delete(holder);
      const stack = custom === undefined ? format(holder, sites) : custom.call(Error, holder, sites);
      setStack(holder, stack);
      return stack;
    }
    return undefined;
  },
  /** @this {any} @param {any} value */
  set(value) {
    waiting.delete(this);
    setStack(this, value);
  },
  enumerable: false,
  configurable: true,
};

/** Own and not enumerable, as in V8. @param {any} error @param {any} value */
function setStack(error, value) {
  Object.defineProperty(error, 'stack', { value, writable: true, enumerable: false, configurable: true });
}

/** @type {any[] | undefined} */
let captured;
let capturing = false;

/** Feature detection finds that it is not there; who uses it all the same is told more. */
const NO_INTL = 'Intl is not defined';

/** What the engine calls for each new error. @type {Prepare} */
function prepare(error, sites) {
  if (sites.length > 0 && !mended) mend(Object.getPrototypeOf(sites[0]));
  if (capturing) {
    captured = sites;
  } else if (error instanceof Error && !Object.hasOwn(error, 'stack')) {
    if (error.message === NO_INTL) {
      Object.defineProperty(error, 'message', {
        value: `${NO_INTL}: Conch's embedded engine has none. The Node engine has it: conch --node`,
        writable: true, enumerable: false, configurable: true,
      });
    }
    // The engine also asks when a value is thrown; an error keeps the stack of its creation.
    waiting.set(error, sites);
    Object.defineProperty(error, 'stack', lazyStack);
  } else if (!(error instanceof Error)) {
    // Nothing else tells where a value that is no error was thrown. A `finally` throws it again
    // with fewer frames, of less interest.
    if (thrown === undefined || !Object.is(thrown.value, error) || thrown.sites.length < sites.length) {
      thrown = { value: error, sites };
    }
  }
  // Anything but undefined: else the engine asks again for every frame that the throw leaves.
  return '';
}

/** The last value that was thrown and is no error. @type {{ value: any, sites: any[] } | undefined} */
let thrown;

/** The stack of the place that threw a value which is no error; empty when that is not known.
 * @param {any} value */
function whereThrown(value) {
  if (thrown === undefined || !Object.is(thrown.value, value)) return '';
  const text = format({ name: '', message: '' }, thrown.sites);
  thrown = undefined;
  return text;
}

let mended = false;

/** @param {any} prototype */
function mend(prototype) {
  mended = true;
  for (const [name, value] of Object.entries(siteMethods)) {
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  }
}

/** Takes over the engine's Error.prepareStackTrace, which then is the app's to set, as in Node. */
function install() {
  const engine = /** @type {any} */ (Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace'));
  // The engine keeps the stack of the first error that was made until something is caught, and
  // asks for no other one so long. Errors were made before this ran.
  try {
    throw null;
  } catch {
    engine.set.call(Error, prepare);
  }
  Object.defineProperty(Error, 'prepareStackTrace', {
    get() { return custom; },
    set(value) { custom = typeof value === 'function' ? value : undefined; },
    enumerable: false,
    configurable: true,
  });
  const capture = Error.captureStackTrace;
  /** @param {any} target @param {Function} [above] leaves out this function and what it called */
  const captureStackTrace = function captureStackTrace(target, above) {
    capturing = true;
    try {
      capture(target, typeof above === 'function' ? above : captureStackTrace);
    } finally {
      capturing = false;
    }
    waiting.set(target, captured ?? []);
    Object.defineProperty(target, 'stack', lazyStack);
    captured = undefined;
  };
  Object.defineProperty(Error, 'captureStackTrace', {
    value: captureStackTrace, writable: true, configurable: true,
  });
  Object.defineProperty(Error, 'stackTraceLimit', {
    ...Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit'), enumerable: true,
  });
}

module.exports = { install, noteWrapped, whereThrown };
