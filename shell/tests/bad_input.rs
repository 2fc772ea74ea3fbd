//! Everything that the electron module has is called with what it should not be given: see
//! `apps/bad-input`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::{Display, Engine, Sockets, at_home, on_both_engines, test_app};

on_both_engines!(every_function_takes_whatever_it_is_given);

fn every_function_takes_whatever_it_is_given(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let setting = at_home(engine, &sockets, &display).arg(test_app("bad-input"));
    let mut app = setting.start().unwrap();
    // Thousands of calls: each line has its own time.
    loop {
        let line = app.expect_that("done", |_| true).unwrap_or_else(|e| panic!("{e}"));
        assert!(!line.starts_with("FAILED"), "{line}\n{}", app.errors());
        if line == "done" {
            return;
        }
    }
}
