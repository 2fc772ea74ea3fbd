//! Why the router refused. A refused call has changed nothing.

use crate::Handle;

/// A call that breaks a rule. From a renderer each of these is a broken or hostile process, whose
/// link is to be closed; in the main process it is an error for the calling script (the JavaScript
/// side words it, semantics 52). Nothing was detached, queued or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Violation {
    /// The node never had a port of this name.
    #[error("port {0} was never this node's")]
    Unknown(Handle),
    /// A word about a port that its holder had already declared settled.
    #[error("port {0} has settled and can say no more")]
    Settled(Handle),
    /// `returned` or `settled` for a port that was not shipped.
    #[error("port {0} is not being shipped")]
    NotShipping(Handle),
    /// More messages came back than had been delivered.
    #[error("port {0} returned more messages than it was given")]
    ReturnedTooMuch(Handle),
    /// A new channel was named with zero, an odd number, the same number twice or a used one.
    #[error("{0} cannot name a new port")]
    BadName(Handle),
    /// The transfer list names the port that the message is posted on.
    #[error("port at index {index} is the source port")]
    SourceInList {
        /// Position in the list, from 0.
        index: usize,
    },
    /// The transfer list names a port twice.
    #[error("port at index {index} is a duplicate")]
    Duplicate {
        /// Position of the second mention, from 0.
        index: usize,
    },
    /// The transfer list names a port that was shipped or closed before.
    #[error("port at index {index} is already neutered")]
    Neutered {
        /// Position in the list, from 0.
        index: usize,
    },
    /// The transfer list names a port that the node never had.
    #[error("port at index {index} was never this node's")]
    NotOwned {
        /// Position in the list, from 0.
        index: usize,
    },
    /// The node holds as many ports as it may ([`Limits::handles`](crate::Limits::handles)).
    #[error("too many ports")]
    TooManyPorts,
    /// The node's messages that nobody takes weigh as much as they may
    /// ([`Limits::held_bytes`](crate::Limits::held_bytes), [`Limits::held_items`](crate::Limits::held_items)).
    #[error("too many undelivered messages")]
    TooMuchHeld,
}
