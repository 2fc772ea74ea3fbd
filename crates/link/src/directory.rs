//! The private folder that holds the socket's name.

use std::fs::{DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Longest path of a socket's name on Linux (`sun_path` less its closing zero).
const MAX_SOCKET_PATH: usize = 107;

/// Why there is no place for the socket.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DirectoryError {
    /// The folder cannot be made or is not writable.
    #[error(
        "cannot make a folder for sockets in {}: {source}. Set XDG_RUNTIME_DIR to a folder \
         of your own that is writable and has room", .path.display()
    )]
    Create {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder exists but belongs to somebody else.
    #[error("{} belongs to another user: remove it, or set XDG_RUNTIME_DIR to a folder of your own", .0.display())]
    NotOurs(PathBuf),
    /// The path is too long for a socket.
    #[error("the path {} is too long for a socket: set XDG_RUNTIME_DIR to a shorter one", .0.display())]
    TooLong(PathBuf),
}

/// A folder of mode 0700 under the user's runtime directory, removed when dropped.
///
/// Its name holds the process id, so that what a killed process left behind is found and removed
/// by the next one.
#[derive(Debug)]
pub struct SocketDirectory {
    path: PathBuf,
}

impl SocketDirectory {
    /// Makes the folder and removes those of dead processes.
    ///
    /// # Errors
    /// [`DirectoryError`], with what to do about it.
    pub fn create() -> Result<SocketDirectory, DirectoryError> {
        let root = root();
        let create = |path: &Path| {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(path)
                .map_err(|source| DirectoryError::Create { path: path.to_owned(), source })
        };
        create(&root)?;
        refuse_foreign(&root)?;
        sweep(&root);
        let path = root.join(format!("{}-{}", std::process::id(), uuid::Uuid::new_v4().simple()));
        if path.join("s").as_os_str().len() > MAX_SOCKET_PATH {
            return Err(DirectoryError::TooLong(path));
        }
        create(&path)?;
        Ok(SocketDirectory { path })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the socket in it.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.path.join("s")
    }

    /// Removes the folder now. Dropping does the same; this is for the ways out of a process that
    /// run no destructors.
    pub fn remove(&self) {
        // Nothing is lost if this fails: the next process sweeps.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

impl Drop for SocketDirectory {
    fn drop(&mut self) {
        self.remove();
    }
}

/// `$XDG_RUNTIME_DIR/conch`, or a folder of this user's in the temporary directory.
fn root() -> PathBuf {
    match std::env::var_os("XDG_RUNTIME_DIR") {
        Some(dir) if !dir.is_empty() => PathBuf::from(dir).join("conch"),
        _ => {
            // The owner of /proc/self is the user of this process.
            let user = std::fs::metadata("/proc/self").map(|m| m.uid()).unwrap_or_default();
            std::env::temp_dir().join(format!("conch-{user}"))
        }
    }
}

/// In a shared temporary directory somebody else may have made the folder first.
fn refuse_foreign(root: &Path) -> Result<(), DirectoryError> {
    let fail = |source| DirectoryError::Create { path: root.to_owned(), source };
    let metadata = std::fs::symlink_metadata(root).map_err(fail)?;
    let own = std::fs::metadata("/proc/self").map_err(fail)?.uid();
    if metadata.uid() != own || !metadata.is_dir() {
        return Err(DirectoryError::NotOurs(root.to_owned()));
    }
    if metadata.mode() & 0o077 != 0 {
        std::fs::set_permissions(root, Permissions::from_mode(0o700)).map_err(fail)?;
    }
    Ok(())
}

/// Removes the folders of processes that are gone.
fn sweep(root: &Path) {
    let Ok(entries) = std::fs::read_dir(root) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let pid =
            name.to_str().and_then(|n| n.split('-').next()).and_then(|n| n.parse::<u32>().ok());
        if let Some(pid) = pid
            && !Path::new(&format!("/proc/{pid}")).exists()
        {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
