//! However the main process ends, nothing of it stays: no web process, no socket.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::{
    Display, Engine, Performance, Sockets, conch, eventually, on_both_engines, root, test_app,
};

on_both_engines! {
    a_killed_main_process_leaves_no_web_process_and_no_socket,
    an_app_without_windows_ends_by_a_signal_too,
    signals_that_ask_end_the_app_in_order,
}

/// The processes whose ancestor is `pid`.
fn descendants(pid: u32) -> Vec<u32> {
    let parent = |pid: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        stat.rsplit(") ").next()?.split(' ').nth(1)?.parse::<u32>().ok()
    };
    let all: Vec<u32> = std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    let is_descendant = |&process: &u32| {
        let mut ancestor = process;
        while let Some(next) = parent(ancestor).filter(|next| *next > 1) {
            if next == pid {
                return true;
            }
            ancestor = next;
        }
        false
    };
    all.into_iter().filter(is_descendant).collect()
}

fn is_web_process(pid: u32) -> bool {
    let command = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&command).contains("WebKitWebProcess")
}

fn running_example(engine: Engine, sockets: &Sockets, display: &Display) -> Performance {
    let folder = root().join("examples/06-page-to-page");
    let mut app = conch(engine, sockets).on(display).arg(folder).start().unwrap();
    app.expect("left: got pong").unwrap_or_else(|e| panic!("{e}"));
    app
}

fn a_killed_main_process_leaves_no_web_process_and_no_socket(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let app = running_example(engine, &sockets, &display);
    let web: Vec<u32> = descendants(app.pid()).into_iter().filter(|p| is_web_process(*p)).collect();
    assert_eq!(web.len(), 2, "each window's page has a process of its own");
    assert_eq!(sockets.left().len(), 1);
    app.signal("KILL");
    app.ended().unwrap();
    eventually("a web process outlived main", || !web.iter().any(|pid| is_web_process(*pid)));
    eventually("a socket was left behind", || sockets.left().is_empty());
}

#[test]
fn webkit_is_loaded_for_the_first_window() {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let folder = test_app("first-window");
    let mut app = conch(Engine::Embedded, &sockets).on(&display).arg(folder).start().unwrap();
    for line in ["at the first line: false", "ready: false", "with a window: true"] {
        app.expect(line).unwrap_or_else(|e| panic!("{e}"));
    }
    assert_eq!(app.ended().unwrap().code, Some(5));
}

fn an_app_without_windows_ends_by_a_signal_too(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let script = sockets.0.join("main.js");
    let main = "const { app } = require('electron')\n\
                app.whenReady().then(() => console.log('ready'))\n\
                app.on('will-quit', () => console.log('will quit'))";
    std::fs::write(&script, main).unwrap();
    let mut app = conch(engine, &sockets).on(&display).arg(script).start().unwrap();
    app.expect("ready").unwrap_or_else(|e| panic!("{e}"));
    app.signal("TERM");
    app.expect("will quit").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(app.ended().unwrap().code, Some(0));
    assert!(sockets.left().is_empty());
}

fn signals_that_ask_end_the_app_in_order(engine: Engine) {
    for signal in ["TERM", "INT", "HUP"] {
        let (sockets, display) = (Sockets::new(), Display::start().unwrap());
        let app = running_example(engine, &sockets, &display);
        app.signal(signal);
        let ended = app.ended().unwrap();
        assert_eq!(ended.code, Some(0), "{signal}: {ended:?}");
        assert!(sockets.left().is_empty());
    }
}
