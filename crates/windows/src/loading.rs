//! A page's navigations: from WebKit's signals, by way of [`Navigation`], to our events.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use webkit2gtk::{LoadEvent, WebView, WebViewExt};
use wry::http::StatusCode;

use crate::event::{ContentsId, Event};
use crate::load_error;
use crate::navigation::{Navigation, Step};
use crate::policy::Navigator;
use crate::ui::Events;

/// The navigations of one page, and who is told of them.
pub(crate) struct Loading {
    contents: ContentsId,
    events: Events,
    navigation: RefCell<Navigation>,
    /// Where the main frame is known to go next, by itself.
    announced: RefCell<Option<String>>,
    /// Where some frame goes next: the main one, if it starts to load unannounced.
    unannounced: RefCell<Option<String>>,
    /// Whether the app was asked about what is being loaded, or asked for it.
    is_announced: Cell<bool>,
    /// HTTP's status of what is being loaded; 0 where there is none.
    status: Cell<u32>,
}

impl Loading {
    /// Watches the view, and tells what it loads.
    pub(crate) fn watch(contents: ContentsId, view: &WebView, events: Events) -> Rc<Loading> {
        let loading = Rc::new(Loading {
            contents,
            events,
            navigation: RefCell::new(Navigation::new()),
            announced: RefCell::default(),
            unannounced: RefCell::default(),
            is_announced: Cell::new(true),
            status: Cell::new(0),
        });

        let this = Rc::clone(&loading);
        view.connect_load_changed(move |view, step| {
            let mut url = url_of(view);
            tracing::trace!(contents = contents.0, ?step, url, "load-changed");
            if step == LoadEvent::Started {
                url = this.starting(url);
            }
            this.tell(|navigation| match step {
                LoadEvent::Started => navigation.started(url),
                LoadEvent::Redirected => navigation.redirected(url),
                LoadEvent::Committed => navigation.committed(url),
                LoadEvent::Finished => navigation.finished(url),
                _ => Vec::new(),
            });
        });

        let this = Rc::clone(&loading);
        view.connect_load_failed(move |_, step, url, failure| {
            tracing::trace!(contents = contents.0, ?step, url, ?failure, "load-failed");
            let error = load_error::from_webkit(failure);
            this.tell(|navigation| navigation.failed(url.to_owned(), error));
            // Handled: WebKit shows no error page of its own.
            true
        });

        let this = Rc::clone(&loading);
        view.connect_load_failed_with_tls_errors(move |_, url, _, faults| {
            tracing::debug!(contents = contents.0, url, ?faults, "the certificate was refused");
            let error = Some(load_error::CERTIFICATE);
            this.tell(|navigation| navigation.failed(url.to_owned(), error));
            true
        });

        let this = Rc::clone(&loading);
        view.connect_web_process_terminated(move |_, _| this.tell(Navigation::process_gone));

        // Within a document there is no load to report, only another URL. A command changes the URL
        // at once, which says nothing; what it asked for is there once nothing is being loaded.
        let this = Rc::clone(&loading);
        let look = move |view: &WebView| {
            let (loading, url) = (view.is_loading(), url_of(view));
            tracing::trace!(contents = contents.0, loading, url, "uri or is-loading");
            if !loading {
                this.tell(|navigation| navigation.url_is(url));
            }
        };
        view.connect_uri_notify(look.clone());
        view.connect_is_loading_notify(look);
        loading
    }

    /// Whether something is being loaded.
    pub(crate) fn is_loading(&self) -> bool {
        self.navigation.borrow().is_loading()
    }

    /// Whether a command asked for this, and WebKit has not started it yet.
    pub(crate) fn is_asked_for(&self, url: &str) -> bool {
        self.navigation.borrow().is_asked_for(url)
    }

    /// Whether something is being loaded of which there is no document yet.
    pub(crate) fn is_started(&self) -> bool {
        self.navigation.borrow().is_started()
    }

    /// The app was asked about what is being loaded, or asked for it.
    pub(crate) fn is_announced(&self) -> bool {
        self.is_announced.get()
    }

    /// A frame goes there by itself, and the app allows it.
    pub(crate) fn expect(&self, url: String, navigator: Navigator) {
        match navigator {
            Navigator::Main => *self.announced.borrow_mut() = Some(url),
            Navigator::Unknown => *self.unannounced.borrow_mut() = Some(url),
            Navigator::Sub => {}
        }
    }

    /// HTTP's status of what is being loaded.
    pub(crate) fn answered(&self, status: u32) {
        self.status.set(status);
    }

    /// Where a load goes that starts. WebKit shows only the URL of what the app asked for by then.
    fn starting(&self, shown: String) -> String {
        self.status.set(0);
        let announced = self.announced.take();
        let asked = self.navigation.borrow().is_asked();
        self.is_announced.set(asked || announced.is_some());
        if asked {
            return shown;
        }
        announced.or_else(|| self.unannounced.take()).unwrap_or(shown)
    }

    /// Has WebKit load something by a call.
    pub(crate) fn ask(&self, view: &WebView, url: String, call: impl FnOnce()) {
        self.tell(|navigation| navigation.asked(url));
        call();
        self.navigation.borrow_mut().asked_as(url_of(view));
    }

    /// Has WebKit stop.
    pub(crate) fn stop(&self, view: &WebView) {
        self.tell(Navigation::stop_asked);
        view.stop_loading();
    }

    /// Ends a load that WebKit was not asked for because it would say nothing about it.
    pub(crate) fn refused(&self, url: String) {
        self.tell(|navigation| navigation.refused(url));
    }

    fn tell(&self, change: impl FnOnce(&mut Navigation) -> Vec<Step>) {
        // The borrow ends before anyone is told.
        let steps = change(&mut self.navigation.borrow_mut());
        let contents = self.contents;
        for step in steps {
            (self.events)(match step {
                Step::Started(url) => Event::LoadStarted { contents, url },
                Step::Redirected(url) => Event::Redirected { contents, url },
                Step::Committed(url) => self.committed(url),
                Step::InPage(url) => Event::NavigatedInPage { contents, url },
                Step::Finished(url) => Event::Finished { contents, url },
                Step::Stopped => Event::Stopped { contents },
                Step::Failed(url, error) => Event::Failed {
                    contents,
                    url,
                    code: error.code,
                    description: error.name.to_owned(),
                    is_main_frame: true,
                },
            });
        }
    }
}

impl Loading {
    fn committed(&self, url: String) -> Event {
        let (status, contents) = (self.status.get(), self.contents);
        let code = u16::try_from(status).ok().and_then(|it| StatusCode::from_u16(it).ok());
        let status = code.map_or(-1, |code| i32::from(code.as_u16()));
        let status_text = code.and_then(|it| it.canonical_reason()).unwrap_or_default().to_owned();
        Event::Committed { contents, url, status, status_text }
    }
}

fn url_of(view: &WebView) -> String {
    view.uri().map(String::from).unwrap_or_default()
}
