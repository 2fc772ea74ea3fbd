//! Lines for whoever started the program, on standard error. The web process has no other place
//! of its own to say something when there is no page yet or no link any more.

use std::io::Write;

/// Writes one line.
pub(crate) fn log(text: &str) {
    // Nobody is told when standard error is closed.
    let _ = writeln!(std::io::stderr(), "conch web process {}: {text}", std::process::id());
}
