//! The app that runs when none is named. It is part of the binary and is unpacked into the private
//! folder of this process, which goes when the process ends.

use std::path::Path;

use crate::app::{App, AppError};

const FILES: &[(&str, &str)] = &[
    ("package.json", include_str!("../../renderer-assets/default-app/package.json")),
    ("main.js", include_str!("../../renderer-assets/default-app/main.js")),
    ("preload.js", include_str!("../../renderer-assets/default-app/preload.js")),
    ("index.html", include_str!("../../renderer-assets/default-app/index.html")),
    ("style.css", include_str!("../../renderer-assets/default-app/style.css")),
    ("page.js", include_str!("../../renderer-assets/default-app/page.js")),
];

pub(crate) fn unpack(folder: &Path) -> Result<App, AppError> {
    let folder = folder.join("default-app");
    let fail = |source| AppError::Unreadable { path: folder.clone(), source };
    std::fs::create_dir_all(&folder).map_err(fail)?;
    for (name, text) in FILES {
        std::fs::write(folder.join(name), text).map_err(fail)?;
    }
    App::find(&folder)
}
