//! Errors of the operating system as Node words them.

use crate::internals::new_error;
use rquickjs::{Ctx, Object};
use std::io;

pub(crate) use conch_system::{ERRORS, describe, errno};

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
