//! Running other programs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, say};

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where cargo puts what it builds.
pub(crate) fn target(profile: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| root().join("target")).join(profile)
}

/// The binary of a build.
pub(crate) fn conch(profile: &str) -> PathBuf {
    target(profile).join("conch")
}

/// Runs a program in the root of the checkout, its output going where ours goes.
pub(crate) fn run<S: AsRef<OsStr>>(program: &str, arguments: &[S]) -> Result<(), Failure> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    finish(command)
}

/// Says the command, runs it and waits for its end, its output going where ours goes.
pub(crate) fn finish(mut command: Command) -> Result<(), Failure> {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line = words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    say(format!("$ {line}"));
    let status =
        command.status().map_err(|e| Failure::new(format!("{line} cannot be started: {e}")))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("{line} failed ({status})")))
}

/// The cargo that runs this, with arguments to come.
pub(crate) fn cargo_command() -> Command {
    Command::new(cargo_path())
}

fn cargo_path() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".into())
}

/// The cargo that runs this.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: &[S]) -> Result<(), Failure> {
    run(&cargo_path(), arguments)
}

/// The triple of this machine.
pub(crate) fn host() -> Result<String, Failure> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let failed = |e: std::io::Error| Failure::new(format!("rustc cannot be started: {e}"));
    let output = Command::new(rustc).arg("-vV").output().map_err(failed)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("host: "));
    line.map(str::to_owned).ok_or_else(|| Failure::new("rustc -vV names no host"))
}
