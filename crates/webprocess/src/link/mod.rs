//! The pipe to the main process: connecting, reading with fairness to the page, writing without
//! ever waiting except in `sendSync`.

mod inbox;
mod leftovers;
mod outbox;

use crate::log::log;
use crate::main_loop::{Interest, Keep, idle, watch};
use crate::script::Pinned;
use crate::session::{self, Session};
use crate::socket;
use conch_wire::{DocumentId, Envelope, Header, kind};
use inbox::{Filled, Inbox};
pub(crate) use inbox::{Frame, Visitor};
use interprocess::local_socket::prelude::*;
use interprocess::local_socket::{GenericFilePath, Stream};
use interprocess::os::unix::uds_local_socket::Stream as UnixSocket;
pub(crate) use outbox::Full;
use outbox::Outbox;
use std::cell::{Cell, RefCell};
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

/// How long messages may be delivered in one go before WebKit's own sources get their turn: a
/// quarter of a frame at 60 frames a second.
const TURN: Duration = Duration::from_millis(4);

/// Bytes asked for the socket's buffer. Linux gives 416 KiB of it unless it is set up otherwise.
const SOCKET_BUFFER: i32 = 1 << 20;

/// This end of the pipe. When the other end is gone, so is the reason for this process: every
/// method ends the process then.
pub(crate) struct Link {
    socket: UnixSocket,
    inbox: RefCell<Inbox>,
    outbox: RefCell<Outbox>,
    is_turn_due: Cell<bool>,
    is_flush_due: Cell<bool>,
}

impl Link {
    /// Connects to the main process.
    ///
    /// # Errors
    /// What the system says; the process can go on without a link.
    pub(crate) fn connect(path: &str) -> io::Result<Link> {
        let Stream::UdSocket(socket) = Stream::connect(path.to_fs_name::<GenericFilePath>()?)?;
        socket.set_nonblocking(true)?;
        socket::enlarge_buffer(socket.inner().as_fd(), SOCKET_BUFFER);
        Ok(Link {
            socket,
            inbox: RefCell::new(Inbox::new()),
            outbox: RefCell::new(Outbox::new()),
            is_turn_due: Cell::new(false),
            is_flush_due: Cell::new(false),
        })
    }

    /// Begins to read. The link has to be the current session's by then.
    pub(crate) fn start(&self) {
        watch(self.fd(), Interest::Readable, || with_session(|session| session.link.turn(session)));
    }

    /// Sends one whole message, at once or as soon as there is room. The order of calls is kept.
    ///
    /// # Errors
    /// [`Full`] if too much waits already; nothing of this message has been sent then.
    pub(crate) fn post(&self, message: &[u8]) -> Result<(), Full> {
        let mut outbox = self.outbox.borrow_mut();
        outbox.push(self.fd(), message).unwrap_or_else(|error| ended(&error))?;
        if !outbox.is_empty() && !self.is_flush_due.replace(true) {
            watch(self.fd(), Interest::Writable, || with_session(|session| session.link.flush()));
        }
        Ok(())
    }

    /// Sends a message that this crate made itself. One that the wire format cannot hold or the
    /// pipe has no room for is dropped with a line in the log.
    pub(crate) fn post_envelope(&self, envelope: &Envelope) {
        let mut message = Vec::new();
        let posted = match envelope.encode(&mut message) {
            Ok(()) => self.post(&message).map_err(|full| full.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(reason) = posted {
            log(&format!("a message of kind {} was dropped: {reason}", envelope.kind));
        }
    }

    /// Whether so much waits to be sent that messages of lesser use should not be added.
    pub(crate) fn is_congested(&self) -> bool {
        self.outbox.borrow().len() > 1 << 20
    }

    /// Sends a `sendSync` message and waits for its answer. What else arrives meanwhile is kept
    /// and delivered from the main loop later, in order.
    ///
    /// # Errors
    /// As [`Link::post`].
    pub(crate) fn ask(
        &self,
        session: &Session,
        message: &[u8],
        document: DocumentId,
        call: u32,
    ) -> Result<Frame, Full> {
        self.post(message)?;
        let mut inbox = self.inbox.borrow_mut();
        loop {
            while let Some(frame) = inbox
                .next_from_stream(&mut Owning(session))
                .unwrap_or_else(|error| violated(&error.to_string()))
            {
                let header = frame.header();
                if (header.kind, header.document, header.id) == (kind::SYNC_REPLY, document.0, call)
                {
                    if inbox.has_more() {
                        self.schedule_turn();
                    }
                    return Ok(frame);
                }
                inbox.defer(frame);
            }
            // Both directions: the main process may itself be waiting for room.
            let is_flushed = self.outbox.borrow_mut().flush(self.fd());
            let is_flushed = is_flushed.unwrap_or_else(|error| ended(&error));
            match inbox.fill(&self.socket).unwrap_or_else(|error| ended(&error)) {
                Filled::Some => {}
                Filled::Nothing => {
                    socket::wait(self.fd(), !is_flushed).unwrap_or_else(|error| ended(&error))
                }
            }
        }
    }

    /// Takes what has arrived for no document; the rest is delivered from the main loop, in order.
    pub(crate) fn look(&self, session: &Session) {
        // Busy when a document begins inside of another one's `sendSync`: that looks by itself.
        let Ok(mut inbox) = self.inbox.try_borrow_mut() else { return };
        let filled = inbox.fill(&self.socket).unwrap_or_else(|error| ended(&error));
        if matches!(filled, Filled::Nothing) && !inbox.has_more() {
            return;
        }
        while let Some(frame) = inbox
            .next_from_stream(&mut Owning(session))
            .unwrap_or_else(|error| violated(&error.to_string()))
        {
            match frame {
                Frame::Small(header, message) if session.take(header, &message) => {}
                frame => inbox.defer(frame),
            }
        }
        if inbox.has_more() {
            self.schedule_turn();
        }
    }

    /// Delivers what has arrived, for at most [`TURN`].
    fn turn(&self, session: &'static Session) -> Keep {
        let started = Instant::now();
        let mut may_read = true;
        loop {
            // Every borrow ends before JavaScript runs: it may call `sendSync`, which reads.
            let next = self.inbox.borrow_mut().next(&mut session.documents.deliveries());
            match next.unwrap_or_else(|error| violated(&error.to_string())) {
                Some(Some(delivery)) => delivery.run(),
                Some(None) => {}
                None if may_read => {
                    let filled = self.inbox.borrow_mut().fill(&self.socket);
                    match filled.unwrap_or_else(|error| ended(&error)) {
                        // A long message is read on; the time below is its only limit.
                        Filled::Some => may_read = self.inbox.borrow().is_inside_large(),
                        Filled::Nothing => break,
                    }
                }
                None => break,
            }
            if started.elapsed() > TURN {
                // What is in the buffer already would not make the descriptor ready again.
                self.schedule_turn();
                break;
            }
        }
        Keep::Yes
    }

    fn schedule_turn(&self) {
        if !self.is_turn_due.replace(true) {
            idle(|| {
                with_session(|session| {
                    session.link.is_turn_due.set(false);
                    session.link.turn(session);
                    Keep::No
                })
            });
        }
    }

    fn flush(&self) -> Keep {
        let is_flushed = self.outbox.borrow_mut().flush(self.fd());
        if is_flushed.unwrap_or_else(|error| ended(&error)) {
            self.is_flush_due.set(false);
            Keep::No
        } else {
            Keep::Yes
        }
    }

    fn fd(&self) -> BorrowedFd<'_> {
        self.socket.inner().as_fd()
    }
}

fn with_session(turn: impl FnOnce(&'static Session) -> Keep) -> Keep {
    session::current().map_or(Keep::No, turn)
}

/// Ends the process because the main process is gone: web processes must not outlive it.
fn ended(error: &io::Error) -> ! {
    use io::ErrorKind::{BrokenPipe, ConnectionReset, UnexpectedEof};
    if !matches!(error.kind(), BrokenPipe | ConnectionReset | UnexpectedEof) {
        log(&format!("the link to the main process broke: {error}"));
    }
    if let Some(session) = session::current() {
        leftovers::remove(&session.config.socket);
    }
    socket::exit()
}

/// Ends the process because what arrived is no message. The main process is trusted, so this is
/// a fault of ours, and nothing after it could be understood.
fn violated(reason: &str) -> ! {
    log(&format!("the main process sent something that is no message: {reason}"));
    socket::exit()
}

/// Reads messages into memory of their own.
struct Owning<'a>(&'a Session);

impl Visitor for Owning<'_> {
    type Output = Frame;

    fn allocate(&mut self, document: DocumentId, length: usize) -> Option<Pinned> {
        self.0.documents.allocate(document, length)
    }

    fn small(&mut self, header: Header, message: &[u8]) -> Frame {
        Frame::Small(header, message.to_vec())
    }

    fn large(&mut self, header: Header, message: Pinned) -> Frame {
        Frame::Large(header, message)
    }
}
