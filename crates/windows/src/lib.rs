//! Windows and pages: the UI thread of a Conch app.
//!
//! This crate is one of the two that know WebKitGTK. It opens tao windows, puts a wry webview into
//! each, drives navigation and dialogs, and tells what happened. It knows nothing of JavaScript,
//! of messages between processes or of Electron's classes: it takes [`Command`]s and gives
//! [`Event`]s, both of which have a JSON form. The binary loads it as `libconch_windows.so` when
//! windows are wanted, see the `library` module.
//!
//! # Threads
//!
//! [`Ui::run`] owns the thread that GTK was initialised on. Any other thread holds a [`Remote`]
//! and calls it; a call waits for the UI thread's answer. The UI thread never waits for a caller,
//! nor does it run callers' code except the two closures given to [`Ui::new`], which must not
//! block. So a call always ends.
//!
//! # Web processes
//!
//! All windows share one WebKit context, hence one storage, and each window's page has a web
//! process of its own. WebKit starts that process inside the call that first needs one (a load, a
//! reload after a crash, opening the inspector), and asks for the extension's user data from there;
//! that is how a process learns which WebContents it is. See the `web_process` module.

mod accelerator;
mod answer;
mod clipboard;
mod color;
mod command;
mod contents;
mod context_menu;
mod desktop;
mod dialogs;
mod display;
mod event;
mod ffi;
mod file_dialogs;
mod instance;
mod library;
mod load_error;
mod loading;
mod menu;
mod menu_bar;
mod navigation;
mod options;
mod policy;
mod relaunch;
mod remote;
mod screenshot;
mod script_dialogs;
mod text;
mod theme;
mod ui;
mod web_process;
mod window;
mod window_bounds;
mod windows;

pub use clipboard::ClipboardKind;
pub use command::{Command, CommandError, ZoomFactor};
pub use event::{Bounds, ContentsId, Event, GoneReason, Modifiers, WindowId};
pub use file_dialogs::{FileDialogOptions, Filter};
pub use menu::{MenuId, MenuItem, Popup};
pub use menu_bar::BarContents;
pub use options::{MessageBoxOptions, Preferences, WindowOptions};
pub use policy::Navigator;
pub use remote::Remote;
pub use theme::ThemeSource;
pub use ui::{Options, Ui, UiError, UserData};
