//! `cargo xtask demo`.

use std::path::{Path, PathBuf};
use std::process::Command;

use conch_stage::{Display, Setting};

use crate::packages::{self, Need};
use crate::{Failure, commands, examples, say};

pub(crate) fn run(yes: bool, headless: bool, screenshot: Option<PathBuf>) -> Result<(), Failure> {
    let seen = has_display();
    if !seen && !headless && screenshot.is_none() {
        return Err(Failure::new(
            "there is no display to open a window on. `cargo xtask demo --headless` runs every \
             example on a display of its own and prints a line for each",
        ));
    }
    let need = match (&screenshot, headless || !seen) {
        (Some(_), _) => Need::Picture,
        (None, true) => Need::Headless,
        (None, false) => Need::Build,
    };
    packages::ensure(need, yes)?;
    commands::cargo(&["build"])?;
    let conch = commands::conch("debug");
    match (headless, screenshot) {
        (true, _) => run_all(&conch),
        (false, Some(file)) => save_screenshot(&conch, &file),
        (false, None) => launch(&conch, Command::new(&conch)),
    }
}

fn launch(conch: &Path, mut command: Command) -> Result<(), Failure> {
    let status = command
        .arg(commands::root().join("renderer-assets/launcher"))
        .status()
        .map_err(|e| Failure::new(format!("{} cannot be started: {e}", conch.display())))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("the launcher ended: {status}")))
    }
}

fn run_all(conch: &Path) -> Result<(), Failure> {
    let display = Display::start()?;
    let mut failed = 0;
    let all = examples::all()?;
    for example in &all {
        match example.check(conch, &display) {
            Ok(()) => say(format!("ok      {}", example.name)),
            Err(why) => {
                failed += 1;
                say(format!("FAILED  {}: {why}", example.name));
            }
        }
    }
    say(format!("{} examples ran, {failed} failed", all.len()));
    if failed == 0 { Ok(()) } else { Err(Failure::new(format!("{failed} examples failed"))) }
}

/// Shows the launcher on a display of its own and saves what is on it.
fn save_screenshot(conch: &Path, file: &Path) -> Result<(), Failure> {
    let file = std::path::absolute(file).map_err(|e| Failure::new(e.to_string()))?;
    let display = Display::start()?;
    let launcher = commands::root().join("renderer-assets/launcher");
    let mut launcher = Setting::new(conch).on(&display).arg(launcher).start()?;
    launcher.expect("launcher painted")?;
    let name = file.to_string_lossy();
    commands::run("import", &["-display", display.name(), "-window", "root", &name])?;
    say(format!("saved {}", file.display()));
    Ok(())
}

/// Whether a person could see a window.
fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|v| std::env::var_os(v).is_some_and(|d| !d.is_empty()))
}
