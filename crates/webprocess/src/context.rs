//! One document: the contexts that its internals run in, and how messages reach them.

use crate::engine::{Frame, RememberedFrame, World};
use crate::log::log;
use crate::natives;
use crate::script::{Call, Callback, Pinned, Realm, Text, Value};
use crate::session::Session;
use crate::sources;
use conch_wire::DocumentId;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// Longest array that is kept for the next long message.
const KEPT_ARRAY: usize = 4 << 20;

/// A document with our JavaScript in it.
pub(crate) struct Instance {
    pub(crate) document: DocumentId,
    /// Whether its frame is the page's main frame.
    is_main: bool,
    frame: RememberedFrame,
    /// Where preload scripts and `ipcRenderer` are.
    pub(crate) internals: Realm,
    /// Where the page's scripts are; the same context without isolation.
    pub(crate) page: Realm,
    /// The contexts in worlds of the app's own, by number.
    worlds: RefCell<Vec<(u32, Rc<Realm>)>>,
    /// Where JavaScript writes messages.
    pub(crate) outgoing: RefCell<Option<Pinned>>,
    /// Where JavaScript reads short messages.
    pub(crate) incoming: RefCell<Option<Pinned>>,
    /// The long message that JavaScript reads. It reads it in full before anything else runs, so
    /// the array is free for the next one even while this one is being listened to.
    pub(crate) long: RefCell<Option<Pinned>>,
    receiver: OnceCell<Callback>,
    listener: OnceCell<Callback>,
}

impl Instance {
    pub(crate) fn new(
        document: DocumentId,
        internals: Realm,
        page: Realm,
        frame: Frame<'_>,
    ) -> Instance {
        Instance {
            document,
            is_main: frame.is_main(),
            frame: frame.remembered(),
            internals,
            page,
            worlds: RefCell::default(),
            outgoing: RefCell::new(None),
            incoming: RefCell::new(None),
            long: RefCell::new(None),
            receiver: OnceCell::new(),
            listener: OnceCell::new(),
        }
    }

    /// Whether its frame is the page's main frame.
    pub(crate) fn is_main(&self) -> bool {
        self.is_main
    }

    /// Whether its frame is no longer in the page.
    pub(crate) fn is_removed(&self) -> bool {
        let closed = self.internals.evaluate(&Text::new("window.closed"), "conch:closed");
        closed.is_ok_and(|closed| self.internals.describe(closed) == "true")
    }

    /// Whether preload scripts have a world of their own.
    pub(crate) fn is_isolated(&self) -> bool {
        !self.internals.is_same(&self.page)
    }

    /// Whether a native function of this document was called.
    pub(crate) fn made(&self, call: &Call<'_>) -> bool {
        call.is_of(&self.internals)
            || call.is_of(&self.page)
            || self.worlds.borrow().iter().any(|(_, realm)| call.is_of(realm))
    }

    /// The document's context in a world of the app's own; `None` if the frame is gone.
    pub(crate) fn world(&self, number: u32, world: World) -> Option<Rc<Realm>> {
        let known = self.worlds.borrow().iter().find(|it| it.0 == number).map(|it| it.1.clone());
        if let Some(realm) = known {
            return Some(realm);
        }
        let realm = Rc::new(self.frame.realm(world)?);
        self.worlds.borrow_mut().push((number, Rc::clone(&realm)));
        Some(realm)
    }

    /// Runs the internals, which run the preload scripts. The instance has to be in the table of
    /// documents by then, so that its native functions find it. `token` is a sub-frame's.
    pub(crate) fn boot(&self, session: &Session, token: [u8; 16]) {
        let native = natives::for_internals(&self.internals, &session.config, self.document);
        if let Some(preloads) = session.preloads.borrow().as_deref() {
            self.internals.set(native, "preloads", self.internals.json(preloads));
        }
        if !self.is_main {
            let token: String = token.iter().map(|byte| format!("{byte:02X}")).collect();
            self.internals.set(native, "subFrameToken", self.internals.string(&Text::new(&token)));
        }
        if self.is_isolated() {
            let page_native = natives::for_page(&self.page);
            match run(&self.page, sources::MAIN_WORLD, page_native) {
                Ok(value) => self.internals.set(native, "mainWorld", value),
                Err(error) => self.report(&self.page, error),
            }
        }
        if let Err(error) = run(&self.internals, sources::BOOTSTRAP, native) {
            self.report(&self.internals, error);
        }
    }

    /// Says that our own JavaScript failed: a fault in this program, not in the app.
    fn report(&self, realm: &Realm, error: Value<'_>) {
        log(&format!("the renderer's own script failed: {}", realm.describe(error)));
    }

    /// The document's title.
    pub(crate) fn title(&self) -> String {
        match self.internals.evaluate(&Text::new("document.title"), "conch:title") {
            Ok(title) => self.internals.describe(title),
            Err(_) => String::new(),
        }
    }

    /// Takes the function that gets messages, once.
    pub(crate) fn set_receiver(&self, function: Value<'_>) {
        if let Some(receiver) = Callback::new(&self.internals, function) {
            let _ = self.receiver.set(receiver);
        }
    }

    /// Takes the function that hears of the document's life, once.
    pub(crate) fn set_listener(&self, function: Value<'_>) {
        if let Some(listener) = Callback::new(&self.internals, function) {
            let _ = self.listener.set(listener);
        }
    }

    /// Tells the internals of an event in the document's life.
    pub(crate) fn notify(&self, event: &str) {
        if let Some(listener) = self.listener.get()
            && let Err(error) = listener.call(self.internals.string(&Text::new(event)))
        {
            self.report(&self.internals, error);
        }
    }

    /// Copies a short message to where JavaScript reads it, or to an array of its own where
    /// there is no room.
    pub(crate) fn place(&self, message: &[u8]) -> Option<Placed> {
        if let Some(incoming) = self.incoming.borrow_mut().as_mut()
            && let Some(target) = incoming.bytes_mut().get_mut(..message.len())
        {
            target.copy_from_slice(message);
            return Some(Placed::Short(message.len()));
        }
        let mut array = self.allocate(message.len())?;
        array.bytes_mut().get_mut(..message.len())?.copy_from_slice(message);
        Some(Placed::Long(array, message.len()))
    }

    /// An array for a long message, at least so long. The last one's is used again where it will
    /// do: new memory has to be cleared and mapped, which takes longer than reading into it.
    pub(crate) fn allocate(&self, length: usize) -> Option<Pinned> {
        let last = self.long.take().filter(|last| last.bytes().len() >= length);
        last.or_else(|| Pinned::allocate(&self.internals, length))
    }

    fn forget_very_long(&self) {
        let mut long = self.long.borrow_mut();
        if long.as_ref().is_some_and(|array| array.bytes().len() > KEPT_ARRAY) {
            *long = None;
        }
    }

    /// Gives a message to JavaScript. Nothing may be borrowed meanwhile: it may call any native
    /// function.
    fn receive(&self, placed: Placed) {
        let Some(receiver) = self.receiver.get() else { return };
        // A very long answer to `sendSync` stayed, because JavaScript read it after the return.
        self.forget_very_long();
        let result = match placed {
            Placed::Short(length) => {
                let shared = self.incoming.borrow().as_ref().map(|it| it.value().on_stack());
                match shared {
                    Some(shared) => receiver.call_with(shared, length as f64),
                    None => return,
                }
            }
            Placed::Long(array, length) => {
                let value = array.value().on_stack();
                self.long.replace(Some(array));
                let result = receiver.call_with(value, length as f64);
                self.forget_very_long();
                result
            }
        };
        if let Err(error) = result {
            self.report(&self.internals, error);
        }
    }
}

/// A message where JavaScript can read it.
pub(crate) enum Placed {
    /// This many bytes in the shared array.
    Short(usize),
    /// In an array of its own, of which it may be the beginning.
    Long(Pinned, usize),
}

/// A message on its way to its document.
pub(crate) struct Delivery {
    pub(crate) instance: Rc<Instance>,
    pub(crate) placed: Placed,
}

impl Delivery {
    /// Runs the receiver.
    pub(crate) fn run(self) {
        self.instance.receive(self.placed);
    }
}

/// Runs one of our files and returns what it exports.
pub(crate) fn run<'a>(
    realm: &'a Realm,
    entry: &str,
    native: Value<'_>,
) -> Result<Value<'a>, Value<'a>> {
    let loader = realm.evaluate(&Text::new(sources::LOADER), "conch:preload/loader.js")?;
    realm.call(loader, &[native, realm.string(&Text::new(entry))])
}
