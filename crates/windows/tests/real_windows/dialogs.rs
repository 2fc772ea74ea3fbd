//! Message boxes, answered by a hand inside the UI thread.

use std::thread;

use gtk::prelude::*;
use serde_json::json;

use crate::session::{Session, eventually};

/// Answers the open message box once there is one.
fn respond(s: &Session, response: gtk::ResponseType) {
    eventually("a message box", || {
        s.on_ui(move |windows| {
            let mut dialogs =
                windows.into_iter().filter_map(|it| it.downcast::<gtk::Dialog>().ok());
            let dialog = dialogs.find(|it| it.is_visible());
            dialog.inspect(|it| it.response(response)).is_some()
        })
    });
    eventually("no message box", || {
        s.on_ui(|windows| !windows.iter().any(|it| it.is::<gtk::Dialog>() && it.is_visible()))
    });
}

pub(crate) fn boxes(s: &mut Session) {
    let id = s.open(json!({}));
    let message = json!({
        "cmd": "messageBox", "window": id, "type": "question", "title": "t", "message": "m",
        "detail": "d", "buttons": ["Yes", "No", "Maybe"], "defaultId": 1, "cancelId": 2,
    });
    let remote = s.remote.clone();
    let asked = |command: serde_json::Value| {
        let remote = remote.clone();
        thread::spawn(move || remote.call_json(&command.to_string()))
    };

    let answer = asked(message.clone());
    // While the box waits for its answer, the UI answers others.
    assert_eq!(s.window(id, "state")["visible"], true);
    respond(s, gtk::ResponseType::Other(1));
    assert_eq!(answer.join().unwrap().unwrap(), "1");

    let answer = asked(message.clone());
    respond(s, gtk::ResponseType::DeleteEvent);
    assert_eq!(answer.join().unwrap().unwrap(), "2", "closed without a choice");

    let answer = asked(json!({ "cmd": "errorBox", "title": "Oh", "content": "no" }));
    respond(s, gtk::ResponseType::Other(0));
    assert_eq!(answer.join().unwrap().unwrap(), "null");

    let mut later = message.clone();
    later["request"] = json!(7);
    assert_eq!(s.call(later), json!(null));
    respond(s, gtk::ResponseType::Other(0));
    // The event names no window: it is read from the whole stream.
    let closed = s.wait_for(|it| it["event"] == "answered");
    assert_eq!((&closed["request"], &closed["value"]), (&json!(7), &json!(0)));
    assert_eq!(closed["error"], json!(null));

    // The window takes its box along.
    let answer = asked(message);
    eventually("a message box", || {
        s.on_ui(|windows| windows.iter().any(|it| it.is::<gtk::Dialog>()))
    });
    s.destroy(id);
    assert_eq!(answer.join().unwrap().unwrap(), "2");
}

pub(crate) fn files(s: &mut Session) {
    let id = s.open(json!({}));
    let folder = s.dir.join("chosen");
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["a.txt", "b.png"] {
        std::fs::write(folder.join(name), name).unwrap();
    }
    let remote = s.remote.clone();
    let asked = move |command: serde_json::Value| {
        let remote = remote.clone();
        thread::spawn(move || remote.call_json(&command.to_string()).unwrap())
    };

    // What the dialog looks like, then what it answers.
    let answer = asked(json!({
        "cmd": "fileDialog", "window": id, "title": "Pick", "buttonLabel": "Take",
        "defaultPath": folder.join("a.txt"), "multiple": true,
        "filters": [{ "name": "Text", "extensions": ["txt"] }],
    }));
    eventually("the file that is chosen from the start", || {
        s.on_ui(|windows| {
            let chooser = windows.iter().find_map(|it| it.downcast_ref::<gtk::FileChooserDialog>());
            chooser.is_some_and(|it| {
                let filters = it.list_filters();
                let name = filters.first().and_then(|filter| filter.name());
                it.title().as_deref() == Some("Pick")
                    && it.selects_multiple()
                    && name.as_deref() == Some("Text")
                    && it.filename().is_some_and(|path| path.ends_with("chosen/a.txt"))
            })
        })
    });
    respond(s, gtk::ResponseType::Accept);
    assert_eq!(answer.join().unwrap(), json!([folder.join("a.txt")]).to_string());

    let target = folder.join("new.txt");
    let answer = asked(json!({ "cmd": "fileDialog", "save": true, "defaultPath": target }));
    eventually("the name to save as", || {
        s.on_ui(|windows| {
            let chooser = windows.iter().find_map(|it| it.downcast_ref::<gtk::FileChooserDialog>());
            chooser.is_some_and(|it| {
                it.current_name().as_deref() == Some("new.txt") && it.filename().is_some()
            })
        })
    });
    respond(s, gtk::ResponseType::Accept);
    assert_eq!(answer.join().unwrap(), json!([target]).to_string());

    let answer = asked(json!({ "cmd": "fileDialog", "window": id, "directory": true }));
    respond(s, gtk::ResponseType::Cancel);
    assert_eq!(answer.join().unwrap(), "null");

    // The window takes its dialog along.
    let answer = asked(json!({ "cmd": "fileDialog", "window": id }));
    eventually("a dialog", || {
        s.on_ui(|windows| windows.iter().any(|it| it.is::<gtk::FileChooserDialog>()))
    });
    s.destroy(id);
    assert_eq!(answer.join().unwrap(), "null");
}
