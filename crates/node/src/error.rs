//! Why there is no Node that runs the app, or no more.

use std::io;
use std::path::PathBuf;

use crate::find::HOW_TO_GET_IT;

/// What went wrong, told to the app's author.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NodeError {
    /// None in the path.
    #[error("there is no `node` in PATH. {HOW_TO_GET_IT}")]
    NotFound,
    /// `CONCH_NODE` names something else.
    #[error("CONCH_NODE names {}, which is no program", .0.display())]
    NotAProgram(PathBuf),
    /// The files that Node needs cannot be written.
    #[error(
        "cannot write to {}: {source}. Set XDG_RUNTIME_DIR to a folder that is writable and has room",
        .path.display()
    )]
    NoRoom {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system does not start it.
    #[error("{} cannot be started: {source}", .program.display())]
    NotStarted {
        /// The program.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A Node from before 18.19.
    #[error("{} is Node {version}, and Conch needs 18.19 or later. {HOW_TO_GET_IT}", .program.display())]
    TooOld {
        /// The program.
        program: PathBuf,
        /// Its version.
        version: String,
    },
    /// It ended before it said who it is.
    #[error("{} is no Node that works: {how} before it answered. {HOW_TO_GET_IT}", .program.display())]
    NoHello {
        /// The program.
        program: PathBuf,
        /// How it ended.
        how: String,
    },
    /// It says nothing.
    #[error("{} is no Node that works: it did not answer within {seconds} seconds", .program.display())]
    Silent {
        /// The program.
        program: PathBuf,
        /// How long it had.
        seconds: u64,
    },
    /// It said something that has no meaning.
    #[error("node sent what is no message of Conch's ({0}), so it was ended")]
    Garbage(String),
    /// A pipe failed.
    #[error("the connection to node failed: {0}")]
    Io(#[from] io::Error),
}
