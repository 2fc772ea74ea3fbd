//! The engine's side of the `electron` module: the binding that its JavaScript calls, and the way
//! in for what happens at renderers and windows.
//!
//! The module itself is JavaScript (`js/electron/`) and knows nothing of this engine. What it
//! needs is the small [`Backend`]; values are serialised here, so that nobody behind the backend
//! looks into a payload.

mod backend;
mod binding;
mod dispatch;
mod modules;
mod text;

pub use backend::{AppInfo, Backend, Engine};
pub use dispatch::{Electron, token};
pub use modules::MODULES;
pub use text::well_formed;
