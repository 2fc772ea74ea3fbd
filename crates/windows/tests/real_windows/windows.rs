//! Windows, without a window manager.

use gtk::prelude::*;
use serde_json::{Value, json};

use crate::session::{Session, eventually};

/// A page whose title is the size of its window, always up to date.
const SIZE: &str = "<script>const tell = () => document.title = `${innerWidth}x${innerHeight}`;
    onresize = tell; tell()</script>";

fn bounds_of(x: i32, y: i32, width: i32, height: i32) -> Value {
    json!({ "x": x, "y": y, "width": width, "height": height })
}

fn set_bounds(s: &Session, id: u32, bounds: Value) {
    let mut command = json!({ "cmd": "setBounds", "window": id });
    command.as_object_mut().unwrap().extend(bounds.as_object().unwrap().clone());
    s.call(command);
}

pub(crate) fn bounds(s: &mut Session) {
    let size = s.write("size.html", SIZE);
    let id = s.open(json!({ "title": "bounds", "x": 40, "y": 50, "width": 500, "height": 300 }));
    assert_eq!(s.window(id, "getBounds"), bounds_of(40, 50, 500, 300));
    s.ask_load(id, &size);
    s.title(id, "500x300");
    assert!(s.quiet(id, 200).iter().all(|it| it["event"] != "moved" && it["event"] != "resized"));

    set_bounds(s, id, json!({ "x": 60, "width": 640.4 }));
    let target = bounds_of(60, 50, 640, 300);
    assert_eq!(s.window(id, "getBounds"), target);
    let mut events = s.quiet(id, 500);
    events.retain(|it| it["event"] == "moved" || it["event"] == "resized");
    assert_eq!(events.len(), 2, "{events:#?}");
    assert_eq!(events[1]["bounds"], target);
    assert_eq!(s.window(id, "getBounds"), target);
    s.title_now(id, "640x300");
    let place = s.on_ui(|windows| {
        let it = windows.iter().find(|it| it.title().as_deref() == Some("bounds"));
        it.map(|it| (it.position(), it.size()))
    });
    assert_eq!(place, Some(((60, 50), (640, 300))), "where the X server has it");
    s.window(id, "center");
    assert_eq!(s.wait("moved", id)["bounds"], bounds_of(320, 362, 640, 300));
    s.destroy(id);

    let id = s.open(json!({ "show": false }));
    assert_eq!(s.window(id, "getBounds"), bounds_of(240, 212, 800, 600), "centred");
    set_bounds(s, id, bounds_of(10, 20, 300, 200));
    assert_eq!(s.wait("resized", id)["bounds"], bounds_of(10, 20, 300, 200));
    s.wait("moved", id);
    s.ask_load(id, &size);
    s.title(id, "300x200");
    s.window(id, "show");
    s.wait("shown", id);
    assert!(s.quiet(id, 300).iter().all(|it| it["event"] != "moved" && it["event"] != "resized"));
    assert_eq!(s.window(id, "getBounds"), bounds_of(10, 20, 300, 200));
    s.destroy(id);
}

pub(crate) fn limits(s: &mut Session) {
    let id = s.open(json!({ "width": 400, "height": 300, "minWidth": 350, "maxHeight": 320 }));
    set_bounds(s, id, json!({ "width": 100, "height": 1000 }));
    let now = s.window(id, "getBounds");
    assert_eq!((&now["width"], &now["height"]), (&json!(350), &json!(320)));
    s.call(json!({ "cmd": "setMaximumSize", "window": id, "width": 0, "height": 0 }));
    s.call(json!({ "cmd": "setMinimumSize", "window": id, "width": 10, "height": 10 }));
    set_bounds(s, id, json!({ "width": 100, "height": 900 }));
    s.quiet(id, 200);
    let now = s.window(id, "getBounds");
    assert_eq!((&now["width"], &now["height"]), (&json!(100), &json!(900)));
    s.destroy(id);

    let far = json!({ "show": false, "x": i32::MAX, "y": i32::MIN, "width": i32::MAX });
    let id = s.open(far);
    s.window(id, "center");
    let now = s.window(id, "getBounds");
    assert_eq!((&now["x"], &now["width"]), (&json!(0), &json!(32767)));
    s.destroy(id);

    let size = s.write("size.html", SIZE);
    let id = s.open(json!({ "width": 420, "height": 310, "resizable": false }));
    assert_eq!(s.window(id, "state")["resizable"], false);
    s.ask_load(id, &size);
    s.title(id, "420x310");
    set_bounds(s, id, json!({ "width": 430 }));
    s.title(id, "430x310");
    s.call(json!({ "cmd": "setResizable", "window": id, "flag": true }));
    assert_eq!(s.window(id, "state")["resizable"], true);
    s.destroy(id);
}

pub(crate) fn show_and_hide(s: &mut Session) {
    let id = s.open(json!({ "show": false, "title": "hide and seek" }));
    assert_eq!(s.window(id, "state")["visible"], false);
    let url = s.write(
        "visible.html",
        "<script>document.onvisibilitychange = () => document.title = document.visibilityState
        </script>",
    );
    s.load(id, &url);
    s.window(id, "focus");
    assert_eq!(s.window(id, "state")["visible"], false, "focus shows nothing");
    s.window(id, "show");
    s.wait("shown", id);
    s.title(id, "visible");
    assert_eq!(s.window(id, "state")["visible"], true);
    eventually("the window has the focus", || s.window(id, "state")["focused"] == true);
    s.window(id, "hide");
    s.wait("hidden", id);
    s.title(id, "hidden");
    assert_eq!(s.window(id, "state")["visible"], false);
    s.window(id, "hide");
    assert!(s.quiet(id, 200).iter().all(|it| it["event"] != "hidden"), "it was hidden already");
    s.window(id, "showInactive");
    s.wait("shown", id);
    s.call(json!({ "cmd": "setTitle", "window": id, "title": "found" }));
    assert!(s.on_ui(|windows| windows.iter().any(|it| it.title().as_deref() == Some("found"))));
    s.destroy(id);

    let id = s.open(json!({}));
    assert_eq!(s.window(id, "state")["visible"], true);
    assert!(s.quiet(id, 200).iter().all(|it| it["event"] != "shown"));
    s.destroy(id);
}

pub(crate) fn hidden_at_full_speed(s: &mut Session) {
    let url = s.write(
        "ticks.html",
        "<script>let ticks = 0; setInterval(() => ticks++, 10);
        setTimeout(() => document.title = `ticks ${ticks} ${innerWidth}x${innerHeight}`, 2000);
        </script>",
    );
    let options = json!({ "show": false, "width": 640, "height": 480 });
    let fast = s.open(options.clone());
    let slow = s.open_with(options, json!({ "backgroundThrottling": true }));
    s.ask_load(fast, &url);
    s.ask_load(slow, &url);
    let ticks = |title: String| -> u32 { title.split(' ').nth(1).unwrap().parse().unwrap() };
    let title = s.title(fast, "ticks");
    assert!(title.ends_with(" 640x480"), "a hidden page has a size: {title}");
    let (fast_ticks, slow_ticks) = (ticks(title), ticks(s.title(slow, "ticks")));
    // 200 were due; without the switches there are single figures.
    assert!(fast_ticks > 100, "{fast_ticks}");
    assert!(slow_ticks < 50, "{slow_ticks}");
    s.destroy(fast);
    s.destroy(slow);
}

pub(crate) fn close_and_destroy(s: &mut Session) {
    let id = s.open(json!({ "title": "to close" }));
    let url = s.write("close.html", "<script>setTimeout(close, 100)</script>");
    s.load(id, &url);
    s.wait("windowCloseRequested", id);
    assert_eq!(s.window(id, "state")["visible"], true, "it was only asked for");
    s.on_ui(|windows| {
        windows
            .iter()
            .filter(|it| it.title().as_deref() == Some("to close"))
            .for_each(|it| it.close());
    });
    s.wait("windowCloseRequested", id);
    s.window(id, "destroy");
    s.wait("windowDestroyed", id);
    assert!(!s.on_ui(|windows| windows.iter().any(|it| it.title().as_deref() == Some("to close"))));
    let gone = format!("There is no window with id {id}");
    assert_eq!(s.try_call(json!({ "cmd": "show", "window": id })), Err(gone));
    let gone = format!("There is no WebContents with id {id}");
    assert_eq!(s.try_call(json!({ "cmd": "reload", "contents": id })), Err(gone));

    // In the middle of a load.
    let id = s.open(json!({}));
    s.ask_load(id, &format!("{}/never", s.server));
    s.quiet(id, 300);
    s.destroy(id);
    assert!(s.quiet(id, 300).is_empty());
}

pub(crate) fn no_popups(s: &mut Session) {
    let id = s.open(json!({}));
    let url = s.write(
        "popup.html",
        "<script>document.title = String(window.open('plain.html'))</script>
        <a href=plain.html target=_blank></a><script>document.querySelector('a').click()</script>",
    );
    let before = s.processes().len();
    s.ask_load(id, &url);
    for _ in 0..2 {
        let denied = s.wait("windowOpenDenied", id);
        assert_eq!(denied["url"], url.replace("popup", "plain").as_str());
    }
    s.title_now(id, "null");
    assert_eq!(s.processes().len(), before + 1);
    s.destroy(id);
}

pub(crate) fn background(s: &mut Session) {
    let id = s.open(json!({ "width": 200, "height": 100, "backgroundColor": "#ff0000" }));
    let url = s.write("empty.html", "<title>empty</title>");
    s.load(id, &url);
    let path = s.dir.join("screenshot.png");
    let shot = json!({ "cmd": "screenshot", "contents": id, "path": path });
    let pixel = |s: &Session| {
        s.call(shot.clone());
        let image = gtk::gdk_pixbuf::Pixbuf::from_file(&path).unwrap();
        assert_eq!((image.width(), image.height()), (200, 100));
        let bytes = image.read_pixel_bytes();
        [bytes[0], bytes[1], bytes[2]]
    };
    eventually("a red page", || pixel(s) == [255, 0, 0]);
    s.call(json!({ "cmd": "setBackgroundColor", "window": id, "color": "#FF0000FF" }));
    eventually("a blue page", || pixel(s) == [0, 0, 255]);
    s.call(json!({ "cmd": "setBackgroundColor", "window": id, "color": "no colour" }));
    let nowhere = json!({ "cmd": "screenshot", "contents": id, "path": "/no/such/folder/a.png" });
    let error = s.try_call(nowhere).unwrap_err();
    assert!(error.contains("/no/such/folder/a.png"), "{error}");
    s.destroy(id);
}

pub(crate) fn inspector(s: &mut Session) {
    let id = s.open(json!({}));
    let url = s.write("inspected.html", "<title>i</title>");
    s.load(id, &url);
    let before = s.processes().len();
    s.page(id, "openDevTools");
    s.wait("devToolsOpened", id);
    assert_eq!(s.page(id, "isDevToolsOpened"), true);
    s.quiet(id, 500);
    s.page(id, "closeDevTools");
    s.wait("devToolsClosed", id);
    assert_eq!(s.page(id, "isDevToolsOpened"), false);
    assert_eq!(s.processes().len(), before, "our extension is not in the inspector");
    s.page(id, "openDevTools");
    s.wait("devToolsOpened", id);
    s.quiet(id, 500);
    s.destroy(id);

    let id = s.open(json!({}));
    s.page(id, "openDevTools");
    s.wait("devToolsOpened", id);
    assert_eq!(s.processes_of(id).len(), 1, "the inspector starts the page's process");
    s.load(id, &url);
    assert_eq!(s.processes_of(id).len(), 1, "and the load finds it");
    s.destroy(id);

    let id = s.open_with(json!({}), json!({ "devTools": false }));
    s.load(id, &url);
    s.page(id, "openDevTools");
    assert!(s.quiet(id, 500).iter().all(|it| it["event"] != "devToolsOpened"));
    assert_eq!(s.page(id, "isDevToolsOpened"), false);
    s.destroy(id);
}

pub(crate) fn wrong_commands(s: &mut Session) {
    let id = s.open(json!({ "show": false }));
    let error = |command: Value| s.try_call(command).unwrap_err();
    assert_eq!(error(json!({ "cmd": "fly" })), "Unknown window command: fly");
    assert!(error(json!({ "cmd": "show" })).starts_with("Bad window command show: "));
    assert_eq!(error(json!({ "cmd": "show", "window": 999 })), "There is no window with id 999");
    let again = error(json!({ "cmd": "createWindow", "window": id, "contents": 5000 }));
    assert_eq!(again, format!("There is already a window or WebContents with id {id}"));
    let again = error(json!({ "cmd": "createWindow", "window": 5000, "contents": id }));
    assert_eq!(again, format!("There is already a window or WebContents with id {id}"));
    // GTK knows no NUL, and the bindings panic at one.
    s.call(json!({ "cmd": "setTitle", "window": id, "title": "a\0b" }));
    s.call(json!({ "cmd": "show", "window": id }));
    let info = s.call(json!({ "cmd": "displayInfo" }));
    assert_eq!(info["displays"][0]["bounds"], bounds_of(0, 0, 1280, 1024));
    let remote = s.remote.clone();
    let error = s.on_ui(move |_| remote.call_json(r#"{"cmd":"displayInfo"}"#).unwrap_err());
    assert_eq!(error, conch_windows::CommandError::OnUiThread);
    s.destroy(id);
}

pub(crate) fn no_manager(s: &mut Session) {
    let id = s.open(json!({}));
    for command in ["maximize", "minimize", "restore"] {
        s.window(id, command);
    }
    s.call(json!({ "cmd": "setFullScreen", "window": id, "flag": true }));
    s.quiet(id, 500);
    let state = s.window(id, "state");
    for flag in ["maximized", "minimized", "fullscreen"] {
        assert_eq!(state[flag], false, "{state}");
    }
    assert_eq!(state["visible"], true);
    s.destroy(id);
}
