//! Message boxes. They block nobody but the thread that waits for the answer.

use std::cell::Cell;
use std::rc::Rc;

use gtk::prelude::*;
use gtk::{ButtonsType, DialogFlags, MessageDialog, MessageType, ResponseType};

use crate::options::MessageBoxOptions;

/// Opens the box. `answered` is called once, with the index of the button.
pub(crate) fn show(
    parent: Option<&gtk::Window>,
    options: &MessageBoxOptions,
    answered: impl FnOnce(i32) + 'static,
) {
    let kind = match options.kind.as_str() {
        "info" => MessageType::Info,
        "warning" => MessageType::Warning,
        "error" => MessageType::Error,
        "question" => MessageType::Question,
        _ => MessageType::Other,
    };
    let dialog = MessageDialog::new(
        parent,
        DialogFlags::DESTROY_WITH_PARENT,
        kind,
        ButtonsType::None,
        &options.message,
    );
    let app_name = gtk::glib::application_name().unwrap_or_default();
    dialog.set_title(if options.title.is_empty() { &app_name } else { &options.title });
    if !options.detail.is_empty() {
        dialog.set_secondary_text(Some(&options.detail));
    }
    if options.buttons.is_empty() {
        dialog.add_button("OK", ResponseType::Other(0));
    }
    for (id, label) in (0_u16..).zip(&options.buttons) {
        dialog.add_button(label, ResponseType::Other(id));
    }
    if let Some(id) = options.default_id.and_then(|id| u16::try_from(id).ok()) {
        dialog.set_default_response(ResponseType::Other(id));
    }
    dialog.set_modal(parent.is_some());

    let cancelled = options.cancel_id.unwrap_or(0);
    let answered = Rc::new(Cell::new(Some(answered)));
    // A box may also go with its parent, without a response.
    let gone = Rc::clone(&answered);
    dialog.connect_destroy(move |_| {
        if let Some(answered) = gone.take() {
            answered(cancelled);
        }
    });
    dialog.connect_response(move |dialog, response| {
        // Off the screen before anybody goes on.
        dialog.hide();
        dialog.display().flush();
        if let Some(answered) = answered.take() {
            answered(match response {
                ResponseType::Other(id) => i32::from(id),
                _ => cancelled,
            });
        }
        dialog.close();
    });
    dialog.show_all();
    dialog.present();
}
