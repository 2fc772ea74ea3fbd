//! The clipboard, the displays, light and dark.

use serde_json::{Value, json};

use crate::session::Session;

pub(crate) fn clipboard(s: &mut Session) {
    let read = |s: &Session, kind: &str, format: &str| {
        s.call(json!({ "cmd": "readClipboard", "kind": kind, "format": format }))
    };
    let write = |s: &Session, kind: &str, data: Value| {
        s.call(json!({ "cmd": "writeClipboard", "kind": kind, "data": data }));
    };
    let data = json!({ "text/plain": "grüß", "text/html": "<b>x</b>", "text/x-moz-url": "a:b\nc" });
    write(s, "clipboard", data);
    write(s, "selection", json!({ "text/plain": "marked" }));
    assert_eq!(read(s, "clipboard", "text/plain"), "grüß");
    assert_eq!(read(s, "clipboard", "text/html"), "<b>x</b>");
    assert_eq!(read(s, "clipboard", "text/x-moz-url"), "a:b\nc");
    assert_eq!(read(s, "clipboard", "image/png"), Value::Null);
    assert_eq!(read(s, "selection", "text/plain"), "marked");
    let formats = s.call(json!({ "cmd": "clipboardFormats" }));
    assert_eq!(formats, json!(["text/plain", "text/html", "text/x-moz-url"]));
    s.call(json!({ "cmd": "clearClipboard" }));
    assert_eq!(read(s, "clipboard", "text/plain"), Value::Null);
    assert_eq!(s.call(json!({ "cmd": "clipboardFormats" })), json!([]));
}

pub(crate) fn displays(s: &mut Session) {
    let info = s.call(json!({ "cmd": "displayInfo" }));
    let display = &info["displays"][0];
    assert_eq!(display["bounds"], json!({ "x": 0, "y": 0, "width": 1280, "height": 1024 }));
    assert_eq!((&display["id"], &display["scaleFactor"]), (&info["primary"], &json!(1)));
    let point = s.call(json!({ "cmd": "cursorPoint" }));
    assert!(point["x"].is_i64() && point["y"].is_i64(), "{point}");
}

pub(crate) fn theme(s: &mut Session) {
    let id = s.open(json!({}));
    let page = s.write(
        "theme.html",
        "<script>const dark = matchMedia('(prefers-color-scheme: dark)')
        const tell = () => { document.title = dark.matches ? 'is dark' : 'is light' }
        dark.onchange = tell
        tell()</script>",
    );
    s.load(id, &page);
    s.title_now(id, "is light");
    for (source, dark) in [("dark", true), ("light", false), ("dark", true), ("system", false)] {
        s.call(json!({ "cmd": "setThemeSource", "source": source }));
        let changed = s.wait_for(|it| it["event"] == "themeChanged");
        assert_eq!(changed["dark"], dark);
        assert_eq!(s.call(json!({ "cmd": "theme" }))["dark"], dark);
        s.title_now(id, if dark { "is dark" } else { "is light" });
    }
    s.destroy(id);
}

pub(crate) fn zoom(s: &mut Session) {
    let id = s.open(json!({}));
    s.call(json!({ "cmd": "setZoomFactor", "contents": id, "factor": 1.5 }));
    assert_eq!(s.page(id, "zoomFactor"), 1.5);
    let refused = s.try_call(json!({ "cmd": "setZoomFactor", "contents": id, "factor": 0 }));
    assert!(refused.unwrap_err().contains("a zoom factor is a number above 0"));
    s.destroy(id);
}

pub(crate) fn editing(s: &mut Session) {
    let id = s.open(json!({}));
    let page = s.write(
        "edit.html",
        "<textarea id=area>some text</textarea><script>
        area.oninput = () => { document.title = 'now ' + area.value }
        area.focus()
        document.title = 'loaded'</script>",
    );
    s.load(id, &page);
    let edit = |s: &Session, action: &str, text: Value| {
        s.call(json!({ "cmd": "edit", "contents": id, "action": action, "text": text }));
    };
    edit(s, "SelectAll", Value::Null);
    edit(s, "Cut", Value::Null);
    s.title_now(id, "now");
    edit(s, "InsertText", json!("typed "));
    s.title_now(id, "now typed");
    edit(s, "Paste", Value::Null);
    s.title_now(id, "now typed some text");
    edit(s, "Undo", Value::Null);
    edit(s, "SelectAll", Value::Null);
    edit(s, "Delete", Value::Null);
    let text = s.call(json!({ "cmd": "readClipboard", "format": "text/plain" }));
    assert_eq!(text, "some text");
    s.destroy(id);
}
