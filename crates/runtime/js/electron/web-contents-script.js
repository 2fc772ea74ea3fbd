// Scripts sent to a renderer whose results are awaited.
'use strict';

const binding = internalBinding('electron');

/** The world of preload scripts (semantics 84). */
const PRELOAD_WORLD = 999;

const GONE = 'The document went away before the script finished';

/** The engine wants call ids that no other open call of the same WebContents has. */
let lastCall = 0;

/**
 * @typedef {object} Pending
 * @property {(value: any) => void} resolve
 * @property {(error: any) => void} reject
 * @property {boolean} asText
 * @property {number} document 0 while the script waits for the first document
 */

class PendingScripts {
  #contents;
  /** @type {Map<number, Pending>} */
  #calls = new Map();
  /** What the app was given for them. @type {Set<{ promise?: Promise<any> }>} */
  #promises = new Set();

  /** @param {number} contents */
  constructor(contents) {
    this.#contents = contents;
  }

  /**
   * Gives the app a promise of what becomes of scripts. Where their page goes it rejects, and whoever
   * waits for it knows; but it is no unhandled rejection, as in Electron it would stay pending.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  promise(work) {
    /** @type {{ promise?: Promise<any> }} */
    const given = {};
    given.promise = (async () => {
      try {
        return await work();
      } finally {
        this.#promises.delete(given);
      }
    })();
    this.#promises.add(given);
    return given.promise;
  }

  /**
   * Runs code in a document and resolves with a copy of what it gives.
   * @param {number} document 0: the main frame's, as soon as there is one
   * @param {string} code
   * @param {number} [world] the script world: 0 is the page's
   * @param {boolean} [asText] whether an error that it throws is to be given as its text
   * @returns {Promise<any>}
   */
  run(document, code, world = 0, asText = false) {
    return new Promise((resolve, reject) => {
      lastCall = (lastCall + 1) >>> 0;
      const call = lastCall;
      this.#calls.set(call, { resolve, reject, asText, document });
      try {
        if (!binding.evaluate(this.#contents, document, call, code, world)) throw new Error(GONE);
      } catch (error) {
        this.#calls.delete(call);
        reject(error);
      }
    });
  }

  /**
   * @param {number} call
   * @param {boolean} isRejected
   * @param {any} value
   */
  settle(call, isRejected, value) {
    const pending = this.#calls.get(call);
    if (pending === undefined) return;
    this.#calls.delete(call);
    if (isRejected) pending.reject(pending.asText && value instanceof Error ? String(value) : value);
    else pending.resolve(value);
  }

  /**
   * The main frame has a document: what waited for one runs there.
   * @param {number} document
   */
  mainDocument(document) {
    for (const pending of this.#calls.values()) {
      if (pending.document === 0) pending.document = document;
    }
  }

  /** @param {number} document */
  documentGone(document) {
    this.#abandon((pending) => pending.document === document);
  }

  /** The renderer has ended. Scripts that no document had yet run in the next one. */
  rendererGone() {
    this.#abandon((pending) => pending.document !== 0);
  }

  /** The WebContents is destroyed. */
  destroyed() {
    this.#abandon(() => true);
  }

  /** @param {(pending: Pending) => boolean} which */
  #abandon(which) {
    for (const { promise } of this.#promises) promise?.catch(() => {});
    for (const [call, pending] of [...this.#calls]) {
      if (!which(pending)) continue;
      this.#calls.delete(call);
      pending.reject(new Error(GONE));
    }
  }
}

module.exports = { PRELOAD_WORLD, PendingScripts };
