//! A world to try the router in: processes with documents, users who post, ship, close and read, and
//! links on which everything takes its time. All that is left to chance is in the order of [`Action`]s.
//!
//! It is written against the public API alone, so that the fuzzer can include it too.

mod fault;
mod links;
mod menu;
mod promises;
mod rest;
mod users;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use conch_ports::{DocumentId, Handle, NodeId, Router, Seat, Transit};

pub(crate) use fault::Fault;
#[cfg(test)]
pub(crate) use fault::Wrong;
pub(crate) use promises::{Letter, PortId, Promises};

/// A port as its process knows it.
pub(crate) type Key = (NodeId, Handle);

/// Where a port object of a process is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum State {
    /// Inside a letter that no user has taken yet.
    Latent,
    Open,
    /// A user shipped it; the fence has not come.
    Shipping,
}

/// What waits in a renderer for its page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Word {
    Letter(Letter, Vec<Handle>),
    Close,
}

/// A port object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Port {
    pub(crate) id: PortId,
    pub(crate) seat: Seat,
    pub(crate) state: State,
    /// Main: `start()` was called.
    pub(crate) started: bool,
    /// Its user was told that the channel is closed.
    pub(crate) heard: bool,
    pub(crate) queue: VecDeque<Word>,
    /// Posted by the user, not yet put on the link: other messages may pass them.
    pub(crate) unsent: VecDeque<(Letter, Vec<Handle>)>,
}

impl Port {
    pub(crate) fn new(id: PortId, seat: Seat, state: State) -> Self {
        Self {
            id,
            seat,
            state,
            started: false,
            heard: false,
            queue: VecDeque::new(),
            unsent: VecDeque::new(),
        }
    }
}

/// From a renderer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Up {
    Document(DocumentId),
    DocumentGone(DocumentId),
    New(DocumentId, Handle, Handle),
    Post(Handle, Letter, Vec<Handle>),
    Ipc(Seat, Vec<Handle>, Vec<PortId>),
    Close(Handle),
    Return(Handle, Letter, Vec<Handle>),
    Settled(Handle),
}

/// To a renderer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Down {
    Deliver(DocumentId, Handle, Letter, Vec<Handle>),
    Close(Handle),
    Fence(Handle),
    Ipc(DocumentId, Vec<Handle>, Vec<PortId>),
}

/// A renderer's process and its link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Renderer {
    pub(crate) up: VecDeque<Up>,
    pub(crate) down: VecDeque<Down>,
    pub(crate) documents: BTreeSet<DocumentId>,
    /// The documents that main knows of, a link's length later.
    pub(crate) known: BTreeSet<DocumentId>,
    pub(crate) last_document: u32,
    pub(crate) last_even: u32,
}

/// How often users may still do what makes the world larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Budget {
    pub(crate) opens: u32,
    pub(crate) posts: u32,
    pub(crate) ships: u32,
    pub(crate) closes: u32,
    pub(crate) kills: u32,
    pub(crate) documents_gone: u32,
    pub(crate) documents: u32,
    /// Whether letters may carry ports.
    pub(crate) carry: bool,
    /// Whether posts wait in the page before they go on the link.
    pub(crate) unsent: bool,
}

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    /// A user makes a channel.
    Open(Seat),
    Post(Key, Vec<Key>),
    /// The page puts its oldest unsent post on the link.
    Send(Key),
    /// A user ships ports by ipc.
    Ship(NodeId, Vec<Key>, Seat),
    /// A user takes the next word from a port.
    Take(Key),
    Close(Key),
    /// Main's user starts a port.
    Start(Key),
    /// Main reads a word from a renderer's link.
    Up(NodeId),
    /// A renderer reads a word from its link.
    Down(NodeId),
    /// Main has the router's next effect for a renderer carried out.
    Effect,
    /// Main's script gets the next effect for itself.
    MainEffect,
    /// Main delivers an ipc message that it kept.
    Land(usize),
    Document(NodeId),
    DocumentGone(Seat),
    Kill(NodeId),
}

impl Action {
    /// Whether it happens without anybody wanting it.
    pub(crate) fn is_on_its_own(&self) -> bool {
        match self {
            Self::Open(_)
            | Self::Post(..)
            | Self::Ship(..)
            | Self::Close(_)
            | Self::Document(_)
            | Self::DocumentGone(_)
            | Self::Kill(_) => false,
            Self::Send(_)
            | Self::Take(_)
            | Self::Start(_)
            | Self::Up(_)
            | Self::Down(_)
            | Self::Effect
            | Self::MainEffect
            | Self::Land(_) => true,
        }
    }
}

#[derive(Debug, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(Clone))]
pub(crate) struct World {
    pub(crate) router: Router<Letter>,
    pub(crate) promises: Promises,
    pub(crate) ports: BTreeMap<Key, Port>,
    pub(crate) renderers: BTreeMap<NodeId, Renderer>,
    /// Ipc messages that main keeps for a while.
    pub(crate) kept: Vec<(Transit, Vec<PortId>, Seat)>,
    /// Ports of main whose own Close has to come yet.
    pub(crate) closing: BTreeSet<Handle>,
    pub(crate) budget: Budget,
    pub(crate) fault: Fault,
    pub(crate) channels: u16,
}

impl World {
    /// Main and some renderers, each with some documents.
    pub(crate) fn new(renderers: u32, documents: u32, budget: Budget) -> Self {
        let known: BTreeSet<DocumentId> = (1..=documents).map(DocumentId::new).collect();
        let renderer = Renderer {
            documents: known.clone(),
            known,
            last_document: documents,
            ..Renderer::default()
        };
        Self {
            router: Router::new(),
            promises: Promises::default(),
            ports: BTreeMap::new(),
            renderers: (1..=renderers).map(|n| (NodeId::new(n), renderer.clone())).collect(),
            kept: Vec::new(),
            closing: BTreeSet::new(),
            budget,
            fault: Fault::default(),
            channels: 0,
        }
    }

    /// Does one thing, then looks whether the router is still sound. `Err` is a broken promise.
    pub(crate) fn apply(&mut self, action: Action) -> Result<(), String> {
        self.act(action)?;
        self.audit()
    }

    pub(crate) fn audit(&self) -> Result<(), String> {
        self.router.audit().map_err(str::to_owned)
    }

    pub(crate) fn act(&mut self, action: Action) -> Result<(), String> {
        match action {
            Action::Open(seat) => self.open(seat),
            Action::Post(key, carried) => self.post(key, &carried),
            Action::Send(key) => self.send(key),
            Action::Ship(node, ports, to) => self.ship(node, &ports, to),
            Action::Take(key) => self.take(key),
            Action::Close(key) => self.close(key),
            Action::Start(key) => self.start(key),
            Action::Up(node) => self.up(node),
            Action::Down(node) => self.down(node),
            Action::Effect => self.effect(false).map(|_| ()),
            Action::MainEffect => self.effect(true).map(|_| ()),
            Action::Land(index) => self.land(index),
            Action::Document(node) => self.document(node),
            Action::DocumentGone(seat) => self.document_gone(seat),
            Action::Kill(node) => self.kill(node),
        }
    }

    /// Seats that a user may address now.
    pub(crate) fn seats(&self) -> Vec<Seat> {
        let pages = self.renderers.iter().flat_map(|(node, renderer)| {
            renderer.documents.iter().map(|document| Seat::new(*node, *document))
        });
        std::iter::once(Seat::MAIN).chain(pages).collect()
    }

    /// The ports that users have in hand.
    pub(crate) fn open_ports(&self) -> Vec<Key> {
        let open = self.ports.iter().filter(|(_, port)| port.state == State::Open);
        open.map(|(key, _)| *key).collect()
    }
}
