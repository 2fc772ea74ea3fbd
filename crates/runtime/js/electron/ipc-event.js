// The event objects of messages from renderers (semantics 40-42), and the answers that they owe.
'use strict';

const { Event } = require('electron/event');
const { frameOfDocument } = require('electron/web-frame-main');
const { processWarning } = require('electron/warnings');

const binding = internalBinding('electron');
const { setTimeout } = globalThis;

/**
 * @typedef {import('electron/web-contents-state').ContentsState} ContentsState
 */

const UNANSWERED = 'reply was never sent';

/** Milliseconds until garbage is first collected for a page that waits, and at most between two times. */
const FIRST_LOOK = 1000;
const LAST_LOOK = 30_000;

/**
 * Calls whose event object and pending answer were dropped, so that nobody can answer any more
 * (semantics 19, 21).
 * @type {FinalizationRegistry<Owed>}
 */
const dropped = new FinalizationRegistry((owed) => owed.giveUp());

/** An answer that is owed. Holds nothing of the app's, so that it can outlive whoever could give it. */
class Owed {
  #state;
  #document;
  #call;
  #sync;
  isSettled = false;

  /**
   * @param {ContentsState} state
   * @param {number} document
   * @param {number} call
   * @param {boolean} sync
   */
  constructor(state, document, call, sync) {
    this.#state = state;
    this.#document = document;
    this.#call = call;
    this.#sync = sync;
    if (sync) state.blocking.add(this);
  }

  /**
   * @param {boolean} isError
   * @param {any} value
   */
  settle(isError, value) {
    if (this.isSettled) return;
    const answer = this.#sync ? binding.replySync : binding.reply;
    answer(this.#state.id, this.#document, this.#call, isError, value);
    this.isSettled = true;
    this.#state.blocking.delete(this);
    dropped.unregister(this);
  }

  /** Answers that there is no answer. */
  giveUp() {
    if (this.#sync) this.settle(false, { error: UNANSWERED });
    else this.settle(true, UNANSWERED);
  }

  /**
   * A page waits. That nobody can answer shows when garbage is collected, which V8 puts off for as long
   * as little happens.
   */
  collect(delay = FIRST_LOOK) {
    setTimeout(() => {
      if (this.isSettled || this.#state.destroyed) return;
      binding.collectGarbage();
      this.collect(Math.min(2 * delay, LAST_LOOK));
    }, delay);
  }
}

/** The one answer to an invoke or a sendSync. Whoever holds it may still answer. */
class Reply {
  #owed;

  /**
   * @param {ContentsState} state
   * @param {number} document
   * @param {number} call
   * @param {boolean} sync
   */
  constructor(state, document, call, sync) {
    this.#owed = new Owed(state, document, call, sync);
    // Not unregistered by this object itself: QuickJS keeps what it is to unregister by.
    dropped.register(this, this.#owed, this.#owed);
  }

  /**
   * Answers, unless that was done. Throws if the value cannot be cloned; another can be sent then.
   * @param {any} value
   */
  send(value) {
    this.#owed.settle(false, value);
  }

  /**
   * Answers an invoke with an error.
   * @param {string} text
   */
  fail(text) {
    // An empty text is no error to the caller: it gets undefined (semantics 20).
    this.#owed.settle(text !== '', text === '' ? undefined : text);
  }

  /** The listeners of a sendSync have run; one of them may still answer. */
  wait() {
    if (!this.#owed.isSettled) this.#owed.collect();
  }

  /** Answers that there is no answer. */
  abandon() {
    this.#owed.giveUp();
  }
}

class IpcMainEvent extends Event {
  #state;
  #document;

  /**
   * @param {ContentsState} state
   * @param {number} document that sent the message
   * @param {{ routingId: number, frameTreeNodeId: number }} ids of its frame
   */
  constructor(state, document, ids) {
    super();
    this.#state = state;
    this.#document = document;
    this.type = 'frame';
    this.processId = state.processId;
    this.frameId = ids.routingId;
    this.frameTreeNodeId = ids.frameTreeNodeId;
    this.sender = state.webContents;
  }

  /** Looked up when it is read: null once the frame is gone (semantics 42). */
  get senderFrame() {
    // Documents of another process have numbers of their own.
    if (this.processId === this.#state.processId) {
      const frame = frameOfDocument(this.#state, this.#document);
      if (frame !== undefined) return frame;
    }
    processWarning('Frame property was accessed after it navigated or was destroyed. ' +
      'Avoid asynchronous tasks prior to indexing.');
    return null;
  }
}

/**
 * Gives an event `reply`, to exactly the document that sent it (semantics 41).
 * @param {any} event
 * @param {number} contents
 * @param {number} document
 */
function addReply(event, contents, document) {
  event.reply = (/** @type {any} */ channel, /** @type {any[]} */ ...args) => {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    try {
      binding.send(contents, document, channel, args);
    } catch (error) {
      console.error('Error sending from webFrameMain: ', error);
    }
  };
}

/**
 * Gives the event of a sendSync its `returnValue`: the first value wins (semantics 22).
 * @param {any} event
 * @param {Reply} reply
 */
function addReturnValue(event, reply) {
  Object.defineProperty(event, 'returnValue', {
    get: () => undefined,
    set: (value) => reply.send(value),
    enumerable: false,
    configurable: true,
  });
}

module.exports = { IpcMainEvent, Reply, addReply, addReturnValue };
