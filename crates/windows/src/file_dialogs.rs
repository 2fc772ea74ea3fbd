//! Dialogs that choose files and folders.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gtk::prelude::*;
use gtk::{FileChooserAction, FileChooserDialog, FileFilter, ResponseType};
use serde::Deserialize;
use serde_json::json;

use crate::answer::Answer;
use crate::event::WindowId;

/// What a dialog for files shows, in the words of Electron's options.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FileDialogOptions {
    /// The window it belongs to.
    pub window: Option<WindowId>,
    /// Answer at once, and report the choice under this number.
    pub request: Option<u32>,
    /// Choose a place to save to instead of what is there.
    pub save: bool,
    /// The dialog's title.
    pub title: String,
    /// Where it begins: a folder, or a file in one.
    pub default_path: PathBuf,
    /// The label of the button that accepts.
    pub button_label: String,
    /// Which files are shown; the first one at first.
    pub filters: Vec<Filter>,
    /// Folders are chosen, not files.
    pub directory: bool,
    /// More than one can be chosen.
    pub multiple: bool,
    /// Files whose name begins with a dot are shown.
    pub show_hidden: bool,
    /// A file that is there is overwritten only once the user agrees.
    pub confirm_overwrite: bool,
}

/// Files by the ends of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// What the user reads.
    pub name: String,
    /// Without the dot; `*` is every file.
    pub extensions: Vec<String>,
}

/// Opens the dialog. Answers the paths that were chosen, or null.
pub(crate) fn show(parent: Option<&gtk::Window>, options: &FileDialogOptions, answer: Answer) {
    let dialog = dialog(parent, options);
    let answer = Rc::new(Cell::new(Some(answer)));
    // The dialog may also go with its parent, without a response.
    let gone = Rc::clone(&answer);
    dialog.connect_destroy(move |_| {
        if let Some(answer) = gone.take() {
            answer.send(Ok(json!(null)));
        }
    });
    dialog.connect_response(move |dialog, response| {
        let chosen = (response == ResponseType::Accept).then(|| dialog.filenames());
        // Off the screen before anybody goes on.
        dialog.hide();
        dialog.display().flush();
        if let Some(answer) = answer.take() {
            answer.send(Ok(json!(chosen)));
        }
        dialog.close();
    });
    dialog.present();
}

fn dialog(parent: Option<&gtk::Window>, options: &FileDialogOptions) -> FileChooserDialog {
    let (action, label, title) = match (options.save, options.directory) {
        (true, _) => (FileChooserAction::Save, "_Save", "Save File"),
        (_, true) => (FileChooserAction::SelectFolder, "_Open", "Open Folder"),
        _ => (FileChooserAction::Open, "_Open", "Open File"),
    };
    let title = if options.title.is_empty() { title } else { &options.title };
    let label = if options.button_label.is_empty() { label } else { &options.button_label };
    let dialog = FileChooserDialog::with_buttons(
        Some(title),
        parent,
        action,
        &[("_Cancel", ResponseType::Cancel), (label, ResponseType::Accept)],
    );
    dialog.set_default_response(ResponseType::Accept);
    dialog.set_modal(parent.is_some());
    dialog.set_destroy_with_parent(true);
    dialog.set_local_only(true);
    dialog.set_select_multiple(options.multiple);
    dialog.set_show_hidden(options.show_hidden);
    dialog.set_do_overwrite_confirmation(options.confirm_overwrite);
    for filter in &options.filters {
        dialog.add_filter(filter_of(filter));
    }
    begin_at(&dialog, &options.default_path, options.save);
    dialog
}

fn begin_at(dialog: &FileChooserDialog, path: &Path, save: bool) {
    if path.as_os_str().is_empty() {
        return;
    }
    if path.is_dir() {
        dialog.set_current_folder(path);
    } else if save {
        match path.parent() {
            Some(folder) if folder.is_dir() => drop(dialog.set_current_folder(folder)),
            _ => {}
        }
        dialog.set_current_name(&path.file_name().unwrap_or_default().to_string_lossy());
    } else {
        dialog.set_filename(path);
    }
}

fn filter_of(filter: &Filter) -> FileFilter {
    let shown = FileFilter::new();
    shown.set_name(Some(&filter.name));
    for extension in &filter.extensions {
        if extension == "*" {
            shown.add_pattern("*");
            continue;
        }
        // GTK's patterns mind the case, people do not.
        let any_case: String = extension
            .chars()
            .map(|c| match (c.to_lowercase().next(), c.to_uppercase().next()) {
                (Some(low), Some(up)) if low != up => format!("[{low}{up}]"),
                _ => c.to_string(),
            })
            .collect();
        shown.add_pattern(&format!("*.{any_case}"));
    }
    shown
}
