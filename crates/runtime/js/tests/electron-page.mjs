// A page for tests of its loads: what the UI thread and the renderer tell of it, by short names.
import { ElectronHost, recordEvents } from './electron-host.mjs';

export const URL_A = 'file:///apps/sample/a.html';
export const URL_B = 'file:///apps/sample/b.html';

/** The events of a load that goes well (semantics 106). */
export const NORMAL = [
  'did-start-loading', 'did-start-navigation', 'did-frame-navigate', 'did-navigate', 'page-title-updated', 'dom-ready',
  'did-frame-finish-load', 'did-finish-load', 'did-stop-loading',
];

/** A window whose WebContents has a renderer and no page. */
export async function withPage(options = { show: false }) {
  const host = await new ElectronHost().launch();
  const window = new host.electron.BrowserWindow(options);
  host.engine.rendererConnected(1, 4001);
  const { webContents } = window;
  const events = recordEvents(webContents);
  /** Events of the UI thread and of the renderer, by short names. */
  const tell = {
    started: (url) => host.ui('loadStarted', { contents: 1, url }),
    committed: (url) => host.ui('committed', { contents: 1, url }),
    title: (title) => host.ui('titleChanged', { contents: 1, title }),
    finished: (url) => host.ui('finished', { contents: 1, url }),
    stopped: () => host.ui('stopped', { contents: 1 }),
    failed: (url, code, description) => host.ui('failed', { contents: 1, url, code, description, isMainFrame: true }),
    document: (id, url) => host.engine.document([1, id, 7], true, url, 0, 'T', ''),
    documentGone: (id) => host.engine.documentGone(1, id, false),
    domReady: (id, title) => host.engine.domReady(1, id, title),
  };
  return { host, window, webContents, events, tell, named: () => events.filter((name) => name !== 'frame-created') };
}

/** All that a load of a page with a title brings, the two channels apart. */
export function scripts(tell, url, document) {
  return {
    ui: [() => tell.started(url), () => tell.committed(url), () => tell.title('T'), () => tell.finished(url), () => tell.stopped()],
    link: [() => tell.document(document, url), () => tell.domReady(document, 'T')],
  };
}
