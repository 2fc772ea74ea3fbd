//! The broker: who is connected, who they are, and where every message goes.
//!
//! It is a plain state machine: the caller feeds it messages from links and calls from the main
//! script, it answers with messages for links (through [`Outgoing`]) and with [`Event`]s for the
//! main script. It does no IO, so that it can be tested without a socket.
//!
//! Identity is taken from the link alone. A renderer is the WebContents whose one-time token it
//! brought, and nothing that it says afterwards can change that. What it says about documents and
//! frames is believed within its own link only. Whatever breaks the protocol closes the link.

mod admission;
mod broker;
mod event;
mod main_script;
mod outgoing;
mod renderer;

pub use admission::{Admission, Token};
pub use broker::Broker;
pub use event::{Event, Gone, GoneReason, Message, RendererEvent};
pub use main_script::SendError;
pub use outgoing::{Outgoing, SinkError};
pub use renderer::{MAX_WAITING_BYTES, MAX_WAITING_MESSAGES};

/// A page and its renderer, as the app knows it: `webContents.id`. Counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebContentsId(pub u32);

/// A connection of a renderer, given by the caller. Never used again after it closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkId(pub u32);
