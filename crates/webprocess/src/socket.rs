//! The few system calls that the link needs beside the standard library's.
#![allow(unsafe_code)]

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};

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
    let mut entry = libc::pollfd { fd: fd.as_raw_fd(), events, revents: 0 };
    loop {
        // SAFETY: one entry, and its address.
        if unsafe { libc::poll(&raw mut entry, 1, -1) } >= 0 {
            return Ok(());
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
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
