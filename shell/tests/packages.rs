//! Packages of npm that Electron apps use, as they come: each in an app that checks itself, on both
//! engines. What the embedded engine lacks it says by name, and that is checked too.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;

use support::{
    Display, Engine, Performance, Sockets, WindowManager, at_home, on_both_engines, package_app,
    root, xdotool,
};

on_both_engines! {
    a_native_addon,
    electron_context_menu,
    electron_is_dev,
    electron_log,
    electron_store,
    electron_unhandled,
    electron_window_state,
    express,
    react_built_by_vite,
    typescript_compiled_to_es_modules,
    ws,
}

/// What it says of the parts of the language that it lacks is the engine's own text.
const INTL: &str = "Intl is not defined";
const ADDONS: &str = "Native addons are not supported by Conch's embedded engine";

/// The apps that the embedded engine refuses, and why.
const REFUSED: &[(&str, &str)] = &[("classic-level", ADDONS), ("electron-context-menu", INTL)];

fn refusal(engine: Engine, app: &str) -> Option<&'static str> {
    let refused = REFUSED.iter().find(|(name, _)| *name == app && engine == Engine::Embedded);
    refused.map(|(_, why)| *why)
}

/// The app holds what it checks, or is refused.
fn runs(engine: Engine, name: &str) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let mut app = at_home(engine, &sockets, &display).arg(package_app(name)).start().unwrap();
    if let Some(why) = refusal(engine, name) {
        let refused = || app.errors().contains(why);
        assert!(eventually(refused), "{name} was not refused: {}", app.errors());
        return;
    }
    let last = app
        .expect_that("done", |line| line == "done" || line.starts_with("FAILED"))
        .unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(last, "done", "{}", app.errors());
    app.signal("TERM");
    assert_eq!(app.ended().unwrap().code, Some(0));
}

fn eventually(holds: impl Fn() -> bool) -> bool {
    (0..900).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        holds()
    })
}

fn electron_store(engine: Engine) {
    runs(engine, "electron-store");
}

fn electron_window_state(engine: Engine) {
    runs(engine, "electron-window-state");
}

fn electron_log(engine: Engine) {
    runs(engine, "electron-log");
}

fn electron_is_dev(engine: Engine) {
    runs(engine, "electron-is-dev");
}

fn express(engine: Engine) {
    runs(engine, "express");
}

fn ws(engine: Engine) {
    runs(engine, "ws");
}

fn a_native_addon(engine: Engine) {
    runs(engine, "classic-level");
}

fn typescript_compiled_to_es_modules(engine: Engine) {
    runs(engine, "typescript");
}

fn react_built_by_vite(engine: Engine) {
    runs(engine, "vite-react");
}

fn electron_unhandled(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let _manager = WindowManager::start(&display);
    let app = package_app("electron-unhandled");
    let mut app = at_home(engine, &sockets, &display).arg(app).start().unwrap();
    // The second button of the first dialog is "Copy error", the first of the others "OK".
    for (error, keys) in [
        ("nobody caught this", "key --clearmodifiers Tab key --clearmodifiers Return"),
        ("nor this", "key --clearmodifiers Return"),
        ("by hand", "key --clearmodifiers Return"),
    ] {
        app.expect(&format!("logged {error}")).unwrap_or_else(|e| panic!("{e}"));
        // A dialog without a title has the app's name.
        let dialog = "search --sync --onlyvisible --name ^with-electron-unhandled$";
        xdotool(&display, &format!("{dialog} windowfocus --sync {keys}"));
    }
    let last = app.expect_that("done", |line| line == "done" || line.starts_with("FAILED"));
    assert_eq!(last.unwrap_or_else(|e| panic!("{e}")), "done", "{}", app.errors());
}

fn electron_context_menu(engine: Engine) {
    if refusal(engine, "electron-context-menu").is_some() {
        return runs(engine, "electron-context-menu");
    }
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let _manager = WindowManager::start(&display);
    let app = package_app("electron-context-menu");
    let mut app = at_home(engine, &sockets, &display).arg(app).start().unwrap();
    app.expect("ready").unwrap_or_else(|e| panic!("{e}"));
    xdotool(&display, "search --sync --onlyvisible --name ^Context$ windowfocus --sync");

    // Over marked text in a field: ours, cut, copy, paste, select all.
    choose(&mut app, &display, "100 100", 3, "copied words");
    // Over a link: ours, select all, copy link.
    choose(&mut app, &display, "100 150", 1, "ours at none https://link.test/");
    choose(&mut app, &display, "100 150", 3, "copied https://link.test/");
}

/// Asks for a menu there, chooses the item with that number and waits for the line it leads to.
fn choose(app: &mut Performance, display: &Display, place: &str, item: usize, line: &str) {
    let wait = |app: &mut Performance, line: &str| {
        app.expect(line).unwrap_or_else(|e| panic!("{e}"));
    };
    xdotool(display, &format!("mousemove {place} click 3"));
    wait(app, "on the screen");
    let downs = "key --clearmodifiers Down ".repeat(item);
    xdotool(display, &format!("{downs}key --clearmodifiers Return"));
    wait(app, line);
    xdotool(display, "mousemove 390 290");
}

/// docs/packages.md is for people; it must say what these tests show.
#[test]
fn the_table_of_packages_is_true() {
    let table = std::fs::read_to_string(root().join("docs/packages.md")).unwrap();
    let rows: BTreeMap<&str, Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            (cells[0].trim_matches('`'), cells)
        })
        .collect();
    let lock = std::fs::read_to_string(package_app("package-lock.json")).unwrap();
    let lock: serde_json::Value = serde_json::from_str(&lock).unwrap();
    let manifest = std::fs::read_to_string(package_app("package.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let used = manifest["dependencies"].as_object().unwrap().keys();
    for package in used.map(String::as_str).chain(["typescript", "vite"]) {
        let cells = rows.get(package).unwrap_or_else(|| panic!("{package} has no row"));
        let installed = &lock["packages"][format!("node_modules/{package}")]["version"];
        assert_eq!(cells[1], installed.as_str().unwrap(), "{package}");
        let embedded = if refusal(Engine::Embedded, package).is_some() { "no" } else { "yes" };
        assert_eq!((cells[2], cells[3]), (embedded, "yes"), "{package}");
    }
}

/// A lock file must not say where packages come from: that is for npm's settings to say.
#[test]
fn the_lock_file_has_no_addresses() {
    let lock = std::fs::read_to_string(package_app("package-lock.json")).unwrap();
    let found: Vec<&str> = lock.lines().filter(|line| line.contains("://")).collect();
    assert_eq!(found, Vec::<&str>::new());
}
