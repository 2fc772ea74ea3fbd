//! One connection: framing in, framing out.

use std::cell::{Cell, RefCell};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use conch_wire::{EngineMessage, Envelope, HEADER_LENGTH, Header, WireError};
use interprocess::local_socket::tokio::{Listener as SocketListener, Stream, prelude::*};
use interprocess::local_socket::{GenericFilePath, ListenerOptions, ToFsName};
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::Notify;

/// Most bytes that wait for a renderer which does not read. At the bound a send fails, visibly:
/// nothing is dropped in silence and the main process does not grow without end.
pub const MAX_OUTBOX: usize = 256 << 20;

/// How much a body's buffer grows at a time while it is read. A header's claim is never trusted
/// with more than this before the bytes are there.
const READ_STEP: usize = 1 << 20;

/// Why a link failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The socket failed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The other side sent something that is no message.
    #[error("{0}")]
    Wire(#[from] WireError),
    /// The other side closed the link in the middle of a message.
    #[error("the link closed in the middle of a message")]
    CutShort,
    /// More than [`MAX_OUTBOX`] bytes wait for a renderer that does not read.
    #[error("the renderer does not read: {MAX_OUTBOX} bytes are waiting for it")]
    Full,
    /// The link is closed.
    #[error("the link is closed")]
    Closed,
}

/// The socket that renderers connect to.
#[derive(Debug)]
pub struct Listener(SocketListener);

impl Listener {
    /// Listens at `path`. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// What the system says, for example that the name is in use.
    pub fn bind(path: &Path) -> io::Result<Listener> {
        let name = path.to_fs_name::<GenericFilePath>()?;
        // The folder is removed as a whole; the listener must not race it for the name.
        Ok(Listener(ListenerOptions::new().name(name).reclaim_name(false).create_tokio()?))
    }

    /// Waits for a connection.
    ///
    /// # Errors
    /// What the system says, for example that no file descriptor is left.
    pub async fn accept(&self) -> io::Result<(Link, Incoming)> {
        let stream = Rc::new(self.0.accept().await?);
        let link = Link::over(Rc::clone(&stream));
        Ok((link.clone(), Incoming { stream, link, buffer: Vec::new(), start: 0 }))
    }
}

/// The sending side of a connection. Clones are the same link.
#[derive(Clone, Debug)]
pub struct Link(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    stream: Rc<Stream>,
    /// Bytes that the socket did not take at once. Bounded by [`MAX_OUTBOX`].
    outbox: RefCell<Vec<u8>>,
    /// Bytes that the flush task holds, which must go first.
    batch: Cell<usize>,
    closed: Cell<bool>,
    /// The outbox has something new.
    changed: Notify,
    closing: Notify,
    /// Something that waited was written, or never will be.
    relief: Notify,
}

impl Link {
    /// The sending side of a socket that somebody else reads, such as one end of a pair. Must be
    /// called inside a tokio runtime's `LocalSet`.
    ///
    /// # Errors
    /// What the system says when it is told not to block on it.
    pub fn from_socket(socket: UnixStream) -> io::Result<Link> {
        socket.set_nonblocking(true)?;
        Ok(Link::over(Rc::new(Stream::UdSocket(OwnedFd::from(socket).try_into()?))))
    }

    fn over(stream: Rc<Stream>) -> Link {
        let inner = Rc::new(Inner {
            stream,
            outbox: RefCell::default(),
            batch: Cell::new(0),
            closed: Cell::new(false),
            changed: Notify::new(),
            closing: Notify::new(),
            relief: Notify::new(),
        });
        tokio::task::spawn_local(flush(Rc::clone(&inner)));
        Link(inner)
    }

    /// Sends a message: straight to the socket if that takes it, else through the outbox.
    ///
    /// # Errors
    /// [`LinkError::Full`], [`LinkError::Closed`], or [`LinkError::Wire`] for a message over the
    /// format's limits. Nothing of the message is sent then.
    pub fn send(&self, envelope: &Envelope) -> Result<(), LinkError> {
        self.send_with(envelope.payload.len(), |outbox| envelope.encode(outbox))
    }

    /// As [`Link::send`], for the messages of an engine.
    ///
    /// # Errors
    /// As [`Link::send`].
    pub fn send_engine(&self, message: &EngineMessage) -> Result<(), LinkError> {
        self.send_with(message.envelope.payload.len(), |outbox| message.encode(outbox))
    }

    fn send_with(
        &self,
        payload: usize,
        encode: impl FnOnce(&mut Vec<u8>) -> Result<(), WireError>,
    ) -> Result<(), LinkError> {
        let inner = &*self.0;
        if inner.closed.get() {
            return Err(LinkError::Closed);
        }
        let mut outbox = inner.outbox.borrow_mut();
        if !outbox.is_empty() && outbox.len() + payload > MAX_OUTBOX {
            return Err(LinkError::Full);
        }
        let before = outbox.len();
        encode(&mut outbox)?;
        if before == 0 && inner.batch.get() == 0 {
            let written = write_now(&inner.stream, &outbox);
            outbox.drain(..written);
        }
        if !outbox.is_empty() {
            inner.changed.notify_one();
        }
        Ok(())
    }

    /// Bytes that the socket has not taken yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.outbox.borrow().len() + self.0.batch.get()
    }

    /// Waits until no more than this many bytes wait, or the link is closed.
    pub async fn drained_to(&self, bytes: usize) {
        while self.waiting() > bytes && !self.is_closed() {
            self.0.relief.notified().await;
        }
    }

    /// Closes the link; what waits in the outbox is lost. The other side sees the end at once.
    pub fn close(&self) {
        self.0.closed.set(true);
        self.0.outbox.borrow_mut().clear();
        self.0.changed.notify_one();
        self.0.closing.notify_waiters();
        self.0.relief.notify_waiters();
    }

    /// The process at the other end when it connected, by the system's word.
    #[must_use]
    pub fn peer_pid(&self) -> Option<u32> {
        let credentials = self.0.stream.peer_creds().ok()?;
        u32::try_from(credentials.pid()?).ok()
    }

    /// Whether [`Link::close`] was called or the socket failed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.closed.get()
    }
}

/// Writes what the socket takes without waiting; gives the number of bytes. An error shows up on
/// the reading side too, which reports it, so it counts as nothing written here.
fn write_now(stream: &Stream, bytes: &[u8]) -> usize {
    let mut context = Context::from_waker(Waker::noop());
    let mut written = 0;
    while let Some(rest) = bytes.get(written..)
        && !rest.is_empty()
    {
        match Pin::new(&mut &*stream).poll_write(&mut context, rest) {
            Poll::Ready(Ok(count)) if count > 0 => written += count,
            _ => break,
        }
    }
    written
}

/// Writes the outbox whenever the socket has room again, until the link closes.
async fn flush(inner: Rc<Inner>) {
    loop {
        inner.changed.notified().await;
        loop {
            if inner.closed.get() {
                return;
            }
            let batch = std::mem::take(&mut *inner.outbox.borrow_mut());
            if batch.is_empty() {
                break;
            }
            inner.batch.set(batch.len());
            let mut socket = &*inner.stream;
            let result = tokio::select! {
                result = socket.write_all(&batch) => result,
                () = until_closed(&inner) => return,
            };
            inner.batch.set(0);
            if result.is_err() {
                inner.closed.set(true);
            }
            inner.relief.notify_waiters();
        }
    }
}

async fn until_closed(inner: &Inner) {
    while !inner.closed.get() {
        inner.closing.notified().await;
    }
}

/// The reading side of a connection.
#[derive(Debug)]
pub struct Incoming {
    stream: Rc<Stream>,
    link: Link,
    /// Bytes read ahead; those before `start` are used up.
    buffer: Vec<u8>,
    start: usize,
}

impl Incoming {
    /// The next message, or `None` when the other side closed the link between two messages, or
    /// this side closed it. Dropping the future loses nothing only between messages: call it from
    /// one task in a loop.
    ///
    /// # Errors
    /// [`LinkError`]; the link is of no use afterwards.
    pub async fn next(&mut self) -> Result<Option<Envelope>, LinkError> {
        while self.buffer.len() - self.start < HEADER_LENGTH {
            if self.fill().await? == 0 {
                let clean = self.buffer.len() == self.start;
                return if clean { Ok(None) } else { Err(LinkError::CutShort) };
            }
        }
        let (head, rest) = self.buffer[self.start..]
            .split_first_chunk::<HEADER_LENGTH>()
            .ok_or(LinkError::CutShort)?;
        let header = Header::decode(head)?;
        let length = header.length as usize;
        let ready = rest.len().min(length);
        let mut body = Vec::with_capacity(length.min(ready + READ_STEP));
        body.extend_from_slice(&rest[..ready]);
        self.start += HEADER_LENGTH + ready;
        while body.len() < length {
            let missing = (length - body.len()) as u64;
            let mut socket = (&*self.stream).take(missing);
            let count = tokio::select! {
                biased;
                count = socket.read_buf(&mut body) => count?,
                () = until_closed(&self.link.0) => return Ok(None),
            };
            if count == 0 {
                return Err(LinkError::CutShort);
            }
        }
        Ok(Some(Envelope::decode(header, body)?))
    }

    async fn fill(&mut self) -> io::Result<usize> {
        self.buffer.drain(..self.start);
        self.start = 0;
        self.buffer.reserve(64 << 10);
        let mut socket = &*self.stream;
        tokio::select! {
            biased;
            count = socket.read_buf(&mut self.buffer) => count,
            () = until_closed(&self.link.0) => Ok(0),
        }
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        self.link.close();
    }
}
