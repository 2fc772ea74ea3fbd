// Keeps WebKit from handing objects of the preload's world to the page.
//
// A promise that is rejected and left alone makes an `unhandledrejection` event on the window that both
// worlds share, and WebKit (2.50) gives each of them the promise and the reason as they are: from either
// of a preload's the page could reach the Function constructor of its world. So the window's first
// listener, ours, ends such events; and the page's getters give away no promise that is not the page's.
//
// `document.open()` takes all listeners off the window. Ours go back on at once.
//
// Evaluated in both realms. What is left open: a page that calls `open` by a function of another frame
// on its own document, and asks by a getter of that frame.
'use strict';

const {
  Document,
  EventPrototypeStopImmediatePropagation,
  ObjectPrototypeIsPrototypeOf,
  PromisePrototype,
  PromiseRejectionEvent,
  PromiseRejectionEventPrototypeGetPromise,
  Proxy,
  ReflectApply,
  ReflectDefineProperty,
  ReflectGetOwnPropertyDescriptor,
  windowAddEventListener,
} = primordials;
const { isTrusted } = require('./port-transfer.js');

const isOwnPromise = (value) => ObjectPrototypeIsPrototypeOf(PromisePrototype, value);

/** Puts an interceptor before a method or getter. */
function intercept(prototype, name, kind, apply) {
  const descriptor = ReflectGetOwnPropertyDescriptor(prototype, name);
  if (descriptor?.[kind] === undefined) return;
  descriptor[kind] = new Proxy(descriptor[kind], { __proto__: null, apply });
  ReflectDefineProperty(prototype, name, descriptor);
}

/** Calls back after each function of this realm that may have opened the document anew. */
function afterOpen(callback) {
  const apply = (target, self, values) => {
    const result = ReflectApply(target, self, values);
    try {
      callback();
    } catch {
      // An error of another realm, and of no concern to the caller.
    }
    return result;
  };
  for (const name of ['open', 'write', 'writeln']) intercept(Document.prototype, name, 'value', apply);
}

/** The page's half: what main-world.js exports. */
const page = {
  __proto__: null,
  isOwnPromise,
  afterOpen,
  /** Lets this realm's scripts see rejections of this realm only. */
  hideForeignRejections() {
    const apply = (target, event, values) => {
      const result = ReflectApply(target, event, values);
      const isForeign = isTrusted(event) && !isOwnPromise(PromiseRejectionEventPrototypeGetPromise(event));
      return isForeign ? undefined : result;
    };
    for (const name of ['promise', 'reason']) intercept(PromiseRejectionEvent.prototype, name, 'get', apply);
  },
};

/**
 * Begins, at document start. In the realm of the internals.
 * @param {object} options
 * @param {typeof page} [options.page] the page's half, with isolation
 * @param {() => void} options.listenAgain puts other listeners back on the window
 */
function guardWindow({ page, listenAgain }) {
  const onRejection = (event) => {
    const promise = PromiseRejectionEventPrototypeGetPromise(event);
    if (!page?.isOwnPromise(promise)) EventPrototypeStopImmediatePropagation(event);
  };
  const listen = () => {
    if (page === undefined) return;
    windowAddEventListener('unhandledrejection', onRejection, true);
    windowAddEventListener('rejectionhandled', onRejection, true);
  };
  const restore = () => {
    listen();
    listenAgain();
  };
  listen();
  afterOpen(restore);
  page?.afterOpen(restore);
  page?.hideForeignRejections();
}

module.exports = { __proto__: null, guardWindow, page };
