//! What is known of one WebContents and its renderer.

use std::collections::{HashMap, VecDeque};

use conch_wire::{DocumentId, FrameId};

use crate::LinkId;

/// Most messages that wait for a WebContents' first document. They wait from `webContents.send`
/// until the page's document exists (semantics 45), which a page that never loads would put off
/// for ever.
pub const MAX_WAITING_MESSAGES: usize = 100_000;
/// Most bytes of payload that wait for a WebContents' first document.
pub const MAX_WAITING_BYTES: usize = 256 << 20;
/// Most documents that one renderer may have at a time: frames of one page.
const MAX_DOCUMENTS: usize = 10_000;

/// A message that waits for a main document, `P` being the ports in transit.
#[derive(Debug)]
pub(crate) struct Waiting<P> {
    pub(crate) channel: String,
    pub(crate) payload: Vec<u8>,
    pub(crate) kind: WaitingKind<P>,
}

#[derive(Debug)]
pub(crate) enum WaitingKind<P> {
    Send,
    PostMessage(P),
    Evaluate(conch_wire::CallId, u32),
}

/// A WebContents. Outlives its renderers: after a crash there may be another one.
#[derive(Debug)]
pub(crate) struct Renderer<P> {
    pub(crate) link: Option<LinkId>,
    documents: HashMap<DocumentId, FrameId>,
    main_document: Option<DocumentId>,
    /// Bounded by [`MAX_WAITING_MESSAGES`] and [`MAX_WAITING_BYTES`].
    waiting: VecDeque<Waiting<P>>,
    waiting_bytes: usize,
}

impl<P> Default for Renderer<P> {
    fn default() -> Renderer<P> {
        Renderer {
            link: None,
            documents: HashMap::new(),
            main_document: None,
            waiting: VecDeque::new(),
            waiting_bytes: 0,
        }
    }
}

impl<P> Renderer<P> {
    /// Records a new document. False if the number is taken or there are too many.
    pub(crate) fn add(&mut self, document: DocumentId, frame: FrameId, is_main: bool) -> bool {
        if self.documents.len() >= MAX_DOCUMENTS || self.documents.contains_key(&document) {
            return false;
        }
        self.documents.insert(document, frame);
        if is_main {
            self.main_document = Some(document);
        }
        true
    }

    /// Forgets a document. False if it is unknown.
    pub(crate) fn remove(&mut self, document: DocumentId) -> bool {
        if self.main_document == Some(document) {
            self.main_document = None;
        }
        self.documents.remove(&document).is_some()
    }

    /// The frame of a live document.
    pub(crate) fn frame(&self, document: DocumentId) -> Option<FrameId> {
        self.documents.get(&document).copied()
    }

    /// Where a message for `document` goes; 0 means the main frame, whatever it shows.
    pub(crate) fn target(&self, document: DocumentId) -> Option<(LinkId, DocumentId)> {
        let document = match document.0 {
            0 => self.main_document?,
            _ => document,
        };
        self.documents.contains_key(&document).then_some((self.link?, document))
    }

    /// Keeps a message until there is a main document. Gives it back if there is no room.
    pub(crate) fn wait(&mut self, message: Waiting<P>) -> Result<(), Waiting<P>> {
        let bytes = self.waiting_bytes + message.payload.len();
        if self.waiting.len() >= MAX_WAITING_MESSAGES || bytes > MAX_WAITING_BYTES {
            return Err(message);
        }
        self.waiting_bytes = bytes;
        self.waiting.push_back(message);
        Ok(())
    }

    pub(crate) fn take_waiting(&mut self) -> VecDeque<Waiting<P>> {
        self.waiting_bytes = 0;
        std::mem::take(&mut self.waiting)
    }

    /// The link went: so did all documents.
    pub(crate) fn disconnect(&mut self) {
        self.link = None;
        self.documents.clear();
        self.main_document = None;
    }
}
