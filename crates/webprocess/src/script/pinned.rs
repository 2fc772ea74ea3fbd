//! Byte arrays that Rust and JavaScript both write to.
#![allow(unsafe_code)]

use super::realm::{Realm, Rooted, Value};
use crate::ffi::jsc::*;
use std::ptr::{NonNull, null};

/// A `Uint8Array` whose bytes stay in one place.
///
/// Asking the engine for the address pins the buffer for good: it can never be transferred. So
/// only arrays of our own come here, never a user's.
pub(crate) struct Pinned {
    array: Rooted,
    bytes: NonNull<u8>,
    length: usize,
}

impl Pinned {
    /// Makes an array of `length` zero bytes in `realm`; `None` if the engine has no room.
    pub(crate) fn allocate(realm: &Realm, length: usize) -> Option<Pinned> {
        let mut exception = null();
        // SAFETY: the context is live; null comes with an exception.
        let array =
            unsafe { JSObjectMakeTypedArray(realm.raw(), UINT8_ARRAY, length, &raw mut exception) };
        if array.is_null() { None } else { Pinned::new(realm, Value::new(array)) }
    }

    /// Pins an array of JavaScript's; `None` for anything but a `Uint8Array`.
    pub(crate) fn new(realm: &Realm, array: Value<'_>) -> Option<Pinned> {
        let context = realm.raw();
        let mut exception = null();
        // SAFETY: the context is live. Every call is given the kind of value that it expects,
        // because each check ends the block where it fails.
        let (bytes, length) = unsafe {
            if !JSValueIsObject(context, array.raw())
                || JSValueGetTypedArrayType(context, array.raw(), &raw mut exception) != UINT8_ARRAY
            {
                return None;
            }
            let object = array.raw().cast_mut();
            let start = JSObjectGetTypedArrayBytesPtr(context, object, &raw mut exception);
            let offset = JSObjectGetTypedArrayByteOffset(context, object, &raw mut exception);
            let length = JSObjectGetTypedArrayByteLength(context, object, &raw mut exception);
            (start.cast::<u8>().wrapping_add(offset), length)
        };
        let bytes = if length == 0 { NonNull::dangling() } else { NonNull::new(bytes)? };
        Some(Pinned { array: Rooted::new(realm, array), bytes, length })
    }

    /// The array.
    pub(crate) fn value(&self) -> Value<'_> {
        self.array.value()
    }

    /// The array's bytes. JavaScript writes them too, so no script may run while they are held.
    pub(crate) fn bytes(&self) -> &[u8] {
        // SAFETY: the array is rooted and its buffer pinned, so address and length hold.
        unsafe { std::slice::from_raw_parts(self.bytes.as_ptr(), self.length) }
    }

    /// [`Pinned::bytes`] for writing.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: as in `bytes`.
        unsafe { std::slice::from_raw_parts_mut(self.bytes.as_ptr(), self.length) }
    }
}
