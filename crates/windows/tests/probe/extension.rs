//! A web-process extension that writes down in which process it was started, and with what user
//! data: one line each, `<pid> <user data>`, appended to the file named by `CONCH_PROBE_LOG`.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_void};
use std::io::Write;

use gtk::glib::ffi::{GVariant, g_variant_get_string};

/// WebKit's entry point.
///
/// # Safety
/// Called by WebKit alone, with user data that is null or a variant.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn webkit_web_extension_initialize_with_user_data(
    _extension: *mut c_void,
    user_data: *mut GVariant,
) {
    let Some(path) = std::env::var_os("CONCH_PROBE_LOG") else { return };
    let text = if user_data.is_null() {
        "none".into()
    } else {
        // SAFETY: WebKit hands us the variant that the UI process set, a string, and keeps it alive
        // during this call.
        unsafe { CStr::from_ptr(g_variant_get_string(user_data, std::ptr::null_mut())) }
            .to_string_lossy()
    };
    let line = format!("{} {text}\n", std::process::id());
    let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
    if let Ok(mut file) = file {
        let _ = file.write_all(line.as_bytes());
    }
}
