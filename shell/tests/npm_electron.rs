//! `npm/electron` in the place of Electron: installed by npm, started as apps start it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Display, Setting, Sockets, root, test_app};

const BINARY: &str = env!("CARGO_BIN_EXE_conch");

/// Copies the app into `folder` and installs the package as its `electron`.
fn install(folder: &Path) -> PathBuf {
    let app = folder.join("app");
    std::fs::create_dir(&app).unwrap();
    for entry in std::fs::read_dir(test_app("npm-electron")).unwrap().flatten() {
        std::fs::copy(entry.path(), app.join(entry.file_name())).unwrap();
    }
    npm(&app, &["pkg", "set", &format!("devDependencies.electron=file:{}", package().display())]);
    npm(&app, &["install", "--offline", "--no-audit", "--no-fund", "--silent"]);
    // A package that asks for `electron` itself.
    let nested = app.join("node_modules/nested");
    std::fs::create_dir(&nested).unwrap();
    std::fs::write(nested.join("index.js"), "module.exports = require('electron')").unwrap();
    app
}

fn package() -> PathBuf {
    root().join("npm/electron")
}

fn npm(folder: &Path, arguments: &[&str]) {
    let output = Command::new("npm").args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "npm {arguments:?}: {output:?}");
}

fn run(program: &str, app: &Path, sockets: &Sockets, display: &Display) -> Setting {
    let setting = Setting::new(Path::new(program)).on(display).within(app);
    setting.env("XDG_RUNTIME_DIR", &sockets.0).env("CONCH_BINARY", BINARY)
}

#[test]
fn apps_start_by_the_electron_command_of_npm() {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let app = install(&sockets.0);
    let electron = |arguments: &[&str]| {
        let npx = run("npx", &app, &sockets, &display).arg("--no-install").arg("electron");
        let setting = arguments.iter().fold(npx, |setting, argument| setting.arg(argument));
        setting.start().unwrap()
    };

    let ended = electron(&[".", "exit", "--flag"]).ended().unwrap();
    let version = electron(&["--version"]).ended().unwrap().output;
    let expected = [
        "arguments: exit,--flag",
        "installed: true",
        &format!("version: {}", version[0]),
        "nested: true",
        "title: A window",
    ];
    assert_eq!(ended.output, expected, "{}", ended.errors);
    assert_eq!(ended.code, Some(7));
    assert_eq!(electron(&["-v"]).ended().unwrap().output, version);
    assert_eq!(electron(&["nowhere"]).ended().unwrap().code, Some(1));

    let script = run("npm", &app, &sockets, &display).arg("start").arg("exit").start().unwrap();
    let ended = script.ended().unwrap();
    assert!(ended.output.contains(&"arguments: from,a,script,exit".into()), "{ended:?}");
    assert_eq!(ended.code, Some(7));
}

#[test]
fn scripts_spawn_what_requiring_electron_gives() {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let app = install(&sockets.0);
    let ended =
        run("node", &app, &sockets, &display).arg("start.js").start().unwrap().ended().unwrap();
    assert_eq!(ended.output.first(), Some(&format!("electron: {BINARY}")));
    assert_eq!(ended.output.last(), Some(&"title: A window".to_owned()), "{}", ended.errors);
    assert_eq!(ended.code, Some(7));
}

#[test]
fn signals_pass_both_ways() {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let app = install(&sockets.0);
    let command = "node_modules/.bin/electron";
    let mut running = run(command, &app, &sockets, &display).arg(".").start().unwrap();
    running.expect("title: A window").unwrap_or_else(|e| panic!("{e}"));
    running.signal("TERM");
    let ended = running.ended().unwrap();
    assert_eq!(
        (ended.output.as_slice(), ended.code),
        (["before-quit".to_owned()].as_slice(), Some(0))
    );

    let ended = run(command, &app, &sockets, &display)
        .arg(".")
        .arg("die")
        .start()
        .unwrap()
        .ended()
        .unwrap();
    assert_eq!(ended.code, None, "{ended:?}");
}
