//! How a UI ends, or does not begin. Each is a process of its own: this program, playing a part.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use conch_windows::{CommandError, Ui};
use serde_json::json;

use crate::session::{self, Report};

const PART: &str = "CONCH_TEST_PART";

fn play(part: &str, change: impl FnOnce(&mut Command)) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(PART, part);
    change(&mut command);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let dir = folder(child.id());
    let output = child.wait_with_output().unwrap();
    let _ = std::fs::remove_dir_all(dir);
    output
}

fn folder(process: u32) -> PathBuf {
    std::env::temp_dir().join(format!("conch-windows-part-{process}"))
}

/// If this process was started by one of the checks below, does what that wants, and ends.
pub(crate) fn play_part_if_asked() {
    let Ok(part) = std::env::var(PART) else { return };
    let dir = folder(std::process::id());
    let ui = match Ui::new(session::options(&dir), Box::new(|_| "{}".to_owned()), |_| ()) {
        Ok(ui) => ui,
        Err(error) => {
            print!("{error}");
            std::process::exit(3);
        }
    };
    let remote = ui.remote();
    match part.as_str() {
        "quit" => {
            thread::spawn(move || {
                let window = json!({ "cmd": "createWindow", "window": 1, "contents": 1 });
                remote.call_json(&window.to_string()).unwrap();
                let load = json!({ "cmd": "load", "contents": 1, "url": "about:blank" });
                remote.call_json(&load.to_string()).unwrap();
                thread::sleep(Duration::from_millis(300));
                println!("{:?}", remote.call_json(r#"{"cmd":"quit","code":7}"#));
                thread::sleep(Duration::from_secs(600));
            });
            ui.run()
        }
        _ => {
            let waiting = remote.clone();
            let waiting = thread::spawn(move || waiting.call_json(r#"{"cmd":"displayInfo"}"#));
            thread::sleep(Duration::from_millis(200));
            drop(ui);
            assert_eq!(waiting.join().unwrap(), Err(CommandError::UiGone));
            let late = thread::spawn(move || remote.call_json(r#"{"cmd":"displayInfo"}"#));
            assert_eq!(late.join().unwrap(), Err(CommandError::UiGone));
            std::process::exit(0)
        }
    }
}

pub(crate) fn checks(report: &mut Report) {
    report.run("ending: no display is a plain error", || {
        let output = play("none", |it| {
            it.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        });
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        assert!(output.stdout.starts_with(b"Cannot open a display."), "{output:?}");
        let output = play("none", |it| {
            it.env("DISPLAY", ":987");
        });
        assert_eq!(output.status.code(), Some(3), "{output:?}");
    });
    report.run("ending: quit has the exit code", || {
        let output = play("quit", |_| ());
        assert_eq!(output.status.code(), Some(7), "{output:?}");
    });
    report.run("ending: a dropped UI is an error to its callers", || {
        let output = play("drop", |_| ());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    });
}
