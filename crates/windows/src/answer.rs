//! Answers that come when the user, another program or a file is ready.

use serde_json::Value;

use crate::command::CommandError;
use crate::event::Event;
use crate::remote::Reply;
use crate::ui::Events;

/// Where the outcome of a command goes that may take its time: to the caller, who waits, or, for a
/// command with a `request` number, into an event.
pub(crate) enum Answer {
    Reply(Reply),
    Event { request: u32, events: Events },
}

impl Answer {
    /// With a number the caller is answered at once, and told the outcome by an event.
    pub(crate) fn new(reply: Reply, request: Option<u32>, events: &Events) -> Answer {
        match request {
            None => Answer::Reply(reply),
            Some(request) => {
                reply.send(Ok(Value::Null));
                Answer::Event { request, events: events.clone() }
            }
        }
    }

    pub(crate) fn send(self, outcome: Result<Value, CommandError>) {
        match self {
            Answer::Reply(reply) => reply.send(outcome),
            Answer::Event { request, events } => {
                let (value, error) = match outcome {
                    Ok(value) => (value, None),
                    Err(error) => (Value::Null, Some(error.to_string())),
                };
                events(Event::Answered { request, value, error });
            }
        }
    }
}
