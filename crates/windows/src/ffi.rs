//! The calls into GLib and WebKit that the bindings lack.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::ptr;

use gtk::glib::gobject_ffi;
use gtk::glib::prelude::*;
use gtk::glib::translate::{IntoGlib, ToGlibPtr};
use webkit2gtk::{Settings, WebView};

/// What slows a page that is not visible. Only all of them off together give full-speed timers.
const THROTTLING: [&CStr; 5] = [
    c"HiddenPageDOMTimerThrottling",
    c"HiddenPageDOMTimerThrottlingAutoIncreases",
    c"DOMTimersThrottling",
    c"PageVisibilityBasedProcessSuppression",
    c"HiddenPageCSSAnimationSuspension",
];

/// Lets a response header move a page to another web process, which would start behind our back
/// and so without an identity.
const PROCESS_SWAP: [&CStr; 1] = [c"CrossOriginOpenerPolicy"];

/// By which a page's process tells what it navigates to.
const NAVIGATION: &CStr = c"NavigationAPI";

#[repr(C)]
struct FeatureList {
    _private: [u8; 0],
}

#[repr(C)]
struct Feature {
    _private: [u8; 0],
}

// SAFETY: as webkit2.h declares them since WebKitGTK 2.42, and in the library that webkit2gtk-sys links.
unsafe extern "C" {
    fn webkit_settings_get_all_features() -> *mut FeatureList;
    fn webkit_feature_list_get_length(list: *mut FeatureList) -> usize;
    fn webkit_feature_list_get(list: *mut FeatureList, index: usize) -> *mut Feature;
    fn webkit_feature_list_unref(list: *mut FeatureList);
    fn webkit_feature_get_identifier(feature: *mut Feature) -> *const c_char;
    fn webkit_settings_set_feature_enabled(settings: *mut c_void, feature: *mut Feature, on: c_int);
}

/// Switches on the Navigation API, and off what would change a page's web process; with
/// `full_speed_hidden` also what slows hidden pages. A feature this WebKit does not have is logged and
/// passed over.
pub(crate) fn set_features(settings: &Settings, full_speed_hidden: bool) {
    let throttling: &[&CStr] = if full_speed_hidden { &THROTTLING } else { &[] };
    let mut wanted: Vec<&CStr> = PROCESS_SWAP.iter().chain(throttling).copied().collect();
    wanted.push(NAVIGATION);
    // SAFETY: a new list, ours to unref; every index is below its length; identifiers are
    // NUL-terminated and live as long as the list; the settings object is alive.
    unsafe {
        let settings: *mut webkit2gtk::ffi::WebKitSettings = settings.to_glib_none().0;
        let list = webkit_settings_get_all_features();
        for index in 0..webkit_feature_list_get_length(list) {
            let feature = webkit_feature_list_get(list, index);
            let name = CStr::from_ptr(webkit_feature_get_identifier(feature));
            if let Some(at) = wanted.iter().position(|&candidate| candidate == name) {
                let on = c_int::from(name == NAVIGATION);
                webkit_settings_set_feature_enabled(settings.cast(), feature, on);
                wanted.swap_remove(at);
            }
        }
        webkit_feature_list_unref(list);
    }
    for name in wanted {
        tracing::warn!("this WebKitGTK has no feature {name:?}");
    }
}

/// Takes away every handler of the view's `close` signal. wry connects one that destroys the
/// widget under us when a page calls `window.close()`.
pub(crate) fn disconnect_close(view: &WebView) {
    let view: *mut webkit2gtk::ffi::WebKitWebView = view.to_glib_none().0;
    let object: *mut gobject_ffi::GObject = view.cast();
    // SAFETY: the view is a live GObject whose class has this signal; a lookup that fails gives 0,
    // which no handler has. Each handler found is connected, and is so no longer.
    unsafe {
        let class = WebView::static_type().into_glib();
        let signal: c_uint = gobject_ffi::g_signal_lookup(c"close".as_ptr(), class);
        loop {
            let handler = gobject_ffi::g_signal_handler_find(
                object,
                gobject_ffi::G_SIGNAL_MATCH_ID,
                signal,
                0,
                ptr::null_mut(),
                ptr::null_mut(),
                ptr::null_mut(),
            );
            if handler == 0 {
                break;
            }
            gobject_ffi::g_signal_handler_disconnect(object, handler);
        }
    }
}

/// The version of WebKitGTK that runs, such as `2.50.6`.
pub(crate) fn webkit_version() -> String {
    // SAFETY: these read constants of the library.
    let (major, minor, micro) = unsafe {
        (
            webkit2gtk::ffi::webkit_get_major_version(),
            webkit2gtk::ffi::webkit_get_minor_version(),
            webkit2gtk::ffi::webkit_get_micro_version(),
        )
    };
    format!("{major}.{minor}.{micro}")
}
