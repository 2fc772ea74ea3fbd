//! The reference: what users posted, what they got, and what they may complain about. It knows nothing
//! of routing. Every direction of every channel is a row of numbers.

use std::collections::{BTreeMap, BTreeSet};

use conch_ports::Weight;

/// Which end of which channel, whoever holds it and under whatever name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PortId {
    pub(crate) channel: u16,
    pub(crate) second: bool,
}

impl PortId {
    pub(crate) fn peer(self) -> Self {
        Self { channel: self.channel, second: !self.second }
    }
}

/// A message of the simulation. It says itself where it belongs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Letter {
    pub(crate) from: PortId,
    pub(crate) number: u32,
    pub(crate) carries: Vec<PortId>,
}

impl Weight for Letter {
    fn weight(&self) -> usize {
        1 + self.carries.len()
    }
}

#[derive(Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(Clone))]
pub(crate) struct Promises {
    posted: BTreeMap<PortId, u32>,
    /// Letters that were inside a process or document when it ended.
    lost: BTreeSet<(PortId, u32)>,
    /// By receiving end: the number of the next letter due.
    due: BTreeMap<PortId, u32>,
}

impl Promises {
    pub(crate) fn post(&mut self, from: PortId, carries: Vec<PortId>) -> Letter {
        let count = self.posted.entry(from).or_default();
        *count += 1;
        Letter { from, number: *count - 1, carries }
    }

    pub(crate) fn lose(&mut self, letter: &Letter) {
        self.lost.insert((letter.from, letter.number));
    }

    fn due(&self, to: PortId) -> u32 {
        let mut due = self.due.get(&to).copied().unwrap_or_default();
        while self.lost.contains(&(to.peer(), due)) {
            due += 1;
        }
        due
    }

    /// A user got a letter on a port.
    pub(crate) fn take(&mut self, to: PortId, letter: &Letter) -> Result<(), String> {
        if letter.from != to.peer() {
            return Err(format!("{to:?} got {letter:?}, which was posted elsewhere"));
        }
        let due = self.due(to);
        if letter.number != due {
            return Err(format!("{to:?} got {letter:?} when {due} was due"));
        }
        self.due.insert(to, due + 1);
        Ok(())
    }

    /// Nothing is owed to this end: as when its user hears Close, or when all has come to rest.
    pub(crate) fn nothing_due(&self, to: PortId) -> Result<(), String> {
        let (due, posted) =
            (self.due(to), self.posted.get(&to.peer()).copied().unwrap_or_default());
        if due != posted {
            return Err(format!("{to:?} never got letter {due} of {posted}"));
        }
        Ok(())
    }
}
