//! Real windows on a real X server, driven as the JavaScript side drives them: JSON commands in,
//! JSON events out. Runs itself under Xvfb, so that nothing depends on the desktop it is run on.
//!
//! A check is a function; all share one UI, because a process can have only one. Arguments that are
//! part of a check's name select it. `RUST_LOG=conch_windows=trace` shows WebKit's signals.
// What clippy allows in tests it allows in the functions that the usual harness calls.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod desktop;
mod dialogs;
mod ending;
mod loads;
mod managed;
mod menus;
mod processes;
mod server;
mod session;
mod windows;

use session::Check;

/// Before there is a window manager.
const BARE: &[Check] = &[
    ("load: from start to end", loads::from_start_to_end),
    ("load: failures have Chromium's codes", loads::failures),
    ("load: a second one aborts the first", loads::second_aborts_first),
    ("load: stopped, redirected, downloaded", loads::stop_redirect_download),
    ("load: within the page", loads::within_the_page),
    ("load: file pages reach the files beside them", loads::file_access),
    ("load: the user agent names the app and Electron", loads::user_agent),
    ("process: one a window, with its own user data", processes::one_a_window),
    ("process: one for all sites a window visits", processes::no_swap),
    ("process: killed and crashed ones are replaced", processes::replaced),
    ("process: gone with its window", processes::gone_with_window),
    ("process: storage is shared", processes::storage_is_shared),
    ("window: bounds", windows::bounds),
    ("window: limits of size", windows::limits),
    ("window: shown and hidden", windows::show_and_hide),
    ("window: a hidden page runs at full speed", windows::hidden_at_full_speed),
    ("window: closing is asked for, destroying is done", windows::close_and_destroy),
    ("window: new ones are denied to pages", windows::no_popups),
    ("window: background colour and screenshot", windows::background),
    ("window: inspector", windows::inspector),
    ("window: wrong commands have errors", windows::wrong_commands),
    ("window: maximising without a window manager changes nothing", windows::no_manager),
    ("dialog: message box and error box", dialogs::boxes),
    ("dialog: files", dialogs::files),
    ("menu: a window's bar", menus::menu_bar),
    ("menu: at a place", menus::popup),
    ("desktop: clipboard", desktop::clipboard),
    ("desktop: displays", desktop::displays),
    ("desktop: light and dark", desktop::theme),
    ("page: zoom", desktop::zoom),
    ("page: editing", desktop::editing),
];

/// With openbox running.
const MANAGED: &[Check] = &[
    ("managed: maximised", managed::maximised),
    ("managed: minimised", managed::minimised),
    ("managed: full screen", managed::full_screen),
    ("managed: focus", managed::focus),
    ("managed: bounds", managed::bounds),
    ("managed: the close button", managed::close_button),
];

fn main() {
    ending::play_part_if_asked();
    session::under_xvfb();
    session::run(BARE, MANAGED, ending::checks);
}
