//! `@electron/remote` as it comes from npm.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::{Engine, checks_itself, on_both_engines, package_app};

on_both_engines!(pages_use_objects_of_main);

fn pages_use_objects_of_main(engine: Engine) {
    checks_itself(engine, &package_app("remote"));
}
