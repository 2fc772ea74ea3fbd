//! What is read of an HTTP connection does not depend on how its bytes are cut, and takes no more
//! memory than its bound. The first byte says which side is read, and how the bytes are cut.
#![no_main]
// The parser's sources stand here by themselves: its crate has an engine and TLS in it.
#![allow(dead_code)]

#[path = "../../crates/runtime/src/native/http/chunked.rs"]
mod chunked;
#[path = "../../crates/runtime/src/native/http/framing.rs"]
mod framing;
#[path = "../../crates/runtime/src/native/http/head.rs"]
mod head;
#[path = "../../crates/runtime/src/native/http/parser.rs"]
mod parser;

use libfuzzer_sys::fuzz_target;
use parser::{Event, Parser};

const LIMIT: usize = 512;

#[derive(Debug, Default, PartialEq)]
struct Read {
    heads: Vec<(String, String, Option<u16>, Vec<String>, bool, bool)>,
    /// Of all messages, one after the other.
    body: Vec<u8>,
    ends: Vec<(usize, Vec<String>)>,
    failed: bool,
}

fn read(requests: bool, pieces: impl Iterator<Item = impl AsRef<[u8]>>) -> Read {
    let mut parser = Parser::new(requests, LIMIT);
    let mut read = Read::default();
    for piece in pieces {
        let mut rest = piece.as_ref();
        loop {
            match parser.next(rest) {
                Ok((used, event)) => {
                    let (taken, left) = rest.split_at(used);
                    rest = left;
                    if take(&mut read, taken, event) {
                        break;
                    }
                }
                Err(_) => {
                    assert!(parser.next(rest).is_err(), "a failure is the last that is read");
                    return Read { failed: true, ..read };
                }
            }
        }
    }
    match parser.finish() {
        Ok(event) => drop(take(&mut read, &[], event)),
        Err(_) => read.failed = true,
    }
    read
}

/// Whether it was the last of what there is.
fn take(read: &mut Read, taken: &[u8], event: Event) -> bool {
    match event {
        Event::More => return true,
        Event::Head(head) => read.heads.push((
            head.method,
            head.text,
            head.status,
            head.headers,
            head.keep_alive,
            head.upgrade,
        )),
        Event::Body(length) => read.body.extend_from_slice(&taken[taken.len() - length..]),
        Event::End(trailers) => read.ends.push((read.body.len(), trailers)),
    }
    false
}

fuzz_target!(|bytes: &[u8]| {
    let Some((how, bytes)) = bytes.split_first() else { return };
    let requests = how & 1 == 0;
    let whole = read(requests, std::iter::once(bytes));
    let cut = read(requests, bytes.chunks(1 + usize::from(how >> 1)));
    assert_eq!(whole, cut);
});
