//! Menu bars and menus, chosen from by a hand inside the UI thread.

use gtk::gdk::ModifierType;
use gtk::prelude::*;
use serde_json::{Value, json};

use crate::session::{Session, eventually};

fn item(id: u32, label: &str) -> Value {
    json!({ "id": id, "type": "normal", "label": label, "enabled": true, "visible": true })
}

/// Activates the item of that label in any menu of the process, if there is one.
fn choose(s: &Session, label: &'static str) -> bool {
    s.on_ui(move |windows| {
        let found = windows.iter().find_map(|window| find(window.upcast_ref(), label));
        found.inspect(|it| it.emit_activate()).is_some()
    })
}

fn find(widget: &gtk::Widget, label: &str) -> Option<gtk::MenuItem> {
    if let Some(item) = widget.downcast_ref::<gtk::MenuItem>() {
        if item.label().as_deref() == Some(label) && item.is_sensitive() {
            return Some(item.clone());
        }
        return item.submenu().and_then(|it| find(&it, label));
    }
    widget.downcast_ref::<gtk::Container>()?.children().iter().find_map(|it| find(it, label))
}

fn bars(s: &Session) -> Vec<(bool, usize)> {
    s.on_ui(|windows| {
        let bars = windows.iter().filter_map(|it| bar(it.upcast_ref()));
        bars.map(|it| (it.is_visible(), it.children().len())).collect()
    })
}

fn bar(widget: &gtk::Widget) -> Option<gtk::MenuBar> {
    if let Some(bar) = widget.downcast_ref::<gtk::MenuBar>() {
        return Some(bar.clone());
    }
    widget.downcast_ref::<gtk::Container>()?.children().iter().find_map(bar)
}

pub(crate) fn menu_bar(s: &mut Session) {
    let id = s.open(json!({}));
    let mut quit = item(7, "&Quit");
    quit["accelerator"] = json!("CmdOrCtrl+Q");
    quit["registered"] = json!(true);
    let mut copy = item(8, "Copy");
    copy["accelerator"] = json!("CmdOrCtrl+C");
    let mut off = item(9, "Off");
    off["enabled"] = json!(false);
    let file = json!({
        "id": 1, "type": "submenu", "label": "File", "enabled": true, "visible": true,
        "submenu": [quit, copy, off],
    });
    let bar = json!({ "menu": 5, "items": [file] });
    let set = |bar: &Value, visible| {
        json!({
            "cmd": "setMenuBar", "window": id, "bar": bar, "visible": visible, "autoHide": false,
        })
    };
    s.call(set(&bar, true));
    assert_eq!(bars(s), [(true, 1)]);

    assert!(choose(s, "_Quit"));
    let chosen = s.wait_for(|it| it["event"] == "menuItemChosen");
    assert_eq!((&chosen["menu"], &chosen["item"]), (&json!(5), &json!(7)));
    assert_eq!(chosen["inWindow"], id);
    assert_eq!(chosen["modifiers"]["triggeredByAccelerator"], false);
    assert!(!choose(s, "Off"));

    // Hidden, its keys work; those that are only shown do not.
    s.call(set(&bar, false));
    assert_eq!(bars(s), [(false, 1)]);
    let press = |s: &Session, key: char| {
        s.on_ui(move |windows| {
            let window = windows.iter().find(|it| bar_of(it));
            window.is_some_and(|it| {
                gtk::accel_groups_activate(it, key as u32, ModifierType::CONTROL_MASK)
            })
        })
    };
    assert!(press(s, 'q'));
    assert!(!press(s, 'c'));
    let chosen = s.wait_for(|it| it["event"] == "menuItemChosen");
    assert_eq!(chosen["item"], 7);
    assert_eq!(chosen["modifiers"]["triggeredByAccelerator"], true);

    s.call(set(&Value::Null, true));
    assert_eq!(bars(s), []);
    assert!(!press(s, 'q'));
    s.destroy(id);
}

fn bar_of(window: &gtk::Window) -> bool {
    bar(window.upcast_ref()).is_some()
}

pub(crate) fn popup(s: &mut Session) {
    let refused = s.try_call(json!({ "cmd": "popupMenu", "menu": 1, "items": [item(1, "One")] }));
    assert_eq!(refused, Err("A menu needs a window that it belongs to".to_owned()));
    let id = s.open(json!({}));
    let mut marked = item(2, "Two");
    marked["type"] = json!("checkbox");
    marked["checked"] = json!(true);
    let show = |menu: u32| {
        json!({
            "cmd": "popupMenu", "menu": menu, "window": id, "x": 20, "y": 30,
            "items": [item(1, "One"), { "type": "separator", "visible": true }, marked],
        })
    };
    s.call(show(3));
    eventually("a menu with an item", || choose(s, "Two"));
    let chosen = s.wait_for(|it| it["event"] == "menuItemChosen");
    assert_eq!((&chosen["menu"], &chosen["item"]), (&json!(3), &json!(2)));
    s.call(json!({ "cmd": "closePopup", "menu": 3 }));
    s.wait_for(|it| it["event"] == "menuClosed" && it["menu"] == 3);

    s.call(show(4));
    // Another menu's number closes nothing.
    s.call(json!({ "cmd": "closePopup", "menu": 3 }));
    assert!(choose(s, "One"));
    s.wait_for(|it| it["event"] == "menuItemChosen" && it["item"] == 1);
    // The window takes its menu along.
    s.destroy(id);
    s.wait_for(|it| it["event"] == "menuClosed" && it["menu"] == 4);
}
