//! `cargo xtask test`: everything that must hold, cheapest first.

use crate::fuzz::{self, Until};
use crate::packages::{self, Need};
use crate::{Failure, commands, conformance, dependencies, surface, unsafe_code};

/// Folders with JavaScript for the type checker: one for each world that it runs in.
const TYPED: &[&str] = &[
    "preload",
    "crates/runtime/js/electron",
    "crates/runtime/js/node",
    "crates/node/js",
    "npm/electron",
];

/// Folders with a lock file of npm packages: what the tests need, and what they run.
const INSTALLED: &[&str] = &["xtask/types", "shell/tests/packages"];

/// Folders with tests that Node runs.
const NODE_TESTS: &[&str] = &[
    "preload/tests/*.test.mjs",
    "crates/runtime/js/tests/*.test.mjs",
    "crates/node/js/tests/*.test.mjs",
    "npm/electron/tests/*.test.mjs",
];

pub(crate) fn run(yes: bool) -> Result<(), Failure> {
    packages::ensure(Need::Test, yes)?;
    commands::cargo(&["fmt", "--all", "--check"])?;
    commands::cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"])?;
    conformance::check()?;
    unsafe_code::check()?;
    dependencies::run()?;
    for folder in INSTALLED {
        let quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
        commands::run("npm", &[["ci", "--prefix", folder].as_slice(), &quietly].concat())?;
    }
    // Apps in TypeScript, and pages that are put together from sources.
    commands::run("npm", &["run", "build", "--silent", "--prefix", "shell/tests/packages"])?;
    for folder in TYPED {
        commands::run("xtask/types/node_modules/.bin/tsc", &["--project", folder])?;
    }
    commands::run("sh", &["-c", &format!("node --test {}", NODE_TESTS.join(" "))])?;
    let workspace = ["--workspace", "--all-targets"];
    commands::cargo(&[&["clippy"], workspace.as_slice(), &["--", "-D", "warnings"]].concat())?;
    // The renderer's side is a library that no test links, so it has to be built by name.
    commands::cargo(&["build"])?;
    surface::check()?;
    fuzz::run(&[], Until::Few)?;
    commands::cargo(&["test", "--workspace"])
}
