//! A node's names for ports: which are live, which were ever used.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::end::EndKey;
use crate::{DocumentId, Handle};

/// How many settled names are remembered, to tell a late word about one from an innocent one about a
/// port that was lost with its document. A renderer's words come in order, so one is enough for an
/// honest one; the rest is for finding broken ones.
const SETTLED_MEMORY: usize = 1024;

/// Odd names there are. When all were given out, the router starts again with those that are free.
const ODD_NAMES: u64 = 1 << 31;

/// What a live name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Slot {
    pub(crate) end: EndKey,
    pub(crate) stint: u64,
    pub(crate) document: DocumentId,
}

/// What a name is to its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    Live(Slot),
    /// Was live, and was declared settled not long ago.
    Settled,
    /// Was live. Words about it may still be on the way from somebody who does not know yet.
    Spent,
    Unknown,
}

/// All names of one node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Names {
    live: BTreeMap<Handle, Slot>,
    by_document: BTreeSet<(DocumentId, Handle)>,
    /// Odd names given out so far.
    given: u64,
    /// Even names the node has used, as runs of halves (first, last). An honest node counts up, so
    /// this is a single run; one that leaves gaps pays for each.
    used: BTreeMap<u32, u32>,
    settled: VecDeque<Handle>,
    /// Live names whose holder was told of the close, oldest first, among others since gone.
    told: VecDeque<Handle>,
}

impl Names {
    pub(crate) fn len(&self) -> usize {
        self.live.len()
    }

    pub(crate) fn find(&self, handle: Handle) -> Name {
        if let Some(slot) = self.live.get(&handle) {
            Name::Live(*slot)
        } else if self.settled.contains(&handle) {
            Name::Settled
        } else if self.was_used(handle) {
            Name::Spent
        } else {
            Name::Unknown
        }
    }

    fn was_used(&self, handle: Handle) -> bool {
        let half = handle.get() / 2;
        if handle.get() % 2 == 1 {
            return u64::from(half) < self.given;
        }
        self.used.range(..=half).next_back().is_some_and(|(_, last)| half <= *last)
    }

    /// Whether the node may give this name to a port it makes.
    pub(crate) fn may_use(&self, handle: Handle) -> bool {
        handle.get() != 0 && handle.get().is_multiple_of(2) && !self.was_used(handle)
    }

    /// Runs of used names: what gaps cost.
    pub(crate) fn runs(&self) -> usize {
        self.used.len()
    }

    /// Notes an even name as used.
    pub(crate) fn use_up(&mut self, handle: Handle) {
        let half = handle.get() / 2;
        let last = self.used.remove(&(half + 1)).unwrap_or(half);
        match self.used.range_mut(..half).next_back() {
            Some((_, before)) if *before + 1 == half => *before = last,
            _ => {
                self.used.insert(half, last);
            }
        }
    }

    /// A fresh odd name.
    pub(crate) fn give(&mut self) -> Handle {
        loop {
            // The remainder is below 2^31, so the cast keeps every bit.
            let handle = Handle::new((self.given % ODD_NAMES) as u32 * 2 + 1);
            self.given += 1;
            if !self.live.contains_key(&handle) {
                return handle;
            }
        }
    }

    pub(crate) fn insert(&mut self, handle: Handle, slot: Slot) {
        self.live.insert(handle, slot);
        self.by_document.insert((slot.document, handle));
    }

    pub(crate) fn retire(&mut self, handle: Handle) {
        if let Some(slot) = self.live.remove(&handle) {
            self.by_document.remove(&(slot.document, handle));
        }
    }

    pub(crate) fn retire_settled(&mut self, handle: Handle) {
        self.retire(handle);
        if self.settled.len() == SETTLED_MEMORY {
            self.settled.pop_front();
        }
        self.settled.push_back(handle);
    }

    pub(crate) fn of_document(&self, document: DocumentId) -> Vec<Handle> {
        let first = (document, Handle::new(0));
        let last = (document, Handle::new(u32::MAX));
        self.by_document.range(first..=last).map(|(_, handle)| *handle).collect()
    }

    pub(crate) fn documents(&self) -> BTreeSet<DocumentId> {
        self.by_document.iter().map(|(document, _)| *document).collect()
    }

    pub(crate) fn live(&self) -> impl Iterator<Item = (Handle, Slot)> + '_ {
        self.live.iter().map(|(handle, slot)| (*handle, *slot))
    }

    /// Whether the index by document is of exactly the live names.
    pub(crate) fn is_indexed(&self) -> bool {
        let live = self.live.iter().map(|(handle, slot)| (slot.document, *handle));
        live.collect::<BTreeSet<_>>() == self.by_document
    }

    /// Notes that the holder of this name knows that its channel is closed.
    pub(crate) fn note_told(&mut self, handle: Handle) {
        if self.told.len() > 2 * self.live.len() + 64 {
            let live = &self.live;
            self.told.retain(|handle| live.contains_key(handle));
        }
        self.told.push_back(handle);
    }

    pub(crate) fn oldest_told(&mut self) -> Option<Handle> {
        self.told.pop_front()
    }
}
