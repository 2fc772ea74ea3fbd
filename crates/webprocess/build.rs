//! Writes the table of the JavaScript files in `preload/`, so that a new file needs no entry in a
//! list.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let crate_folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out_folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let folder = crate_folder.join("../../preload").canonicalize()?;
    #[allow(clippy::print_stdout)] // How a build script talks to cargo.
    {
        println!("cargo::rerun-if-changed={}", folder.display());
    }

    let mut files = Vec::new();
    for entry in fs::read_dir(&folder)? {
        files.push(entry?.path());
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "js"));
    files.sort();

    let mut table = String::from("&[\n");
    for file in &files {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        table += &format!("    (\"./{name}\", include_str!({:?})),\n", Path::new(file));
    }
    table += "]\n";
    fs::write(out_folder.join("preload.in"), table)
}
