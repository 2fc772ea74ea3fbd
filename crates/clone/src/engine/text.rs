//! Strings: their characters out of the engine and into it.

use std::slice;

use rquickjs::{Ctx, Error, Result, Value, qjs};

use super::adopt;

/// The characters of a string.
pub(crate) enum Text<'a> {
    Ascii(&'a [u8]),
    Units(&'a [u16]),
}

/// Lends the characters of a string to `f`, without a copy when the engine has them flat.
pub(crate) fn with_text<R>(
    ctx: &Ctx<'_>,
    text: &Value<'_>,
    f: impl FnOnce(Text<'_>) -> R,
) -> Result<R> {
    // SAFETY: `text` is alive; both calls return a counted reference to the characters, with the
    // length beside it, that is given back after its last use.
    unsafe { text_of(ctx.as_raw().as_ptr(), text.as_raw(), f) }
}

pub(super) unsafe fn text_of<R>(
    ctx: *mut qjs::JSContext,
    text: qjs::JSValue,
    f: impl FnOnce(Text<'_>) -> R,
) -> Result<R> {
    // SAFETY: as in the caller.
    unsafe {
        let mut length = 0;
        let bytes = qjs::JS_ToCStringLen2(ctx, &mut length, text, false);
        if bytes.is_null() {
            return Err(Error::Exception);
        }
        let flat = slice::from_raw_parts(bytes.cast::<u8>(), length as usize);
        if flat.is_ascii() {
            let result = f(Text::Ascii(flat));
            qjs::JS_FreeCString(ctx, bytes);
            return Ok(result);
        }
        qjs::JS_FreeCString(ctx, bytes);
        let units = qjs::JS_ToCStringLenUTF16(ctx, &mut length, text);
        if units.is_null() {
            return Err(Error::Exception);
        }
        let result = f(Text::Units(slice::from_raw_parts(units, length as usize)));
        qjs::JS_FreeCStringUTF16(ctx, units);
        Ok(result)
    }
}

/// A string from UTF-8; what is not UTF-8 becomes replacement characters. ASCII is copied as it is.
pub(crate) fn new_text<'js>(ctx: &Ctx<'js>, utf8: &[u8]) -> Result<Value<'js>> {
    // SAFETY: pointer and length are of one slice; returns an owned value.
    unsafe {
        let length = utf8.len() as qjs::size_t;
        adopt(ctx, qjs::JS_NewStringLen(ctx.as_raw().as_ptr(), utf8.as_ptr().cast(), length))
    }
}

/// A string from UTF-16 code units, lone surrogates and all.
pub(crate) fn new_text_utf16<'js>(ctx: &Ctx<'js>, units: &[u16]) -> Result<Value<'js>> {
    // SAFETY: pointer and length are of one slice; returns an owned value.
    unsafe {
        let raw = qjs::JS_NewStringUTF16(ctx.as_raw().as_ptr(), units.as_ptr(), units.len() as _);
        adopt(ctx, raw)
    }
}
