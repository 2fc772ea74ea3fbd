//! The system packages that Conch needs, by their Debian names.

use std::io::{BufRead, IsTerminal, Write};
use std::process::{Command, Stdio};

use crate::{Failure, commands, say};

/// Needed to build and to run.
const BUILD: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev", "libgtk-3-dev"];
/// Needed to run without a display.
const HEADLESS: &[&str] = &["xvfb", "xauth"];
/// Needed to take a picture of a display.
const PICTURE: &[&str] = &["imagemagick"];
/// Needed by the tests: Node checks the value format, typescript the types; xdotool and openbox
/// are a person's hands and a window manager; `kill` is in procps.
const TEST: &[&str] = &["nodejs", "npm", "xdotool", "openbox", "procps"];

/// What a command needs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    Build,
    Headless,
    Picture,
    Test,
}

/// Installs what is missing: asks first, unless `yes` or there is nobody to ask.
pub(crate) fn ensure(need: Need, yes: bool) -> Result<(), Failure> {
    let mut wanted = BUILD.to_vec();
    for (at_least, names) in
        [(Need::Headless, HEADLESS), (Need::Picture, PICTURE), (Need::Test, TEST)]
    {
        if need >= at_least {
            wanted.extend(names);
        }
    }
    if !is_there("dpkg-query") {
        say(format!("This is no Debian; Conch needs what Debian calls: {}", wanted.join(" ")));
        return Ok(());
    }
    let missing: Vec<&str> = wanted.into_iter().filter(|name| !is_installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(format!("These packages are missing: {}", missing.join(" ")));
    if !yes && !agreed()? {
        return Err(Failure::new(format!(
            "install them yourself, then run this again: apt-get install {}",
            missing.join(" ")
        )));
    }
    let is_root =
        std::fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0);
    let apt = |arguments: &[&str]| {
        if is_root {
            commands::run("apt-get", arguments)
        } else {
            commands::run("sudo", &[&["apt-get"], arguments].concat())
        }
    };
    apt(&["update", "-q"])?;
    apt(&[&["install", "-q", "-y", "--no-install-recommends"], missing.as_slice()].concat())
}

fn agreed() -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        return Ok(true);
    }
    let _ = write!(std::io::stdout(), "Install them now? [Y/n] ");
    let _ = std::io::stdout().flush();
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|e| Failure::new(e.to_string()))?;
    Ok(matches!(line.trim(), "" | "y" | "Y" | "yes"))
}

/// Whether a program is on the path.
pub(crate) fn is_there(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    })
}

fn is_installed(package: &str) -> bool {
    // Node is often there without Debian's package.
    if package == "nodejs" && is_there("node") || package == "npm" && is_there("npm") {
        return true;
    }
    let output = Command::new("dpkg-query")
        .args(["-W", "-f=${Status}", package])
        .stderr(Stdio::null())
        .output();
    output.is_ok_and(|o| o.stdout.starts_with(b"install ok installed"))
}
