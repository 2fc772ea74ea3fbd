//! What the router asks its caller to do. The router itself reaches nobody.

use crate::{Handle, Seat};

/// One thing to tell the holder of a port. To a renderer each is one wire message; in the main
/// process each is one call into its JavaScript.
///
/// Effects about one handle come in the order in which they must be heard. After [`Effect::Fence`]
/// there is nothing more for that handle, ever.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect<M> {
    /// A message for the port `handle`.
    Deliver {
        /// Who holds the port.
        seat: Seat,
        /// Their name of it.
        handle: Handle,
        /// What was posted, untouched.
        message: M,
        /// The ports that came with it: new handles of the same seat, live from now on.
        ports: Vec<Handle>,
    },
    /// The port has nobody at its other end any more (in main also: `close()` was called on it).
    Close {
        /// Who holds the port.
        seat: Seat,
        /// Their name of it.
        handle: Handle,
    },
    /// A renderer shipped this port: all that was ever going to arrive for it has arrived. It now
    /// answers with what its page had not consumed, then says that it has settled.
    Fence {
        /// Who held the port.
        seat: Seat,
        /// Their name of it.
        handle: Handle,
    },
}

impl<M> Effect<M> {
    /// Who is to be told.
    pub fn seat(&self) -> Seat {
        match self {
            Self::Deliver { seat, .. } | Self::Close { seat, .. } | Self::Fence { seat, .. } => {
                *seat
            }
        }
    }
}
