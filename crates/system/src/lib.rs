//! What Node's `fs` and `os` ask of the system, in the form in which their JavaScript takes it.
//! Knows no JavaScript engine: the main process and the renderers are on two.

mod errors;
mod facts;
mod files;
mod request;
mod trees;

pub use errors::{ERRORS, describe, errno};
pub use facts::{ids, load_average, memory, uname, uptime};
pub use files::descriptor;
pub use request::{Failure, Outcome, Reply, Request, perform};
