//! Any command line is understood or refused, and what follows the app reaches the app as it is.
#![no_main]
#![allow(dead_code)]

#[path = "../../shell/src/arguments.rs"]
mod arguments;

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;

use arguments::Arguments;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let words = bytes.split(|byte| *byte == 0);
    let line: Vec<OsString> = std::iter::once(OsStr::new("conch"))
        .chain(words.map(OsStr::from_bytes))
        .map(OsStr::to_owned)
        .collect();
    let Ok(arguments) = Arguments::of(line.clone()) else { return };
    let _ = arguments.node_options();
    assert!(!(arguments.node && arguments.embedded));
    // The rest is the end of the line, but for a `--` in front of it.
    let rest: Vec<&OsStr> = arguments.rest.iter().map(OsStr::new).collect();
    let end: Vec<&OsStr> = line[line.len() - rest.len()..].iter().map(|word| &**word).collect();
    assert_eq!(rest, end, "{line:?}");
    // A switch for the app is a word of the line, as JavaScript has it.
    for switch in &arguments.switches {
        assert!(line.iter().any(|word| word.to_string_lossy() == **switch), "{line:?}");
    }
});
