//! The `electron` module's JavaScript, by the names that its files require each other by.

macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        &[$((
            concat!("electron/", $name),
            include_str!(concat!("../../js/electron/", $name, ".js")),
        )),*]
    };
}

/// What [`crate::HostOptions::internal_modules`] has to hold for the module to work.
pub const MODULES: &[(&str, &str)] = embed![
    "api-names",
    "app",
    "app-lifecycle",
    "app-paths",
    "arguments",
    "base-window",
    "browser-window",
    "command-line",
    "dialog",
    "engine-events",
    "event",
    "file-url",
    "index",
    "ipc-dispatch",
    "ipc-event",
    "ipc-main",
    "load-events",
    "menu",
    "message-channel",
    "navigation",
    "renderer-process",
    "uncloneable",
    "unsupported",
    "warnings",
    "web-contents",
    "web-contents-load",
    "web-contents-script",
    "web-contents-state",
    "web-frame-main",
    "web-preferences",
    "window-close",
    "window-events",
    "window-options",
    "window-state",
];
