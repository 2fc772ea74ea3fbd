//! Worlds driven by chance.

use proptest::prelude::*;

use super::world::{Budget, World};

pub(super) const PLENTY: Budget = Budget {
    opens: 8,
    posts: 200,
    ships: 60,
    closes: 6,
    kills: 1,
    documents_gone: 2,
    documents: 2,
    carry: true,
    unsent: true,
};

/// Runs a world on a string of bytes, then brings it to rest and checks it. `Err` tells the story.
pub(super) fn run(mut world: World, bytes: &[u8]) -> Result<(), String> {
    let mut story = Vec::new();
    let mut bytes = bytes.iter();
    let mut play = || {
        while !bytes.as_slice().is_empty() {
            let mut choose = |below: usize| usize::from(*bytes.next().unwrap_or(&0)) % below;
            if let Some(action) = world.draw(&mut choose) {
                story.push(format!("{action:?}"));
                world.apply(action)?;
            }
        }
        world.finish()
    };
    play().map_err(|broken: String| format!("{broken}, after\n{}", story.join("\n")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_moves_or_dies_each_message_arrives_once_in_order_then_close_once(
        bytes in proptest::collection::vec(any::<u8>(), 0..1200),
    ) {
        prop_assert_eq!(run(World::new(2, 2, PLENTY), &bytes), Ok(()));
    }

    #[test]
    fn ports_that_never_rest_lose_nothing(
        bytes in proptest::collection::vec(any::<u8>(), 0..1200),
    ) {
        let budget = Budget { opens: 2, ships: 200, closes: 1, kills: 0, documents_gone: 0, ..PLENTY };
        prop_assert_eq!(run(World::new(3, 1, budget), &bytes), Ok(()));
    }

    #[test]
    fn ports_posted_into_ports_neither_leak_nor_run_in_circles(
        bytes in proptest::collection::vec(any::<u8>(), 0..800),
    ) {
        let budget = Budget { opens: 10, ships: 6, closes: 1, kills: 0, documents_gone: 0, ..PLENTY };
        prop_assert_eq!(run(World::new(1, 1, budget), &bytes), Ok(()));
    }

    #[test]
    fn everything_dying_leaves_nothing(
        bytes in proptest::collection::vec(any::<u8>(), 0..800),
    ) {
        let budget = Budget { kills: 3, documents_gone: 8, documents: 8, ..PLENTY };
        prop_assert_eq!(run(World::new(3, 2, budget), &bytes), Ok(()));
    }
}
