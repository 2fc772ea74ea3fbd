//! Writes the tables of the JavaScript files that a renderer has: those in `preload/`, and of the
//! main process's what those require, and what that requires in turn. So a new file needs no entry
//! in a list.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The files of a table: names as they are required, and where the files are.
type Files = BTreeMap<String, PathBuf>;

fn main() -> io::Result<()> {
    let crate_folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out_folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let preload = crate_folder.join("../../preload").canonicalize()?;
    let runtime = crate_folder.join("../runtime/js").canonicalize()?;
    #[allow(clippy::print_stdout)] // How a build script talks to cargo.
    for folder in [&preload, &runtime] {
        println!("cargo::rerun-if-changed={}", folder.display());
    }

    let mut own = Files::new();
    for entry in fs::read_dir(&preload)? {
        let file = entry?.path();
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".js") {
            own.insert(format!("./{name}"), file.clone());
        }
    }
    let shared = shared(&own, &preload, &runtime)?;
    fs::write(out_folder.join("preload.in"), table(&own))?;
    fs::write(out_folder.join("shared.in"), table(&shared))
}

/// What the files in `preload/` require of the main process's files, directly or not, without what
/// loader.js puts another file in the place of.
fn shared(own: &Files, preload: &Path, runtime: &Path) -> io::Result<Files> {
    let loader = fs::read_to_string(preload.join("loader.js"))?;
    let mut shared = Files::new();
    let mut unread: Vec<PathBuf> = own.values().cloned().collect();
    while let Some(file) = unread.pop() {
        let text = fs::read_to_string(&file)?;
        for name in text.split("require('").skip(1).filter_map(|rest| rest.split('\'').next()) {
            let is_replaced = ["", "'"]
                .iter()
                .any(|quote| loader.contains(&format!("    {quote}{name}{quote}: './")));
            let folder = if name.starts_with("electron/") { "" } else { "node/" };
            let path = runtime.join(format!("{folder}{name}.js"));
            // A comment may name what is no file; what is missed is seen by a test of sources.rs.
            if is_replaced || name.starts_with('.') || shared.contains_key(name) || !path.is_file()
            {
                continue;
            }
            shared.insert(name.to_owned(), path.clone());
            unread.push(path);
        }
    }
    Ok(shared)
}

fn table(files: &Files) -> String {
    let lines =
        files.iter().map(|(name, path)| format!("    ({name:?}, include_str!({path:?})),\n"));
    format!("&[\n{}]\n", lines.collect::<String>())
}
