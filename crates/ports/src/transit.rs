//! Ports on their way inside an ipc message, which the router does not route itself.

use crate::end::EndKey;

/// Ports taken off their sender and not yet landed anywhere. It must end in [`Router::land`] or
/// [`Router::discard`]: one that is merely dropped keeps its channels open for ever, with nobody
/// there. ([`Census::in_transit`] counts them.)
///
/// [`Router::land`]: crate::Router::land
/// [`Router::discard`]: crate::Router::discard
/// [`Census::in_transit`]: crate::Census::in_transit
#[must_use = "ports in transit must be landed or discarded"]
#[derive(Debug, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(Clone))]
pub struct Transit {
    pub(crate) ports: Vec<EndKey>,
}

impl Transit {
    /// No ports at all, for a message that carries none. May be dropped freely.
    pub const fn empty() -> Self {
        Self { ports: Vec::new() }
    }

    /// How many ports are on the way.
    pub fn len(&self) -> usize {
        self.ports.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ports.is_empty()
    }
}
