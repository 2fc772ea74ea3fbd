//! Menus: a tree of items becomes GTK's widgets.

use std::rc::Rc;

use gtk::gdk::{self, Gravity, ModifierType, Rectangle};
use gtk::prelude::*;
use serde::Deserialize;

use crate::accelerator;
use crate::event::{Event, Modifiers, WindowId};
use crate::ui::Events;

/// A menu's number, given by whoever makes the menu.
pub type MenuId = u32;

/// One entry of a menu.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MenuItem {
    /// What its events are about.
    pub id: u32,
    /// `normal`, `separator`, `checkbox`, `radio` or `submenu`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The text; `&` marks the letter that chooses it, `&&` is an ampersand.
    pub label: String,
    /// What is shown when the mouse rests on it.
    pub tool_tip: String,
    /// The key that chooses it, in Electron's notation.
    pub accelerator: Option<String>,
    /// Whether that key works. It is shown in any case.
    pub registered: bool,
    /// Whether it can be chosen.
    pub enabled: bool,
    /// Whether it is shown.
    pub visible: bool,
    /// Whether a checkbox or radio item is marked.
    pub checked: bool,
    /// The entries of a submenu.
    pub submenu: Vec<MenuItem>,
}

/// A menu at the mouse, or at a place in a window.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Popup {
    /// Its number, for the events.
    pub menu: MenuId,
    /// The window it belongs to.
    pub window: Option<WindowId>,
    /// Where in the window; at the mouse without.
    pub x: Option<i32>,
    /// Where in the window; at the mouse without.
    pub y: Option<i32>,
    /// What is in it.
    pub items: Vec<MenuItem>,
}

/// Fills a menu or a menu bar with its items.
pub(crate) fn fill(shell: &impl IsA<gtk::MenuShell>, items: &[MenuItem], chosen: &Rc<dyn Fn(u32)>) {
    for item in items {
        shell.append(&widget(item, chosen));
    }
}

fn widget(item: &MenuItem, chosen: &Rc<dyn Fn(u32)>) -> gtk::MenuItem {
    let label = mnemonic(&item.label);
    let widget: gtk::MenuItem = match item.kind.as_str() {
        "separator" => gtk::SeparatorMenuItem::new().upcast(),
        "checkbox" | "radio" => {
            let check = gtk::CheckMenuItem::with_mnemonic(&label);
            check.set_draw_as_radio(item.kind == "radio");
            check.set_active(item.checked);
            check.upcast()
        }
        _ => gtk::MenuItem::with_mnemonic(&label),
    };
    widget.set_sensitive(item.enabled);
    if !item.tool_tip.is_empty() {
        widget.set_tooltip_text(Some(&item.tool_tip));
    }
    if let Some(key) = item.accelerator.as_deref().and_then(accelerator::parse)
        && let Some(label) = widget.child().and_then(|it| it.downcast::<gtk::AccelLabel>().ok())
    {
        label.set_accel(key.key, key.modifiers);
    }
    if item.kind == "submenu" {
        let submenu = gtk::Menu::new();
        fill(&submenu, &item.submenu, chosen);
        widget.set_submenu(Some(&submenu));
    } else {
        let (id, chosen) = (item.id, Rc::clone(chosen));
        widget.connect_activate(move |_| chosen(id));
    }
    widget.show_all();
    widget.set_visible(item.visible);
    widget
}

/// Shows a menu at once. It is gone, with an event, once something is chosen or it is dismissed.
pub(crate) fn popup(popup: &Popup, parent: &gtk::ApplicationWindow, events: &Events) -> gtk::Menu {
    let menu = gtk::Menu::new();
    let id = popup.menu;
    let chosen: Rc<dyn Fn(u32)> = {
        let events = Rc::clone(events);
        Rc::new(move |item| {
            events(Event::MenuItemChosen { menu: id, item, window: None, modifiers: modifiers() });
        })
    };
    fill(&menu, &popup.items, &chosen);
    menu.set_attach_widget(Some(parent));
    let events = Rc::clone(events);
    menu.connect_hide(move |menu| {
        // An item is activated after the menu is hidden; until then it must be there.
        let (menu, events) = (menu.clone(), Rc::clone(&events));
        gtk::glib::idle_add_local_once(move || {
            menu.detach();
            events(Event::MenuClosed { menu: id });
        });
    });
    if let Some(window) = parent.window() {
        show_at(&menu, &window, popup.x.zip(popup.y));
    }
    menu
}

/// Shows a menu at a place in a window, or at the mouse. No event of GTK's leads here, so it is
/// given one that says whose mouse it is.
fn show_at(menu: &gtk::Menu, window: &gdk::Window, place: Option<(i32, i32)>) {
    let pointer = window.display().default_seat().and_then(|seat| seat.pointer());
    let mut trigger = gdk::Event::new(gdk::EventType::Nothing);
    trigger.set_device(pointer.as_ref());
    let at_mouse = || {
        let (_, x, y, _) = window.device_position(pointer.as_ref()?);
        Some((x, y))
    };
    let (x, y) = place.or_else(at_mouse).unwrap_or_default();
    let place = Rectangle::new(x, y, 1, 1);
    menu.popup_at_rect(window, &place, Gravity::NorthWest, Gravity::NorthWest, Some(&trigger));
}

/// The keys that are held in the event that GTK is about.
pub(crate) fn modifiers() -> Modifiers {
    let state = gtk::current_event_state().unwrap_or(ModifierType::empty());
    Modifiers {
        ctrl_key: state.contains(ModifierType::CONTROL_MASK),
        shift_key: state.contains(ModifierType::SHIFT_MASK),
        alt_key: state.contains(ModifierType::MOD1_MASK),
        meta_key: state.contains(ModifierType::SUPER_MASK),
        triggered_by_accelerator: false,
    }
}

/// GTK marks the letter with `_` where Electron has `&`.
fn mnemonic(label: &str) -> String {
    let mut text = String::with_capacity(label.len() + 1);
    let mut characters = label.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '_' => text.push_str("__"),
            '&' if characters.peek() == Some(&'&') => {
                characters.next();
                text.push('&');
            }
            '&' => text.push('_'),
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::mnemonic;

    #[test]
    fn ampersands_mark_letters() {
        assert_eq!(mnemonic("&File"), "_File");
        assert_eq!(mnemonic("Save && &Quit"), "Save & _Quit");
        assert_eq!(mnemonic("a_b"), "a__b");
    }
}
