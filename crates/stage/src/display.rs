//! A display of our own, where there is none.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::StageError;

/// A running Xvfb, ended when dropped.
#[derive(Debug)]
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts Xvfb on a number that is free.
    ///
    /// # Errors
    /// [`StageError`] if it is not installed or does not start.
    pub fn start() -> Result<Display, StageError> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| StageError(format!("Xvfb cannot be started: {e}")))?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            // Xvfb writes its number once it listens; the end of its output means that it died.
            let _ = BufReader::new(output).read_line(&mut number);
        }
        let display = Display { server, name: format!(":{}", number.trim()) };
        if display.name == ":" {
            return Err(StageError("Xvfb did not start".into()));
        }
        Ok(display)
    }

    /// What DISPLAY is to be.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
