//! Where the body of a message ends. Two readers of one connection that disagree about that take
//! one's body for the other's request, so whatever is not plain is refused.

use super::parser::Failure;
use httparse::Header;

/// How the body of a message is delimited.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Framing {
    Length(u64),
    Chunked,
    UntilClosed,
}

/// What the Connection headers say.
#[derive(Default)]
pub(super) struct Connection {
    close: bool,
    keep_alive: bool,
    upgrade: bool,
}

impl Connection {
    pub(super) fn keeps_alive(&self, minor_version: u8) -> bool {
        if minor_version == 0 { self.keep_alive && !self.close } else { !self.close }
    }

    pub(super) fn upgrades(&self, headers: &[Header<'_>]) -> bool {
        self.upgrade && headers.iter().any(|header| is(header, "upgrade"))
    }
}

fn is(header: &Header<'_>, name: &str) -> bool {
    header.name.eq_ignore_ascii_case(name)
}

/// The elements of a comma-separated header, all of that name together.
fn elements<'a>(headers: &'a [Header<'a>], name: &'a str) -> impl Iterator<Item = &'a [u8]> {
    headers
        .iter()
        .filter(move |header| is(header, name))
        .flat_map(|header| header.value.split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
}

pub(super) fn connection(headers: &[Header<'_>]) -> Connection {
    let mut found = Connection::default();
    for element in elements(headers, "connection") {
        found.close |= element.eq_ignore_ascii_case(b"close");
        found.keep_alive |= element.eq_ignore_ascii_case(b"keep-alive");
        found.upgrade |= element.eq_ignore_ascii_case(b"upgrade");
    }
    found
}

/// The one Content-Length.
fn length(headers: &[Header<'_>]) -> Result<Option<u64>, Failure> {
    let mut lengths = headers.iter().filter(|header| is(header, "content-length"));
    let Some(header) = lengths.next() else { return Ok(None) };
    if lengths.next().is_some() {
        return Err(Failure::new("HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length"));
    }
    let digits = header.value;
    let refused = |why| Failure::new("HPE_INVALID_CONTENT_LENGTH", why);
    if digits.is_empty() {
        return Err(refused("Empty Content-Length"));
    }
    if !digits.iter().all(u8::is_ascii_digit) {
        return Err(refused("Invalid character in Content-Length"));
    }
    // At most what a number of JavaScript counts exactly.
    let number = std::str::from_utf8(digits).ok().filter(|text| text.len() <= 15);
    match number.and_then(|text| text.parse().ok()) {
        Some(length) => Ok(Some(length)),
        None => Err(refused("Content-Length overflow")),
    }
}

/// Whether there is a Transfer-Encoding, and whether it ends with `chunked` and has it once.
fn transfer_encoding(headers: &[Header<'_>]) -> Option<bool> {
    let codings: Vec<&[u8]> = elements(headers, "transfer-encoding").collect();
    let last = codings.last()?;
    let chunked = codings.iter().filter(|coding| coding.eq_ignore_ascii_case(b"chunked")).count();
    Some(chunked == 1 && last.eq_ignore_ascii_case(b"chunked"))
}

/// Both at once: named after the one that came second.
fn conflict(headers: &[Header<'_>]) -> Failure {
    let place = |name| headers.iter().position(|header| is(header, name));
    if place("content-length") > place("transfer-encoding") {
        Failure::new(
            "HPE_INVALID_CONTENT_LENGTH",
            "Content-Length can't be present with Transfer-Encoding",
        )
    } else {
        Failure::new(
            "HPE_INVALID_TRANSFER_ENCODING",
            "Transfer-Encoding can't be present with Content-Length",
        )
    }
}

pub(super) fn of_request(headers: &[Header<'_>], minor_version: u8) -> Result<Framing, Failure> {
    let length = length(headers)?;
    match transfer_encoding(headers) {
        Some(_) if length.is_some() => Err(conflict(headers)),
        Some(true) if minor_version > 0 => Ok(Framing::Chunked),
        Some(_) => Err(Failure::new(
            "HPE_INVALID_TRANSFER_ENCODING",
            "Request has invalid `Transfer-Encoding`",
        )),
        None => Ok(Framing::Length(length.unwrap_or(0))),
    }
}

pub(super) fn of_response(headers: &[Header<'_>], status: u16) -> Result<Framing, Failure> {
    if status < 200 || status == 204 || status == 304 {
        return Ok(Framing::Length(0));
    }
    let length = length(headers)?;
    match transfer_encoding(headers) {
        Some(_) if length.is_some() => Err(conflict(headers)),
        Some(true) => Ok(Framing::Chunked),
        Some(false) => Ok(Framing::UntilClosed),
        None => Ok(length.map_or(Framing::UntilClosed, Framing::Length)),
    }
}
