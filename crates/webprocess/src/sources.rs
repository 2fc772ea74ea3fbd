//! The JavaScript that boots in a renderer, compiled into the library.

/// How a file's functions are called: the names of the parameters around its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrapper {
    /// A file of `preload/`.
    Internal,
    /// A Node module that the main process's JavaScript has as well.
    Node,
}

impl Wrapper {
    /// The parameters, separated by commas.
    pub(crate) fn parameters(self) -> &'static str {
        match self {
            Wrapper::Internal => "exports, require, module, native, primordials",
            Wrapper::Node => "exports, require, module, process, internalBinding",
        }
    }
}

/// One file.
#[derive(Debug)]
pub(crate) struct Source {
    /// What other files `require`.
    pub(crate) name: &'static str,
    pub(crate) wrapper: Wrapper,
    pub(crate) text: &'static str,
}

/// The file that puts the others together; see there.
pub(crate) const LOADER: &str = include_str!("../../../preload/loader.js");

/// Runs first in the world of the preload scripts.
pub(crate) const BOOTSTRAP: &str = "./bootstrap.js";

/// Runs first in the page's world where that is another one.
pub(crate) const MAIN_WORLD: &str = "./main-world.js";

macro_rules! internal {
    ($($file:literal)*) => {
        [$(Source {
            name: concat!("./", $file),
            wrapper: Wrapper::Internal,
            text: include_str!(concat!("../../../preload/", $file)),
        }),*]
    };
}

macro_rules! shared {
    ($($name:literal in $folder:literal)*) => {
        [$(Source {
            name: $name,
            wrapper: Wrapper::Node,
            text: include_str!(concat!("../../runtime/js/", $folder, $name, ".js")),
        }),*]
    };
}

static INTERNAL: &[Source] = &internal! {
    "bootstrap.js"
    "bridge-side.js"
    "bridge-values.js"
    "codec-kinds.js"
    "codec-read-objects.js"
    "codec-read.js"
    "codec-records.js"
    "codec-slots.js"
    "codec-strings.js"
    "codec-tags.js"
    "codec-write-objects.js"
    "codec-write.js"
    "codec.js"
    "context-bridge.js"
    "electron-module.js"
    "evaluate.js"
    "ipc-renderer.js"
    "main-world.js"
    "message-ports.js"
    "messages.js"
    "node-bindings.js"
    "node-globals.js"
    "port-bridge.js"
    "port-ends.js"
    "port-handover.js"
    "port-realm.js"
    "port-transfer.js"
    "preload-scripts.js"
    "primordials.js"
    "process.js"
    "queue.js"
    "require.js"
    "tasks.js"
    "timers.js"
    "turn.js"
    "url.js"
    "utf8.js"
    "wire.js"
};

/// What the main process's JavaScript has as well and a renderer can use as it is.
static SHARED: &[Source] = &shared! {
    "electron/unsupported" in ""
    "electron/warnings" in ""
    "events" in "node/"
    "internal/errors" in "node/"
    "internal/event_target" in "node/"
    "internal/format" in "node/"
    "internal/inspect" in "node/"
    "internal/inspect_errors" in "node/"
    "internal/inspect_kinds" in "node/"
    "internal/inspect_layout" in "node/"
    "internal/types" in "node/"
    "path" in "node/"
};

/// Finds a file by the name that is required.
pub(crate) fn find(name: &str) -> Option<&'static Source> {
    INTERNAL.iter().chain(SHARED).find(|source| source.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_file_of_preload_is_here() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../preload");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let files: BTreeSet<String> = files
            .map(|name| name.into_string().unwrap())
            .filter(|name| name.ends_with(".js") && name != "loader.js")
            .map(|name| format!("./{name}"))
            .collect();
        let here: BTreeSet<String> = INTERNAL.iter().map(|it| it.name.to_owned()).collect();
        assert_eq!(here, files);
    }
}
