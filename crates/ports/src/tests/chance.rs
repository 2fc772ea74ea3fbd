//! Worlds driven by chance.

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};

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

/// A number below the given one, by chance.
fn below(rng: &mut TestRng, limit: u32) -> u32 {
    rng.next_u32() % limit
}

/// A world larger than those above, in whose life this and that is frequent.
fn large_world(rng: &mut TestRng) -> World {
    let budget = Budget {
        opens: 1 + below(rng, 40),
        posts: below(rng, 2000),
        ships: below(rng, 600),
        closes: below(rng, 30),
        kills: below(rng, 4),
        documents_gone: below(rng, 12),
        documents: below(rng, 12),
        carry: below(rng, 4) > 0,
        unsent: below(rng, 2) > 0,
    };
    World::new(1 + below(rng, 8), 1 + below(rng, 4), budget)
}

fn seed_of_now() -> u64 {
    std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), ())
}

/// Ten million steps, or as many as `CONCH_SOAK_STEPS` says, from a new seed each time: what
/// `cargo xtask soak` runs. The seed is said, and `CONCH_SOAK_SEED` takes it.
#[test]
#[ignore = "takes minutes; cargo xtask soak runs it"]
fn soak() {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let steps = number("CONCH_SOAK_STEPS").unwrap_or(10_000_000);
    let seed = number("CONCH_SOAK_SEED").unwrap_or_else(seed_of_now);
    println!("seed {seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let (mut done, mut worlds) = (0, 0);
    while done < steps {
        let mut world = large_world(&mut rng);
        for _ in 0..below(&mut rng, 20_000) {
            let mut choose = |limit: usize| below(&mut rng, limit as u32) as usize;
            if let Some(action) = world.draw(&mut choose) {
                done += 1;
                let told = format!("{action:?}");
                world.apply(action).unwrap_or_else(|broken| panic!("{broken}, at {told}"));
            }
        }
        world.finish().unwrap_or_else(|broken| panic!("{broken}, at the end of world {worlds}"));
        worlds += 1;
    }
    println!("{done} steps in {worlds} worlds");
}
