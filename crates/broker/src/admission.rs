//! One-time tokens: how a connection gets its identity.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use conch_wire::{FromRenderer, PROTOCOL_VERSION};

use crate::{LinkId, WebContentsId};

/// A secret that the main process gives to one web process, good for one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token(uuid::Uuid);

impl Token {
    /// The token as it is written into the web process's configuration.
    #[must_use]
    pub fn to_text(self) -> String {
        self.0.simple().to_string()
    }
}

/// What came of a connection's first message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The connection is this WebContents' renderer.
    Admitted(WebContentsId),
    /// The connection is refused. If the token names a renderer that is connected already, that
    /// one gave its secret away or tries to connect twice.
    Refused { why: &'static str, spent: Option<LinkId> },
}

/// The tokens that were given out. Clones share one table, because tokens are given out on the UI
/// thread, when WebKit starts a web process, and taken in on the JavaScript thread. The lock is
/// held for a look at the table only, so neither thread waits for the other.
#[derive(Clone, Debug, Default)]
pub struct Admission(Arc<Mutex<Tokens>>);

#[derive(Debug, Default)]
struct Tokens {
    unused: HashMap<[u8; 16], WebContentsId>,
    /// One for each live renderer: forgotten when it goes.
    used: HashMap<[u8; 16], LinkId>,
}

impl Admission {
    /// An empty table.
    #[must_use]
    pub fn new() -> Admission {
        Admission::default()
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a token for the next web process of `contents`. Older unused ones of the same
    /// WebContents are void: it has one renderer at a time.
    #[must_use]
    pub fn issue(&self, contents: WebContentsId) -> Token {
        self.revoke(contents);
        let token = Token(uuid::Uuid::new_v4());
        self.tokens().unused.insert(*token.0.as_bytes(), contents);
        token
    }

    pub(crate) fn revoke(&self, contents: WebContentsId) {
        self.tokens().unused.retain(|_, owner| *owner != contents);
    }

    pub(crate) fn admit(&self, link: LinkId, first: &FromRenderer) -> Verdict {
        let refused = |why, spent| Verdict::Refused { why, spent };
        let FromRenderer::Hello { version, token } = first else {
            return refused("the first message is not a hello", None);
        };
        if *version != PROTOCOL_VERSION {
            return refused("the renderer speaks another version of the protocol", None);
        }
        let mut tokens = self.tokens();
        if let Some(contents) = tokens.unused.remove(token) {
            tokens.used.insert(*token, link);
            return Verdict::Admitted(contents);
        }
        match tokens.used.get(token) {
            Some(spent) => refused("the token was used before", Some(*spent)),
            None => refused("the token is unknown", None),
        }
    }

    pub(crate) fn forget(&self, link: LinkId) {
        self.tokens().used.retain(|_, user| *user != link);
    }
}
