//! The examples: what each shows, and what it prints when it works.

use std::path::{Path, PathBuf};

use conch_stage::{Display, Setting};

use crate::{Failure, commands};

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
    pub(crate) fn check(&self, conch: &Path, display: &Display) -> Result<(), Failure> {
        let mut app = Setting::new(conch).on(display).arg(&self.folder).start()?;
        for line in &self.expected {
            app.expect(line)?;
        }
        Ok(())
    }
}
