//! The user's own Node as the engine of the main process.
//!
//! Node runs as a child of the shell, without an addon: what happens reaches it on an inherited
//! socket, its requests come on a pipe and their answers go back on another. The `electron` module
//! is the embedded engine's own JavaScript over another binding (`js/binding.js`); broker, links
//! and windows stay in the shell. Values cross as they are, in the format that Node itself reads
//! and writes.
//!
//! Nothing in here trusts Node less than the embedded engine: it is the app. Even so, whatever it
//! writes gives a message or an error.

mod engine;
mod error;
mod files;
mod find;
mod polling;
mod process;
mod requests;
mod run;

pub use engine::NodeEngine;
pub use error::NodeError;
pub use find::find;
pub use process::Options;
pub use requests::Told;
pub use run::Node;
