//! One end of a channel: where it is, who has held it, what waits for it. Data and its local rules;
//! whatever touches a second end is in `flow.rs`.

use std::collections::VecDeque;

use crate::budget::Load;
use crate::{Handle, NodeId, Seat};

/// The router's own name of an end, never seen outside. The two ends of a channel differ in the
/// lowest bit. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EndKey(u64);

impl EndKey {
    pub(crate) fn pair(channel: u64) -> (Self, Self) {
        (Self(channel << 1), Self(channel << 1 | 1))
    }

    pub(crate) fn peer(self) -> Self {
        Self(self.0 ^ 1)
    }

    pub(crate) fn channel(self) -> u64 {
        self.0 >> 1
    }
}

/// One message on its way, with the ports inside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Parcel<M> {
    pub(crate) message: M,
    pub(crate) ports: Vec<EndKey>,
    /// Whose budget it weighs on: the node that handed it to the router.
    pub(crate) payer: NodeId,
    pub(crate) load: Load,
}

/// What an inbox holds. Close is queued like a message, so it cannot overtake one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Item<M> {
    Message(Parcel<M>),
    Close,
}

/// Where an end is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// With the holder of the last stint.
    Held,
    /// In a `Transit`, or in a message that waits in an outbox.
    Moving,
    /// In a message that waits in the inbox of this end.
    Inside(EndKey),
    /// Nowhere, for good. The end only waits for earlier holders to settle.
    Closed,
}

/// How far a holder's time with a port has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tenure {
    /// Holds it, takes no messages yet. Main only: a renderer queues for itself.
    Unstarted,
    /// Holds it and takes messages.
    Started,
    /// Its user has shipped it. It may still return messages, and post what its user posted before.
    Shipping,
    /// The same, but it went back inside a message that nobody had consumed: its user never had it,
    /// and everything it was given will come back too.
    Returning,
    /// Will say no more.
    Over,
}

impl Tenure {
    pub(crate) fn holds(self) -> bool {
        matches!(self, Self::Unstarted | Self::Started)
    }

    pub(crate) fn is_leaving(self) -> bool {
        matches!(self, Self::Shipping | Self::Returning)
    }
}

/// One holder's time with a port.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Stint<M> {
    /// Position in the end's history. The queue is sorted by it.
    pub(crate) serial: u64,
    pub(crate) seat: Seat,
    pub(crate) handle: Handle,
    pub(crate) tenure: Tenure,
    /// The stint that was given the message in which this holder got the port, if it was one. As long
    /// as that message was not consumed, this port was not either.
    pub(crate) came_in: Option<(EndKey, u64)>,
    /// Messages delivered to this holder. It can return no more than these.
    pub(crate) lent: usize,
    /// What this holder posted while an earlier one could still post. Empty in the first stint.
    pub(crate) outbox: VecDeque<Parcel<M>>,
}

/// One end of a channel.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct End<M> {
    pub(crate) place: Place,
    /// Holders that have not settled, oldest first; the present one, if there is one, is the last.
    /// Only the first may speak to the peer, and only a first that is also the last is spoken to.
    pub(crate) stints: VecDeque<Stint<M>>,
    /// What the peer sent and nobody has been given. At most one Close, at the back.
    pub(crate) inbox: VecDeque<Item<M>>,
    /// What the first stint gave back. Goes before the inbox when that stint is over.
    pub(crate) returned: VecDeque<Parcel<M>>,
    /// The present holder was told that the channel is closed.
    pub(crate) told: bool,
    next_serial: u64,
}

impl<M> End<M> {
    pub(crate) fn new() -> Self {
        Self {
            place: Place::Moving,
            stints: VecDeque::new(),
            inbox: VecDeque::new(),
            returned: VecDeque::new(),
            told: false,
            next_serial: 0,
        }
    }

    /// Seats a new holder and returns the serial of its stint.
    pub(crate) fn seat(
        &mut self,
        seat: Seat,
        handle: Handle,
        came_in: Option<(EndKey, u64)>,
    ) -> u64 {
        let serial = self.next_serial;
        self.next_serial += 1;
        let tenure = if seat.node == NodeId::MAIN { Tenure::Unstarted } else { Tenure::Started };
        self.place = Place::Held;
        self.stints.push_back(Stint {
            serial,
            seat,
            handle,
            tenure,
            came_in,
            lent: 0,
            outbox: VecDeque::new(),
        });
        serial
    }

    pub(crate) fn position(&self, serial: u64) -> Option<usize> {
        self.stints.binary_search_by_key(&serial, |stint| stint.serial).ok()
    }

    pub(crate) fn stint(&self, serial: u64) -> Option<&Stint<M>> {
        self.position(serial).and_then(|index| self.stints.get(index))
    }

    pub(crate) fn stint_mut(&mut self, serial: u64) -> Option<&mut Stint<M>> {
        self.position(serial).and_then(|index| self.stints.get_mut(index))
    }

    /// Whether there is somebody who may be given messages now: a first holder that holds is the last
    /// one too.
    pub(crate) fn flows(&self) -> bool {
        self.stints.front().is_some_and(|stint| stint.tenure == Tenure::Started)
    }

    /// Ends a stint. One in the middle with nothing to say is forgotten at once, so that a port that
    /// travels through main again and again leaves no trail.
    pub(crate) fn finish(&mut self, serial: u64) {
        let Some(index) = self.position(serial) else { return };
        let Some(stint) = self.stints.get_mut(index) else { return };
        stint.tenure = Tenure::Over;
        if index > 0 && stint.outbox.is_empty() {
            self.stints.remove(index);
        }
    }

    /// If the first holder is done: removes it and returns what the next one has been waiting to post.
    pub(crate) fn succeed(&mut self) -> Option<VecDeque<Parcel<M>>> {
        if self.stints.front()?.tenure != Tenure::Over {
            return None;
        }
        self.stints.pop_front();
        while let Some(parcel) = self.returned.pop_back() {
            self.inbox.push_front(Item::Message(parcel));
        }
        Some(
            self.stints
                .front_mut()
                .map(|next| std::mem::take(&mut next.outbox))
                .unwrap_or_default(),
        )
    }
}
