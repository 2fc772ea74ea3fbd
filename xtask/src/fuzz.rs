//! `cargo xtask fuzz`: the fuzz targets under `fuzz/`, on the stable toolchain.
//!
//! Those in Rust are libFuzzer's. `cargo fuzz` runs them too where it is installed; here they are
//! built with the passes of LLVM that it asks for, which no released compiler refuses, so that
//! nothing has to be installed. Those in JavaScript are run by `fuzz/js/fuzz.mjs`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::{Failure, commands, say};

/// What has libFuzzer see which edges an input takes, and what it compares.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Something that takes any bytes, by the name of its file.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    language: Language,
    /// How many inputs take a few seconds.
    few: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Rust,
    JavaScript,
}

use Language::{JavaScript, Rust};

pub(crate) const TARGETS: &[Target] = &[
    Target { name: "wire_decode", language: Rust, few: 1_000_000 },
    Target { name: "engine_decode", language: Rust, few: 1_000_000 },
    Target { name: "clone_read", language: Rust, few: 100_000 },
    Target { name: "ports_world", language: Rust, few: 10_000 },
    Target { name: "http_parse", language: Rust, few: 200_000 },
    Target { name: "package_json", language: Rust, few: 20_000 },
    Target { name: "arguments", language: Rust, few: 30_000 },
    Target { name: "window_options", language: Rust, few: 100_000 },
    Target { name: "codec_read", language: JavaScript, few: 30_000 },
    Target { name: "wire_read", language: JavaScript, few: 50_000 },
    Target { name: "bridge_values", language: JavaScript, few: 10_000 },
    Target { name: "node_values", language: JavaScript, few: 50_000 },
];

/// Seeds beside the corpus, for those that read values: what Node writes.
const GOLDEN: &str = "crates/clone/golden";
const READ_VALUES: [&str; 2] = ["clone_read", "codec_read"];

/// How long a target runs.
#[derive(Clone, Copy)]
pub(crate) enum Until {
    /// A few inputs, which are the same every time: for the test run.
    Few,
    /// As many as so many seconds allow. What is new to the corpus is kept for the next time.
    Seconds(u64),
}

/// What a run came to.
pub(crate) struct Outcome {
    pub(crate) executions: u64,
    /// Edges of the program that some input took.
    pub(crate) edges: u64,
    /// What is wrong, and with which input.
    pub(crate) found: Option<String>,
}

/// The command: those targets, or all.
pub(crate) fn run(names: &[String], until: Until) -> Result<(), Failure> {
    if let Some(name) = names.iter().find(|name| !TARGETS.iter().any(|t| t.name == **name)) {
        let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        return Err(Failure::new(format!("{name} is none of {}", known.join(", "))));
    }
    let chosen = |target: &&Target| names.is_empty() || names.iter().any(|n| n == target.name);
    report(TARGETS.iter().filter(chosen), until).map(drop)
}

/// Builds all and runs these, a line for each. Gives the number of executions.
pub(crate) fn report<'a>(
    targets: impl Iterator<Item = &'a Target>,
    until: Until,
) -> Result<u64, Failure> {
    build()?;
    let mut executions = 0;
    let mut found = Vec::new();
    for target in targets {
        let outcome = target.run(until)?;
        executions += outcome.executions;
        let verdict = if outcome.found.is_some() { "FOUND SOMETHING" } else { "nothing found" };
        say(format!(
            "{:<14}{:>12} executions, {:>5} edges, {verdict}",
            target.name, outcome.executions, outcome.edges
        ));
        found.extend(outcome.found.map(|text| format!("{}: {text}", target.name)));
    }
    if found.is_empty() { Ok(executions) } else { Err(Failure::new(found.join("\n"))) }
}

fn folder() -> PathBuf {
    commands::root().join("fuzz")
}

/// Where what is built and what is collected goes: where `cargo fuzz` has it too.
fn built() -> PathBuf {
    folder().join("target")
}

fn build() -> Result<(), Failure> {
    let mut cargo = commands::cargo_command();
    cargo.current_dir(folder()).env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", built());
    // With a target named, the flags are not for build scripts and macros.
    cargo.args(["build", "--quiet", "--release", "--target", &commands::host()?]);
    commands::finish(cargo)
}

impl Target {
    fn run(&self, until: Until) -> Result<Outcome, Failure> {
        let kept = built().join("corpus").join(self.name);
        let artifacts = folder().join("artifacts").join(self.name);
        let corpus = folder().join("corpus").join(self.name);
        for path in [&kept, &artifacts] {
            std::fs::create_dir_all(path)
                .map_err(|e| Failure::new(format!("{} cannot be made: {e}", path.display())))?;
        }
        let mut command = match self.language {
            Rust => self.libfuzzer(until, &kept, &artifacts)?,
            JavaScript => self.script(until, &kept, &artifacts),
        };
        command.arg(corpus);
        if READ_VALUES.contains(&self.name) {
            command.arg(commands::root().join(GOLDEN));
        }
        let program = command.get_program().to_owned();
        let output = command.output().map_err(|e| {
            Failure::new(format!("{} cannot be started: {e}", program.to_string_lossy()))
        })?;
        Ok(read(&output))
    }

    fn libfuzzer(&self, until: Until, kept: &Path, artifacts: &Path) -> Result<Command, Failure> {
        let mut command =
            Command::new(built().join(commands::host()?).join("release").join(self.name));
        command.arg(format!("-artifact_prefix={}/", artifacts.display()));
        command.args(["-print_final_stats=1", "-timeout=60"]);
        match until {
            Until::Few => command.args(["-seed=1", &format!("-runs={}", self.few)]),
            // The first folder is the one that is added to.
            Until::Seconds(seconds) => command.arg(format!("-max_total_time={seconds}")).arg(kept),
        };
        Ok(command)
    }

    fn script(&self, until: Until, kept: &Path, artifacts: &Path) -> Command {
        let mut command = Command::new("node");
        command.arg(folder().join("js/fuzz.mjs")).arg(self.name);
        command.arg("--artifacts").arg(artifacts);
        match until {
            Until::Few => command.args(["--seed", "1", "--runs", &self.few.to_string()]),
            Until::Seconds(seconds) => {
                command.args(["--seconds", &seconds.to_string(), "--keep"]).arg(kept)
            }
        };
        command
    }
}

/// Reads what is said of a run, in libFuzzer's words.
fn read(output: &Output) -> Outcome {
    let text = String::from_utf8_lossy(&output.stderr);
    let after = |mark: &str| {
        let (_, rest) = text.rsplit_once(mark)?;
        rest.split_whitespace().next()?.parse().ok()
    };
    let found = (!output.status.success()).then(|| {
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(60)..].join("\n")
    });
    Outcome {
        executions: after("stat::number_of_executed_units:").unwrap_or_default(),
        edges: after("cov:").unwrap_or_default(),
        found,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::collections::BTreeSet;
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::ExitStatus;

    use super::*;

    fn outcome(code: i32, errors: &str) -> Outcome {
        let status = ExitStatus::from_raw(code << 8);
        read(&Output { status, stdout: vec![], stderr: errors.into() })
    }

    #[test]
    fn what_libfuzzer_says_is_read() {
        let text = "#2\tINITED cov: 7 ft: 8 corp: 1/1b\n#99\tDONE   cov: 12 ft: 20 corp: 3/9b\n\
            Done 99 runs in 1 second(s)\nstat::number_of_executed_units: 99\n";
        let sound = outcome(0, text);
        assert_eq!((sound.executions, sound.edges, sound.found), (99, 12, None));
        let broken = outcome(77, "thread panicked\n==1== ERROR: libFuzzer: deadly signal\n");
        assert!(broken.found.unwrap().contains("deadly signal"));
    }

    #[test]
    fn every_target_is_listed_and_has_a_corpus() {
        let mut files = BTreeSet::new();
        for targets in ["fuzz_targets", "js/targets"] {
            for entry in std::fs::read_dir(folder().join(targets)).unwrap() {
                let path = entry.unwrap().path();
                files.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
            }
        }
        let listed: BTreeSet<String> = TARGETS.iter().map(|target| target.name.into()).collect();
        assert_eq!(files, listed);
        for name in listed {
            let corpus = folder().join("corpus").join(name);
            assert!(std::fs::read_dir(&corpus).unwrap().count() > 2, "{}", corpus.display());
        }
    }
}
