//! What Node asks for, carried out.

use std::rc::Rc;

use conch_broker::WebContentsId;
use conch_runtime::electron::Backend;
use conch_wire::{
    CallId, DocumentId, ENGINE_HEADER_LENGTH, EngineHeader, EngineMessage, Envelope, PortHandle,
    Reply, encode_answer, engine_kind as kind,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::pipe;

use crate::{NodeEngine, NodeError};

/// Read ahead at a time.
const READ_AHEAD: usize = 256 << 10;

/// How much a body's buffer grows at a time while it is read.
const READ_STEP: usize = 1 << 20;

/// Node's requests, in order.
pub(crate) struct Requests(BufReader<pipe::Receiver>);

impl Requests {
    pub(crate) fn new(pipe: pipe::Receiver) -> Requests {
        Requests(BufReader::with_capacity(READ_AHEAD, pipe))
    }

    /// The next one, or `None` when Node closed its end.
    pub(crate) async fn next(&mut self) -> Result<Option<EngineMessage>, NodeError> {
        let mut head = [0; ENGINE_HEADER_LENGTH];
        match self.0.read_exact(&mut head).await {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let garbage = |error: conch_wire::WireError| NodeError::Garbage(error.to_string());
        let header = EngineHeader::decode(&head).map_err(garbage)?;
        let mut body = Vec::with_capacity(header.length().min(READ_STEP));
        let read = (&mut self.0).take(header.length() as u64).read_to_end(&mut body).await?;
        if read < header.length() {
            return Ok(None);
        }
        header.message(body).map(Some).map_err(garbage)
    }
}

/// What the shell is to know.
#[derive(Debug)]
pub enum Told {
    /// The main script and its top-level await are done.
    Loaded,
    /// A person is to be told of an exception.
    Uncaught {
        /// What to show.
        text: String,
        /// The main script threw it, so the app has nothing to go on with.
        of_main: bool,
    },
}

/// What follows from a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Nothing more.
    Done,
    /// The shell is to know something.
    Tell(Told),
    /// The app ends.
    Exit(i32),
}

/// Carries requests out.
pub(crate) struct Server {
    pub(crate) backend: Rc<dyn Backend>,
    pub(crate) engine: Rc<NodeEngine>,
    pub(crate) answers: pipe::Sender,
}

impl Server {
    /// Carries out one request and answers it if it is to be answered.
    pub(crate) async fn carry_out(&mut self, message: EngineMessage) -> Result<Outcome, NodeError> {
        self.engine.polling.passed();
        let EngineMessage { contents: number, envelope, .. } = message;
        let Envelope { kind, flags, document, id, channel, ports, payload } = envelope;
        let (contents, document) = (WebContentsId(number), DocumentId(document));
        let backend = &*self.backend;
        match kind {
            kind::UI => {
                let answer = backend.ui(&text(payload));
                self.answer(answer).await?;
            }
            kind::CONTENTS => {
                backend.add_contents(contents, text(payload));
                self.answer(Ok("null".into())).await?;
            }
            kind::POST_MESSAGE => {
                let sent = backend.post_message(contents, document, channel, payload, ports);
                self.answer(sent.map(|sent| sent.to_string())).await?;
            }
            kind::EVALUATE => {
                let call = CallId(id);
                let world = channel.parse().map_err(|_| {
                    NodeError::Garbage(format!("{channel:?} is no number of a world"))
                })?;
                let sent = backend.evaluate(contents, document, call, world, text(payload));
                self.answer(sent.map(|sent| sent.to_string())).await?;
            }
            kind::CHANNEL => {
                let made = backend.create_channel();
                self.answer(made.map(|(a, b)| format!("[{},{}]", a.0, b.0))).await?;
            }
            kind::SEND => {
                let sent = backend.send(contents, document, channel, payload);
                self.failed(kind, number, sent.err());
            }
            kind::REPLY | kind::REPLY_SYNC => {
                let reply = Reply { document, call: CallId(id), is_error: flags != 0, payload };
                let sent = match kind {
                    kind::REPLY => backend.reply(contents, reply),
                    _ => backend.reply_sync(contents, reply),
                };
                self.failed(kind, number, sent.err());
            }
            kind::PORT_POST => {
                let posted = backend.port_post(PortHandle(id), payload, ports);
                self.failed(kind, id, posted.err());
            }
            kind::PORT_TRANSFER => {
                let posted = backend.port_post(PortHandle(id), payload, ports);
                self.answer(posted.map(|()| "null".into())).await?;
            }
            kind::PORT_RETURN => odd(backend.port_return(PortHandle(id), payload, ports)),
            kind::PORT_SETTLED => odd(backend.port_settled(PortHandle(id))),
            kind::PORT_CLOSE => backend.port_close(PortHandle(id)),
            kind::FORGET => backend.remove_contents(contents),
            kind::FAULT => backend.fault(contents, text(payload)),
            kind::UNCAUGHT => {
                let of_main = flags != 0;
                return Ok(Outcome::Tell(Told::Uncaught { text: text(payload), of_main }));
            }
            kind::LOADED => return Ok(Outcome::Tell(Told::Loaded)),
            kind::EXIT => return Ok(Outcome::Exit(id.cast_signed())),
            other => return Err(NodeError::Garbage(format!("unknown message kind {other}"))),
        }
        Ok(Outcome::Done)
    }

    async fn answer(&mut self, answer: Result<String, String>) -> Result<(), NodeError> {
        let bytes = encode_answer(answer.as_deref().map_err(String::as_str));
        Ok(self.answers.write_all(&bytes).await?)
    }

    /// Tells Node of a request that it does not wait for.
    fn failed(&self, request: u8, id: u32, error: Option<String>) {
        let Some(error) = error else { return };
        let payload = error.into_bytes();
        let envelope =
            Envelope { kind: kind::FAILED, flags: request, id, payload, ..Envelope::default() };
        self.engine.send(&envelope.into());
    }
}

/// What only a fault of Conch's own could bring about; the port is the app's own loss.
fn odd(outcome: Result<(), String>) {
    if let Err(error) = outcome {
        tracing::error!("node and the router disagree about a port: {error}");
    }
}

fn text(payload: Vec<u8>) -> String {
    String::from_utf8(payload).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into())
}
