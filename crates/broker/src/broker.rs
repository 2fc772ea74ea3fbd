//! Routing: from a link to the main script, from the main script to a link, from port to port.

use std::collections::{HashMap, VecDeque};

use conch_ports::{Effect, Handle, NodeId, Router, Seat, Transit};
use conch_wire::{Call, DocumentId, FromRenderer, PortHandle, PortParcel, ToRenderer};

use crate::admission::{Admission, Verdict};
use crate::event::{Event, Gone, GoneReason, Message, RendererEvent};
use crate::renderer::{Renderer, Waiting, WaitingKind};
use crate::{LinkId, Outgoing, WebContentsId};

/// A port message's body: a serialised value.
type Body = Vec<u8>;

/// The broker. `O` owns the sockets.
pub struct Broker<O> {
    pub(crate) outgoing: O,
    admission: Admission,
    pub(crate) contents: HashMap<WebContentsId, Renderer<Transit>>,
    links: HashMap<LinkId, Peer>,
    pub(crate) router: Router<Body>,
    /// Where main's ports are.
    pub(crate) main: Seat,
    /// Drained by the caller after every call; it grows within one call only.
    events: VecDeque<Event>,
}

/// A connection: who it is, once it said so, and its process, by the system's word.
#[derive(Debug, Clone, Copy)]
struct Peer {
    contents: Option<WebContentsId>,
    pid: Option<u32>,
}

impl<O: Outgoing> Broker<O> {
    /// A broker without renderers, which admits those that bring a token of `admission`.
    pub fn new(outgoing: O, admission: Admission) -> Broker<O> {
        Broker {
            outgoing,
            admission,
            contents: HashMap::new(),
            links: HashMap::new(),
            router: Router::new(),
            main: Seat::MAIN,
            events: VecDeque::new(),
        }
    }

    /// The same for a main script in another process, which may have been given messages that it has
    /// not looked at. To the router it is what a renderer is: it hears [`Event::PortFence`] for each
    /// port that it sends away, gives back what it had not looked at ([`Broker::port_return`]) and
    /// says that it is done ([`Broker::port_settled`]).
    pub fn with_remote_main(outgoing: O, admission: Admission) -> Broker<O> {
        Broker { main: REMOTE_MAIN, ..Broker::new(outgoing, admission) }
    }

    /// The owner of the sockets.
    pub fn outgoing(&mut self) -> &mut O {
        &mut self.outgoing
    }

    /// What happened since the last call, oldest first.
    pub fn next_event(&mut self) -> Option<Event> {
        self.settle();
        self.events.pop_front().or_else(|| self.next_port_event())
    }

    /// Makes a WebContents known.
    pub fn add_contents(&mut self, contents: WebContentsId) {
        self.contents.entry(contents).or_default();
    }

    /// Tells a WebContents' renderer, if it has one, which preload scripts of its session run in its
    /// next documents: a JSON array of paths.
    pub fn set_preloads(&mut self, contents: WebContentsId, paths: String) {
        let link = self.contents.get(&contents).and_then(|renderer| renderer.link);
        if let Some(link) = link
            && let Err(error) = self.outgoing.send(link, ToRenderer::Preloads(paths))
        {
            self.cut(link, Gone { reason: GoneReason::BadMessage, detail: error.to_string() });
        }
    }

    /// Forgets a WebContents and closes its link, without a [`RendererEvent::Gone`].
    pub fn remove_contents(&mut self, contents: WebContentsId) {
        self.admission.revoke(contents);
        if let Some(renderer) = self.contents.remove(&contents) {
            if let Some(link) = renderer.link {
                self.drop_link(link);
            }
            self.discard(renderer);
        }
        self.settle();
    }

    /// A renderer sent a value that cannot be read: it is cut off.
    pub fn fault(&mut self, contents: WebContentsId, detail: String) {
        if let Some(link) = self.contents.get(&contents).and_then(|renderer| renderer.link) {
            self.cut(link, Gone { reason: GoneReason::BadMessage, detail });
            self.settle();
        }
    }

    /// A connection was made; `pid` is what the system says of the process at its other end.
    pub fn connected(&mut self, link: LinkId, pid: Option<u32>) {
        self.links.insert(link, Peer { contents: None, pid });
    }

    /// A connection ended, by itself or because of `fault`.
    pub fn disconnected(&mut self, link: LinkId, fault: Option<String>) {
        let gone = match fault {
            Some(detail) => Gone { reason: GoneReason::BadMessage, detail },
            None => Gone { reason: GoneReason::Ended, detail: "the renderer ended".into() },
        };
        self.cut(link, gone);
        self.settle();
    }

    /// A message came in.
    pub fn receive(&mut self, link: LinkId, message: FromRenderer) {
        let result = match self.links.get(&link).copied() {
            None => return, // Cut off earlier in this turn; its reader just does not know yet.
            Some(Peer { contents: Some(contents), .. }) => self.handle(link, contents, message),
            Some(peer) => self.admit(link, peer, &message),
        };
        if let Err(why) = result {
            self.cut(link, Gone { reason: GoneReason::BadMessage, detail: why });
        }
        self.settle();
    }

    fn admit(&mut self, link: LinkId, peer: Peer, first: &FromRenderer) -> Result<(), String> {
        match self.admission.admit(link, first) {
            Verdict::Admitted(contents) => {
                let Some(renderer) = self.contents.get_mut(&contents) else {
                    return Err("the WebContents was destroyed".into());
                };
                // A crashed renderer's link may still be closing when its successor connects.
                let old = renderer.link.replace(link);
                if let Some(old) = old {
                    self.drop_link(old);
                    if let Some(renderer) = self.contents.get_mut(&contents) {
                        renderer.disconnect();
                        renderer.link = Some(link);
                    }
                }
                self.links.insert(link, Peer { contents: Some(contents), ..peer });
                self.tell(contents, RendererEvent::Connected { pid: peer.pid });
                Ok(())
            }
            Verdict::Refused { why, spent } => {
                // The process that holds a live link and opens another one is at fault, whoever
                // the token belongs to. That is known from the system, not from the message.
                let culprit = self.links.iter().find_map(|(other, theirs)| {
                    let same = peer.pid.is_some() && theirs.pid == peer.pid && *other != link;
                    (same && theirs.contents.is_some()).then_some(*other)
                });
                if let Some(culprit) = culprit.or(spent.filter(|_| peer.pid.is_none())) {
                    let detail = format!("a second connection was refused: {why}");
                    self.cut(culprit, Gone { reason: GoneReason::BadMessage, detail });
                }
                Err(why.into())
            }
        }
    }

    /// Removes a link and says so, if it had been admitted.
    pub(crate) fn cut(&mut self, link: LinkId, gone: Gone) {
        let Some(peer) = self.links.get(&link).copied() else { return };
        self.drop_link(link);
        if let Some(contents) = peer.contents
            && let Some(renderer) = self.contents.get_mut(&contents)
            && renderer.link == Some(link)
        {
            renderer.disconnect();
            self.tell(contents, RendererEvent::Gone(gone));
        }
    }

    fn drop_link(&mut self, link: LinkId) {
        self.links.remove(&link);
        self.admission.forget(link);
        self.router.node_gone(node(link));
        self.outgoing.close(link);
    }

    fn handle(
        &mut self,
        link: LinkId,
        contents: WebContentsId,
        message: FromRenderer,
    ) -> Result<(), String> {
        let from = node(link);
        let Some(renderer) = self.contents.get_mut(&contents) else { return Ok(()) };
        let event = match message {
            FromRenderer::Hello { .. } => return Err("a second hello".into()),
            FromRenderer::Document { document, frame, is_main, url, description } => {
                if !renderer.add(document, frame, is_main) {
                    return Err(format!("document {} is not a new one", document.0));
                }
                let event = RendererEvent::Document { document, frame, is_main, url, description };
                self.tell(contents, event);
                if is_main {
                    self.send_waiting(contents);
                }
                return Ok(());
            }
            FromRenderer::DocumentGone { document, with_frame } => {
                if !renderer.remove(document) {
                    return Err(unknown(document));
                }
                self.router.document_gone(seat(link, document));
                RendererEvent::DocumentGone { document, with_frame }
            }
            FromRenderer::Unloading(document) => {
                renderer.frame(document).ok_or_else(|| unknown(document))?;
                RendererEvent::Unloading(document)
            }
            FromRenderer::Loaded(document) => {
                renderer.frame(document).ok_or_else(|| unknown(document))?;
                RendererEvent::Loaded(document)
            }
            FromRenderer::DomReady { document, title } => {
                renderer.frame(document).ok_or_else(|| unknown(document))?;
                RendererEvent::DomReady(document, title)
            }
            FromRenderer::Send(call) => RendererEvent::Send(place(renderer, call)?),
            FromRenderer::Invoke(id, call) => RendererEvent::Invoke(id, place(renderer, call)?),
            FromRenderer::SendSync(id, call) => RendererEvent::SendSync(id, place(renderer, call)?),
            FromRenderer::PostMessage(call, ports) => {
                let message = place(renderer, call)?;
                let transit = self.router.ship(from, &handles(ports)).map_err(text)?;
                let ports = self.router.land(transit, self.main).into_iter().map(wire).collect();
                RendererEvent::PostMessage(message, ports)
            }
            FromRenderer::ChannelNew(document, a, b) => {
                renderer.frame(document).ok_or_else(|| unknown(document))?;
                return self.router.open(seat(link, document), local(a), local(b)).map_err(text);
            }
            FromRenderer::PortPost(PortParcel { port, payload, ports }) => {
                let ports = handles(ports);
                return self.router.post(from, local(port), payload, &ports).map_err(text);
            }
            FromRenderer::PortReturn(PortParcel { port, payload, ports }) => {
                let ports = handles(ports);
                return self.router.returned(from, local(port), payload, &ports).map_err(text);
            }
            FromRenderer::PortClose(port) => {
                return self.router.close(from, local(port)).map_err(text);
            }
            FromRenderer::PortSettled(port) => {
                return self.router.settled(from, local(port)).map_err(text);
            }
            FromRenderer::EvalResult { call, is_rejected, value } => {
                RendererEvent::EvalResult { call, is_rejected, value }
            }
            FromRenderer::PreloadError { path, error } => {
                RendererEvent::PreloadError { path, error }
            }
            FromRenderer::ConsoleMessage { document, level, line, source, message } => {
                RendererEvent::Console { document, level, line, source, message }
            }
        };
        self.tell(contents, event);
        Ok(())
    }

    /// Tells renderers what the router decided. What is for main stays with the router until
    /// [`Broker::next_event`]: main may ship the port before, and its messages go along.
    pub(crate) fn settle(&mut self) {
        while let Some(effect) = self.router.next_renderer_effect() {
            if effect.seat() == self.main {
                self.events.push_back(port_event(effect));
                continue;
            }
            match effect {
                Effect::Deliver { seat, handle, message, ports } => {
                    let ports = ports.into_iter().map(wire).collect();
                    let parcel = PortParcel { port: wire(handle), payload: message, ports };
                    self.push(seat, |document| ToRenderer::PortMessage(document, parcel));
                }
                Effect::Close { seat, handle } => {
                    self.push(seat, |document| ToRenderer::PortClosed(document, wire(handle)));
                }
                Effect::Fence { seat, handle } => {
                    self.push(seat, |document| ToRenderer::PortFence(document, wire(handle)));
                }
            }
        }
    }

    fn next_port_event(&mut self) -> Option<Event> {
        self.router.next_main_effect().map(port_event)
    }

    /// Sends a port's traffic. A renderer that does not take it any more is cut off: its ports
    /// could keep no promise.
    fn push(&mut self, seat: Seat, message: impl FnOnce(DocumentId) -> ToRenderer) {
        let link = LinkId(seat.node.get());
        if let Err(error) = self.outgoing.send(link, message(DocumentId(seat.document.get()))) {
            self.cut(link, Gone { reason: GoneReason::BadMessage, detail: error.0 });
        }
    }

    fn tell(&mut self, contents: WebContentsId, event: RendererEvent) {
        self.events.push_back(Event::Renderer(contents, event));
    }

    fn discard(&mut self, mut renderer: Renderer<Transit>) {
        for message in renderer.take_waiting() {
            self.discard_message(message);
        }
    }

    pub(crate) fn discard_message(&mut self, message: Waiting<Transit>) {
        if let WaitingKind::PostMessage(transit) = message.kind {
            self.router.discard(transit);
        }
    }
}

/// The seat of a main script in another process. Its number is never a link's.
const REMOTE_MAIN: Seat = Seat::new(NodeId::new(u32::MAX), conch_ports::DocumentId::new(1));

/// What main hears of one of its ports.
fn port_event(effect: Effect<Body>) -> Event {
    match effect {
        Effect::Deliver { handle, message, ports, .. } => Event::PortMessage {
            port: wire(handle),
            payload: message,
            ports: ports.into_iter().map(wire).collect(),
        },
        Effect::Close { handle, .. } => Event::PortClosed(wire(handle)),
        Effect::Fence { handle, .. } => Event::PortFence(wire(handle)),
    }
}

pub(crate) fn node(link: LinkId) -> NodeId {
    NodeId::new(link.0)
}

pub(crate) fn seat(link: LinkId, document: DocumentId) -> Seat {
    Seat::new(node(link), conch_ports::DocumentId::new(document.0))
}

pub(crate) fn wire(handle: Handle) -> PortHandle {
    PortHandle(handle.get())
}

pub(crate) fn local(port: PortHandle) -> Handle {
    Handle::new(port.0)
}

pub(crate) fn handles(ports: Vec<PortHandle>) -> Vec<Handle> {
    ports.into_iter().map(local).collect()
}

fn text(error: impl ToString) -> String {
    error.to_string()
}

fn unknown(document: DocumentId) -> String {
    format!("document {} is unknown", document.0)
}

fn place<P>(renderer: &Renderer<P>, call: Call) -> Result<Message, String> {
    let Call { document, channel, payload } = call;
    let frame = renderer.frame(document).ok_or_else(|| unknown(document))?;
    Ok(Message { document, frame, channel, payload })
}
