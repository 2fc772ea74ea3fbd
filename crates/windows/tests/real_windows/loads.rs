//! Navigations and how they are told.

use serde_json::{Value, json};

use crate::session::Session;

fn names(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["event"].as_str().unwrap()).collect()
}

/// The events of loads alone, whatever the window did meanwhile.
fn of_loads(mut events: Vec<Value>) -> Vec<Value> {
    events.retain(|event| event["contents"].is_number() && event["event"] != "titleChanged");
    events
}

pub(crate) fn from_start_to_end(s: &mut Session) {
    let id = s.open(json!({}));
    assert_eq!(s.page(id, "url"), "");
    assert_eq!(s.page(id, "isLoading"), false);
    let url = s.write("plain.html", "<title>A plain page</title>");
    s.ask_load(id, &url);
    assert_eq!(s.page(id, "isLoading"), true);
    let events = of_loads(s.trace("stopped", id));
    assert_eq!(names(&events), ["loadStarted", "committed", "finished", "stopped"]);
    assert!(events[..3].iter().all(|event| event["url"] == url.as_str()), "{events:#?}");
    assert_eq!(s.title(id, "A"), "A plain page");
    assert_eq!(s.page(id, "title"), "A plain page");
    assert_eq!(s.page(id, "url"), url.as_str());
    assert_eq!(s.page(id, "isLoading"), false);

    s.call(json!({ "cmd": "reload", "contents": id, "ignoreCache": true }));
    let events = of_loads(s.trace("stopped", id));
    assert_eq!(names(&events), ["loadStarted", "committed", "finished", "stopped"]);

    let missing = format!("{}/missing", s.server);
    s.load(id, &missing);
    assert_eq!(s.title(id, "m"), "missing", "a page with an error status is a page");
    assert_eq!(s.page(id, "canGoBack"), true);
    s.page(id, "goBack");
    s.wait("finished", id);
    assert_eq!(s.page(id, "url"), url.as_str());
    s.page(id, "goForward");
    s.wait("finished", id);
    assert_eq!(s.page(id, "url"), missing.as_str());
    s.destroy(id);
}

pub(crate) fn failures(s: &mut Session) {
    let id = s.open(json!({ "show": false }));
    s.page(id, "reload");
    assert!(s.quiet(id, 300).is_empty(), "there is nothing to reload");
    let before = s.write("before.html", "<title>before</title>");
    s.load(id, &before);
    for (url, code, description) in [
        ("file:///no/such/page.html", -6, "ERR_FILE_NOT_FOUND"),
        ("nobody:knows", -2, "ERR_FAILED"),
        ("not a url", -2, "ERR_FAILED"),
        ("javascript:void(0)", -2, "ERR_FAILED"),
        ("http://127.0.0.1:9999/", -102, "ERR_CONNECTION_REFUSED"),
        ("http://no-such-host.invalid/", -105, "ERR_NAME_NOT_RESOLVED"),
    ] {
        s.ask_load(id, url);
        let events = of_loads(s.trace("stopped", id));
        assert_eq!(names(&events), ["loadStarted", "failed", "stopped"], "{url}");
        let failed = json!({
            "event": "failed", "contents": id, "url": url,
            "code": code, "description": description, "isMainFrame": true,
        });
        assert_eq!(events[1], failed);
        assert_eq!(s.page(id, "url"), before.as_str(), "the page before stays");
    }
    // WebKit shows an empty page instead.
    s.ask_load(id, "http://127.0.0.1:22/");
    let failed = s.wait("failed", id);
    assert_eq!(
        (&failed["code"], &failed["description"]),
        (&json!(-312), &json!("ERR_UNSAFE_PORT"))
    );
    s.wait("stopped", id);
    assert!(of_loads(s.quiet(id, 300)).is_empty());
    s.destroy(id);
}

pub(crate) fn second_aborts_first(s: &mut Session) {
    let id = s.open(json!({ "show": false }));
    let one = s.write("one.html", "<title>one</title>");
    let two = s.write("two.html", "<title>two</title>");
    let never = format!("{}/never", s.server);
    let slow_image = s.write("slow.html", &format!("<img src={never}>"));
    // At once, under way for a while, and shown but not complete.
    for (first, pause) in [(&one, 0), (&two, 0), (&never, 300), (&slow_image, 500)] {
        s.ask_load(id, first);
        let mut events = if pause > 0 { s.quiet(id, pause) } else { Vec::new() };
        s.ask_load(id, &two);
        events.extend(s.trace("stopped", id));
        let events = of_loads(events);
        let ends: Vec<_> = events
            .iter()
            .filter(|it| it["event"] == "failed" || it["event"] == "finished")
            .map(|it| (it["event"].as_str().unwrap(), it["url"].as_str().unwrap(), &it["code"]))
            .collect();
        let aborted = json!(-3);
        assert_eq!(
            ends,
            [("failed", first.as_str(), &aborted), ("finished", two.as_str(), &Value::Null)],
            "{events:#?}"
        );
        assert!(of_loads(s.quiet(id, 200)).is_empty(), "after {first}");
    }
    s.destroy(id);
}

pub(crate) fn stop_redirect_download(s: &mut Session) {
    let id = s.open(json!({ "show": false }));
    let never = format!("{}/never", s.server);
    for pause in [0, 300] {
        s.ask_load(id, &never);
        let mut events = if pause > 0 { s.quiet(id, pause) } else { Vec::new() };
        s.page(id, "stop");
        events.extend(s.trace("stopped", id));
        assert_eq!(names(&events), ["loadStarted", "failed", "stopped"]);
        assert_eq!(events[1]["description"], "ERR_ABORTED");
    }
    s.ask_load(id, &format!("{}/redirect", s.server));
    let events = of_loads(s.trace("stopped", id));
    assert_eq!(names(&events), ["loadStarted", "redirected", "committed", "finished", "stopped"]);
    let ok = format!("{}/ok", s.server);
    assert!(events[1..4].iter().all(|event| event["url"] == ok.as_str()), "{events:#?}");

    s.ask_load(id, &format!("{}/download", s.server));
    assert_eq!(names(&of_loads(s.trace("stopped", id))), ["loadStarted", "stopped"]);
    assert_eq!(s.page(id, "url"), ok.as_str());
    s.destroy(id);
}

pub(crate) fn within_the_page(s: &mut Session) {
    let id = s.open(json!({ "show": false }));
    let script = "<title>t</title><script>onload = () => setTimeout(() => {
        history.pushState(1, '', '#pushed');
        setTimeout(() => location.hash = 'hash', 100);
    }, 100)</script>";
    let url = s.write("within.html", script);
    s.load(id, &url);
    for fragment in ["#pushed", "#hash"] {
        assert_eq!(s.wait("navigatedInPage", id)["url"], format!("{url}{fragment}").as_str());
    }
    let fragment = format!("{url}#asked");
    s.ask_load(id, &fragment);
    let events = of_loads(s.trace("stopped", id));
    assert_eq!(names(&events), ["loadStarted", "navigatedInPage", "stopped"]);
    assert_eq!(events[1]["url"], fragment.as_str());
    s.page(id, "goBack");
    let events = of_loads(s.trace("stopped", id));
    assert_eq!(names(&events), ["loadStarted", "navigatedInPage", "stopped"]);
    s.destroy(id);
}

pub(crate) fn file_access(s: &mut Session) {
    let id = s.open(json!({ "show": false }));
    s.write("module.js", "export const word = 'module';");
    s.write("text.txt", "fetched");
    let url = s.write(
        "files.html",
        "<script type=module>import { word } from './module.js';
        document.title = word + ' ' + await (await fetch('text.txt')).text();</script>",
    );
    s.load(id, &url);
    assert_eq!(s.title(id, "mod"), "module fetched");
    s.destroy(id);
}

pub(crate) fn user_agent(s: &mut Session) {
    let id = s.open(json!({ "show": false }));
    let url = s.write("agent.html", "<script>document.title = navigator.userAgent</script>");
    s.load(id, &url);
    let agent = s.title_now(id, "Mozilla/5.0");
    assert!(agent.contains("AppleWebKit/"), "{agent}");
    assert!(agent.ends_with(" ConchWindowsTest/1.2.3 Electron/45.0.0"), "{agent}");
    s.call(json!({ "cmd": "load", "contents": id, "url": url, "userAgent": "Plain/1" }));
    s.wait("stopped", id);
    s.title_now(id, "Plain/1");
    s.load(id, &url);
    assert_eq!(s.title_now(id, "Mozilla/5.0"), agent);
    s.destroy(id);
}
