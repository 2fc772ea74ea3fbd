//! Telling each new web process which WebContents it is.
//!
//! WebKit starts a page's web process lazily: not when the view is made, but inside the first call
//! that needs it, and again after the old process is gone. From inside that call it emits
//! `initialize-web-extensions` on the context, which all views share, without saying for which
//! view. So every call that can start a process is made through [`ProcessStarts::during`], and the
//! signal's handler looks up whose call it is in.

use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;

use gtk::glib::prelude::*;
use webkit2gtk::{WebContext, WebContextExt};

use crate::event::ContentsId;
use crate::ui::UserData;

/// Knows whose web process is being started, if any. Clones share that knowledge.
#[derive(Clone, Default)]
pub(crate) struct ProcessStarts {
    contents: Rc<Cell<Option<ContentsId>>>,
}

impl ProcessStarts {
    /// Answers the context's question for user data from now on. To be called once a context,
    /// before anything is loaded in one of its views.
    pub(crate) fn attach(&self, context: &WebContext, extensions: PathBuf, user_data: UserData) {
        let starts = self.clone();
        context.connect_initialize_web_extensions(move |context| {
            let data = match starts.contents.get() {
                Some(contents) => user_data(contents.0),
                None => {
                    // A process for no page of ours, such as a service worker's. It gets no
                    // identity, so our extension in it stays silent.
                    tracing::debug!("a web process without a page was started");
                    String::from("{}")
                }
            };
            context.set_web_extensions_directory(&extensions.to_string_lossy());
            context.set_web_extensions_initialization_user_data(&data.to_variant());
        });
    }

    /// Makes a call into WebKit that may start the web process of `contents`.
    pub(crate) fn during<T>(&self, contents: ContentsId, call: impl FnOnce() -> T) -> T {
        let before = self.contents.replace(Some(contents));
        let result = call();
        self.contents.set(before);
        result
    }
}
