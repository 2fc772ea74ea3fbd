//! WebKitGTK's web process API, from `webkit-web-extension.h`.

use crate::ffi::jsc::JSGlobalContextRef;
use libc::{c_char, c_int, c_uint};

#[repr(C)]
pub(crate) struct WebKitFrame {
    _opaque: [u8; 0],
}
#[repr(C)]
pub(crate) struct WebKitWebPage {
    _opaque: [u8; 0],
}
#[repr(C)]
pub(crate) struct WebKitScriptWorld {
    _opaque: [u8; 0],
}
#[repr(C)]
pub(crate) struct WebKitConsoleMessage {
    _opaque: [u8; 0],
}
#[repr(C)]
pub(crate) struct WebKitWebExtension {
    _opaque: [u8; 0],
}

// SAFETY: as webkit-web-extension.h and jsc.h declare them.
#[link(name = "webkit2gtk-4.1")]
unsafe extern "C" {
    pub(crate) fn webkit_script_world_get_default() -> *mut WebKitScriptWorld;
    pub(crate) fn webkit_script_world_new_with_name(name: *const c_char) -> *mut WebKitScriptWorld;
    pub(crate) fn webkit_frame_get_id(frame: *mut WebKitFrame) -> u64;
    pub(crate) fn webkit_frame_is_main_frame(frame: *mut WebKitFrame) -> c_int;
    pub(crate) fn webkit_frame_get_uri(frame: *mut WebKitFrame) -> *const c_char;
    pub(crate) fn webkit_frame_get_javascript_context_for_script_world(
        frame: *mut WebKitFrame,
        world: *mut WebKitScriptWorld,
    ) -> JSGlobalContextRef;
    pub(crate) fn webkit_web_page_get_id(page: *mut WebKitWebPage) -> u64;
    pub(crate) fn webkit_web_page_get_main_frame(page: *mut WebKitWebPage) -> *mut WebKitFrame;
    pub(crate) fn webkit_console_message_get_level(message: *mut WebKitConsoleMessage) -> c_uint;
    pub(crate) fn webkit_console_message_get_source(message: *mut WebKitConsoleMessage) -> c_uint;
    pub(crate) fn webkit_console_message_get_line(message: *mut WebKitConsoleMessage) -> c_uint;
    pub(crate) fn webkit_console_message_get_text(
        message: *mut WebKitConsoleMessage,
    ) -> *const c_char;
    pub(crate) fn webkit_console_message_get_source_id(
        message: *mut WebKitConsoleMessage,
    ) -> *const c_char;
}
