//! Calling the UI thread from another thread.

use std::sync::mpsc;
use std::thread::{self, ThreadId};

use serde_json::Value;
use tao::event_loop::EventLoopProxy;

use crate::command::{Command, CommandError};

/// A command on its way to the UI thread, with the place its answer goes.
pub(crate) struct Request {
    pub(crate) command: Command,
    pub(crate) reply: Reply,
}

/// Answers one command. Dropped unanswered, it answers that the UI thread is gone.
pub(crate) struct Reply(mpsc::Sender<Result<Value, CommandError>>);

impl Reply {
    pub(crate) fn send(self, answer: Result<Value, CommandError>) {
        // The caller can only be gone if its thread is; then nobody misses the answer.
        let _ = self.0.send(answer);
    }
}

/// A handle to the UI thread for other threads. Clones are equal.
#[derive(Clone)]
pub struct Remote {
    proxy: EventLoopProxy<Request>,
    ui_thread: ThreadId,
}

impl Remote {
    /// Made on the UI thread.
    pub(crate) fn new(proxy: EventLoopProxy<Request>) -> Remote {
        Remote { proxy, ui_thread: thread::current().id() }
    }

    /// Has the UI thread carry out a command, and waits for its answer. A message box answers when
    /// the user does; everything else answers at once.
    ///
    /// # Errors
    /// What went wrong, told so that it can be shown to the app's author.
    /// [`CommandError::UiGone`] when the UI thread has ended.
    pub fn call(&self, command: Command) -> Result<Value, CommandError> {
        if thread::current().id() == self.ui_thread {
            return Err(CommandError::OnUiThread);
        }
        let (sender, answer) = mpsc::channel();
        let request = Request { command, reply: Reply(sender) };
        self.proxy.send_event(request).map_err(|_| CommandError::UiGone)?;
        answer.recv().unwrap_or(Err(CommandError::UiGone))
    }

    /// As [`Remote::call`], with both the command and the answer in JSON.
    ///
    /// # Errors
    /// As [`Remote::call`], and for JSON that is no command.
    pub fn call_json(&self, json: &str) -> Result<String, CommandError> {
        self.call(Command::from_json(json)?).map(|answer| answer.to_string())
    }
}
