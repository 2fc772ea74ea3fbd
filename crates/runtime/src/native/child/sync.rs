//! A child that JavaScript waits for: spawnSync.

use super::start::{self, Plan, Started};
use crate::native::pipe::Stream;
use rustix::process::{Pid, Signal, kill_process};
use std::future::pending;
use std::io;
use std::os::fd::OwnedFd;
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::process::Child;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// What the child reads and how far it may go.
pub(super) struct Limits {
    /// By the child's descriptor.
    pub(super) inputs: Vec<Option<Vec<u8>>>,
    /// Milliseconds; 0 for no limit.
    pub(super) timeout: f64,
    /// What ends a child that went too far.
    pub(super) signal: i32,
    /// Bytes of output, all pipes together.
    pub(super) max_buffer: f64,
}

/// How it ended.
pub(super) struct Outcome {
    pub(super) pid: u32,
    pub(super) status: ExitStatus,
    /// What each pipe gave, by the child's descriptor; None for what is no pipe to read.
    pub(super) outputs: Vec<Option<Vec<u8>>>,
    /// ETIMEDOUT or ENOBUFS when a limit was passed.
    pub(super) errno: Option<i32>,
}

/// Runs the child to its end, on a thread of its own: this one runs JavaScript, whose loop must
/// not turn meanwhile.
pub(super) fn run(plan: Plan, limits: Limits) -> io::Result<Outcome> {
    let work = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(attend(&plan, limits))
    };
    let thread = std::thread::Builder::new().name("spawn-sync".to_owned()).spawn(work)?;
    thread.join().unwrap_or_else(|_| Err(io::Error::from_raw_os_error(5)))
}

/// What the pipes gave until now. Bounded by `max_buffer`.
struct Collected {
    outputs: Mutex<(Vec<Option<Vec<u8>>>, f64)>,
    overflow: Notify,
}

impl Collected {
    /// Adds what a pipe gave. False when that is more than `most` in all.
    fn add(&self, number: usize, bytes: &[u8], most: f64) -> bool {
        let mut guard = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
        let (outputs, total) = &mut *guard;
        *total += bytes.len() as f64;
        if let Some(Some(output)) = outputs.get_mut(number) {
            output.extend_from_slice(bytes);
        }
        if *total > most {
            self.overflow.notify_one();
        }
        *total <= most
    }
}

async fn attend(plan: &Plan, mut limits: Limits) -> io::Result<Outcome> {
    let Started { mut child, pipes } = start::start(plan)?;
    let pid = child.id().unwrap_or_default();
    let empty = pipes
        .iter()
        .enumerate()
        .map(|(number, pipe)| (number > 0 && pipe.is_some()).then(Vec::new));
    let outputs = Mutex::new((empty.collect(), 0.0));
    let collected = Arc::new(Collected { outputs, overflow: Notify::new() });
    let mut transfers = JoinSet::new();
    for (number, end) in pipes.into_iter().enumerate() {
        let Some(end) = end else { continue };
        let input = limits.inputs.get_mut(number).and_then(Option::take);
        transfers.spawn(transfer(number, end, input, limits.max_buffer, collected.clone()));
    }
    let (status, errno) = wait(&mut child, &mut transfers, &limits, &collected).await?;
    let outputs = &collected.outputs;
    let outputs = std::mem::take(&mut outputs.lock().unwrap_or_else(PoisonError::into_inner).0);
    Ok(Outcome { pid, status, outputs, errno })
}

/// Waits until the child and its pipes are at an end, or it was killed.
async fn wait(
    child: &mut Child,
    transfers: &mut JoinSet<io::Result<()>>,
    limits: &Limits,
    collected: &Collected,
) -> io::Result<(ExitStatus, Option<i32>)> {
    let pid = child.id();
    let late = async {
        if limits.timeout > 0.0 {
            tokio::time::sleep(Duration::from_secs_f64(limits.timeout / 1e3)).await;
        } else {
            pending::<()>().await;
        }
    };
    tokio::pin!(late);
    let (mut status, mut errno) = (None, None);
    loop {
        match status {
            Some(status) if transfers.is_empty() => return Ok((status, errno)),
            _ => {}
        }
        let over = tokio::select! {
            ended = child.wait(), if status.is_none() => {
                status = Some(ended?);
                continue;
            }
            // A pipe that broke has given what it had.
            _ = transfers.join_next(), if !transfers.is_empty() => continue,
            () = &mut late, if errno.is_none() => rustix::io::Errno::TIMEDOUT,
            () = collected.overflow.notified(), if errno.is_none() => rustix::io::Errno::NOBUFS,
        };
        errno = Some(over.raw_os_error());
        if status.is_none()
            && let Some(pid) = pid.and_then(|pid| Pid::from_raw(pid.cast_signed()))
        {
            let signal = Signal::from_named_raw(limits.signal).unwrap_or(Signal::TERM);
            // It is a child that was not waited for, so it is there to be killed.
            let _ = kill_process(pid, signal);
        }
        // A grandchild may hold the pipes open for long.
        transfers.shutdown().await;
    }
}

/// Writes what the child is to read and reads what it writes.
async fn transfer(
    number: usize,
    end: OwnedFd,
    input: Option<Vec<u8>>,
    most: f64,
    collected: Arc<Collected>,
) -> io::Result<()> {
    let stream = Stream::new(end)?;
    let write = async {
        if let Some(input) = input {
            // A child need not read all of it.
            let _ = stream.write_all(&input).await;
        }
        if number == 0 { Ok(()) } else { stream.shutdown() }
    };
    if number == 0 {
        // Dropping the stream closes it.
        return write.await;
    }
    let read = async {
        loop {
            let bytes = stream.read().await?;
            if bytes.is_empty() {
                return Ok(());
            }
            if !collected.add(number, &bytes, most) {
                // The pipe stays open until the child was killed: without a reader the write
                // itself would end it.
                return pending().await;
            }
        }
    };
    let (written, read) = tokio::join!(write, read);
    written.and(read)
}
