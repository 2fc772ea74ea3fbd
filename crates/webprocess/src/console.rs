//! The page's console, for `console-message` in the main process.

use crate::engine::{ConsoleLine, MessageLevel};
use crate::session::Session;
use conch_wire::{ConsoleLevel, Envelope, MAX_CHANNEL, kind};

/// Longest text that is passed on, in bytes.
const MAX_TEXT: usize = 1 << 20;

/// Sends a line to the main process. While the pipe is congested lines are dropped: a page that
/// logs without end must not displace messages.
pub(crate) fn forward(session: &Session, line: ConsoleLine) {
    let Some(instance) = session.documents.current() else { return };
    if session.link.is_congested() {
        return;
    }
    let level = match line.level {
        MessageLevel::Debug => ConsoleLevel::Verbose,
        MessageLevel::Info => ConsoleLevel::Info,
        MessageLevel::Warning => ConsoleLevel::Warning,
        MessageLevel::Error => ConsoleLevel::Error,
    };
    session.link.post_envelope(&Envelope {
        kind: kind::CONSOLE_MESSAGE,
        flags: level as u8,
        document: instance.document.0,
        id: line.line,
        channel: shortened(line.source),
        payload: cut(line.text, MAX_TEXT).into_bytes(),
        ..Envelope::default()
    });
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
}
