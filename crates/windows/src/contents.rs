//! One page: its view, the view's settings, and what can be done to it.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

use gtk::gdk::RGBA;
use gtk::prelude::*;
use webkit2gtk::{
    BackForwardListExt, BackForwardListItemExt, HardwareAccelerationPolicy, Settings, SettingsExt,
    URIRequestExt, WebInspectorExt, WebProcessTerminationReason, WebView, WebViewExt,
};
use wry::{WebContext, WebViewBuilder, WebViewBuilderExtUnix, WebViewExtUnix};

use crate::command::CommandError;
use crate::context_menu;
use crate::event::{ContentsId, Event, GoneReason, WindowId};
use crate::ffi;
use crate::loading::Loading;
use crate::options::Preferences;
use crate::policy::{Navigator, Policy};
use crate::remote::Reply;
use crate::screenshot;
use crate::script_dialogs;
use crate::ui::{Events, Options};
use crate::web_process::ProcessStarts;

/// A page in its view.
pub(crate) struct Contents {
    id: ContentsId,
    page: wry::WebView,
    view: WebView,
    loading: Rc<Loading>,
    policy: Rc<Policy>,
    starts: ProcessStarts,
    user_agent: String,
    dev_tools_allowed: bool,
    dev_tools_open: Rc<Cell<bool>>,
}

impl Contents {
    /// Puts a view into the window's container. It loads nothing and starts no process.
    pub(crate) fn new(
        (window, id): (WindowId, ContentsId),
        container: &gtk::Box,
        preferences: &Preferences,
        options: &Options,
        context: &mut WebContext,
        starts: ProcessStarts,
        events: &Events,
    ) -> Result<Contents, CommandError> {
        let dev_tools_allowed = preferences.dev_tools.unwrap_or(true);
        let page = WebViewBuilder::new_with_web_context(context)
            .with_devtools(dev_tools_allowed)
            .with_clipboard(true)
            .build_gtk(container)
            .map_err(|error| CommandError::Failed(format!("Cannot create a web view: {error}")))?;
        let view = page.webview();
        let user_agent = match WebViewExt::settings(&view) {
            Some(settings) => configure(&settings, preferences, options),
            None => String::new(),
        };
        container.show_all();
        watch(window, id, &view, events);
        let dev_tools_open = watch_inspector(id, &view, events);
        let loading = Loading::watch(id, &view, Rc::clone(events));
        let policy =
            Policy::watch(id, &view, Rc::clone(&loading), starts.clone(), Rc::clone(events));
        Ok(Contents {
            id,
            page,
            view,
            loading,
            policy,
            starts,
            user_agent,
            dev_tools_allowed,
            dev_tools_open,
        })
    }

    /// The context that wry made; wry does not give it out by itself.
    pub(crate) fn web_context(&self) -> Option<webkit2gtk::WebContext> {
        self.view.context()
    }

    /// Sets the size of a view that is not shown.
    pub(crate) fn set_size(&self, width: i32, height: i32) {
        self.view.size_allocate(&gtk::Allocation::new(0, 0, width, height));
    }

    pub(crate) fn user_agent(&self) -> &str {
        &self.user_agent
    }

    /// Tells whether it is one: WebKit takes only what may stand in a header. None is WebKit's own.
    pub(crate) fn set_user_agent(&mut self, user_agent: &str) -> bool {
        let Some(settings) = WebViewExt::settings(&self.view) else { return false };
        settings.set_user_agent(Some(user_agent));
        let now = settings.user_agent().unwrap_or_default();
        let is_taken = user_agent.is_empty() || now == user_agent;
        if is_taken {
            self.user_agent = now.into();
        }
        is_taken
    }

    pub(crate) fn load(&self, url: &str, user_agent: Option<&str>) {
        if let Some(settings) = WebViewExt::settings(&self.view) {
            let wanted = user_agent.unwrap_or(&self.user_agent);
            if settings.user_agent().as_deref() != Some(wanted) {
                settings.set_user_agent(Some(wanted));
            }
        }
        if url.trim_start().get(..11).is_some_and(|it| it.eq_ignore_ascii_case("javascript:")) {
            // No navigation, and WebKit would say nothing of it.
            self.loading.refused(url.to_owned());
        } else {
            self.navigate(url.to_owned(), || self.view.load_uri(url));
        }
    }

    pub(crate) fn reload(&self, ignore_cache: bool) {
        let Some(here) = self.history(0) else { return };
        self.navigate(here, || {
            if ignore_cache {
                self.view.reload_bypass_cache();
            } else {
                self.view.reload();
            }
        });
    }

    pub(crate) fn go_back(&self) {
        let Some(there) = self.history(-1) else { return };
        self.navigate(there, || self.view.go_back());
    }

    pub(crate) fn go_forward(&self) {
        let Some(there) = self.history(1) else { return };
        self.navigate(there, || self.view.go_forward());
    }

    fn navigate(&self, url: String, call: impl FnOnce()) {
        self.loading.ask(&self.view, url, || self.starts.during(self.id, call));
    }

    /// The URL that many steps forward in the history, if there is one.
    fn history(&self, steps: i32) -> Option<String> {
        let item = self.view.back_forward_list()?.nth_item(steps)?;
        Some(item.uri().map(String::from).unwrap_or_default())
    }

    pub(crate) fn can_go_back(&self) -> bool {
        self.view.can_go_back()
    }

    pub(crate) fn can_go_forward(&self) -> bool {
        self.view.can_go_forward()
    }

    /// Answers what WebKit asked about a navigation.
    pub(crate) fn decide(&self, decision: u32, allow: bool, navigator: Navigator) {
        self.policy.decide(decision, allow, navigator);
    }

    pub(crate) fn stop(&self) {
        self.loading.stop(&self.view);
    }

    pub(crate) fn url(&self) -> String {
        self.view.uri().map(String::from).unwrap_or_default()
    }

    pub(crate) fn title(&self) -> String {
        self.view.title().map(String::from).unwrap_or_default()
    }

    pub(crate) fn is_loading(&self) -> bool {
        self.loading.is_loading()
    }

    pub(crate) fn open_dev_tools(&self) {
        if self.dev_tools_allowed {
            // The inspector needs the page's process, and starts it if there is none.
            self.starts.during(self.id, || self.page.open_devtools());
        }
    }

    pub(crate) fn close_dev_tools(&self) {
        self.page.close_devtools();
    }

    pub(crate) fn is_dev_tools_opened(&self) -> bool {
        self.dev_tools_open.get()
    }

    pub(crate) fn terminate(&self) {
        self.view.terminate_web_process();
    }

    /// Has WebKit do what an item of an edit menu does.
    pub(crate) fn edit(&self, action: &str, text: Option<&str>) {
        match text {
            Some(text) => self.view.execute_editing_command_with_argument(action, text),
            None => self.view.execute_editing_command(action),
        }
    }

    pub(crate) fn zoom_factor(&self) -> f64 {
        self.view.zoom_level()
    }

    pub(crate) fn set_zoom_factor(&self, factor: f64) {
        self.view.set_zoom_level(factor);
    }

    pub(crate) fn set_background_color(&self, color: &RGBA) {
        self.view.set_background_color(color);
    }

    pub(crate) fn screenshot(&self, path: &Path, reply: Reply) {
        screenshot::save(&self.view, path, reply);
    }
}

/// Sets what differs from WebKit's and wry's defaults. Returns the view's user agent.
fn configure(settings: &Settings, preferences: &Preferences, options: &Options) -> String {
    // A page of a local app is a file with files beside it: modules, workers and fetch need this.
    settings.set_allow_file_access_from_file_urls(true);
    settings.set_allow_universal_access_from_file_urls(false);
    // A page that is kept for going back keeps its ports and pending calls; it must end instead.
    settings.set_enable_page_cache(false);
    // Electron has no popup blocker; what becomes of the window is decided by its `create`.
    settings.set_javascript_can_open_windows_automatically(true);
    if preferences.hardware_acceleration == Some(false) {
        settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
    }
    ffi::set_features(settings, preferences.background_throttling != Some(true));
    let user_agent = user_agent(settings.user_agent().as_deref().unwrap_or_default(), options);
    settings.set_user_agent(Some(&user_agent));
    user_agent
}

/// WebKit's own user agent with the app's and Electron's names after it, as Electron does it: the
/// app's name without spaces, and left out if it is not ASCII.
fn user_agent(engine: &str, options: &Options) -> String {
    let mut agent = engine.to_owned();
    let name: String = options.app_name.split_whitespace().collect();
    if name.is_ascii() && !name.is_empty() {
        agent.push_str(&format!(" {name}/{}", options.app_version));
    }
    agent.push_str(&format!(" Electron/{}", options.electron_version));
    agent
}

fn watch(window: WindowId, contents: ContentsId, view: &WebView, events: &Events) {
    let tell = Rc::clone(events);
    view.connect_title_notify(move |view| {
        // The title is empty between two documents; that is no title of either.
        let title = view.title().map(String::from).unwrap_or_default();
        if !title.is_empty() {
            tell(Event::TitleChanged { contents, title });
        }
    });

    let tell = Rc::clone(events);
    view.connect_web_process_terminated(move |_, reason| {
        let reason = match reason {
            WebProcessTerminationReason::ExceededMemoryLimit => GoneReason::Oom,
            WebProcessTerminationReason::TerminatedByApi => GoneReason::Killed,
            _ => GoneReason::Crashed,
        };
        tell(Event::ProcessTerminated { contents, reason });
    });

    let tell = Rc::clone(events);
    view.connect_create(move |_, action| {
        let url = action.request().and_then(|it| it.uri()).map(String::from).unwrap_or_default();
        tell(Event::WindowOpenDenied { contents, url });
        None
    });

    ffi::disconnect_close(view);
    let tell = Rc::clone(events);
    view.connect_close(move |_| tell(Event::WindowCloseRequested { window }));

    view.connect_script_dialog(script_dialogs::show);

    // Electron has no context menu of its own: the app makes one, or there is none.
    let tell = Rc::clone(events);
    view.connect_context_menu(move |view, _, event, hit| {
        let parameters = context_menu::parameters(view, event, hit);
        tell(Event::ContextMenu { contents, parameters });
        true
    });
}

fn watch_inspector(contents: ContentsId, view: &WebView, events: &Events) -> Rc<Cell<bool>> {
    let open = Rc::new(Cell::new(false));
    let Some(inspector) = view.inspector() else { return open };
    let opened = {
        let (open, events) = (Rc::clone(&open), Rc::clone(events));
        move || {
            if !open.replace(true) {
                events(Event::DevToolsOpened { contents });
            }
            // Not handled: WebKit goes on to show it.
            false
        }
    };
    let attached = opened.clone();
    inspector.connect_attach(move |_| attached());
    inspector.connect_open_window(move |_| opened());
    let (closed, events) = (Rc::clone(&open), Rc::clone(events));
    inspector.connect_closed(move |_| {
        if closed.replace(false) {
            events(Event::DevToolsClosed { contents });
        }
    });
    open
}
