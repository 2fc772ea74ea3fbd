//! Which documents there are: frames, their current document, and the world that our JavaScript
//! runs in.

use crate::console;
use crate::context::{Delivery, Instance, Placed};
use crate::engine::{EngineFrameId, Extension, Frame, Page, PageId, World};
use crate::link::Visitor;
use crate::log::log;
use crate::main_loop::{Keep, idle};
use crate::script::{Call, Pinned, Realm, Text, Value};
use crate::session::{self, Session};
use conch_wire::{DocumentId, Envelope, FrameDescription, FrameId, HEADER_LENGTH, Header, kind};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use uuid::Uuid;

/// Electron's name for the world of the preload scripts.
const ISOLATED_WORLD: &std::ffi::CStr = c"Electron Isolated Context";

/// The frames of this process's page.
///
/// A web process belongs to one WebContents. Should WebKit put a second page into it, that page
/// gets nothing of ours: its messages would be taken for the first one's.
pub(crate) struct Documents {
    /// Where the internals run.
    world: World,
    page: Cell<Option<PageId>>,
    frames: RefCell<Vec<FrameRecord>>,
    documents_made: Cell<u32>,
    frames_seen: Cell<u32>,
    /// Documents that went with their frames, and whose scripts have yet to be told.
    removed: RefCell<Vec<Rc<Instance>>>,
}

struct FrameRecord {
    engine_id: EngineFrameId,
    id: FrameId,
    is_main: bool,
    instance: Option<Rc<Instance>>,
}

impl Documents {
    /// Makes the script world.
    pub(crate) fn new(has_isolated_world: bool) -> Documents {
        let world =
            if has_isolated_world { World::named(ISOLATED_WORLD) } else { World::of_page() };
        Documents {
            world,
            page: Cell::new(None),
            frames: RefCell::new(Vec::new()),
            documents_made: Cell::new(0),
            frames_seen: Cell::new(0),
            removed: RefCell::new(Vec::new()),
        }
    }

    /// Listens for pages and documents.
    pub(crate) fn start(&self, extension: Extension) {
        extension.on_page_created(|page| with_session(|session| session.adopt(page)));
        self.world.on_window_object_cleared(|page, frame| {
            with_session(|session| {
                if session.documents.is_ours(page) {
                    session.begin_document(frame);
                }
            });
        });
    }

    /// The document with this id, if it is still there.
    pub(crate) fn find(&self, document: DocumentId) -> Option<Rc<Instance>> {
        self.first(|instance| instance.document == document)
    }

    /// The document that a native function was called in, if it is still there.
    pub(crate) fn of_call(&self, call: &Call<'_>) -> Option<Rc<Instance>> {
        self.first(|instance| instance.made(call))
    }

    /// The main frame's document.
    pub(crate) fn current(&self) -> Option<Rc<Instance>> {
        let frames = self.frames.borrow();
        frames.iter().find(|frame| frame.is_main)?.instance.clone()
    }

    /// The frame whose document this window shows, in the internals' world.
    fn frame_of(&self, window: Value<'_>) -> Option<FrameId> {
        let frames = self.frames.borrow();
        let shows = |frame: &&FrameRecord| {
            let instance = frame.instance.as_ref();
            instance.is_some_and(|instance| instance.internals.window().is_same(window))
        };
        frames.iter().find(shows).map(|frame| frame.id)
    }

    /// An array for a message to a document; `None` if it is gone.
    pub(crate) fn allocate(&self, document: DocumentId, length: usize) -> Option<Pinned> {
        self.find(document)?.allocate(length)
    }

    /// What main is told of a frame that has a new document.
    fn describe(&self, frame: Frame<'_>, internals: &Realm) -> FrameDescription {
        let text = |code| internals.evaluate(&Text::new(code), "conch:frame");
        let name = text("window.name").map_or_else(|_| String::new(), |it| internals.describe(it));
        let parent = text("parent").ok().filter(|_| !frame.is_main());
        FrameDescription {
            parent: parent.and_then(|window| self.frame_of(window)).unwrap_or_default(),
            token: if frame.is_main() { [0; 16] } else { Uuid::new_v4().into_bytes() },
            name: console::shortened(name),
        }
    }

    /// What turns messages into deliveries.
    pub(crate) fn deliveries(&self) -> Deliveries<'_> {
        Deliveries(self)
    }

    fn first(&self, test: impl Fn(&Instance) -> bool) -> Option<Rc<Instance>> {
        let frames = self.frames.borrow();
        frames.iter().filter_map(|frame| frame.instance.as_ref()).find(|it| test(it)).cloned()
    }

    fn is_ours(&self, page: Page<'_>) -> bool {
        // A page that was made before the signal was connected cannot exist, but a missing
        // signal must not make every window dumb.
        self.page.get().is_none_or(|ours| ours == page.id())
    }

    /// The id of a frame, and whether it is seen for the first time.
    fn identify(&self, engine_id: EngineFrameId, is_main: bool) -> (FrameId, bool) {
        let mut frames = self.frames.borrow_mut();
        if let Some(frame) = frames.iter().find(|frame| frame.engine_id == engine_id) {
            return (frame.id, false);
        }
        let id = FrameId(next(&self.frames_seen));
        frames.push(FrameRecord { engine_id, id, is_main, instance: None });
        (id, true)
    }

    /// Replaces what a frame shows and returns what it showed.
    fn show(
        &self,
        engine_id: EngineFrameId,
        instance: Option<Rc<Instance>>,
    ) -> Option<Rc<Instance>> {
        let mut frames = self.frames.borrow_mut();
        let frame = frames.iter_mut().find(|frame| frame.engine_id == engine_id)?;
        std::mem::replace(&mut frame.instance, instance)
    }

    /// Takes the documents of frames that are no longer in the page.
    fn take_removed(&self) -> Vec<Rc<Instance>> {
        let frames = self.frames.borrow();
        let shown: Vec<_> = frames.iter().map(|it| (it.engine_id, it.instance.clone())).collect();
        drop(frames);
        let is_removed = |it: &Option<Rc<Instance>>| it.as_ref().is_some_and(|it| it.is_removed());
        let removed = shown.into_iter().filter(|(_, instance)| is_removed(instance));
        removed.filter_map(|(engine_id, _)| self.show(engine_id, None)).collect()
    }

    /// Forgets a frame and returns what it showed.
    fn forget(&self, engine_id: EngineFrameId) -> Option<Rc<Instance>> {
        let mut frames = self.frames.borrow_mut();
        let index = frames.iter().position(|frame| frame.engine_id == engine_id)?;
        frames.swap_remove(index).instance
    }
}

impl Session {
    /// Takes the process's page.
    fn adopt(&self, page: Page<'_>) {
        if self.documents.page.get().is_some() {
            log("a second page in one web process gets no preload script");
            return;
        }
        self.documents.page.set(Some(page.id()));
        page.on_document_loaded(|page| with_session(|session| session.document_parsed(page)));
        page.on_console_message(|page, line| {
            with_session(|session| {
                if session.documents.is_ours(page) {
                    console::forward(session, line);
                }
            });
        });
    }

    /// A frame has a new document, none of whose scripts has run.
    fn begin_document(&self, frame: Frame<'_>) {
        // What the app said before it had the page loaded holds for this document.
        self.link.look(self);
        let documents = &self.documents;
        let (id, is_new) = documents.identify(frame.id(), frame.is_main());
        if is_new {
            frame.on_gone(|engine_id| {
                with_session(|session| {
                    if let Some(instance) = session.documents.forget(engine_id) {
                        session.end_document(&instance, true);
                        // Not now: this may be the engine's collector.
                        if !instance.is_main() {
                            session.documents.removed.borrow_mut().push(instance);
                            look_for_removed_frames();
                        }
                    }
                });
            });
        }
        if let Some(old) = documents.show(frame.id(), None) {
            self.end_document(&old, false);
            if !old.is_main() {
                old.notify("gone");
            }
        }
        let (Some(internals), Some(page)) =
            (frame.realm(documents.world), frame.realm(World::of_page()))
        else {
            log("a document has no script context");
            return;
        };
        let document = DocumentId(next(&documents.documents_made));
        let description = documents.describe(frame, &internals);
        let token = description.token;
        let instance = Rc::new(Instance::new(document, internals, page, frame));
        documents.show(frame.id(), Some(Rc::clone(&instance)));
        self.link.post_envelope(&Envelope {
            kind: kind::DOCUMENT,
            flags: u8::from(frame.is_main()),
            document: document.0,
            id: id.0,
            channel: console::shortened(frame.url()),
            payload: description.encode(),
            ..Envelope::default()
        });
        instance.boot(self, token);
    }

    /// The main frame's document has been parsed. Told by WebKit rather than by a listener of
    /// ours on the window, because `document.open()` removes those.
    fn document_parsed(&self, page: Page<'_>) {
        let Some(frame) = page.main_frame() else { return };
        let Some(instance) = self.documents.current() else { return };
        let realm = frame.realm(World::of_page());
        if !realm.is_some_and(|realm| realm.is_same(&instance.page)) {
            // A document that may run no scripts took its place without a word.
            self.documents.show(frame.id(), None);
            self.end_document(&instance, false);
            return;
        }
        self.link.post_envelope(&Envelope {
            kind: kind::DOM_READY,
            document: instance.document.0,
            channel: console::shortened(instance.title()),
            ..Envelope::default()
        });
        instance.notify("dom-ready");
    }

    /// A document is gone: nothing reaches it and nothing comes from it any more.
    fn end_document(&self, instance: &Instance, with_frame: bool) {
        self.link.post_envelope(&Envelope {
            kind: kind::DOCUMENT_GONE,
            flags: u8::from(with_frame),
            document: instance.document.0,
            ..Envelope::default()
        });
    }

    /// Ends the documents of frames that are no longer in the page.
    fn end_removed_frames(&self) {
        for instance in self.documents.take_removed() {
            self.end_document(&instance, true);
            if !instance.is_main() {
                self.documents.removed.borrow_mut().push(instance);
            }
        }
        for instance in self.documents.removed.take() {
            instance.notify("gone");
        }
    }
}

/// Places messages for their documents.
pub(crate) struct Deliveries<'a>(&'a Documents);

impl Visitor for Deliveries<'_> {
    type Output = Option<Delivery>;

    fn allocate(&mut self, document: DocumentId, length: usize) -> Option<Pinned> {
        self.0.allocate(document, length)
    }

    fn small(&mut self, header: Header, message: &[u8]) -> Option<Delivery> {
        if session::current().is_some_and(|session| session.take(header, message)) {
            return None;
        }
        let instance = self.0.find(DocumentId(header.document))?;
        let placed = instance.place(message)?;
        Some(Delivery { instance, placed })
    }

    fn large(&mut self, header: Header, message: Pinned) -> Option<Delivery> {
        let instance = self.0.find(DocumentId(header.document))?;
        let length = HEADER_LENGTH + header.length as usize;
        Some(Delivery { instance, placed: Placed::Long(message, length) })
    }
}

/// Looks for frames that are no longer in the page, once what runs now is done.
pub(crate) fn look_for_removed_frames() {
    idle(|| {
        with_session(Session::end_removed_frames);
        Keep::No
    });
}

fn with_session(action: impl FnOnce(&'static Session)) {
    if let Some(session) = session::current() {
        action(session);
    }
}

/// Counts up from 1.
fn next(counter: &Cell<u32>) -> u32 {
    // 4,294,967,295 documents do not happen in the life of a process.
    counter.set(counter.get().saturating_add(1));
    counter.get()
}
