// One navigation of a main frame, from being asked for to its end.
'use strict';

/** @param {string} url */
function withoutFragment(url) {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}

/** @param {string} url */
const fragment = (url) => url.slice(withoutFragment(url).length);

/**
 * What two spellings of one address have in common: the engine may escape more than we do.
 * @param {string} url
 */
function addressKey(url) {
  const plain = withoutFragment(url).replace(/\/$/, '');
  try {
    return decodeURI(plain);
  } catch {
    return plain;
  }
}

/**
 * The error of a failed load (semantics 104).
 * @param {number} errno
 * @param {string} code
 * @param {string} url
 */
function loadError(errno, code, url) {
  const error = new Error(`${code} (${errno}) loading '${url.slice(0, 2048)}'`);
  return Object.assign(error, { errno, code, url });
}

class Navigation {
  #keys = new Set();
  /** @type {((value?: any) => void) | undefined} */
  #resolve;
  /** @type {((error: any) => void) | undefined} */
  #reject;

  /** @param {string} url */
  constructor(url) {
    this.url = url;
    this.alsoKnownAs(url);
    /** The new document took the old one's place. */
    this.committed = false;
    /** The document it led to, once both channels have told of it. */
    this.document = 0;
    this.domReady = false;
    /** Finished, but `dom-ready` has to come first. */
    this.finishHeld = false;
    /** Another was asked for in its place. */
    this.superseded = false;
    this.ended = false;
  }

  /** @returns {Promise<void>} settled by `finish` or `fail`; its rejection needs no handler */
  promise() {
    /** @type {Promise<void>} */
    const promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    promise.catch(() => {});
    return promise;
  }

  /** @param {string} url */
  alsoKnownAs(url) {
    if (url !== '') this.#keys.add(addressKey(url));
  }

  /** @param {string} url */
  leadsTo(url) {
    return this.#keys.has(addressKey(url));
  }

  /**
   * The same with the fragment, which tells places within a document apart.
   * @param {string} url
   */
  arrivesAt(url) {
    return this.leadsTo(url) && fragment(this.url) === fragment(url);
  }

  finish() {
    this.ended = true;
    this.#resolve?.();
  }

  /**
   * @param {number} errno
   * @param {string} code
   * @param {string} [url]
   */
  fail(errno, code, url = this.url) {
    this.ended = true;
    this.#reject?.(loadError(errno, code, url));
  }

  /**
   * Another navigation was asked for. This one goes on until the engine has dropped it.
   * @param {string} url the other one's, which Electron names in the error
   */
  supersede(url) {
    this.superseded = true;
    this.#reject?.(loadError(-3, 'ERR_ABORTED', url));
  }
}

module.exports = { Navigation, addressKey, withoutFragment };
