//! One document: the contexts that its internals run in, and how messages reach them.

use crate::log::log;
use crate::natives;
use crate::script::{Call, Pinned, Realm, Rooted, Text, Value};
use crate::session::Session;
use crate::sources;
use conch_wire::DocumentId;
use std::cell::RefCell;
use std::rc::Rc;

/// A document with our JavaScript in it.
pub(crate) struct Instance {
    pub(crate) document: DocumentId,
    /// Where preload scripts and `ipcRenderer` are.
    pub(crate) internals: Realm,
    /// Where the page's scripts are; the same context without isolation.
    pub(crate) page: Realm,
    /// Where JavaScript writes messages.
    pub(crate) outgoing: RefCell<Option<Pinned>>,
    /// Where JavaScript reads short messages.
    pub(crate) incoming: RefCell<Option<Pinned>>,
    /// The long message that JavaScript is reading.
    pub(crate) long: RefCell<Option<Pinned>>,
    receiver: RefCell<Option<Rooted>>,
    listener: RefCell<Option<Rooted>>,
}

impl Instance {
    pub(crate) fn new(document: DocumentId, internals: Realm, page: Realm) -> Instance {
        Instance {
            document,
            internals,
            page,
            outgoing: RefCell::new(None),
            incoming: RefCell::new(None),
            long: RefCell::new(None),
            receiver: RefCell::new(None),
            listener: RefCell::new(None),
        }
    }

    /// Whether preload scripts have a world of their own.
    pub(crate) fn is_isolated(&self) -> bool {
        !self.internals.is_same(&self.page)
    }

    /// Whether a native function of this document was called.
    pub(crate) fn made(&self, call: &Call<'_>) -> bool {
        call.is_of(&self.internals) || call.is_of(&self.page)
    }

    /// Runs the internals, which run the preload scripts. The instance has to be in the table of
    /// documents by then, so that its native functions find it.
    pub(crate) fn boot(&self, session: &Session) {
        let native = natives::for_internals(&self.internals, &session.config);
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

    /// Takes the function that gets messages.
    pub(crate) fn set_receiver(&self, function: Value<'_>) {
        *self.receiver.borrow_mut() = Some(Rooted::new(&self.internals, function));
    }

    /// Takes the function that hears of the document's life.
    pub(crate) fn set_listener(&self, function: Value<'_>) {
        *self.listener.borrow_mut() = Some(Rooted::new(&self.internals, function));
    }

    /// Tells the internals of an event in the document's life.
    pub(crate) fn notify(&self, event: &str) {
        let listener = self.listener.borrow().as_ref().map(|kept| self.hold(kept.value()));
        if let Some(listener) = listener {
            let event = self.internals.string(&Text::new(event));
            if let Err(error) = self.internals.call(listener.value(), &[event]) {
                self.report(&self.internals, error);
            }
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
        let mut array = Pinned::allocate(&self.internals, message.len())?;
        array.bytes_mut().copy_from_slice(message);
        Some(Placed::Long(array))
    }

    /// Gives a message to JavaScript.
    fn receive(&self, placed: Placed) {
        let Some(receiver) = self.receiver.borrow().as_ref().map(|kept| self.hold(kept.value()))
        else {
            return;
        };
        let result = match placed {
            Placed::Short(length) => {
                let Some(array) =
                    self.incoming.borrow().as_ref().map(|array| self.hold(array.value()))
                else {
                    return;
                };
                self.internals.call_with(receiver.value(), array.value(), length as f64)
            }
            Placed::Long(array) => {
                let (length, value) = (array.bytes().len(), self.hold(array.value()));
                // Nested: a listener may open an alert, whose main loop delivers the next one.
                let outer = self.long.replace(Some(array));
                let result =
                    self.internals.call_with(receiver.value(), value.value(), length as f64);
                self.long.replace(outer);
                result
            }
        };
        if let Err(error) = result {
            self.report(&self.internals, error);
        }
    }

    /// Roots a value again, so that it stays while JavaScript replaces what holds it.
    fn hold(&self, value: Value<'_>) -> Rooted {
        Rooted::new(&self.internals, value)
    }
}

/// A message where JavaScript can read it.
pub(crate) enum Placed {
    /// This many bytes in the shared array.
    Short(usize),
    /// In an array of its own.
    Long(Pinned),
}

/// A message on its way to its document.
pub(crate) struct Delivery {
    pub(crate) instance: Rc<Instance>,
    pub(crate) placed: Placed,
}

impl Delivery {
    /// Runs the receiver. Nothing may be borrowed meanwhile: it may call any native function.
    pub(crate) fn run(self) {
        self.instance.receive(self.placed);
    }
}

/// Runs one of our files and returns what it exports.
fn run<'a>(realm: &'a Realm, entry: &str, native: Value<'_>) -> Result<Value<'a>, Value<'a>> {
    let loader = realm.evaluate(&Text::new(sources::LOADER), "conch:preload/loader.js")?;
    realm.call(loader, &[native, realm.string(&Text::new(entry))])
}
