//! What can happen next: everything, for the explorer, or a draw from it, for chance.

use conch_ports::NodeId;

use super::{Action, Key, Port, State, World};

/// A kind of action, and how often chance should choose it among others.
const KINDS: [(Kind, usize); 15] = [
    (Kind::Open, 3),
    (Kind::Post, 12),
    (Kind::Send, 8),
    (Kind::Ship, 6),
    (Kind::Take, 8),
    (Kind::Close, 2),
    (Kind::Start, 2),
    (Kind::Up, 16),
    (Kind::Down, 14),
    (Kind::Effect, 14),
    (Kind::MainEffect, 8),
    (Kind::Land, 6),
    (Kind::Document, 1),
    (Kind::DocumentGone, 1),
    (Kind::Kill, 1),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Post,
    Send,
    Ship,
    Take,
    Close,
    Start,
    Up,
    Down,
    Effect,
    MainEffect,
    Land,
    Document,
    DocumentGone,
    Kill,
}

impl World {
    /// Everything that could happen now, letters and ipc messages carrying at most one port.
    pub(crate) fn menu(&self) -> Vec<Action> {
        KINDS.iter().flat_map(|(kind, _)| self.actions(*kind)).collect()
    }

    /// Draws an action. `choose(n)` is a number below n.
    pub(crate) fn draw(&self, choose: &mut dyn FnMut(usize) -> usize) -> Option<Action> {
        let mut ticket = choose(KINDS.iter().map(|(_, weight)| weight).sum());
        let kind = KINDS.iter().find_map(|(kind, weight)| {
            if ticket < *weight {
                return Some(*kind);
            }
            ticket -= weight;
            None
        })?;
        let actions = self.actions(kind);
        if actions.is_empty() {
            return None;
        }
        let mut action = actions.get(choose(actions.len()))?.clone();
        // Now and then a second port goes along.
        let (source, list) = match &mut action {
            Action::Post(key, list) => (Some(*key), list),
            Action::Ship(_, list, _) => (None, list),
            _ => return Some(action),
        };
        if let Some(first) = list.first().copied()
            && choose(2) == 1
        {
            let more: Vec<Key> = self.beside(first).filter(|key| source != Some(*key)).collect();
            if let Some(key) = more.get(choose(more.len().max(1))).filter(|key| !list.contains(key))
            {
                list.push(*key);
            }
        }
        Some(action)
    }

    /// The ports that are in the same hands.
    fn beside(&self, key: Key) -> impl Iterator<Item = Key> + '_ {
        let seat = self.ports.get(&key).map(|port| port.seat);
        let open = move |port: &Port| Some(port.seat) == seat && port.state == State::Open;
        self.ports.iter().filter(move |(_, port)| open(port)).map(|(key, _)| *key)
    }

    fn actions(&self, kind: Kind) -> Vec<Action> {
        let ports = self.ports.iter();
        let renderers = self.renderers.iter();
        let open = || self.open_ports().into_iter();
        let if_left = |left: u32, actions: Vec<Action>| if left > 0 { actions } else { Vec::new() };
        match kind {
            Kind::Open => {
                if_left(self.budget.opens, self.seats().into_iter().map(Action::Open).collect())
            }
            Kind::Post => if_left(self.budget.posts, self.posts()),
            Kind::Send => ports
                .filter(|(_, port)| !port.unsent.is_empty())
                .map(|(key, _)| Action::Send(*key))
                .collect(),
            Kind::Ship => if_left(
                self.budget.ships,
                open()
                    .flat_map(|key| {
                        self.seats()
                            .into_iter()
                            .map(move |seat| Action::Ship(key.0, vec![key], seat))
                    })
                    .collect(),
            ),
            Kind::Take => ports
                .filter(|(_, port)| port.state == State::Open && !port.queue.is_empty())
                .map(|(key, _)| Action::Take(*key))
                .collect(),
            Kind::Close => if_left(self.budget.closes, open().map(Action::Close).collect()),
            Kind::Start => ports
                .filter(|(key, port)| key.0 == NodeId::MAIN && !port.started)
                .map(|(key, _)| Action::Start(*key))
                .collect(),
            Kind::Up => {
                renderers.filter(|(_, r)| !r.up.is_empty()).map(|(n, _)| Action::Up(*n)).collect()
            }
            Kind::Down => renderers
                .filter(|(_, r)| !r.down.is_empty())
                .map(|(n, _)| Action::Down(*n))
                .collect(),
            Kind::Effect => vec![Action::Effect],
            Kind::MainEffect => vec![Action::MainEffect],
            Kind::Land => (0..self.kept.len()).map(Action::Land).collect(),
            Kind::Document => if_left(
                self.budget.documents,
                renderers.map(|(n, _)| Action::Document(*n)).collect(),
            ),
            Kind::DocumentGone => if_left(
                self.budget.documents_gone,
                self.seats()
                    .into_iter()
                    .filter(|seat| seat.node != NodeId::MAIN)
                    .map(Action::DocumentGone)
                    .collect(),
            ),
            Kind::Kill => {
                if_left(self.budget.kills, renderers.map(|(n, _)| Action::Kill(*n)).collect())
            }
        }
    }

    fn posts(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        for key in self.open_ports() {
            actions.push(Action::Post(key, Vec::new()));
            if self.budget.carry {
                let others = self.beside(key).filter(|other| *other != key);
                actions.extend(others.map(|other| Action::Post(key, vec![other])));
            }
        }
        actions
    }
}
