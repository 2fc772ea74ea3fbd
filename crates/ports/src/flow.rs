//! How ports and messages move: seating, detaching, queueing, handing over, closing.
//!
//! A message travels outbox -> inbox of the other end -> holder. It leaves an outbox when every earlier
//! holder of its port has settled, and an inbox when every earlier holder of that port has.

use crate::agenda::Pending;
use crate::end::{End, EndKey, Item, Parcel, Place, Tenure};
use crate::names::{Name, Names, Slot};
use crate::router::Router;
use crate::{Effect, Handle, NodeId, Seat, Violation, Weight};

impl<M: Weight> Router<M> {
    pub(crate) fn names(&mut self, node: NodeId) -> &mut Names {
        self.nodes.entry(node).or_default()
    }

    pub(crate) fn name(&self, node: NodeId, handle: Handle) -> Name {
        self.nodes.get(&node).map_or(Name::Unknown, |names| names.find(handle))
    }

    /// Makes sure that the node may hold this many more ports, if need be by giving up names whose
    /// holders have been told that their channels are closed.
    pub(crate) fn make_room(&mut self, node: NodeId, wanted: usize) -> bool {
        loop {
            let limit = self.limits.handles;
            let names = self.names(node);
            if names.len() + wanted <= limit {
                return true;
            }
            let Some(handle) = names.oldest_told() else { return false };
            let Name::Live(slot) = names.find(handle) else { continue };
            if self.ends.get(&slot.end).is_some_and(|end| end.place == Place::Held && end.told) {
                self.condemned.push(slot.end);
                self.bury();
            }
        }
    }

    /// Gives an end to a new holder under a name.
    pub(crate) fn seat(
        &mut self,
        key: EndKey,
        seat: Seat,
        handle: Handle,
        came_in: Option<(EndKey, u64)>,
    ) {
        let Some(end) = self.ends.get_mut(&key) else { return };
        let stint = end.seat(seat, handle, came_in);
        self.names(seat.node).insert(handle, Slot { end: key, stint, document: seat.document });
        self.wake(key);
    }

    /// Gives an end to a new holder, under a name of the router's choice. If the holder has no room
    /// for it, the end closes, and the holder gets a name on which it hears just that.
    pub(crate) fn seat_anew(
        &mut self,
        key: EndKey,
        seat: Seat,
        came_in: Option<(EndKey, u64)>,
    ) -> Handle {
        let room = self.make_room(seat.node, 1);
        let handle = self.names(seat.node).give();
        if room {
            self.seat(key, seat, handle, came_in);
        } else {
            self.condemned.push(key);
            self.plan(Pending::Close { seat, handle });
        }
        handle
    }

    /// Checks a transfer list; changes nothing.
    pub(crate) fn check_list(
        &self,
        node: NodeId,
        source: Option<Handle>,
        ports: &[Handle],
    ) -> Result<(), Violation> {
        let mut seen = std::collections::BTreeSet::new();
        for (index, handle) in ports.iter().enumerate() {
            if source == Some(*handle) {
                return Err(Violation::SourceInList { index });
            }
            if !seen.insert(*handle) {
                return Err(Violation::Duplicate { index });
            }
            let held = match self.name(node, *handle) {
                Name::Live(slot) => self
                    .ends
                    .get(&slot.end)
                    .and_then(|end| end.stint(slot.stint))
                    .is_some_and(|stint| stint.tenure.holds()),
                // A renderer may not have heard yet that the port was lost.
                Name::Spent => node != NodeId::MAIN,
                Name::Settled => false,
                Name::Unknown => return Err(Violation::NotOwned { index }),
            };
            if !held {
                return Err(Violation::Neutered { index });
            }
        }
        Ok(())
    }

    /// Takes the ports of a checked list off their node.
    pub(crate) fn detach(
        &mut self,
        node: NodeId,
        ports: &[Handle],
        leaving: Tenure,
    ) -> Vec<EndKey> {
        ports.iter().map(|handle| self.detach_one(node, *handle, leaving)).collect()
    }

    fn detach_one(&mut self, node: NodeId, handle: Handle, leaving: Tenure) -> EndKey {
        let Name::Live(slot) = self.name(node, handle) else { return self.new_lost_port() };
        let Some(end) = self.ends.get_mut(&slot.end) else { return self.new_lost_port() };
        end.place = Place::Moving;
        if std::mem::take(&mut end.told) {
            end.inbox.push_back(Item::Close);
        }
        if node == NodeId::MAIN {
            end.finish(slot.stint);
            self.names(node).retire(handle);
            self.advance(slot.end);
        } else if let Some(stint) = end.stint_mut(slot.stint) {
            stint.tenure = leaving;
            let seat = stint.seat;
            self.plan(Pending::Fence { seat, handle });
        }
        slot.end
    }

    /// A holder, present or earlier, has posted.
    pub(crate) fn submit(&mut self, from: Slot, parcel: Parcel<M>) {
        let to = from.end.peer();
        if self.ends.get(&to).is_none_or(|peer| peer.place == Place::Closed) {
            return self.drop_parcel(parcel);
        }
        let Some(end) = self.ends.get_mut(&from.end) else { return self.drop_parcel(parcel) };
        match end.position(from.stint) {
            None => self.drop_parcel(parcel),
            Some(0) => self.push(to, parcel),
            Some(later) => {
                if let Some(stint) = end.stints.get_mut(later) {
                    stint.outbox.push_back(parcel);
                }
            }
        }
    }

    /// An earlier holder gives a message back.
    pub(crate) fn take_back(&mut self, to: Slot, parcel: Parcel<M>) {
        if let Some(stint) = self.ends.get_mut(&to.end).and_then(|end| end.stint_mut(to.stint)) {
            stint.lent = stint.lent.saturating_sub(1);
        }
        let parcel = self.enclose(to.end, parcel, true);
        if let (Some(parcel), Some(end)) = (parcel, self.ends.get_mut(&to.end)) {
            end.returned.push_back(parcel);
        }
    }

    /// Puts a message into an end's inbox.
    fn push(&mut self, to: EndKey, parcel: Parcel<M>) {
        let parcel = self.enclose(to, parcel, false);
        if let (Some(parcel), Some(end)) = (parcel, self.ends.get_mut(&to)) {
            end.inbox.push_back(Item::Message(parcel));
            self.plan(Pending::Look(to));
        }
    }

    /// Marks the ports of a message as being inside `outer`, which is about to keep it. Drops the
    /// message if `outer` is closed, or if it would be inside itself: the only way by which ports
    /// could go on existing where nobody can ever reach them (HTML calls the direct case "doomed").
    fn enclose(&mut self, outer: EndKey, parcel: Parcel<M>, back: bool) -> Option<Parcel<M>> {
        let open = self.ends.get(&outer).is_some_and(|end| end.place != Place::Closed);
        if !open || self.is_inside(outer, &parcel.ports, back) {
            self.drop_parcel(parcel);
            return None;
        }
        for port in &parcel.ports {
            if let Some(end) = self.ends.get_mut(port) {
                end.place = Place::Inside(outer);
            }
        }
        Some(parcel)
    }

    /// Whether `end` is in a message that waits in one of `ports`, at whatever depth.
    ///
    /// `back`: the ports come back unconsumed. So what was delivered to their last holder was not
    /// consumed either, nor what was delivered to that, and so on: it counts as waiting in them,
    /// wherever it lies. Without this, ports that lie in each other's queues on one page would chase
    /// each other through the router for ever, each return of one shipping the next.
    fn is_inside(&self, end: EndKey, ports: &[EndKey], back: bool) -> bool {
        if ports.is_empty() {
            return false;
        }
        let mut at = end;
        for _ in 0..self.limits.nesting {
            if ports.contains(&at) {
                return true;
            }
            match self.ends.get(&at).and_then(|end| self.container(end, back)) {
                Some(outer) => at = outer,
                None => return false,
            }
        }
        true
    }

    fn container(&self, end: &End<M>, back: bool) -> Option<EndKey> {
        match end.place {
            Place::Inside(outer) => Some(outer),
            Place::Held if back => {
                let (outer, stint) = end.stints.back()?.came_in?;
                let tenure = self.ends.get(&outer)?.stint(stint)?.tenure;
                (tenure.holds() || tenure == Tenure::Returning).then_some(outer)
            }
            Place::Held | Place::Moving | Place::Closed => None,
        }
    }

    pub(crate) fn drop_parcel(&mut self, parcel: Parcel<M>) {
        self.accounts.release(parcel.payer, parcel.load);
        self.condemned.extend(parcel.ports);
    }

    /// Closes every condemned end, and what waits in them, and so on inwards.
    pub(crate) fn bury(&mut self) {
        while let Some(key) = self.condemned.pop() {
            let Some(end) = self.ends.get_mut(&key) else { continue };
            end.place = Place::Closed;
            let inbox = std::mem::take(&mut end.inbox);
            let returned = std::mem::take(&mut end.returned);
            let holder = end.stints.back().filter(|stint| stint.tenure.holds());
            if let Some((serial, seat, handle)) = holder.map(|s| (s.serial, s.seat, s.handle)) {
                end.finish(serial);
                self.names(seat.node).retire(handle);
            }
            for parcel in returned {
                self.drop_parcel(parcel);
            }
            for item in inbox {
                if let Item::Message(parcel) = item {
                    self.drop_parcel(parcel);
                }
            }
            self.advance(key);
        }
    }

    /// Moves an end on when its first holder is done: what the next one posted leaves, what came back
    /// goes to the present one. When all are done and nobody holds it, the end is gone, and its peer
    /// has heard all it ever will but the Close.
    pub(crate) fn advance(&mut self, key: EndKey) {
        let mut moved = false;
        while let Some(outbox) = self.ends.get_mut(&key).and_then(|end| end.succeed()) {
            moved = true;
            for parcel in outbox {
                self.push(key.peer(), parcel);
            }
        }
        let Some(end) = self.ends.get(&key) else { return };
        if end.place == Place::Closed && end.stints.is_empty() {
            self.ends.remove(&key);
            self.hang_up(key.peer());
        } else if moved {
            self.wake(key);
        }
    }

    fn hang_up(&mut self, key: EndKey) {
        let Some(end) = self.ends.get_mut(&key) else { return };
        if end.place != Place::Closed {
            end.inbox.push_back(Item::Close);
            self.plan(Pending::Look(key));
        }
    }

    /// Looks again at everything that waits for an end's holder.
    pub(crate) fn wake(&mut self, key: EndKey) {
        let Some(end) = self.ends.get(&key).filter(|end| end.flows()) else { return };
        for _ in 0..end.inbox.len() {
            self.plan(Pending::Look(key));
        }
    }

    /// Takes the next item out of an end's inbox, if there is somebody to give it to.
    pub(crate) fn deliver(&mut self, key: EndKey) -> Option<Effect<M>> {
        let end = self.ends.get_mut(&key).filter(|end| end.flows())?;
        let item = end.inbox.pop_front()?;
        let stint = end.stints.front_mut()?;
        let (seat, handle, came_in) = (stint.seat, stint.handle, Some((key, stint.serial)));
        match item {
            Item::Message(parcel) => {
                stint.lent += 1;
                self.accounts.release(parcel.payer, parcel.load);
                let ports = parcel
                    .ports
                    .into_iter()
                    .map(|port| self.seat_anew(port, seat, came_in))
                    .collect();
                self.bury();
                Some(Effect::Deliver { seat, handle, message: parcel.message, ports })
            }
            Item::Close => {
                if seat.node == NodeId::MAIN {
                    // A closed port of main is inert at once; its script cannot ship it (semantics 52).
                    self.condemned.push(key);
                    self.bury();
                } else {
                    end.told = true;
                    self.names(seat.node).note_told(handle);
                }
                Some(Effect::Close { seat, handle })
            }
        }
    }
}
