//! The broker with made-up links: identity, routing, waiting and death.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::HashMap;

use conch_broker::{
    Admission, Broker, Event, GoneReason, LinkId, Outgoing, RendererEvent, SinkError, WebContentsId,
};
use conch_wire::{
    Call, CallId, DocumentId, FrameDescription, FrameId, FromRenderer, PROTOCOL_VERSION,
    PortHandle, PortParcel, Reply, ToRenderer,
};

#[derive(Default)]
struct Wires {
    sent: HashMap<LinkId, Vec<ToRenderer>>,
    closed: Vec<LinkId>,
}

impl Outgoing for Wires {
    fn send(&mut self, link: LinkId, message: ToRenderer) -> Result<(), SinkError> {
        if self.closed.contains(&link) {
            return Err(SinkError("closed".into()));
        }
        self.sent.entry(link).or_default().push(message);
        Ok(())
    }

    fn close(&mut self, link: LinkId) {
        self.closed.push(link);
    }
}

const ONE: WebContentsId = WebContentsId(1);
const TWO: WebContentsId = WebContentsId(2);
const DOCUMENT: DocumentId = DocumentId(1);

struct Scene {
    broker: Broker<Wires>,
    admission: Admission,
}

impl Scene {
    fn new() -> Scene {
        let admission = Admission::new();
        let mut broker = Broker::new(Wires::default(), admission.clone());
        broker.add_contents(ONE);
        broker.add_contents(TWO);
        Scene { broker, admission }
    }

    fn hello(&self, contents: WebContentsId) -> FromRenderer {
        let text = self.admission.issue(contents).to_text();
        let byte = |i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap();
        FromRenderer::Hello { version: PROTOCOL_VERSION, token: std::array::from_fn(byte) }
    }

    /// A renderer that is connected and has a document.
    fn renderer(&mut self, contents: WebContentsId, link: LinkId) {
        let hello = self.hello(contents);
        self.broker.connected(link, Some(1000 + link.0));
        self.broker.receive(link, hello);
        self.document(link);
        self.events();
    }

    fn document(&mut self, link: LinkId) {
        self.broker.receive(
            link,
            FromRenderer::Document {
                document: DOCUMENT,
                frame: FrameId(7),
                is_main: true,
                url: "file:///a".into(),
                description: FrameDescription::default(),
            },
        );
    }

    fn events(&mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.broker.next_event()).collect()
    }

    fn sent(&mut self, link: LinkId) -> Vec<ToRenderer> {
        self.broker.outgoing().sent.remove(&link).unwrap_or_default()
    }

    fn is_closed(&mut self, link: LinkId) -> bool {
        self.broker.outgoing().closed.contains(&link)
    }

    /// Why a WebContents' renderer is gone, if it is.
    fn gone(&mut self, contents: WebContentsId) -> Option<GoneReason> {
        self.events().into_iter().find_map(|event| match event {
            Event::Renderer(id, RendererEvent::Gone(gone)) if id == contents => Some(gone.reason),
            _ => None,
        })
    }
}

fn call(channel: &str) -> Call {
    Call { document: DOCUMENT, channel: channel.into(), payload: vec![1] }
}

#[test]
fn a_token_makes_a_connection_its_web_contents() {
    let mut scene = Scene::new();
    let hello = scene.hello(TWO);
    scene.broker.connected(LinkId(1), Some(42));
    scene.broker.receive(LinkId(1), hello);
    assert_eq!(scene.events(), [Event::Renderer(TWO, RendererEvent::Connected { pid: Some(42) })]);
}

#[test]
fn a_connection_without_a_good_token_is_closed_and_nobody_else_is_harmed() {
    let mut scene = Scene::new();
    scene.renderer(ONE, LinkId(1));
    let strangers = [
        FromRenderer::Hello { version: PROTOCOL_VERSION, token: [9; 16] },
        FromRenderer::Hello { version: PROTOCOL_VERSION + 1, token: [9; 16] },
        FromRenderer::Send(call("early")),
    ];
    for (i, first) in strangers.into_iter().enumerate() {
        let link = LinkId(10 + i as u32);
        scene.broker.connected(link, Some(5));
        scene.broker.receive(link, first);
        assert!(scene.is_closed(link));
    }
    assert_eq!(scene.events(), []);
    assert!(!scene.is_closed(LinkId(1)));
}

#[test]
fn a_process_that_connects_twice_is_cut_off() {
    let mut scene = Scene::new();
    let hello = scene.hello(ONE);
    scene.broker.connected(LinkId(1), Some(42));
    scene.broker.receive(LinkId(1), hello.clone());
    scene.events();
    scene.broker.connected(LinkId(2), Some(42));
    scene.broker.receive(LinkId(2), hello);
    assert!(scene.is_closed(LinkId(1)) && scene.is_closed(LinkId(2)));
    assert_eq!(scene.gone(ONE), Some(GoneReason::BadMessage));
}

#[test]
fn a_renderer_that_brings_anothers_token_is_cut_off_and_the_other_is_not() {
    let mut scene = Scene::new();
    let hello = scene.hello(ONE);
    scene.broker.connected(LinkId(1), Some(42));
    scene.broker.receive(LinkId(1), hello.clone());
    scene.renderer(TWO, LinkId(2));
    scene.broker.connected(LinkId(3), Some(1002));
    scene.broker.receive(LinkId(3), hello);
    assert!(scene.is_closed(LinkId(3)) && scene.is_closed(LinkId(2)));
    assert!(!scene.is_closed(LinkId(1)));
    assert_eq!(scene.gone(TWO), Some(GoneReason::BadMessage));
}

#[test]
fn messages_come_with_the_frame_that_the_broker_knows() {
    let mut scene = Scene::new();
    scene.renderer(ONE, LinkId(1));
    scene.broker.receive(LinkId(1), FromRenderer::Invoke(CallId(3), call("x")));
    let events = scene.events();
    let [Event::Renderer(ONE, RendererEvent::Invoke(CallId(3), message))] = events.as_slice()
    else {
        panic!("{events:?}");
    };
    assert_eq!((message.frame, message.channel.as_str()), (FrameId(7), "x"));
}

#[test]
fn a_document_that_was_never_announced_ends_the_link() {
    let mut scene = Scene::new();
    scene.renderer(ONE, LinkId(1));
    let forged = Call { document: DocumentId(99), ..call("x") };
    scene.broker.receive(LinkId(1), FromRenderer::Send(forged));
    assert!(scene.is_closed(LinkId(1)));
    assert_eq!(scene.gone(ONE), Some(GoneReason::BadMessage));
}

#[test]
fn messages_wait_for_the_first_document_in_order() {
    let mut scene = Scene::new();
    for n in 0..3 {
        let sent = scene.broker.send(ONE, DocumentId(0), format!("c{n}"), vec![n]);
        assert_eq!(sent, Ok(true));
    }
    let hello = scene.hello(ONE);
    scene.broker.connected(LinkId(1), None);
    scene.broker.receive(LinkId(1), hello);
    assert_eq!(scene.sent(LinkId(1)), []);
    scene.document(LinkId(1));
    let sent = scene.sent(LinkId(1));
    let channels: Vec<_> = sent
        .iter()
        .map(|message| match message {
            ToRenderer::Send(call) => (call.channel.as_str(), call.document),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(channels, [("c0", DOCUMENT), ("c1", DOCUMENT), ("c2", DOCUMENT)]);
}

#[test]
fn answers_and_messages_for_a_document_that_is_gone_are_dropped() {
    let mut scene = Scene::new();
    scene.renderer(ONE, LinkId(1));
    scene
        .broker
        .receive(LinkId(1), FromRenderer::DocumentGone { document: DOCUMENT, with_frame: false });
    let reply = Reply { document: DOCUMENT, call: CallId(1), is_error: false, payload: vec![] };
    assert_eq!(scene.broker.reply(ONE, reply), Ok(()));
    assert_eq!(scene.broker.send(ONE, DOCUMENT, "x".into(), vec![]), Ok(false));
    assert_eq!(scene.sent(LinkId(1)), []);
}

#[test]
fn a_port_of_main_reaches_a_renderer_and_speaks_both_ways() {
    let mut scene = Scene::new();
    scene.renderer(ONE, LinkId(1));
    let (near, far) = scene.broker.create_channel().unwrap();
    scene.broker.port_post(near, b"early".to_vec(), vec![]).unwrap();
    scene.broker.post_message(ONE, DocumentId(0), "p".into(), vec![], vec![far]).unwrap();
    let sent = scene.sent(LinkId(1));
    let [ToRenderer::PostMessage(_, ports), ToRenderer::PortMessage(DOCUMENT, parcel)] =
        sent.as_slice()
    else {
        panic!("{sent:?}");
    };
    assert_eq!(ports.as_slice(), [parcel.port]);
    assert_eq!(parcel.payload, b"early");

    let answer = PortParcel { port: parcel.port, payload: b"late".to_vec(), ports: vec![] };
    scene.broker.receive(LinkId(1), FromRenderer::PortPost(answer));
    assert_eq!(scene.events(), [], "main's port is not started");
    scene.broker.port_start(near);
    assert_eq!(
        scene.events(),
        [Event::PortMessage { port: near, payload: b"late".to_vec(), ports: vec![] }]
    );
}

#[test]
fn the_death_of_a_renderer_closes_its_ports_and_says_so() {
    let mut scene = Scene::new();
    scene.renderer(ONE, LinkId(1));
    let (near, far) = scene.broker.create_channel().unwrap();
    scene.broker.port_start(near);
    scene.broker.post_message(ONE, DocumentId(0), "p".into(), vec![], vec![far]).unwrap();
    scene.broker.disconnected(LinkId(1), None);
    let events = scene.events();
    assert!(events.contains(&Event::PortClosed(near)), "{events:?}");
    assert!(matches!(
        events.first(),
        Some(Event::Renderer(ONE, RendererEvent::Gone(gone))) if gone.reason == GoneReason::Ended
    ));
}

#[test]
fn a_port_that_a_renderer_does_not_own_ends_its_link() {
    let mut scene = Scene::new();
    scene.renderer(ONE, LinkId(1));
    scene.renderer(TWO, LinkId(2));
    let (_near, far) = scene.broker.create_channel().unwrap();
    scene.broker.post_message(ONE, DocumentId(0), "p".into(), vec![], vec![far]).unwrap();
    let stolen = PortParcel { port: PortHandle(1), payload: vec![], ports: vec![] };
    scene.broker.receive(LinkId(2), FromRenderer::PortPost(stolen));
    assert_eq!(scene.gone(TWO), Some(GoneReason::BadMessage));
    assert!(!scene.is_closed(LinkId(1)));
}

#[test]
fn a_successor_takes_over_from_a_crashed_renderer() {
    let mut scene = Scene::new();
    scene.renderer(ONE, LinkId(1));
    let hello = scene.hello(ONE);
    scene.broker.connected(LinkId(2), Some(77));
    scene.broker.receive(LinkId(2), hello);
    assert!(scene.is_closed(LinkId(1)));
    scene.document(LinkId(2));
    scene.broker.send(ONE, DocumentId(0), "x".into(), vec![]).unwrap();
    assert_eq!(scene.sent(LinkId(2)).len(), 1);
}

#[test]
fn a_main_script_in_another_process_gives_back_what_it_had_not_looked_at() {
    let mut broker = Broker::with_remote_main(Wires::default(), Admission::new());
    let (ours, theirs) = broker.create_channel().unwrap();
    let (carrier, far) = broker.create_channel().unwrap();
    for byte in [1, 2, 3] {
        broker.port_post(ours, vec![byte], vec![]).unwrap();
    }
    let event = |port, payload: u8, ports: &[PortHandle]| Event::PortMessage {
        port,
        payload: vec![payload],
        ports: ports.to_vec(),
    };
    // It gets them at once, and looks at the first; then it sends the port away to itself.
    for byte in [1, 2, 3] {
        assert_eq!(broker.next_event(), Some(event(theirs, byte, &[])));
    }
    broker.port_post(carrier, vec![9], vec![theirs]).unwrap();
    assert_eq!(broker.next_event(), Some(Event::PortFence(theirs)));
    let Some(Event::PortMessage { port, ports, .. }) = broker.next_event() else { panic!() };
    assert_eq!((port, ports.len()), (far, 1));
    broker.port_post(ours, vec![4], vec![]).unwrap();
    broker.port_return(theirs, vec![2], vec![]).unwrap();
    broker.port_return(theirs, vec![3], vec![]).unwrap();
    assert_eq!(broker.next_event(), None, "the new holder waits for the old one");
    broker.port_settled(theirs).unwrap();
    for byte in [2, 3, 4] {
        assert_eq!(broker.next_event(), Some(event(ports[0], byte, &[])));
    }
    assert!(broker.port_return(theirs, vec![1], vec![]).is_err(), "it has settled");
}
