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
    let closed = s.wait_for(|it| it["event"] == "messageBoxClosed");
    assert_eq!((&closed["request"], &closed["response"]), (&json!(7), &json!(0)));

    // The window takes its box along.
    let answer = asked(message);
    eventually("a message box", || {
        s.on_ui(|windows| windows.iter().any(|it| it.is::<gtk::Dialog>()))
    });
    s.destroy(id);
    assert_eq!(answer.join().unwrap().unwrap(), "2");
}
