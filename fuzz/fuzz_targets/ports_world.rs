//! Every byte string is a story: pages open, post, ship, close and die, links dawdle. At the end all
//! comes to rest and every promise is checked.

#![no_main]
// The world serves the explorer and the mutants too; this target needs less of it.
#![allow(dead_code)]

#[path = "../../crates/ports/src/tests/world/mod.rs"]
mod world;

use libfuzzer_sys::fuzz_target;
use world::{Budget, World};

const PLENTY: Budget = Budget {
    opens: 8,
    posts: 200,
    ships: 100,
    closes: 6,
    kills: 2,
    documents_gone: 4,
    documents: 4,
    carry: true,
    unsent: true,
};

fuzz_target!(|bytes: &[u8]| {
    let mut world = World::new(3, 2, PLENTY);
    let mut bytes = bytes.iter();
    let mut play = || {
        while !bytes.as_slice().is_empty() {
            let mut choose = |below: usize| usize::from(*bytes.next().unwrap_or(&0)) % below;
            if let Some(action) = world.draw(&mut choose) {
                world.apply(action)?;
            }
        }
        world.finish()
    };
    if let Err(broken) = play() {
        panic!("{broken}");
    }
});
