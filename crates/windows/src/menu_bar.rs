//! The menu bar of a window, and the keys of its items.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gtk::AccelFlags;
use gtk::glib::Propagation;
use gtk::prelude::*;
use serde::Deserialize;

use crate::accelerator;
use crate::event::{Event, Modifiers, WindowId};
use crate::menu::{self, MenuId, MenuItem};
use crate::ui::Events;

/// What a window's menu bar shows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BarContents {
    /// The menu's number, for the events.
    pub menu: MenuId,
    /// Its entries.
    pub items: Vec<MenuItem>,
}

/// The place of a window's menu bar. The keys work whether or not the bar is shown.
pub(crate) struct MenuBar {
    window: WindowId,
    events: Events,
    shown: Rc<RefCell<Option<Shown>>>,
    auto_hide: Rc<Cell<bool>>,
}

struct Shown {
    bar: gtk::MenuBar,
    keys: gtk::AccelGroup,
}

impl MenuBar {
    pub(crate) fn new(window: WindowId, events: Events) -> MenuBar {
        MenuBar { window, events, shown: Rc::default(), auto_hide: Rc::default() }
    }

    /// Has the Alt key, pressed alone, show and hide a bar that hides by itself.
    pub(crate) fn watch_alt(&self, window: &gtk::ApplicationWindow) {
        let alone = Rc::new(Cell::new(false));
        let pressed = Rc::clone(&alone);
        window.connect_key_press_event(move |_, event| {
            pressed.set(is_alt(event));
            Propagation::Proceed
        });
        let (shown, auto_hide) = (Rc::clone(&self.shown), Rc::clone(&self.auto_hide));
        window.connect_key_release_event(move |_, event| {
            if alone.replace(false)
                && is_alt(event)
                && auto_hide.get()
                && let Some(shown) = &*shown.borrow()
            {
                shown.bar.set_visible(!shown.bar.is_visible());
            }
            Propagation::Proceed
        });
    }

    /// Replaces the bar, not yet shown; `None` takes it away.
    pub(crate) fn set(
        &self,
        parent: &gtk::ApplicationWindow,
        container: &gtk::Box,
        contents: Option<&BarContents>,
    ) {
        if let Some(old) = self.shown.take() {
            parent.remove_accel_group(&old.keys);
            container.remove(&old.bar);
        }
        let Some(contents) = contents else { return };
        let (bar, keys) = (gtk::MenuBar::new(), gtk::AccelGroup::new());
        let (id, window, events) = (contents.menu, self.window, Rc::clone(&self.events));
        let tell = move |item, modifiers| {
            events(Event::MenuItemChosen { menu: id, item, window: Some(window), modifiers });
        };
        let chosen: Rc<dyn Fn(u32)> = {
            let tell = tell.clone();
            Rc::new(move |item| tell(item, menu::modifiers()))
        };
        menu::fill(&bar, &contents.items, &chosen);
        let by_key: Rc<dyn Fn(u32)> = Rc::new(move |item| {
            let modifiers = Modifiers { triggered_by_accelerator: true, ..menu::modifiers() };
            tell(item, modifiers);
        });
        register(&keys, &contents.items, &by_key);
        parent.add_accel_group(&keys);
        container.pack_start(&bar, false, false, 0);
        container.reorder_child(&bar, 0);
        bar.set_no_show_all(true);
        *self.shown.borrow_mut() = Some(Shown { bar, keys });
    }

    pub(crate) fn show(&self, visible: bool, auto_hide: bool) {
        self.auto_hide.set(auto_hide);
        if let Some(shown) = &*self.shown.borrow() {
            shown.bar.set_visible(visible);
        }
    }
}

fn is_alt(event: &gtk::gdk::EventKey) -> bool {
    use gtk::gdk::keys::constants::{Alt_L, Alt_R};
    [Alt_L, Alt_R].contains(&event.keyval())
}

/// Gives the items that can be chosen their keys.
fn register(keys: &gtk::AccelGroup, items: &[MenuItem], chosen: &Rc<dyn Fn(u32)>) {
    for item in items {
        register(keys, &item.submenu, chosen);
        if !item.enabled || !item.registered {
            continue;
        }
        let Some(key) = item.accelerator.as_deref().and_then(accelerator::parse) else { continue };
        for same in key.same_key() {
            let (id, chosen) = (item.id, Rc::clone(chosen));
            keys.connect_accel_group(
                same,
                key.modifiers,
                AccelFlags::empty(),
                move |_, _, _, _| {
                    chosen(id);
                    Propagation::Stop.into()
                },
            );
        }
    }
}
