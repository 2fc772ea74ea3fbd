//! WebKit's pages, frames and script worlds as safe types, and the signals that this crate
//! listens to.
//!
//! WebKit owns these objects and hands them out for the length of a callback; the types here
//! carry that lifetime and nothing keeps them.
#![allow(unsafe_code)]

use crate::ffi::glib::*;
use crate::ffi::webkit::*;
use crate::script::Realm;
use libc::{c_char, c_void};
use std::cell::UnsafeCell;
use std::ffi::CStr;
use std::marker::PhantomData;
use std::mem::transmute;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A script world. Worlds are never freed, so it is valid for the life of the process.
#[derive(Clone, Copy)]
pub(crate) struct World(*mut WebKitScriptWorld);

/// A page, during a callback.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a>(*mut WebKitWebPage, PhantomData<&'a ()>);

/// A frame, during a callback.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'a>(*mut WebKitFrame, PhantomData<&'a ()>);

/// A frame that is remembered and not kept.
pub(crate) struct RememberedFrame(Box<UnsafeCell<GWeakRef>>);

impl RememberedFrame {
    /// The context of the frame's current document in a world, made if there is none yet; `None`
    /// if the frame is gone.
    pub(crate) fn realm(&self, world: World) -> Option<Realm> {
        // SAFETY: initialised in `Frame::remembered` and in its place since; the reference that is
        // given keeps the frame until it is released below.
        unsafe {
            let frame = g_weak_ref_get(self.0.get());
            if frame.is_null() {
                return None;
            }
            let realm = Frame(frame.cast(), PhantomData).realm(world);
            g_object_unref(frame);
            realm
        }
    }
}

impl Drop for RememberedFrame {
    fn drop(&mut self) {
        // SAFETY: initialised in `Frame::remembered`, and cleared once.
        unsafe { g_weak_ref_clear(self.0.get()) }
    }
}

/// WebKit's number for a frame; the same for all documents that the frame shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EngineFrameId(u64);

/// WebKit's number for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageId(u64);

/// How serious a console message is, in WebKit's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MessageLevel {
    /// `console.info`, `console.log`, and whatever WebKit adds one day.
    Info,
    /// `console.warn` and the engine's own warnings.
    Warning,
    /// `console.error` and uncaught errors.
    Error,
    /// `console.debug`
    Debug,
}

/// Who wrote a console message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MessageSource {
    /// The engine of the scripts: what nobody caught.
    JavaScript,
    /// A script, through `console`.
    Console,
    /// Another part of WebKit.
    Other,
}

/// A line on a page's console.
pub(crate) struct ConsoleLine {
    pub(crate) origin: MessageSource,
    pub(crate) level: MessageLevel,
    pub(crate) text: String,
    pub(crate) source: String,
    pub(crate) line: u32,
}

type FrameHandler = fn(Page<'_>, Frame<'_>);
type PageHandler = fn(Page<'_>);
type ConsoleHandler = fn(Page<'_>, ConsoleLine);
type FrameGoneHandler = fn(EngineFrameId);

impl World {
    /// The world of the page's own scripts.
    pub(crate) fn of_page() -> World {
        // SAFETY: no arguments; the world is created on first use and never freed.
        World(unsafe { webkit_script_world_get_default() })
    }

    /// A world of its own: it shares the page's DOM and none of its script values. To be called
    /// once for a name; the reference is kept for the life of the process.
    pub(crate) fn named(name: &CStr) -> World {
        // SAFETY: a C string, copied by the call.
        World(unsafe { webkit_script_world_new_with_name(name.as_ptr()) })
    }

    /// Calls `handler` whenever a frame has a new global object in this world: at the start of
    /// every document, before any script of the page.
    pub(crate) fn on_window_object_cleared(self, handler: FrameHandler) {
        unsafe extern "C" fn cleared(
            _world: *mut WebKitScriptWorld,
            page: *mut WebKitWebPage,
            frame: *mut WebKitFrame,
            handler: *mut c_void,
        ) {
            // SAFETY: the data is the handler that was connected below.
            let handler = unsafe { transmute::<*mut c_void, FrameHandler>(handler) };
            guarded(|| handler(Page(page, PhantomData), Frame(frame, PhantomData)));
        }
        type Signature = unsafe extern "C" fn(
            *mut WebKitScriptWorld,
            *mut WebKitWebPage,
            *mut WebKitFrame,
            *mut c_void,
        );
        // SAFETY: `cleared` has the signal's signature.
        let callback = unsafe { transmute::<Signature, Callback>(cleared) };
        connect(self.0.cast(), c"window-object-cleared", callback, handler as *mut c_void);
    }
}

/// The extension object that WebKit passes to the entry point.
#[derive(Clone, Copy)]
pub(crate) struct Extension(*mut WebKitWebExtension);

impl Extension {
    /// Wraps the entry point's argument.
    ///
    /// # Safety
    /// `extension` is what WebKit passed.
    pub(crate) unsafe fn new(extension: *mut WebKitWebExtension) -> Extension {
        Extension(extension)
    }

    /// Calls `handler` for each page that is made in this process, before it loads anything.
    pub(crate) fn on_page_created(self, handler: PageHandler) {
        unsafe extern "C" fn created(
            _extension: *mut WebKitWebExtension,
            page: *mut WebKitWebPage,
            handler: *mut c_void,
        ) {
            // SAFETY: the data is the handler that was connected below.
            let handler = unsafe { transmute::<*mut c_void, PageHandler>(handler) };
            guarded(|| handler(Page(page, PhantomData)));
        }
        type Signature =
            unsafe extern "C" fn(*mut WebKitWebExtension, *mut WebKitWebPage, *mut c_void);
        // SAFETY: `created` has the signal's signature.
        let callback = unsafe { transmute::<Signature, Callback>(created) };
        connect(self.0.cast(), c"page-created", callback, handler as *mut c_void);
    }
}

impl<'a> Page<'a> {
    /// WebKit's number for the page.
    pub(crate) fn id(self) -> PageId {
        // SAFETY: the page is live during the callback.
        PageId(unsafe { webkit_web_page_get_id(self.0) })
    }

    /// The page's main frame, while there is one.
    pub(crate) fn main_frame(self) -> Option<Frame<'a>> {
        // SAFETY: the page is live during the callback; the frame belongs to it.
        let frame = unsafe { webkit_web_page_get_main_frame(self.0) };
        if frame.is_null() { None } else { Some(Frame(frame, PhantomData)) }
    }

    /// Calls `handler` each time that the main frame's document has been parsed.
    pub(crate) fn on_document_loaded(self, handler: PageHandler) {
        unsafe extern "C" fn loaded(page: *mut WebKitWebPage, handler: *mut c_void) {
            // SAFETY: the data is the handler that was connected below.
            let handler = unsafe { transmute::<*mut c_void, PageHandler>(handler) };
            guarded(|| handler(Page(page, PhantomData)));
        }
        type Signature = unsafe extern "C" fn(*mut WebKitWebPage, *mut c_void);
        // SAFETY: `loaded` has the signal's signature.
        let callback = unsafe { transmute::<Signature, Callback>(loaded) };
        connect(self.0.cast(), c"document-loaded", callback, handler as *mut c_void);
    }

    /// Calls `handler` for each line on the page's console, uncaught errors included.
    pub(crate) fn on_console_message(self, handler: ConsoleHandler) {
        unsafe extern "C" fn sent(
            page: *mut WebKitWebPage,
            message: *mut WebKitConsoleMessage,
            handler: *mut c_void,
        ) {
            // SAFETY: the data is the handler that was connected below.
            let handler = unsafe { transmute::<*mut c_void, ConsoleHandler>(handler) };
            // SAFETY: the message is live during the callback, and so are its strings.
            let line = unsafe { console_line(message) };
            guarded(|| handler(Page(page, PhantomData), line));
        }
        type Signature =
            unsafe extern "C" fn(*mut WebKitWebPage, *mut WebKitConsoleMessage, *mut c_void);
        // SAFETY: `sent` has the signal's signature.
        let callback = unsafe { transmute::<Signature, Callback>(sent) };
        connect(self.0.cast(), c"console-message-sent", callback, handler as *mut c_void);
    }
}

impl Frame<'_> {
    /// WebKit's number for the frame.
    pub(crate) fn id(self) -> EngineFrameId {
        // SAFETY: the frame is live during the callback.
        EngineFrameId(unsafe { webkit_frame_get_id(self.0) })
    }

    /// Whether this is its page's main frame.
    pub(crate) fn is_main(self) -> bool {
        // SAFETY: the frame is live during the callback.
        unsafe { webkit_frame_is_main_frame(self.0) != 0 }
    }

    /// The address of the frame's document; empty where it has none.
    pub(crate) fn url(self) -> String {
        // SAFETY: the frame is live during the callback; the string is copied at once.
        unsafe { copy(webkit_frame_get_uri(self.0)) }
    }

    /// The context of the frame's current document in a world, made if there is none yet.
    pub(crate) fn realm(self, world: World) -> Option<Realm> {
        // SAFETY: frame and world are live; the context is too, and is retained at once.
        unsafe {
            Realm::retain(webkit_frame_get_javascript_context_for_script_world(self.0, world.0))
        }
    }

    /// The frame, for later.
    pub(crate) fn remembered(self) -> RememberedFrame {
        let remembered = Box::new(UnsafeCell::new(GWeakRef { object: std::ptr::null_mut() }));
        // SAFETY: the frame is a live GObject; the box does not move what is in it.
        unsafe { g_weak_ref_init(remembered.get(), self.0.cast()) };
        RememberedFrame(remembered)
    }

    /// Calls `handler` when the frame is gone from its page.
    pub(crate) fn on_gone(self, handler: FrameGoneHandler) {
        struct Watch(EngineFrameId, FrameGoneHandler);
        unsafe extern "C" fn gone(watch: *mut c_void, _frame: *mut c_void) {
            // SAFETY: the box made below; a weak reference is notified once.
            let watch = unsafe { Box::from_raw(watch.cast::<Watch>()) };
            guarded(|| watch.1(watch.0));
        }
        let watch = Box::into_raw(Box::new(Watch(self.id(), handler)));
        // SAFETY: the frame is a live GObject; `gone` takes the data that goes with it.
        unsafe { g_object_weak_ref(self.0.cast(), gone, watch.cast()) }
    }
}

/// The string in a `GVariant`; `None` for no variant and for one of another type.
///
/// # Safety
/// `variant` is null or a live variant.
pub(crate) unsafe fn string_of_variant(variant: *mut GVariant) -> Option<String> {
    // SAFETY: live as the caller promises; the type is checked before the string is read.
    unsafe {
        if variant.is_null() || g_variant_is_of_type(variant, c"s".as_ptr()) == 0 {
            return None;
        }
        Some(copy(g_variant_get_string(variant, std::ptr::null_mut())))
    }
}

fn connect(object: *mut c_void, signal: &CStr, callback: Callback, handler: *mut c_void) {
    // SAFETY: a live object of the class that has the signal; the callback has its signature and
    // the data is a plain function's address, which needs no freeing.
    unsafe { g_signal_connect_data(object, signal.as_ptr(), callback, handler, None, 0) };
}

/// Runs a handler so that a panic ends there and not in WebKit's frames.
fn guarded(handler: impl FnOnce()) {
    // The default panic hook has said where; there is nothing else to do.
    let _ = catch_unwind(AssertUnwindSafe(handler));
}

/// # Safety
/// `text` is null or a C string.
unsafe fn copy(text: *const c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: a C string, as the caller promises.
    unsafe { CStr::from_ptr(text).to_string_lossy().into_owned() }
}

/// # Safety
/// `message` is live.
unsafe fn console_line(message: *mut WebKitConsoleMessage) -> ConsoleLine {
    // SAFETY: live as the caller promises; the strings belong to the message.
    unsafe {
        ConsoleLine {
            origin: match webkit_console_message_get_source(message) {
                0 => MessageSource::JavaScript,
                2 => MessageSource::Console,
                _ => MessageSource::Other,
            },
            level: match webkit_console_message_get_level(message) {
                2 => MessageLevel::Warning,
                3 => MessageLevel::Error,
                4 => MessageLevel::Debug,
                _ => MessageLevel::Info,
            },
            text: copy(webkit_console_message_get_text(message)),
            source: copy(webkit_console_message_get_source_id(message)),
            line: webkit_console_message_get_line(message),
        }
    }
}
