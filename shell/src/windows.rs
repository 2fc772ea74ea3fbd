//! The window system from the outside: when it is loaded, calling it, and how the process ends.
//!
//! Loading WebKitGTK takes longer than everything else that a start takes, and more memory. So
//! the first thread, which is to be the UI thread, waits until there is a command for it, the
//! first window as a rule, and loads the library then; whoever called waits for that. An app
//! without a window never pays for one.
//!
//! Where it is not sure that windows can be had at all, they are loaded before the app is ready:
//! a system without WebKitGTK is to be heard of at the start and not when a window is wanted.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use conch_broker::WebContentsId;
use conch_windows_abi::Listener;
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedSender;

use crate::configurations::Configurations;
use crate::javascript::Message;
use crate::library::{Library, LoadError};

/// How far the window system is.
#[derive(Clone, Copy)]
enum Phase {
    /// Nobody has wanted it so far.
    Unwanted,
    /// The UI thread is to load it, or does.
    Wanted,
    /// It takes commands.
    Up(&'static Library),
    /// There is none, or none any more: the process ends.
    Gone,
}

struct State {
    phase: Phase,
    /// The app's exit code, once it has ended.
    ended: Option<i32>,
    /// There can be no windows, and the process ends with the reason.
    failed: bool,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// For tasks, which wait without a thread.
    up: Notify,
    /// Whether windows can be had as far as can be told without loading them.
    sure: bool,
}

/// A handle to the UI thread. Clones are equal.
#[derive(Clone)]
pub(crate) struct Windows(Arc<Shared>);

/// Why there are no windows.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WindowsError {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("{0}")]
    Failed(String),
}

impl Windows {
    /// `sure` if all signs say that there can be windows.
    pub(crate) fn new(sure: bool) -> Windows {
        let state = Mutex::new(State { phase: Phase::Unwanted, ended: None, failed: false });
        Windows(Arc::new(Shared { state, changed: Condvar::new(), up: Notify::new(), sure }))
    }

    /// The life of the UI thread: waits until windows are wanted, loads the library and runs it,
    /// which ends the process. Gives the app's exit code if it ended without windows.
    ///
    /// # Errors
    /// There can be no windows. The process must end then: who waits for them waits on, so that
    /// the reason is the last thing that is heard of the app.
    pub(crate) fn run(
        &self,
        library: &Path,
        options: &str,
        told: Told,
    ) -> Result<i32, WindowsError> {
        let outcome = self.load_and_run(library, options, told);
        match outcome {
            Ok(_) => self.set(Phase::Gone),
            Err(_) => self.lock().failed = true,
        }
        outcome
    }

    /// Whether the process ends because there can be no windows: nothing else is to be heard then.
    pub(crate) fn have_failed(&self) -> bool {
        self.lock().failed
    }

    fn load_and_run(&self, library: &Path, options: &str, told: Told) -> Result<i32, WindowsError> {
        let waiting =
            |state: &State| state.ended.is_none() && matches!(state.phase, Phase::Unwanted);
        if let Some(code) = self.wait_while(waiting).ended {
            return Ok(code);
        }
        let library: &'static Library = Box::leak(Box::new(Library::load(library)?));
        if let Some(code) = self.lock().ended {
            return Ok(code);
        }
        let listener = ToldAt { told, windows: self.clone(), library };
        let error = library.run(options, Box::leak(Box::new(listener)));
        Err(WindowsError::Failed(error))
    }

    /// Has the window system loaded, without waiting for it.
    pub(crate) fn want(&self) {
        let mut state = self.lock();
        if matches!(state.phase, Phase::Unwanted) {
            state.phase = Phase::Wanted;
            self.0.changed.notify_all();
        }
    }

    /// Waits until it is sure that there are windows; for ever where there are none, for then the
    /// process ends.
    pub(crate) async fn sure(&self) {
        let up = self.0.up.notified();
        if !self.0.sure && !matches!(self.lock().phase, Phase::Up(_)) {
            self.want();
            up.await;
        }
    }

    /// Has the UI thread carry out a command, JSON in and out, and waits for the answer.
    ///
    /// # Errors
    /// The text of the error that JavaScript throws.
    pub(crate) fn call(&self, command: &str) -> Result<String, String> {
        self.want();
        // The lock is not held during the call: a message box waits for a person.
        let phase = self.wait_while(|state| matches!(state.phase, Phase::Wanted)).phase;
        match phase {
            Phase::Up(library) => library.call(command),
            _ => Err("The UI thread has ended".to_owned()),
        }
    }

    /// Ends the process with this code. To be called last.
    pub(crate) fn end(&self, code: i32) {
        self.lock().ended = Some(code);
        self.0.changed.notify_all();
        let phase = self.wait_while(|state| matches!(state.phase, Phase::Wanted)).phase;
        if let Phase::Up(library) = phase {
            let quit = serde_json::json!({ "cmd": "quit", "code": code });
            // If the UI thread is gone, so is the process.
            let _ = library.call(&quit.to_string());
        }
    }

    fn set(&self, phase: Phase) {
        self.lock().phase = phase;
        self.0.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_while(&self, holds: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let waiting = self.0.changed.wait_while(self.lock(), |state| holds(state));
        waiting.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who is told what happens at windows.
pub(crate) struct Told {
    pub(crate) messages: UnboundedSender<Message>,
    pub(crate) configurations: Configurations,
}

/// What the UI thread calls.
struct ToldAt {
    told: Told,
    windows: Windows,
    library: &'static Library,
}

impl Listener for ToldAt {
    fn started(&self) {
        self.windows.set(Phase::Up(self.library));
        self.windows.0.up.notify_waiters();
    }

    fn event(&self, event: &str) {
        // An event after the end of JavaScript has nobody to tell.
        let _ = self.told.messages.send(Message::Ui(event.to_owned()));
    }

    fn user_data(&self, contents: u32) -> String {
        self.told.configurations.for_new_process(WebContentsId(contents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_that_ends_before_windows_are_wanted_ends_without_them() {
        let windows = Windows::new(true);
        let ending = windows.clone();
        let ended = std::thread::spawn(move || ending.end(7));
        let (messages, _inbox) = tokio::sync::mpsc::unbounded_channel();
        let configurations = Configurations::new(conch_broker::Admission::new(), "/nowhere".into());
        let code =
            windows.run(Path::new("/nowhere/conch"), "{}", Told { messages, configurations });
        assert!(matches!(code, Ok(7)), "{code:?}");
        assert!(ended.join().is_ok());
        assert_eq!(windows.call("{}"), Err("The UI thread has ended".to_owned()));
    }
}
