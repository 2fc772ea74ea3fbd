//! The head of a message: its first line and its headers.

use super::framing::{self, Framing};
use super::parser::Failure;
use httparse::{EMPTY_HEADER, Header, Request, Response, Status};

/// The methods that a request may have, as http.METHODS lists them.
pub(super) const METHODS: &[&str] = &[
    "ACL",
    "BIND",
    "CHECKOUT",
    "CONNECT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LINK",
    "LOCK",
    "M-SEARCH",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MOVE",
    "NOTIFY",
    "OPTIONS",
    "PATCH",
    "POST",
    "PROPFIND",
    "PROPPATCH",
    "PURGE",
    "PUT",
    "REBIND",
    "REPORT",
    "SEARCH",
    "SOURCE",
    "SUBSCRIBE",
    "TRACE",
    "UNBIND",
    "UNLINK",
    "UNLOCK",
    "UNSUBSCRIBE",
];

/// What the head of a message says.
pub(super) struct Head {
    pub(super) minor_version: u8,
    pub(super) method: String,
    /// Of a response.
    pub(super) status: Option<u16>,
    /// The URL, or the reason.
    pub(super) text: String,
    /// Names and values in turn, as they came.
    pub(super) headers: Vec<String>,
    pub(super) keep_alive: bool,
    pub(super) upgrade: bool,
    pub(super) framing: Framing,
}

/// Bytes as the characters of Latin-1, which is what Node gives for headers.
pub(super) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// Room for every header that the bytes can hold.
fn room(bytes: &[u8]) -> Vec<Header<'_>> {
    vec![EMPTY_HEADER; bytes.iter().filter(|byte| **byte == b'\n').count()]
}

pub(super) fn names_and_values(headers: &[Header<'_>]) -> Vec<String> {
    headers.iter().flat_map(|header| [header.name.to_owned(), latin1(header.value)]).collect()
}

fn failure(error: httparse::Error) -> Failure {
    match error {
        httparse::Error::HeaderName => {
            Failure::new("HPE_INVALID_HEADER_TOKEN", "Invalid header token")
        }
        httparse::Error::HeaderValue => {
            Failure::new("HPE_INVALID_HEADER_TOKEN", "Invalid header value char")
        }
        httparse::Error::NewLine => {
            Failure::new("HPE_LF_EXPECTED", "Missing expected LF after header value")
        }
        httparse::Error::Status => Failure::new("HPE_INVALID_STATUS", "Invalid status code"),
        httparse::Error::Token => Failure::new("HPE_INVALID_METHOD", "Invalid method encountered"),
        httparse::Error::Version => Failure::new("HPE_INVALID_VERSION", "Invalid HTTP version"),
        httparse::Error::TooManyHeaders => Failure::new("HPE_HEADER_OVERFLOW", "Header overflow"),
    }
}

/// A head that ends with an empty line.
pub(super) fn parse(bytes: &[u8], requests: bool) -> Result<Head, Failure> {
    if requests { parse_request(bytes) } else { parse_response(bytes) }
}

fn incomplete() -> Failure {
    Failure::new("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/")
}

fn parse_request(bytes: &[u8]) -> Result<Head, Failure> {
    let mut headers = room(bytes);
    let mut request = Request::new(&mut headers);
    let outcome = request.parse(bytes);
    let method = request.method.unwrap_or_default();
    if !METHODS.contains(&method) {
        return Err(Failure::new("HPE_INVALID_METHOD", "Invalid method encountered"));
    }
    let url = request.path.unwrap_or_default();
    let invalid_url = || Failure::new("HPE_INVALID_URL", "Invalid characters in url");
    match outcome {
        Ok(Status::Complete(_)) => {}
        Ok(Status::Partial) => return Err(incomplete()),
        // The method was read, so it is the URL.
        Err(httparse::Error::Token) => return Err(invalid_url()),
        Err(error) => return Err(failure(error)),
    }
    if !is_target(method, url) {
        return Err(invalid_url());
    }
    let minor_version = request.version.unwrap_or(1);
    let connection = framing::connection(request.headers);
    Ok(Head {
        minor_version,
        framing: framing::of_request(request.headers, minor_version)?,
        keep_alive: connection.keeps_alive(minor_version),
        upgrade: method == "CONNECT" || connection.upgrades(request.headers),
        method: method.to_owned(),
        status: None,
        text: url.to_owned(),
        headers: names_and_values(request.headers),
    })
}

/// Whether this is a path, `*`, an absolute URL, or what CONNECT takes.
fn is_target(method: &str, url: &str) -> bool {
    let absolute = || match url.split_once("://") {
        Some((scheme, rest)) => {
            !rest.is_empty()
                && !scheme.is_empty()
                && scheme.bytes().all(|byte| byte.is_ascii_alphabetic())
        }
        None => false,
    };
    url.bytes().all(|byte| (0x21..0x7f).contains(&byte))
        && (method == "CONNECT" || url.starts_with('/') || url == "*" || absolute())
}

fn parse_response(bytes: &[u8]) -> Result<Head, Failure> {
    let mut headers = room(bytes);
    let mut response = Response::new(&mut headers);
    if response.parse(bytes).map_err(failure)? == Status::Partial {
        return Err(incomplete());
    }
    let minor_version = response.version.unwrap_or(1);
    let status = response.code.unwrap_or_default();
    let connection = framing::connection(response.headers);
    let framing = framing::of_response(response.headers, status)?;
    Ok(Head {
        minor_version,
        keep_alive: connection.keeps_alive(minor_version) && framing != Framing::UntilClosed,
        upgrade: status == 101 || connection.upgrades(response.headers),
        framing,
        method: String::new(),
        status: Some(status),
        text: reason(bytes),
        headers: names_and_values(response.headers),
    })
}

/// What follows the status, in Latin-1; the parser gives nothing for what is not ASCII.
fn reason(bytes: &[u8]) -> String {
    let line = bytes.split(|byte| *byte == b'\r').next().unwrap_or_default();
    latin1(line.get(13..).unwrap_or_default())
}
