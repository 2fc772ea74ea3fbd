//! Whom to tell what next: effects wait here as intentions and are made when somebody asks.

use std::collections::VecDeque;

use crate::end::EndKey;
use crate::router::Router;
use crate::{Effect, Handle, NodeId, Seat, Weight};

/// An effect to be made when its turn comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pending {
    /// See whether this end has something for its holder. Looked up only when its turn comes, so
    /// that what a holder ships meanwhile goes along with the port.
    Look(EndKey),
    Close {
        seat: Seat,
        handle: Handle,
    },
    Fence {
        seat: Seat,
        handle: Handle,
    },
}

impl Pending {
    fn seat(self) -> Option<Seat> {
        match self {
            Self::Look(_) => None,
            Self::Close { seat, .. } | Self::Fence { seat, .. } => Some(seat),
        }
    }
}

/// What is to be told, main's apart: main is told when its script is ready to hear, renderers at
/// once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Agenda {
    main: VecDeque<Pending>,
    renderers: VecDeque<Pending>,
}

impl Agenda {
    fn of(&mut self, is_main: bool) -> &mut VecDeque<Pending> {
        if is_main { &mut self.main } else { &mut self.renderers }
    }

    /// Plans nothing more for holders that are gone.
    pub(crate) fn forget(&mut self, node: NodeId, is_gone: impl Fn(Seat) -> bool) {
        self.of(node == NodeId::MAIN).retain(|pending| !pending.seat().is_some_and(&is_gone));
    }
}

impl<M: Weight> Router<M> {
    pub(crate) fn plan(&mut self, pending: Pending) {
        let is_main = self.is_mains(pending);
        self.pending.of(is_main).push_back(pending);
    }

    /// Whether it would be main that is told, as things are.
    fn is_mains(&self, pending: Pending) -> bool {
        let seat = match pending {
            Pending::Look(key) => {
                self.ends.get(&key).and_then(|end| end.stints.front()).map(|stint| stint.seat)
            }
            Pending::Close { seat, .. } | Pending::Fence { seat, .. } => Some(seat),
        };
        seat.is_some_and(|seat| seat.node == NodeId::MAIN)
    }

    /// The next thing to tell main, or to tell renderers.
    pub(crate) fn next_of(&mut self, is_main: bool) -> Option<Effect<M>> {
        while let Some(pending) = self.pending.of(is_main).pop_front() {
            if self.is_mains(pending) != is_main {
                // The port has moved to the other side since.
                self.pending.of(!is_main).push_back(pending);
                continue;
            }
            match pending {
                Pending::Look(key) => {
                    if let Some(effect) = self.deliver(key) {
                        return Some(effect);
                    }
                }
                Pending::Close { seat, handle } => return Some(Effect::Close { seat, handle }),
                Pending::Fence { seat, handle } => return Some(Effect::Fence { seat, handle }),
            }
        }
        None
    }
}
