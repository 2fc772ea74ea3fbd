//! Writing to stdout and stderr.

use super::pipe::{self, Pipe};
use super::{define, system_error};
use crate::engine;
use rquickjs::{Ctx, Object, Value};
use rustix::fs::{FileType, Mode, OFlags};
use std::io::{self, IsTerminal, Write};
use std::os::fd::OwnedFd;

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // Writes a string or a Uint8Array at once. Gives the errno of a failure, else 0.
    define!(table, "write", |fd: i32, chunk: Value<'js>| {
        let outcome = match chunk.as_string() {
            Some(text) => write(fd, text.to_string()?.as_bytes()),
            None => write(fd, &engine::copy_bytes(&chunk).unwrap_or_default()),
        };
        let errno = outcome.err().map_or(0, |error| error.raw_os_error().unwrap_or(5));
        Ok::<_, rquickjs::Error>(errno)
    });
    define!(table, "isTerminal", |fd: i32| match fd {
        0 => io::stdin().is_terminal(),
        1 => io::stdout().is_terminal(),
        _ => io::stderr().is_terminal(),
    });
    // Whether standard input is something that is always ready: a file, or /dev/null.
    define!(table, "isFile", || {
        let kind = rustix::fs::fstat(io::stdin()).map(|stat| FileType::from_raw_mode(stat.st_mode));
        match kind {
            Ok(FileType::Fifo | FileType::Socket) => false,
            Ok(_) => !io::stdin().is_terminal(),
            Err(_) => true,
        }
    });
    // Standard input as a pipe, see `pipe::object`. Throws what the system says.
    define!(table, "openInput", |ctx: Ctx<'js>| {
        match open_input().and_then(Pipe::new) {
            Ok(pipe) => pipe::object(&ctx, pipe),
            Err(error) => Err(ctx.throw(system_error::short(&ctx, &error, "open")?.into_value())),
        }
    });
    // [columns, rows] of the terminal, or undefined.
    define!(table, "windowSize", |_: Ctx<'js>, fd: i32| {
        let size = match fd {
            1 => rustix::termios::tcgetwinsize(io::stdout()),
            _ => rustix::termios::tcgetwinsize(io::stderr()),
        };
        size.ok().map(|size| vec![size.ws_col, size.ws_row])
    });
    Ok(())
}

/// Another descriptor of standard input. It is opened anew where that is possible: then that
/// reading it does not block is true for this process only, and not for its parent.
fn open_input() -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    match rustix::fs::open("/proc/self/fd/0", flags, Mode::empty()) {
        Ok(descriptor) => Ok(descriptor),
        Err(_) => Ok(rustix::io::dup(io::stdin())?),
    }
}

/// Writes a line for a person when JavaScript cannot do it.
pub(crate) fn write_line(fd: i32, line: &str) {
    // Nobody is left to tell about a broken stderr.
    let _ = write(fd, format!("{line}\n").as_bytes());
}

fn write(fd: i32, bytes: &[u8]) -> io::Result<()> {
    if fd == 1 {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    } else {
        io::stderr().lock().write_all(bytes)
    }
}
