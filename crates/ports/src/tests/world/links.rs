//! Main's side of the links and the renderers' reading of them: the part a broker plays.

use conch_ports::{Effect, Handle, NodeId, Seat};

use super::fault::{Wrong, place};
use super::{Down, Letter, Port, PortId, State, Up, Word, World};

type Done = Result<(), String>;

impl World {
    /// Main reads one word of a renderer.
    pub(super) fn up(&mut self, node: NodeId) -> Done {
        let renderer = self.renderers.get_mut(&node).ok_or("reading from no process")?;
        let Some(word) = renderer.up.pop_front() else { return Ok(()) };
        let router = &mut self.router;
        let refused = match word {
            Up::Document(document) => {
                renderer.known.insert(document);
                Ok(())
            }
            Up::DocumentGone(document) => {
                renderer.known.remove(&document);
                router.document_gone(Seat::new(node, document));
                Ok(())
            }
            Up::New(document, a, b) => router.open(Seat::new(node, document), a, b),
            Up::Post(handle, letter, ports) => router.post(node, handle, letter, &ports),
            Up::Close(handle) => router.close(node, handle),
            Up::Return(handle, letter, ports) => router.returned(node, handle, letter, &ports),
            Up::Settled(handle) => router.settled(node, handle),
            Up::Ipc(to, handles, ids) => {
                router.ship(node, &handles).map(|transit| self.kept.push((transit, ids, to)))
            }
        };
        refused.map_err(|violation| format!("an honest {node} was refused: {violation}"))
    }

    /// Main delivers an ipc message it kept, or finds that it cannot.
    pub(super) fn land(&mut self, index: usize) -> Done {
        let (transit, ids, to) = self.kept.remove(index);
        if to == Seat::MAIN {
            let handles = self.router.land(transit, to);
            self.receive(to, &handles, &ids, State::Open);
            return Ok(());
        }
        let known = |node: NodeId| Some(self.renderers.get(&node)?.known.contains(&to.document));
        if known(to.node) == Some(true) {
            let handles = self.router.land(transit, to);
            self.give(to.node, Down::Ipc(to.document, handles, ids));
        } else {
            self.router.discard(transit);
        }
        Ok(())
    }

    fn give(&mut self, node: NodeId, word: Down) {
        let Some(renderer) = self.renderers.get_mut(&node) else { return };
        if let Down::Deliver(document, _, letter, _) = &word
            && !renderer.documents.contains(document)
        {
            self.promises.lose(letter);
        }
        renderer.down.push_back(word);
    }

    fn receive(&mut self, seat: Seat, handles: &[Handle], ids: &[PortId], state: State) {
        for (handle, id) in handles.iter().zip(ids) {
            self.ports.insert((seat.node, *handle), Port::new(*id, seat, state));
        }
    }

    /// Carries out the router's next effect for main or for renderers, as far as the fault of this
    /// world lets it. `false`: there was none.
    pub(super) fn effect(&mut self, main: bool) -> Result<bool, String> {
        let router = &mut self.router;
        let next = if main { router.next_main_effect() } else { router.next_renderer_effect() };
        let effects = match next {
            Some(effect) => self.fault.bend(effect),
            None => self.fault.held_back().into_iter().collect(),
        };
        let is_for = |effect: &Effect<Letter>| place(effect).0.node == NodeId::MAIN;
        if self.fault.wrong == Wrong::Nothing && effects.iter().any(|effect| is_for(effect) != main)
        {
            return Err(format!("{effects:?} to the wrong side"));
        }
        let any = !effects.is_empty();
        effects.into_iter().try_for_each(|effect| self.carry_out(effect))?;
        Ok(any)
    }

    fn carry_out(&mut self, effect: Effect<Letter>) -> Done {
        match effect {
            Effect::Deliver { seat, handle, message, ports } => {
                if ports.len() != message.carries.len() {
                    return Err(format!("{message:?} came with {} ports", ports.len()));
                }
                if seat.node != NodeId::MAIN {
                    let word = Down::Deliver(seat.document, handle, message, ports);
                    self.give(seat.node, word);
                    return Ok(());
                }
                let port = self.ports.get(&(seat.node, handle)).ok_or("a letter for no port")?;
                if !port.started {
                    return Err("a letter for a port that was not started".into());
                }
                let id = port.id;
                self.receive(seat, &ports, &message.carries, State::Open);
                self.promises.take(id, &message)
            }
            Effect::Close { seat, handle } if seat.node == NodeId::MAIN => {
                if self.closing.remove(&handle) {
                    return Ok(());
                }
                self.hear((seat.node, handle))?;
                self.ports.remove(&(seat.node, handle));
                Ok(())
            }
            Effect::Close { seat, handle } => {
                self.give(seat.node, Down::Close(handle));
                Ok(())
            }
            Effect::Fence { seat, handle } => {
                self.give(seat.node, Down::Fence(handle));
                Ok(())
            }
        }
    }

    /// A renderer reads one word.
    pub(super) fn down(&mut self, node: NodeId) -> Done {
        let renderer = self.renderers.get_mut(&node).ok_or("a word for no process")?;
        let Some(word) = renderer.down.pop_front() else { return Ok(()) };
        match word {
            Down::Deliver(document, handle, letter, handles) => {
                let seat = Seat::new(node, document);
                if !renderer.documents.contains(&document) {
                    return Ok(());
                }
                let ids = letter.carries.clone();
                self.receive(seat, &handles, &ids, State::Latent);
                match self.ports.get_mut(&(node, handle)) {
                    Some(port) => port.queue.push_back(Word::Letter(letter, handles)),
                    // Its user closed it: so are the ports in the letter.
                    None => handles.into_iter().for_each(|inner| self.forget((node, inner))),
                }
                Ok(())
            }
            Down::Close(handle) => {
                if let Some(port) = self.ports.get_mut(&(node, handle)) {
                    port.queue.push_back(Word::Close);
                }
                Ok(())
            }
            Down::Fence(handle) => match self.ports.get(&(node, handle)).map(|port| port.state) {
                Some(State::Shipping) => self.answer((node, handle)),
                Some(_) => Err("a fence for a port that was not shipped".into()),
                None => Ok(()),
            },
            Down::Ipc(document, handles, ids) => {
                if renderer.documents.contains(&document) {
                    self.receive(Seat::new(node, document), &handles, &ids, State::Open);
                }
                Ok(())
            }
        }
    }
}
