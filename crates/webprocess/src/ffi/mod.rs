//! What this crate needs of three C libraries: the declarations as their headers have them, and
//! nothing else. The modules `script`, `engine` and `main_loop` put safe types around them; no
//! other module calls in here.
#![allow(unsafe_code)]

pub(crate) mod glib;
pub(crate) mod jsc;
pub(crate) mod webkit;
