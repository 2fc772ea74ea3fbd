//! The main script's side: what it sends to renderers, and its own ports.

use conch_ports::{Transit, Violation};
use conch_wire::{Call, CallId, DocumentId, PortHandle, Reply, ToRenderer};

use crate::broker::{Broker, handles, local, seat, wire};
use crate::event::{Gone, GoneReason};
use crate::renderer::{Waiting, WaitingKind};
use crate::{LinkId, Outgoing, WebContentsId};

/// Why the main script's message was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The WebContents is unknown.
    #[error("there is no such WebContents")]
    NoContents,
    /// Too much waits for a page that has no document yet.
    #[error("too many messages are waiting for a page that has not loaded")]
    TooManyWaiting,
    /// The link does not take it.
    #[error("{0}")]
    Link(String),
    /// The ports cannot be sent.
    #[error("{0}")]
    Ports(String),
}

impl<O: Outgoing> Broker<O> {
    /// `webContents.send` and `event.reply`: `document` 0 is the main frame, whatever it shows.
    /// False if the document is gone.
    ///
    /// # Errors
    /// [`SendError`]; nothing is sent then.
    pub fn send(
        &mut self,
        contents: WebContentsId,
        document: DocumentId,
        channel: String,
        payload: Vec<u8>,
    ) -> Result<bool, SendError> {
        self.dispatch(contents, document, Waiting { channel, payload, kind: WaitingKind::Send })
    }

    /// `webContents.postMessage`: as [`Broker::send`], with main's `ports`, which are main's no
    /// more.
    ///
    /// # Errors
    /// [`SendError`]; the ports stay where they are if they cannot be sent.
    pub fn post_message(
        &mut self,
        contents: WebContentsId,
        document: DocumentId,
        channel: String,
        payload: Vec<u8>,
        ports: Vec<PortHandle>,
    ) -> Result<bool, SendError> {
        let transit = self.router.ship(self.main.node, &handles(ports)).map_err(ports_error)?;
        let kind = WaitingKind::PostMessage(transit);
        let sent = self.dispatch(contents, document, Waiting { channel, payload, kind });
        self.settle();
        sent
    }

    /// Runs a script in a document; [`RendererEvent::EvalResult`] answers.
    ///
    /// # Errors
    /// [`SendError`].
    pub fn evaluate(
        &mut self,
        contents: WebContentsId,
        document: DocumentId,
        call: CallId,
        world: u32,
        code: String,
    ) -> Result<bool, SendError> {
        let kind = WaitingKind::Evaluate(call, world);
        let payload = code.into_bytes();
        self.dispatch(contents, document, Waiting { channel: String::new(), payload, kind })
    }

    /// Answers an invoke. An answer to a document that is gone is dropped, as in Electron.
    ///
    /// # Errors
    /// [`SendError::Link`] if the link does not take it.
    pub fn reply(&mut self, contents: WebContentsId, reply: Reply) -> Result<(), SendError> {
        self.answer(contents, reply, ToRenderer::InvokeReply)
    }

    /// Answers a `sendSync`.
    ///
    /// # Errors
    /// [`SendError::Link`] if the link does not take it.
    pub fn reply_sync(&mut self, contents: WebContentsId, reply: Reply) -> Result<(), SendError> {
        self.answer(contents, reply, ToRenderer::SyncReply)
    }

    fn answer(
        &mut self,
        contents: WebContentsId,
        reply: Reply,
        message: fn(Reply) -> ToRenderer,
    ) -> Result<(), SendError> {
        let target = self.contents.get(&contents).and_then(|r| r.target(reply.document));
        let Some((link, _)) = target.filter(|_| reply.document.0 != 0) else { return Ok(()) };
        self.outgoing.send(link, message(reply)).map_err(|e| SendError::Link(e.0))
    }

    fn dispatch(
        &mut self,
        contents: WebContentsId,
        document: DocumentId,
        message: Waiting<Transit>,
    ) -> Result<bool, SendError> {
        let Some(renderer) = self.contents.get_mut(&contents) else {
            self.discard_message(message);
            return Err(SendError::NoContents);
        };
        match renderer.target(document) {
            Some((link, document)) => self.transmit(link, document, message).map(|()| true),
            None if document.0 != 0 => {
                self.discard_message(message);
                Ok(false)
            }
            None => match renderer.wait(message) {
                Ok(()) => Ok(true),
                Err(message) => {
                    self.discard_message(message);
                    Err(SendError::TooManyWaiting)
                }
            },
        }
    }

    fn transmit(
        &mut self,
        link: LinkId,
        document: DocumentId,
        message: Waiting<Transit>,
    ) -> Result<(), SendError> {
        let Waiting { channel, payload, kind } = message;
        let message = match kind {
            WaitingKind::Send => ToRenderer::Send(Call { document, channel, payload }),
            WaitingKind::PostMessage(transit) => {
                let ports = self.router.land(transit, seat(link, document));
                let ports = ports.into_iter().map(wire).collect();
                ToRenderer::PostMessage(Call { document, channel, payload }, ports)
            }
            WaitingKind::Evaluate(call, world) => {
                let code = String::from_utf8_lossy(&payload).into_owned();
                ToRenderer::Evaluate { document, call, world, code }
            }
        };
        self.outgoing.send(link, message).map_err(|e| SendError::Link(e.0))
    }

    pub(crate) fn send_waiting(&mut self, contents: WebContentsId) {
        let Some(renderer) = self.contents.get_mut(&contents) else { return };
        let waiting = renderer.take_waiting();
        let Some((link, document)) = renderer.target(DocumentId(0)) else { return };
        for message in waiting {
            // Accepted long ago, so there is no caller left to tell; a link that is full is cut.
            if let Err(error) = self.transmit(link, document, message) {
                let gone = Gone { reason: GoneReason::BadMessage, detail: error.to_string() };
                self.cut(link, gone);
                return;
            }
        }
    }

    /// `new MessageChannelMain()`: two ports of main.
    ///
    /// # Errors
    /// [`SendError::Ports`] if main holds too many ports.
    pub fn create_channel(&mut self) -> Result<(PortHandle, PortHandle), SendError> {
        let (a, b) = self.router.create(self.main).map_err(ports_error)?;
        Ok((wire(a), wire(b)))
    }

    /// `port.postMessage` in main.
    ///
    /// # Errors
    /// [`SendError::Ports`] if a port cannot be sent, or too much waits at the other end.
    pub fn port_post(
        &mut self,
        port: PortHandle,
        payload: Vec<u8>,
        ports: Vec<PortHandle>,
    ) -> Result<(), SendError> {
        let ports = handles(ports);
        let result = self.router.post(self.main.node, local(port), payload, &ports);
        self.settle();
        result.map_err(ports_error)
    }

    /// `port.start` in main: its messages may come.
    pub fn port_start(&mut self, port: PortHandle) {
        self.router.start(self.main.node, local(port));
        self.settle();
    }

    /// `port.close` in main, or the port was collected. Unknown ports are no error: a port that
    /// was sent away can be closed without effect.
    pub fn port_close(&mut self, port: PortHandle) {
        let _ = self.router.close(self.main.node, local(port));
        self.settle();
    }

    /// A main script in another process gives back a message that it had not looked at when it sent
    /// the port away.
    ///
    /// # Errors
    /// [`SendError::Ports`] if it had no such message.
    pub fn port_return(
        &mut self,
        port: PortHandle,
        payload: Vec<u8>,
        ports: Vec<PortHandle>,
    ) -> Result<(), SendError> {
        let result = self.router.returned(self.main.node, local(port), payload, &handles(ports));
        self.settle();
        result.map_err(ports_error)
    }

    /// The answer to [`crate::Event::PortFence`]: nothing more of this port is there.
    ///
    /// # Errors
    /// [`SendError::Ports`] if the port was not sent away.
    pub fn port_settled(&mut self, port: PortHandle) -> Result<(), SendError> {
        let result = self.router.settled(self.main.node, local(port));
        self.settle();
        result.map_err(ports_error)
    }
}

fn ports_error(violation: Violation) -> SendError {
    SendError::Ports(violation.to_string())
}
