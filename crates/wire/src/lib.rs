//! The wire format between the main process and a renderer: the one place where bytes have
//! meaning. `preload/wire.js` is its other half, inside the page's process.
//!
//! Every message is a 16-byte header and one uniform body, all little endian:
//!
//! ```text
//!  0        4      5       6      8           12          16
//!  | length | kind | flags | zero | document  | id        | body (length bytes)
//!
//!  body:  channel length u32 | channel, UTF-8 | port count u32 | ports u32 each | payload
//! ```
//!
//! The body is the same for every kind, so there is one encoder and one decoder. What the fields
//! mean for a kind is written at [`FromRenderer`] and [`ToRenderer`]. The payload is opaque here;
//! it is a value in V8's serialisation format unless the kind says otherwise.
//!
//! Decoding is total: any bytes give a message or a [`WireError`], never a panic, and no size is
//! believed before it is checked against what is there.

mod engine;
mod envelope;
mod message;

pub use engine::{ENGINE_HEADER_LENGTH, EngineHeader, EngineMessage, encode_answer, engine_kind};
pub use envelope::{Envelope, HEADER_LENGTH, Header, MAX_BODY, MAX_CHANNEL, MAX_PORTS, WireError};
pub use message::{
    Call, ConsoleLevel, FrameDescription, FromRenderer, PortParcel, Reply, ToRenderer, kind,
};

/// Version of the format, sent in the hello message. A renderer of another version is refused.
pub const PROTOCOL_VERSION: u32 = 2;

/// A document of a renderer: one navigation of one frame. Chosen by the renderer, unique within
/// its link for the life of the process, never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct DocumentId(pub u32);

/// A frame of a renderer. Stays the same when the frame navigates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FrameId(pub u32);

/// A request of one document that expects one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(pub u32);

/// A port's name on one link. It means nothing on another link, so a renderer can name only
/// ports that it owns. Renderers choose even numbers, the main process odd ones; 0 is no port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PortHandle(pub u32);
