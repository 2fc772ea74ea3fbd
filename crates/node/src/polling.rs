//! Polling instead of sleeping, while an answer is about to come.
//!
//! A round trip between a page and Node passes the shell twice, and each time a sleeping thread is
//! woken, which takes longer than all that is done with the message. So for some microseconds
//! after a message the shell looks again and again, and sleeps when nothing came. It gives way to
//! whatever else wants the processor.

use std::cell::Cell;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// How long after a message the next is waited for awake: the time in which Node is woken and a
/// short handler answers. A thread that polled much longer would cost more than it saves.
const AWAKE: Duration = Duration::from_micros(100);

/// When the last message passed.
#[derive(Debug)]
pub(crate) struct Polling {
    last: Cell<Instant>,
    passed: Notify,
    /// On a single processor, polling would only keep Node from running.
    is_useful: bool,
}

impl Polling {
    pub(crate) fn new() -> Polling {
        let is_useful = std::thread::available_parallelism().is_ok_and(|count| count.get() > 1);
        Polling { last: Cell::new(Instant::now()), passed: Notify::new(), is_useful }
    }

    /// A message passed, in one direction or the other.
    pub(crate) fn passed(&self) {
        if self.is_useful {
            self.last.set(Instant::now());
            self.passed.notify_one();
        }
    }

    /// Keeps this thread awake after each message, for ever.
    pub(crate) async fn run(&self) {
        loop {
            self.passed.notified().await;
            while self.last.get().elapsed() < AWAKE {
                std::thread::yield_now();
                // Lets the event loop look at its sockets without waiting for them.
                tokio::task::yield_now().await;
            }
        }
    }
}
