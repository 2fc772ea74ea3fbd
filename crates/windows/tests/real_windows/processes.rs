//! Web processes: who gets one, when, and what it is told.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::session::{Session, eventually};

fn alive(pid: u32) -> bool {
    // A process that has ended and not been waited for is a zombie, without a command line.
    std::fs::read(Path::new("/proc").join(pid.to_string()).join("cmdline"))
        .is_ok_and(|line| !line.is_empty())
}

pub(crate) fn one_a_window(s: &mut Session) {
    let url = s.write("process.html", "<title>p</title>");
    let (a, b) = (s.open(json!({})), s.open(json!({ "show": false })));
    assert!(s.processes_of(a).is_empty(), "no process before there is something to load");
    // At the same time, so that neither could be taken for the other.
    s.ask_load(a, &url);
    s.ask_load(b, &url);
    s.wait("finished", a);
    s.wait("finished", b);
    let (of_a, of_b) = (s.processes_of(a), s.processes_of(b));
    assert_eq!((of_a.len(), of_b.len()), (1, 1), "{:?}", s.processes());
    assert_ne!(of_a[0].0, of_b[0].0);
    assert_ne!(of_a[0].1["token"], of_b[0].1["token"]);
    s.call(json!({ "cmd": "reload", "contents": a }));
    s.wait("finished", a);
    assert_eq!(s.processes_of(a), of_a, "a reload keeps the process");
    s.destroy(a);
    s.destroy(b);
}

pub(crate) fn no_swap(s: &mut Session) {
    let id = s.open(json!({ "show": false }));
    let file = s.write("swap.html", "<title>s</title>");
    let server = s.server.clone();
    let localhost = server.replace("127.0.0.1", "localhost");
    let before = s.processes().len();
    for url in [
        &file,
        &format!("{server}/ok"),
        &format!("{localhost}/ok"),
        &format!("{server}/opener-policy"),
        &format!("{localhost}/opener-policy"),
        &format!("{server}/ok"),
        "about:blank",
        &file,
    ] {
        s.load(id, url);
        assert_eq!(s.processes().len(), before + 1, "{url}");
    }
    assert_eq!(s.processes_of(id).len(), 1);
    s.destroy(id);
}

pub(crate) fn replaced(s: &mut Session) {
    let id = s.open(json!({ "show": false }));
    let url = s.write("killed.html", "<title>k</title>");
    s.load(id, &url);
    s.page(id, "terminate");
    assert_eq!(s.wait("processTerminated", id)["reason"], "killed");
    assert_eq!(s.page(id, "isLoading"), false);
    s.page(id, "reload");
    s.wait("finished", id);
    let processes = s.processes_of(id);
    assert_eq!(processes.len(), 2, "{processes:?}");
    assert_ne!(processes[0].1["token"], processes[1].1["token"]);

    let pid = processes[1].0.to_string();
    assert!(Command::new("kill").args(["-KILL", &pid]).status().unwrap().success());
    assert_eq!(s.wait("processTerminated", id)["reason"], "crashed");
    s.load(id, &url);
    assert_eq!(s.processes_of(id).len(), 3);

    s.quiet(id, 100);
    let never = format!("{}/never", s.server);
    s.ask_load(id, &never);
    s.quiet(id, 200);
    s.page(id, "terminate");
    let failed = s.wait("failed", id);
    assert_eq!((&failed["code"], &failed["url"]), (&json!(-2), &json!(never)));
    s.wait("stopped", id);
    s.destroy(id);
}

pub(crate) fn gone_with_window(s: &mut Session) {
    let id = s.open(json!({}));
    let url = s.write("gone.html", "<title>g</title>");
    s.load(id, &url);
    let pid = s.processes_of(id)[0].0;
    assert!(alive(pid));
    s.destroy(id);
    eventually("the web process ends", || !alive(pid));
    assert!(s.quiet(id, 200).is_empty(), "no event follows");
    let next = s.open(json!({ "show": false }));
    s.load(next, &url);
    assert_eq!(s.processes_of(next).len(), 1, "no old process is used again");
    s.destroy(next);
}

pub(crate) fn storage_is_shared(s: &mut Session) {
    let (a, b) = (s.open(json!({ "show": false })), s.open(json!({ "show": false })));
    let listen = s.write(
        "listen.html",
        "<script>new BroadcastChannel('c').onmessage = event =>
            document.title = `${event.data} ${localStorage.word}`</script>",
    );
    let send = s.write(
        "send.html",
        "<script>localStorage.word = 'stored';
            setTimeout(() => new BroadcastChannel('c').postMessage('heard'), 200)</script>",
    );
    s.load(a, &listen);
    s.load(b, &send);
    assert_eq!(s.title(a, "heard"), "heard stored");
    s.destroy(a);
    s.destroy(b);
}
