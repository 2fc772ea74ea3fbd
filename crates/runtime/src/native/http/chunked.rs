//! The chunked transfer coding.

use super::parser::Failure;

/// The longest line that tells the size of a chunk, with its extensions.
const LONGEST_LINE: usize = 4096;

/// Where in a chunked body the reader is.
pub(super) enum Chunked {
    /// In the line with a size; what came of it.
    Size(Vec<u8>),
    /// In a chunk; how much is to come.
    Data(u64),
    /// Behind a chunk: CR and LF, of which so many were there.
    Line(usize),
    /// Behind the last chunk.
    Trailers,
}

/// What a step found: how many bytes it used, and how many of those at the end are body.
pub(super) struct Step {
    pub(super) used: usize,
    pub(super) body: usize,
}

impl Chunked {
    pub(super) fn new() -> Chunked {
        Chunked::Size(Vec::new())
    }

    /// Takes some of the bytes, which are not empty.
    pub(super) fn step(&mut self, bytes: &[u8]) -> Result<Step, Failure> {
        match self {
            Chunked::Size(line) => {
                let end = bytes.iter().position(|byte| *byte == b'\n');
                let used = end.map_or(bytes.len(), |end| end + 1);
                if line.len() + used > LONGEST_LINE {
                    return Err(Failure::new(
                        "HPE_CHUNK_EXTENSIONS_OVERFLOW",
                        "Chunk extensions overflow",
                    ));
                }
                line.extend_from_slice(bytes.get(..used).unwrap_or_default());
                if end.is_some() {
                    *self = match size(line)? {
                        0 => Chunked::Trailers,
                        size => Chunked::Data(size),
                    };
                } else {
                    check_start(line)?;
                }
                Ok(Step { used, body: 0 })
            }
            Chunked::Data(left) => {
                let here = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
                *left -= here as u64;
                if *left == 0 {
                    *self = Chunked::Line(0);
                }
                Ok(Step { used: here, body: here })
            }
            Chunked::Line(seen) => {
                if bytes.first() != b"\r\n".get(*seen) {
                    return Err(Failure::new("HPE_STRICT", "Expected LF after chunk data"));
                }
                *self = if *seen == 0 { Chunked::Line(1) } else { Chunked::new() };
                Ok(Step { used: 1, body: 0 })
            }
            Chunked::Trailers => Ok(Step { used: 0, body: 0 }),
        }
    }
}

fn invalid() -> Failure {
    Failure::new("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size")
}

/// Refuses at the first byte what cannot become a size.
fn check_start(line: &[u8]) -> Result<(), Failure> {
    match line.first() {
        Some(first) if !first.is_ascii_hexdigit() => Err(invalid()),
        _ => Ok(()),
    }
}

/// The size that a whole line tells. Extensions are ignored, but must be text.
fn size(line: &[u8]) -> Result<u64, Failure> {
    let line = line.strip_suffix(b"\r\n").ok_or_else(invalid)?;
    let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let (number, extensions) = line.split_at(digits);
    let text = extensions.iter().all(|byte| *byte == b'\t' || (*byte >= 0x20 && *byte != 0x7f));
    if digits == 0 || digits > 13 || !text || !(extensions.is_empty() || extensions[0] == b';') {
        return Err(invalid());
    }
    let number = std::str::from_utf8(number).map_err(|_| invalid())?;
    u64::from_str_radix(number, 16).map_err(|_| invalid())
}
