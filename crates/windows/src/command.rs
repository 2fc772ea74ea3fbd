//! What the UI thread can be told to do: the commands, their JSON form and their errors.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

use crate::clipboard::ClipboardKind;
use crate::event::{ContentsId, WindowId};
use crate::file_dialogs::FileDialogOptions;
use crate::menu::{MenuId, Popup};
use crate::menu_bar::BarContents;
use crate::options::{MessageBoxOptions, Preferences, WindowOptions, maybe_pixels, pixels};
use crate::policy::Navigator;
use crate::text;
use crate::theme::ThemeSource;

/// Why a command was not carried out. The text is complete: it names the command or the window.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// The command is none of ours.
    #[error("Unknown window command: {0}")]
    UnknownCommand(String),
    /// The command's fields do not fit.
    #[error("Bad window command {command}: {reason}")]
    BadCommand {
        /// The command's name.
        command: String,
        /// What does not fit.
        reason: String,
    },
    /// There is no such window, or no longer.
    #[error("There is no window with id {}", .0.0)]
    UnknownWindow(WindowId),
    /// There is no such WebContents, or no longer.
    #[error("There is no WebContents with id {}", .0.0)]
    UnknownContents(ContentsId),
    /// A window or WebContents of that id exists already.
    #[error("There is already a window or WebContents with id {0}")]
    DuplicateId(u32),
    /// The system could not do it.
    #[error("{0}")]
    Failed(String),
    /// The UI thread has ended, or ended before it answered.
    #[error("The UI thread has ended")]
    UiGone,
    /// The call came from the UI thread itself, which would wait for ever.
    #[error("A window command must not be called from the UI thread")]
    OnUiThread,
}

/// An order to the UI thread. The JSON form carries the variant's name, in camel case, under
/// `cmd`. Answers are `null` unless a variant says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "cmd", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Command {
    /// Makes a window and the view in it. Nothing is loaded and no web process started yet.
    CreateWindow {
        /// The id it is to have.
        window: WindowId,
        /// The id its page is to have.
        contents: ContentsId,
        /// Size, place and looks.
        #[serde(default)]
        options: WindowOptions,
        /// The view's settings.
        #[serde(default)]
        preferences: Preferences,
    },
    /// Shows the window and gives it the focus.
    Show {
        /// The window.
        window: WindowId,
    },
    /// Shows the window and leaves the focus where it is.
    ShowInactive {
        /// The window.
        window: WindowId,
    },
    /// Hides the window. Its page goes on.
    Hide {
        /// The window.
        window: WindowId,
    },
    /// Gives the focus to the window if it is visible.
    Focus {
        /// The window.
        window: WindowId,
    },
    /// Ends the window and its page at once. The page is not asked.
    Destroy {
        /// The window.
        window: WindowId,
    },
    /// Sets the title.
    SetTitle {
        /// The window.
        window: WindowId,
        /// The new title.
        title: String,
    },
    /// Answers the window's bounds, see [`Bounds`](crate::Bounds).
    GetBounds {
        /// The window.
        window: WindowId,
    },
    /// Moves or resizes; what is left out stays.
    SetBounds {
        /// The window.
        window: WindowId,
        /// Left edge.
        #[serde(default, deserialize_with = "maybe_pixels")]
        x: Option<i32>,
        /// Top edge.
        #[serde(default, deserialize_with = "maybe_pixels")]
        y: Option<i32>,
        /// Width.
        #[serde(default, deserialize_with = "maybe_pixels")]
        width: Option<i32>,
        /// Height.
        #[serde(default, deserialize_with = "maybe_pixels")]
        height: Option<i32>,
    },
    /// Moves the window to the middle of its display.
    Center {
        /// The window.
        window: WindowId,
    },
    /// Asks the window manager to minimise.
    Minimize {
        /// The window.
        window: WindowId,
    },
    /// Asks the window manager to maximise; shows a hidden window first.
    Maximize {
        /// The window.
        window: WindowId,
    },
    /// Asks the window manager to undo maximising.
    Unmaximize {
        /// The window.
        window: WindowId,
    },
    /// Undoes minimising, or else maximising.
    Restore {
        /// The window.
        window: WindowId,
    },
    /// Asks the window manager to cover the screen with the window, or no longer.
    SetFullScreen {
        /// The window.
        window: WindowId,
        /// Whether to cover.
        flag: bool,
    },
    /// Whether the user can resize the window.
    SetResizable {
        /// The window.
        window: WindowId,
        /// Whether he can.
        flag: bool,
    },
    /// Whether the window stays above others.
    SetAlwaysOnTop {
        /// The window.
        window: WindowId,
        /// Whether it does.
        flag: bool,
    },
    /// Sets the colour behind the page.
    SetBackgroundColor {
        /// The window.
        window: WindowId,
        /// CSS colour, `#AARRGGBB` with alpha first.
        color: String,
    },
    /// Sets the least size the user can choose.
    SetMinimumSize {
        /// The window.
        window: WindowId,
        /// Width; 0 is no limit.
        #[serde(deserialize_with = "pixels")]
        width: i32,
        /// Height; 0 is no limit.
        #[serde(deserialize_with = "pixels")]
        height: i32,
    },
    /// Sets the greatest size the user can choose.
    SetMaximumSize {
        /// The window.
        window: WindowId,
        /// Width; 0 is no limit.
        #[serde(deserialize_with = "pixels")]
        width: i32,
        /// Height; 0 is no limit.
        #[serde(deserialize_with = "pixels")]
        height: i32,
    },
    /// Answers `{visible, focused, minimized, maximized, fullscreen, resizable, alwaysOnTop}`.
    ///
    /// Minimised, maximised, full screen and focused are what the window manager made of it, so
    /// they change a moment after the command that asks for them, and never without a window
    /// manager. The rest is what was last asked for.
    State {
        /// The window.
        window: WindowId,
    },
    /// Starts a navigation. One that is under way fails with `ERR_ABORTED`.
    Load {
        /// The page's WebContents.
        contents: ContentsId,
        /// An absolute URL.
        url: String,
        /// The user agent from this load to the next one.
        #[serde(default)]
        user_agent: Option<String>,
    },
    /// Loads the page again.
    Reload {
        /// The page's WebContents.
        contents: ContentsId,
        /// Whether to go past the cache.
        #[serde(default)]
        ignore_cache: bool,
    },
    /// Answers `navigating`, `redirecting`, `arriving` or `openingWindow`.
    Decide {
        /// The page's WebContents.
        contents: ContentsId,
        /// The number in the event.
        decision: u32,
        /// Whether it may go on.
        allow: bool,
        /// Which frame it is.
        navigator: Navigator,
    },
    /// Stops what is being loaded.
    Stop {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Answers the URL shown, empty before the first load.
    Url {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Answers the document's title.
    Title {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Answers whether something is being loaded.
    IsLoading {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Answers whether there is a page to go back to.
    CanGoBack {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Answers whether there is a page to go forward to.
    CanGoForward {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Goes back in the history, if it can.
    GoBack {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Goes forward in the history, if it can.
    GoForward {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Answers what the page calls itself to servers when it loads without a user agent of its own.
    UserAgent {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Sets that, for this load and the next ones.
    SetUserAgent {
        /// The page's WebContents.
        contents: ContentsId,
        /// The user agent.
        user_agent: String,
    },
    /// Opens the inspector, unless the preferences forbid it.
    OpenDevTools {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Closes the inspector.
    CloseDevTools {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Answers whether the inspector is open.
    IsDevToolsOpened {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Kills the page's web process.
    Terminate {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Saves what the page shows as a PNG file. Answers when the file is written.
    Screenshot {
        /// The page's WebContents.
        contents: ContentsId,
        /// The file.
        path: PathBuf,
    },
    /// Shows a message box. Answers the index of the button once the user has chosen; with
    /// `request` it answers at once and the choice comes as `answered`.
    MessageBox(MessageBoxOptions),
    /// Shows an error and answers when the user has closed it.
    ErrorBox {
        /// The box's title.
        title: String,
        /// The text.
        content: String,
    },
    /// Answers the version of WebKitGTK that runs, such as `2.50.6`.
    WebkitVersion,
    /// Shows a dialog that chooses files. Answers the paths, or null, once the user has chosen.
    FileDialog(FileDialogOptions),
    /// Answers `{primary, displays: [{id, label, bounds, workArea, scaleFactor, frequency}]}`,
    /// `primary` being an id.
    DisplayInfo,
    /// Answers `{x, y}`, where the mouse is.
    CursorPoint,
    /// Has WebKit do what the menu item of that name would: `Undo`, `Redo`, `Cut`, `Copy`, `Paste`,
    /// `PasteAsPlainText`, `Delete`, `SelectAll`, `Unselect`, `InsertText`.
    Edit {
        /// The page's WebContents.
        contents: ContentsId,
        /// WebKit's name of it.
        action: String,
        /// What is inserted.
        #[serde(default)]
        text: Option<String>,
    },
    /// Answers how many times larger than usual the page is shown.
    ZoomFactor {
        /// The page's WebContents.
        contents: ContentsId,
    },
    /// Shows the page larger or smaller.
    SetZoomFactor {
        /// The page's WebContents.
        contents: ContentsId,
        /// 1 is the usual size.
        factor: ZoomFactor,
    },
    /// Shows a menu. What comes of it is told by events.
    PopupMenu(Popup),
    /// Takes a menu away that was shown by `popupMenu`.
    ClosePopup {
        /// The menu's number.
        menu: MenuId,
    },
    /// Gives a window a menu bar, or takes it away.
    SetMenuBar {
        /// The window.
        window: WindowId,
        /// What it shows.
        #[serde(default)]
        bar: Option<BarContents>,
        /// Whether it is shown; its keys work in any case.
        visible: bool,
        /// Whether the Alt key shows and hides it.
        auto_hide: bool,
    },
    /// Shows or hides a window's menu bar.
    ShowMenuBar {
        /// The window.
        window: WindowId,
        /// Whether it is shown.
        visible: bool,
        /// Whether the Alt key shows and hides it.
        auto_hide: bool,
    },
    /// Answers what the clipboard holds in a format, as text; null if it has none of it.
    ReadClipboard {
        /// Which clipboard.
        #[serde(default)]
        kind: ClipboardKind,
        /// The MIME type.
        format: String,
    },
    /// Answers the MIME types of what the clipboard holds.
    ClipboardFormats {
        /// Which clipboard.
        #[serde(default)]
        kind: ClipboardKind,
    },
    /// Puts texts by their MIME types on the clipboard, in the place of what was there.
    WriteClipboard {
        /// Which clipboard.
        #[serde(default)]
        kind: ClipboardKind,
        /// The texts.
        data: BTreeMap<String, String>,
    },
    /// Empties the clipboard.
    ClearClipboard {
        /// Which clipboard.
        #[serde(default)]
        kind: ClipboardKind,
    },
    /// Opens an address with the desktop's program for it. Answers once that is started.
    OpenUri {
        /// The address.
        uri: String,
        /// As in [`MessageBoxOptions::request`].
        #[serde(default)]
        request: Option<u32>,
    },
    /// Opens a file or folder with the desktop's program for it. Answers once that is started.
    OpenPath {
        /// The file.
        path: PathBuf,
        /// As in [`MessageBoxOptions::request`].
        #[serde(default)]
        request: Option<u32>,
    },
    /// Shows a file in the file manager.
    ShowInFolder {
        /// The file.
        path: PathBuf,
    },
    /// Moves a file to the wastebasket. Answers once it is there.
    Trash {
        /// The file.
        path: PathBuf,
        /// As in [`MessageBoxOptions::request`].
        #[serde(default)]
        request: Option<u32>,
    },
    /// Makes the desktop's sound for attention.
    Beep,
    /// Answers `{dark, highContrast}`.
    Theme,
    /// Says who decides between light and dark.
    SetThemeSource {
        /// Who.
        source: ThemeSource,
    },
    /// Answers whether this process is the one instance of the app from now on. If another one is,
    /// that gets `data`, as `secondInstance`.
    LockInstance {
        /// The folder whose lock it is.
        folder: PathBuf,
        /// What the other instance is told.
        data: Value,
    },
    /// Lets another process be the one instance of the app.
    UnlockInstance,
    /// Answers whether this process is the one instance of the app.
    IsInstanceLocked,
    /// Starts the program anew once this process ends. Each call is one more start.
    Relaunch {
        /// The program; this one without.
        #[serde(default)]
        program: Option<PathBuf>,
        /// Its arguments; those of this process without.
        #[serde(default)]
        args: Option<Vec<String>>,
    },
    /// Destroys all windows and ends the process.
    Quit {
        /// The exit code.
        #[serde(default)]
        code: i32,
    },
    /// A name that is none of the above.
    #[serde(other)]
    Unknown,
}

/// How many times larger than usual: a number above 0.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "f64")]
pub struct ZoomFactor(f64);

/// Zoom factors are finite, so equality is one.
impl Eq for ZoomFactor {}

impl ZoomFactor {
    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for ZoomFactor {
    type Error = &'static str;

    fn try_from(factor: f64) -> Result<ZoomFactor, &'static str> {
        if factor > 0.0 && factor.is_finite() {
            Ok(ZoomFactor(factor))
        } else {
            Err("a zoom factor is a number above 0")
        }
    }
}

impl Command {
    /// Reads a command from JSON.
    ///
    /// # Errors
    /// [`CommandError::UnknownCommand`] or [`CommandError::BadCommand`], with the command's name.
    pub fn from_json(json: &str) -> Result<Command, CommandError> {
        let bad = |command: &str, reason: serde_json::Error| CommandError::BadCommand {
            command: command.to_owned(),
            reason: reason.to_string(),
        };
        let value = text::from_json(json).map_err(|error| bad("(not JSON)", error))?;
        let name = match value.get("cmd").and_then(serde_json::Value::as_str) {
            Some(name) => name.to_owned(),
            None => "(without a name)".to_owned(),
        };
        match serde_json::from_value(value) {
            Ok(Command::Unknown) => Err(CommandError::UnknownCommand(name)),
            Ok(command) => Ok(command),
            Err(error) => Err(bad(&name, error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_fields_are_camel_case() {
        let command = Command::from_json(
            r#"{"cmd":"createWindow","window":3,"contents":4,
                "options":{"width":640.4,"minWidth":100,"alwaysOnTop":true,"x":null},
                "preferences":{"backgroundThrottling":false}}"#,
        );
        let Ok(Command::CreateWindow { window, contents, options, preferences }) = command else {
            panic!("{command:?}");
        };
        assert_eq!((window, contents), (WindowId(3), ContentsId(4)));
        assert_eq!((options.width, options.height, options.min_width), (640, 600, 100));
        assert!(options.always_on_top && options.show && options.x.is_none());
        assert_eq!(preferences.background_throttling, Some(false));
        assert_eq!(preferences.dev_tools, None);
    }

    #[test]
    fn an_unknown_command_is_named() {
        let error = Command::from_json(r#"{"cmd":"levitate","window":1}"#).unwrap_err();
        assert_eq!(error, CommandError::UnknownCommand("levitate".to_owned()));
        assert_eq!(error.to_string(), "Unknown window command: levitate");
    }

    #[test]
    fn a_bad_field_names_the_command_and_the_field() {
        let error = Command::from_json(r#"{"cmd":"setTitle","window":1}"#).unwrap_err().to_string();
        assert!(error.contains("setTitle") && error.contains("title"), "{error}");
        assert!(Command::from_json("{").is_err());
        assert!(Command::from_json("[]").is_err());
        assert!(Command::from_json(r#"{"window":1}"#).is_err());
    }
}
