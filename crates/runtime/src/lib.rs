//! Main-process JavaScript: the embedded engine (QuickJS) and the part of Node's API that an
//! Electron app's main script expects.
//!
//! [`Host`] owns the engine on one thread and is the one way into JavaScript. Node's modules are
//! JavaScript under `js/node`, written over the natives in `native`; build.rs compiles them to
//! bytecode, which is loaded when an app first asks for it. This crate knows nothing of windows, pipes or renderers.

pub mod electron;
mod engine;
mod event_loop;
mod host;
mod imports;
mod internals;
mod native;
mod queues;
mod state;

pub use host::{Host, HostOptions, UncaughtException};
pub use internals::{internal_module_names, require_internal, throw_error};
pub use rquickjs;
