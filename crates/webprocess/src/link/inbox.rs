//! Bytes from the main process, cut into messages.
//!
//! Most messages are short: they are read many at a time into one buffer. A long one is read
//! straight into the byte array that JavaScript will get, so that a payload of many megabytes is
//! not moved about.

use crate::script::Pinned;
use conch_wire::{DocumentId, HEADER_LENGTH, Header, WireError};
use interprocess::os::unix::uds_local_socket::Stream as UnixSocket;
use std::collections::VecDeque;
use std::io::{self, Read};

/// Messages longer than this, with their header, are read into an array of their own.
pub(crate) const SMALL: usize = 64 << 10;

/// Room for the rest of one message and a full read.
const CAPACITY: usize = 2 * SMALL;

/// A message with its header, in memory of its own.
pub(crate) enum Frame {
    /// Read into the buffer.
    Small(Header, Vec<u8>),
    /// Read into an array of its document, at the beginning.
    Large(Header, Pinned),
}

impl Frame {
    pub(crate) fn header(&self) -> Header {
        match self {
            Frame::Small(header, _) | Frame::Large(header, _) => *header,
        }
    }
}

/// Takes messages from an [`Inbox`].
pub(crate) trait Visitor {
    /// What it makes of a message.
    type Output;

    /// An array in a document's world, at least so long; `None` if there is no such document any
    /// more, and the message is skipped then.
    fn allocate(&mut self, document: DocumentId, length: usize) -> Option<Pinned>;

    /// A message in the buffer.
    fn small(&mut self, header: Header, message: &[u8]) -> Self::Output;

    /// A message at the beginning of its array.
    fn large(&mut self, header: Header, message: Pinned) -> Self::Output;
}

/// Whether a read brought anything.
pub(crate) enum Filled {
    /// It did.
    Some,
    /// Nothing is there now.
    Nothing,
}

/// A message that has not arrived in full.
struct Large {
    header: Header,
    /// `None` while a message for a document that is gone is skipped.
    array: Option<Pinned>,
    filled: usize,
}

impl Large {
    fn length(&self) -> usize {
        HEADER_LENGTH + self.header.length as usize
    }
}

/// What was read and not delivered.
pub(crate) struct Inbox {
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    large: Option<Large>,
    deferred: VecDeque<Frame>,
}

impl Inbox {
    pub(crate) fn new() -> Inbox {
        Inbox {
            buffer: vec![0; CAPACITY].into_boxed_slice(),
            start: 0,
            end: 0,
            large: None,
            deferred: VecDeque::new(),
        }
    }

    /// Whether the bytes expected next belong to a long message.
    pub(crate) fn is_inside_large(&self) -> bool {
        self.large.is_some()
    }

    /// Keeps a message for the next [`Inbox::next`].
    pub(crate) fn defer(&mut self, frame: Frame) {
        self.deferred.push_back(frame);
    }

    /// Whether messages were kept by [`Inbox::defer`], or something was read and not looked at: it
    /// would not make the descriptor ready again.
    pub(crate) fn has_more(&self) -> bool {
        !self.deferred.is_empty() || self.start < self.end || self.large.is_some()
    }

    /// One read(2).
    ///
    /// # Errors
    /// `UnexpectedEof` at the end of the stream, and what the system says.
    pub(crate) fn fill(&mut self, mut socket: &UnixSocket) -> io::Result<Filled> {
        // Where a long message is being skipped its bytes go to the buffer, which is empty then.
        let target = match &mut self.large {
            Some(Large { array: Some(array), filled, header }) => {
                let length = HEADER_LENGTH + header.length as usize;
                array.bytes_mut().get_mut(*filled..length).unwrap_or_default()
            }
            Some(large) => {
                let rest = (large.length() - large.filled).min(CAPACITY);
                self.buffer.get_mut(..rest).unwrap_or_default()
            }
            None => {
                if CAPACITY - self.end < SMALL {
                    self.buffer.copy_within(self.start..self.end, 0);
                    self.end -= self.start;
                    self.start = 0;
                }
                self.buffer.get_mut(self.end..).unwrap_or_default()
            }
        };
        let read = loop {
            match socket.read(target) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(read) => break read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    return Ok(Filled::Nothing);
                }
                Err(error) => return Err(error),
            }
        };
        match &mut self.large {
            Some(large) => large.filled += read,
            None => self.end += read,
        }
        Ok(Filled::Some)
    }

    /// The next message: first those that were kept, then those that were read. The inner
    /// `None` of a skipped message is not passed on; `None` means that more has to be read.
    ///
    /// # Errors
    /// The bytes are no message.
    pub(crate) fn next<V: Visitor>(
        &mut self,
        visitor: &mut V,
    ) -> Result<Option<V::Output>, WireError> {
        match self.deferred.pop_front() {
            Some(Frame::Small(header, message)) => Ok(Some(visitor.small(header, &message))),
            Some(Frame::Large(header, message)) => Ok(Some(visitor.large(header, message))),
            None => self.next_from_stream(visitor),
        }
    }

    /// [`Inbox::next`] without those that were kept.
    ///
    /// # Errors
    /// The bytes are no message.
    pub(crate) fn next_from_stream<V: Visitor>(
        &mut self,
        visitor: &mut V,
    ) -> Result<Option<V::Output>, WireError> {
        loop {
            if let Some(large) = self.large.take() {
                if large.filled < large.length() {
                    self.large = Some(large);
                    return Ok(None);
                }
                if let Some(array) = large.array {
                    return Ok(Some(visitor.large(large.header, array)));
                }
            }
            let unread = self.buffer.get(self.start..self.end).unwrap_or_default();
            let Some(first) = unread.first_chunk::<HEADER_LENGTH>() else { return Ok(None) };
            let header = Header::decode(first)?;
            let length = HEADER_LENGTH + header.length as usize;
            if let Some(message) = unread.get(..length).filter(|_| length <= SMALL) {
                let output = visitor.small(header, message);
                self.start += length;
                if self.start == self.end {
                    (self.start, self.end) = (0, 0);
                }
                return Ok(Some(output));
            }
            if length <= SMALL {
                return Ok(None);
            }
            self.large = Some(self.begin_large(header, length, visitor));
        }
    }

    /// Starts a long message with what the buffer has of it.
    fn begin_large<V: Visitor>(&mut self, header: Header, length: usize, visitor: &mut V) -> Large {
        let mut array = visitor.allocate(DocumentId(header.document), length);
        let unread = self.buffer.get(self.start..self.end).unwrap_or_default();
        let filled = unread.len().min(length);
        if let (Some(array), Some(beginning)) = (&mut array, unread.get(..filled))
            && let Some(target) = array.bytes_mut().get_mut(..filled)
        {
            target.copy_from_slice(beginning);
        }
        self.start += filled;
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        }
        Large { header, array, filled }
    }
}
