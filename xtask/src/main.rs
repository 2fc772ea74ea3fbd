//! `cargo xtask`: the commands that a person needs to see, test and measure Conch.

mod bench;
mod commands;
mod conformance;
mod demo;
mod dependencies;
mod examples;
mod fuzz;
mod packages;
mod soak;
mod surface;
mod test;
mod unsafe_code;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::fuzz::Until;

/// Conch's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Installs what is missing, builds, and opens the launcher with the examples
    Demo {
        /// Install missing packages without asking
        #[arg(long)]
        yes: bool,
        /// Run every example under Xvfb and print a line for each
        #[arg(long)]
        headless: bool,
        /// Save what the launcher looks like as a PNG, and end
        #[arg(long, value_name = "FILE")]
        screenshot: Option<PathBuf>,
    },
    /// Runs every test and check
    Test {
        /// Install missing packages without asking
        #[arg(long)]
        yes: bool,
    },
    /// Says how much of Electron's API is there, and whether something is gone
    Surface {
        /// Install missing packages without asking
        #[arg(long)]
        yes: bool,
        /// Name what is not there
        #[arg(long)]
        missing: bool,
        /// Take what is there now as what must stay
        #[arg(long)]
        record: bool,
    },
    /// Makes docs/compatibility.md: which facts of Electron's behaviour the tests show
    Conformance,
    /// Measures, side by side in one run
    Bench {
        /// Install missing packages without asking
        #[arg(long)]
        yes: bool,
        /// Fewer rounds
        #[arg(long)]
        quick: bool,
    },
    /// Runs the fuzz targets: those that are named, or all
    Fuzz {
        /// How long each runs
        #[arg(long, default_value_t = 30, conflicts_with = "quick",
            value_parser = clap::value_parser!(u64).range(1..))]
        seconds: u64,
        /// A few inputs for each, the same every time, as in the test run
        #[arg(long)]
        quick: bool,
        /// Names of files in fuzz/fuzz_targets
        targets: Vec<String>,
    },
    /// Checks the licences and versions of what Conch depends on, by deny.toml
    Dependencies,
    /// Lists every piece of unsafe code with its reason, and fails where there is none
    Unsafe,
    /// Runs for long what a test runs for short: fuzz targets, ports, windows that are killed
    Soak(soak::Soak),
    /// The other process of the benchmark's floor
    #[command(hide = true)]
    Echo { socket: PathBuf },
}

/// What went wrong, as a sentence for a person.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Failure(String);

impl From<conch_stage::StageError> for Failure {
    fn from(error: conch_stage::StageError) -> Failure {
        Failure(error.to_string())
    }
}

impl Failure {
    fn new(text: impl Into<String>) -> Failure {
        Failure(text.into())
    }
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Demo { yes, headless, screenshot } => demo::run(yes, headless, screenshot),
        Task::Test { yes } => test::run(yes),
        Task::Surface { yes, missing, record } => surface::run(yes, missing, record),
        Task::Conformance => conformance::run(),
        Task::Bench { yes, quick } => bench::run(yes, quick),
        Task::Fuzz { seconds, quick, targets } => {
            fuzz::run(&targets, if quick { Until::Few } else { Until::Seconds(seconds) })
        }
        Task::Dependencies => dependencies::run(),
        Task::Unsafe => unsafe_code::run(),
        Task::Soak(soak) => soak.run(),
        Task::Echo { socket } => bench::echo(&socket),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Prints a line; a closed standard output is no reason to stop.
fn say(line: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout(), "{}", line.as_ref());
}
