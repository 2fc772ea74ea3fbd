//! A display of our own, where there is none.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::Failure;

/// A running Xvfb, ended when dropped.
pub(crate) struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts Xvfb on a number that is free.
    pub(crate) fn start() -> Result<Display, Failure> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| Failure::new(format!("Xvfb cannot be started: {e}")))?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            // Xvfb writes its number once it listens; the end of its output means that it died.
            let _ = BufReader::new(output).read_line(&mut number);
        }
        let name = format!(":{}", number.trim());
        let display = Display { server, name };
        if display.name == ":" {
            return Err(Failure::new("Xvfb did not start"));
        }
        Ok(display)
    }

    /// What DISPLAY is to be.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Whether a person could see a window.
pub(crate) fn is_there() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|v| std::env::var_os(v).is_some_and(|d| !d.is_empty()))
}
