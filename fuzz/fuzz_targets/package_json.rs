//! Any package.json gives an app whose main script is there, or an error that names the file.
#![no_main]
#![allow(dead_code)]

#[path = "../../shell/src/app.rs"]
mod app;

use std::path::PathBuf;
use std::sync::LazyLock;

use app::App;
use libfuzzer_sys::fuzz_target;

/// An app, but for its package.json.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let target = concat!(env!("CARGO_MANIFEST_DIR"), "/target/apps");
    let folder = PathBuf::from(target).join(std::process::id().to_string());
    std::fs::create_dir_all(folder.join("lib")).expect("a folder");
    for script in ["index.js", "main.json", "lib/index.js"] {
        std::fs::write(folder.join(script), "").expect("a script");
    }
    folder.canonicalize().expect("the folder")
});

fuzz_target!(|bytes: &[u8]| {
    let path = FOLDER.join("package.json");
    std::fs::write(&path, bytes).expect("a package.json");
    match App::find(&FOLDER) {
        Ok(app) => {
            assert!(app.main.is_absolute() && app.main.is_file(), "{app:?}");
            assert!(!app.name.trim().is_empty(), "{app:?}");
            assert_eq!(app.folder, *FOLDER);
        }
        Err(error) => {
            let text = error.to_string();
            assert!(text.contains(&*FOLDER.to_string_lossy()) || text.contains("does not exist"));
        }
    }
});
