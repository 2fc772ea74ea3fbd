//! Node as a child process, with its three ends of pipes.
#![allow(unsafe_code)]

use std::ffi::OsString;
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

use conch_runtime::electron::AppInfo;
use rustix::io::FdFlags;
use rustix::pipe::PipeFlags;
use rustix::process::Signal;
use serde_json::json;
use tokio::net::unix::pipe;
use tokio::process::{Child, Command};

use crate::{NodeError, files};

/// Room in the pipes, in bytes: a large message should not cross in small steps.
const PIPE_SIZE: usize = 1 << 20;

/// How Node is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program.
    pub program: PathBuf,
    /// Node's own options, such as `--inspect`.
    pub options: Vec<OsString>,
    /// A private folder for the files that Node reads at its start.
    pub private: PathBuf,
    /// The app's main script, absolute.
    pub main: PathBuf,
    /// process.argv.
    pub argv: Vec<String>,
    /// The app.
    pub info: AppInfo,
    /// What process.versions has beside Node's own.
    pub versions: Vec<(String, String)>,
}

/// A Node that was started, and the shell's ends of its pipes.
pub(crate) struct Started {
    pub(crate) child: Child,
    /// What happens goes there.
    pub(crate) events: OwnedFd,
    /// Its requests.
    pub(crate) requests: pipe::Receiver,
    /// Their answers.
    pub(crate) answers: pipe::Sender,
}

/// Starts Node. It ends with this thread at the latest, whatever it is doing.
pub(crate) fn start(options: &Options) -> Result<Started, NodeError> {
    let (events, its_events) = UnixStream::pair()?;
    let (requests, its_requests) = pipe_pair()?;
    let (its_answers, answers) = pipe_pair()?;
    // They keep their numbers in the child: nothing of it can be in their way.
    let inherited = [OwnedFd::from(its_events), its_requests, its_answers];
    let numbers = inherited.each_ref().map(AsRawFd::as_raw_fd);
    let start = files::write(&options.private, &config(options, numbers))?;

    let mut command = Command::new(&options.program);
    // Rejections warn, as in Electron (semantics 138), unless the app's author says otherwise.
    command.arg("--unhandled-rejections=warn").args(&options.options);
    command.arg("--require").arg(start).arg(&options.main);
    command.kill_on_drop(true);
    let shell = rustix::process::getpid();
    // SAFETY: between fork and exec the closure makes system calls only; it takes no lock and
    // allocates nothing.
    unsafe {
        command.pre_exec(move || {
            for end in &inherited {
                rustix::io::fcntl_setfd(end.as_fd(), FdFlags::empty())?;
            }
            rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
            // The shell may have died before that took effect; nobody would hear of an error.
            if rustix::process::getppid() != Some(shell) {
                libc::_exit(1);
            }
            Ok(())
        });
    }
    let child = command
        .spawn()
        .map_err(|source| NodeError::NotStarted { program: options.program.clone(), source })?;
    Ok(Started {
        child,
        events: OwnedFd::from(events),
        requests: pipe::Receiver::from_owned_fd(requests)?,
        answers: pipe::Sender::from_owned_fd(answers)?,
    })
}

fn pipe_pair() -> io::Result<(OwnedFd, OwnedFd)> {
    let (read, write) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC)?;
    // A user's pipes may be limited to less; then they are smaller.
    let _ = rustix::pipe::fcntl_setpipe_size(&write, PIPE_SIZE);
    Ok((read, write))
}

fn config(options: &Options, [events, requests, answers]: [i32; 3]) -> serde_json::Value {
    let versions: serde_json::Map<_, _> = options
        .versions
        .iter()
        .map(|(name, version)| (name.clone(), version.as_str().into()))
        .collect();
    json!({
        "appInfo": options.info,
        "versions": versions,
        "main": options.main.to_string_lossy(),
        "argv": options.argv,
        "execArgv": options.options.iter().map(|o| o.to_string_lossy()).collect::<Vec<_>>(),
        "pipes": { "events": events, "requests": requests, "answers": answers },
    })
}
