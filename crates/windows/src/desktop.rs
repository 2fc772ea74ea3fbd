//! The desktop around the app: opening things with other programs, showing them, the wastebasket.

use std::path::{Path, PathBuf};

use gtk::gio;
use gtk::gio::prelude::*;
use gtk::glib::Variant;
use serde_json::Value;

use crate::answer::Answer;
use crate::command::CommandError;

/// Opens an address with the program that the desktop has for it.
pub(crate) fn open_uri(uri: &str, answer: Answer) {
    gio::AppInfo::launch_default_for_uri_async(
        uri,
        launch_context().as_ref(),
        gio::Cancellable::NONE,
        move |outcome| answer.send(done(outcome)),
    );
}

/// Opens a file or folder with the program that the desktop has for it.
pub(crate) fn open_path(path: &Path, answer: Answer) {
    // GIO would look for a program for a file that is not there.
    if !path.exists() {
        return answer.send(Err(CommandError::Failed("Failed to open path".to_owned())));
    }
    open_uri(&gio::File::for_path(path).uri(), answer);
}

/// Shows a file in its folder, marked, in the file manager; without one, opens the folder.
pub(crate) fn show_in_folder(path: PathBuf) {
    let uri = gio::File::for_path(&path).uri().to_string();
    let folder = path.parent().map(|it| gio::File::for_path(it).uri()).unwrap_or_default();
    gio::bus_get(gio::BusType::Session, gio::Cancellable::NONE, move |bus| {
        let Ok(bus) = bus else { return open_folder(&folder) };
        let arguments: Variant = (vec![uri], String::new()).to_variant();
        bus.call(
            Some("org.freedesktop.FileManager1"),
            "/org/freedesktop/FileManager1",
            "org.freedesktop.FileManager1",
            "ShowItems",
            Some(&arguments),
            None,
            gio::DBusCallFlags::NONE,
            -1,
            gio::Cancellable::NONE,
            move |outcome| {
                if outcome.is_err() {
                    open_folder(&folder);
                }
            },
        );
    });
}

fn open_folder(uri: &str) {
    let context = launch_context();
    let uri = uri.to_owned();
    let shown = uri.clone();
    gio::AppInfo::launch_default_for_uri_async(
        &uri,
        context.as_ref(),
        gio::Cancellable::NONE,
        move |outcome| {
            if let Err(error) = outcome {
                tracing::warn!("{shown} cannot be shown: {error}");
            }
        },
    );
}

/// Moves a file or folder to the wastebasket.
pub(crate) fn trash(path: &Path, answer: Answer) {
    gio::File::for_path(path).trash_async(
        gtk::glib::Priority::DEFAULT,
        gio::Cancellable::NONE,
        move |outcome| answer.send(done(outcome)),
    );
}

/// The sound, or the blink, that the desktop has for attention.
pub(crate) fn beep() {
    if let Some(display) = gtk::gdk::Display::default() {
        display.beep();
    }
}

fn launch_context() -> Option<gtk::gdk::AppLaunchContext> {
    gtk::gdk::Display::default()?.app_launch_context()
}

fn done(outcome: Result<(), gtk::glib::Error>) -> Result<Value, CommandError> {
    outcome.map(|()| Value::Null).map_err(|error| CommandError::Failed(error.to_string()))
}
