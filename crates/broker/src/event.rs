//! What the broker tells the main script.

use conch_wire::{CallId, ConsoleLevel, DocumentId, FrameDescription, FrameId, PortHandle};

use crate::WebContentsId;

/// Something that happened at a renderer or at one of main's own ports. In the order in which it
/// happened; messages of one link keep the order in which they were sent (semantics 43).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Something of a WebContents.
    Renderer(WebContentsId, RendererEvent),
    /// A message for a started port of main.
    PortMessage {
        /// The port.
        port: PortHandle,
        /// A serialised value.
        payload: Vec<u8>,
        /// Ports that came with it, now main's.
        ports: Vec<PortHandle>,
    },
    /// A port of main closed; it is forgotten.
    PortClosed(PortHandle),
    /// Nothing more comes for a port that a main script in another process has sent away.
    PortFence(PortHandle),
}

/// Something that happened at a renderer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RendererEvent {
    /// Its link is up.
    Connected {
        /// The web process, if the system says.
        pid: Option<u32>,
    },
    /// A frame has a new document.
    Document {
        /// The document.
        document: DocumentId,
        /// Its frame.
        frame: FrameId,
        /// Whether the frame is the page's main frame.
        is_main: bool,
        /// The address.
        url: String,
        /// What the frame says of itself. Its parent need not be a frame that exists.
        description: FrameDescription,
    },
    /// A document ended.
    DocumentGone {
        /// The document.
        document: DocumentId,
        /// Whether its frame is gone as well.
        with_frame: bool,
    },
    /// A document is about to end; it may still have something to say.
    Unloading(DocumentId),
    /// A sub-frame's document was loaded.
    Loaded(DocumentId),
    /// A document was parsed, and had this title.
    DomReady(DocumentId, String),
    /// `ipcRenderer.send`.
    Send(Message),
    /// `ipcRenderer.invoke`.
    Invoke(CallId, Message),
    /// `ipcRenderer.sendSync`.
    SendSync(CallId, Message),
    /// `ipcRenderer.postMessage`, with the ports that are now main's.
    PostMessage(Message, Vec<PortHandle>),
    /// The outcome of a script that main asked for.
    EvalResult {
        /// The call.
        call: CallId,
        /// Whether the script threw.
        is_rejected: bool,
        /// What it gave or threw, serialised.
        value: Vec<u8>,
    },
    /// A preload script failed.
    PreloadError {
        /// Its path.
        path: String,
        /// The error, serialised.
        error: Vec<u8>,
    },
    /// A line on the console.
    Console {
        /// Of which document it is, as far as the renderer knows. It need not be one that exists.
        document: DocumentId,
        /// How serious it is.
        level: ConsoleLevel,
        /// Line number, 0 when unknown.
        line: u32,
        /// Address of the source.
        source: String,
        /// The text.
        message: String,
    },
    /// The renderer is gone.
    Gone(Gone),
}

/// A message from a document, with the frame that the broker knows it to be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The sending document.
    pub document: DocumentId,
    /// Its frame.
    pub frame: FrameId,
    /// The channel's name.
    pub channel: String,
    /// A serialised value.
    pub payload: Vec<u8>,
}

/// Why a renderer is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// What kind of end it was.
    pub reason: GoneReason,
    /// A sentence for the log.
    pub detail: String,
}

/// The kinds of end that the link can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoneReason {
    /// The link closed: the process ended.
    Ended,
    /// The renderer broke the protocol and was cut off.
    BadMessage,
}
