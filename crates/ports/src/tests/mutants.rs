//! The checker is worth something: it finds every way of being wrong that we can think of.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::chance::{PLENTY, run};
use super::world::{World, Wrong};

fn finding(wrong: Wrong) -> Option<String> {
    let mut runner = TestRunner::deterministic();
    let bytes = proptest::collection::vec(proptest::num::u8::ANY, 400..1200);
    (0..600).find_map(|turn| {
        let mut world = World::new(2, 2, PLENTY);
        world.fault.wrong = wrong;
        world.fault.spare = turn % 4;
        let bytes = bytes.new_tree(&mut runner).expect("a string of bytes").current();
        run(world, &bytes).err()
    })
}

#[test]
fn a_sound_router_is_not_accused() {
    assert_eq!(finding(Wrong::Nothing), None);
}

#[test]
fn every_way_of_being_wrong_is_found() {
    let missed: Vec<Wrong> =
        Wrong::ALL.into_iter().filter(|wrong| finding(*wrong).is_none()).collect();
    assert_eq!(missed, []);
}
