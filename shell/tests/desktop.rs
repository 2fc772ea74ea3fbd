//! What the desktop does for an app, and what a person does with its menus.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::Path;

use support::{
    Display, Engine, Performance, Sockets, WindowManager, at_home, on_both_engines, test_app,
    xdotool,
};

on_both_engines! {
    the_desktop_serves_the_app,
    a_second_instance_tells_the_first,
    fact_141_an_app_starts_anew,
    menus_are_shown_and_chosen_from,
    fact_99_alert_and_confirm_are_message_boxes,
}

/// A program for the addresses of one scheme, which writes down what it was given.
fn install_opener(home: &Path) {
    let applications = home.join(".local/share/applications");
    let script = home.join("opener");
    let home = home.display();
    let lines = format!("printf %s \"$1\" > {home}/part\nmv {home}/part {home}/opened\n");
    std::fs::write(&script, lines).unwrap();
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Opener\nExec=sh {} %u\n\
         MimeType=x-scheme-handler/conch-test;\n",
        script.display()
    );
    std::fs::write(applications.join("opener.desktop"), entry).unwrap();
    std::fs::write(
        applications.join("mimeapps.list"),
        "[Default Applications]\nx-scheme-handler/conch-test=opener.desktop\n",
    )
    .unwrap();
}

fn line(app: &mut Performance, start: &str) -> String {
    let found = app.expect_that(start, |line| line.starts_with(start));
    found.unwrap_or_else(|e| panic!("{e}"))
}

fn the_desktop_serves_the_app(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let setting = at_home(engine, &sockets, &display);
    install_opener(&sockets.0.join("home"));
    let mut app = setting.arg(test_app("desktop")).start().unwrap();
    let last = app.expect_that("done", |line| line == "done" || line.starts_with("FAILED"));
    assert_eq!(last.unwrap_or_else(|e| panic!("{e}")), "done", "{}", app.errors());
}

/// What the first instance prints.
fn first_on(engine: Engine, arguments: &str) -> String {
    let engine = format!("{engine:?}").to_lowercase();
    format!("the first on {engine}, true, true: {arguments}")
}

fn a_second_instance_tells_the_first(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let start = |argument: &str| {
        let app = at_home(engine, &sockets, &display).arg(test_app("one-instance")).arg(argument);
        app.start().unwrap()
    };
    let mut first = start("one");
    first.expect(&first_on(engine, "one")).unwrap();
    let ended = start("two").ended().unwrap();
    assert_eq!((ended.code, ended.output), (Some(0), vec!["not the first, false".to_owned()]));
    let heard = line(&mut first, "heard");
    assert!(heard.starts_with("heard of two in /"), "{heard}");
    assert!(heard.ends_with(r#"with {"from":["two"]}"#), "{heard}");

    // A first one that was killed is in nobody's way.
    first.signal("KILL");
    assert_eq!(first.ended().unwrap().code, None);
    let mut next = start("three");
    next.expect(&first_on(engine, "three")).unwrap();
    next.signal("TERM");
    assert_eq!(next.ended().unwrap().code, Some(0));
    assert_eq!(sockets.left(), Vec::<std::path::PathBuf>::new());
}

fn fact_141_an_app_starts_anew(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let setting = at_home(engine, &sockets, &display).arg(test_app("one-instance")).arg("again");
    let mut app = setting.start().unwrap();
    app.expect(&first_on(engine, "anew")).unwrap();
    assert_eq!(app.ended().unwrap().code, Some(0));
}

fn menus_are_shown_and_chosen_from(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let _manager = WindowManager::start(&display);
    let mut app = at_home(engine, &sockets, &display).arg(test_app("menus")).start().unwrap();
    app.expect("ready").unwrap();

    xdotool(&display, "search --sync --onlyvisible --name ^Menus$ windowfocus --sync");
    xdotool(&display, "mousemove 200 200 click 3");
    app.expect(r#"asked ["words",true,"text-area",true,true,"none"]"#).unwrap();
    app.expect("shown").unwrap();
    xdotool(&display, "key --clearmodifiers Down key --clearmodifiers Return");
    app.expect("chosen Here false true false").unwrap();
    app.expect("gone").unwrap();

    xdotool(&display, "key --clearmodifiers ctrl+j");
    app.expect("chosen By key false true true").unwrap();
    xdotool(&display, "key --clearmodifiers alt+t");
    std::thread::sleep(std::time::Duration::from_millis(500));
    xdotool(&display, "key --clearmodifiers Down key --clearmodifiers Return");
    app.expect("chosen Mark true true false").unwrap();
    app.signal("TERM");
    assert_eq!(app.ended().unwrap().code, Some(0));
}

fn fact_99_alert_and_confirm_are_message_boxes(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let _manager = WindowManager::start(&display);
    let mut app = at_home(engine, &sockets, &display).arg(test_app("asks")).start().unwrap();
    let answers = [
        ("confirm('Yes?')", "Return", "true"),
        ("confirm('No?')", "Escape", "false"),
        ("alert('Told')", "Return", "undefined"),
    ];
    for (question, key, answer) in answers {
        xdotool(
            &display,
            &format!("search --sync --onlyvisible --name ^asks$ windowfocus --sync key {key}"),
        );
        app.expect(&format!("{question}: {answer}")).unwrap();
    }
    app.signal("TERM");
    assert_eq!(app.ended().unwrap().code, Some(0));
}
