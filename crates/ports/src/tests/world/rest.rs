//! The end of a run: everything comes to rest, and the promises are checked.

use std::collections::{BTreeMap, BTreeSet};

use conch_ports::{Census, NodeId};

use super::{Action, Key, PortId, State, Word, World};

type Done = Result<(), String>;

impl World {
    /// Lets everything on the way arrive and every user take all there is.
    pub(crate) fn come_to_rest(&mut self) -> Done {
        // Each round takes a nested letter or a chained holder one step on; a run makes no thousand.
        for _ in 0..1000 {
            let mut moved = false;
            while self.effect(false)? || self.effect(true)? {
                moved = true;
            }
            while !self.kept.is_empty() {
                self.apply(Action::Land(0))?;
                moved = true;
            }
            for action in self.stirrings() {
                self.apply(action)?;
                moved = true;
            }
            if !moved && !self.collect_garbage() {
                return Ok(());
            }
        }
        Err(format!("no rest, but for ever {:?}", self.stirrings()))
    }

    /// Renderers collect ports that lie in letters in each other, where no user gets at them. `false`:
    /// there were none.
    fn collect_garbage(&mut self) -> bool {
        let mut reached: Vec<Key> = self.open_ports();
        let mut garbage: BTreeSet<Key> = self.ports.keys().copied().collect();
        while let Some(key) = reached.pop() {
            garbage.remove(&key);
            let queue = self.ports.get(&key).map(|port| &port.queue);
            for word in queue.into_iter().flatten() {
                if let Word::Letter(_, handles) = word {
                    reached.extend(handles.iter().map(|handle| (key.0, *handle)));
                }
            }
        }
        garbage.retain(|key| self.ports.get(key).is_some_and(|port| port.state == State::Latent));
        garbage.iter().for_each(|key| self.forget(*key));
        !garbage.is_empty()
    }

    fn stirrings(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        for (key, port) in &self.ports {
            actions.extend(port.unsent.iter().map(|_| Action::Send(*key)));
            if key.0 == NodeId::MAIN && !port.started {
                actions.push(Action::Start(*key));
            }
            if port.state == State::Open {
                actions.extend(port.queue.iter().map(|_| Action::Take(*key)));
            }
        }
        for (node, renderer) in &self.renderers {
            actions.extend(renderer.up.iter().map(|_| Action::Up(*node)));
            actions.extend(renderer.down.iter().map(|_| Action::Down(*node)));
        }
        actions
    }

    /// Checks every promise on a world at rest.
    pub(crate) fn check(&self) -> Done {
        let mut held: BTreeMap<PortId, bool> = BTreeMap::new();
        for (key, port) in &self.ports {
            if port.state != State::Open {
                return Err(format!("{key:?}, {:?} is {:?} for ever", port.id, port.state));
            }
            if held.insert(port.id, port.heard).is_some() {
                return Err(format!("two hold {:?}", port.id));
            }
        }
        for (id, heard) in &held {
            self.promises.nothing_due(*id)?;
            if *heard == held.contains_key(&id.peer()) {
                return Err(format!("{id:?} heard Close: {heard}, and its peer says otherwise"));
            }
        }
        if let Some(handle) = self.closing.first() {
            return Err(format!("main's port {handle} never heard its own Close"));
        }
        let census = self.router.census();
        let ends = held.len();
        let expected =
            Census { ends, handles: ends, channels: census.channels, ..Census::default() };
        if census != expected {
            return Err(format!("{ends} ports are held, yet the router keeps {census:?}"));
        }
        Ok(())
    }

    /// Everybody closes everything: nothing may be left.
    pub(crate) fn check_nothing_is_left(&mut self) -> Done {
        for key in self.open_ports() {
            self.apply(Action::Close(key))?;
        }
        self.come_to_rest()?;
        match self.router.census() {
            census if census == Census::default() => Ok(()),
            census => Err(format!("all ports are closed, yet the router keeps {census:?}")),
        }
    }

    /// The whole end of a run.
    pub(crate) fn finish(&mut self) -> Done {
        self.come_to_rest()?;
        self.check()?;
        self.check_nothing_is_left()
    }
}
