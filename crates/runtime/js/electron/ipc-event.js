// The event objects of messages from renderers (semantics 40-42), and the answers that they owe.
'use strict';

const { Event } = require('electron/event');
const { frameOfDocument } = require('electron/web-frame-main');
const { processWarning } = require('electron/warnings');

const binding = internalBinding('electron');

/**
 * @typedef {import('electron/web-contents-state').ContentsState} ContentsState
 */

const UNANSWERED = 'reply was never sent';

/**
 * Calls whose event object and pending answer were dropped, so that nobody can answer any more
 * (semantics 19, 21).
 * @type {FinalizationRegistry<() => void>}
 */
const dropped = new FinalizationRegistry((answer) => answer());

/** The one answer to an invoke or a sendSync. Whoever holds it may still answer. */
class Reply {
  #contents;
  #document;
  #call;
  #sync;
  #sent = false;
  /** Must not hold this object. @type {() => void} */
  #unanswered;
  /** Not the object itself: QuickJS keeps what it is to unregister by. */
  #token = {};

  /**
   * @param {number} contents
   * @param {number} document
   * @param {number} call
   * @param {boolean} sync
   */
  constructor(contents, document, call, sync) {
    this.#contents = contents;
    this.#document = document;
    this.#call = call;
    this.#sync = sync;
    this.#unanswered = sync
      ? () => binding.replySync(contents, document, call, false, { error: UNANSWERED })
      : () => binding.reply(contents, document, call, true, UNANSWERED);
    dropped.register(this, this.#unanswered, this.#token);
  }

  /**
   * Answers, unless that was done. Throws if the value cannot be cloned; another can be sent then.
   * @param {any} value
   */
  send(value) {
    if (this.#sent) return;
    const answer = this.#sync ? binding.replySync : binding.reply;
    answer(this.#contents, this.#document, this.#call, false, value);
    this.#settled();
  }

  /**
   * Answers an invoke with an error.
   * @param {string} text
   */
  fail(text) {
    if (this.#sent) return;
    // An empty text is no error to the caller: it gets undefined (semantics 20).
    binding.reply(this.#contents, this.#document, this.#call, text !== '', text === '' ? undefined : text);
    this.#settled();
  }

  /** Answers that there is no answer. */
  abandon() {
    if (this.#sent) return;
    this.#unanswered();
    this.#settled();
  }

  #settled() {
    this.#sent = true;
    dropped.unregister(this.#token);
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
