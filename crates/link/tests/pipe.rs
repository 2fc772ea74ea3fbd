//! Real sockets: what is sent arrives in order, whole, and a broken peer is an error.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

use conch_link::{Link, LinkError, Listener, SocketDirectory};
use conch_wire::{Envelope, HEADER_LENGTH, Header, WireError};
use tokio::task::LocalSet;

fn run<F: Future<Output = ()>>(test: F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    LocalSet::new().block_on(&runtime, test);
}

fn envelope(id: u32, length: usize) -> Envelope {
    Envelope { kind: 4, id, payload: vec![id as u8; length], ..Envelope::default() }
}

fn bytes(envelope: &Envelope) -> Vec<u8> {
    let mut out = vec![];
    envelope.encode(&mut out).unwrap();
    out
}

/// Reads one message the plain way, as a renderer does.
fn read_one(stream: &mut UnixStream) -> Envelope {
    let mut head = [0; HEADER_LENGTH];
    stream.read_exact(&mut head).unwrap();
    let header = Header::decode(&head).unwrap();
    let mut body = vec![0; header.length as usize];
    stream.read_exact(&mut body).unwrap();
    Envelope::decode(header, body).unwrap()
}

#[test]
fn messages_of_every_size_arrive_in_order() {
    run(async {
        let directory = SocketDirectory::create().unwrap();
        let listener = Listener::bind(&directory.socket()).unwrap();
        let path = directory.socket();
        let sizes = [0, 1, 100, 65_536, 3 << 20, 7];
        let sender = std::thread::spawn(move || {
            let mut stream = UnixStream::connect(path).unwrap();
            for (id, size) in sizes.iter().enumerate() {
                stream.write_all(&bytes(&envelope(id as u32, *size))).unwrap();
            }
        });
        let (_link, mut incoming) = listener.accept().await.unwrap();
        for (id, size) in sizes.iter().enumerate() {
            assert_eq!(incoming.next().await.unwrap(), Some(envelope(id as u32, *size)));
        }
        assert_eq!(incoming.next().await.unwrap(), None);
        sender.join().unwrap();
    });
}

#[test]
fn a_receiver_that_reads_late_gets_everything_in_order() {
    run(async {
        let directory = SocketDirectory::create().unwrap();
        let listener = Listener::bind(&directory.socket()).unwrap();
        let mut peer = UnixStream::connect(directory.socket()).unwrap();
        let (link, _incoming) = listener.accept().await.unwrap();
        for id in 0..40 {
            link.send(&envelope(id, 256 << 10)).unwrap();
        }
        let reader = tokio::task::spawn_blocking(move || {
            (0..40).all(|id| read_one(&mut peer) == envelope(id, 256 << 10))
        });
        assert!(reader.await.unwrap());
    });
}

#[test]
fn a_receiver_that_never_reads_is_an_error_to_the_sender() {
    run(async {
        let directory = SocketDirectory::create().unwrap();
        let listener = Listener::bind(&directory.socket()).unwrap();
        let _peer = UnixStream::connect(directory.socket()).unwrap();
        let (link, _incoming) = listener.accept().await.unwrap();
        let mut sent = 0;
        let error = loop {
            match link.send(&envelope(1, 16 << 20)) {
                Ok(()) => sent += 1,
                Err(error) => break error,
            }
            assert!(sent < 100);
        };
        assert!(matches!(error, LinkError::Full));
    });
}

async fn answer_to(raw: &[u8]) -> Result<Option<Envelope>, LinkError> {
    let directory = SocketDirectory::create().unwrap();
    let listener = Listener::bind(&directory.socket()).unwrap();
    let mut peer = UnixStream::connect(directory.socket()).unwrap();
    peer.write_all(raw).unwrap();
    drop(peer);
    let (_link, mut incoming): (Link, _) = listener.accept().await.unwrap();
    incoming.next().await
}

#[test]
fn half_a_message_and_a_giant_claim_are_errors() {
    run(async {
        let whole = bytes(&envelope(1, 50));
        for end in 1..whole.len() {
            assert!(matches!(answer_to(&whole[..end]).await, Err(LinkError::CutShort)), "{end}");
        }
        assert!(matches!(
            answer_to(&[0xff; 16]).await,
            Err(LinkError::Wire(WireError::TooLong(u32::MAX)))
        ));
    });
}

#[test]
fn closing_ends_the_reader_and_refuses_more() {
    run(async {
        let directory = SocketDirectory::create().unwrap();
        let listener = Listener::bind(&directory.socket()).unwrap();
        let _peer = UnixStream::connect(directory.socket()).unwrap();
        let (link, mut incoming) = listener.accept().await.unwrap();
        let reader = tokio::task::spawn_local(async move { incoming.next().await });
        tokio::task::yield_now().await;
        link.close();
        assert_eq!(reader.await.unwrap().unwrap(), None);
        assert!(matches!(link.send(&envelope(1, 1)), Err(LinkError::Closed)));
    });
}

#[test]
fn the_folder_is_private_and_goes_with_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    let directory = SocketDirectory::create().unwrap();
    let path = directory.path().to_owned();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
    // A folder of a process that is gone: no process has this number.
    let stale = path.with_file_name("4194999-stale");
    std::fs::create_dir(&stale).unwrap();
    let second = SocketDirectory::create().unwrap();
    assert!(!stale.exists());
    assert!(path.exists());
    drop(second);
    drop(directory);
    assert!(!path.exists());
}
