//! The way out: what the broker needs from whoever owns the sockets.

use conch_wire::ToRenderer;

use crate::LinkId;

/// Why a link does not take a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SinkError(pub String);

/// Sends to links and closes them.
pub trait Outgoing {
    /// Hands over a message.
    ///
    /// # Errors
    /// [`SinkError`] if the link is closed, full, or the message is over the format's limits.
    fn send(&mut self, link: LinkId, message: ToRenderer) -> Result<(), SinkError>;

    /// Closes a link; its reader must end as well.
    fn close(&mut self, link: LinkId);
}
