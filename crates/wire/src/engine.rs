//! The messages between the shell and an engine that runs in a process of its own: Node.
//! `crates/node/js/wire.js` is the other half.
//!
//! Such a message is one of [`crate::envelope`]'s with the WebContents and the frame in front of
//! it, which on a renderer's link are known from the link:
//!
//! ```text
//!  0          4       8
//!  | contents | frame | a message as on a renderer's link
//! ```
//!
//! Requests are answered, if they are to be answered, on a pipe of their own, in order:
//!
//! ```text
//!  0        4      8
//!  | length | status | text (length bytes)
//! ```

use crate::envelope::{Envelope, HEADER_LENGTH, Header, WireError};

/// Bytes before the body of a message.
pub const ENGINE_HEADER_LENGTH: usize = 8 + HEADER_LENGTH;

/// The numbers of the message kinds. The engine sends those below 64.
pub mod engine_kind {
    /// The engine is up: its version and who it is, as JSON.
    pub const HELLO: u8 = 1;
    /// The main script and its top-level await are done. Not sent when it failed.
    pub const LOADED: u8 = 2;
    /// An exception that nothing took: the text for the dialog. `flags` 1: of the main script
    /// itself, so that nothing is left to run.
    pub const UNCAUGHT: u8 = 3;
    /// The app ends with the code in `id`.
    pub const EXIT: u8 = 4;
    /// A UI command, JSON. Answered with JSON.
    pub const UI: u8 = 5;
    /// A WebContents and the configuration of its renderers, JSON. Answered.
    pub const CONTENTS: u8 = 6;
    /// A WebContents is forgotten.
    pub const FORGET: u8 = 7;
    /// A value of this WebContents cannot be read: why.
    pub const FAULT: u8 = 8;
    /// `webContents.send`. Not answered: a failure comes back as [`FAILED`].
    pub const SEND: u8 = 9;
    /// `webContents.postMessage`. Answered.
    pub const POST_MESSAGE: u8 = 10;
    /// A script for a document; `flags` 1 for the isolated world. Answered with `true` or `false`.
    pub const EVALUATE: u8 = 11;
    /// The answer to an invoke; `flags` 1 for an error.
    pub const REPLY: u8 = 12;
    /// The answer to a sendSync.
    pub const REPLY_SYNC: u8 = 13;
    /// Two ports, answered with their handles as a JSON array.
    pub const CHANNEL: u8 = 14;
    /// A message posted on a port of main. Not answered, as [`SEND`].
    pub const PORT_POST: u8 = 15;
    /// The same with ports in it. Answered.
    pub const PORT_TRANSFER: u8 = 16;
    /// A port of main is closed.
    pub const PORT_CLOSE: u8 = 17;
    /// A message that main had not looked at when it sent the port away.
    pub const PORT_RETURN: u8 = 18;
    /// The answer to [`ON_PORT_FENCE`].
    pub const PORT_SETTLED: u8 = 19;

    /// What happened at renderers, ports and windows; see `conch_broker::Event`.
    pub const ON_SEND: u8 = 64;
    /// `ipcRenderer.invoke`, with the call in `id`.
    pub const ON_INVOKE: u8 = 65;
    /// `ipcRenderer.sendSync`, with the call in `id`.
    pub const ON_SEND_SYNC: u8 = 66;
    /// `ipcRenderer.postMessage`.
    pub const ON_MESSAGE: u8 = 67;
    /// A message for the port in `id`.
    pub const ON_PORT_MESSAGE: u8 = 68;
    /// The port in `id` closed.
    pub const ON_PORT_CLOSED: u8 = 69;
    /// The outcome of the script with the call in `id`; `flags` 1 if it threw.
    pub const ON_EVAL_RESULT: u8 = 70;
    /// A new document; `flags` 1 in the main frame, the parent frame in `id`, then in the payload the
    /// frame's token in hexadecimal and its name.
    pub const ON_DOCUMENT: u8 = 71;
    /// A document ended; `flags` 1 if its frame did.
    pub const ON_DOCUMENT_GONE: u8 = 72;
    /// A document was parsed; the title as the channel.
    pub const ON_DOM_READY: u8 = 73;
    /// A renderer's link is up; its process in `id`, 0 if unknown.
    pub const ON_CONNECTED: u8 = 74;
    /// A renderer is gone: the reason as the channel, the detail as the payload.
    pub const ON_GONE: u8 = 75;
    /// A preload script failed: its path as the channel, the error as the payload.
    pub const ON_PRELOAD_ERROR: u8 = 76;
    /// A console line: level in `flags`, line in `id`, source as the channel, text as the payload.
    pub const ON_CONSOLE: u8 = 77;
    /// A sub-frame's document was loaded.
    pub const ON_LOADED: u8 = 81;
    /// A document is about to end.
    pub const ON_UNLOADING: u8 = 82;
    /// Something happened at a window, JSON.
    pub const ON_UI: u8 = 78;
    /// Nothing more comes for the port in `id`, which main has sent away.
    pub const ON_PORT_FENCE: u8 = 80;
    /// A request that is not answered could not be carried out: the words of the error as the
    /// payload, the request's kind in `flags`, its port in `id` or its WebContents.
    pub const FAILED: u8 = 79;
}

/// A message from or to an engine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EngineMessage {
    /// The WebContents that it is about, 0 if none.
    pub contents: u32,
    /// The frame that it is about, 0 if none.
    pub frame: u32,
    /// The rest. Its kind is one of [`engine_kind`].
    pub envelope: Envelope,
}

impl From<Envelope> for EngineMessage {
    /// A message about no WebContents and no frame.
    fn from(envelope: Envelope) -> EngineMessage {
        EngineMessage { contents: 0, frame: 0, envelope }
    }
}

impl EngineMessage {
    /// Appends the message's bytes to `out`.
    ///
    /// # Errors
    /// As [`Envelope::encode`]; `out` is unchanged then.
    pub fn encode(&self, out: &mut Vec<u8>) -> Result<(), WireError> {
        let start = out.len();
        out.extend_from_slice(&self.contents.to_le_bytes());
        out.extend_from_slice(&self.frame.to_le_bytes());
        self.envelope.encode(out).inspect_err(|_| out.truncate(start))
    }
}

/// The fixed part of an [`EngineMessage`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EngineHeader {
    contents: u32,
    frame: u32,
    header: Header,
}

impl EngineHeader {
    /// Reads it and checks its length field.
    ///
    /// # Errors
    /// As [`Header::decode`].
    pub fn decode(bytes: &[u8; ENGINE_HEADER_LENGTH]) -> Result<EngineHeader, WireError> {
        let word = |at: usize| {
            let taken = bytes.get(at..at + 4).and_then(|taken| taken.try_into().ok());
            taken.map(u32::from_le_bytes).ok_or(WireError::Truncated)
        };
        let (_, header) = bytes.split_last_chunk::<HEADER_LENGTH>().ok_or(WireError::Truncated)?;
        Ok(EngineHeader { contents: word(0)?, frame: word(4)?, header: Header::decode(header)? })
    }

    /// Bytes of the body that follows.
    #[must_use]
    pub fn length(&self) -> usize {
        self.header.length as usize
    }

    /// Takes the body apart. The payload keeps the allocation of `body`.
    ///
    /// # Errors
    /// As [`Envelope::decode`].
    pub fn message(self, body: Vec<u8>) -> Result<EngineMessage, WireError> {
        let EngineHeader { contents, frame, header } = self;
        Ok(EngineMessage { contents, frame, envelope: Envelope::decode(header, body)? })
    }
}

/// The bytes of an answer: text that is JSON, or the words of an error.
#[must_use]
pub fn encode_answer(answer: Result<&str, &str>) -> Vec<u8> {
    let (status, text) = match answer {
        Ok(text) => (0u32, text),
        Err(text) => (1, text),
    };
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    [&length.to_le_bytes()[..], &status.to_le_bytes(), text.as_bytes()].concat()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_message_comes_back(
            contents: u32, frame: u32, kind: u8, flags: u8, document: u32, id: u32,
            channel in "\\PC{0,20}", payload: Vec<u8>, ports in prop::collection::vec(any::<u32>(), 0..5),
        ) {
            let ports = ports.into_iter().map(crate::PortHandle).collect();
            let envelope = Envelope { kind, flags, document, id, channel, ports, payload };
            let message = EngineMessage { contents, frame, envelope };
            let mut bytes = Vec::new();
            message.encode(&mut bytes).unwrap();
            let (head, body) = bytes.split_first_chunk::<ENGINE_HEADER_LENGTH>().unwrap();
            let header = EngineHeader::decode(head).unwrap();
            prop_assert_eq!(header.length(), body.len());
            prop_assert_eq!(header.message(body.to_vec()).unwrap(), message);
        }

        #[test]
        fn any_bytes_give_a_message_or_an_error(head: [u8; ENGINE_HEADER_LENGTH], body: Vec<u8>) {
            if let Ok(header) = EngineHeader::decode(&head) {
                let _ = header.message(body);
            }
        }
    }

    #[test]
    fn what_is_too_long_leaves_nothing_behind() {
        let channel = "x".repeat(crate::MAX_CHANNEL + 1);
        let envelope = Envelope { channel, ..Envelope::default() };
        let mut bytes = vec![7];
        let error = EngineMessage { envelope, ..EngineMessage::default() }.encode(&mut bytes);
        assert!(matches!(error, Err(WireError::ChannelTooLong(_))));
        assert_eq!(bytes, [7]);
    }
}
