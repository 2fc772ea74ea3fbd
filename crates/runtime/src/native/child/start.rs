//! Starting a process with any set of descriptors.
#![allow(unsafe_code)]

use rustix::io::fcntl_dupfd_cloexec;
use rustix::net::{AddressFamily, SocketFlags, SocketType, socketpair};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::os::unix::process::CommandExt;
use std::process::Stdio;
use tokio::process::{Child, Command};

/// What to start.
pub(super) struct Plan {
    pub(super) file: String,
    pub(super) args: Vec<String>,
    pub(super) argv0: Option<String>,
    pub(super) cwd: Option<String>,
    /// The whole environment; None for this process's.
    pub(super) env: Option<Vec<(String, String)>>,
    /// What the child has as descriptors 0, 1, 2, ...
    pub(super) stdio: Vec<Source>,
    pub(super) detached: bool,
    pub(super) uid: Option<u32>,
    pub(super) gid: Option<u32>,
}

/// Where one of the child's descriptors comes from.
pub(super) enum Source {
    /// /dev/null for the first three; the others are not there.
    Ignore,
    Pipe,
    Descriptor(OwnedFd),
}

/// A child that runs, and this process's ends of its pipes by the child's number.
pub(super) struct Started {
    pub(super) child: Child,
    pub(super) pipes: Vec<Option<OwnedFd>>,
}

/// Starts it. Must be called inside a tokio runtime.
pub(super) fn start(plan: &Plan) -> io::Result<Started> {
    let mut command = std::process::Command::new(&plan.file);
    command.args(&plan.args);
    if let Some(argv0) = &plan.argv0 {
        command.arg0(argv0);
    }
    if let Some(cwd) = &plan.cwd {
        command.current_dir(cwd);
    }
    if let Some(env) = &plan.env {
        command.env_clear().envs(env.iter().map(|(name, value)| (name, value)));
    }
    if let Some(uid) = plan.uid {
        command.uid(uid);
    }
    if let Some(gid) = plan.gid {
        command.gid(gid);
    }

    let mut pipes = Vec::new();
    let (mut standard, mut extra) = (Vec::new(), Vec::new());
    for (number, source) in plan.stdio.iter().enumerate() {
        let (ours, child) = ends(number, source)?;
        pipes.push(ours);
        if number < 3 {
            standard.push(child.map_or_else(Stdio::null, Stdio::from));
        } else if let Some(child) = child {
            extra.push((number as RawFd, child));
        }
    }
    // The first three are never closed: what a child opens would be taken for them.
    let mut standard = standard.into_iter();
    let mut next = || standard.next().unwrap_or_else(Stdio::null);
    command.stdin(next()).stdout(next()).stderr(next());
    let reserved = extend(&mut command, extra, plan.detached)?;
    let child = Command::from(command).spawn()?;
    drop(reserved);
    Ok(Started { child, pipes })
}

/// This process's end and the child's, of the child's descriptor of this number.
fn ends(number: usize, source: &Source) -> io::Result<(Option<OwnedFd>, Option<OwnedFd>)> {
    Ok(match (source, number) {
        (Source::Ignore, _) => (None, None),
        (Source::Descriptor(given), _) => (None, Some(given.try_clone()?)),
        (Source::Pipe, 0) => {
            let (read, write) = io::pipe()?;
            (Some(write.into()), Some(read.into()))
        }
        (Source::Pipe, 1 | 2) => {
            let (read, write) = io::pipe()?;
            (Some(read.into()), Some(write.into()))
        }
        // Any other goes both ways.
        (Source::Pipe, _) => {
            let (kind, flags) = (SocketType::STREAM, SocketFlags::CLOEXEC);
            let (ours, child) = socketpair(AddressFamily::UNIX, kind, flags, None)?;
            (Some(ours), Some(child))
        }
    })
}

/// Adds what the standard library has no words for: descriptors from 3 on, and a session of its
/// own for a detached child. What it gives must live until the child was started.
fn extend(
    command: &mut std::process::Command,
    extra: Vec<(RawFd, OwnedFd)>,
    detached: bool,
) -> io::Result<Vec<OwnedFd>> {
    let past = extra.last().map_or(3, |(number, _)| number + 1);
    let mut reserved = Vec::new();
    let mut pairs = Vec::new();
    for (target, source) in extra {
        // Out of the way of the numbers that the child is to have.
        let source = fcntl_dupfd_cloexec(&source, past)?;
        // The standard library tells a failed start over a pipe of its own, which must not have
        // one of those numbers either: each that is free here is taken meanwhile.
        let place = fcntl_dupfd_cloexec(&source, target)?;
        if place.as_raw_fd() == target {
            reserved.push(place);
        }
        pairs.push((source, target));
    }
    if pairs.is_empty() && !detached {
        return Ok(reserved);
    }
    let prepare = move || {
        if detached {
            rustix::process::setsid()?;
        }
        for (source, target) in &pairs {
            // SAFETY: the call takes two numbers and no memory.
            if unsafe { libc::dup2(source.as_raw_fd(), *target) } < 0 {
                return Err(io::Error::last_os_error());
            }
        }
        Ok(())
    };
    // SAFETY: between fork and exec the closure makes system calls only; it neither allocates nor
    // locks.
    unsafe { command.pre_exec(prepare) };
    Ok(reserved)
}
