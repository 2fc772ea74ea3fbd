//! A page's navigations: from WebKit's signals to our events.
//!
//! WebKit reports each navigation as started, redirected, committed and finished, and sends
//! `finished` after a failure too. The first of two overlapping navigations is told to have failed
//! as soon as the second is asked for, not when WebKit gets round to it, so that the two never mix.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gtk::glib;
use webkit2gtk::{LoadEvent, WebView, WebViewExt};

use crate::event::{ContentsId, Event};
use crate::load_error::{self, LoadError};
use crate::ui::Events;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing is being loaded.
    Idle,
    /// Started, and neither failed nor finished.
    Loading,
    /// Failed; WebKit's `finished` is still to come.
    Failed,
}

/// Where the navigations of one page stand.
pub(crate) struct Loading {
    contents: ContentsId,
    events: Events,
    phase: Cell<Phase>,
    url: RefCell<String>,
}

impl Loading {
    /// Watches the view, and tells what it loads.
    pub(crate) fn watch(contents: ContentsId, view: &WebView, events: Events) -> Rc<Loading> {
        let loading = Rc::new(Loading {
            contents,
            events,
            phase: Cell::new(Phase::Idle),
            url: RefCell::default(),
        });
        let this = Rc::clone(&loading);
        view.connect_load_changed(move |view, step| this.changed(view, step));
        let this = Rc::clone(&loading);
        view.connect_load_failed(move |_, step, url, failure| {
            this.web_kit_failed(step, url, failure);
            // Handled: WebKit shows no error page of its own.
            true
        });
        let this = Rc::clone(&loading);
        view.connect_load_failed_with_tls_errors(move |_, url, _, _| {
            this.fail(url, load_error::CERTIFICATE);
            true
        });
        let this = Rc::clone(&loading);
        view.connect_uri_notify(move |view| this.url_changed(view));
        loading
    }

    /// Whether something is being loaded.
    pub(crate) fn is_loading(&self) -> bool {
        self.phase.get() == Phase::Loading
    }

    fn changed(&self, view: &WebView, step: LoadEvent) {
        let url = view.uri().map(String::from).unwrap_or_default();
        tracing::trace!(contents = self.contents.0, ?step, url, "load-changed");
        let contents = self.contents;
        match step {
            LoadEvent::Started => {
                self.phase.set(Phase::Loading);
                self.url.replace(url.clone());
                (self.events)(Event::LoadStarted { contents, url });
            }
            LoadEvent::Redirected => {
                self.url.replace(url.clone());
                (self.events)(Event::Redirected { contents, url });
            }
            LoadEvent::Committed => {
                self.url.replace(url.clone());
                (self.events)(Event::Committed { contents, url });
            }
            LoadEvent::Finished => {
                if self.phase.replace(Phase::Idle) == Phase::Loading {
                    (self.events)(Event::Finished { contents, url });
                }
                (self.events)(Event::Stopped { contents });
            }
            _ => {}
        }
    }

    fn web_kit_failed(&self, step: LoadEvent, url: &str, failure: &glib::Error) {
        tracing::trace!(contents = self.contents.0, ?step, url, ?failure, "load-failed");
        match load_error::from_webkit(failure) {
            Some(error) => self.fail(url, error),
            None => self.phase.set(Phase::Failed),
        }
    }

    fn fail(&self, url: &str, error: LoadError) {
        self.phase.set(Phase::Failed);
        (self.events)(Event::Failed {
            contents: self.contents,
            url: url.to_owned(),
            code: error.code,
            description: error.name.to_owned(),
            is_main_frame: true,
        });
    }

    fn url_changed(&self, view: &WebView) {
        let url = view.uri().map(String::from).unwrap_or_default();
        tracing::trace!(contents = self.contents.0, url, phase = ?self.phase.get(), "notify::uri");
    }
}
