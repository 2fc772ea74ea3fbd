//! `conch`: runs an Electron app on the system's webview.
//!
//! This is the wiring and nothing else: the command line, the app's package.json, one thread for
//! JavaScript, and the first thread for windows once they are wanted. The binary knows no WebKit,
//! so JavaScript starts at once; see [`windows`].

mod app;
mod arguments;
mod configurations;
mod default_app;
mod display;
mod embedded;
mod fabric;
mod installation;
mod javascript;
mod library;
mod node;
mod windows;

use std::process::ExitCode;
use std::sync::Arc;

use conch_broker::Admission;
use conch_link::SocketDirectory;

use crate::app::{App, EngineName};
use crate::arguments::Arguments;
use crate::configurations::Configurations;
use crate::display::Display;
use crate::javascript::JavaScript;
use crate::library::Library;
use crate::windows::{Told, Windows};

/// The level of Electron's API that is offered: `process.versions.electron`.
const ELECTRON_VERSION: &str = "45.0.0";

fn main() -> ExitCode {
    if std::env::var_os("ELECTRON_RUN_AS_NODE").is_some_and(|value| !value.is_empty()) {
        javascript::say(&node::run_as_node());
        return ExitCode::FAILURE;
    }
    let arguments = Arguments::read();
    let traced = trace();
    match run(arguments, &traced) {
        // The exit code of a process has eight bits.
        Ok(code) => ExitCode::from(code as u8),
        Err(error) => {
            javascript::say(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Traces what `RUST_LOG` names, errors without; gives what that is.
fn trace() -> String {
    use tracing_subscriber::filter::Targets;
    use tracing_subscriber::layer::SubscriberExt as _;
    use tracing_subscriber::util::SubscriberInitExt as _;

    let named = std::env::var("RUST_LOG").ok().filter(|named| named.parse::<Targets>().is_ok());
    let traced = named.filter(|named| !named.is_empty()).unwrap_or_else(|| "error".to_owned());
    tracing_subscriber::registry()
        .with(traced.parse::<Targets>().unwrap_or_default())
        .with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr))
        .init();
    traced
}

/// Runs the program until the app ends, and gives its exit code.
fn run(arguments: Arguments, traced: &str) -> Result<i32, Box<dyn std::error::Error>> {
    let binary = std::env::current_exe()?;
    let extension = installation::extension(&binary)?;
    let library = Library::find(&binary)?;
    let directory = Arc::new(SocketDirectory::create()?);
    let extension_dir = installation::alone(&extension, directory.path())?;
    let app = match &arguments.app {
        Some(path) => App::find(path)?,
        None => default_app::unpack(directory.path())?,
    };
    tracing::debug!("the app is {app:?}");
    let sure = display::check()? == Display::There && library::has_webkit();

    let admission = Admission::new();
    let configurations = Configurations::new(admission.clone(), directory.socket());
    let (messages, inbox) = tokio::sync::mpsc::unbounded_channel();
    let told = Told { messages: messages.clone(), configurations: configurations.clone() };
    let options = serde_json::json!({
        "extensionDir": extension_dir,
        "privateDir": directory.path(),
        "appName": app.name,
        "appVersion": app.version,
        "electronVersion": ELECTRON_VERSION,
        "trace": traced,
    });
    for switch in &arguments.switches {
        javascript::say(&format!("{switch} has no effect in Conch"));
    }
    let node_options = arguments.node_options();
    let engine = match (arguments.node, arguments.embedded) {
        (true, _) => Some(EngineName::Node),
        (_, true) => Some(EngineName::Embedded),
        // Nothing but Node understands its options.
        _ if !node_options.is_empty() => Some(EngineName::Node),
        _ => app.engine,
    };
    let windows = Windows::new(sure);
    let javascript = JavaScript {
        app,
        binary,
        named: arguments.app,
        switches: arguments.switches,
        arguments: arguments.rest,
        engine,
        node_options,
        admission,
        configurations,
        windows: windows.clone(),
        directory: Arc::clone(&directory),
        messages,
    };
    std::thread::Builder::new()
        .name("javascript".into())
        .stack_size(conch_runtime::Host::THREAD_STACK)
        .spawn(move || javascript.run(inbox))?;
    let outcome = windows.run(&library, &options.to_string(), told);
    // The JavaScript thread may still be there, and hold on to the directory.
    directory.remove();
    Ok(outcome?)
}
