//! `alert` and `confirm` of a page: message boxes of the app, as in Electron.

use gtk::prelude::*;
use webkit2gtk::{ScriptDialog, ScriptDialogType, WebView};

use crate::dialogs;
use crate::options::MessageBoxOptions;

/// The button that says yes.
const OK: i32 = 0;

/// Shows what a page asks. The page waits, and nobody else. False if it is for WebKit to ask.
pub(crate) fn show(view: &WebView, asked: &ScriptDialog) -> bool {
    let is_confirm = asked.dialog_type() == ScriptDialogType::Confirm;
    let buttons: &[&str] = match asked.dialog_type() {
        ScriptDialogType::Alert => &["OK"],
        ScriptDialogType::Confirm => &["OK", "Cancel"],
        _ => return false,
    };
    let options = MessageBoxOptions {
        kind: "none".to_owned(),
        message: asked.message().map(String::from).unwrap_or_default(),
        buttons: buttons.iter().map(|label| (*label).to_owned()).collect(),
        default_id: Some(OK),
        // Closed without a choice is no.
        cancel_id: Some(OK + 1),
        ..MessageBoxOptions::default()
    };
    let window = view.toplevel().and_then(|it| it.downcast::<gtk::Window>().ok());
    let asked = asked.clone();
    dialogs::show(window.as_ref(), &options, move |button| {
        if is_confirm {
            asked.confirm_set_confirmed(button == OK);
        }
        asked.close();
    });
    true
}
