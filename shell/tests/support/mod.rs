//! What the end-to-end tests share: the real binary, real windows, apps of the repository.

#![allow(dead_code, unused_imports, unused_macros, reason = "each test program uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command};

pub(crate) use conch_stage::{Display, Ended, Endurance, Performance, Setting};

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// An app that belongs to the tests.
pub(crate) fn test_app(name: &str) -> PathBuf {
    root().join("shell/tests/apps").join(name)
}

/// An app that uses packages of npm, which `cargo xtask test` installs.
pub(crate) fn package_app(name: &str) -> PathBuf {
    let packages = root().join("shell/tests/packages");
    for made in ["node_modules", "typescript/dist", "vite-react/dist"] {
        let there = packages.join(made).is_dir();
        assert!(there, "{made} is missing in {}: run cargo xtask test", packages.display());
    }
    packages.join(name)
}

/// What runs an app's main script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Embedded,
    Node,
}

/// Makes each function a test on each engine: `embedded::name` and `node::name`.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod embedded {
            $(#[test] fn $name() { super::$name($crate::support::Engine::Embedded) })*
        }
        mod node {
            $(#[test] fn $name() { super::$name($crate::support::Engine::Node) })*
        }
    };
}
pub(crate) use on_both_engines;

/// The binary under test on this engine, with sockets in a folder of this test's own.
pub(crate) fn conch(engine: Engine, sockets: &Sockets) -> Setting {
    undecided(sockets).arg(match engine {
        Engine::Embedded => "--embedded",
        Engine::Node => "--node",
    })
}

/// The same without a word on the engine.
pub(crate) fn undecided(sockets: &Sockets) -> Setting {
    let binary = Path::new(env!("CARGO_BIN_EXE_conch"));
    for library in ["libconch_windows.so", "libconch_webprocess.so"] {
        assert!(binary.with_file_name(library).exists(), "build {library} first: cargo build");
    }
    Setting::new(binary).env("XDG_RUNTIME_DIR", &sockets.0)
}

/// The binary on a display, with a home of the test's own in the folder of its sockets.
pub(crate) fn at_home(engine: Engine, sockets: &Sockets, display: &Display) -> Setting {
    let home = sockets.0.join("home");
    std::fs::create_dir_all(home.join(".local/share/applications")).unwrap();
    let mut setting = conch(engine, sockets).on(display).env("HOME", &home);
    for (name, below) in [("DATA", ".local/share"), ("CONFIG", ".config"), ("CACHE", ".cache")] {
        setting = setting.env(&format!("XDG_{name}_HOME"), home.join(below));
    }
    setting
}

/// Window managers answer `maximize` and its like; Xvfb alone does not. Ends when dropped.
pub(crate) struct WindowManager(Child);

impl WindowManager {
    pub(crate) fn start(display: &Display) -> WindowManager {
        WindowManager(Command::new("openbox").env("DISPLAY", display.name()).spawn().unwrap())
    }
}

impl Drop for WindowManager {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The hands of a person: runs xdotool with these arguments. It fails where a window manager is
/// just taking a new window over, and is tried again.
pub(crate) fn xdotool(display: &Display, arguments: &str) {
    let run = || {
        // A window that never comes must not hold up the tests for ever.
        let mut xdotool = Command::new("timeout");
        xdotool.args(["90", "xdotool"]).args(arguments.split(' ')).env("DISPLAY", display.name());
        xdotool.output().unwrap()
    };
    let mut outcome = run();
    for _ in 0..20 {
        if outcome.status.success() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
        outcome = run();
    }
    panic!("xdotool {arguments}: {outcome:?}");
}

/// A runtime directory for one test, removed with it.
pub(crate) struct Sockets(pub(crate) PathBuf);

impl Sockets {
    pub(crate) fn new() -> Sockets {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("conch-test-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Sockets(path)
    }

    /// What is left in it: folders of running processes.
    pub(crate) fn left(&self) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.0.join("conch")) else { return vec![] };
        entries.flatten().map(|entry| entry.path()).collect()
    }
}

impl Drop for Sockets {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a test app that checks itself: it prints `ok` for each check that holds, and `done`.
/// What does not hold it prints as `FAILED ...`.
pub(crate) fn self_checking(engine: Engine, name: &str) {
    checks_itself(engine, &test_app(name));
}

/// [`self_checking`] for an app anywhere.
pub(crate) fn checks_itself(engine: Engine, app: &Path) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let mut app = conch(engine, &sockets).on(&display).arg(app).start().unwrap();
    let last = app
        .expect_that("done", |line| line == "done" || line.starts_with("FAILED"))
        .unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(last, "done", "{}", app.errors());
    app.signal("TERM");
    let ended = app.ended().unwrap();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(sockets.left(), Vec::<PathBuf>::new());
}

/// Waits until something holds; `what` is said if it does not.
pub(crate) fn eventually(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..600 {
        if holds() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{what}");
}
