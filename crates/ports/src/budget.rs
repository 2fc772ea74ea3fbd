//! Bounds: what a node may make the router keep.

use std::collections::BTreeMap;

use crate::NodeId;

/// How much memory a message keeps while the router holds it.
pub trait Weight {
    /// Bytes of payload.
    fn weight(&self) -> usize;
}

impl Weight for Vec<u8> {
    fn weight(&self) -> usize {
        self.len()
    }
}

/// The bounds of a [`Router`](crate::Router). Each is per node, so that no process spends another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// Ports a node may name at a time, shipped and unsettled ones included. 100 000: far beyond any
    /// page, and at some 300 bytes each a hostile one costs the main process 30 MB.
    pub handles: usize,
    /// Messages, and ports inside them, that a node may have waiting for somebody. 1 048 576: a
    /// script may post a million messages to a port before anyone starts it; an item costs some
    /// 150 bytes beside its payload.
    pub held_items: usize,
    /// Bytes of payload a node may have waiting. 1 GiB: twice the largest message of the wire, so
    /// that even the largest can wait while the next one is on its way.
    pub held_bytes: usize,
    /// How deep ports may sit in messages that wait in ports that sit in messages that wait. 1024.
    /// What is posted deeper goes nowhere, as if into itself: following the nesting up must stay cheap.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { handles: 100_000, held_items: 1 << 20, held_bytes: 1 << 30, nesting: 1024 }
    }
}

/// Something that weighs on a budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Load {
    pub(crate) items: usize,
    pub(crate) bytes: usize,
}

impl Load {
    pub(crate) fn of(message: &impl Weight, ports: usize) -> Self {
        Self { items: ports.saturating_add(1), bytes: message.weight() }
    }
}

/// What each node has waiting. A node that is gone stays here until its last message is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Accounts {
    held: BTreeMap<NodeId, Load>,
}

impl Accounts {
    pub(crate) fn has_room(&self, payer: NodeId, load: Load, limits: &Limits) -> bool {
        let held = self.held.get(&payer).copied().unwrap_or_default();
        held.items.saturating_add(load.items) <= limits.held_items
            && held.bytes.saturating_add(load.bytes) <= limits.held_bytes
    }

    pub(crate) fn charge(&mut self, payer: NodeId, load: Load) {
        let held = self.held.entry(payer).or_default();
        held.items = held.items.saturating_add(load.items);
        held.bytes = held.bytes.saturating_add(load.bytes);
    }

    pub(crate) fn release(&mut self, payer: NodeId, load: Load) {
        let Some(held) = self.held.get_mut(&payer) else { return };
        held.items = held.items.saturating_sub(load.items);
        held.bytes = held.bytes.saturating_sub(load.bytes);
        if *held == Load::default() {
            self.held.remove(&payer);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (NodeId, Load)> + '_ {
        self.held.iter().map(|(node, load)| (*node, *load))
    }
}
