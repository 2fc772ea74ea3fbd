//! Ways in which a router could be wrong, put between it and the world: each must be found.

use std::collections::BTreeMap;

use conch_ports::{Effect, Handle, Seat};

use super::Letter;

/// What goes wrong, and how often. The default: nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Wrong {
    #[default]
    Nothing,
    LosesALetter,
    RepeatsALetter,
    SwapsLetters,
    LosesAClose,
    RepeatsAClose,
    ClosesEarly,
    LosesAFence,
    LosesPorts,
    SwapsPorts,
    SpeaksAfterTheFence,
}

impl Wrong {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 10] = [
        Self::LosesALetter,
        Self::RepeatsALetter,
        Self::SwapsLetters,
        Self::LosesAClose,
        Self::RepeatsAClose,
        Self::ClosesEarly,
        Self::LosesAFence,
        Self::LosesPorts,
        Self::SwapsPorts,
        Self::SpeaksAfterTheFence,
    ];
}

#[derive(Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(Clone))]
pub(crate) struct Fault {
    pub(crate) wrong: Wrong,
    /// Opportunities to let pass first.
    pub(crate) spare: u32,
    held: Option<Effect<Letter>>,
    last: BTreeMap<(Seat, Handle), Effect<Letter>>,
}

pub(super) fn place(effect: &Effect<Letter>) -> (Seat, Handle) {
    match effect {
        Effect::Deliver { seat, handle, .. }
        | Effect::Close { seat, handle }
        | Effect::Fence { seat, handle } => (*seat, *handle),
    }
}

impl Fault {
    /// A letter that was held back and that nothing came to push out.
    pub(crate) fn held_back(&mut self) -> Option<Effect<Letter>> {
        self.held.take()
    }

    /// What the world gets to see of an effect.
    pub(crate) fn bend(&mut self, effect: Effect<Letter>) -> Vec<Effect<Letter>> {
        if self.wrong == Wrong::Nothing {
            return vec![effect];
        }
        if self.held.as_ref().is_some_and(|held| place(held) == place(&effect)) {
            return std::iter::once(effect).chain(self.held.take()).collect();
        }
        if !self.can_bend(&effect) {
            if matches!(effect, Effect::Deliver { .. }) {
                self.last.insert(place(&effect), effect.clone());
            }
            return vec![effect];
        }
        if self.spare > 0 {
            self.spare -= 1;
            return vec![effect];
        }
        let (seat, handle) = place(&effect);
        match std::mem::take(&mut self.wrong) {
            Wrong::Nothing => vec![effect],
            Wrong::LosesALetter | Wrong::LosesAClose | Wrong::LosesAFence => vec![],
            Wrong::RepeatsALetter | Wrong::RepeatsAClose => vec![effect.clone(), effect],
            Wrong::SwapsLetters => {
                self.held = Some(effect);
                // Still wrong, until the next effect for the same port pushes it out.
                self.wrong = Wrong::SwapsLetters;
                self.spare = u32::MAX;
                vec![]
            }
            Wrong::ClosesEarly => vec![Effect::Close { seat, handle }, effect],
            Wrong::SpeaksAfterTheFence => {
                let again = self.last.remove(&(seat, handle));
                std::iter::once(effect).chain(again).collect()
            }
            Wrong::LosesPorts | Wrong::SwapsPorts => vec![Self::bend_ports(effect)],
        }
    }

    fn can_bend(&self, effect: &Effect<Letter>) -> bool {
        match (self.wrong, effect) {
            (Wrong::LosesALetter | Wrong::RepeatsALetter, Effect::Deliver { ports, .. }) => {
                ports.is_empty()
            }
            (Wrong::SwapsLetters | Wrong::ClosesEarly, Effect::Deliver { .. }) => true,
            (Wrong::LosesAClose | Wrong::RepeatsAClose, Effect::Close { .. }) => true,
            (Wrong::LosesAFence, Effect::Fence { .. }) => true,
            (Wrong::SpeaksAfterTheFence, Effect::Fence { .. }) => {
                self.last.contains_key(&place(effect))
            }
            (Wrong::LosesPorts, Effect::Deliver { ports, .. }) => !ports.is_empty(),
            (Wrong::SwapsPorts, Effect::Deliver { ports, .. }) => ports.len() > 1,
            _ => false,
        }
    }

    fn bend_ports(effect: Effect<Letter>) -> Effect<Letter> {
        match effect {
            Effect::Deliver { seat, handle, mut message, mut ports } => {
                ports.reverse();
                if ports.len() == 1 {
                    ports.clear();
                    message.carries.clear();
                }
                Effect::Deliver { seat, handle, message, ports }
            }
            other => other,
        }
    }
}
