// Documents of a main frame that the renderer told of, and that no navigation is known to have led to
// yet: the UI thread tells of those, and neither waits for the other.
'use strict';

const { addressKey } = require('electron/navigation');

/** More than these is no honest page. */
const MOST = 16;

/**
 * @typedef {object} EarlyDocument
 * @property {number} id
 * @property {string} url
 * @property {boolean} ready
 * @property {string} title when it became ready
 */

class EarlyDocuments {
  /** @type {EarlyDocument[]} oldest first */
  #list = [];

  get newest() {
    return this.#list.at(-1);
  }

  /**
   * @param {number} id
   * @param {string} url
   */
  add(id, url) {
    this.#list.push({ id, url, ready: false, title: '' });
    if (this.#list.length > MOST) this.#list.shift();
  }

  /**
   * A document became ready.
   * @param {number} id
   * @param {string} title
   */
  ready(id, title) {
    const document = this.#list.find((each) => each.id === id);
    return document && Object.assign(document, { ready: true, title });
  }

  /** @param {string} url */
  at(url) {
    const key = addressKey(url);
    return this.#list.find((each) => addressKey(each.url) === key);
  }

  /**
   * A navigation is known to have led to it; those before it have been left.
   * @param {EarlyDocument} document
   */
  take(document) {
    this.#list.splice(0, this.#list.indexOf(document) + 1);
  }

  clear() {
    this.#list = [];
  }
}

module.exports = { EarlyDocuments };
