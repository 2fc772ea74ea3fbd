//! What users and pages do: open, post, ship, take, close, come and go.

use std::collections::VecDeque;

use conch_ports::{DocumentId, Handle, NodeId, Seat};

use super::{Down, Key, Letter, Port, PortId, State, Up, Word, World};

type Done = Result<(), String>;

impl World {
    pub(super) fn put(&mut self, node: NodeId, word: Up) {
        if let Some(renderer) = self.renderers.get_mut(&node) {
            renderer.up.push_back(word);
        }
    }

    pub(super) fn open(&mut self, seat: Seat) -> Done {
        self.budget.opens -= 1;
        let (a, b) = if seat.node == NodeId::MAIN {
            self.router.create(seat).map_err(|e| e.to_string())?
        } else {
            let renderer = self.renderers.get_mut(&seat.node).ok_or("a dead user")?;
            renderer.last_even += 4;
            let (a, b) = (Handle::new(renderer.last_even - 2), Handle::new(renderer.last_even));
            renderer.up.push_back(Up::New(seat.document, a, b));
            (a, b)
        };
        for (handle, second) in [(a, false), (b, true)] {
            let id = PortId { channel: self.channels, second };
            self.ports.insert((seat.node, handle), Port::new(id, seat, State::Open));
        }
        self.channels += 1;
        Ok(())
    }

    /// Users let go of ports; says which ports these are.
    fn let_go(&mut self, keys: &[Key]) -> Vec<PortId> {
        let mut ids = Vec::new();
        for key in keys {
            let Some(port) = self.ports.get_mut(key) else { continue };
            ids.push(port.id);
            port.state = State::Shipping;
            if key.0 == NodeId::MAIN {
                self.ports.remove(key);
            }
        }
        ids
    }

    pub(super) fn post(&mut self, key: Key, carried: &[Key]) -> Done {
        self.budget.posts -= 1;
        let carries = self.let_go(carried);
        let port = self.ports.get_mut(&key).ok_or("posting on no port")?;
        let letter = self.promises.post(port.id, carries);
        let handles: Vec<Handle> = carried.iter().map(|(_, handle)| *handle).collect();
        if key.0 == NodeId::MAIN {
            self.router.post(key.0, key.1, letter, &handles).map_err(|e| e.to_string())
        } else {
            port.unsent.push_back((letter, handles));
            if self.budget.unsent { Ok(()) } else { self.send(key) }
        }
    }

    pub(super) fn send(&mut self, key: Key) -> Done {
        let port = self.ports.get_mut(&key).ok_or("sending from no port")?;
        if let Some((letter, handles)) = port.unsent.pop_front() {
            self.put(key.0, Up::Post(key.1, letter, handles));
        }
        Ok(())
    }

    fn send_all(&mut self, key: Key) -> Done {
        while self.ports.get(&key).is_some_and(|port| !port.unsent.is_empty()) {
            self.send(key)?;
        }
        Ok(())
    }

    pub(super) fn ship(&mut self, node: NodeId, keys: &[Key], to: Seat) -> Done {
        self.budget.ships -= 1;
        let ids = self.let_go(keys);
        let handles: Vec<Handle> = keys.iter().map(|(_, handle)| *handle).collect();
        if node == NodeId::MAIN {
            let transit = self.router.ship(node, &handles).map_err(|e| e.to_string())?;
            self.kept.push((transit, ids, to));
        } else {
            self.put(node, Up::Ipc(to, handles, ids));
        }
        Ok(())
    }

    /// A renderer's user takes the next word; main's get theirs as the effects come.
    pub(super) fn take(&mut self, key: Key) -> Done {
        let port = self.ports.get_mut(&key).ok_or("taking from no port")?;
        match port.queue.pop_front() {
            None => Ok(()),
            Some(Word::Close) => self.hear(key),
            Some(Word::Letter(letter, handles)) => {
                let id = port.id;
                for handle in handles {
                    if let Some(inner) = self.ports.get_mut(&(key.0, handle)) {
                        inner.state = State::Open;
                    }
                }
                self.promises.take(id, &letter)
            }
        }
    }

    /// A user hears Close.
    pub(super) fn hear(&mut self, key: Key) -> Done {
        let port = self.ports.get_mut(&key).ok_or("Close for no port")?;
        if std::mem::replace(&mut port.heard, true) {
            return Err(format!("{:?} heard Close twice", port.id));
        }
        let id = port.id;
        let has_peer = |port: &Port| port.id == id.peer() && port.state != State::Shipping;
        if self.ports.values().any(has_peer) {
            return Err(format!("{id:?} heard Close while its peer was open"));
        }
        self.promises.nothing_due(id)
    }

    pub(super) fn close(&mut self, key: Key) -> Done {
        self.budget.closes = self.budget.closes.saturating_sub(1);
        if key.0 == NodeId::MAIN {
            self.closing.insert(key.1);
            self.ports.remove(&key);
            return self.router.close(key.0, key.1).map_err(|e| e.to_string());
        }
        self.send_all(key)?;
        self.forget(key);
        Ok(())
    }

    /// A renderer drops a port and says so; also those in letters that nobody will ever take.
    pub(super) fn forget(&mut self, key: Key) {
        let mut keys = VecDeque::from([key]);
        while let Some(key) = keys.pop_front() {
            let Some(port) = self.ports.remove(&key) else { continue };
            self.put(key.0, Up::Close(key.1));
            for word in port.queue {
                if let Word::Letter(_, handles) = word {
                    keys.extend(handles.into_iter().map(|handle| (key.0, handle)));
                }
            }
        }
    }

    /// A renderer answers the fence of a port it shipped.
    pub(super) fn answer(&mut self, key: Key) -> Done {
        self.send_all(key)?;
        let port = self.ports.remove(&key).ok_or("a fence for no port")?;
        for word in port.queue {
            let Word::Letter(letter, handles) = word else { continue };
            let keys: Vec<Key> = handles.iter().map(|handle| (key.0, *handle)).collect();
            self.let_go(&keys);
            self.put(key.0, Up::Return(key.1, letter, handles));
        }
        self.put(key.0, Up::Settled(key.1));
        Ok(())
    }

    pub(super) fn start(&mut self, key: Key) -> Done {
        self.ports.get_mut(&key).ok_or("starting no port")?.started = true;
        self.router.start(key.0, key.1);
        Ok(())
    }

    pub(super) fn document(&mut self, node: NodeId) -> Done {
        self.budget.documents -= 1;
        let renderer = self.renderers.get_mut(&node).ok_or("a document of no process")?;
        renderer.last_document += 1;
        let document = DocumentId::new(renderer.last_document);
        renderer.documents.insert(document);
        renderer.up.push_back(Up::Document(document));
        Ok(())
    }

    pub(super) fn document_gone(&mut self, seat: Seat) -> Done {
        self.budget.documents_gone -= 1;
        let renderer = self.renderers.get_mut(&seat.node).ok_or("a document of no process")?;
        renderer.documents.remove(&seat.document);
        renderer.up.push_back(Up::DocumentGone(seat.document));
        for word in &renderer.down {
            if let Down::Deliver(document, _, letter, _) = word
                && *document == seat.document
            {
                self.promises.lose(letter);
            }
        }
        self.lose_ports(|port| port.seat == seat);
        Ok(())
    }

    /// The process is gone with all that is in it and on its link; main notices at once.
    pub(super) fn kill(&mut self, node: NodeId) -> Done {
        self.budget.kills -= 1;
        let renderer = self.renderers.remove(&node).ok_or("killing a dead process")?;
        for word in renderer.up {
            if let Up::Post(_, letter, _) | Up::Return(_, letter, _) = word {
                self.promises.lose(&letter);
            }
        }
        for word in renderer.down {
            if let Down::Deliver(_, _, letter, _) = word {
                self.promises.lose(&letter);
            }
        }
        self.lose_ports(|port| port.seat.node == node);
        self.router.node_gone(node);
        Ok(())
    }

    fn lose_ports(&mut self, lost: impl Fn(&Port) -> bool) {
        let promises = &mut self.promises;
        let mut lose = |letter: &Letter| promises.lose(letter);
        self.ports.retain(|_, port| {
            if !lost(port) {
                return true;
            }
            port.unsent.iter().for_each(|(letter, _)| lose(letter));
            for word in &port.queue {
                if let Word::Letter(letter, _) = word {
                    lose(letter);
                }
            }
            false
        });
    }
}
