//! What the messages mean, in each direction.

use crate::envelope::{Envelope, WireError};
use crate::{CallId, DocumentId, FrameId, PortHandle};

/// The numbers of the message kinds. Renderers send those below 64.
pub mod kind {
    #![allow(missing_docs)] // The variants of `FromRenderer` and `ToRenderer` say what they are.
    pub const HELLO: u8 = 1;
    pub const DOCUMENT: u8 = 2;
    pub const DOCUMENT_GONE: u8 = 3;
    pub const SEND: u8 = 4;
    pub const INVOKE: u8 = 5;
    pub const SEND_SYNC: u8 = 6;
    pub const POST_MESSAGE: u8 = 7;
    pub const CHANNEL_NEW: u8 = 8;
    pub const PORT_POST: u8 = 9;
    pub const PORT_CLOSE: u8 = 10;
    pub const PORT_RETURN: u8 = 11;
    pub const PORT_SETTLED: u8 = 12;
    pub const EVAL_RESULT: u8 = 13;
    pub const PRELOAD_ERROR: u8 = 14;
    pub const CONSOLE_MESSAGE: u8 = 15;
    pub const DOM_READY: u8 = 16;
    pub const LOADED: u8 = 17;
    pub const UNLOADING: u8 = 18;

    pub const TO_SEND: u8 = 64;
    pub const TO_POST_MESSAGE: u8 = 65;
    pub const INVOKE_REPLY: u8 = 66;
    pub const SYNC_REPLY: u8 = 67;
    pub const PORT_MESSAGE: u8 = 68;
    pub const PORT_CLOSED: u8 = 69;
    pub const PORT_FENCE: u8 = 70;
    pub const EVALUATE: u8 = 71;
    pub const PRELOADS: u8 = 72;
}

/// How serious a console message is, with Chromium's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ConsoleLevel {
    Verbose = 0,
    Info = 1,
    Warning = 2,
    Error = 3,
}

/// A message from a renderer. Nothing in it says who sent it: that is known from the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromRenderer {
    /// The first message: the protocol version in `id`, the one-time token as the payload.
    Hello {
        /// [`crate::PROTOCOL_VERSION`] of the sender.
        version: u32,
        /// The token that the main process gave to this web process.
        token: [u8; 16],
    },
    /// A frame has a new document; its preload scripts are about to run.
    Document {
        /// A number never used before on this link.
        document: DocumentId,
        /// The frame that shows it.
        frame: FrameId,
        /// Whether it is the page's main frame.
        is_main: bool,
        /// The document's address.
        url: String,
        /// What the frame says of itself.
        description: FrameDescription,
    },
    /// A document ended: its calls get no answer any more and its ports close.
    DocumentGone {
        /// The document.
        document: DocumentId,
        /// Whether its frame went with it, rather than to show another document.
        with_frame: bool,
    },
    /// A document is about to end (`pagehide`): what it still says comes from a frame that is on
    /// its way to the next.
    Unloading(
        /// The document.
        DocumentId,
    ),
    /// A document has been parsed (`DOMContentLoaded`).
    DomReady {
        /// The document.
        document: DocumentId,
        /// Its title by then.
        title: String,
    },
    /// A document of a sub-frame, and everything in it, has been loaded (`load`).
    Loaded(
        /// The document.
        DocumentId,
    ),
    /// `ipcRenderer.send`. The payload is the array of arguments.
    Send(Call),
    /// `ipcRenderer.invoke`, answered by [`ToRenderer::InvokeReply`].
    Invoke(CallId, Call),
    /// `ipcRenderer.sendSync`, answered by [`ToRenderer::SyncReply`].
    SendSync(CallId, Call),
    /// `ipcRenderer.postMessage`. The payload is one value.
    PostMessage(Call, Vec<PortHandle>),
    /// A channel was made in the renderer, with these two ends.
    ChannelNew(DocumentId, PortHandle, PortHandle),
    /// A message posted on a port.
    PortPost(PortParcel),
    /// A port was closed, or lost its last reference.
    PortClose(
        /// The port.
        PortHandle,
    ),
    /// A message that had arrived for a port which has moved on since, sent back unread.
    PortReturn(PortParcel),
    /// The end of what a port that moved on leaves behind.
    PortSettled(
        /// The port.
        PortHandle,
    ),
    /// The outcome of [`ToRenderer::Evaluate`].
    EvalResult {
        /// The call.
        call: CallId,
        /// Whether `value` is what the script threw.
        is_rejected: bool,
        /// The value.
        value: Vec<u8>,
    },
    /// A preload script threw, or could not be read.
    PreloadError {
        /// The script.
        path: String,
        /// The error, serialised.
        error: Vec<u8>,
    },
    /// A line on the page's console.
    ConsoleMessage {
        /// Of which document it is, as far as the renderer knows.
        document: DocumentId,
        /// How serious it is.
        level: ConsoleLevel,
        /// Line number in the source, from 1; 0 when unknown.
        line: u32,
        /// Address of the source.
        source: String,
        /// The text.
        message: String,
    },
}

/// What a frame says of itself when it has a new document. On the wire, as the payload: the parent, 4
/// bytes; the token, 16 bytes; the name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrameDescription {
    /// The frame that it is in; 0 for a main frame.
    pub parent: FrameId,
    /// `webFrame.frameToken` of a sub-frame.
    pub token: [u8; 16],
    /// `window.name`.
    pub name: String,
}

impl FrameDescription {
    /// The payload.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        [&self.parent.0.to_le_bytes()[..], &self.token, self.name.as_bytes()].concat()
    }

    fn decode(payload: &[u8]) -> Result<FrameDescription, WireError> {
        let cut = || WireError::Invalid("a frame's description has at least 20 bytes");
        let (parent, rest) = payload.split_first_chunk::<4>().ok_or_else(cut)?;
        let (token, name) = rest.split_first_chunk::<16>().ok_or_else(cut)?;
        Ok(FrameDescription {
            parent: FrameId(u32::from_le_bytes(*parent)),
            token: *token,
            name: String::from_utf8_lossy(name).into_owned(),
        })
    }
}

/// The part that all messages of `ipcRenderer` share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The document that sends.
    pub document: DocumentId,
    /// The channel's name.
    pub channel: String,
    /// A serialised value.
    pub payload: Vec<u8>,
}

/// A message on a port, with the ports that it carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortParcel {
    /// The port of the sender that it was posted on.
    pub port: PortHandle,
    /// A serialised value.
    pub payload: Vec<u8>,
    /// Ports that move with it.
    pub ports: Vec<PortHandle>,
}

impl TryFrom<Envelope> for FromRenderer {
    type Error = WireError;

    fn try_from(envelope: Envelope) -> Result<FromRenderer, WireError> {
        let Envelope { kind, flags, document, id, channel, ports, payload } = envelope;
        let document = DocumentId(document);
        let call = |channel, payload| Call { document, channel, payload };
        let text = |bytes: Vec<u8>| {
            String::from_utf8(bytes)
                .unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into())
        };
        Ok(match kind {
            kind::HELLO => FromRenderer::Hello {
                version: id,
                token: payload
                    .try_into()
                    .map_err(|_| WireError::Invalid("a token has 16 bytes"))?,
            },
            kind::DOCUMENT if document.0 == 0 => {
                return Err(WireError::Invalid("document 0 does not exist"));
            }
            kind::DOCUMENT => FromRenderer::Document {
                document,
                frame: FrameId(id),
                is_main: flags & 1 != 0,
                url: channel,
                description: FrameDescription::decode(&payload)?,
            },
            kind::DOCUMENT_GONE => {
                FromRenderer::DocumentGone { document, with_frame: flags & 1 != 0 }
            }
            kind::UNLOADING => FromRenderer::Unloading(document),
            kind::DOM_READY => FromRenderer::DomReady { document, title: channel },
            kind::LOADED => FromRenderer::Loaded(document),
            kind::SEND => FromRenderer::Send(call(channel, payload)),
            kind::INVOKE => FromRenderer::Invoke(CallId(id), call(channel, payload)),
            kind::SEND_SYNC => FromRenderer::SendSync(CallId(id), call(channel, payload)),
            kind::POST_MESSAGE => FromRenderer::PostMessage(call(channel, payload), ports),
            kind::CHANNEL_NEW => match ports.as_slice() {
                &[a, b] => FromRenderer::ChannelNew(document, a, b),
                _ => return Err(WireError::Invalid("a channel has two ports")),
            },
            kind::PORT_POST | kind::PORT_RETURN => {
                let parcel = PortParcel { port: PortHandle(id), payload, ports };
                match kind {
                    kind::PORT_POST => FromRenderer::PortPost(parcel),
                    _ => FromRenderer::PortReturn(parcel),
                }
            }
            kind::PORT_CLOSE => FromRenderer::PortClose(PortHandle(id)),
            kind::PORT_SETTLED => FromRenderer::PortSettled(PortHandle(id)),
            kind::EVAL_RESULT => FromRenderer::EvalResult {
                call: CallId(id),
                is_rejected: flags & 1 != 0,
                value: payload,
            },
            kind::PRELOAD_ERROR => FromRenderer::PreloadError { path: channel, error: payload },
            kind::CONSOLE_MESSAGE => FromRenderer::ConsoleMessage {
                document,
                level: match flags {
                    0 => ConsoleLevel::Verbose,
                    1 => ConsoleLevel::Info,
                    2 => ConsoleLevel::Warning,
                    3 => ConsoleLevel::Error,
                    _ => return Err(WireError::Invalid("a console level is 0 to 3")),
                },
                line: id,
                source: channel,
                message: text(payload),
            },
            other => return Err(WireError::UnknownKind(other)),
        })
    }
}

/// A message to a renderer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToRenderer {
    /// `webContents.send`, `event.reply`, `frame.send`. The payload is the array of arguments.
    Send(Call),
    /// `webContents.postMessage`. The payload is one value.
    PostMessage(Call, Vec<PortHandle>),
    /// The answer to [`FromRenderer::Invoke`].
    InvokeReply(Reply),
    /// The answer to [`FromRenderer::SendSync`].
    SyncReply(Reply),
    /// A message for a port that this renderer owns.
    PortMessage(DocumentId, PortParcel),
    /// The other end of a port closed; nothing comes after it.
    PortClosed(DocumentId, PortHandle),
    /// Nothing more comes for a port that the renderer has sent on; it now gives back what was
    /// not read and says [`FromRenderer::PortSettled`].
    PortFence(DocumentId, PortHandle),
    /// Runs a script in a document.
    Evaluate {
        /// Where.
        document: DocumentId,
        /// The call that [`FromRenderer::EvalResult`] answers.
        call: CallId,
        /// The script world: 0 is the page's, 999 the preload scripts', others are the app's own
        /// (semantics 84).
        world: u32,
        /// The script.
        code: String,
    },
    /// The session's preload scripts for documents from now on: a JSON array of paths. It is of no
    /// document.
    Preloads(String),
}

/// An answer to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The document that asked.
    pub document: DocumentId,
    /// Its call.
    pub call: CallId,
    /// Whether the payload is a string that says what went wrong.
    pub is_error: bool,
    /// A serialised value.
    pub payload: Vec<u8>,
}

impl From<ToRenderer> for Envelope {
    fn from(message: ToRenderer) -> Envelope {
        let addressed = |kind, document: DocumentId, id: u32| Envelope {
            kind,
            document: document.0,
            id,
            ..Envelope::default()
        };
        let reply = |kind, reply: Reply| Envelope {
            flags: u8::from(reply.is_error),
            payload: reply.payload,
            ..addressed(kind, reply.document, reply.call.0)
        };
        match message {
            ToRenderer::Send(Call { document, channel, payload }) => {
                Envelope { channel, payload, ..addressed(kind::TO_SEND, document, 0) }
            }
            ToRenderer::PostMessage(Call { document, channel, payload }, ports) => Envelope {
                channel,
                payload,
                ports,
                ..addressed(kind::TO_POST_MESSAGE, document, 0)
            },
            ToRenderer::InvokeReply(answer) => reply(kind::INVOKE_REPLY, answer),
            ToRenderer::SyncReply(answer) => reply(kind::SYNC_REPLY, answer),
            ToRenderer::PortMessage(document, PortParcel { port, payload, ports }) => {
                Envelope { payload, ports, ..addressed(kind::PORT_MESSAGE, document, port.0) }
            }
            ToRenderer::PortClosed(document, port) => {
                addressed(kind::PORT_CLOSED, document, port.0)
            }
            ToRenderer::PortFence(document, port) => addressed(kind::PORT_FENCE, document, port.0),
            ToRenderer::Evaluate { document, call, world, code } => Envelope {
                channel: world.to_string(),
                payload: code.into_bytes(),
                ..addressed(kind::EVALUATE, document, call.0)
            },
            ToRenderer::Preloads(paths) => Envelope {
                payload: paths.into_bytes(),
                ..addressed(kind::PRELOADS, DocumentId(0), 0)
            },
        }
    }
}
