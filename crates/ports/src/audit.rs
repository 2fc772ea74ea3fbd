//! Looking at a router from outside: how much it keeps, and whether its parts agree. For tests,
//! fuzzers and the inspector; nothing here changes anything.

use std::collections::{BTreeMap, BTreeSet};

use crate::budget::Load;
use crate::end::{EndKey, Item, Parcel, Place, Tenure};
use crate::{NodeId, Router, Weight};

/// How much a router keeps. All zero when every holder is gone and nothing is in transit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Census {
    /// Channels of which an end is left.
    pub channels: usize,
    /// Ends that are held, on their way, or waiting for an earlier holder to settle.
    pub ends: usize,
    /// Live names on all nodes, shipped and unsettled ones included.
    pub handles: usize,
    /// Messages that wait for somebody.
    pub held_messages: usize,
    /// Their payload, in bytes.
    pub held_bytes: usize,
    /// Ports in a [`Transit`](crate::Transit) that was neither landed nor discarded.
    pub in_transit: usize,
}

impl<M: Weight> Router<M> {
    /// Counts everything. Walks over all of it.
    pub fn census(&self) -> Census {
        let channels: BTreeSet<u64> = self.ends.keys().map(|key| key.channel()).collect();
        let mut census = Census {
            channels: channels.len(),
            ends: self.ends.len(),
            handles: self.nodes.values().map(|names| names.len()).sum(),
            in_transit: self.in_transit,
            ..Census::default()
        };
        self.each_parcel(|_, parcel| {
            census.held_messages += 1;
            census.held_bytes += parcel.load.bytes;
        });
        census
    }

    /// Checks that the router's parts agree with each other. `Err` names the first rule found broken:
    /// a fault of this crate, whatever the callers did. Walks over everything.
    pub fn audit(&self) -> Result<(), &'static str> {
        if !self.condemned.is_empty() {
            return Err("an end is condemned and not buried");
        }
        self.audit_names()?;
        self.audit_ends()?;
        self.audit_parcels()
    }

    fn audit_names(&self) -> Result<(), &'static str> {
        let mut named = 0;
        for (node, names) in &self.nodes {
            if !names.is_indexed() {
                return Err("a document's names are not its own");
            }
            for (handle, slot) in names.live() {
                named += 1;
                let stint = self.ends.get(&slot.end).and_then(|end| end.stint(slot.stint));
                let Some(stint) = stint else { return Err("a name stands for no stint") };
                if stint.seat.node != *node
                    || stint.handle != handle
                    || stint.tenure == Tenure::Over
                {
                    return Err("a name stands for a stint that is not its own");
                }
            }
        }
        let unsettled =
            self.ends.values().flat_map(|end| &end.stints).filter(|s| s.tenure != Tenure::Over);
        if unsettled.count() != named {
            return Err("a stint that is not over has no name");
        }
        Ok(())
    }

    fn audit_ends(&self) -> Result<(), &'static str> {
        for (key, end) in &self.ends {
            let held = end.stints.back().is_some_and(|stint| stint.tenure.holds());
            if held != (end.place == Place::Held) {
                return Err("an end is not where its last stint says");
            }
            let last = end.stints.len().saturating_sub(1);
            if end.stints.iter().take(last).any(|stint| stint.tenure.holds()) {
                return Err("two hold one port");
            }
            if end.stints.front().is_some_and(|s| s.tenure == Tenure::Over || !s.outbox.is_empty())
            {
                return Err("a stint at the head of its end waits for nothing");
            }
            if end
                .stints
                .iter()
                .skip(1)
                .any(|s| s.lent > 0 || (s.tenure == Tenure::Over && s.outbox.is_empty()))
            {
                return Err("a later stint was given messages, or is kept for nothing");
            }
            if end.place == Place::Closed {
                if end.stints.is_empty()
                    || !end.inbox.is_empty()
                    || !end.returned.is_empty()
                    || end.told
                {
                    return Err("something is kept for a dead port");
                }
            } else {
                let peer_gone = !self.ends.contains_key(&key.peer());
                let closes = end.inbox.iter().filter(|item| matches!(item, Item::Close)).count();
                let last_is_close = matches!(end.inbox.back(), Some(Item::Close));
                if closes + usize::from(end.told) != usize::from(peer_gone)
                    || (closes == 1) != last_is_close
                {
                    return Err(
                        "Close is not queued once, at the back, and only when the peer is gone",
                    );
                }
            }
            if end.told && !(held && end.inbox.is_empty()) {
                return Err("a holder heard Close before everything else");
            }
        }
        Ok(())
    }

    fn audit_parcels(&self) -> Result<(), &'static str> {
        let mut loads: BTreeMap<NodeId, Load> = BTreeMap::new();
        let mut inside: BTreeMap<EndKey, Option<EndKey>> = BTreeMap::new();
        let mut twice = false;
        self.each_parcel(|keeper, parcel| {
            let load = loads.entry(parcel.payer).or_default();
            load.items += parcel.load.items;
            load.bytes += parcel.load.bytes;
            for port in &parcel.ports {
                twice |= inside.insert(*port, keeper).is_some();
            }
        });
        if twice {
            return Err("one port sits in two messages");
        }
        if !loads.into_iter().eq(self.accounts.iter()) {
            return Err("the accounts do not add up");
        }
        let mut moving = self.in_transit;
        for (key, end) in &self.ends {
            match (end.place, inside.get(key)) {
                (Place::Inside(outer), Some(Some(keeper))) if outer == *keeper => {}
                (Place::Moving, Some(None)) => {}
                (Place::Moving, None) => moving = moving.wrapping_sub(1),
                (Place::Held | Place::Closed, None) => {}
                _ => return Err("a port is not where its message is"),
            }
        }
        if moving != 0 {
            return Err("a port is in no message, in no transit and with nobody");
        }
        self.audit_nesting()
    }

    /// From every end the way outwards must come to something that a holder can reach.
    fn audit_nesting(&self) -> Result<(), &'static str> {
        let mut safe: BTreeSet<EndKey> = BTreeSet::new();
        for start in self.ends.keys() {
            let mut path = BTreeSet::new();
            let mut at = *start;
            while !safe.contains(&at) {
                if !path.insert(at) {
                    return Err("a port is inside itself");
                }
                match self.ends.get(&at).map(|end| end.place) {
                    Some(Place::Inside(outer)) => at = outer,
                    _ => break,
                }
            }
            safe.extend(path);
        }
        Ok(())
    }

    /// Visits every waiting message with the end whose inbox it is in; `None` for an outbox.
    fn each_parcel<'a>(&'a self, mut visit: impl FnMut(Option<EndKey>, &'a Parcel<M>)) {
        for (key, end) in &self.ends {
            for parcel in &end.returned {
                visit(Some(*key), parcel);
            }
            for item in &end.inbox {
                if let Item::Message(parcel) = item {
                    visit(Some(*key), parcel);
                }
            }
            for parcel in end.stints.iter().flat_map(|stint| &stint.outbox) {
                visit(None, parcel);
            }
        }
    }
}
