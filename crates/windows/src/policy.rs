//! Where a page may go. WebKit asks before it navigates, before it follows a redirection, before it
//! opens a window and before it shows what came; what the app itself asked for it may do at once, and
//! the rest waits, page by page, until the app has decided ([`Command::Decide`]).
//!
//! WebKit does not say which frame navigates. The page's process knows, most of the time, and tells the
//! app; of a main frame that navigates unannounced the app hears when the answer is there and no
//! document of it yet (`arriving`).
//!
//! [`Command::Decide`]: crate::Command::Decide

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use gtk::prelude::*;
use serde::Deserialize;
use webkit2gtk::{
    NavigationPolicyDecision, NavigationPolicyDecisionExt, NavigationType, PolicyDecision,
    PolicyDecisionExt, PolicyDecisionType, ResponsePolicyDecision, ResponsePolicyDecisionExt,
    URIRequestExt, URIResponseExt, WebView, WebViewExt,
};

use crate::event::{ContentsId, Event};
use crate::loading::Loading;
use crate::ui::Events;
use crate::web_process::ProcessStarts;

/// Decisions of one page that may wait at a time; of more frames than that none goes anywhere.
const MOST: usize = 1000;

/// Which frame it is that navigates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Navigator {
    /// The main frame.
    Main,
    /// Another one.
    Sub,
    /// The page's process did not say.
    Unknown,
}

/// What WebKit wants to know of one page.
pub(crate) struct Policy {
    contents: ContentsId,
    loading: Rc<Loading>,
    starts: ProcessStarts,
    events: Events,
    /// At most [`MOST`].
    waiting: RefCell<HashMap<u32, Waiting>>,
    last: Cell<u32>,
}

struct Waiting {
    decision: PolicyDecision,
    url: String,
}

impl Policy {
    /// Decides for the view from now on.
    pub(crate) fn watch(
        contents: ContentsId,
        view: &WebView,
        loading: Rc<Loading>,
        starts: ProcessStarts,
        events: Events,
    ) -> Rc<Policy> {
        let (waiting, last) = (RefCell::default(), Cell::new(0));
        let policy = Rc::new(Policy { contents, loading, starts, events, waiting, last });
        // The view must not own what owns its decisions.
        let this = Rc::downgrade(&policy);
        view.connect_decide_policy(move |view, decision, kind| {
            this.upgrade().is_some_and(|this| this.asked(view, decision, kind))
        });
        policy
    }

    /// Whether the answer comes later; WebKit goes on at once if not.
    fn asked(&self, view: &WebView, decision: &PolicyDecision, kind: PolicyDecisionType) -> bool {
        if let Some(response) = decision.dynamic_cast_ref::<ResponsePolicyDecision>() {
            return self.arriving(response, decision);
        }
        let Some(navigation) = decision.dynamic_cast_ref::<NavigationPolicyDecision>() else {
            return false;
        };
        let Some(mut action) = navigation.navigation_action() else { return false };
        let url = action.request().and_then(|it| it.uri()).map(String::from).unwrap_or_default();
        let (contents, number) = (self.contents, self.next());
        if kind == PolicyDecisionType::NewWindowAction {
            let frame_name = action.frame_name().map(String::from).unwrap_or_default();
            let event = Event::OpeningWindow { contents, decision: number, url, frame_name };
            return self.wait(number, decision, event);
        }
        let is_redirect = action.is_redirect();
        let kind = action.navigation_type();
        if kind == NavigationType::BackForward {
            // Electron asks nobody about these, nor can they be told from what the app asks for.
            self.loading.expect(url, Navigator::Main);
            return false;
        }
        if !is_redirect && self.loading.is_asked_for(&url) {
            return false;
        }
        if is_redirect {
            // A main frame's redirection shows in the view before it is asked about.
            let is_main_frame = self.loading.is_started() && url_of(view) == url;
            let event = Event::Redirecting { contents, decision: number, url, is_main_frame };
            return self.wait(number, decision, event);
        }
        let event = Event::Navigating { contents, decision: number, url };
        self.wait(number, decision, event)
    }

    /// What was navigated to is there, and no document of it yet.
    fn arriving(&self, response: &ResponsePolicyDecision, decision: &PolicyDecision) -> bool {
        if !response.is_main_frame_main_resource() {
            return false;
        }
        self.loading.answered(response.response().map_or(0, |it| it.status_code()));
        if self.loading.is_announced() || !response.is_mime_type_supported() {
            return false;
        }
        let (contents, number) = (self.contents, self.next());
        let url = response.request().and_then(|it| it.uri()).map(String::from).unwrap_or_default();
        self.wait(number, decision, Event::Arriving { contents, decision: number, url })
    }

    fn next(&self) -> u32 {
        self.last.set(self.last.get().wrapping_add(1));
        self.last.get()
    }

    fn wait(&self, number: u32, decision: &PolicyDecision, event: Event) -> bool {
        if self.waiting.borrow().len() >= MOST {
            tracing::warn!(contents = self.contents.0, "too many navigations wait for an answer");
            decision.ignore();
            return true;
        }
        let url = match &event {
            Event::Navigating { url, .. } | Event::Arriving { url, .. } => url.clone(),
            _ => String::new(),
        };
        self.waiting.borrow_mut().insert(number, Waiting { decision: decision.clone(), url });
        (self.events)(event);
        true
    }

    /// The app has decided. A number that waits no more is that of a page that went away.
    pub(crate) fn decide(&self, number: u32, allow: bool, navigator: Navigator) {
        let Some(Waiting { decision, url }) = self.waiting.borrow_mut().remove(&number) else {
            return;
        };
        if !allow {
            return decision.ignore();
        }
        if navigator != Navigator::Sub && !url.is_empty() {
            self.loading.expect(url, navigator);
        }
        self.starts.during(self.contents, || decision.use_());
    }
}

fn url_of(view: &WebView) -> String {
    view.uri().map(String::from).unwrap_or_default()
}
