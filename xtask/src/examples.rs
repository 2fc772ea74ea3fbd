//! The examples: what each shows, and what it prints when it works.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::{Failure, commands};

/// How long an example may take before it counts as stuck. Generous: nothing is measured here.
const PATIENCE: Duration = Duration::from_secs(60);

/// An app under `examples/`.
pub(crate) struct Example {
    pub(crate) folder: PathBuf,
    pub(crate) name: String,
    /// Lines that it prints, in this order, perhaps with others between.
    expected: Vec<String>,
}

/// All examples, by name.
pub(crate) fn all() -> Result<Vec<Example>, Failure> {
    let folder = commands::root().join("examples");
    let fail = |e: std::io::Error| Failure::new(format!("{}: {e}", folder.display()));
    let mut found = vec![];
    for entry in std::fs::read_dir(&folder).map_err(fail)?.flatten() {
        let expected = entry.path().join("expected.txt");
        if !expected.is_file() {
            continue;
        }
        let text = std::fs::read_to_string(&expected).map_err(fail)?;
        found.push(Example {
            name: entry.file_name().to_string_lossy().into_owned(),
            folder: entry.path(),
            expected: text.lines().filter(|l| !l.is_empty()).map(str::to_owned).collect(),
        });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

impl Example {
    /// Runs the example until it printed everything that it should.
    pub(crate) fn check(&self, conch: &Path, display: &str) -> Result<(), Failure> {
        let mut app = Command::new(conch)
            .arg(&self.folder)
            .env("DISPLAY", display)
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| Failure::new(format!("{} cannot be started: {e}", conch.display())))?;
        let outcome = self.watch(&mut app);
        let _ = app.kill();
        let _ = app.wait();
        outcome
    }

    fn watch(&self, app: &mut Child) -> Result<(), Failure> {
        let output = app.stdout.take().ok_or_else(|| Failure::new("no output"))?;
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let deadline = Instant::now() + PATIENCE;
        let mut seen = vec![];
        for expected in &self.expected {
            loop {
                let left = deadline.saturating_duration_since(Instant::now());
                match lines.recv_timeout(left) {
                    Ok(line) if line.trim_end() == expected => break,
                    Ok(line) => seen.push(line),
                    Err(_) => {
                        return Err(Failure::new(format!(
                            "{expected:?} was not printed; what was: {}",
                            seen.join(" | ")
                        )));
                    }
                }
            }
            seen.clear();
        }
        Ok(())
    }
}
