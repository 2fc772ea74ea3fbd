//! The JavaScript that boots in a renderer, compiled into the library.

/// One file and how it is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) text: &'static str,
    /// The parameters of the function around the text.
    pub(crate) parameters: &'static str,
}

/// The file that puts the others together; see there.
pub(crate) const LOADER: &str = include_str!("../../../preload/loader.js");

/// Runs first in the world of the preload scripts.
pub(crate) const BOOTSTRAP: &str = "./bootstrap.js";

/// Runs first in the page's world where that is another one.
pub(crate) const MAIN_WORLD: &str = "./main-world.js";

/// Runs first in a world of the app's own.
pub(crate) const OWN_WORLD: &str = "./world-side.js";

/// Everything in `preload/`, by the name that is required.
static INTERNAL: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/preload.in"));

/// What the main process's JavaScript has as well and a renderer uses as it is.
static SHARED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shared.in"));

/// Finds a file by the name that is required.
pub(crate) fn find(name: &str) -> Option<Source> {
    let internal = "exports, require, module, native, primordials";
    let shared = "exports, require, module, process, internalBinding";
    let tables = [(INTERNAL, internal), (SHARED, shared)];
    tables.into_iter().find_map(|(table, parameters)| {
        let (_, text) = table.iter().find(|(known, _)| *known == name)?;
        Some(Source { text, parameters })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_files_are_here() {
        assert!(find(BOOTSTRAP).is_some_and(|it| it.parameters.ends_with("primordials")));
        assert!(find(MAIN_WORLD).is_some() && find(OWN_WORLD).is_some());
        assert!(find("events").is_some_and(|it| it.parameters.ends_with("internalBinding")));
        assert_eq!(find("child_process"), None);
    }

    /// The shared files change with the main process's needs.
    #[test]
    fn what_shared_files_require_is_here() {
        for (file, text) in SHARED {
            for name in text.split("require('").skip(1).filter_map(|rest| rest.split('\'').next()) {
                let is_replaced = LOADER.contains(&format!("'{name}': './"));
                assert!(is_replaced || find(name).is_some(), "{file} requires {name}");
            }
        }
    }
}
