//! Errors of the operating system as Node words them.

use crate::internals::new_error;
use rquickjs::{Ctx, Object};
use std::io;

/// An error such as `ENOENT: no such file or directory, open 'x'`, with code, errno, syscall,
/// path and dest.
pub(crate) fn new<'js>(
    ctx: &Ctx<'js>,
    error: &io::Error,
    syscall: &str,
    path: Option<&str>,
    destination: Option<&str>,
) -> rquickjs::Result<Object<'js>> {
    let errno = errno(error);
    let (code, text) = describe(errno);
    let mut message = format!("{code}: {text}, {syscall}");
    if let Some(path) = path {
        message.push_str(&format!(" '{path}'"));
    }
    if let Some(destination) = destination {
        message.push_str(&format!(" -> '{destination}'"));
    }
    let object = new_error(ctx, &message)?;
    object.set("errno", -errno)?;
    object.set("code", code)?;
    object.set("syscall", syscall)?;
    if let Some(path) = path {
        object.set("path", path)?;
    }
    if let Some(destination) = destination {
        object.set("dest", destination)?;
    }
    Ok(object)
}

/// An error such as `write EPIPE`, as streams and processes have them.
pub(crate) fn short<'js>(
    ctx: &Ctx<'js>,
    error: &io::Error,
    syscall: &str,
) -> rquickjs::Result<Object<'js>> {
    let errno = errno(error);
    let (code, _) = describe(errno);
    let object = new_error(ctx, &format!("{syscall} {code}"))?;
    object.set("errno", -errno)?;
    object.set("code", code)?;
    object.set("syscall", syscall)?;
    Ok(object)
}

/// Throws what [`new`] makes.
pub(crate) fn throw(
    ctx: &Ctx<'_>,
    error: &io::Error,
    syscall: &str,
    path: Option<&str>,
    destination: Option<&str>,
) -> rquickjs::Error {
    match new(ctx, error, syscall, path, destination) {
        Ok(object) => ctx.throw(object.into_value()),
        Err(error) => error,
    }
}

/// The number of an error, also of one that the standard library made.
pub(crate) fn errno(error: &io::Error) -> i32 {
    // The standard library makes errors of its own for what it checks before it calls.
    error.raw_os_error().unwrap_or(match error.kind() {
        io::ErrorKind::NotFound => 2,
        io::ErrorKind::PermissionDenied => 13,
        io::ErrorKind::AlreadyExists => 17,
        io::ErrorKind::InvalidInput => 22,
        _ => 5,
    })
}

/// The name of an errno on Linux and libuv's words for it.
pub(crate) fn describe(errno: i32) -> (&'static str, &'static str) {
    let found = ERRORS.iter().find(|entry| entry.0 == errno);
    found.map_or(("UNKNOWN", "unknown error"), |entry| (entry.1, entry.2))
}

/// Every errno that a file or process call gives on Linux.
pub(crate) const ERRORS: &[(i32, &str, &str)] = &[
    (1, "EPERM", "operation not permitted"),
    (2, "ENOENT", "no such file or directory"),
    (3, "ESRCH", "no such process"),
    (4, "EINTR", "interrupted system call"),
    (5, "EIO", "i/o error"),
    (6, "ENXIO", "no such device or address"),
    (7, "E2BIG", "argument list too long"),
    (9, "EBADF", "bad file descriptor"),
    (11, "EAGAIN", "resource temporarily unavailable"),
    (12, "ENOMEM", "not enough memory"),
    (13, "EACCES", "permission denied"),
    (14, "EFAULT", "bad address in system call argument"),
    (16, "EBUSY", "resource busy or locked"),
    (17, "EEXIST", "file already exists"),
    (18, "EXDEV", "cross-device link not permitted"),
    (19, "ENODEV", "no such device"),
    (20, "ENOTDIR", "not a directory"),
    (21, "EISDIR", "illegal operation on a directory"),
    (22, "EINVAL", "invalid argument"),
    (23, "ENFILE", "file table overflow"),
    (24, "EMFILE", "too many open files"),
    (25, "ENOTTY", "inappropriate ioctl for device"),
    (26, "ETXTBSY", "text file is busy"),
    (27, "EFBIG", "file too large"),
    (28, "ENOSPC", "no space left on device"),
    (29, "ESPIPE", "invalid seek"),
    (30, "EROFS", "read-only file system"),
    (31, "EMLINK", "too many links"),
    (32, "EPIPE", "broken pipe"),
    (34, "ERANGE", "result too large"),
    (36, "ENAMETOOLONG", "name too long"),
    (38, "ENOSYS", "function not implemented"),
    (39, "ENOTEMPTY", "directory not empty"),
    (40, "ELOOP", "too many symbolic links encountered"),
    (71, "EPROTO", "protocol error"),
    (75, "EOVERFLOW", "value too large for defined data type"),
    (84, "EILSEQ", "illegal byte sequence"),
    (95, "ENOTSUP", "operation not supported on socket"),
    (98, "EADDRINUSE", "address already in use"),
    (104, "ECONNRESET", "connection reset by peer"),
    (105, "ENOBUFS", "no buffer space available"),
    (110, "ETIMEDOUT", "connection timed out"),
    (111, "ECONNREFUSED", "connection refused"),
];
