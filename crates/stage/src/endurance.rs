//! Windows that are opened, wired by ports, killed and opened again: whether anything of them stays with
//! the main process.

use std::path::Path;
use std::time::Duration;

use crate::{Performance, Setting, StageError};

/// Cycles until all is there that is there once: caches, threads, libraries.
const WARM: u32 = 10;

/// How long a descriptor may stay open after what it was for. The threads of GLib and the kernel close
/// things when they come to it; what leaks never is.
const SETTLING: Duration = Duration::from_secs(60);

/// From one look to the next.
const STEP: Duration = Duration::from_millis(100);

/// What the main process has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Open file descriptors.
    pub descriptors: usize,
    /// Memory of its own: anonymous pages in RAM, in KiB.
    pub memory: u64,
}

impl Holding {
    /// What a process has now.
    ///
    /// # Errors
    /// [`StageError`] if there is no such process.
    pub fn of(pid: u32) -> Result<Holding, StageError> {
        let unreadable = |e: std::io::Error| StageError(format!("/proc/{pid} is unreadable: {e}"));
        let descriptors = std::fs::read_dir(format!("/proc/{pid}/fd")).map_err(unreadable)?.count();
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).map_err(unreadable)?;
        let memory = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:")?.trim().strip_suffix(" kB"))
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| StageError(format!("/proc/{pid}/status names no RssAnon")))?;
        Ok(Holding { descriptors, memory })
    }

    /// What it has when nothing is opened or closed any more: WebKit starts a process ahead of need when
    /// a window is gone.
    fn at_rest(pid: u32) -> Result<Holding, StageError> {
        let mut before = Holding::of(pid)?;
        let mut unchanged = Duration::ZERO;
        let mut waited = Duration::ZERO;
        while unchanged < Duration::from_secs(1) && waited < SETTLING {
            std::thread::sleep(STEP);
            let now = Holding::of(pid)?;
            let is_same = now.descriptors == before.descriptors;
            unchanged = if is_same { unchanged + STEP } else { Duration::ZERO };
            waited += STEP;
            before = now;
        }
        Ok(before)
    }
}

/// How much there may be at the end, and when to look.
#[derive(Clone, Copy, Debug)]
pub struct Endurance {
    /// Cycles in all, more than ten.
    pub cycles: u32,
    /// Cycles from one look to the next.
    pub every: u32,
    /// Descriptors at the end above those after the first ten.
    pub descriptors: usize,
    /// KiB of memory at the end above those after the first ten, if that is looked at.
    pub memory: Option<u64>,
}

impl Endurance {
    /// Runs the app `killed-and-reopened` of the shell's tests in `setting`; `folder` is where it is told
    /// to go on. Tells `said` what there is after how many cycles.
    ///
    /// # Errors
    /// [`StageError`] if the app fails, or there is more at the end than there may be.
    pub fn run(
        self,
        setting: Setting,
        app: &Path,
        folder: &Path,
        mut said: impl FnMut(u32, Holding),
    ) -> Result<(), StageError> {
        let setting = setting.arg(app).arg(self.cycles.to_string()).arg(self.every.to_string());
        let mut app = setting.arg(folder).start()?;
        let mut after_ten = None;
        for count in 1..=self.cycles {
            let line = format!("after {count}");
            let fits = |candidate: &str| candidate == line || candidate.starts_with("FAILED");
            let seen = app.expect_that(&line, fits)?;
            if seen != line {
                return Err(StageError(format!("{seen}\n{}", app.errors())));
            }
            if !(count == WARM || count % self.every == 0 || count == self.cycles) {
                continue;
            }
            let holding = match after_ten {
                Some(first) => self.settled(&app, first, count)?,
                None => *after_ten.insert(Holding::at_rest(app.pid())?),
            };
            said(count, holding);
            std::fs::write(folder.join(count.to_string()), "")
                .map_err(|e| StageError(format!("{}: {e}", folder.display())))?;
        }
        app.expect("done")
    }

    /// Waits until there is no more than there may be.
    fn settled(self, app: &Performance, first: Holding, count: u32) -> Result<Holding, StageError> {
        let mut waited = Duration::ZERO;
        loop {
            let now = Holding::of(app.pid())?;
            let memory = self.memory.is_none_or(|more| now.memory <= first.memory + more);
            if now.descriptors <= first.descriptors + self.descriptors && memory {
                return Ok(now);
            }
            if waited >= SETTLING {
                return Err(StageError(format!(
                    "after {count} cycles there is {now:?}, and there was {first:?} after {WARM}"
                )));
            }
            std::thread::sleep(STEP);
            waited += STEP;
        }
    }
}
