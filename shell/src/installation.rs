//! Where Conch's own files are.

use std::io;
use std::path::{Path, PathBuf};

/// The renderer's side, a shared library that WebKit loads into every web process.
const EXTENSION: &str = "libconch_webprocess.so";

/// The renderer's side is not where it could be.
#[derive(Debug, thiserror::Error)]
#[error(
    "{EXTENSION} was found neither beside {} nor in ../lib/conch. Build it with `cargo build`, \
     or name its folder in CONCH_EXTENSION_DIR", .0.display()
)]
pub(crate) struct NoExtension(PathBuf);

/// The private folder takes no files.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot write to {}: {source}. Set XDG_RUNTIME_DIR to a folder that is writable and has room", .path.display()
)]
pub(crate) struct NoRoom {
    path: PathBuf,
    source: io::Error,
}

/// The renderer's side: in `CONCH_EXTENSION_DIR`, beside the binary (a build), or in
/// `../lib/conch` (installed).
pub(crate) fn extension(binary: &Path) -> Result<PathBuf, NoExtension> {
    let beside = binary.parent().unwrap_or(Path::new("/"));
    let named = std::env::var_os("CONCH_EXTENSION_DIR").map(PathBuf::from);
    let places = match named {
        Some(folder) => vec![folder],
        None => vec![beside.to_owned(), beside.join("../lib/conch")],
    };
    places
        .into_iter()
        .map(|folder| folder.join(EXTENSION))
        .find(|path| path.is_file())
        .ok_or_else(|| NoExtension(binary.to_owned()))
}

/// A folder in `private` with nothing in it but the extension: WebKit loads every library that it
/// finds in the folder it is told.
pub(crate) fn alone(extension: &Path, private: &Path) -> Result<PathBuf, NoRoom> {
    let folder = private.join("extension");
    let link = || {
        std::fs::create_dir(&folder)?;
        std::os::unix::fs::symlink(std::path::absolute(extension)?, folder.join(EXTENSION))
    };
    link().map_err(|source| NoRoom { path: folder.clone(), source })?;
    Ok(folder)
}
