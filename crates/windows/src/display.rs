//! The displays: where they are, how large, how much of them windows may use.

use std::rc::Rc;

use gtk::gdk;
use gtk::gdk::prelude::*;
use serde_json::{Value, json};

use crate::event::{Bounds, Event};
use crate::ui::Events;

/// `{primary, displays: [{id, label, bounds, workArea, scaleFactor, frequency}]}`. A
/// display's id is its number.
pub(crate) fn info() -> Value {
    let Some(display) = gdk::Display::default() else {
        return json!({ "primary": 0, "displays": [] });
    };
    let primary = display.primary_monitor();
    let mut primary_id = 0;
    let mut displays = Vec::new();
    for id in 0..display.n_monitors() {
        let Some(monitor) = display.monitor(id) else { continue };
        if Some(&monitor) == primary.as_ref() {
            primary_id = id;
        }
        displays.push(json!({
            "id": id,
            "label": monitor.model().map(String::from).unwrap_or_default(),
            "bounds": bounds(&monitor.geometry()),
            "workArea": bounds(&monitor.workarea()),
            "scaleFactor": monitor.scale_factor(),
            "frequency": f64::from(monitor.refresh_rate()) / 1000.0,
        }));
    }
    json!({ "primary": primary_id, "displays": displays })
}

/// `{x, y}` of the mouse.
pub(crate) fn cursor() -> Value {
    let display = gdk::Display::default();
    let pointer = display.and_then(|it| it.default_seat()).and_then(|it| it.pointer());
    let (x, y) = pointer.map_or((0, 0), |pointer| {
        let (_, x, y) = pointer.position();
        (x, y)
    });
    json!({ "x": x, "y": y })
}

/// Tells when a display comes, goes or changes.
pub(crate) fn watch(events: &Events) {
    let Some(screen) = gdk::Screen::default() else { return };
    let tell = Rc::clone(events);
    screen.connect_monitors_changed(move |_| tell(Event::DisplaysChanged));
    let tell = Rc::clone(events);
    screen.connect_size_changed(move |_| tell(Event::DisplaysChanged));
}

/// What windows may use of the primary display.
pub(crate) fn primary_work_area() -> Bounds {
    let display = gdk::Display::default();
    // Not every display names a primary monitor.
    let monitor = display.and_then(|it| it.primary_monitor().or_else(|| it.monitor(0)));
    monitor.map(|it| bounds(&it.workarea())).unwrap_or_default()
}

/// What windows may use of the display that most of a window is on.
pub(crate) fn work_area_at(x: i32, y: i32) -> Bounds {
    let display = gdk::Display::default();
    let monitor = display.and_then(|it| it.monitor_at_point(x, y));
    monitor.map_or_else(primary_work_area, |it| bounds(&it.workarea()))
}

fn bounds(rectangle: &gdk::Rectangle) -> Bounds {
    Bounds {
        x: rectangle.x(),
        y: rectangle.y(),
        width: rectangle.width(),
        height: rectangle.height(),
    }
}
