//! Strings on their way between Rust and JavaScript.
#![allow(unsafe_code)]

use crate::ffi::jsc::{
    JSStringCreateWithCharacters, JSStringCreateWithUTF8CString, JSStringGetCharactersPtr,
    JSStringGetLength, JSStringRef, JSStringRelease,
};
use std::ffi::CString;

/// An engine string that belongs to nobody's heap yet.
pub(crate) struct Text(JSStringRef);

impl Text {
    /// Copies `text`. ASCII becomes one byte a character in the engine.
    pub(crate) fn new(text: &str) -> Text {
        match CString::new(text) {
            // SAFETY: a C string of valid UTF-8, copied by the call.
            Ok(text) => Text(unsafe { JSStringCreateWithUTF8CString(text.as_ptr()) }),
            // A NUL inside: only the two-byte constructor takes a length.
            Err(_) => Text::from_utf16(&text.encode_utf16().collect::<Vec<u16>>()),
        }
    }

    /// Copies code units, lone surrogates too.
    pub(crate) fn from_utf16(units: &[u16]) -> Text {
        // SAFETY: pointer and length are those of a slice, copied by the call.
        Text(unsafe { JSStringCreateWithCharacters(units.as_ptr(), units.len()) })
    }

    /// Copies Latin-1 bytes.
    pub(crate) fn from_latin1(bytes: &[u8]) -> Text {
        if bytes.iter().all(|byte| (1..0x80).contains(byte)) {
            let mut terminated = Vec::with_capacity(bytes.len() + 1);
            terminated.extend_from_slice(bytes);
            terminated.push(0);
            // SAFETY: ASCII without NUL, then a NUL; copied by the call.
            return Text(unsafe { JSStringCreateWithUTF8CString(terminated.as_ptr().cast()) });
        }
        Text::from_utf16(&bytes.iter().map(|byte| u16::from(*byte)).collect::<Vec<u16>>())
    }

    /// Takes over a reference that the engine handed out.
    ///
    /// # Safety
    /// `string` is a live string whose reference the caller owns.
    pub(super) unsafe fn from_raw(string: JSStringRef) -> Text {
        Text(string)
    }

    pub(super) fn raw(&self) -> JSStringRef {
        self.0
    }

    /// The code units.
    pub(crate) fn units(&self) -> &[u16] {
        // SAFETY: the string lives as long as `self`, and so does what the pointer shows.
        unsafe {
            let length = JSStringGetLength(self.0);
            let characters = JSStringGetCharactersPtr(self.0);
            if characters.is_null() { &[] } else { std::slice::from_raw_parts(characters, length) }
        }
    }

    /// A copy in UTF-8; lone surrogates become U+FFFD.
    pub(crate) fn to_utf8(&self) -> String {
        String::from_utf16_lossy(self.units())
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        // SAFETY: gives back the one reference that `self` owns.
        unsafe { JSStringRelease(self.0) }
    }
}
