//! A bare window for the tests: one web view with the extension in its web process, told by lines
//! on standard input what to do. `window EXTENSION_FOLDER START_UP_DATA`.
//!
//! Commands: `load URL`, `reload`; anything else and the end of the input quit.

use gtk::glib;
use gtk::prelude::*;
use std::cell::RefCell;
use std::io::BufRead;
use webkit2gtk::{
    HardwareAccelerationPolicy, SettingsExt, WebContext, WebContextExt, WebView, WebViewExt,
};

thread_local! {
    static VIEW: RefCell<Option<WebView>> = const { RefCell::new(None) };
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(user_data)) = (arguments.next(), arguments.next()) else {
        fail("usage: window EXTENSION_FOLDER START_UP_DATA");
    };
    if let Err(error) = gtk::init() {
        fail(&format!("no display: {error}"));
    }
    let context = WebContext::new();
    context.set_web_extensions_directory(&folder);
    if user_data != "none" {
        context.set_web_extensions_initialization_user_data(&user_data.to_variant());
    }
    let view = WebView::with_context(&context);
    if let Some(settings) = WebViewExt::settings(&view) {
        settings.set_allow_file_access_from_file_urls(true);
        settings.set_enable_page_cache(false);
        settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
    }
    view.connect_web_process_terminated(|_, reason| say(&format!("terminated {reason:?}")));
    view.connect_load_changed(|_, event| say(&format!("load-changed {event:?}")));
    let window = gtk::Window::new(gtk::WindowType::Toplevel);
    window.set_default_size(400, 300);
    window.add(&view);
    window.show_all();
    VIEW.set(Some(view));

    std::thread::spawn(|| {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            glib::idle_add_once(move || obey(&line));
        }
        glib::idle_add_once(gtk::main_quit);
    });
    gtk::main();
}

fn obey(line: &str) {
    let view = VIEW.with_borrow(|view| view.clone());
    match (view, line.split_once(' ').unwrap_or((line, ""))) {
        (Some(view), ("load", url)) => view.load_uri(url),
        (Some(view), ("reload", _)) => view.reload(),
        _ => gtk::main_quit(),
    }
}

#[allow(clippy::print_stdout)] // What the test reads.
fn say(text: &str) {
    println!("{text}");
}

#[allow(clippy::print_stderr)] // For the person who runs it.
fn fail(text: &str) -> ! {
    eprintln!("{text}");
    std::process::exit(2);
}
