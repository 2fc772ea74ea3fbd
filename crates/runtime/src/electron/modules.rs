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
    "arguments",
    "event",
    "file-url",
    "ipc-dispatch",
    "ipc-event",
    "ipc-main",
    "load-events",
    "message-channel",
    "navigation",
    "unsupported",
    "warnings",
    "web-contents",
    "web-contents-load",
    "web-contents-script",
    "web-contents-state",
    "web-frame-main",
    "web-preferences",
];
