//! A reader of the messages of one connection, one after the other. Knows nothing of JavaScript.
//!
//! A fuzz target takes this file with those beside it, and nothing else of the crate.

use super::chunked::Chunked;
use super::framing::Framing;
use super::head::{self, Head};
use httparse::{EMPTY_HEADER, Status};

/// What is no HTTP: the code that llhttp has for it, and words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Failure {
    pub(super) code: &'static str,
    pub(super) reason: &'static str,
}

impl Failure {
    pub(super) fn new(code: &'static str, reason: &'static str) -> Failure {
        Failure { code, reason }
    }
}

/// What comes next.
pub(super) enum Event {
    /// All bytes are used.
    More,
    Head(Box<Head>),
    /// So many bytes up to here belong to the body.
    Body(usize),
    /// The end of a message, with its trailers as names and values.
    End(Vec<String>),
}

enum State {
    Head,
    Length(u64),
    Chunked(Chunked),
    UntilClosed,
    Complete,
    Failed(Failure),
}

pub(super) struct Parser {
    requests: bool,
    /// The most bytes that a head or the trailers may have.
    limit: usize,
    /// What came of a head or of trailers: never longer than `limit` and a byte.
    buffer: Vec<u8>,
    state: State,
}

impl Parser {
    pub(super) fn new(requests: bool, limit: usize) -> Parser {
        Parser { requests, limit, buffer: Vec::new(), state: State::Head }
    }

    /// What comes next in the bytes, and how many were used up to there.
    pub(super) fn next(&mut self, bytes: &[u8]) -> Result<(usize, Event), Failure> {
        let outcome = self.step(bytes);
        if let Err(failure) = outcome {
            self.buffer = Vec::new();
            self.state = State::Failed(failure);
        }
        outcome
    }

    fn step(&mut self, bytes: &[u8]) -> Result<(usize, Event), Failure> {
        match &mut self.state {
            State::Failed(failure) => Err(*failure),
            State::Complete => Ok((0, self.complete(Vec::new()))),
            State::Length(0) => Ok((0, self.complete(Vec::new()))),
            _ if bytes.is_empty() => Ok((0, Event::More)),
            State::Head => self.head(bytes),
            State::Length(left) => {
                let here = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
                *left -= here as u64;
                Ok((here, Event::Body(here)))
            }
            State::UntilClosed => Ok((bytes.len(), Event::Body(bytes.len()))),
            State::Chunked(_) => self.chunked(bytes),
        }
    }

    /// The connection ended.
    pub(super) fn finish(&mut self) -> Result<Event, Failure> {
        match &self.state {
            State::Head if self.buffer.is_empty() => Ok(Event::More),
            State::Complete | State::UntilClosed | State::Length(0) => {
                Ok(self.complete(Vec::new()))
            }
            State::Failed(failure) => Err(*failure),
            _ => Err(Failure::new("HPE_INVALID_EOF_STATE", "Invalid EOF state")),
        }
    }

    pub(super) fn without_body(&mut self) {
        self.state = State::Complete;
    }

    fn complete(&mut self, trailers: Vec<String>) -> Event {
        self.state = State::Head;
        Event::End(trailers)
    }

    fn head(&mut self, bytes: &[u8]) -> Result<(usize, Event), Failure> {
        // Empty lines between two messages are skipped, as robust readers do.
        let skipped = if self.buffer.is_empty() {
            bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
        } else {
            0
        };
        let bytes = bytes.get(skipped..).unwrap_or_default();
        let Some(used) = self.collect(bytes, b"\r\n\r\n")? else {
            self.check_start()?;
            return Ok((skipped + bytes.len(), Event::More));
        };
        self.check_start()?;
        let head = head::parse(&self.buffer, self.requests)?;
        self.buffer.clear();
        self.state = match head.framing {
            Framing::Length(length) => State::Length(length),
            Framing::Chunked => State::Chunked(Chunked::new()),
            Framing::UntilClosed => State::UntilClosed,
        };
        Ok((skipped + used, Event::Head(Box::new(head))))
    }

    /// Collects bytes up to and with `end`. Gives how many were used once it is there.
    fn collect(&mut self, bytes: &[u8], end: &[u8]) -> Result<Option<usize>, Failure> {
        let before = self.buffer.len();
        let room = (self.limit + 1).saturating_sub(before).min(bytes.len());
        self.buffer.extend_from_slice(bytes.get(..room).unwrap_or_default());
        let from = before.saturating_sub(end.len() - 1);
        let new = self.buffer.get(from..).unwrap_or_default();
        let found = new.windows(end.len()).position(|window| window == end);
        if let Some(at) = found {
            self.buffer.truncate(from + at + end.len());
        }
        self.check_lines(before)?;
        if self.buffer.len() > self.limit {
            return Err(Failure::new("HPE_HEADER_OVERFLOW", "Header overflow"));
        }
        Ok(found.map(|_| self.buffer.len() - before))
    }

    /// A line ends with CR and LF, and neither is anywhere else: a reader that takes one of them
    /// alone for an end would see other headers.
    fn check_lines(&self, from: usize) -> Result<(), Failure> {
        for at in from.saturating_sub(1)..self.buffer.len() {
            let before = at.checked_sub(1).and_then(|at| self.buffer.get(at));
            match (self.buffer.get(at), self.buffer.get(at + 1)) {
                (Some(b'\n'), _) if before != Some(&b'\r') => {
                    let reason = "Missing expected CR after header value";
                    return Err(Failure::new("HPE_CR_EXPECTED", reason));
                }
                (Some(b'\r'), Some(next)) if *next != b'\n' => {
                    let reason = "Missing expected LF after header value";
                    return Err(Failure::new("HPE_LF_EXPECTED", reason));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Refuses what cannot become a head without waiting for its end.
    fn check_start(&self) -> Result<(), Failure> {
        let start = self.buffer.get(..self.buffer.len().min(16)).unwrap_or_default();
        if self.requests {
            let word = start.iter().take_while(|byte| **byte != b' ');
            if !word.clone().all(|byte| byte.is_ascii_uppercase() || *byte == b'-')
                || word.count() == 16
            {
                return Err(Failure::new("HPE_INVALID_METHOD", "Invalid method encountered"));
            }
        } else if !start.iter().zip(b"HTTP/1.").all(|(left, right)| left == right) {
            return Err(Failure::new("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/"));
        }
        Ok(())
    }

    fn chunked(&mut self, bytes: &[u8]) -> Result<(usize, Event), Failure> {
        let mut used = 0;
        while let Some(rest) = bytes.get(used..).filter(|rest| !rest.is_empty()) {
            let State::Chunked(chunked) = &mut self.state else { break };
            if matches!(chunked, Chunked::Trailers) {
                return self.trailers(used, rest);
            }
            let step = chunked.step(rest)?;
            used += step.used;
            if step.body > 0 {
                return Ok((used, Event::Body(step.body)));
            }
        }
        Ok((used, Event::More))
    }

    /// Headers behind the last chunk, up to an empty line.
    fn trailers(&mut self, before: usize, bytes: &[u8]) -> Result<(usize, Event), Failure> {
        // The line end of the last size, which was used, belongs to the end that is searched.
        if self.buffer.is_empty() {
            self.buffer.extend_from_slice(b"\r\n");
        }
        let Some(used) = self.collect(bytes, b"\r\n\r\n")? else {
            return Ok((before + bytes.len(), Event::More));
        };
        let block = self.buffer.get(2..).unwrap_or_default();
        let lines = block.iter().filter(|byte| **byte == b'\n').count();
        let mut headers = vec![EMPTY_HEADER; lines];
        let invalid = || Failure::new("HPE_INVALID_HEADER_TOKEN", "Invalid header token");
        let trailers = match httparse::parse_headers(block, &mut headers) {
            Ok(Status::Complete((_, headers))) => head::names_and_values(headers),
            _ => return Err(invalid()),
        };
        self.buffer.clear();
        Ok((before + used, self.complete(trailers)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMIT: usize = 16 << 10;

    /// Feeds the pieces; gives what came out as text, `!` and the code for a failure.
    fn read(parser: &mut Parser, pieces: &[&[u8]]) -> String {
        let mut seen = String::new();
        for piece in pieces {
            let mut at = 0;
            loop {
                match parser.next(&piece[at..]) {
                    Ok((used, event)) => {
                        at += used;
                        match event {
                            Event::More => break,
                            Event::Head(head) => seen += &format!("<{}{}>", head.method, head.text),
                            Event::Body(length) => {
                                seen += &head::latin1(&piece[at - length..at]);
                            }
                            Event::End(trailers) => seen += &format!("|{}", trailers.join("=")),
                        }
                    }
                    Err(failure) => return format!("{seen}!{}", failure.code),
                }
            }
        }
        seen
    }

    fn request(text: &str) -> String {
        let whole = read(&mut Parser::new(true, LIMIT), &[text.as_bytes()]);
        // The same, whatever the pieces are.
        let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
        assert_eq!(whole, read(&mut Parser::new(true, LIMIT), &bytes), "{text:?}");
        whole
    }

    fn post(headers: &str, body: &str) -> String {
        request(&format!("POST /p HTTP/1.1\r\nHost: a\r\n{headers}\r\n\r\n{body}"))
    }

    #[test]
    fn requests_follow_each_other() {
        let text = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n\r\nPOST /b HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /c HTTP/1.0\r\n\r\n";
        assert_eq!(request(text), "<GET/a>|<POST/b>abc|<GET/c>|");
    }

    #[test]
    fn chunks_are_put_together_and_trailers_are_read() {
        let body = "5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nA: b\r\nC: d\r\n\r\n";
        assert_eq!(post("Transfer-Encoding: chunked", body), "<POST/p>hello!|A=b=C=d");
        assert_eq!(post("Transfer-Encoding: gzip, Chunked", "0\r\n\r\n"), "<POST/p>|");
    }

    #[test]
    fn a_body_whose_end_is_in_doubt_is_refused() {
        for headers in [
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "Content-Length: 5\r\nContent-Length: 5",
            "Content-Length: 5, 5",
            "Content-Length: +5",
            "Content-Length: -5",
            "Content-Length: 0x5",
            "Content-Length: 5 5",
            "Content-Length:",
            "Content-Length: 99999999999999999999",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: identity",
            "Transfer-Encoding: chunked, gzip",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding:\x0bchunked",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding\r\n : chunked",
            "X: y\r\n Transfer-Encoding: chunked",
            "X: y\nTransfer-Encoding: chunked",
            "X: y\rTransfer-Encoding: chunked",
        ] {
            let outcome = post(headers, "0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n");
            assert!(outcome.starts_with("!HPE_"), "{headers:?}: {outcome}");
        }
        let old = request("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assert_eq!(old, "!HPE_INVALID_TRANSFER_ENCODING");
    }

    #[test]
    fn a_chunk_size_is_a_plain_number() {
        for size in
            ["", "x", "0x5", "+5", "-5", " 5", "5 ", "5\t", "5\n", "5 ;x", "fffffffffffffff"]
        {
            let outcome =
                post("Transfer-Encoding: chunked", &format!("{size}\r\nhello\r\n0\r\n\r\n"));
            assert!(outcome.starts_with("<POST/p>!HPE_"), "{size:?}: {outcome}");
        }
        let long = post("Transfer-Encoding: chunked", "5\r\nhello!\r\n0\r\n\r\n");
        assert_eq!(long, "<POST/p>hello!HPE_STRICT");
    }

    #[test]
    fn a_head_has_a_bound_with_and_without_an_end() {
        let many = |count: usize| format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(count));
        assert_eq!(request(&many(2700)), "<GET/>|");
        assert_eq!(request(&many(2800)), "!HPE_HEADER_OVERFLOW");
        let endless = "x".repeat(LIMIT * 2);
        assert_eq!(request(&format!("GET /{endless}")), "!HPE_HEADER_OVERFLOW");
        let trailers = format!("0\r\nX: {endless}");
        assert_eq!(post("Transfer-Encoding: chunked", &trailers), "<POST/p>!HPE_HEADER_OVERFLOW");
        let extension = format!("5;{endless}");
        let outcome = post("Transfer-Encoding: chunked", &extension);
        assert_eq!(outcome, "<POST/p>!HPE_CHUNK_EXTENSIONS_OVERFLOW");
    }

    #[test]
    fn what_cannot_become_a_request_is_refused_at_once() {
        for start in ["\x16\x03\x01", "get /", "HTTP/1.1 200", "ABCDEFGHIJKLMNOPQRST", "G\0"] {
            assert_eq!(request(start), "!HPE_INVALID_METHOD", "{start:?}");
        }
        assert_eq!(request("FOO / HTTP/1.1\r\n\r\n"), "!HPE_INVALID_METHOD");
        for url in ["/\u{e9}", "foo", "/\u{7f}", "/\0", "x:/y", "://a", "?a"] {
            let outcome = request(&format!("GET {url} HTTP/1.1\r\n\r\n"));
            assert_eq!(outcome, "!HPE_INVALID_URL", "{url:?}");
        }
        for url in ["/", "*", "http://a/b?c", "/a?b#c"] {
            assert_eq!(request(&format!("GET {url} HTTP/1.1\r\n\r\n")), format!("<GET{url}>|"));
        }
        assert_eq!(request("CONNECT a:1 HTTP/1.1\r\n\r\n"), "<CONNECTa:1>|");
    }

    fn response(text: &str) -> (String, Parser) {
        let mut parser = Parser::new(false, LIMIT);
        let seen = read(&mut parser, &[text.as_bytes()]);
        (seen, parser)
    }

    #[test]
    fn a_response_without_a_length_ends_with_the_connection() {
        let (seen, mut parser) = response("HTTP/1.1 200 OK\r\n\r\nabc");
        assert_eq!(seen, "<OK>abc");
        assert!(matches!(parser.finish(), Ok(Event::End(_))));
        let (seen, mut parser) = response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc");
        assert_eq!(seen, "<OK>abc");
        assert!(parser.finish().is_err());
    }

    #[test]
    fn an_interim_response_and_one_without_content_have_no_body() {
        let (seen, _) = response(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nHTTP/1.1 304 \r\n\r\n",
        );
        assert_eq!(seen, "<Continue>|<No Content>|<>|");
    }

    #[test]
    fn nothing_follows_a_failure() {
        let mut parser = Parser::new(true, LIMIT);
        assert_eq!(read(&mut parser, &[b"bad"]), "!HPE_INVALID_METHOD");
        assert_eq!(read(&mut parser, &[b"GET / HTTP/1.1\r\n\r\n"]), "!HPE_INVALID_METHOD");
    }

    /// Pieces of what is nearly HTTP.
    fn fragments() -> impl Strategy<Value = Vec<u8>> {
        let known = prop::sample::select(vec![
            "GET /a HTTP/1.1\r\n",
            "POST /b HTTP/1.1\r\n",
            "GET / HTTP/1.0\r\n",
            "HTTP/1.1 200 OK\r\n",
            "Host: x\r\n",
            "Content-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Connection: close\r\n",
            "\r\n",
            "hello",
            "5\r\nhello\r\n",
            "0\r\n\r\n",
            "0\r\nA: b\r\n\r\n",
            "\n",
            "\r",
            ": ",
        ]);
        let piece = prop_oneof![
            8 => known.prop_map(|text| text.as_bytes().to_vec()),
            1 => prop::collection::vec(any::<u8>(), 1..4),
        ];
        prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn what_is_read_does_not_depend_on_how_the_bytes_are_cut(
            bytes in fragments(),
            requests in any::<bool>(),
            size in 1_usize..9,
        ) {
            let outcome = |pieces: &[&[u8]]| {
                let mut parser = Parser::new(requests, 64);
                let seen = read(&mut parser, pieces);
                assert!(parser.buffer.len() <= 65);
                // Of several faults another one may be found first.
                match seen.split_once("!HPE_") {
                    Some((before, _)) => format!("{before}!"),
                    None => seen,
                }
            };
            let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
            prop_assert_eq!(outcome(&[&bytes]), outcome(&pieces));
        }
    }
}
