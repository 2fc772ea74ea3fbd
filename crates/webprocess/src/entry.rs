//! What WebKit calls when it loads the library.
#![allow(unsafe_code)]

use crate::engine::{Extension, string_of_variant};
use crate::ffi::glib::GVariant;
use crate::ffi::webkit::WebKitWebExtension;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The entry point of a web process extension.
///
/// # Safety
/// For WebKit to call, once, on the web process's main thread.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn webkit_web_extension_initialize_with_user_data(
    extension: *mut WebKitWebExtension,
    user_data: *mut GVariant,
) {
    // SAFETY: both are what WebKit passed.
    let (extension, user_data) =
        unsafe { (Extension::new(extension), string_of_variant(user_data)) };
    // A panic would end the web process; the panic hook has said where it was.
    let _ = catch_unwind(AssertUnwindSafe(|| crate::initialize(extension, user_data)));
}
