//! One stream through zlib, in the modes and with the errors that Node has.

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};
use zlib_rs::{Deflate, DeflateConfig, DeflateFlush, Inflate, InflateError, InflateFlush, Status};

/// Node's numbers for the modes.
const DEFLATE: u8 = 1;
const GZIP: u8 = 3;
const GUNZIP: u8 = 4;
const DEFLATERAW: u8 = 5;
const INFLATERAW: u8 = 6;
const UNZIP: u8 = 7;
const BROTLI_DECODE: u8 = 8;

const FINISH: u8 = 4;

/// Bytes of output that one step of [`whole`] makes room for.
const CHUNK: usize = 64 << 10;

/// What zlib-rs says for an error of its fast path, which keeps no word for what it found.
const UNSAID: &str = "repeated call with bad state";

/// Too little room for the fast path.
const LITTLE: usize = 200;

/// How a stream is coded. `deflate.window_bits` is set from the mode.
#[derive(Clone)]
pub(super) struct Config {
    pub(super) mode: u8,
    pub(super) window_bits: u8,
    pub(super) deflate: DeflateConfig,
    pub(super) dictionary: Vec<u8>,
}

/// What a piece of input gave.
pub(super) struct Step {
    pub(super) bytes: Vec<u8>,
    pub(super) consumed: usize,
    /// The room was used up: there may be more.
    pub(super) full: bool,
}

/// An error by zlib's or Brotli's number for it. 0 is neither's: the output is too large.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) message: &'static str,
    pub(super) errno: i32,
    /// The message is the likely one of those that zlib-rs may have meant.
    unsaid: bool,
}

impl Failure {
    fn new(message: &'static str, errno: i32) -> Failure {
        // Nearly all that the fast path refuses are distances past the window's start.
        let unsaid = message == UNSAID;
        let message = if unsaid { "invalid distance too far back" } else { message };
        Failure { message, errno, unsaid }
    }
}

pub(super) struct Coder {
    config: Config,
    engine: Engine,
    /// Whether another gzip member may follow the one that ended.
    members: bool,
    /// The first byte, while the second decides whether this is gzip.
    sniffed: Option<u8>,
    ended: bool,
}

enum Engine {
    Deflate(Box<Deflate>),
    Inflate(Box<Inflate>),
    Brotli(Box<Brotli>),
}

type Brotli = BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>;

impl Coder {
    pub(super) fn new(config: Config) -> Coder {
        let engine = engine(&config);
        let members = config.mode == GUNZIP;
        Coder { config, engine, members, sniffed: None, ended: false }
    }

    /// Begins anew.
    pub(super) fn reset(&mut self) {
        self.engine = engine(&self.config);
        self.ended = false;
    }

    /// False for a coder that does not compress.
    pub(super) fn set_level(&mut self, level: i32) -> bool {
        self.config.deflate.level = level;
        match &mut self.engine {
            Engine::Deflate(deflate) => deflate.set_level(level).is_ok(),
            _ => false,
        }
    }

    /// Codes what fits into `room` bytes of output.
    pub(super) fn step(&mut self, input: &[u8], flush: u8, room: usize) -> Result<Step, Failure> {
        let mut bytes = vec![0; room];
        let (consumed, made, ended) = match &mut self.engine {
            Engine::Deflate(deflate) => {
                let (read, written) = (deflate.total_in(), deflate.total_out());
                let status = deflate.compress(input, &mut bytes, deflate_flush(flush));
                let status = status.map_err(|error| {
                    Failure::new(deflate.error_message().unwrap_or("Zlib error"), error as i32)
                })?;
                let consumed = (deflate.total_in() - read) as usize;
                let made = (deflate.total_out() - written) as usize;
                (consumed, made, status == Status::StreamEnd)
            }
            Engine::Inflate(_) => self.inflate(input, &mut bytes, flush)?,
            Engine::Brotli(state) => decompress(state, input, &mut bytes)?,
        };
        let full = made == room;
        if flush == FINISH && !full && !ended {
            return Err(Failure::new("unexpected end of file", -5));
        }
        self.ended = ended;
        bytes.truncate(made);
        Ok(Step { bytes, consumed, full })
    }

    fn inflate(
        &mut self,
        input: &[u8],
        output: &mut [u8],
        flush: u8,
    ) -> Result<(usize, usize, bool), Failure> {
        self.sniff(input);
        let (mut consumed, mut made) = (0, 0);
        loop {
            let rest = input.get(consumed..).unwrap_or_default();
            let another = self.ended && self.members && rest.first().is_some_and(|&byte| byte != 0);
            if another {
                self.reset();
            } else if self.ended {
                return Ok((consumed, made, true));
            }
            let room = output.get_mut(made..).unwrap_or_default();
            let (read, written, ended) = self.inflate_once(rest, room, flush)?;
            consumed += read;
            made += written;
            self.ended = ended;
            let more = input.get(consumed).is_some_and(|&byte| byte != 0);
            if !(ended && self.members && more) {
                return Ok((consumed, made, ended));
            }
        }
    }

    fn inflate_once(
        &mut self,
        input: &[u8],
        output: &mut [u8],
        flush: u8,
    ) -> Result<(usize, usize, bool), Failure> {
        let Engine::Inflate(inflate) = &mut self.engine else { return Ok((0, 0, true)) };
        let flush = inflate_flush(flush);
        let (read, written) = (inflate.total_in(), inflate.total_out());
        let mut status = inflate.decompress(input, output, flush);
        if matches!(status, Err(InflateError::NeedDict { .. }))
            && !self.config.dictionary.is_empty()
        {
            if inflate.set_dictionary(&self.config.dictionary).is_err() {
                return Err(Failure::new("Bad dictionary", 2));
            }
            let (read, written) = (inflate.total_in() - read, inflate.total_out() - written);
            let input = input.get(read as usize..).unwrap_or_default();
            let output = output.get_mut(written as usize..).unwrap_or_default();
            status = inflate.decompress(input, output, flush);
        }
        let (read, written) = (inflate.total_in() - read, inflate.total_out() - written);
        let ended = match status {
            Ok(status) => status == Status::StreamEnd,
            Err(error) => return Err(inflate_failure(inflate, error)),
        };
        Ok((read as usize, written as usize, ended))
    }

    /// In the mode UNZIP the first two bytes tell whether members may follow: those of gzip.
    fn sniff(&mut self, input: &[u8]) {
        if self.config.mode != UNZIP || self.members {
            return;
        }
        let mut bytes = self.sniffed.into_iter().chain(input.iter().copied());
        match (bytes.next(), bytes.next()) {
            (Some(0x1F), Some(second)) => {
                self.members = second == 0x8B;
                self.sniffed = Some(0);
            }
            (Some(first), _) => self.sniffed = Some(first),
            _ => {}
        }
    }
}

fn engine(config: &Config) -> Engine {
    let bits = config.window_bits;
    match config.mode {
        DEFLATE | GZIP | DEFLATERAW => {
            let window_bits = match config.mode {
                GZIP => i32::from(bits) + 16,
                // zlib itself has no raw window of 256 bytes.
                DEFLATERAW => -i32::from(bits.max(9)),
                _ => i32::from(bits),
            };
            let config_for = DeflateConfig { window_bits, ..config.deflate };
            let mut deflate = Deflate::new_with_config(config_for);
            if !config.dictionary.is_empty() {
                // A new stream takes any dictionary, but for gzip, which has none.
                let _ = deflate.set_dictionary(&config.dictionary);
            }
            Engine::Deflate(Box::new(deflate))
        }
        BROTLI_DECODE => {
            let alloc = StandardAlloc::default;
            let mut state = BrotliState::new(alloc(), alloc(), alloc());
            // Windows of up to a gigabyte are for those who ask for them.
            state.large_window = false;
            Engine::Brotli(Box::new(state))
        }
        mode => {
            let mut inflate = match mode {
                GUNZIP => Inflate::new(true, bits + 16),
                UNZIP => Inflate::new(true, bits + 32),
                _ => Inflate::new(mode != INFLATERAW, bits),
            };
            if mode == INFLATERAW && !config.dictionary.is_empty() {
                // Nothing names the dictionary of a raw stream, so it cannot be the wrong one.
                let _ = inflate.set_dictionary(&config.dictionary);
            }
            Engine::Inflate(Box::new(inflate))
        }
    }
}

fn decompress(
    state: &mut Brotli,
    input: &[u8],
    output: &mut [u8],
) -> Result<(usize, usize, bool), Failure> {
    let (mut left, mut room) = (input.len(), output.len());
    let (mut consumed, mut made, mut total) = (0, 0, 0);
    let result = BrotliDecompressStream(
        &mut left,
        &mut consumed,
        input,
        &mut room,
        &mut made,
        output,
        &mut total,
        state,
    );
    match result {
        BrotliResult::ResultFailure => {
            Err(Failure::new("Decompression failed", state.error_code as i32))
        }
        other => Ok((consumed, made, matches!(other, BrotliResult::ResultSuccess))),
    }
}

fn inflate_failure(inflate: &Inflate, error: InflateError) -> Failure {
    let (message, errno) = match error {
        InflateError::NeedDict { .. } => ("Missing dictionary", 2),
        InflateError::StreamError => ("Zlib error", -2),
        InflateError::DataError => (inflate.error_message().unwrap_or("Zlib error"), -3),
        InflateError::MemError => ("Zlib error", -4),
    };
    Failure::new(message, errno)
}

fn deflate_flush(flush: u8) -> DeflateFlush {
    match flush {
        1 => DeflateFlush::PartialFlush,
        2 => DeflateFlush::SyncFlush,
        3 => DeflateFlush::FullFlush,
        FINISH => DeflateFlush::Finish,
        5 => DeflateFlush::Block,
        _ => DeflateFlush::NoFlush,
    }
}

fn inflate_flush(flush: u8) -> InflateFlush {
    match flush {
        2 => InflateFlush::SyncFlush,
        FINISH => InflateFlush::Finish,
        5 => InflateFlush::Block,
        _ => InflateFlush::NoFlush,
    }
}

/// Codes all of the input. Fails when that gives more than `most` bytes.
pub(super) fn whole(
    config: Config,
    input: &[u8],
    flush: u8,
    most: usize,
) -> Result<Vec<u8>, Failure> {
    match in_chunks(config.clone(), input, flush, most, CHUNK) {
        // The slow path finds the same once more and names it.
        Err(failure) if failure.unsaid => in_chunks(config, input, flush, most, LITTLE),
        outcome => outcome,
    }
}

fn in_chunks(
    config: Config,
    input: &[u8],
    flush: u8,
    most: usize,
    room: usize,
) -> Result<Vec<u8>, Failure> {
    let mut coder = Coder::new(config);
    let (mut output, mut at) = (Vec::new(), 0);
    loop {
        let rest = input.get(at..).unwrap_or_default();
        let step = coder.step(rest, flush, room)?;
        at += step.consumed;
        if output.len() + step.bytes.len() > most {
            return Err(Failure::new("too large", 0));
        }
        output.extend_from_slice(&step.bytes);
        if !step.full {
            return Ok(output);
        }
    }
}
