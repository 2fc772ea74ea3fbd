'use strict';
// Tells main what this frame navigates to. WebKit asks main whether a frame may go somewhere without
// saying which frame it is; the frame itself knows, by the Navigation API, and says so before.
//
// Evaluated in the realm of the internals. WebKit tells a frame nothing of what another origin makes it
// do, nor of its first load.

const { String } = primordials;

/** Channels that no app's message comes on: `ipcRenderer` refuses none, but these names are ours. */
const NAVIGATING = '\0conch:navigating';
const NAVIGATED_IN_PAGE = '\0conch:navigated-in-page';

/** @param {(channel: string, args: any[]) => void} send */
module.exports = function reportNavigation(send) {
  const navigation = /** @type {any} */ (globalThis).navigation;
  // A WebKit without it, or a document that may not have it.
  if (navigation === undefined || navigation === null) return;
  navigation.addEventListener('navigate', (/** @type {any} */ event) => {
    if (!event.isTrusted) return;
    const { url, sameDocument } = event.destination;
    if (!sameDocument && !event.hashChange) send(NAVIGATING, [String(url)]);
  });
  navigation.addEventListener('currententrychange', (/** @type {any} */ event) => {
    if (event.isTrusted) send(NAVIGATED_IN_PAGE, [String(location.href)]);
  });
};
