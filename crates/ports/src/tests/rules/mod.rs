//! The rules one by one, each test a sentence.

mod bounds;
mod closing;
mod moving;
mod names;
mod posting;

use conch_ports::{DocumentId, Effect, Handle, Limits, NodeId, Router, Seat, Weight};

impl Weight for &'static str {
    fn weight(&self) -> usize {
        self.len()
    }
}

type Router_ = Router<&'static str>;

const MAIN: NodeId = NodeId::MAIN;
const ONE: NodeId = NodeId::new(1);
const TWO: NodeId = NodeId::new(2);
const PAGE: Seat = Seat::new(ONE, DocumentId::new(1));
const FRAME: Seat = Seat::new(ONE, DocumentId::new(2));
const OTHER: Seat = Seat::new(TWO, DocumentId::new(1));

fn h(number: u32) -> Handle {
    Handle::new(number)
}

fn told(router: &mut Router_) -> Vec<Effect<&'static str>> {
    std::iter::from_fn(|| router.next_effect()).collect()
}

fn deliver(seat: Seat, handle: Handle, message: &'static str) -> Effect<&'static str> {
    Effect::Deliver { seat, handle, message, ports: vec![] }
}

fn close(seat: Seat, handle: Handle) -> Effect<&'static str> {
    Effect::Close { seat, handle }
}

fn fence(seat: Seat, handle: Handle) -> Effect<&'static str> {
    Effect::Fence { seat, handle }
}

/// A channel between a port of main that is started and one of a page.
fn main_and_page() -> (Router_, Handle, Handle) {
    let mut router = Router_::new();
    let (ours, theirs) = router.create(Seat::MAIN).unwrap();
    let theirs = ship(&mut router, MAIN, theirs, PAGE);
    router.start(MAIN, ours);
    assert_eq!(told(&mut router), []);
    (router, ours, theirs)
}

fn ship(router: &mut Router_, from: NodeId, handle: Handle, to: Seat) -> Handle {
    let transit = router.ship(from, &[handle]).unwrap();
    router.land(transit, to)[0]
}

fn small() -> Router_ {
    Router_::with_limits(Limits { handles: 4, held_items: 3, held_bytes: 10, nesting: 4 })
}
