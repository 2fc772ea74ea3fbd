//! Structured clone in V8's serialisation format, between values of QuickJS and bytes.
//!
//! [`serialize`] copies a value into bytes that Node's `v8.Deserializer` and the web process read;
//! [`deserialize`] makes a value of theirs. What can be cloned, and the words of the error when
//! something cannot, follow Electron (semantics 1 to 7). Written is version 15 of the format, read
//! are 13 to 15.
//!
//! The codec uses the language's own objects only as they were when [`install`] ran: call it when a
//! context is made, before application code. It never looks at what a prototype has become.
//!
//! ```
//! # use rquickjs::{Context, Runtime, Value};
//! # fn main() -> rquickjs::Result<()> {
//! let context = Context::full(&Runtime::new()?)?;
//! context.with(|ctx| {
//!     conch_clone::install(&ctx)?;
//!     let value: Value = ctx.eval("({ answer: 42 })")?;
//!     let mut bytes = Vec::new();
//!     conch_clone::serialize(&ctx, &value, &mut bytes)?;
//!     assert_eq!(bytes, b"\xff\x0fo\"\x06answerIT{\x01");
//!     let copy = conch_clone::deserialize(&ctx, &bytes)?;
//!     assert_eq!(copy.as_object().unwrap().get::<_, i32>("answer")?, 42);
//!     Ok(())
//! })
//! # }
//! ```

mod decode;
mod encode;
mod engine;
mod error;
mod format;
mod input;
mod intrinsics;
mod output;
mod refusal;
mod seen;

pub use decode::{deserialize, read};
pub use encode::serialize;
pub use error::{DecodeError, ReadError};
pub use format::MAX_DEPTH;

/// Captures what the codec needs of the language's own objects in this context. Done by the first
/// call of the codec otherwise; later calls do nothing.
///
/// # Errors
/// Out of memory, or a context without the language's usual objects.
pub fn install(ctx: &rquickjs::Ctx<'_>) -> rquickjs::Result<()> {
    intrinsics::Intrinsics::of(ctx).map(drop)
}

/// The symbol of this context that keeps objects from being cloned: one that has it as a key, its
/// own or inherited, throws `An object could not be cloned.` (semantics 12). It is for classes of
/// the host that are written in JavaScript and would be copied as plain objects otherwise.
///
/// # Errors
/// As [`install`].
pub fn uncloneable<'js>(ctx: &rquickjs::Ctx<'js>) -> rquickjs::Result<rquickjs::Value<'js>> {
    intrinsics::Intrinsics::of(ctx)?.get(intrinsics::Slot::Uncloneable)
}
