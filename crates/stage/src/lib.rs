//! A stage for real apps: a display of its own, and the `conch` binary with an app on it, watched
//! by what it prints. The tests, the demo and the benchmark run apps this way. Not a part of what
//! is installed.

mod display;
mod endurance;
mod performance;

pub use display::Display;
pub use endurance::{Endurance, Holding};
pub use performance::{Ended, Performance, Setting};

/// Something did not happen. A sentence for a person.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StageError(String);
