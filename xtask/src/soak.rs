//! `cargo xtask soak`: what takes longer than a test run may. Fuzz targets for as many minutes as are
//! given, the ports' router in large worlds, and windows that are killed and opened again.

use conch_stage::{Display, Endurance, Setting};

use crate::fuzz::{self, TARGETS, Until};
use crate::packages::{self, Need};
use crate::{Failure, commands, say};

/// Descriptors that there may be more at the end than after the first ten windows: a web process that
/// WebKit starts ahead of need has six.
const DESCRIPTORS: usize = 10;
/// The same for memory, in KiB for each cycle of two windows: WebKitGTK never gives back the text widgets
/// that each of its views has for key bindings, some 20 KiB.
const MEMORY: u64 = 64;

/// How long, and how much of each.
#[derive(clap::Args)]
pub(crate) struct Soak {
    /// Minutes for the fuzz targets, which share them
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    minutes: u64,
    /// Steps of the ports' router
    #[arg(long, default_value_t = 10_000_000)]
    steps: u64,
    /// How often windows are opened and killed, on each engine
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(11..))]
    cycles: u32,
    /// Install missing packages without asking
    #[arg(long)]
    yes: bool,
}

impl Soak {
    /// All of it. What is found does not keep the rest from running.
    pub(crate) fn run(&self) -> Result<(), Failure> {
        packages::ensure(Need::Test, self.yes)?;
        let parts = [self.ports(), self.windows(), self.targets()];
        let failures: Vec<String> =
            parts.into_iter().filter_map(Result::err).map(|failure| failure.to_string()).collect();
        if failures.is_empty() { Ok(()) } else { Err(Failure::new(failures.join("\n"))) }
    }

    /// The ports' router: every state of small worlds, then steps by chance in large ones.
    fn ports(&self) -> Result<(), Failure> {
        let mut cargo = commands::cargo_command();
        cargo.current_dir(commands::root());
        cargo.args(["test", "--release", "--package", "conch-ports", "--lib", "--"]);
        cargo.args(["--include-ignored", "--nocapture", "tests::explore", "tests::chance"]);
        cargo.env("CONCH_SOAK_STEPS", self.steps.to_string());
        commands::finish(cargo)
    }

    /// Windows on both engines: what the main process has in the end.
    fn windows(&self) -> Result<(), Failure> {
        commands::cargo(&["build"])?;
        for engine in ["--embedded", "--node"] {
            let folder = std::env::temp_dir().join(format!("conch-soak-{}", std::process::id()));
            let made = |e: std::io::Error| Failure::new(format!("{}: {e}", folder.display()));
            std::fs::create_dir_all(&folder).map_err(made)?;
            let outcome = self.endure(engine, &folder);
            let _ = std::fs::remove_dir_all(&folder);
            outcome?;
        }
        Ok(())
    }

    fn endure(&self, engine: &str, folder: &std::path::Path) -> Result<(), Failure> {
        let display = Display::start()?;
        let setting = Setting::new(&commands::conch("debug"))
            .on(&display)
            .env("XDG_RUNTIME_DIR", folder)
            .arg(engine);
        let endurance = Endurance {
            cycles: self.cycles,
            every: self.cycles.div_ceil(10),
            descriptors: DESCRIPTORS,
            memory: Some(MEMORY * u64::from(self.cycles)),
        };
        let app = commands::root().join("shell/tests/apps/killed-and-reopened");
        endurance.run(setting, &app, folder, |count, holding| {
            let (descriptors, memory) = (holding.descriptors, holding.memory);
            say(format!("{engine}: {count} cycles, {descriptors} descriptors, {memory} KiB"));
        })?;
        Ok(())
    }

    fn targets(&self) -> Result<(), Failure> {
        let share = (self.minutes * 60).div_ceil(TARGETS.len() as u64);
        let executions = fuzz::report(TARGETS.iter(), Until::Seconds(share))?;
        say(format!("{executions} executions in all"));
        Ok(())
    }
}
