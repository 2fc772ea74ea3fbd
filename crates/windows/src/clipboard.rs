//! The clipboards of the desktop: the one of copy and paste, and X11's selection.

use std::collections::BTreeMap;

use gtk::gdk::{self, Atom};
use gtk::{Clipboard, TargetEntry, TargetFlags};
use serde::Deserialize;
use serde_json::json;

use crate::command::CommandError;
use crate::remote::Reply;

const TEXT: &str = "text/plain";

/// Which clipboard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClipboardKind {
    /// That of copy and paste.
    #[default]
    Clipboard,
    /// What is marked, pasted with the middle button.
    Selection,
}

impl ClipboardKind {
    fn clipboard(self) -> Clipboard {
        Clipboard::get(match self {
            ClipboardKind::Clipboard => &gdk::SELECTION_CLIPBOARD,
            ClipboardKind::Selection => &gdk::SELECTION_PRIMARY,
        })
    }
}

/// Answers what the clipboard holds in this format, as a text; null if it has none of it. Whoever
/// owns the contents has to answer for it; GTK gives up on one that does not.
pub(crate) fn read(kind: ClipboardKind, format: &str, reply: Reply) {
    let clipboard = kind.clipboard();
    if format == TEXT {
        clipboard.request_text(move |_, text| reply.send(Ok(json!(text))));
        return;
    }
    clipboard.request_contents(&Atom::intern(format), move |_, contents| {
        // A format that is not there has a negative length.
        let text = (contents.length() >= 0).then(|| decode(&contents.data()));
        reply.send(Ok(json!(text)));
    });
}

/// Answers the formats that the clipboard holds, by their MIME types.
pub(crate) fn formats(kind: ClipboardKind, reply: Reply) {
    let clipboard = kind.clipboard();
    clipboard.request_contents(&Atom::intern("TARGETS"), move |_, contents| {
        let mut names: Vec<String> =
            contents.targets().unwrap_or_default().iter().map(|atom| atom.name().into()).collect();
        // X11 has older names of the same.
        let of_text = |name: &String| ["UTF8_STRING", "STRING", "TEXT", TEXT].contains(&&**name);
        let has_text = names.iter().any(of_text);
        names.retain(|name| name.contains('/') && !name.contains(';') && name != TEXT);
        if has_text {
            names.insert(0, TEXT.into());
        }
        reply.send(Ok(json!(names)));
    });
}

/// Puts one thing in several formats there, in the place of what was there.
pub(crate) fn write(
    kind: ClipboardKind,
    data: BTreeMap<String, String>,
) -> Result<(), CommandError> {
    let formats: Vec<String> = data.keys().cloned().collect();
    let targets = entries(&formats);
    let given = kind.clipboard().set_with_data(&targets, move |_, selection, index| {
        let format = formats.get(index as usize);
        let Some((format, text)) = format.and_then(|it| data.get_key_value(it)) else { return };
        if format == TEXT {
            selection.set_text(text);
        } else {
            selection.set(&selection.target(), 8, &encode(format, text));
        }
    });
    if given {
        return Ok(());
    }
    Err(CommandError::Failed("The clipboard cannot be written".to_owned()))
}

fn entries(formats: &[String]) -> Vec<TargetEntry> {
    let mut entries = Vec::new();
    for (index, format) in (0..).zip(formats) {
        let names: &[&str] = if format == TEXT {
            &["UTF8_STRING", "text/plain;charset=utf-8", TEXT, "STRING", "TEXT"]
        } else {
            &[format]
        };
        let entry = |name: &&str| TargetEntry::new(name, TargetFlags::empty(), index);
        entries.extend(names.iter().map(entry));
    }
    entries
}

/// Empties it.
pub(crate) fn clear(kind: ClipboardKind) {
    // GTK clears only what this process owns; to own it first takes it from whoever does.
    let clipboard = kind.clipboard();
    clipboard.set_text("");
    clipboard.clear();
}

/// Mozilla's format for an address with its title is the one that is not in UTF-8.
fn encode(format: &str, text: &str) -> Vec<u8> {
    if format == "text/x-moz-url" {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else {
        text.as_bytes().to_vec()
    }
}

/// Text in UTF-8, or in UTF-16 if every second byte of the start is zero, as browsers write it.
fn decode(bytes: &[u8]) -> String {
    let (units, rest) = bytes.as_chunks::<2>();
    let looks_wide = rest.is_empty() && units.first().is_some_and(|unit| unit[1] == 0);
    if looks_wide {
        let units: Vec<u16> = units.iter().copied().map(u16::from_le_bytes).collect();
        String::from_utf16_lossy(&units)
    } else {
        String::from_utf8_lossy(bytes).trim_end_matches('\0').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mozillas_format_is_wide() {
        let bytes = encode("text/x-moz-url", "a:b\nü");
        assert_eq!(bytes.len(), 10);
        assert_eq!(decode(&bytes), "a:b\nü");
        assert_eq!(decode(&encode("text/html", "<b>ü</b>")), "<b>ü</b>");
        assert_eq!(decode(b""), "");
    }
}
