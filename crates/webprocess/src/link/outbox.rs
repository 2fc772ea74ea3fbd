//! What could not be written yet.

use crate::socket;
use std::fmt;
use std::io;
use std::os::fd::BorrowedFd;
use std::time::Duration;

/// Most bytes that may wait. A page that sends faster than the main process reads gets an error
/// then, instead of taking all memory.
const LIMIT: usize = 256 << 20;

/// A message longer than this is worth a short wait where it does not fit at once: the main process
/// is most likely reading it, and what is not sent now has to be copied.
const LONG: usize = 64 << 10;

/// How long one wait for room may take.
const PATIENCE: Duration = Duration::from_millis(1);

/// An emptied buffer larger than this is given back.
const KEPT_CAPACITY: usize = 1 << 20;

/// The pipe has no room for another message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the pipe to the main process is full")
    }
}

/// The unsent bytes of messages, in order.
pub(crate) struct Outbox {
    bytes: Vec<u8>,
    sent: usize,
}

impl Outbox {
    pub(crate) fn new() -> Outbox {
        Outbox { bytes: Vec::new(), sent: 0 }
    }

    /// Bytes that wait.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len() - self.sent
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes a message behind what waits, and keeps what does not fit. A message of any legal
    /// length is taken while nothing waits.
    ///
    /// # Errors
    /// Outside: the link is broken. Inside: [`Full`], and nothing of the message was taken.
    pub(crate) fn push(
        &mut self,
        fd: BorrowedFd<'_>,
        message: &[u8],
    ) -> io::Result<Result<(), Full>> {
        let mut written = 0;
        if self.is_empty() {
            written = write(fd, message)?;
            while message.len() > LONG
                && written < message.len()
                && socket::wait_writable(fd, PATIENCE)?
            {
                written += write(fd, message.get(written..).unwrap_or_default())?;
            }
        } else if self.len() + message.len() > LIMIT {
            return Ok(Err(Full));
        }
        self.bytes.extend_from_slice(message.get(written..).unwrap_or_default());
        Ok(Ok(()))
    }

    /// Writes what fits; true if nothing waits any more.
    ///
    /// # Errors
    /// The link is broken.
    pub(crate) fn flush(&mut self, fd: BorrowedFd<'_>) -> io::Result<bool> {
        self.sent += write(fd, self.bytes.get(self.sent..).unwrap_or_default())?;
        if self.is_empty() {
            self.bytes.clear();
            self.bytes.shrink_to(KEPT_CAPACITY);
            self.sent = 0;
        } else if self.sent > self.bytes.len() / 2 {
            self.bytes.drain(..self.sent);
            self.sent = 0;
        }
        Ok(self.is_empty())
    }
}

/// Writes until everything is written or nothing fits any more; how much that was.
fn write(fd: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<usize> {
    let mut rest = bytes;
    while !rest.is_empty() {
        match socket::send(fd, rest) {
            Ok(written) => rest = rest.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) => return Err(error),
        }
    }
    Ok(bytes.len() - rest.len())
}
