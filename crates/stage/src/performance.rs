//! One run of an app.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::{Display, StageError};

/// How long anything may take before it counts as stuck. Generous, because nothing is measured
/// here: a machine may be slow, but a test must end.
const PATIENCE: Duration = Duration::from_secs(90);

/// How long output may stay open after the end of the app, because a child of it holds it.
const INHERITED: Duration = Duration::from_secs(2);

/// What an app is started with.
#[derive(Debug)]
pub struct Setting {
    command: Command,
}

impl Setting {
    /// The binary at `conch`, without a display.
    #[must_use]
    pub fn new(conch: &Path) -> Setting {
        let mut command = Command::new(conch);
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("RUST_LOG");
        Setting { command }
    }

    /// On this display.
    #[must_use]
    pub fn on(mut self, display: &Display) -> Setting {
        self.command.env("DISPLAY", display.name());
        self
    }

    /// With one more argument.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<OsString>) -> Setting {
        self.command.arg(argument.into());
        self
    }

    /// With an environment variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl Into<OsString>) -> Setting {
        self.command.env(name, value.into());
        self
    }

    /// With this as its current folder.
    #[must_use]
    pub fn within(mut self, folder: &Path) -> Setting {
        self.command.current_dir(folder);
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// [`StageError`] if the binary cannot be started.
    pub fn start(mut self) -> Result<Performance, StageError> {
        let program = PathBuf::from(self.command.get_program());
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| StageError(format!("{} cannot be started: {e}", program.display())))?;
        let (sender, lines) = channel();
        if let Some(output) = child.stdout.take() {
            std::thread::spawn(move || {
                for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
                    let line = String::from_utf8_lossy(&line).trim_end().to_owned();
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            });
        }
        let errors = Arc::new(Mutex::new(Vec::new()));
        let reader = child.stderr.take().map(|mut output| {
            let errors = Arc::clone(&errors);
            std::thread::spawn(move || {
                let mut chunk = [0; 4096];
                while let Ok(count) = output.read(&mut chunk)
                    && count > 0
                {
                    let mut all = errors.lock().unwrap_or_else(PoisonError::into_inner);
                    all.extend_from_slice(&chunk[..count]);
                }
            })
        });
        Ok(Performance { child, lines, seen: vec![], errors, reader })
    }
}

/// A running app, killed when dropped.
#[derive(Debug)]
pub struct Performance {
    child: Child,
    lines: Receiver<String>,
    seen: Vec<String>,
    errors: Arc<Mutex<Vec<u8>>>,
    /// Reads standard error until its end.
    reader: Option<JoinHandle<()>>,
}

/// How an app ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// The lines of its standard output that no expectation took.
    pub output: Vec<String>,
    /// Its standard error.
    pub errors: String,
}

impl Performance {
    /// The app's process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits for a line of standard output, passing over others.
    ///
    /// # Errors
    /// [`StageError`] if it does not come; it says what came instead.
    pub fn expect(&mut self, line: &str) -> Result<(), StageError> {
        self.expect_that(&format!("{line:?}"), |candidate| candidate == line).map(|_| ())
    }

    /// Waits for a line that `fits` and gives it; `what` names it in the error.
    ///
    /// # Errors
    /// [`StageError`] if it does not come; it says what came instead.
    pub fn expect_that(
        &mut self,
        what: &str,
        fits: impl Fn(&str) -> bool,
    ) -> Result<String, StageError> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) if fits(&line) => {
                    self.seen.clear();
                    return Ok(line);
                }
                Ok(line) => self.seen.push(line),
                Err(why) => {
                    let how = match why {
                        RecvTimeoutError::Timeout => "the app is stuck",
                        RecvTimeoutError::Disconnected => "the app ended",
                    };
                    return Err(StageError(format!(
                        "{what} was not printed: {how}\noutput since the last match: {:#?}\n\
                         errors: {}",
                        self.seen,
                        self.errors()
                    )));
                }
            }
        }
    }

    /// Everything on standard error so far.
    #[must_use]
    pub fn errors(&self) -> String {
        let all = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&all).into_owned()
    }

    /// Sends a signal, by name: `TERM`, `KILL`.
    pub fn signal(&self, name: &str) {
        let _ = Command::new("kill").args(["-s", name, &self.pid().to_string()]).status();
    }

    /// Waits until the app has ended.
    ///
    /// # Errors
    /// [`StageError`] if it does not end.
    pub fn ended(mut self) -> Result<Ended, StageError> {
        let deadline = Instant::now() + PATIENCE;
        let status: ExitStatus = loop {
            match self.child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Ok(None) => {
                    return Err(StageError(format!("the app does not end: {}", self.errors())));
                }
                Err(error) => return Err(StageError(error.to_string())),
            }
        };
        let mut output = std::mem::take(&mut self.seen);
        // The end of the process is the end of its output, unless somebody inherited it.
        while let Ok(line) = self.lines.recv_timeout(INHERITED) {
            output.push(line);
        }
        let deadline = Instant::now() + INHERITED;
        while self.reader.as_ref().is_some_and(|reader| !reader.is_finished())
            && Instant::now() < deadline
        {
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(Ended { code: status.code(), output, errors: self.errors() })
    }
}

impl Drop for Performance {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
