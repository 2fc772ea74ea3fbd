//! Which Node runs.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::NodeError;

/// What to do where there is none.
pub(crate) const HOW_TO_GET_IT: &str =
    "Install Node 18.19 or later (on Debian: apt-get install nodejs), or name one in CONCH_NODE";

/// The user's Node: `CONCH_NODE`, else `node` in the path, or `nodejs` as some systems call it.
///
/// # Errors
/// [`NodeError::NotFound`], and [`NodeError::NotAProgram`] for a `CONCH_NODE` that names none.
pub fn find() -> Result<PathBuf, NodeError> {
    if let Some(named) = std::env::var_os("CONCH_NODE").filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        return if is_program(&named) { Ok(named) } else { Err(NodeError::NotAProgram(named)) };
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    ["node", "nodejs"]
        .into_iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)))
        .find(|program| is_program(program))
        .ok_or(NodeError::NotFound)
}

fn is_program(path: &Path) -> bool {
    std::fs::metadata(path)
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}
