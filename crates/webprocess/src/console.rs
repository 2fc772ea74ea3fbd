//! The page's console, for `console-message` in the main process.

use crate::engine::{ConsoleLine, MessageLevel, MessageSource};
use crate::session::Session;
use conch_wire::{ConsoleLevel, DocumentId, Envelope, MAX_CHANNEL, kind};
use std::cell::Cell;

/// Longest text that is passed on, in bytes.
const MAX_TEXT: usize = 1 << 20;

/// What WebKit writes before the reason of a rejection that nobody handled.
const REJECTION: &str = "Unhandled Promise Rejection: ";

/// What a script said of the line that it is about to write; WebKit knows its first argument only,
/// and not its document.
#[derive(Default)]
pub(crate) struct Console {
    noted: Cell<Option<(DocumentId, String)>>,
}

impl Console {
    /// Takes the text of the next line.
    pub(crate) fn note(&self, document: DocumentId, text: String) {
        self.noted.set(Some((document, text)));
    }
}

/// Sends a line to the main process. While the pipe is congested lines are dropped: a page that
/// logs without end must not displace messages.
pub(crate) fn forward(session: &Session, line: ConsoleLine) {
    let noted =
        if line.origin == MessageSource::Console { session.console.noted.take() } else { None };
    if session.link.is_congested() {
        return;
    }
    let (document, text) = match noted {
        Some(noted) => noted,
        None => {
            let Some(instance) = session.documents.current() else { return };
            (instance.document, text_of(&line))
        }
    };
    let level = match line.level {
        MessageLevel::Debug => ConsoleLevel::Verbose,
        MessageLevel::Info => ConsoleLevel::Info,
        MessageLevel::Warning => ConsoleLevel::Warning,
        MessageLevel::Error => ConsoleLevel::Error,
    };
    session.link.post_envelope(&Envelope {
        kind: kind::CONSOLE_MESSAGE,
        flags: level as u8,
        document: document.0,
        id: line.line,
        channel: shortened(line.source),
        payload: cut(text, MAX_TEXT).into_bytes(),
        ..Envelope::default()
    });
}

/// A line's text, in Chromium's words where it is an exception that nobody caught.
fn text_of(line: &ConsoleLine) -> String {
    if line.origin != MessageSource::JavaScript || line.level != MessageLevel::Error {
        return line.text.clone();
    }
    let (head, thrown) = match line.text.strip_prefix(REJECTION) {
        Some(reason) => ("Uncaught (in promise)", reason),
        None => ("Uncaught", line.text.as_str()),
    };
    // An object that is no error.
    let thrown = if thrown == "[object Object]" { "#<Object>" } else { thrown };
    format!("{head} {thrown}")
}

/// An address that fits a message's channel field; `data:` addresses may be of any length.
pub(crate) fn shortened(url: String) -> String {
    cut(url, MAX_CHANNEL)
}

fn cut(mut text: String, limit: usize) -> String {
    let mut length = text.len().min(limit);
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    text.truncate(length);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(cut("aé".to_owned(), 2), "a");
        assert_eq!(cut("aé".to_owned(), 3), "aé");
        assert_eq!(cut("aé".to_owned(), 99), "aé");
    }

    #[test]
    fn fact_119_what_nobody_caught_is_told_in_chromiums_words() {
        let text = |origin, level, text: &str| {
            let (text, source) = (text.to_owned(), String::new());
            text_of(&ConsoleLine { origin, level, text, source, line: 0 })
        };
        let uncaught = |it| text(MessageSource::JavaScript, MessageLevel::Error, it);
        assert_eq!(uncaught("TypeError: x"), "Uncaught TypeError: x");
        assert_eq!(uncaught("[object Object]"), "Uncaught #<Object>");
        let rejected = "Unhandled Promise Rejection: Error: x";
        assert_eq!(uncaught(rejected), "Uncaught (in promise) Error: x");
        assert_eq!(text(MessageSource::Console, MessageLevel::Error, "Error: x"), "Error: x");
        assert_eq!(text(MessageSource::JavaScript, MessageLevel::Warning, "old"), "old");
    }
}
