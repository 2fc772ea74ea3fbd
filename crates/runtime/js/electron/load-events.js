// The load events of a WebContents with their arguments (semantics 106, 107).
'use strict';

const { emitEvent, emitWithFields } = require('electron/event');
const { navigatedInPage } = require('electron/web-frame-main');

class LoadEvents {
  #state;

  /** @param {import('electron/web-contents-state').ContentsState} state */
  constructor(state) {
    this.#state = state;
  }

  /**
   * A listener may have destroyed the WebContents: it is not heard of any more.
   * @param {string} name
   * @param {...any} args
   */
  tell(name, ...args) {
    if (!this.#state.destroyed) emitEvent(this.#state.webContents, name, ...args);
  }

  /**
   * @param {string} name
   * @param {string} url
   * @param {boolean} isSameDocument
   */
  navigation(name, url, isSameDocument) {
    const { webContents, mainFrame, processId, destroyed } = this.#state;
    if (destroyed) return;
    const fields = { url, isSameDocument, isMainFrame: true, frame: mainFrame, initiator: null };
    emitWithFields(webContents, name, fields, url, isSameDocument, true, processId, mainFrame.routingId);
  }

  /**
   * @param {string} url
   * @param {number} status of HTTP, or -1
   * @param {string} statusText
   */
  committed(url, status, statusText) {
    this.tell('did-frame-navigate', url, status, statusText, true, ...this.#mainFrame());
    this.tell('did-navigate', url, status, statusText);
  }

  /** @param {string} url */
  navigatedInPage(url) {
    if (this.#state.destroyed) return;
    navigatedInPage(this.#state.mainFrame, url);
    this.tell('did-navigate-in-page', url, true, ...this.#mainFrame());
  }

  domReady() {
    this.tell('dom-ready');
    if (!this.#state.destroyed) emitEvent(this.#state.mainFrame, 'dom-ready');
  }

  finished() {
    this.tell('did-frame-finish-load', true, ...this.#mainFrame());
    this.tell('did-finish-load');
  }

  /**
   * @param {string} name `did-fail-load` or `did-fail-provisional-load`
   * @param {number} code
   * @param {string} description
   * @param {string} url
   */
  failure(name, code, description, url) {
    this.tell(name, code, description, url, true, ...this.#mainFrame());
  }

  /** @returns {number[]} the process and routing ids that events carry */
  #mainFrame() {
    const { destroyed, mainFrame, processId } = this.#state;
    return [processId, destroyed ? 0 : mainFrame.routingId];
  }
}

module.exports = { LoadEvents };
