//! The file system and the facts of the system, for preload scripts and the module loader.

use crate::natives::{instance_of, native};
use crate::script::{Call, Native, Pinned, Realm, Text, Thrown, Value};
use conch_system::{Failure, Reply, Request};
use serde_json::json;
use std::io::{self, IsTerminal};

/// Gives `native` what scripts need that may have Node.
pub(crate) fn add_natives(realm: &Realm, native: Value<'_>) {
    realm.set_native::<Kind>(native);
    realm.set_native::<RealPath>(native);
    realm.set_native::<FileCall>(native);
    realm.set_native::<SystemFacts>(native);
}

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

native!(
    /// `fileCall(operation, path, other, numbers, bytes)`: carries out a request to the file
    /// system; `numbers` is JSON. Returns `undefined`, a `Uint8Array`, or a text behind a letter
    /// that says what it is: `t` for a text, `j` for JSON, `e` for the JSON of an error.
    FileCall, "fileCall", |call| {
        let instance = instance_of(call)?;
        let bytes = Pinned::new(&instance.internals, call.value(4));
        let reply = conch_system::perform(&Request {
            operation: call.text(0)?.to_utf8(),
            path: Some(call.text(1)?.to_utf8()),
            other: Some(call.text(2)?.to_utf8()).filter(|other| !other.is_empty()),
            numbers: serde_json::from_str(&call.text(3)?.to_utf8()).unwrap_or_default(),
            bytes: bytes.map(|bytes| bytes.bytes().to_vec()),
        });
        let text = match reply {
            Ok(Reply::Nothing) => return Ok(call.return_undefined()),
            Ok(Reply::Bytes(bytes)) => {
                let mut array = Pinned::allocate(&instance.internals, bytes.len())
                    .ok_or_else(|| Thrown::Error("no memory for a file".to_owned()))?;
                array.bytes_mut().copy_from_slice(&bytes);
                return Ok(call.return_kept(array.value()));
            }
            Ok(Reply::Text(text)) => format!("t{text}"),
            Ok(Reply::Numbers(numbers)) => format!("j{}", json!(numbers)),
            Ok(Reply::Entries(entries)) => {
                let flat = entries.into_iter().flat_map(|(name, kind)| [json!(name), json!(kind)]);
                format!("j{}", flat.collect::<serde_json::Value>())
            }
            Err(failure) => format!("e{}", described(&failure)),
        };
        Ok(call.return_text(&Text::new(&text)))
    }
);

/// The fields of Node's error.
fn described(failure: &Failure) -> serde_json::Value {
    let Failure { error, syscall, path, other } = failure;
    let errno = conch_system::errno(error);
    let (code, text) = conch_system::describe(errno);
    let quoted = |path: &Option<String>, before: &str| {
        path.as_ref().map(|path| format!("{before}'{path}'")).unwrap_or_default()
    };
    let message =
        format!("{code}: {text}, {syscall}{}{}", quoted(path, " "), quoted(other, " -> "));
    let mut fields =
        json!({ "message": message, "errno": -errno, "code": code, "syscall": syscall });
    if let Some(path) = path {
        fields["path"] = json!(path);
    }
    if let Some(other) = other {
        fields["dest"] = json!(other);
    }
    fields
}

native!(
    /// `systemFacts()`: JSON with what `os` tells.
    SystemFacts, "systemFacts", |call| {
        let facts = json!({
            "uname": conch_system::uname(),
            "memory": conch_system::memory(),
            "uptime": conch_system::uptime(),
            "loadAverage": conch_system::load_average(),
            "parallelism": std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            "ids": conch_system::ids(),
            "terminals":
                [io::stdin().is_terminal(), io::stdout().is_terminal(), io::stderr().is_terminal()],
            "errors": conch_system::ERRORS,
        });
        Ok(call.return_text(&Text::new(&facts.to_string())))
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
