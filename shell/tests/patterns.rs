//! Every example runs in real windows and prints what it promises. The examples are the message
//! patterns of Electron's guides; `expected.txt` beside each holds the lines.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::{Display, Engine, Sockets, conch, on_both_engines, root};

fn run(engine: Engine, name: &str) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let folder = root().join("examples").join(name);
    let expected = std::fs::read_to_string(folder.join("expected.txt")).unwrap();
    let mut app = conch(engine, &sockets).on(&display).arg(&folder).start().unwrap();
    for line in expected.lines() {
        app.expect(line).unwrap_or_else(|e| panic!("{e}"));
    }
    app.signal("TERM");
    let ended = app.ended().unwrap();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(sockets.left().is_empty(), "sockets were left behind: {:?}", sockets.left());
}

macro_rules! patterns {
    ($($test:ident $name:literal,)*) => {
        $(fn $test(engine: Engine) { run(engine, $name); })*

        on_both_engines!($($test),*);

        #[test]
        fn every_example_is_a_test() {
            let mut names: Vec<String> = std::fs::read_dir(root().join("examples"))
                .unwrap()
                .flatten()
                .filter(|entry| entry.path().is_dir())
                .map(|entry| entry.file_name().into_string().unwrap())
                .collect();
            names.sort();
            assert_eq!(names, [$($name),*]);
        }
    };
}

patterns! {
    one_way "01-one-way",
    invoke_and_handle "02-invoke",
    reply "03-reply",
    send_sync "04-send-sync",
    main_to_page "05-main-to-page",
    page_to_page "06-page-to-page",
    ports_between_two_windows "07-ports-two-windows",
    a_hidden_window_as_worker "08-worker-window",
    a_stream_of_replies "09-reply-stream",
    a_port_for_the_pages_own_world "10-port-to-page",
    one_api_on_both_sides "11-one-api",
    ports_that_move "12-ports-move",
    close_by_every_way "13-close",
    listeners_and_precedence "14-listeners",
}
