//! `cargo xtask unsafe`: every piece of unsafe code with the reason why it is sound, as the comment
//! above it says. What has no reason fails.

use std::path::{Path, PathBuf};

use crate::{Failure, commands, say};

/// Folders with Rust that may be unsafe. This crate, whose tests have the word in them, denies it.
const FOLDERS: [&str; 3] = ["crates", "shell", "fuzz/fuzz_targets"];

/// A piece of unsafe code.
#[derive(Debug, PartialEq)]
struct Piece {
    /// Its line, from 1 on.
    line: usize,
    /// What the comment says behind `SAFETY:`.
    reason: Option<String>,
}

/// The command: lists all.
pub(crate) fn run() -> Result<(), Failure> {
    look(true)
}

/// For the test run: says how much there is.
pub(crate) fn check() -> Result<(), Failure> {
    look(false)
}

fn look(list: bool) -> Result<(), Failure> {
    let root = commands::root();
    let mut files = Vec::new();
    for folder in FOLDERS {
        gather(&root.join(folder), &mut files)?;
    }
    files.sort();
    let (mut count, mut missing) = (0, Vec::new());
    for file in &files {
        let text = std::fs::read_to_string(file).map_err(|e| unreadable(file, &e))?;
        let name = file.strip_prefix(&root).unwrap_or(file).display();
        for Piece { line, reason } in pieces(&text) {
            count += 1;
            match reason {
                Some(reason) if list => say(format!("{name}:{line}: {reason}")),
                Some(_) => {}
                None => missing.push(format!("{name}:{line}")),
            }
        }
    }
    say(format!("{count} pieces of unsafe code"));
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("unsafe code without a `SAFETY:` comment: {}", missing.join(", "))))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} cannot be read: {error}", path.display()))
}

/// All files with Rust below a folder.
fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(folder).map_err(|e| unreadable(folder, &e))? {
        let path = entry.map_err(|e| unreadable(folder, &e))?.path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() && name != "target" && name != "node_modules" {
            gather(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// What a file asserts: unsafe blocks, implementations of unsafe traits, and declarations of what other
/// libraries have. An unsafe function asserts nothing; it is for the blocks that call it to do so.
fn pieces(text: &str) -> Vec<Piece> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_piece = |line: &&str| {
        let code = line.split("//").next().unwrap_or_default();
        let is_claim = ["unsafe {", "unsafe impl", "unsafe extern \"C\" {"];
        is_claim.iter().any(|claim| code.contains(claim)) && !code.contains("\"unsafe")
    };
    let found = lines.iter().enumerate().filter(|(_, line)| is_piece(line));
    found.map(|(at, _)| Piece { line: at + 1, reason: reason(&lines, at) }).collect()
}

/// The reason above the statement or the item that line `at` belongs to.
fn reason(lines: &[&str], at: usize) -> Option<String> {
    let above = lines.get(..at)?;
    let is_comment = |line: &str| line.starts_with("//");
    // A statement may begin some lines before the word; it is above all of them that the comment is.
    let end = above
        .iter()
        .rposition(|line| is_comment(line) || line.is_empty() || line.ends_with([';', '{', '}']))?;
    let start = above[..=end].iter().rposition(|line| !is_comment(line)).map_or(0, |at| at + 1);
    let words: Vec<&str> =
        above[start..=end].iter().map(|line| line.trim_start_matches(['/', ' ', '!'])).collect();
    let comment = words.join(" ");
    let reason = comment.split_once("SAFETY:")?.1.trim();
    (!reason.is_empty()).then(|| reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons(text: &str) -> Vec<Option<String>> {
        pieces(text).into_iter().map(|piece| piece.reason).collect()
    }

    #[test]
    fn a_reason_stands_above_its_statement() {
        let text = "fn f() {\n    // SAFETY: it lives\n    // long.\n    let x =\n        unsafe { g() };\n}";
        assert_eq!(reasons(text), [Some("it lives long.".to_owned())]);
        let item = "// SAFETY: as declared there.\n#[link(name = \"x\")]\nunsafe extern \"C\" {\n}";
        assert_eq!(reasons(item), [Some("as declared there.".to_owned())]);
    }

    #[test]
    fn what_has_no_reason_is_seen() {
        for text in [
            "fn f() {\n    unsafe { g() }\n}",
            "// SAFETY: of another one\nlet x = unsafe { g() };\nlet y = unsafe { g() };",
            "// SAFETY:\nunsafe impl Send for X {}",
            "// A comment.\nunsafe extern \"C\" {\n}",
        ] {
            assert!(reasons(text).contains(&None), "{text}");
        }
    }

    #[test]
    fn words_are_no_code() {
        let text = "//! unsafe code\n#![allow(unsafe_code)]\n#[unsafe(no_mangle)]\n\
            pub type F = unsafe extern \"C\" fn();\nunsafe extern \"C\" fn f() {}\nlet x = \"unsafe {\"; // unsafe {";
        assert_eq!(pieces(text), []);
    }
}
