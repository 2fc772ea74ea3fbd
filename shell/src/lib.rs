//! `conch`: runs an Electron app on the system's webview.
//!
//! This is the wiring and nothing else: the command line, the app's package.json, one thread for
//! windows (this one) and one for JavaScript. It is a library that the binary loads, so that the
//! binary can say what to do where the system has no WebKitGTK.

mod app;
mod arguments;
mod configurations;
mod default_app;
mod fabric;
mod installation;
mod javascript;

use std::convert::Infallible;
use std::io::Write;
use std::sync::Arc;

use clap::Parser;
use conch_broker::{Admission, WebContentsId};
use conch_link::SocketDirectory;
use conch_windows::Ui;

use crate::app::App;
use crate::arguments::Arguments;
use crate::configurations::Configurations;
use crate::javascript::{JavaScript, Message};

/// The level of Electron's API that is offered: `process.versions.electron`.
const ELECTRON_VERSION: &str = "45.0.0";

/// Runs the program with the process's arguments; gives its exit code. Does not return once the
/// UI thread runs.
#[allow(unsafe_code, reason = "the binary finds it by this name")]
#[unsafe(no_mangle)]
pub extern "C" fn conch_main() -> i32 {
    let arguments = Arguments::parse();
    trace();
    let Err(error) = run(arguments);
    // Standard error may be closed; the exit code still tells.
    let _ = writeln!(std::io::stderr(), "conch: {error}");
    1
}

fn trace() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

fn run(arguments: Arguments) -> Result<Infallible, Box<dyn std::error::Error>> {
    let binary = std::env::current_exe()?;
    let extension = installation::extension(&binary)?;
    let directory = Arc::new(SocketDirectory::create()?);
    let extension_dir = installation::alone(&extension, directory.path())?;
    let app = match &arguments.app {
        Some(path) => App::find(path)?,
        None => default_app::unpack(directory.path())?,
    };
    tracing::debug!("the app is {app:?}");

    let admission = Admission::new();
    let configurations = Configurations::new(admission.clone(), directory.socket());
    let (events, inbox) = tokio::sync::mpsc::unbounded_channel();
    let from_ui = events.clone();
    let for_processes = configurations.clone();
    let ui = Ui::new(
        conch_windows::Options {
            extension_dir,
            app_name: app.name.clone(),
            app_version: app.version.clone(),
            electron_version: ELECTRON_VERSION.into(),
            data_dir: None,
        },
        Box::new(move |contents| for_processes.for_new_process(WebContentsId(contents))),
        move |event| {
            // An event after the end of JavaScript has nobody to tell.
            let _ = from_ui.send(Message::Ui(event));
        },
    )?;

    let javascript = JavaScript {
        app,
        binary,
        arguments: arguments.rest,
        admission,
        configurations,
        ui: ui.remote(),
        directory,
        messages: events,
    };
    std::thread::Builder::new()
        .name("javascript".into())
        .stack_size(conch_runtime::Host::THREAD_STACK)
        .spawn(move || javascript.run(inbox))?;
    ui.run()
}
