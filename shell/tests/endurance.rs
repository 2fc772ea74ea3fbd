//! Windows that come and go, and processes that are killed, leave nothing with the main process.
//! `cargo xtask soak` does it a thousand times and looks at the memory too.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::{Display, Endurance, Engine, Sockets, conch, on_both_engines, test_app};

on_both_engines! { windows_that_are_killed_and_reopened_leave_no_descriptor }

fn windows_that_are_killed_and_reopened_leave_no_descriptor(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    // One descriptor a cycle would be 15 of them; a process that WebKit starts ahead of need has six.
    let endurance = Endurance { cycles: 25, every: 25, descriptors: 10, memory: None };
    let setting = conch(engine, &sockets).on(&display);
    endurance
        .run(setting, &test_app("killed-and-reopened"), &sockets.0, |_, _| {})
        .unwrap_or_else(|e| panic!("{e}"));
}
