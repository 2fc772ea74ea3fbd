//! Apps that check themselves in real windows: see `apps/`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::process::Command;

use support::{
    Display, Engine, Sockets, WindowManager, conch, on_both_engines, self_checking, test_app,
};

on_both_engines! {
    a_hostile_page_stays_in_its_world,
    a_main_script_that_is_an_es_module_has_all_of_electron,
    every_frame_of_a_page_is_a_web_frame_main,
    every_line_on_a_console_is_told_whole,
    ipc_main_hears_and_answers_as_electrons_does,
    ipc_renderer_sends_and_fails_as_electrons_does,
    ports_go_everywhere_and_close_as_electrons_do,
    navigations_are_told_asked_about_and_prevented,
    scripts_run_in_worlds_of_the_apps_own,
    preload_scripts_run_and_find_what_electrons_do,
    web_contents_load_run_scripts_and_fail_as_electrons_do,
    windows_do_what_they_are_told,
    without_an_app_a_page_says_how_to_start,
    the_apps_events_come_in_electrons_order,
    every_kind_of_value_goes_every_way,
    a_page_with_node_prints_and_works_where_the_app_does,
}

fn a_hostile_page_stays_in_its_world(engine: Engine) {
    self_checking(engine, "hostile-page");
}

fn a_main_script_that_is_an_es_module_has_all_of_electron(engine: Engine) {
    self_checking(engine, "main-script");
}

fn every_frame_of_a_page_is_a_web_frame_main(engine: Engine) {
    self_checking(engine, "frames");
}

fn scripts_run_in_worlds_of_the_apps_own(engine: Engine) {
    self_checking(engine, "worlds");
}

fn every_line_on_a_console_is_told_whole(engine: Engine) {
    self_checking(engine, "console");
}

fn every_kind_of_value_goes_every_way(engine: Engine) {
    self_checking(engine, "values");
}

fn ipc_main_hears_and_answers_as_electrons_does(engine: Engine) {
    self_checking(engine, "ipc-main");
}

fn ipc_renderer_sends_and_fails_as_electrons_does(engine: Engine) {
    self_checking(engine, "ipc-renderer");
}

fn ports_go_everywhere_and_close_as_electrons_do(engine: Engine) {
    self_checking(engine, "ports");
}

fn navigations_are_told_asked_about_and_prevented(engine: Engine) {
    self_checking(engine, "navigation");
}

fn preload_scripts_run_and_find_what_electrons_do(engine: Engine) {
    self_checking(engine, "preload");
}

fn web_contents_load_run_scripts_and_fail_as_electrons_do(engine: Engine) {
    self_checking(engine, "contents");
}

fn windows_do_what_they_are_told(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let _manager = WindowManager::start(&display);
    let mut app = conch(engine, &sockets).on(&display).arg(test_app("windows")).start().unwrap();
    let last = app.expect_that("done", |l| l == "done" || l.starts_with("FAILED"));
    assert_eq!(last.unwrap_or_else(|e| panic!("{e}")), "done", "{}", app.errors());
}

fn without_an_app_a_page_says_how_to_start(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let mut setting = conch(engine, &sockets).on(&display);
    setting = setting.env("RUST_LOG", "conch=debug");
    let app = setting.start().unwrap();
    let mut xdotool = Command::new("xdotool");
    xdotool.args(["search", "--sync", "--onlyvisible", "--name", "^Conch$"]);
    let found = xdotool.env("DISPLAY", display.name()).output().unwrap();
    assert!(!found.stdout.is_empty(), "{}", app.errors());
    app.signal("TERM");
    assert_eq!(app.ended().unwrap().code, Some(0));
}

fn the_apps_events_come_in_electrons_order(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let app = conch(engine, &sockets).on(&display).arg(test_app("life-cycle")).start().unwrap();
    let ended = app.ended().unwrap();
    assert_eq!(ended.output.last().map(String::as_str), Some("done"), "{ended:#?}");
    assert_eq!(ended.code, Some(0));
}

fn a_page_with_node_prints_and_works_where_the_app_does(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let app = conch(engine, &sockets).on(&display).arg(test_app("unsandboxed")).start().unwrap();
    let ended = app.ended().unwrap();
    assert_eq!(ended.output, ["printed by the page", "same folder: true", "done"], "{ended:#?}");
}
