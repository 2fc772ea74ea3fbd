//! What the `electron` module needs from the process around it.

use std::path::PathBuf;
use std::pin::Pin;

use conch_broker::{Event, WebContentsId};
use conch_wire::{CallId, DocumentId, PortHandle, Reply};

/// The app, as its package.json and the command line describe it.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AppInfo {
    /// The app's folder: `app.getAppPath()`.
    pub app_path: PathBuf,
    /// productName or name of package.json (semantics 132).
    pub name: String,
    /// version of package.json, or empty.
    pub version: String,
    /// The binary that runs.
    pub exec_path: PathBuf,
    /// Where the binary's own files are: `process.resourcesPath`.
    pub resources_path: PathBuf,
    /// The command line behind the app's path.
    pub args: Vec<String>,
    /// Whether the app came packaged with its own binary.
    pub is_packaged: bool,
}

/// The native functions behind the `electron` module. Every call returns at once, but for
/// [`Backend::ui`], which waits for the UI thread; that never waits for JavaScript.
pub trait Backend {
    /// Carries out a command of the UI thread, JSON in and out.
    ///
    /// # Errors
    /// The text of the error that JavaScript throws.
    fn ui(&self, command: &str) -> Result<String, String>;

    /// Makes a WebContents known, with the configuration of its renderers as a JSON object.
    fn add_contents(&self, contents: WebContentsId, config: String);

    /// Forgets a WebContents and closes its link.
    fn remove_contents(&self, contents: WebContentsId);

    /// A renderer sent a value that cannot be read: it is cut off.
    fn fault(&self, contents: WebContentsId, detail: String);

    /// Ends the process with this exit code, after `quit` was emitted.
    fn exit(&self, code: i32);

    /// See [`conch_broker::Broker::send`].
    ///
    /// # Errors
    /// The text of the error that JavaScript throws.
    fn send(
        &self,
        contents: WebContentsId,
        document: DocumentId,
        channel: String,
        payload: Vec<u8>,
    ) -> Result<bool, String>;

    /// See [`conch_broker::Broker::post_message`].
    ///
    /// # Errors
    /// The text of the error that JavaScript throws.
    fn post_message(
        &self,
        contents: WebContentsId,
        document: DocumentId,
        channel: String,
        payload: Vec<u8>,
        ports: Vec<PortHandle>,
    ) -> Result<bool, String>;

    /// See [`conch_broker::Broker::evaluate`].
    ///
    /// # Errors
    /// The text of the error that JavaScript throws.
    fn evaluate(
        &self,
        contents: WebContentsId,
        document: DocumentId,
        call: CallId,
        world: u32,
        code: String,
    ) -> Result<bool, String>;

    /// Answers an invoke.
    ///
    /// # Errors
    /// The text of the error that JavaScript throws.
    fn reply(&self, contents: WebContentsId, reply: Reply) -> Result<(), String>;

    /// Answers a `sendSync`.
    ///
    /// # Errors
    /// The text of the error that JavaScript throws.
    fn reply_sync(&self, contents: WebContentsId, reply: Reply) -> Result<(), String>;

    /// Two entangled ports of main.
    ///
    /// # Errors
    /// The text of the error that JavaScript throws.
    fn create_channel(&self) -> Result<(PortHandle, PortHandle), String>;

    /// Posts on a port of main.
    ///
    /// # Errors
    /// The text of the error that JavaScript throws.
    fn port_post(
        &self,
        port: PortHandle,
        payload: Vec<u8>,
        ports: Vec<PortHandle>,
    ) -> Result<(), String>;

    /// Lets the messages of a port of main come.
    fn port_start(&self, port: PortHandle);

    /// Closes a port of main.
    fn port_close(&self, port: PortHandle);

    /// See [`conch_broker::Broker::port_return`].
    ///
    /// # Errors
    /// A sentence on what was wrong.
    fn port_return(
        &self,
        port: PortHandle,
        payload: Vec<u8>,
        ports: Vec<PortHandle>,
    ) -> Result<(), String>;

    /// See [`conch_broker::Broker::port_settled`].
    ///
    /// # Errors
    /// A sentence on what was wrong.
    fn port_settled(&self, port: PortHandle) -> Result<(), String>;
}

/// The way into the `electron` module, whichever engine runs it.
pub trait Engine {
    /// Tells the module what happened at a renderer or a port.
    fn dispatch(&self, event: Event);

    /// Tells the module what happened at a window; `event` is a JSON object.
    fn ui_event(&self, event: &str);

    /// Whether so much waits for the engine that renderers had better not be read now.
    fn is_congested(&self) -> bool {
        false
    }

    /// Ends when the engine is congested no longer, or has ended.
    fn relieved(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(std::future::ready(()))
    }
}
