// The natives under the electron module: what an engine must offer as internalBinding('electron').

/** What the engine tells the module. Registered once, with `Binding.on`. */
interface ElectronHandlers {
  send(contents: number, document: number, frame: number, channel: string, args: any[]): void;
  invoke(contents: number, document: number, frame: number, call: number, channel: string, args: any[]): void;
  sendSync(contents: number, document: number, frame: number, call: number, channel: string, args: any[]): void;
  message(contents: number, document: number, frame: number, channel: string, message: any, ports: number[]): void;
  portMessage(port: number, message: any, ports: number[]): void;
  portClose(port: number): void;
  evalResult(contents: number, call: number, isRejected: boolean, value: any): void;
  /** `place`: the WebContents, the document and the frame. `parent`: a frame, 0 for none. */
  document(place: number[], isMain: boolean, url: string, parent: number, token: string, name: string): void;
  /** A sub-frame's document, and all in it. */
  loaded(contents: number, document: number): void;
  /** `withFrame`: its frame is gone as well, rather than about to show another document. */
  documentGone(contents: number, document: number, withFrame: boolean): void;
  unloading(contents: number, document: number): void;
  /** `title`: the document's, so that it can be told before `dom-ready`. */
  domReady(contents: number, document: number, title?: string): void;
  rendererConnected(contents: number, pid: number): void;
  rendererGone(contents: number, reason: string, detail: string): void;
  preloadError(contents: number, path: string, error: any): void;
  console(place: number[], level: number, message: string, line: number, source: string): void;
  ui(event: UiEvent): void;
}

/**
 * An event of the UI thread, or of the host itself: `launch` once the app's main script has run,
 * `quitRequested` when a signal asks the app to end.
 */
interface UiEvent {
  event: string;
  window?: number;
  contents?: number;
  [field: string]: any;
}

interface AppInfo {
  appPath: string;
  name: string;
  version: string;
  execPath: string;
  resourcesPath: string;
  args: string[];
  isPackaged: boolean;
}

interface ElectronBinding {
  appInfo: AppInfo;
  versions: Record<string, string>;
  /** The key, own or inherited, of objects that no message can carry: whoever sends one throws. */
  readonly uncloneable: unique symbol;
  on(handlers: ElectronHandlers): void;
  /** Carries out a command of the UI thread and answers what it answers. */
  ui(command: { cmd: string, [field: string]: any }): any;
  contents(contents: number, config: object): void;
  forget(contents: number): void;
  /** Document 0 is the main frame, whatever it shows; false if the document is gone. */
  send(contents: number, document: number, channel: string, args: any[]): boolean;
  postMessage(contents: number, document: number, channel: string, message: any, ports: number[]): boolean;
  reply(contents: number, document: number, call: number, isError: boolean, value: any): void;
  replySync(contents: number, document: number, call: number, isError: boolean, value: any): void;
  evaluate(contents: number, document: number, call: number, code: string, world: number): boolean;
  channel(): number[];
  portPost(port: number, message: any, ports: number[]): void;
  portStart(port: number): void;
  portClose(port: number): void;
  exit(code: number): void;
  /** Collects everything that nobody holds. */
  collectGarbage(): void;
}

declare function internalBinding(name: 'electron'): ElectronBinding;
