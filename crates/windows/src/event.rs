//! What the UI thread tells: the events, their identifiers and their JSON form.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::menu::MenuId;

/// A BrowserWindow's id, given by whoever creates the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WindowId(pub u32);

/// A WebContents' id, given by whoever creates the window that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContentsId(pub u32);

/// A rectangle in device-independent pixels, from the top left of the display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bounds {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width, at least 1 for a window.
    pub width: i32,
    /// Height, at least 1 for a window.
    pub height: i32,
}

/// Why a web process ended, in the words of Electron's `render-process-gone` (semantics 116).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GoneReason {
    /// It ended by itself, or by a signal from outside.
    Crashed,
    /// [`Command::Terminate`](crate::Command::Terminate) ended it.
    Killed,
    /// WebKit ended it because it took too much memory.
    Oom,
}

/// Something that happened to a window or its page. The JSON form carries the variant's name, in
/// camel case, under `event`.
///
/// A load gives `loadStarted`, any number of `redirected`, then `committed` and `finished`, or
/// `failed` at any point; whatever came of it, `stopped` is the last. A load that another one
/// replaces has failed with `ERR_ABORTED`, and the other's `loadStarted` follows at once. A load
/// that stays within the document gives `navigatedInPage` in place of `committed` and `finished`.
/// After `processTerminated` come the `failed` and `stopped` of what was being loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Event {
    /// The user or the page (`window.close()`) asks for the window to close. It stays open until
    /// it is destroyed by a command.
    WindowCloseRequested {
        /// The window.
        window: WindowId,
    },
    /// The window has another size.
    Resized {
        /// The window.
        window: WindowId,
        /// Its bounds now.
        bounds: Bounds,
    },
    /// The window has another position.
    Moved {
        /// The window.
        window: WindowId,
        /// Its bounds now.
        bounds: Bounds,
    },
    /// The window became the active one.
    Focused {
        /// The window.
        window: WindowId,
    },
    /// The window is the active one no longer.
    Blurred {
        /// The window.
        window: WindowId,
    },
    /// A hidden window was shown. Not sent for a window that is created visible.
    Shown {
        /// The window.
        window: WindowId,
    },
    /// A visible window was hidden.
    Hidden {
        /// The window.
        window: WindowId,
    },
    /// The window manager minimised the window.
    Minimized {
        /// The window.
        window: WindowId,
    },
    /// The window is minimised no longer.
    Unminimized {
        /// The window.
        window: WindowId,
    },
    /// The window manager maximised the window.
    Maximized {
        /// The window.
        window: WindowId,
    },
    /// The window is maximised no longer.
    Unmaximized {
        /// The window.
        window: WindowId,
    },
    /// The window manager made the window cover the screen.
    EnterFullScreen {
        /// The window.
        window: WindowId,
    },
    /// The window covers the screen no longer.
    LeaveFullScreen {
        /// The window.
        window: WindowId,
    },
    /// The window and its page are gone. No event of either follows.
    WindowDestroyed {
        /// The window.
        window: WindowId,
    },
    /// A navigation began.
    LoadStarted {
        /// The page's WebContents.
        contents: ContentsId,
        /// Where to.
        url: String,
    },
    /// The server sent the navigation elsewhere.
    Redirected {
        /// The page's WebContents.
        contents: ContentsId,
        /// Where to.
        url: String,
    },
    /// The new document took the place of the old one.
    Committed {
        /// The page's WebContents.
        contents: ContentsId,
        /// The new document's URL.
        url: String,
        /// HTTP's status; -1 where there is none.
        status: i32,
        /// HTTP's words for it.
        status_text: String,
    },
    /// A frame is about to navigate, and waits for [`Command::Decide`](crate::Command::Decide). Not
    /// sent for what a command asked for, nor for steps in the history.
    Navigating {
        /// The page's WebContents.
        contents: ContentsId,
        /// The number to answer by.
        decision: u32,
        /// Where to.
        url: String,
    },
    /// The server sends a navigation elsewhere; it waits for an answer.
    Redirecting {
        /// The page's WebContents.
        contents: ContentsId,
        /// The number to answer by.
        decision: u32,
        /// Where to.
        url: String,
        /// Whether it is the main frame's.
        is_main_frame: bool,
    },
    /// The server has answered a navigation of the main frame that was not known to be one when it was
    /// asked about; it waits for an answer before its document is shown.
    Arriving {
        /// The page's WebContents.
        contents: ContentsId,
        /// The number to answer by.
        decision: u32,
        /// Where from.
        url: String,
    },
    /// A link or form opens a window, and waits for an answer.
    OpeningWindow {
        /// The page's WebContents.
        contents: ContentsId,
        /// The number to answer by.
        decision: u32,
        /// What the window is to show.
        url: String,
        /// The link's target.
        frame_name: String,
    },
    /// The URL changed within the document: a fragment, or the history API.
    NavigatedInPage {
        /// The page's WebContents.
        contents: ContentsId,
        /// The URL now.
        url: String,
    },
    /// The document and what it needs are loaded.
    Finished {
        /// The page's WebContents.
        contents: ContentsId,
        /// The document's URL.
        url: String,
    },
    /// The navigation failed. No error page takes the old document's place.
    Failed {
        /// The page's WebContents.
        contents: ContentsId,
        /// What was being loaded.
        url: String,
        /// Chromium's number for the error, negative.
        code: i32,
        /// Chromium's name for the error, such as `ERR_FILE_NOT_FOUND`.
        description: String,
        /// Always true: WebKit does not report a sub-frame's failure.
        is_main_frame: bool,
    },
    /// Nothing is being loaded any more. A navigation that was neither finished nor failed became
    /// a download, or was ignored.
    Stopped {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// The document has a title, or another one.
    TitleChanged {
        /// The page's WebContents.
        contents: ContentsId,
        /// The title, not empty.
        title: String,
    },
    /// The page's web process ended. The next load starts another.
    ProcessTerminated {
        /// The page's WebContents.
        contents: ContentsId,
        /// Why.
        reason: GoneReason,
    },
    /// The page asked for a window (`window.open`, `target=_blank`) and got none.
    WindowOpenDenied {
        /// The page's WebContents.
        contents: ContentsId,
        /// What the window was to show.
        url: String,
    },
    /// The inspector was opened.
    DevToolsOpened {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// The inspector was closed.
    DevToolsClosed {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// The user asks for a context menu in a page.
    ContextMenu {
        /// The page's WebContents.
        contents: ContentsId,
        /// What is there, in the words of Electron's event.
        parameters: Value,
    },
    /// The user chose an item of a menu.
    MenuItemChosen {
        /// The menu's number.
        menu: MenuId,
        /// The item's number.
        item: u32,
        /// The window whose menu bar it is in.
        #[serde(rename = "inWindow")]
        window: Option<WindowId>,
        /// Keys that were held.
        modifiers: Modifiers,
    },
    /// A menu that was shown is gone; the item that was chosen, if any, was told before.
    MenuClosed {
        /// The menu's number.
        menu: MenuId,
    },
    /// The outcome of a command with a `request` number.
    Answered {
        /// The number given in the command.
        request: u32,
        /// What the command answers.
        value: Value,
        /// What went wrong instead.
        error: Option<String>,
    },
    /// A display came, went or changed.
    DisplaysChanged,
    /// The desktop or the app changed between light and dark.
    ThemeChanged {
        /// Whether it is dark now.
        dark: bool,
    },
    /// Another instance of the app was started, and found that this one is.
    SecondInstance {
        /// What it has to say.
        data: Value,
    },
}

/// Keys that were held when something happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Modifiers {
    /// Control.
    pub ctrl_key: bool,
    /// Shift.
    pub shift_key: bool,
    /// Alt.
    pub alt_key: bool,
    /// The key with the sign of the system's maker.
    pub meta_key: bool,
    /// An accelerator did it.
    pub triggered_by_accelerator: bool,
}
