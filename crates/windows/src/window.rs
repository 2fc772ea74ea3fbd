//! One window: a tao window, its signals as events, and what can be done to it.
//!
//! tao makes the GTK window; after that this module calls GTK itself, because tao queues what it is
//! asked and has no events for minimising, maximising and covering the screen.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gtk::gdk::WindowState;
use gtk::glib::{self, Propagation};
use gtk::prelude::*;
use serde_json::{Value, json};
use tao::dpi::LogicalSize;
use tao::event_loop::EventLoopWindowTarget;
use tao::platform::unix::WindowExtUnix;
use tao::window::{Window, WindowBuilder};

use crate::command::CommandError;
use crate::contents::Contents;
use crate::event::{Bounds, Event, WindowId};
use crate::menu_bar::{BarContents, MenuBar};
use crate::options::WindowOptions;
use crate::remote::Request;
use crate::ui::Events;
use crate::window_bounds::{Change, Limit, Placement, centred};
use crate::{color, display};

/// By then a window manager has done what it does with a request to move or resize.
const SETTLED: Duration = Duration::from_millis(300);

/// What the window manager made of the window.
#[derive(Default)]
struct ManagedState {
    minimized: Cell<bool>,
    maximized: Cell<bool>,
    fullscreen: Cell<bool>,
}

/// A window before its page is in it.
pub(crate) struct Frame {
    id: WindowId,
    window: Window,
    placement: Rc<Placement>,
    managed: Rc<ManagedState>,
    always_on_top: Cell<bool>,
    menu_bar: MenuBar,
    events: Events,
}

/// A window with its page.
pub(crate) struct AppWindow {
    // First, because fields drop in this order: the view must go before the window it is in.
    pub(crate) contents: Contents,
    pub(crate) frame: Frame,
}

impl Frame {
    /// Makes the window, still hidden.
    pub(crate) fn new(
        id: WindowId,
        options: &WindowOptions,
        target: &EventLoopWindowTarget<Request>,
        events: Events,
    ) -> Result<Frame, CommandError> {
        let placement = Rc::new(Placement::new(options));
        let Bounds { x, y, width, height } = placement.bounds();
        let window = WindowBuilder::new()
            .with_title(&options.title)
            .with_inner_size(LogicalSize::new(width, height))
            .with_decorations(options.frame)
            .with_always_on_top(options.always_on_top)
            .with_visible(false)
            .build(target)
            .map_err(|error| CommandError::Failed(format!("Cannot create a window: {error}")))?;
        let gtk_window = window.gtk_window();
        placement.apply_limits(gtk_window);
        gtk_window.move_(x, y);
        if options.fullscreen {
            gtk_window.fullscreen();
        }
        let frame = Frame {
            id,
            placement,
            managed: Rc::default(),
            always_on_top: Cell::new(options.always_on_top),
            menu_bar: MenuBar::new(id, Rc::clone(&events)),
            events,
            window,
        };
        frame.watch();
        frame.menu_bar.watch_alt(frame.gtk());
        Ok(frame)
    }

    /// Where the page's view goes.
    pub(crate) fn container(&self) -> Result<&gtk::Box, CommandError> {
        let missing = || CommandError::Failed("The window has no place for a page".to_owned());
        self.window.default_vbox().ok_or_else(missing)
    }

    /// The window as GTK knows it.
    pub(crate) fn gtk(&self) -> &gtk::ApplicationWindow {
        self.window.gtk_window()
    }

    fn watch(&self) {
        let (id, window) = (self.id, self.gtk());

        let events = Rc::clone(&self.events);
        window.connect_delete_event(move |_, _| {
            events(Event::WindowCloseRequested { window: id });
            Propagation::Stop
        });

        let (events, placement) = (Rc::clone(&self.events), Rc::clone(&self.placement));
        window.connect_configure_event(move |window, _| {
            tell_change(id, placement.observe(window), &events);
            false
        });

        let events = Rc::clone(&self.events);
        window.connect_is_active_notify(move |window| {
            events(if window.is_active() {
                Event::Focused { window: id }
            } else {
                Event::Blurred { window: id }
            });
        });

        let (events, managed) = (Rc::clone(&self.events), Rc::clone(&self.managed));
        window.connect_window_state_event(move |_, event| {
            managed.take_over(id, event.new_window_state(), &events);
            Propagation::Proceed
        });
    }

    /// Shows a new window, without the event that [`Frame::show`] gives.
    pub(crate) fn show_first(&self) {
        self.gtk().show();
        self.present();
    }

    pub(crate) fn show(&self) {
        self.show_if_hidden();
        self.present();
    }

    pub(crate) fn show_inactive(&self) {
        let window = self.gtk();
        window.set_focus_on_map(false);
        self.show_if_hidden();
        window.set_focus_on_map(true);
    }

    fn show_if_hidden(&self) {
        let window = self.gtk();
        if window.is_visible() {
            return;
        }
        // A window manager is free to place a window anew each time it appears, unless told.
        let Bounds { x, y, .. } = self.placement.bounds();
        window.move_(x, y);
        window.show();
        (self.events)(Event::Shown { window: self.id });
    }

    pub(crate) fn hide(&self) {
        if self.gtk().is_visible() {
            self.gtk().hide();
            (self.events)(Event::Hidden { window: self.id });
        }
    }

    pub(crate) fn focus(&self) {
        if self.gtk().is_visible() {
            self.present();
        }
    }

    fn present(&self) {
        self.gtk().present_with_time(gtk::gdk::ffi::GDK_CURRENT_TIME as u32);
    }

    pub(crate) fn bounds(&self) -> Bounds {
        self.placement.bounds()
    }

    pub(crate) fn center(&self) {
        let Bounds { x, y, width, height } = self.placement.bounds();
        let (x, y) = (x.saturating_add(width / 2), y.saturating_add(height / 2));
        let area = display::work_area_at(x, y);
        self.set_bounds(centred(width, height, &area));
    }

    pub(crate) fn set_bounds(&self, to: Bounds) {
        tell_change(self.id, self.placement.request(self.gtk(), to), &self.events);
        let (id, window) = (self.id, self.gtk().downgrade());
        let (placement, events) = (Rc::clone(&self.placement), Rc::clone(&self.events));
        glib::timeout_add_local_once(SETTLED, move || {
            if let Some(window) = window.upgrade() {
                tell_change(id, placement.settle(&window), &events);
            }
        });
    }

    pub(crate) fn set_minimum(&self, limit: Limit) {
        self.placement.set_minimum(self.gtk(), limit);
    }

    pub(crate) fn set_maximum(&self, limit: Limit) {
        self.placement.set_maximum(self.gtk(), limit);
    }

    pub(crate) fn set_resizable(&self, resizable: bool) {
        self.placement.set_resizable(self.gtk(), resizable);
    }

    pub(crate) fn set_title(&self, title: &str) {
        self.gtk().set_title(title);
    }

    pub(crate) fn set_menu_bar(&self, contents: Option<&BarContents>) -> Result<(), CommandError> {
        self.menu_bar.set(self.gtk(), self.container()?, contents);
        Ok(())
    }

    pub(crate) fn show_menu_bar(&self, visible: bool, auto_hide: bool) {
        self.menu_bar.show(visible, auto_hide);
    }

    pub(crate) fn minimize(&self) {
        self.gtk().iconify();
    }

    pub(crate) fn maximize(&self) {
        self.show_if_hidden();
        self.gtk().maximize();
    }

    pub(crate) fn unmaximize(&self) {
        self.gtk().unmaximize();
    }

    pub(crate) fn restore(&self) {
        if self.managed.minimized.get() {
            self.gtk().deiconify();
        } else {
            self.gtk().unmaximize();
        }
    }

    pub(crate) fn set_full_screen(&self, cover: bool) {
        if cover {
            self.gtk().fullscreen();
        } else {
            self.gtk().unfullscreen();
        }
    }

    pub(crate) fn set_always_on_top(&self, above: bool) {
        self.always_on_top.set(above);
        self.gtk().set_keep_above(above);
    }

    pub(crate) fn state(&self) -> Value {
        json!({
            "visible": self.gtk().is_visible(),
            "focused": self.gtk().is_active(),
            "minimized": self.managed.minimized.get(),
            "maximized": self.managed.maximized.get(),
            "fullscreen": self.managed.fullscreen.get(),
            "resizable": self.placement.resizable(),
            "alwaysOnTop": self.always_on_top.get(),
        })
    }
}

impl AppWindow {
    /// Gives the page of a hidden window the size it will have. GTK allocates nothing to a widget
    /// that is not shown, and the page would find itself 0 pixels wide.
    pub(crate) fn size_hidden_page(&self) {
        if !self.frame.gtk().is_visible() {
            let Bounds { width, height, .. } = self.frame.bounds();
            self.contents.set_size(width, height);
        }
    }

    /// Sets the colour behind the page. What is no colour changes nothing, as in Electron.
    pub(crate) fn set_background_color(&self, text: &str) {
        match color::parse(text) {
            Some(color) => self.contents.set_background_color(&color),
            None => tracing::warn!("{text:?} is not a background colour"),
        }
    }
}

impl ManagedState {
    fn take_over(&self, window: WindowId, state: WindowState, events: &Events) {
        let tell = |before: &Cell<bool>, flag, on, off| {
            let now = state.contains(flag);
            if before.replace(now) != now {
                events(if now { on } else { off });
            }
        };
        tell(
            &self.minimized,
            WindowState::ICONIFIED,
            Event::Minimized { window },
            Event::Unminimized { window },
        );
        tell(
            &self.maximized,
            WindowState::MAXIMIZED,
            Event::Maximized { window },
            Event::Unmaximized { window },
        );
        tell(
            &self.fullscreen,
            WindowState::FULLSCREEN,
            Event::EnterFullScreen { window },
            Event::LeaveFullScreen { window },
        );
    }
}

fn tell_change(window: WindowId, change: Option<Change>, events: &Events) {
    let Some(Change { bounds, moved, resized }) = change else { return };
    if resized {
        events(Event::Resized { window, bounds });
    }
    if moved {
        events(Event::Moved { window, bounds });
    }
}
