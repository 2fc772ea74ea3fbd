//! Buffers and views: their bytes out of the engine and into it.

use std::slice;

use rquickjs::{Ctx, Error, Result, Value, qjs};

use super::adopt;
use crate::format::ViewKind;

/// An `ArrayBuffer` with a copy of `bytes`.
pub(crate) fn new_buffer<'js>(ctx: &Ctx<'js>, bytes: &[u8]) -> Result<Value<'js>> {
    // SAFETY: pointer and length are of one slice; returns an owned value.
    unsafe {
        let raw =
            qjs::JS_NewArrayBufferCopy(ctx.as_raw().as_ptr(), bytes.as_ptr(), bytes.len() as _);
        adopt(ctx, raw)
    }
}

/// Lends the bytes of an `ArrayBuffer` to `f`, which must neither run script nor borrow the same
/// buffer again; an error when the buffer is detached.
pub(crate) fn with_buffer<R>(
    ctx: &Ctx<'_>,
    buffer: &Value<'_>,
    f: impl FnOnce(&mut [u8]) -> R,
) -> Result<R> {
    let ctx = ctx.as_raw().as_ptr();
    let mut length = 0;
    // SAFETY: pointer and length describe the buffer's memory, which nothing can move or free
    // while `f` runs, because only script can.
    unsafe {
        let bytes = qjs::JS_GetArrayBuffer(ctx, &mut length, buffer.as_raw());
        if bytes.is_null() {
            return if qjs::JS_HasException(ctx) { Err(Error::Exception) } else { Ok(f(&mut [])) };
        }
        Ok(f(slice::from_raw_parts_mut(bytes, length as usize)))
    }
}

/// The engine's numbers of the element kinds; a `DataView` is no typed array and has none.
fn engine_kind(kind: ViewKind) -> Option<qjs::JSTypedArrayEnum> {
    Some(match kind {
        ViewKind::Uint8Clamped => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_UINT8C,
        ViewKind::Int8 => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_INT8,
        ViewKind::Uint8 => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_UINT8,
        ViewKind::Int16 => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_INT16,
        ViewKind::Uint16 => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_UINT16,
        ViewKind::Int32 => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_INT32,
        ViewKind::Uint32 => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_UINT32,
        ViewKind::BigInt64 => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_BIG_INT64,
        ViewKind::BigUint64 => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_BIG_UINT64,
        ViewKind::Float16 => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_FLOAT16,
        ViewKind::Float32 => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_FLOAT32,
        ViewKind::Float64 => qjs::JSTypedArrayEnum_JS_TYPED_ARRAY_FLOAT64,
        ViewKind::Data => return None,
    })
}

/// Offset and length in bytes of what a typed array shows of its buffer; an error when the buffer is
/// detached or too short by now.
pub(crate) fn typed_array<'js>(ctx: &Ctx<'js>, array: &Value<'js>) -> Result<(usize, usize)> {
    let (mut offset, mut length, mut size) = (0, 0, 0);
    // SAFETY: the call checks the class of `array`, fills three numbers and returns an owned value.
    unsafe {
        let raw = qjs::JS_GetTypedArrayBuffer(
            ctx.as_raw().as_ptr(),
            array.as_raw(),
            &mut offset,
            &mut length,
            &mut size,
        );
        adopt(ctx, raw)?;
    }
    Ok((offset as usize, length as usize))
}

/// A typed array over a buffer; without `elements` it follows the buffer's length. `None` for a
/// `DataView`, which this call cannot make.
pub(crate) fn new_view<'js>(
    ctx: &Ctx<'js>,
    kind: ViewKind,
    buffer: &Value<'js>,
    offset: &Value<'js>,
    elements: &Value<'js>,
) -> Result<Option<Value<'js>>> {
    let Some(kind) = engine_kind(kind) else { return Ok(None) };
    let mut arguments = [buffer.as_raw(), offset.as_raw(), elements.as_raw()];
    // SAFETY: three live arguments that the call only borrows; returns an owned value.
    unsafe {
        let raw = qjs::JS_NewTypedArray(ctx.as_raw().as_ptr(), 3, arguments.as_mut_ptr(), kind);
        adopt(ctx, raw).map(Some)
    }
}
