//! The C interface between the binary and `libconch_windows.so`: what crosses it, and the names of
//! the functions.
//!
//! The binary knows no WebKit. It loads the library when windows are wanted and calls three
//! functions of it; the library calls back through [`Callbacks`]. Everything that crosses is JSON
//! text, which belongs to the caller and is good for the time of the call.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_void};
use std::marker::PhantomData;
use std::slice;

/// Of which version both sides must be, to the letter: they are built together.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is said where there is no display, on whichever side it is found out.
pub const NO_DISPLAY: &str =
    "Cannot open a display. Is DISPLAY or WAYLAND_DISPLAY set? Without a screen, try xvfb-run.";

/// The name of the function that gives [`VERSION`] as the library has it.
pub const VERSION_FUNCTION: &CStr = c"conch_windows_version";
/// The function of that name.
pub type VersionFunction = unsafe extern "C" fn(Answer<'_>);

/// The name of the function that runs the UI on the calling thread. It comes back only when there
/// can be no UI.
pub const RUN_FUNCTION: &CStr = c"conch_windows_run";
/// The function of that name: the options as JSON, whom to tell, where to say why it failed.
pub type RunFunction = unsafe extern "C" fn(Text<'_>, Callbacks, Answer<'_>);

/// The name of the function that has the UI thread carry out a command. It may be called once
/// [`Callbacks::started`] was, on any thread but the UI thread, and waits for the answer.
pub const CALL_FUNCTION: &CStr = c"conch_windows_call";
/// The function of that name: a command as JSON, where to answer.
pub type CallFunction = unsafe extern "C" fn(Text<'_>, Answer<'_>);

/// A text in UTF-8, borrowed from the caller.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Text<'a> {
    start: *const u8,
    length: usize,
    owner: PhantomData<&'a str>,
}

impl<'a> Text<'a> {
    /// Lends a text.
    #[must_use]
    pub fn new(text: &'a str) -> Text<'a> {
        Text { start: text.as_ptr(), length: text.len(), owner: PhantomData }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        // SAFETY: made by `new` only, on the other side too, from a text that lives for 'a.
        unsafe { std::str::from_utf8_unchecked(slice::from_raw_parts(self.start, self.length)) }
    }
}

/// Where one answer goes: a slot on the stack of the caller.
#[repr(C)]
pub struct Answer<'a> {
    slot: *mut c_void,
    give: extern "C" fn(*mut c_void, bool, Text<'_>),
    owner: PhantomData<&'a mut Slot>,
}

/// What [`Answer`] fills: a result, or the text of an error. None until there is an answer.
pub type Slot = Option<Result<String, String>>;

impl<'a> Answer<'a> {
    /// An answer that goes into `slot`.
    pub fn into_slot(slot: &'a mut Slot) -> Answer<'a> {
        extern "C" fn give(slot: *mut c_void, good: bool, text: Text<'_>) {
            let text = text.as_str().to_owned();
            // SAFETY: the slot that `into_slot` borrowed for as long as the answer lives.
            let slot = unsafe { &mut *slot.cast::<Slot>() };
            *slot = Some(if good { Ok(text) } else { Err(text) });
        }
        let slot: *mut Slot = slot;
        Answer { slot: slot.cast(), give, owner: PhantomData }
    }

    /// Answers.
    pub fn give(self, answer: Result<&str, &str>) {
        let (Ok(text) | Err(text)) = answer;
        (self.give)(self.slot, answer.is_ok(), Text::new(text));
    }
}

/// What the library tells the binary, on the UI thread. None of it may block.
#[repr(C)]
pub struct Callbacks {
    context: *const c_void,
    started: extern "C" fn(*const c_void),
    event: extern "C" fn(*const c_void, Text<'_>),
    user_data: extern "C" fn(*const c_void, u32, Answer<'_>),
}

/// The binary's side of [`Callbacks`].
pub trait Listener: Sync + 'static {
    /// The UI thread carries out commands from now on.
    fn started(&self);
    /// Something happened; `event` is JSON.
    fn event(&self, event: &str);
    /// The user data for the web process of a WebContents, which starts now.
    fn user_data(&self, contents: u32) -> String;
}

impl Callbacks {
    /// Callbacks that call `listener`, which has to stay for the rest of the process: the UI
    /// thread ends with it.
    #[must_use]
    pub fn new<L: Listener>(listener: &'static L) -> Callbacks {
        extern "C" fn started<L: Listener>(context: *const c_void) {
            of::<L>(context).started();
        }
        extern "C" fn event<L: Listener>(context: *const c_void, event: Text<'_>) {
            of::<L>(context).event(event.as_str());
        }
        extern "C" fn user_data<L: Listener>(
            context: *const c_void,
            contents: u32,
            answer: Answer<'_>,
        ) {
            answer.give(Ok(&of::<L>(context).user_data(contents)));
        }
        fn of<L: Listener>(context: *const c_void) -> &'static L {
            // SAFETY: the context of these functions is the `&'static L` that they were made with.
            unsafe { &*context.cast::<L>() }
        }
        Callbacks {
            context: std::ptr::from_ref(listener).cast(),
            started: started::<L>,
            event: event::<L>,
            user_data: user_data::<L>,
        }
    }

    /// See [`Listener::started`].
    pub fn started(&self) {
        (self.started)(self.context);
    }

    /// See [`Listener::event`].
    pub fn event(&self, event: &str) {
        (self.event)(self.context, Text::new(event));
    }

    /// See [`Listener::user_data`].
    #[must_use]
    pub fn user_data(&self, contents: u32) -> String {
        let mut slot = None;
        (self.user_data)(self.context, contents, Answer::into_slot(&mut slot));
        slot.and_then(Result::ok).unwrap_or_default()
    }
}

// SAFETY: the context is a `&'static` of a type that is `Sync`, and the rest are functions.
unsafe impl Send for Callbacks {}
// SAFETY: as above.
unsafe impl Sync for Callbacks {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn texts_and_answers_arrive_as_they_were() {
        for text in ["", "plain", "späte Grüße \u{1F41A}\0 and on"] {
            assert_eq!(Text::new(text).as_str(), text);
            for answer in [Ok(text), Err(text)] {
                let mut slot = None;
                Answer::into_slot(&mut slot).give(answer);
                assert_eq!(slot, Some(answer.map(str::to_owned).map_err(str::to_owned)));
            }
        }
    }

    #[derive(Default)]
    struct Recorder(Mutex<Vec<String>>);

    impl Listener for Recorder {
        fn started(&self) {
            self.0.lock().unwrap().push("started".to_owned());
        }
        fn event(&self, event: &str) {
            self.0.lock().unwrap().push(event.to_owned());
        }
        fn user_data(&self, contents: u32) -> String {
            format!("for {contents}")
        }
    }

    #[test]
    fn callbacks_reach_their_listener() {
        let recorder: &'static Recorder = Box::leak(Box::default());
        let callbacks = Callbacks::new(recorder);
        callbacks.started();
        callbacks.event("{}");
        assert_eq!(callbacks.user_data(7), "for 7");
        assert_eq!(*recorder.0.lock().unwrap(), ["started", "{}"]);
    }
}
