//! The functions that `libconch_windows.so` offers the binary, which loads it at run time.
#![allow(unsafe_code, reason = "the binary finds the functions by their names")]

use std::path::PathBuf;
use std::sync::OnceLock;

use conch_windows_abi::{Answer, Callbacks, Text, VERSION};
use serde::Deserialize;

use crate::remote::Remote;
use crate::text;
use crate::ui::{Options, Ui};

/// The UI thread, once it runs. There is one in a process.
static REMOTE: OnceLock<Remote> = OnceLock::new();

/// [`Options`] in JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JsonOptions {
    extension_dir: PathBuf,
    private_dir: PathBuf,
    app_name: String,
    app_version: String,
    electron_version: String,
    /// What to trace, as in `RUST_LOG`: this library has a `tracing` of its own.
    trace: String,
}

/// Of which version this library is.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn conch_windows_version(answer: Answer<'_>) {
    answer.give(Ok(VERSION));
}

/// Runs the UI on this thread, which ends with the process. Comes back, having said why, when
/// there can be no UI.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn conch_windows_run(
    options: Text<'_>,
    callbacks: Callbacks,
    failure: Answer<'_>,
) {
    let Err(error) = run(options.as_str(), callbacks);
    failure.give(Err(&error));
}

fn run(options: &str, callbacks: Callbacks) -> Result<std::convert::Infallible, String> {
    let options: JsonOptions =
        text::from_json(options).and_then(serde_json::from_value).map_err(|e| e.to_string())?;
    trace(&options.trace);
    let callbacks: &'static Callbacks = Box::leak(Box::new(callbacks));
    let ui = Ui::new(
        Options {
            extension_dir: options.extension_dir,
            private_dir: options.private_dir,
            app_name: options.app_name,
            app_version: options.app_version,
            electron_version: options.electron_version,
            data_dir: None,
        },
        Box::new(|contents| callbacks.user_data(contents)),
        |event| match serde_json::to_string(&event) {
            Ok(event) => callbacks.event(&event),
            Err(error) => tracing::error!("{event:?} is no JSON: {error}"),
        },
    )
    .map_err(|error| error.to_string())?;
    if REMOTE.set(ui.remote()).is_err() {
        return Err("the UI was already started".to_owned());
    }
    callbacks.started();
    ui.run()
}

fn trace(directives: &str) {
    use tracing_subscriber::filter::Targets;
    use tracing_subscriber::layer::SubscriberExt as _;
    use tracing_subscriber::util::SubscriberInitExt as _;
    tracing_subscriber::registry()
        .with(directives.parse::<Targets>().unwrap_or_default())
        .with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr))
        .init();
}

/// Has the UI thread carry out a command, and waits for its answer.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn conch_windows_call(command: Text<'_>, answer: Answer<'_>) {
    let result = match REMOTE.get() {
        Some(remote) => remote.call_json(command.as_str()).map_err(|error| error.to_string()),
        None => Err("The UI thread has not started".to_owned()),
    };
    answer.give(result.as_deref().map_err(String::as_str));
}
