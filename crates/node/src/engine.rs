//! The way into the `electron` module in Node: events become messages.

use std::cell::Cell;
use std::pin::Pin;

use conch_broker::{Event, GoneReason, Message, RendererEvent};
use conch_link::Link;
use conch_runtime::electron::{Engine, token};
use conch_wire::{EngineMessage, Envelope, PortHandle, engine_kind as kind};
use tokio::sync::Notify;

use crate::polling::Polling;

/// Bytes that may wait for a busy Node before its renderers are not read any more.
const CONGESTED: usize = 8 << 20;

/// The module in a running Node.
#[derive(Debug)]
pub struct NodeEngine {
    events: Link,
    /// The code to end with, once somebody asked for the end.
    exit_code: Cell<Option<i32>>,
    ended: Notify,
    pub(crate) polling: Polling,
}

impl NodeEngine {
    pub(crate) fn new(events: Link) -> NodeEngine {
        let (exit_code, ended) = (Cell::default(), Notify::new());
        NodeEngine { events, exit_code, ended, polling: Polling::new() }
    }

    /// Ends Node now, and the app with this code.
    pub fn request_exit(&self, code: i32) {
        self.exit_code.set(Some(code));
        self.ended.notify_one();
    }

    /// Waits until [`NodeEngine::request_exit`] was called.
    pub(crate) async fn exit_requested(&self) -> i32 {
        loop {
            if let Some(code) = self.exit_code.get() {
                return code;
            }
            self.ended.notified().await;
        }
    }

    pub(crate) fn send(&self, message: &EngineMessage) {
        // A Node that does not read for so long that its socket and the outbox are full, or that is
        // gone: it cannot go on with a gap in what it was told.
        if let Err(error) = self.events.send_engine(message) {
            tracing::error!("node does not take what happens: {error}");
            self.request_exit(1);
        }
        self.polling.passed();
    }
}

impl Engine for NodeEngine {
    fn dispatch(&self, event: Event) {
        self.send(&message(event));
    }

    fn ui_event(&self, event: &str) {
        let payload = event.as_bytes().to_vec();
        let envelope = Envelope { kind: kind::ON_UI, payload, ..Envelope::default() };
        self.send(&envelope.into());
    }

    fn is_congested(&self) -> bool {
        self.events.waiting() > CONGESTED
    }

    fn relieved(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(self.events.drained_to(CONGESTED))
    }
}

fn message(event: Event) -> EngineMessage {
    match event {
        Event::Renderer(contents, event) => {
            EngineMessage { contents: contents.0, ..renderer(event) }
        }
        Event::PortMessage { port, payload, ports } => EngineMessage::from(Envelope {
            kind: kind::ON_PORT_MESSAGE,
            id: port.0,
            ports,
            payload,
            ..Envelope::default()
        }),
        Event::PortClosed(port) => port_event(kind::ON_PORT_CLOSED, port),
        Event::PortFence(port) => port_event(kind::ON_PORT_FENCE, port),
    }
}

fn port_event(kind: u8, port: PortHandle) -> EngineMessage {
    Envelope { kind, id: port.0, ..Envelope::default() }.into()
}

fn renderer(event: RendererEvent) -> EngineMessage {
    let of = |kind| Envelope { kind, ..Envelope::default() };
    let ipc = |kind, id, message: Message| {
        let Message { document, frame, channel, payload } = message;
        let envelope = Envelope { document: document.0, id, channel, payload, ..of(kind) };
        EngineMessage { frame: frame.0, ..EngineMessage::from(envelope) }
    };
    EngineMessage::from(match event {
        RendererEvent::Send(message) => return ipc(kind::ON_SEND, 0, message),
        RendererEvent::Invoke(call, message) => return ipc(kind::ON_INVOKE, call.0, message),
        RendererEvent::SendSync(call, message) => return ipc(kind::ON_SEND_SYNC, call.0, message),
        RendererEvent::PostMessage(message, ports) => {
            let mut message = ipc(kind::ON_MESSAGE, 0, message);
            message.envelope.ports = ports;
            return message;
        }
        RendererEvent::Document { document, frame, is_main, url, description } => {
            let flags = u8::from(is_main);
            let payload = [token(&description), description.name].concat().into_bytes();
            let id = description.parent.0;
            let envelope = Envelope {
                document: document.0,
                flags,
                id,
                channel: url,
                payload,
                ..of(kind::ON_DOCUMENT)
            };
            return EngineMessage { frame: frame.0, ..EngineMessage::from(envelope) };
        }
        RendererEvent::DocumentGone { document, with_frame } => Envelope {
            document: document.0,
            flags: u8::from(with_frame),
            ..of(kind::ON_DOCUMENT_GONE)
        },
        RendererEvent::Unloading(document) => {
            Envelope { document: document.0, ..of(kind::ON_UNLOADING) }
        }
        RendererEvent::Loaded(document) => Envelope { document: document.0, ..of(kind::ON_LOADED) },
        RendererEvent::DomReady(document, title) => {
            Envelope { document: document.0, channel: title, ..of(kind::ON_DOM_READY) }
        }
        RendererEvent::Connected { pid } => {
            Envelope { id: pid.unwrap_or_default(), ..of(kind::ON_CONNECTED) }
        }
        RendererEvent::EvalResult { call, is_rejected, value } => Envelope {
            id: call.0,
            flags: u8::from(is_rejected),
            payload: value,
            ..of(kind::ON_EVAL_RESULT)
        },
        RendererEvent::PreloadError { path, error } => {
            Envelope { channel: path, payload: error, ..of(kind::ON_PRELOAD_ERROR) }
        }
        RendererEvent::Console { document, level, line, source, message } => Envelope {
            document: document.0,
            flags: level as u8,
            id: line,
            channel: source,
            payload: message.into_bytes(),
            ..of(kind::ON_CONSOLE)
        },
        RendererEvent::Gone(gone) => {
            let reason = match gone.reason {
                GoneReason::Ended => "ended",
                GoneReason::BadMessage => "bad-message",
            };
            Envelope {
                channel: reason.into(),
                payload: gone.detail.into_bytes(),
                ..of(kind::ON_GONE)
            }
        }
    })
}
