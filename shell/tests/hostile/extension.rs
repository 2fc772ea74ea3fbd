//! A web-process extension for the tests of hostile renderers. In the web process of WebContents 1
//! it only writes down its start-up data, one line in the file named by `CONCH_TEST_LOG`, so that
//! the test can play that renderer. In any other it hands over to Conch's own extension,
//! `CONCH_TEST_REAL`.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString, c_char, c_void};
use std::io::Write;
use std::os::unix::ffi::OsStringExt;

// SAFETY: as glib.h declares it.
#[link(name = "glib-2.0")]
unsafe extern "C" {
    fn g_variant_get_string(value: *mut c_void, length: *mut usize) -> *const c_char;
}

type Entry = unsafe extern "C" fn(*mut c_void, *mut c_void);

/// WebKit's entry point.
///
/// # Safety
/// Called by WebKit alone, with the string that the main process set as user data.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn webkit_web_extension_initialize_with_user_data(
    extension: *mut c_void,
    user_data: *mut c_void,
) {
    if user_data.is_null() {
        return;
    }
    // SAFETY: the main process always sets a string, which outlives this call.
    let text = unsafe { CStr::from_ptr(g_variant_get_string(user_data, std::ptr::null_mut())) };
    let text = text.to_string_lossy();
    if let Some(log) = std::env::var_os("CONCH_TEST_LOG")
        && let Ok(mut log) = std::fs::OpenOptions::new().append(true).create(true).open(log)
    {
        let _ = writeln!(log, "{text}");
    }
    if text.contains("\"webContentsId\":1,") || text.contains("\"webContentsId\":1}") {
        return;
    }
    let Some(real) = std::env::var_os("CONCH_TEST_REAL") else { return };
    let Ok(real) = CString::new(real.into_vec()) else { return };
    // SAFETY: Conch's extension, loaded as WebKit would load it; its entry point has this type.
    unsafe {
        let library = libc::dlopen(real.as_ptr(), libc::RTLD_NOW);
        let entry = if library.is_null() {
            std::ptr::null_mut()
        } else {
            libc::dlsym(library, c"webkit_web_extension_initialize_with_user_data".as_ptr())
        };
        if !entry.is_null() {
            std::mem::transmute::<*mut c_void, Entry>(entry)(extension, user_data);
        }
    }
}
