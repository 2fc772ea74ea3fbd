//! JavaScript values and contexts as safe Rust types, over JavaScriptCore's C API.
//!
//! Everything here runs on the web process's main thread, the only one with a page's JavaScript.
//! The types are neither `Send` nor `Sync`, so the compiler keeps it that way.

mod native;
mod pinned;
mod realm;
mod text;

pub(crate) use native::{Call, Native, Thrown};
pub(crate) use pinned::Pinned;
pub(crate) use realm::{Callback, Realm, Value};
pub(crate) use text::Text;
