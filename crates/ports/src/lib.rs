//! MessagePorts that move between processes: the one place that knows where each port is.
//!
//! A channel has two ends. An end can be shipped from process to process, again and again, while
//! messages fly in both directions. This crate is a pure state machine: the broker tells [`Router`]
//! what the links said, and does what its [`Effect`]s ask.
//!
//! # What is promised
//! 1. A message posted on one end arrives at the other end's holder once.
//! 2. Messages of one direction arrive in the order in which they were posted, whoever posted them,
//!    through whichever holders.
//! 3. When one end closes, the other hears Close once, after every message posted before it, and
//!    nothing after it. Who closed a port hears nothing more of it (but main hears its own close).
//! 4. The death of a process loses what was inside that process, nothing else: what it had posted
//!    arrives, what it had shipped lives on.
//! 5. Nothing is kept for a dead port. When every holder is gone, so is every channel.
//! 6. No node can name another's port, make up a message it was not given to return, or make the
//!    router keep more than [`Limits`] allow.
//!
//! One port has no order against another, nor against ipc messages (semantics 43).
//!
//! # Moving
//! An end keeps a queue of stints, one for each holder that has not settled yet. A renderer that ships
//! a port is sent [`Effect::Fence`]. It may still post what its user had posted before
//! ([`Router::post`]) and gives back what its page had not consumed ([`Router::returned`]), then says
//! [`Router::settled`]. Until then messages for the new holder wait in the inbox, behind what comes
//! back; and what the new holder posts waits in its stint's outbox, behind what the old one posted. If
//! the port moves on meanwhile, one more stint joins the queue: only the first may speak to the peer,
//! and only a holder with nobody before it is spoken to. Main needs no fence: the router hands it one
//! message at a time, and what was not handed over has never left.
//!
//! # What a renderer owes
//! Fenced, it sends in this order what its user had posted on the port, then each message that its
//! page had not consumed, then settles. A message it returns takes the ports in it along: they are
//! shipped by that, and get fences of their own. A message it throws away (its port was closed, or was
//! collected) does not: it closes the ports in it. Once its page has heard Close, it closes the port.
//! A renderer that does none of this hurts its own ports, and whoever got one from it, until it ends.
//!
//! # What can never be reached
//! A message that waits in a port may hold ports in which messages wait. Should that ever close to a
//! ring, nobody could get at it again, nor would it ever end. So no ring is made: the message that
//! would close it is dropped, and the ports in it close. That also ends rings whose messages lie in a
//! page's queues and come back from there.
//!
//! ```
//! use conch_ports::{Effect, NodeId, DocumentId, Router, Seat};
//!
//! let page = Seat::new(NodeId::new(1), DocumentId::new(1));
//! let mut router = Router::<Vec<u8>>::new();
//! let (ours, theirs) = router.create(Seat::MAIN)?;
//! router.post(NodeId::MAIN, ours, b"early".to_vec(), &[])?;
//!
//! let transit = router.ship(NodeId::MAIN, &[theirs])?;
//! let landed = router.land(transit, page);
//! assert_eq!(
//!     router.next_effect(),
//!     Some(Effect::Deliver { seat: page, handle: landed[0], message: b"early".to_vec(), ports: vec![] }),
//! );
//! assert_eq!(router.next_effect(), None);
//! # Ok::<(), conch_ports::Violation>(())
//! ```

mod agenda;
mod audit;
mod budget;
mod effect;
mod end;
mod flow;
mod ids;
mod names;
mod router;
mod transit;
mod violation;

#[cfg(test)]
extern crate self as conch_ports;
#[cfg(test)]
mod tests;

pub use audit::Census;
pub use budget::{Limits, Weight};
pub use effect::Effect;
pub use ids::{DocumentId, Handle, NodeId, Seat};
pub use router::Router;
pub use transit::Transit;
pub use violation::Violation;
