//! Small worlds, exhaustively: every order in which a handful of things can happen.
//!
//! States are told apart by a 64-bit hash, so a state can be passed over for one it collides with: of
//! a million states, with a chance of one in thirty million.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use conch_ports::{DocumentId, NodeId, Seat};

use super::world::{Action, Budget, World};

/// Nothing at all; each world says what it may do.
const NONE: Budget = Budget {
    opens: 0,
    posts: 0,
    ships: 0,
    closes: 0,
    kills: 0,
    documents_gone: 0,
    documents: 0,
    carry: false,
    unsent: false,
};

fn fingerprint(world: &World) -> u64 {
    let mut hasher = DefaultHasher::new();
    world.hash(&mut hasher);
    hasher.finish()
}

/// How a world came about, last action first.
enum Story {
    Start,
    Then(Action, Rc<Story>),
}

impl Story {
    fn blame(&self, broken: &str) -> ! {
        let mut actions = Vec::new();
        let mut at = self;
        while let Self::Then(action, before) = at {
            actions.push(format!("{action:?}"));
            at = before;
        }
        actions.reverse();
        panic!("{broken}, after\n{}", actions.join("\n"))
    }
}

/// Visits every state that can be reached, and has each that is at rest checked. Returns how many
/// states there are.
fn explore(start: World) -> usize {
    let mut seen = HashSet::from([fingerprint(&start)]);
    let mut open = vec![(start, Rc::new(Story::Start))];
    while let Some((world, story)) = open.pop() {
        let mut at_rest = true;
        for action in world.menu() {
            let mut next = world.clone();
            let done = next.act(action.clone());
            let is_on_its_own = action.is_on_its_own();
            let told = Rc::new(Story::Then(action, Rc::clone(&story)));
            done.unwrap_or_else(|broken| told.blame(&broken));
            at_rest &= !is_on_its_own || next == world;
            if seen.insert(fingerprint(&next)) {
                next.audit().unwrap_or_else(|broken| told.blame(&broken));
                open.push((next, told));
            }
        }
        if at_rest {
            world.clone().finish().unwrap_or_else(|broken| story.blame(&broken));
        }
    }
    seen.len()
}

fn page(number: u32) -> Seat {
    Seat::new(NodeId::new(number), DocumentId::new(1))
}

/// A world in which one channel is open and all have come to rest: its ports are with these two.
fn channel_between(left: Seat, right: Seat, pages: u32, budget: Budget) -> World {
    let mut world = World::new(pages, 1, Budget { opens: 1, ships: 2, ..budget });
    world.apply(Action::Open(Seat::MAIN)).expect("a channel");
    for (key, to) in world.open_ports().into_iter().zip([left, right]) {
        if to != Seat::MAIN {
            world.apply(Action::Ship(NodeId::MAIN, vec![key], to)).expect("a port under way");
        }
    }
    world.come_to_rest().expect("a channel");
    world.budget = budget;
    world
}

/// Two open channels with all at rest: an end of each at the first seat, the others at these two.
fn two_channels(at: Seat, left: Seat, right: Seat, budget: Budget) -> World {
    let mut world = World::new(2, 1, Budget { opens: 2, ships: 4, ..budget });
    for to in [left, right] {
        let before = world.open_ports();
        world.apply(Action::Open(Seat::MAIN)).expect("a channel");
        let new = world.open_ports().into_iter().filter(|key| !before.contains(key));
        for (key, to) in new.collect::<Vec<_>>().into_iter().zip([at, to]) {
            if to != Seat::MAIN {
                world.apply(Action::Ship(NodeId::MAIN, vec![key], to)).expect("a port under way");
            }
        }
        world.come_to_rest().expect("a channel");
    }
    world.budget = budget;
    world
}

/// An optimised build looks one post further; an unoptimised one takes as long for a tenth of it.
const MORE: u32 = if cfg!(debug_assertions) { 0 } else { 1 };

/// Explores, and makes sure that there was something to explore.
fn visit(world: World, states: usize) {
    let found = explore(world);
    assert!(found >= states, "{found} states, which is hardly a world");
    println!("{found} states");
}

#[test]
fn posts_both_ways_while_a_port_moves_twice() {
    let budget = Budget { posts: 2 + MORE, ships: 2, ..NONE };
    visit(channel_between(Seat::MAIN, page(1), 2, budget), 10_000);
}

#[test]
fn the_end_of_a_process_while_a_port_moves() {
    let budget = Budget { posts: 2, ships: 1 + MORE, kills: 1, ..NONE };
    visit(channel_between(page(1), page(2), 2, budget), 10_000);
}

#[test]
fn closing_while_a_port_moves() {
    let budget = Budget { posts: 2, ships: 1 + MORE, closes: 1, ..NONE };
    visit(channel_between(Seat::MAIN, page(1), 2, budget), 10_000);
}

#[test]
fn the_end_of_a_document_while_a_port_moves() {
    let budget = Budget { posts: 2, ships: 1 + MORE, documents_gone: 1, ..NONE };
    visit(channel_between(Seat::MAIN, page(1), 2, budget), 10_000);
}

#[test]
fn ports_in_letters_in_ports() {
    let budget = Budget { opens: 1, posts: 2 + MORE, carry: true, ..NONE };
    visit(channel_between(Seat::MAIN, page(1), 1, budget), 2000);
}

#[test]
fn ports_in_letters_of_ports_that_move() {
    let budget = Budget { opens: MORE, posts: 2, ships: 1, carry: true, ..NONE };
    visit(channel_between(page(1), page(1), 1, budget), 2000);
}

#[test]
fn late_posts_of_a_page_that_shipped_the_port() {
    let budget = Budget { posts: 2 + MORE, ships: 2, unsent: true, ..NONE };
    visit(channel_between(Seat::MAIN, page(1), 1, budget), 10_000);
}

#[test]
fn two_channels_on_three_nodes_post_and_move() {
    let budget = Budget { posts: 1 + MORE, ships: 1, carry: true, ..NONE };
    visit(two_channels(page(1), Seat::MAIN, page(2), budget), 2000);
}

#[test]
fn two_channels_on_three_nodes_move_and_close() {
    let budget = Budget { posts: 1 + MORE, ships: 1, closes: 1, ..NONE };
    visit(two_channels(page(1), page(2), page(2), budget), 10_000);
}

#[test]
fn two_channels_on_three_nodes_of_which_one_dies() {
    let budget = Budget { posts: 1 + MORE, ships: 1, carry: true, kills: 1, ..NONE };
    visit(two_channels(page(1), Seat::MAIN, page(2), budget), 10_000);
}

#[test]
fn two_channels_on_three_nodes_where_all_happens_once() {
    let budget = Budget { posts: 1, ships: MORE, closes: 1, kills: 1, carry: true, ..NONE };
    visit(two_channels(page(1), Seat::MAIN, page(2), budget), 1000);
}
