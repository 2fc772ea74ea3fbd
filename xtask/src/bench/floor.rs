//! The floor: the same work between two processes over a bare socket, with no JavaScript and no
//! webview. What Conch adds is what it is above this.

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Instant;

use super::Figure;
use crate::Failure;

/// The floor that stands beside a figure of Conch's.
pub(crate) fn of(work: &str) -> &'static str {
    match work {
        "echo 1 MiB" => "1 MiB",
        "echo 16 MiB" => "16 MiB",
        "64 invokes in flight" => "in flight",
        "one way, page to main" | "one way, main to page" => "one way",
        "contextBridge call, primitives" => "none",
        _ => "round trip",
    }
}

/// The other process: sends back what it gets, until the socket closes. A message is a length and
/// as many bytes; length 0 asks for one empty answer, and a message with the top bit set in its
/// length gets none.
pub(crate) fn echo(socket: &Path) -> Result<(), Failure> {
    let fail = |e: std::io::Error| Failure::new(format!("the echo process: {e}"));
    let mut stream = UnixStream::connect(socket).map_err(fail)?;
    // The head stays in front of the body, so that the answer is one write.
    let mut message = vec![0; 4];
    loop {
        let Some(head) = message.first_chunk_mut::<4>() else { return Ok(()) };
        if stream.read_exact(head).is_err() {
            return Ok(());
        }
        let length = u32::from_le_bytes(*head);
        let body = (length & !SILENT) as usize;
        if message.len() < 4 + body {
            message.resize(4 + body, 0);
        }
        let whole = message.get_mut(..4 + body).unwrap_or_default();
        stream.read_exact(whole.get_mut(4..).unwrap_or_default()).map_err(fail)?;
        if length & SILENT == 0 {
            stream.write_all(whole).map_err(fail)?;
        }
    }
}

const SILENT: u32 = 1 << 31;

struct Peer {
    stream: UnixStream,
    process: Child,
    socket: PathBuf,
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_file(&self.socket);
    }
}

impl Peer {
    fn start() -> std::io::Result<Peer> {
        let name = format!("conch-floor-{}", std::process::id());
        let socket = std::env::temp_dir().join(name);
        let _ = std::fs::remove_file(&socket);
        let listener = UnixListener::bind(&socket)?;
        let process = Command::new(std::env::current_exe()?).arg("echo").arg(&socket).spawn()?;
        let (stream, _) = listener.accept()?;
        Ok(Peer { stream, process, socket })
    }

    fn send(&mut self, length: usize, silent: bool) -> std::io::Result<()> {
        let head = length as u32 | if silent { SILENT } else { 0 };
        let mut message = head.to_le_bytes().to_vec();
        message.resize(4 + length, 7);
        self.stream.write_all(&message)
    }

    fn receive(&mut self, length: usize) -> std::io::Result<()> {
        let mut message = vec![0; 4 + length];
        self.stream.read_exact(&mut message)
    }

    fn round_trips(&mut self, count: usize, length: usize) -> std::io::Result<Figure> {
        let mut times = vec![];
        let head = (length as u32).to_le_bytes();
        let message = [&head[..], &vec![7; length]].concat();
        // A message may be larger than the socket's buffer, so it is read while it is sent.
        let mut reader = self.stream.try_clone()?;
        let (arrived, arrival) = std::sync::mpsc::channel();
        let is_long = length > 65_536;
        if is_long {
            std::thread::spawn(move || {
                let mut message = vec![0; 4 + length];
                for _ in 0..count {
                    if reader.read_exact(&mut message).is_err() || arrived.send(()).is_err() {
                        return;
                    }
                }
            });
        }
        for _ in 0..count {
            let begin = Instant::now();
            self.stream.write_all(&message)?;
            if is_long {
                arrival.recv().map_err(std::io::Error::other)?;
            } else {
                self.receive(length)?;
            }
            times.push(begin.elapsed().as_secs_f64() * 1e6);
        }
        times.drain(..count / 10);
        times.sort_by(f64::total_cmp);
        let at = |q: f64| times.get((times.len() as f64 * q) as usize).copied().unwrap_or_default();
        Ok(Figure::Time { p50: at(0.5), p99: at(0.99) })
    }

    fn in_flight(&mut self, count: usize) -> std::io::Result<Figure> {
        let begin = Instant::now();
        for _ in 0..64 {
            self.send(100, false)?;
        }
        for _ in 64..count {
            self.receive(100)?;
            self.send(100, false)?;
        }
        for _ in 0..64 {
            self.receive(100)?;
        }
        Ok(Figure::Rate(count as f64 / begin.elapsed().as_secs_f64()))
    }

    fn one_way(&mut self, count: usize) -> std::io::Result<Figure> {
        let begin = Instant::now();
        for _ in 0..count {
            self.send(100, true)?;
        }
        self.send(0, false)?;
        self.receive(0)?;
        Ok(Figure::Rate(count as f64 / begin.elapsed().as_secs_f64()))
    }
}

/// Measures every floor once.
pub(crate) fn measure(quick: bool) -> Result<Vec<(String, Figure)>, Failure> {
    let fail = |e: std::io::Error| Failure::new(format!("the floor cannot be measured: {e}"));
    let scale = if quick { 5 } else { 1 };
    let mut peer = Peer::start().map_err(fail)?;
    let mut all = || -> std::io::Result<Vec<(String, Figure)>> {
        Ok(vec![
            ("round trip".into(), peer.round_trips(20_000 / scale, 100)?),
            ("1 MiB".into(), peer.round_trips(60 / scale, 1 << 20)?),
            ("16 MiB".into(), peer.round_trips(20 / scale, 16 << 20)?),
            ("in flight".into(), peer.in_flight(100_000 / scale)?),
            ("one way".into(), peer.one_way(200_000 / scale)?),
        ])
    };
    all().map_err(fail)
}
