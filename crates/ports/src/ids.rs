//! Names: of processes, documents, ports and who holds what. Values only, no rules.

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// Wraps a number that came from a link or from the broker's own count.
            pub const fn new(number: u32) -> Self {
                Self(number)
            }

            /// The bare number, as it goes on the wire.
            pub const fn get(self) -> u32 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// One process on the fabric: the main process or a renderer. The broker gives a number to each
    /// link and must not give it again: a number that comes back would be taken for the old process.
    NodeId
}

id! {
    /// One document of a renderer, as the wire names it. Unique within its node.
    DocumentId
}

id! {
    /// A node's own name of a port it holds, or has held. Means nothing on any other node, and is
    /// never used for a second port on the same node. Renderers choose even ones, the router odd ones.
    Handle
}

impl NodeId {
    /// The main process. Renderers count from 1.
    pub const MAIN: Self = Self::new(0);
}

impl DocumentId {
    /// The main process has no documents; its ports all sit in this one.
    pub const MAIN: Self = Self::new(0);
}

/// Who holds a port. When the document ends, so does the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat {
    /// The process.
    pub node: NodeId,
    /// The document in that process.
    pub document: DocumentId,
}

impl Seat {
    /// The main process's only seat.
    pub const MAIN: Self = Self::new(NodeId::MAIN, DocumentId::MAIN);

    /// Puts the two names together.
    pub const fn new(node: NodeId, document: DocumentId) -> Self {
        Self { node, document }
    }
}
