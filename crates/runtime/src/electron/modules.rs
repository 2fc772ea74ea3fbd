//! The `electron` module's JavaScript, by the names that its files require each other by.

/// The files as text, for an engine that the bytecode is not for.
pub const MODULES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/electron_sources.rs"));
