// The loads of a WebContents: the promises of loadURL, and the load events in their order
// (semantics 104-107).
//
// Navigations are told by the UI thread, documents by the renderer's own link, and neither waits
// for the other. What comes early is held here: `dom-ready` until the navigation committed, the
// end of the load until `dom-ready`.
'use strict';

const lifecycle = require('electron/app-lifecycle');
const { EarlyDocuments } = require('electron/early-documents');
const { LoadEvents } = require('electron/load-events');
const { Navigation, withoutFragment } = require('electron/navigation');
const { processWarning } = require('electron/warnings');
const { objectDestroyed } = require('electron/arguments');

const binding = internalBinding('electron');
const { setImmediate, clearImmediate } = globalThis;

class LoadTracker {
  #state;
  #events;
  /** Asked for by the app, and not started yet. @type {Navigation[]} */
  #expected = [];
  /** The one that started last. @type {Navigation | null} */
  #current = null;
  #early = new EarlyDocuments();
  #loading = false;
  /** @type {any} */
  #stopping = undefined;
  #committedUrl = '';
  /** Where the document went within itself, which the UI thread may not know yet. */
  #urlInPage = '';
  /** Where it went at the app's wish, told by one of the two who tell. */
  #toldInPage = '';
  #title = '';
  /** @type {{ resolve: () => void, reject: (error: any) => void }[]} */
  #waiting = [];

  /** @param {import('electron/web-contents-state').ContentsState} state */
  constructor(state) {
    this.#state = state;
    this.#events = new LoadEvents(state);
  }

  get isLoading() {
    return this.#loading;
  }

  get isWaitingForResponse() {
    return this.#loading && !(this.#current?.committed && !this.#current.ended);
  }

  /** Of the document, as last reported. */
  get title() {
    return this.#title;
  }

  /** What the window shows or is about to show. */
  get url() {
    return this.#urlInPage || (binding.ui({ cmd: 'url', contents: this.#state.id }) ?? '');
  }

  get hasPage() {
    return this.#committedUrl !== '';
  }

  // --- what the app asks for ---------------------------------------------------------------

  /**
   * @param {string} url absolute and normalised
   * @param {string} [userAgent]
   * @returns {Promise<void>}
   */
  load(url, userAgent) {
    const navigation = new Navigation(url);
    const promise = navigation.promise();
    const contents = this.#state.id;
    this.#overtake(url);
    this.#expected.push(navigation);
    this.#begin(navigation);
    lifecycle.afterReady(() => {
      // Overtaken or stopped meanwhile.
      if (!this.#expected.includes(navigation)) return;
      binding.ui({ cmd: 'load', contents, url, userAgent });
      navigation.alsoKnownAs(binding.ui({ cmd: 'url', contents }) ?? '');
    });
    return promise;
  }

  /**
   * An address that is none.
   * @param {string} url
   * @returns {Promise<void>}
   */
  refuse(url) {
    const navigation = new Navigation(url);
    const promise = navigation.promise();
    this.#events.tell('did-fail-load', -300, 'ERR_INVALID_URL', url, true);
    navigation.fail(-300, 'ERR_INVALID_URL');
    return promise;
  }

  /** @param {boolean} ignoreCache */
  reload(ignoreCache) {
    if (this.hasPage) this.announce(this.#committedUrl);
    binding.ui({ cmd: 'reload', contents: this.#state.id, ignoreCache });
  }

  stop() {
    binding.ui({ cmd: 'stop', contents: this.#state.id });
    for (const navigation of this.#open()) {
      navigation.fail(-3, 'ERR_ABORTED');
      if (!navigation.committed) this.#events.failure('did-fail-provisional-load', -3, 'ERR_ABORTED', navigation.url);
    }
    this.#expected = [];
    if (this.#loading) this.#stop();
  }

  /** Resolves once a script may run: a page is there and nothing is loading (semantics 102). */
  settled() {
    if (this.hasPage && !this.#loading) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve: () => resolve(undefined), reject });
    });
  }

  // --- what the UI thread tells -------------------------------------------------------------

  /** @param {string} url */
  started(url) {
    const index = this.#expected.findIndex((navigation) => navigation.leadsTo(url));
    if (index !== -1) {
      this.#current = this.#expected[index];
      this.#expected.splice(0, index + 1);
      return;
    }
    // The page, the user or a reload began it.
    if (this.#expected.length === 0) this.#overtake(url);
    this.#current = new Navigation(url);
    this.#begin(this.#current);
  }

  /** @param {string} url */
  redirected(url) {
    const navigation = this.#current;
    if (navigation === null || navigation.ended) return;
    navigation.url = url;
    navigation.alsoKnownAs(url);
    this.#events.navigation('did-redirect-navigation', url, false);
  }

  /**
   * The page is about to navigate. `started` comes next, unless this is withdrawn.
   * @param {string} url
   */
  announce(url) {
    this.#overtake(url);
    const navigation = new Navigation(url);
    this.#expected.push(navigation);
    this.#begin(navigation);
    return navigation;
  }

  /**
   * The app does not let it go on.
   * @param {Navigation} navigation
   */
  withdraw(navigation) {
    this.#expected = this.#expected.filter((each) => each !== navigation);
    this.#stopLater();
  }

  /**
   * @param {string} url
   * @param {number} [status] of HTTP
   * @param {string} [statusText]
   */
  committed(url, status = -1, statusText = '') {
    if (this.#current === null || this.#current.superseded) this.#adopt(url);
    if (this.#current === null || this.#current.ended) this.started(url);
    const navigation = /** @type {Navigation} */ (this.#current);
    navigation.committed = true;
    navigation.url = url;
    navigation.alsoKnownAs(url);
    this.#committedUrl = url;
    this.#title = '';
    this.#urlInPage = '';
    this.#events.committed(url, status, statusText);
    this.#pair(navigation);
  }

  /**
   * The UI thread and the page both tell of it, in any order. What the app asked for ends by the UI
   * thread's word, which knows then that it has ended; the rest the page tells best.
   * @param {string} url
   * @param {boolean} byPage whether it is the page that tells
   */
  navigatedInPage(url, byPage) {
    const navigation = this.#within(url);
    if (byPage && (navigation !== undefined || this.#toldInPage === url)) {
      this.#toldInPage = navigation === undefined ? '' : url;
      return;
    }
    if (!byPage) {
      if (navigation === undefined) return;
      if (this.#current !== navigation) this.#expected.splice(0, this.#expected.indexOf(navigation) + 1);
      this.#toldInPage = this.#toldInPage === url ? '' : url;
    }
    this.#committedUrl = url;
    this.#urlInPage = url;
    if (navigation === undefined) this.#events.navigation('did-start-navigation', url, true);
    this.#events.navigatedInPage(url);
    navigation?.finish();
    this.#stopLater();
  }

  finished() {
    const navigation = this.#current;
    if (navigation === null || navigation.ended || !navigation.committed) return;
    if (navigation.superseded && this.#expected.length > 0) {
      navigation.ended = true;
      return;
    }
    navigation.finishHeld = true;
    // The documents are not told by the same address: the newest is the one.
    const { newest } = this.#early;
    if (navigation.document === 0 && newest?.ready) this.#enter(navigation, newest);
    else if (navigation.domReady) this.#complete(navigation);
  }

  /**
   * @param {string} url
   * @param {number} code
   * @param {string} description
   * @param {boolean} isMainFrame
   */
  failed(url, code, description, isMainFrame) {
    if (!isMainFrame) {
      this.#events.tell('did-fail-load', code, description, url, false, this.#state.processId, 0);
      return;
    }
    const navigation = this.#failing(url);
    if (navigation === undefined) return;
    navigation.url = url;
    navigation.fail(code, description);
    if (!navigation.committed) this.#events.failure('did-fail-provisional-load', code, description, url);
    // One that was stopped did not fail.
    if (code !== -3) {
      processWarning(`Failed to load URL: ${url} with error: ${description}`);
      this.#events.failure('did-fail-load', code, description, url);
    }
    this.#stopLater();
  }

  /** Nothing is loading. A navigation without an end became a download, or nothing at all. */
  stopped() {
    const navigation = this.#current;
    if (navigation !== null && !navigation.ended && !navigation.finishHeld) navigation.fail(-2, 'ERR_FAILED');
    this.#stopLater();
  }

  /** @param {string} title */
  titleChanged(title) {
    if (title === '' || title === this.#title) return;
    this.#title = title;
    this.#state.owner.title(title);
  }

  // --- what the renderer tells --------------------------------------------------------------

  /**
   * A document of the main frame.
   * @param {number} id
   * @param {string} url
   */
  document(id, url) {
    this.#early.add(id, url);
    const navigation = this.#current;
    if (navigation?.committed && navigation.document === 0) this.#pair(navigation);
  }

  /**
   * @param {number} id
   * @param {string} title of the document, whose own event may still be on the way
   */
  domReady(id, title) {
    const navigation = this.#current;
    if (navigation?.document === id && id !== 0) {
      this.#emitDomReady(navigation, title);
      return;
    }
    const document = this.#early.ready(id, title);
    if (document !== undefined && navigation?.finishHeld && !navigation.ended) this.#enter(navigation, document);
  }

  /** The renderer ended, and with it what it was loading. */
  rendererGone() {
    this.#early.clear();
    const navigation = this.#current;
    if (navigation !== null && !navigation.ended) {
      if (navigation.finishHeld) this.#complete(navigation);
      else if (navigation.committed) navigation.fail(-2, 'ERR_FAILED');
    }
    this.#stopLater();
  }

  /** The WebContents is destroyed. */
  destroyed() {
    clearImmediate(this.#stopping);
    for (const navigation of this.#open()) navigation.fail(-2, 'ERR_FAILED');
    for (const waiter of this.#waiting.splice(0)) waiter.reject(objectDestroyed());
  }

  // --- within -------------------------------------------------------------------------------

  /** The navigations that have neither ended nor been superseded. */
  #open() {
    const all = this.#current === null ? this.#expected : [this.#current, ...this.#expected];
    return all.filter((navigation) => !navigation.ended && !navigation.superseded);
  }

  /**
   * Another navigation is under way.
   * @param {string} url
   */
  #overtake(url) {
    for (const navigation of this.#open()) {
      // This one is complete, though the renderer's word of it is still to come.
      if (navigation.finishHeld) this.#emitDomReady(navigation, '');
      else navigation.supersede(url);
    }
  }

  /** @param {Navigation} navigation */
  #begin(navigation) {
    this.#urlInPage = '';
    this.#startLoading();
    const { url } = navigation;
    const inPage = url.includes('#') && url !== this.#committedUrl &&
      withoutFragment(url) === withoutFragment(this.#committedUrl);
    this.#events.navigation('did-start-navigation', url, inPage);
  }

  #startLoading() {
    clearImmediate(this.#stopping);
    this.#stopping = undefined;
    if (this.#loading) return;
    this.#loading = true;
    this.#events.tell('did-start-loading');
  }

  /** `did-stop-loading` is an event of its own: promises of the load are heard before it. */
  #stopLater() {
    if (!this.#loading || this.#stopping !== undefined || this.#state.destroyed) return;
    if (this.#open().length > 0) return;
    this.#stopping = setImmediate(() => this.#stop());
  }

  #stop() {
    clearImmediate(this.#stopping);
    this.#stopping = undefined;
    this.#loading = false;
    this.#events.tell('did-stop-loading');
    for (const waiter of this.#waiting.splice(0)) waiter.resolve();
  }

  /**
   * The load that the app asked for and that led to another place in the document.
   * @param {string} url
   */
  #within(url) {
    const matches = (/** @type {Navigation} */ each) => !each.committed && !each.ended && each.arrivesAt(url);
    if (this.#current !== null && matches(this.#current)) return this.#current;
    return this.#expected.find(matches);
  }

  /**
   * Two loads of one address came so close that the engine made one of them.
   * @param {string} url
   */
  #adopt(url) {
    const index = this.#expected.findIndex((navigation) => navigation.leadsTo(url));
    if (index === -1) return;
    this.#current = this.#expected[index];
    this.#expected.splice(0, index + 1);
  }

  /**
   * The navigation that an engine's failure is about.
   * @param {string} url
   */
  #failing(url) {
    const current = this.#current !== null && !this.#current.ended ? this.#current : undefined;
    if (current?.leadsTo(url)) return current;
    const index = this.#expected.findIndex((navigation) => navigation.leadsTo(url));
    return index === -1 ? current : this.#expected.splice(index, 1)[0];
  }

  /**
   * Finds the document of a committed navigation among those the renderer told of.
   * @param {Navigation} navigation
   */
  #pair(navigation) {
    const document = this.#early.at(navigation.url);
    if (document !== undefined) this.#enter(navigation, document);
  }

  /**
   * @param {Navigation} navigation
   * @param {import('electron/early-documents').EarlyDocument} document
   */
  #enter(navigation, document) {
    this.#early.take(document);
    navigation.document = document.id;
    if (document.ready) this.#emitDomReady(navigation, document.title);
  }

  /**
   * @param {Navigation} navigation
   * @param {string} title
   */
  #emitDomReady(navigation, title) {
    if (navigation.domReady || navigation.ended) return;
    navigation.domReady = true;
    this.titleChanged(title);
    this.#events.domReady();
    if (navigation.finishHeld) this.#complete(navigation);
  }

  /** @param {Navigation} navigation */
  #complete(navigation) {
    this.#events.finished();
    navigation.finish();
    this.#stopLater();
    setImmediate(() => this.#state.owner.finished());
  }
}

module.exports = { LoadTracker };
