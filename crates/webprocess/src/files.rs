//! What the module loader and preload scripts read of the file system.

use crate::natives::native;
use crate::script::{Call, Native, Text, Thrown, Value};
use std::io;

native!(
    /// `readFile(path)`: a file's text. Throws an `Error` with a `code`, worded as Node does.
    ReadFile, "readFile", |call| {
        let path = call.text(0)?.to_utf8();
        match std::fs::read(&path) {
            Ok(bytes) => Ok(call.return_text(&Text::new(&String::from_utf8_lossy(&bytes)))),
            Err(error) => Err(file_error(&error, "open", &path)),
        }
    }
);

native!(
    /// `kind(path)`: 0 for a file, 1 for a folder, -1 for what is not there.
    Kind, "kind", |call| {
        Ok(call.return_number(match std::fs::metadata(call.text(0)?.to_utf8()) {
            Ok(found) if found.is_dir() => 1.0,
            Ok(_) => 0.0,
            Err(_) => -1.0,
        }))
    }
);

native!(
    /// `realpath(path)`: the path without links in it.
    RealPath, "realpath", |call| {
        let path = call.text(0)?.to_utf8();
        match std::fs::canonicalize(&path) {
            Ok(found) => Ok(call.return_text(&Text::new(&found.to_string_lossy()))),
            Err(error) => Err(file_error(&error, "realpath", &path)),
        }
    }
);

/// An error of the file system, worded as Node does.
fn file_error<'a>(error: &io::Error, call: &str, path: &str) -> Thrown<'a> {
    let (code, what) = match error.kind() {
        io::ErrorKind::NotFound => ("ENOENT", "no such file or directory"),
        io::ErrorKind::PermissionDenied => ("EACCES", "permission denied"),
        io::ErrorKind::IsADirectory => ("EISDIR", "illegal operation on a directory"),
        io::ErrorKind::NotADirectory => ("ENOTDIR", "not a directory"),
        _ => return Thrown::Coded("EIO", format!("{error}, {call} '{path}'")),
    };
    Thrown::Coded(code, format!("{code}: {what}, {call} '{path}'"))
}
