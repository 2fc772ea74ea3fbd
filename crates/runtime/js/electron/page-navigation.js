// Navigations that a page begins by itself: what it tells of them, and whether they may go on
// (`will-frame-navigate`, `will-navigate`, `will-redirect`).
//
// The UI thread asks, without knowing which frame it is that navigates. The frame has told so on its own
// link before, unless it is its first load or another origin's doing. What it told may not have been
// read yet: an answer of the page's says that it has.
'use strict';

const { emitWithFields } = require('electron/event');
const { withoutFragment } = require('electron/navigation');
const { PRELOAD_WORLD } = require('electron/web-contents-script');
const frames = require('electron/web-frame-main');

const binding = internalBinding('electron');

/** @typedef {import('electron/web-contents-state').ContentsState} ContentsState */
/** @typedef {import('electron/web-frame-main').WebFrameMain} WebFrameMain */

const NAVIGATING = '\0conch:navigating';
const NAVIGATED_IN_PAGE = '\0conch:navigated-in-page';

/** What frames told that nothing came of yet: more at a time is no honest page. */
const MAX_TOLD = 64;

/**
 * @typedef {object} Told
 * @property {WebFrameMain} frame
 * @property {string} url
 */

/** @type {WeakMap<ContentsState, Told[]>} oldest first */
const told = new WeakMap();

/**
 * A message of the internals in a page. False if it is one of the app's.
 * @param {ContentsState} state
 * @param {WebFrameMain | undefined} frame
 * @param {string} channel
 * @param {any[]} args
 */
function reported(state, frame, channel, [url]) {
  if (channel !== NAVIGATING && channel !== NAVIGATED_IN_PAGE) return false;
  if (frame === undefined || typeof url !== 'string') return true;
  if (channel === NAVIGATED_IN_PAGE) {
    if (frame === state.mainFrame) state.load.navigatedInPage(url, true);
    else subFrameNavigatedInPage(state, frame, url);
    return true;
  }
  const list = told.get(state) ?? [];
  told.set(state, list);
  list.push({ frame, url });
  if (list.length > MAX_TOLD) list.shift();
  return true;
}

/**
 * @param {ContentsState} state
 * @param {WebFrameMain} frame
 * @param {string} url
 */
function subFrameNavigatedInPage(state, frame, url) {
  emitNavigation(state, 'did-start-navigation', { url, isSameDocument: true, frame, isMainFrame: false });
  if (state.destroyed) return;
  frames.navigatedInPage(frame, url);
  const ids = [state.processId, frame.routingId];
  emitWithFields(state.webContents, 'did-navigate-in-page', {}, url, false, ...ids);
}

/**
 * The frame that told of a navigation. What it told before comes about no more.
 * @param {ContentsState} state
 * @param {string} url
 */
function take(state, url) {
  const list = told.get(state) ?? [];
  const index = list.findLastIndex((each) => each.url === url);
  if (index === -1) return undefined;
  const { frame } = list[index];
  told.set(state, list.filter((each, at) => at > index || each.frame !== frame));
  return frame;
}

/**
 * Whether this is another place in a document that is shown. WebKit asks about those as well, and does
 * not wait for the answer.
 * @param {ContentsState} state
 * @param {string} url
 */
function isPlaceWithin(state, url) {
  if (!url.includes('#')) return false;
  const document = withoutFragment(url);
  return state.mainFrame.framesInSubtree.some((frame) => withoutFragment(frame.url) === document);
}

/**
 * @param {ContentsState} state
 * @param {string} name
 * @param {{ url: string, isSameDocument: boolean, frame: WebFrameMain | null, isMainFrame: boolean }} details
 */
function emitNavigation(state, name, { url, isSameDocument, frame, isMainFrame }) {
  if (state.destroyed) return false;
  const fields = { url, isSameDocument, isMainFrame, frame, initiator: frame };
  const alive = frame !== null && !frame.isDestroyed();
  const ids = [state.processId, alive ? frame.routingId : -1];
  return emitWithFields(state.webContents, name, fields, url, isSameDocument, isMainFrame, ...ids).defaultPrevented;
}

/**
 * @param {ContentsState} state
 * @param {number} decision
 * @param {boolean} allow
 * @param {'main' | 'sub' | 'unknown'} navigator
 */
function decide(state, decision, allow, navigator) {
  if (!state.destroyed) binding.ui({ cmd: 'decide', contents: state.id, decision, allow, navigator });
}

/**
 * A frame is about to navigate.
 * @param {ContentsState} state
 * @param {number} decision
 * @param {string} url
 */
async function navigating(state, decision, url) {
  let frame = take(state, url);
  if (frame === undefined && isPlaceWithin(state, url)) {
    decide(state, decision, true, 'sub');
    return;
  }
  if (frame === undefined) {
    await heard(state);
    if (state.destroyed) return;
    frame = take(state, url);
  }
  const isMainFrame = frame === state.mainFrame;
  const navigation = isMainFrame ? state.load.announce(url) : undefined;
  const live = frame === undefined || frame.isDestroyed() ? null : frame;
  const details = { url, isSameDocument: false, isMainFrame, frame: live };
  if (!isMainFrame) emitNavigation(state, 'did-start-navigation', details);
  const prevented = mayNot(state, details);
  if (prevented && navigation !== undefined) state.load.withdraw(navigation);
  decide(state, decision, !prevented, isMainFrame ? 'main' : frame === undefined ? 'unknown' : 'sub');
}

/**
 * Whether a listener forbids it.
 * @param {ContentsState} state
 * @param {{ url: string, isSameDocument: boolean, frame: WebFrameMain | null, isMainFrame: boolean }} details
 */
function mayNot(state, details) {
  return emitNavigation(state, 'will-frame-navigate', details) ||
    (details.isMainFrame && emitNavigation(state, 'will-navigate', details));
}

/**
 * Resolves once everything is read that the page had sent.
 * @param {ContentsState} state
 */
async function heard(state) {
  const document = state.crashed ? 0 : frames.mainDocumentOf(state.mainFrame);
  if (document === 0) return;
  try {
    await state.scripts.run(document, '0', PRELOAD_WORLD);
  } catch {
    // The page went away meanwhile; nothing more comes of it.
  }
}

/**
 * The main frame navigates by another origin's doing, so nobody was asked when it began.
 * @param {ContentsState} state
 * @param {number} decision
 * @param {string} url
 */
function arriving(state, decision, url) {
  const details = { url, isSameDocument: false, isMainFrame: true, frame: state.mainFrame };
  decide(state, decision, !mayNot(state, details), 'main');
}

/**
 * @param {ContentsState} state
 * @param {number} decision
 * @param {string} url
 * @param {boolean} isMainFrame
 */
function redirecting(state, decision, url, isMainFrame) {
  const details = { url, isSameDocument: false, isMainFrame, frame: isMainFrame ? state.mainFrame : null };
  const prevented = emitNavigation(state, 'will-redirect', details);
  if (!prevented && !isMainFrame) emitNavigation(state, 'did-redirect-navigation', details);
  decide(state, decision, !prevented, 'sub');
}

/**
 * The page itself goes nowhere.
 * @param {ContentsState} state
 * @param {number} decision
 */
function keep(state, decision) {
  decide(state, decision, false, 'sub');
}

module.exports = { arriving, keep, navigating, redirecting, reported };
