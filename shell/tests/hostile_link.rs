//! A hostile renderer, played by the test with every freedom over its link: in each case its link
//! is closed, `render-process-gone` fires, and an honest renderer's messages go on in order.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod support;

use std::collections::HashSet;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use conch_wire::{
    Envelope, FrameDescription, HEADER_LENGTH, Header, PROTOCOL_VERSION, PortHandle, kind,
};
use support::{Display, Engine, Performance, Sockets, conch, on_both_engines, test_app};

on_both_engines! {
    a_renderer_that_breaks_the_protocol_is_cut_off_alone,
    a_renderer_that_ends_in_the_middle_of_a_message_is_gone_alone,
    a_token_is_good_once_and_for_its_own_process,
}

/// The app, and the place where its web processes write their start-up data.
struct Scene {
    app: Performance,
    log: PathBuf,
    used: HashSet<String>,
    _display: Display,
    _sockets: Sockets,
}

/// What a web process is told when it starts.
#[derive(Clone)]
struct StartUp {
    socket: String,
    token: String,
    contents: u64,
}

impl Scene {
    fn new(engine: Engine) -> Scene {
        let (sockets, display) = (Sockets::new(), Display::start().unwrap());
        let built = Path::new(env!("CARGO_BIN_EXE_conch")).parent().unwrap();
        let folder = sockets.0.join("extension");
        std::fs::create_dir(&folder).unwrap();
        std::fs::copy(
            built.join("examples/libconch_hostile_extension.so"),
            folder.join("libconch_webprocess.so"),
        )
        .unwrap();
        let log = sockets.0.join("log");
        let app = conch(engine, &sockets)
            .on(&display)
            .env("CONCH_EXTENSION_DIR", &folder)
            .env("CONCH_TEST_LOG", &log)
            .env("CONCH_TEST_REAL", built.join("libconch_webprocess.so"))
            .arg(test_app("hostile-link"))
            .start()
            .unwrap();
        Scene { app, log, used: HashSet::new(), _display: display, _sockets: sockets }
    }

    fn start_ups(&self) -> Vec<StartUp> {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let complete = text.rsplit_once('\n').map_or("", |(complete, _)| complete);
        let parse = |line: &str| {
            let data: serde_json::Value = serde_json::from_str(line).unwrap();
            StartUp {
                socket: data["socket"].as_str().unwrap().into(),
                token: data["token"].as_str().unwrap().into(),
                contents: data["webContentsId"].as_u64().unwrap(),
            }
        };
        complete.lines().map(parse).collect()
    }

    fn wait_for(&self, what: impl Fn(&StartUp) -> bool) -> StartUp {
        for _ in 0..1800 {
            if let Some(found) = self.start_ups().into_iter().find(|s| what(s)) {
                return found;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the web process did not start: {}", self.app.errors());
    }

    /// Plays the next renderer of WebContents 1.
    fn renderer(&mut self) -> (StartUp, UnixStream) {
        let used = self.used.clone();
        let start = self.wait_for(|s| s.contents == 1 && !used.contains(&s.token));
        self.used.insert(start.token.clone());
        let mut stream = UnixStream::connect(&start.socket).unwrap();
        stream.write_all(&hello(&start.token)).unwrap();
        stream.write_all(&document(1)).unwrap();
        (start, stream)
    }

    /// The renderer was cut off, and nobody else noticed.
    fn is_gone(&mut self, mut stream: UnixStream) {
        let line = self.app.expect_that("gone", |l| l.starts_with("gone ")).unwrap();
        assert!(
            ["gone crashed", "gone killed", "gone bad-message", "gone abnormal-exit"]
                .contains(&line.as_str()),
            "{line}"
        );
        // Whatever main had sent before it closed the link is read; then it is closed.
        let mut rest = vec![];
        let _ = stream.read_to_end(&mut rest);
        let next = self.app.expect_that("honest goes on", |line| !line.is_empty()).unwrap();
        assert_eq!(next, "honest goes on");
    }
}

fn message(kind: u8, document: u32, id: u32) -> Envelope {
    Envelope { kind, document, id, ..Envelope::default() }
}

fn bytes(envelope: &Envelope) -> Vec<u8> {
    let mut out = vec![];
    envelope.encode(&mut out).unwrap();
    out
}

fn hello(token: &str) -> Vec<u8> {
    let plain = token.replace('-', "");
    let payload = (0..16).map(|i| u8::from_str_radix(&plain[2 * i..2 * i + 2], 16).unwrap());
    bytes(&Envelope { payload: payload.collect(), ..message(kind::HELLO, 0, PROTOCOL_VERSION) })
}

fn document(number: u32) -> Vec<u8> {
    bytes(&Envelope {
        flags: 1,
        channel: "about:blank".into(),
        payload: FrameDescription::default().encode(),
        ..message(kind::DOCUMENT, number, 1)
    })
}

fn a_renderer_that_breaks_the_protocol_is_cut_off_alone(engine: Engine) {
    let mut scene = Scene::new(engine);
    let array = |payload: &[u8]| payload.to_vec();
    let claim = |length: u32| {
        let mut head = vec![];
        Header { length, kind: kind::SEND, flags: 0, document: 1, id: 0 }.encode(&mut head);
        assert_eq!(head.len(), HEADER_LENGTH);
        head
    };
    let attacks: Vec<(&str, Vec<u8>)> = vec![
        ("garbage", (0..=255).cycle().take(4096).collect()),
        ("a message of 4 GiB", claim(u32::MAX)),
        ("an unknown kind", bytes(&message(200, 1, 0))),
        ("a kind of the other direction", bytes(&message(kind::INVOKE_REPLY, 1, 0))),
        ("a document that does not exist", bytes(&message(kind::SEND, 77, 0))),
        (
            "a frame that is not described",
            bytes(&Envelope { flags: 1, ..message(kind::DOCUMENT, 9, 1) }),
        ),
        ("a document twice", document(1)),
        ("a second hello", hello("00000000000000000000000000000000")),
        (
            "a value that is no value",
            bytes(&Envelope {
                channel: "x".into(),
                payload: array(b"\xff\x0f\x99"),
                ..message(kind::SEND, 1, 0)
            }),
        ),
        (
            "a value that claims 4 billion elements",
            bytes(&Envelope {
                channel: "x".into(),
                payload: array(b"\xff\x0fA\xff\xff\xff\xff\x0f"),
                ..message(kind::INVOKE, 1, 1)
            }),
        ),
        ("somebody else's port", bytes(&message(kind::PORT_POST, 1, 1))),
        (
            "a port of no name",
            bytes(&Envelope { ports: vec![PortHandle(0)], ..message(kind::POST_MESSAGE, 1, 0) }),
        ),
        (
            "a channel with an odd name",
            bytes(&Envelope {
                ports: vec![PortHandle(1), PortHandle(3)],
                ..message(kind::CHANNEL_NEW, 1, 0)
            }),
        ),
        ("more ports than a message may carry", {
            let mut body = vec![0; 4];
            body.extend_from_slice(&u32::MAX.to_le_bytes());
            let mut all = claim(body.len() as u32);
            all.extend_from_slice(&body);
            all
        }),
    ];
    for (name, attack) in attacks {
        let (_, mut stream) = scene.renderer();
        println!("{name}");
        stream.write_all(&attack).unwrap();
        scene.is_gone(stream);
    }
}

fn a_renderer_that_ends_in_the_middle_of_a_message_is_gone_alone(engine: Engine) {
    let mut scene = Scene::new(engine);
    let (_, mut stream) = scene.renderer();
    let whole = bytes(&Envelope {
        channel: "x".into(),
        payload: vec![0; 100],
        ..message(kind::SEND, 1, 0)
    });
    stream.write_all(&whole[..50]).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    scene.is_gone(stream);
}

fn a_token_is_good_once_and_for_its_own_process(engine: Engine) {
    let mut scene = Scene::new(engine);
    // A second connection with its own token.
    let (start, stream) = scene.renderer();
    let mut second = UnixStream::connect(&start.socket).unwrap();
    second.write_all(&hello(&start.token)).unwrap();
    assert_eq!(second.read(&mut [0; 16]).unwrap(), 0, "the second connection is closed");
    scene.is_gone(stream);
    // Another renderer's token.
    let (start, stream) = scene.renderer();
    let honest = scene.wait_for(|s| s.contents == 2);
    let mut second = UnixStream::connect(&start.socket).unwrap();
    second.write_all(&hello(&honest.token)).unwrap();
    assert_eq!(second.read(&mut [0; 16]).unwrap(), 0, "the second connection is closed");
    scene.is_gone(stream);
    // A stranger without any token harms nobody.
    let (start, mut stream) = scene.renderer();
    let mut stranger = UnixStream::connect(&start.socket).unwrap();
    stranger.write_all(&[0xff; 64]).unwrap();
    assert_eq!(stranger.read(&mut [0; 16]).unwrap(), 0);
    stream.write_all(&bytes(&message(200, 1, 0))).unwrap();
    scene.is_gone(stream);
}
