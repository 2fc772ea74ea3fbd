//! Sources on WebKit's main loop.
#![allow(unsafe_code)]

use crate::ffi::glib::*;
use libc::{c_int, c_uint, c_void};
use std::os::fd::BorrowedFd;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Priority of all our sources. Higher (a lower number), a flood of messages starves painting: at
/// 0 it fell to one frame a second, at 110 it kept 60 under 230,000 messages a second.
const PRIORITY: c_int = 110;

/// What a descriptor is watched for.
#[derive(Clone, Copy)]
pub(crate) enum Interest {
    /// Something to read, or the end.
    Readable,
    /// Room to write, or the end.
    Writable,
}

/// Whether a source stays.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Call again.
    Yes,
    /// Remove the source.
    No,
}

/// Calls `callback` from the main loop each time that the descriptor is ready. The caller keeps
/// the descriptor open for as long as the callback asks to stay.
pub(crate) fn watch(fd: BorrowedFd<'_>, interest: Interest, callback: fn() -> Keep) {
    use std::os::fd::AsRawFd;
    unsafe extern "C" fn ready(_fd: c_int, _condition: c_uint, callback: *mut c_void) -> c_int {
        // SAFETY: the data is the callback given below.
        let callback = unsafe { std::mem::transmute::<*mut c_void, fn() -> Keep>(callback) };
        run(callback)
    }
    let condition = match interest {
        Interest::Readable => G_IO_IN | G_IO_ERR | G_IO_HUP,
        Interest::Writable => G_IO_OUT | G_IO_ERR | G_IO_HUP,
    };
    // SAFETY: an open descriptor; the data is a plain function's address, which needs no freeing.
    unsafe {
        let data = callback as *mut c_void;
        g_unix_fd_add_full(PRIORITY, fd.as_raw_fd(), condition, ready, data, None);
    }
}

/// Calls `callback` from the main loop once nothing more urgent is left.
pub(crate) fn idle(callback: fn() -> Keep) {
    unsafe extern "C" fn turn(callback: *mut c_void) -> c_int {
        // SAFETY: the data is the callback given below.
        let callback = unsafe { std::mem::transmute::<*mut c_void, fn() -> Keep>(callback) };
        run(callback)
    }
    // SAFETY: the data is a plain function's address, which needs no freeing.
    unsafe { g_idle_add_full(PRIORITY, turn, callback as *mut c_void, None) };
}

fn run(callback: fn() -> Keep) -> c_int {
    match catch_unwind(AssertUnwindSafe(callback)) {
        Ok(Keep::No) => G_SOURCE_REMOVE,
        // After a panic too: dropping the source would leave the page deaf for good.
        Ok(Keep::Yes) | Err(_) => G_SOURCE_CONTINUE,
    }
}
