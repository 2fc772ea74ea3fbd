//! GLib and GObject: signals, weak references, main loop sources.

use libc::{c_char, c_int, c_uint, c_ulong, c_void};

pub(crate) const G_IO_IN: c_uint = 1;
pub(crate) const G_IO_OUT: c_uint = 4;
pub(crate) const G_IO_ERR: c_uint = 8;
pub(crate) const G_IO_HUP: c_uint = 16;
pub(crate) const G_SOURCE_REMOVE: c_int = 0;
pub(crate) const G_SOURCE_CONTINUE: c_int = 1;

/// `GCallback`: a function of whatever type the signal has.
pub(crate) type Callback = unsafe extern "C" fn();
pub(crate) type DestroyNotify = unsafe extern "C" fn(*mut c_void);
pub(crate) type FdCallback = unsafe extern "C" fn(c_int, c_uint, *mut c_void) -> c_int;
pub(crate) type IdleCallback = unsafe extern "C" fn(*mut c_void) -> c_int;
pub(crate) type WeakNotify = unsafe extern "C" fn(*mut c_void, *mut c_void);

#[repr(C)]
pub(crate) struct GVariant {
    _opaque: [u8; 0],
}

/// `GWeakRef`, which must not move once it was initialised.
#[repr(C)]
pub(crate) struct GWeakRef {
    pub(crate) object: *mut c_void,
}

// SAFETY: as glib-object.h declares them.
#[link(name = "gobject-2.0")]
unsafe extern "C" {
    pub(crate) fn g_signal_connect_data(
        instance: *mut c_void,
        signal: *const c_char,
        callback: Callback,
        data: *mut c_void,
        destroy: Option<DestroyNotify>,
        flags: c_uint,
    ) -> c_ulong;
    pub(crate) fn g_object_weak_ref(object: *mut c_void, notify: WeakNotify, data: *mut c_void);
    pub(crate) fn g_object_unref(object: *mut c_void);
    pub(crate) fn g_weak_ref_init(reference: *mut GWeakRef, object: *mut c_void);
    pub(crate) fn g_weak_ref_clear(reference: *mut GWeakRef);
    pub(crate) fn g_weak_ref_get(reference: *mut GWeakRef) -> *mut c_void;
}

// SAFETY: as glib.h and glib-unix.h declare them.
#[link(name = "glib-2.0")]
unsafe extern "C" {
    pub(crate) fn g_unix_fd_add_full(
        priority: c_int,
        fd: c_int,
        condition: c_uint,
        callback: FdCallback,
        data: *mut c_void,
        destroy: Option<DestroyNotify>,
    ) -> c_uint;
    pub(crate) fn g_idle_add_full(
        priority: c_int,
        callback: IdleCallback,
        data: *mut c_void,
        destroy: Option<DestroyNotify>,
    ) -> c_uint;
    pub(crate) fn g_variant_get_string(value: *mut GVariant, length: *mut usize) -> *const c_char;
    pub(crate) fn g_variant_is_of_type(value: *mut GVariant, kind: *const c_char) -> c_int;
}
