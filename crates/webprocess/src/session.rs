//! What this process has one of: the main process it belongs to.

use crate::config::Config;
use crate::console::Console;
use crate::link::Link;
use crate::own_worlds::OwnWorlds;
use crate::world::Documents;
use conch_wire::{Envelope, HEADER_LENGTH, Header, kind};
use std::cell::{Cell, RefCell};

/// The state of an extension that is connected.
pub(crate) struct Session {
    pub(crate) config: Config,
    pub(crate) link: Link,
    pub(crate) documents: Documents,
    pub(crate) console: Console,
    /// The session's preload scripts, where they changed since this process began: JSON.
    pub(crate) preloads: RefCell<Option<String>>,
    pub(crate) own_worlds: OwnWorlds,
    last_handle: Cell<u32>,
}

impl Session {
    pub(crate) fn new(config: Config, link: Link, documents: Documents) -> Session {
        let (console, preloads) = (Console::default(), RefCell::default());
        let (own_worlds, last_handle) = (OwnWorlds::default(), Cell::new(0));
        Session { config, link, documents, console, preloads, own_worlds, last_handle }
    }

    /// Takes a message that is of no document. False if it is of one.
    pub(crate) fn take(&self, header: Header, message: &[u8]) -> bool {
        if header.kind != kind::PRELOADS {
            return false;
        }
        let text = message.get(HEADER_LENGTH..).unwrap_or_default();
        let paths = Envelope::decode(header, text.to_vec());
        let paths = paths.map(|it| String::from_utf8(it.payload));
        if let Ok(Ok(paths)) = paths {
            self.preloads.replace(Some(paths));
        }
        true
    }

    /// A name for a port: even, as a renderer's are, and never given before. The link outlives
    /// its documents, so they share the count.
    pub(crate) fn next_handle(&self) -> u32 {
        self.last_handle.set(self.last_handle.get().wrapping_add(2));
        self.last_handle.get()
    }
}

thread_local! {
    static CURRENT: Cell<Option<&'static Session>> = const { Cell::new(None) };
}

/// The session of this thread, which is the web process's main thread.
pub(crate) fn current() -> Option<&'static Session> {
    CURRENT.get()
}

/// Makes the one session. It is never freed: at the end of the process the engine goes first, and
/// values that let go of it afterwards would crash.
pub(crate) fn begin(session: Session) -> &'static Session {
    let session: &'static Session = Box::leak(Box::new(session));
    CURRENT.set(Some(session));
    session
}
