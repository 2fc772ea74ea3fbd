//! The few system calls that the link needs beside the standard library's.
#![allow(unsafe_code)]

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};
use std::time::Duration;

/// Writes what fits without waiting, and without the signal that a write to a closed socket
/// sends: it would end the web process with a crash report instead of an orderly exit.
///
/// # Errors
/// `WouldBlock` when nothing fits; any other error ends the link.
pub(crate) fn send(fd: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<usize> {
    let flags = libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT;
    loop {
        // SAFETY: an open socket, and pointer and length of a slice.
        let sent = unsafe { libc::send(fd.as_raw_fd(), bytes.as_ptr().cast(), bytes.len(), flags) };
        if let Ok(sent) = usize::try_from(sent) {
            return Ok(sent);
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

/// Waits until the socket has something to read or, if `or_write`, room to write.
///
/// # Errors
/// What poll(2) says, except for interruptions.
pub(crate) fn wait(fd: BorrowedFd<'_>, or_write: bool) -> io::Result<()> {
    let events = libc::POLLIN | if or_write { libc::POLLOUT } else { 0 };
    poll(fd, events, -1).map(|_| ())
}

/// Waits a while for room to write; false if there is none.
///
/// # Errors
/// As [`wait`].
pub(crate) fn wait_writable(fd: BorrowedFd<'_>, patience: Duration) -> io::Result<bool> {
    poll(fd, libc::POLLOUT, i32::try_from(patience.as_millis()).unwrap_or(i32::MAX))
}

fn poll(fd: BorrowedFd<'_>, events: i16, milliseconds: i32) -> io::Result<bool> {
    let mut entry = libc::pollfd { fd: fd.as_raw_fd(), events, revents: 0 };
    loop {
        // SAFETY: one entry, and its address.
        let ready = unsafe { libc::poll(&raw mut entry, 1, milliseconds) };
        if ready >= 0 {
            return Ok(ready > 0);
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

/// Asks for a larger buffer, so that a long message takes fewer turns of both processes. The
/// system may give less or refuse; that costs time and nothing else.
pub(crate) fn enlarge_buffer(fd: BorrowedFd<'_>, bytes: i32) {
    let (level, name) = (libc::SOL_SOCKET, libc::SO_SNDBUF);
    let length = size_of::<i32>() as libc::socklen_t;
    // SAFETY: an open socket, and the address and size of an int.
    unsafe { libc::setsockopt(fd.as_raw_fd(), level, name, (&raw const bytes).cast(), length) };
}

/// Ends the process at once, without running anything of WebKit's or ours. For when the main
/// process is gone: nobody is left who would look at what an orderly end leaves behind.
pub(crate) fn exit() -> ! {
    // SAFETY: no preconditions.
    unsafe { libc::_exit(0) }
}

/// Nanoseconds on a clock that never jumps, from an unknown start.
pub(crate) fn monotonic_nanoseconds() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a place for the result.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &raw mut time) };
    u64::try_from(time.tv_sec).unwrap_or(0) * 1_000_000_000
        + u64::try_from(time.tv_nsec).unwrap_or(0)
}
