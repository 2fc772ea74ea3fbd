//! The router's calls: what nodes and the broker may ask, and what is refused.
//!
//! Each call checks everything before it changes anything. The moving itself is in `flow.rs`.

use std::collections::BTreeMap;

use crate::agenda::{Agenda, Pending};
use crate::budget::{Accounts, Load};
use crate::end::{End, EndKey, Parcel, Place, Tenure};
use crate::names::{Name, Names, Slot};
use crate::{Effect, Handle, Limits, NodeId, Seat, Transit, Violation, Weight};

/// Knows every channel, both its ends, who holds them and what waits for whom.
///
/// After each call the caller drains [`Router::next_renderer_effect`], and gives its script
/// [`Router::next_main_effect`] whenever that is ready for one. Calls in between are fine (a message
/// given to the script makes it post): effects are made one at a time, from the state at that moment,
/// so nothing that was asked for meanwhile is overtaken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Router<M> {
    pub(crate) limits: Limits,
    pub(crate) ends: BTreeMap<EndKey, End<M>>,
    pub(crate) nodes: BTreeMap<NodeId, Names>,
    pub(crate) accounts: Accounts,
    pub(crate) pending: Agenda,
    /// Ends to close before the present call returns. A list and not a recursion, because ports sit
    /// in messages in ports as deep as anybody cares to put them.
    pub(crate) condemned: Vec<EndKey>,
    pub(crate) in_transit: usize,
    next_channel: u64,
}

impl<M: Weight> Default for Router<M> {
    fn default() -> Self {
        Self::new()
    }
}

impl<M: Weight> Router<M> {
    /// A router that knows no port, with the usual bounds.
    pub fn new() -> Self {
        Self::with_limits(Limits::default())
    }

    /// A router with bounds of the caller's choice.
    pub fn with_limits(limits: Limits) -> Self {
        Self {
            limits,
            ends: BTreeMap::new(),
            nodes: BTreeMap::new(),
            accounts: Accounts::default(),
            pending: Agenda::default(),
            condemned: Vec::new(),
            in_transit: 0,
            next_channel: 0,
        }
    }

    /// A renderer made a channel and named its two ports. Names are even and never used before on
    /// that node ([`Violation::BadName`], [`Violation::TooManyPorts`]).
    pub fn open(&mut self, seat: Seat, a: Handle, b: Handle) -> Result<(), Violation> {
        let limit = self.limits.handles;
        let names = self.nodes.entry(seat.node).or_default();
        for handle in [a, b] {
            if !names.may_use(handle) {
                return Err(Violation::BadName(handle));
            }
        }
        if a == b {
            return Err(Violation::BadName(b));
        }
        if names.runs() >= limit || !self.make_room(seat.node, 2) {
            return Err(Violation::TooManyPorts);
        }
        let (left, right) = self.new_channel();
        for (key, handle) in [(left, a), (right, b)] {
            self.nodes.entry(seat.node).or_default().use_up(handle);
            self.seat(key, seat, handle, None);
        }
        Ok(())
    }

    /// Makes a channel whose ports the router names: the main process's `MessageChannelMain`. Both
    /// ports hold what arrives until [`Router::start`] (semantics 49).
    pub fn create(&mut self, seat: Seat) -> Result<(Handle, Handle), Violation> {
        if !self.make_room(seat.node, 2) {
            return Err(Violation::TooManyPorts);
        }
        let (left, right) = self.new_channel();
        Ok((self.seat_anew(left, seat, None), self.seat_anew(right, seat, None)))
    }

    /// Posts a message on a port, and with it other ports of the same node (HTML, message port post
    /// message steps).
    ///
    /// - If the other end is closed, the message goes nowhere and the ports in it close (semantics 56).
    /// - If the other end is among those ports, itself or inside a message that waits in one of them,
    ///   nobody could ever take it out again: the same, so this channel closes.
    /// - On a port that was shipped or closed, main's post does nothing and its ports stay its own
    ///   (semantics 55). A renderer's goes to the other end as long as a shipped port has not settled:
    ///   its user posted it earlier. On one that was lost since, it goes nowhere.
    ///
    /// The list is checked as a whole before any port is detached (semantics 54).
    pub fn post(
        &mut self,
        node: NodeId,
        handle: Handle,
        message: M,
        ports: &[Handle],
    ) -> Result<(), Violation> {
        let slot = match self.name(node, handle) {
            Name::Live(slot) => Some(slot),
            Name::Spent | Name::Settled if node == NodeId::MAIN => return Ok(()),
            Name::Spent => None,
            Name::Settled => return Err(Violation::Settled(handle)),
            Name::Unknown => return Err(Violation::Unknown(handle)),
        };
        self.check_list(node, Some(handle), ports)?;
        let load = Load::of(&message, ports.len());
        let waits = slot.is_some_and(|slot| self.would_wait(slot));
        if waits && !self.accounts.has_room(node, load, &self.limits) {
            return Err(Violation::TooMuchHeld);
        }
        let parcel = self.pack(node, message, load, ports, Tenure::Shipping);
        match slot {
            Some(slot) => self.submit(slot, parcel),
            None => self.drop_parcel(parcel),
        }
        self.bury();
        Ok(())
    }

    /// The holder closed the port. What it posted still arrives, then the other end hears Close; what
    /// was waiting for it is gone. A port of main hears its own Close too (semantics 57). On a port
    /// that was shipped, or is closed already, this does nothing.
    ///
    /// A renderer also says this once its page has heard Close: until then the port can be shipped
    /// with what its page has not consumed, so the name stays live. (Should it not, its oldest such
    /// names are given up when it runs out of [`Limits::handles`].)
    pub fn close(&mut self, node: NodeId, handle: Handle) -> Result<(), Violation> {
        let slot = match self.name(node, handle) {
            Name::Live(slot) => slot,
            Name::Unknown => return Err(Violation::Unknown(handle)),
            Name::Spent | Name::Settled => return Ok(()),
        };
        let Some(end) = self.ends.get(&slot.end) else { return Ok(()) };
        let Some(stint) = end.stint(slot.stint).filter(|stint| stint.tenure.holds()) else {
            return Ok(());
        };
        if node == NodeId::MAIN {
            self.plan(Pending::Close { seat: stint.seat, handle });
        }
        self.condemned.push(slot.end);
        self.bury();
        Ok(())
    }

    /// The main script is ready for the port's messages. Again, or after close or shipping: nothing
    /// (semantics 49). A renderer queues for itself, so for its ports this does nothing.
    pub fn start(&mut self, node: NodeId, handle: Handle) {
        let Name::Live(slot) = self.name(node, handle) else { return };
        let Some(stint) = self.ends.get_mut(&slot.end).and_then(|end| end.stint_mut(slot.stint))
        else {
            return;
        };
        if stint.tenure == Tenure::Unstarted {
            stint.tenure = Tenure::Started;
            self.wake(slot.end);
        }
    }

    /// Takes ports off a node for an ipc message (semantics 53). The list is checked as a whole
    /// before any port is detached.
    pub fn ship(&mut self, node: NodeId, ports: &[Handle]) -> Result<Transit, Violation> {
        self.check_list(node, None, ports)?;
        let ports = self.detach(node, ports, Tenure::Shipping);
        self.in_transit += ports.len();
        Ok(Transit { ports })
    }

    /// Gives ports to the receiver of the ipc message they were in; returns its new names for them, in
    /// order. What waited for them follows by effects: tell the receiver of the ports first, then
    /// drain. The receiver must be alive; if it is not, [`Router::discard`].
    ///
    /// A node that holds all the ports it may gets a name all the same, and hears Close on it.
    pub fn land(&mut self, transit: Transit, seat: Seat) -> Vec<Handle> {
        self.in_transit = self.in_transit.saturating_sub(transit.ports.len());
        let handles =
            transit.ports.into_iter().map(|key| self.seat_anew(key, seat, None)).collect();
        self.bury();
        handles
    }

    /// The ipc message could not be delivered: its ports close.
    pub fn discard(&mut self, transit: Transit) {
        self.in_transit = self.in_transit.saturating_sub(transit.ports.len());
        self.condemned.extend(transit.ports);
        self.bury();
    }

    /// A renderer gives back a message that it had received on a port it shipped and that its page had
    /// not consumed. They come in the order of delivery; the new holder gets them first. Ports inside
    /// it are shipped anew by this.
    pub fn returned(
        &mut self,
        node: NodeId,
        handle: Handle,
        message: M,
        ports: &[Handle],
    ) -> Result<(), Violation> {
        let slot = match self.name(node, handle) {
            Name::Live(slot) => Some(slot),
            Name::Spent if node != NodeId::MAIN => None,
            Name::Spent => return Err(Violation::NotShipping(handle)),
            Name::Settled => return Err(Violation::Settled(handle)),
            Name::Unknown => return Err(Violation::Unknown(handle)),
        };
        if let Some(stint) = slot.and_then(|slot| self.ends.get(&slot.end)?.stint(slot.stint)) {
            if !stint.tenure.is_leaving() {
                return Err(Violation::NotShipping(handle));
            }
            if stint.lent == 0 {
                return Err(Violation::ReturnedTooMuch(handle));
            }
        }
        self.check_list(node, Some(handle), ports)?;
        let load = Load::of(&message, ports.len());
        let open = |slot: Slot| self.ends.get(&slot.end).is_some_and(|e| e.place != Place::Closed);
        if slot.is_some_and(open) && !self.accounts.has_room(node, load, &self.limits) {
            return Err(Violation::TooMuchHeld);
        }
        let parcel = self.pack(node, message, load, ports, Tenure::Returning);
        match slot {
            Some(slot) => self.take_back(slot, parcel),
            None => self.drop_parcel(parcel),
        }
        self.bury();
        Ok(())
    }

    /// A renderer says that it has nothing more to say about a port it shipped. From now on its name
    /// is dead: another word about it is [`Violation::Settled`].
    pub fn settled(&mut self, node: NodeId, handle: Handle) -> Result<(), Violation> {
        let slot = match self.name(node, handle) {
            Name::Live(slot) => slot,
            Name::Spent if node != NodeId::MAIN => return Ok(()),
            Name::Spent => return Err(Violation::NotShipping(handle)),
            Name::Settled => return Err(Violation::Settled(handle)),
            Name::Unknown => return Err(Violation::Unknown(handle)),
        };
        let Some(end) = self.ends.get_mut(&slot.end) else { return Ok(()) };
        if end.stint(slot.stint).is_some_and(|stint| !stint.tenure.is_leaving()) {
            return Err(Violation::NotShipping(handle));
        }
        end.finish(slot.stint);
        self.names(node).retire_settled(handle);
        self.advance(slot.end);
        self.bury();
        Ok(())
    }

    /// A document ended. The ports it held close; those it had shipped go on with their new holders,
    /// as if it had settled (what it had not returned is lost with it). Late words about its names go
    /// nowhere and are no violation.
    pub fn document_gone(&mut self, seat: Seat) {
        let Some(names) = self.nodes.get_mut(&seat.node) else { return };
        let mut lost = Vec::new();
        for handle in names.of_document(seat.document) {
            if let Name::Live(slot) = names.find(handle) {
                lost.push(slot);
            }
            names.retire(handle);
        }
        self.pending.forget(seat.node, |gone| gone == seat);
        for slot in lost {
            let Some(end) = self.ends.get_mut(&slot.end) else { continue };
            if end.stint(slot.stint).is_some_and(|stint| stint.tenure.holds()) {
                self.condemned.push(slot.end);
            }
            end.finish(slot.stint);
            self.advance(slot.end);
        }
        self.bury();
    }

    /// A process ended, and all its documents with it. Its number must not come back.
    pub fn node_gone(&mut self, node: NodeId) {
        let Some(names) = self.nodes.get(&node) else { return };
        for document in names.documents() {
            self.document_gone(Seat::new(node, document));
        }
        self.pending.forget(node, |gone| gone.node == node);
        self.nodes.remove(&node);
    }

    /// The next thing to tell anybody. `None`: everybody knows all there is to know for now.
    pub fn next_effect(&mut self) -> Option<Effect<M>> {
        self.next_renderer_effect().or_else(|| self.next_main_effect())
    }

    /// The next thing to tell main. What its ports have waiting counts as held, started or not.
    pub fn next_main_effect(&mut self) -> Option<Effect<M>> {
        self.next_of(true)
    }

    /// The next thing to tell a renderer. What main is to be told stays with the router, so that a
    /// port which main ships meanwhile takes it along.
    pub fn next_renderer_effect(&mut self) -> Option<Effect<M>> {
        self.next_of(false)
    }

    fn new_channel(&mut self) -> (EndKey, EndKey) {
        let (left, right) = EndKey::pair(self.next_channel);
        self.next_channel += 1;
        self.ends.insert(left, End::new());
        self.ends.insert(right, End::new());
        (left, right)
    }

    /// A port that stands for one that was lost: its channel is closed, and its next holder hears so.
    pub(crate) fn new_lost_port(&mut self) -> EndKey {
        let (left, right) = self.new_channel();
        self.condemned.push(right);
        self.bury();
        left
    }

    fn pack(
        &mut self,
        payer: NodeId,
        message: M,
        load: Load,
        ports: &[Handle],
        leaving: Tenure,
    ) -> Parcel<M> {
        let ports = self.detach(payer, ports, leaving);
        self.accounts.charge(payer, load);
        Parcel { message, ports, payer, load }
    }

    /// Whether a message posted in this stint has to be kept. What is for main always is: its script
    /// takes one at a time, when it comes to it.
    fn would_wait(&self, slot: Slot) -> bool {
        let first = self.ends.get(&slot.end).is_some_and(|end| end.position(slot.stint) == Some(0));
        match self.ends.get(&slot.end.peer()) {
            Some(peer) if peer.place != Place::Closed => {
                let is_mains = peer.stints.iter().any(|stint| stint.seat.node == NodeId::MAIN);
                !(first && peer.flows()) || is_mains
            }
            _ => false,
        }
    }
}
