//! The build script as a build meets it: files that come and go, and one that does not compile.
#![allow(missing_docs, dead_code, clippy::unwrap_used)]
#![allow(clippy::print_stdout, reason = "how a build script talks to cargo")]

use std::fs;
use std::path::PathBuf;

#[path = "../build.rs"]
mod build_script;

/// A crate's folder with these files, and a folder for what is made of them.
fn crate_with(name: &str, files: &[(&str, &str)]) -> (PathBuf, PathBuf) {
    let root = std::env::temp_dir().join(format!("conch-build-{name}-{}", std::process::id()));
    let out = root.join("out");
    for folder in [&root.join("js/node/internal"), &root.join("js/electron"), &out] {
        fs::create_dir_all(folder).unwrap();
    }
    for (file, text) in files {
        fs::write(root.join(file), text).unwrap();
    }
    (root, out)
}

#[test]
fn a_file_that_does_not_compile_fails_the_build_with_its_place() {
    for file in ["js/node/internal/broken.js", "js/electron/broken.js"] {
        let text = "// A module.\nexports.a = 1;\nlet y = ;\n";
        let (root, out) = crate_with("broken", &[("js/node/fine.js", ""), (file, text)]);
        let error = build_script::run(&root, &out).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{file}:3:9: SyntaxError: ")), "{error}");
        fs::remove_dir_all(&root).unwrap();
    }
}

#[test]
fn every_file_is_found_under_its_name_and_in_the_order_of_names() {
    let files = [
        ("js/node/b.js", "exports.b = 1"),
        ("js/node/internal/a.js", "exports.a = 1"),
        ("js/node/internal.d.ts", "no JavaScript"),
        ("js/electron/c.js", "exports.c = 1"),
    ];
    let (root, out) = crate_with("found", &files);
    build_script::run(&root, &out).unwrap();
    let bytecode = fs::read_to_string(out.join("bytecode.rs")).unwrap();
    let names: Vec<&str> =
        bytecode.split("    (\"").skip(1).filter_map(|l| l.split('"').next()).collect();
    assert_eq!(names, ["b", "electron/c", "internal/a"]);
    let sources = fs::read_to_string(out.join("electron_sources.rs")).unwrap();
    assert!(sources.contains("electron/c") && !sources.contains("internal/a"), "{sources}");
    fs::remove_dir_all(&root).unwrap();
}
