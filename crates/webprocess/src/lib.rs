//! The renderer's side of Conch: a WebKitGTK web process extension.
//!
//! WebKit loads this library into every web process. It connects to the main process, and at the
//! start of every document it runs Conch's JavaScript (`preload/`) in a script world of its own,
//! which runs the app's preload script and offers `ipcRenderer`. Messages travel between that
//! JavaScript and the main process by one socket; the UI process sees none of them.
//!
//! ```text
//!  WebKit ── engine ──> world: frames and their documents
//!                         └─> context: one document, its contexts, its receiver
//!                               ├─ natives, evaluate: what JavaScript calls
//!  main loop ── link ───────────┘  (script: values and functions, safely)
//! ```
//!
//! Only `entry`, `ffi`, `script`, `engine`, `main_loop` and `socket` have unsafe code. Without start-up data, or without a main process to connect to, the
//! library does nothing, so that it is harmless in any other WebKit program.

mod config;
mod console;
mod context;
mod crypto;
mod engine;
mod entry;
mod evaluate;
mod ffi;
mod files;
mod link;
mod log;
mod main_loop;
mod natives;
mod own_worlds;
mod script;
mod session;
mod socket;
mod sources;
mod world;

use crate::config::Config;
use crate::engine::Extension;
use crate::link::Link;
use crate::log::log;
use crate::session::Session;
use crate::world::Documents;
use conch_wire::{Envelope, PROTOCOL_VERSION, kind};

/// Connects to the main process and begins to listen for documents.
fn initialize(extension: Extension, user_data: Option<String>) {
    let Some(json) = user_data else {
        log("no start-up data; the extension stays idle");
        return;
    };
    let config = match Config::parse(&json) {
        Ok(config) => config,
        Err(error) => {
            log(&format!("the start-up data is not understood: {error}"));
            return;
        }
    };
    let link = match Link::connect(&config.socket) {
        Ok(link) => link,
        Err(error) => {
            log(&format!("no connection to the main process at {}: {error}", config.socket));
            return;
        }
    };
    let documents = Documents::new(config.has_isolated_world);
    let session = session::begin(Session::new(config, link, documents));
    session.link.post_envelope(&Envelope {
        kind: kind::HELLO,
        id: PROTOCOL_VERSION,
        payload: session.config.token.to_vec(),
        ..Envelope::default()
    });
    session.link.start();
    session.documents.start(extension);
}
