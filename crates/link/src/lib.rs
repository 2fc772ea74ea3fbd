//! The pipes between the main process and its renderers: local sockets in a private folder.
//!
//! A [`Listener`] gives an unnamed connection, [`Incoming::next`] reads its messages and
//! [`Link::send`] writes them. Everything runs on one thread (the JavaScript thread), so that a
//! message meets no lock and no thread switch between the socket and the handler.
//!
//! Who is at the other end is not known here: `conch-broker` learns that from the token in the
//! first message.

mod directory;
mod link;

pub use directory::{DirectoryError, SocketDirectory};
pub use link::{Incoming, Link, LinkError, Listener, MAX_OUTBOX};
