//! Windows under a window manager, openbox.

use std::process::Command;

use serde_json::{Value, json};

use crate::session::{Session, eventually};

pub(crate) fn maximised(s: &mut Session) {
    let id = s.open(json!({ "show": false, "width": 400, "height": 300 }));
    s.window(id, "maximize");
    s.wait("shown", id);
    s.wait("maximized", id);
    let bounds = s.window(id, "getBounds");
    eventually("it fills the screen", || s.window(id, "getBounds")["width"] == 1280);
    assert_eq!(s.window(id, "state")["maximized"], true, "{bounds}");
    s.window(id, "unmaximize");
    s.wait("unmaximized", id);
    eventually("its old size", || s.window(id, "getBounds")["width"] == 400);
    s.window(id, "maximize");
    s.wait("maximized", id);
    s.window(id, "restore");
    s.wait("unmaximized", id);
    s.destroy(id);
}

pub(crate) fn minimised(s: &mut Session) {
    let id = s.open(json!({}));
    eventually("focus", || s.window(id, "state")["focused"] == true);
    s.window(id, "minimize");
    s.wait("minimized", id);
    assert_eq!(s.window(id, "state")["minimized"], true);
    s.window(id, "restore");
    s.wait("unminimized", id);
    assert_eq!(s.window(id, "state")["minimized"], false);
    s.window(id, "minimize");
    s.wait("minimized", id);
    s.window(id, "show");
    s.wait("unminimized", id);
    s.destroy(id);
}

pub(crate) fn full_screen(s: &mut Session) {
    let id = s.open(json!({ "width": 400, "height": 300 }));
    s.call(json!({ "cmd": "setFullScreen", "window": id, "flag": true }));
    s.wait("enterFullScreen", id);
    eventually("it covers the screen", || {
        s.window(id, "getBounds") == json!({ "x": 0, "y": 0, "width": 1280, "height": 1024 })
    });
    s.call(json!({ "cmd": "setFullScreen", "window": id, "flag": false }));
    s.wait("leaveFullScreen", id);
    eventually("its old size", || s.window(id, "getBounds")["width"] == 400);
    s.destroy(id);
    let id = s.open(json!({ "fullscreen": true, "resizable": false }));
    s.wait("enterFullScreen", id);
    s.destroy(id);
}

pub(crate) fn focus(s: &mut Session) {
    let a = s.open(json!({}));
    s.wait("focused", a);
    let b = s.open(json!({}));
    s.wait("focused", b);
    s.wait("blurred", a);
    s.window(a, "focus");
    s.wait("focused", a);
    s.wait("blurred", b);
    let focused = |id: u32| s.window(id, "state")["focused"] == true;
    assert!(focused(a) && !focused(b));
    let c = s.open(json!({ "show": false }));
    s.window(c, "showInactive");
    s.wait("shown", c);
    s.quiet(c, 500);
    assert_eq!(s.window(c, "state")["focused"], false);
    assert_eq!(s.window(a, "state")["focused"], true);
    s.call(json!({ "cmd": "setAlwaysOnTop", "window": c, "flag": true }));
    assert_eq!(s.window(c, "state")["alwaysOnTop"], true);
    for id in [a, b, c] {
        s.destroy(id);
    }
}

pub(crate) fn bounds(s: &mut Session) {
    // With a frame around it, what is read can be set, and what is set is read.
    let id = s.open(json!({ "x": 100, "y": 120, "width": 400, "height": 300 }));
    s.quiet(id, 500);
    let wanted = json!({ "x": 100, "y": 120, "width": 400, "height": 300 });
    assert_eq!(s.window(id, "getBounds"), wanted);
    s.call(json!({ "cmd": "setBounds", "window": id, "x": 150, "y": 160, "width": 420 }));
    s.quiet(id, 500);
    let wanted = json!({ "x": 150, "y": 160, "width": 420, "height": 300 });
    assert_eq!(s.window(id, "getBounds"), wanted);
    s.window(id, "hide");
    s.quiet(id, 300);
    s.window(id, "show");
    s.quiet(id, 500);
    assert_eq!(s.window(id, "getBounds"), wanted, "it reappears where it was");
    s.destroy(id);
}

pub(crate) fn close_button(s: &mut Session) {
    let id = s.open(json!({ "title": "closeme" }));
    s.wait("focused", id);
    let close = Command::new("xdotool").args(["key", "alt+F4"]).status();
    if !close.is_ok_and(|it| it.success()) {
        println!("not run, for want of xdotool");
    } else {
        s.wait("windowCloseRequested", id);
    }
    assert_eq!(s.window(id, "state")["visible"], Value::Bool(true));
    s.destroy(id);
}
