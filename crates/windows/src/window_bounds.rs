//! Where a window is and how large it may be.
//!
//! Sizes are of the window without the frame that a window manager adds, as in Electron on X11;
//! positions are of the frame, so that a position that is read can be set again.

use std::cell::{Cell, RefCell};

use gtk::gdk;
use gtk::prelude::*;

use crate::display;
use crate::event::Bounds;
use crate::options::WindowOptions;

/// A width and a height; 0 is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Limit {
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// A window's bounds as far as they are known, and what limits them.
pub(crate) struct Placement {
    /// The latest word: what was last asked for or, later, what the display made of it.
    current: Cell<Bounds>,
    /// What was last told by an event.
    told: Cell<Bounds>,
    /// What the window was before and has been asked to be since, while the display may still be
    /// between them: it moves and resizes in two steps.
    under_way: RefCell<Vec<Bounds>>,
    minimum: Cell<Limit>,
    maximum: Cell<Limit>,
    resizable: Cell<bool>,
}

/// What differs from what was last told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) bounds: Bounds,
    pub(crate) moved: bool,
    pub(crate) resized: bool,
}

impl Placement {
    /// The bounds a window of these options starts with.
    pub(crate) fn new(options: &WindowOptions) -> Placement {
        let placement = Placement {
            current: Cell::default(),
            told: Cell::default(),
            under_way: RefCell::default(),
            minimum: Cell::new(Limit { width: options.min_width, height: options.min_height }),
            maximum: Cell::new(Limit { width: options.max_width, height: options.max_height }),
            resizable: Cell::new(options.resizable),
        };
        let (width, height) = placement.within_limits(options.width, options.height);
        let bounds = match (options.x, options.y, options.center) {
            (Some(x), Some(y), false) => Bounds { x, y, width, height },
            _ => centred(width, height, &display::primary_work_area()),
        };
        placement.current.set(bounds);
        placement.told.set(bounds);
        placement
    }

    pub(crate) fn bounds(&self) -> Bounds {
        self.current.get()
    }

    pub(crate) fn resizable(&self) -> bool {
        self.resizable.get()
    }

    pub(crate) fn set_resizable(&self, window: &gtk::ApplicationWindow, resizable: bool) {
        self.resizable.set(resizable);
        self.apply_limits(window);
    }

    pub(crate) fn set_minimum(&self, window: &gtk::ApplicationWindow, minimum: Limit) {
        self.minimum.set(minimum);
        self.apply_limits(window);
    }

    pub(crate) fn set_maximum(&self, window: &gtk::ApplicationWindow, maximum: Limit) {
        self.maximum.set(maximum);
        self.apply_limits(window);
    }

    /// Asks the display for these bounds, within the limits. A window that is not shown has them
    /// at once. A shown one tells by configure events; [`Placement::settle`] is due some time
    /// after, for a display that makes something else of it.
    pub(crate) fn request(&self, window: &gtk::ApplicationWindow, to: Bounds) -> Option<Change> {
        let from = self.current.get();
        let (width, height) = self.within_limits(to.width, to.height);
        let to = Bounds { width, height, ..to };
        self.current.set(to);
        if window.is_mapped() && from != to {
            let mut under_way = self.under_way.borrow_mut();
            if under_way.is_empty() {
                under_way.push(from);
            }
            under_way.push(to);
        }
        if (from.width, from.height) != (to.width, to.height) {
            // First the limits: those of a window that cannot be resized are its size.
            self.apply_limits(window);
            window.resize(to.width, to.height);
        }
        if (from.x, from.y) != (to.x, to.y) {
            window.move_(to.x, to.y);
        }
        if window.is_mapped() { None } else { self.untold() }
    }

    /// Takes over what the display made of the window.
    pub(crate) fn observe(&self, window: &gtk::ApplicationWindow) -> Option<Change> {
        if !window.is_mapped() {
            return None;
        }
        let (x, y) = window.position();
        let (width, height) = window.size();
        let now = Bounds { x, y, width, height };
        let mut under_way = self.under_way.borrow_mut();
        let on_the_way = under_way.iter().any(|it| (it.x, it.y) == (x, y))
            && under_way.iter().any(|it| (it.width, it.height) == (width, height));
        if on_the_way && under_way.last() != Some(&now) {
            return None;
        }
        under_way.clear();
        self.current.set(now);
        self.untold()
    }

    /// As `observe`, and takes it for the display's last word.
    pub(crate) fn settle(&self, window: &gtk::ApplicationWindow) -> Option<Change> {
        self.under_way.borrow_mut().clear();
        self.observe(window)
    }

    /// Tells GTK and the window manager what sizes the user may choose.
    pub(crate) fn apply_limits(&self, window: &gtk::ApplicationWindow) {
        let (minimum, maximum) = if self.resizable.get() {
            (self.minimum.get(), self.maximum.get())
        } else {
            // Not gtk_window_set_resizable: it shrinks the window to what its content asks for,
            // and a webview asks for nothing.
            let Bounds { width, height, .. } = self.current.get();
            (Limit { width, height }, Limit { width, height })
        };
        let or_none = |limit: i32| if limit > 0 { limit } else { i32::from(i16::MAX) };
        let geometry = gdk::Geometry::new(
            minimum.width.max(1),
            minimum.height.max(1),
            or_none(maximum.width),
            or_none(maximum.height),
            0,
            0,
            0,
            0,
            0.0,
            0.0,
            gdk::Gravity::NorthWest,
        );
        let mask = gdk::WindowHints::MIN_SIZE | gdk::WindowHints::MAX_SIZE;
        window.set_geometry_hints(None::<&gtk::Widget>, Some(&geometry), mask);
    }

    fn within_limits(&self, width: i32, height: i32) -> (i32, i32) {
        let clamp = |value: i32, minimum: i32, maximum: i32| {
            let value = if maximum > 0 { value.min(maximum) } else { value };
            // X11 sizes are 16 bits wide.
            value.max(minimum).clamp(1, i32::from(i16::MAX))
        };
        let (minimum, maximum) = (self.minimum.get(), self.maximum.get());
        (clamp(width, minimum.width, maximum.width), clamp(height, minimum.height, maximum.height))
    }

    fn untold(&self) -> Option<Change> {
        let bounds = self.current.get();
        let told = self.told.replace(bounds);
        let moved = (bounds.x, bounds.y) != (told.x, told.y);
        let resized = (bounds.width, bounds.height) != (told.width, told.height);
        (moved || resized).then_some(Change { bounds, moved, resized })
    }
}

/// The middle of an area, never left of or above it.
pub(crate) fn centred(width: i32, height: i32, area: &Bounds) -> Bounds {
    Bounds {
        x: area.x + ((area.width - width) / 2).max(0),
        y: area.y + ((area.height - height) / 2).max(0),
        width,
        height,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_larger_than_the_display_starts_at_its_corner() {
        let area = Bounds { x: 0, y: 30, width: 1024, height: 738 };
        assert_eq!(centred(800, 600, &area), Bounds { x: 112, y: 99, width: 800, height: 600 });
        assert_eq!(centred(2000, 900, &area), Bounds { x: 0, y: 30, width: 2000, height: 900 });
    }
}
