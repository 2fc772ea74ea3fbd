//! The QuickJS calls that rquickjs does not wrap, or wraps too slowly for every property of every
//! message. The only unsafe code of the crate: everything below has a safe signature, and every
//! value that crosses it is an owned `Value` of the context it is used with.
#![allow(unsafe_code)]

mod buffer;
mod property;
mod registry;
mod text;

use rquickjs::{Ctx, Error, Result, Value, qjs};

pub(crate) use buffer::{new_buffer, new_view, typed_array, with_buffer};
pub(crate) use property::{
    Key, Keys, define, define_element, element, length, own_element, set_length,
};
pub(crate) use registry::{PerRuntime, held, hold, register_holder};
pub(crate) use text::{Text, new_text, new_text_utf16, with_text};

/// What a value is, as far as the first decision of the encoder needs it.
pub(crate) enum Shape {
    Undefined,
    Null,
    Bool(bool),
    Int(i32),
    Float(f64),
    Text,
    BigInt,
    Symbol,
    Object,
}

pub(crate) fn shape(value: &Value<'_>) -> Shape {
    let raw = value.as_raw();
    // SAFETY: the tag says which member of the value is live, and only that one is read.
    unsafe {
        match qjs::JS_VALUE_GET_NORM_TAG(raw) {
            qjs::JS_TAG_OBJECT => Shape::Object,
            qjs::JS_TAG_STRING | qjs::JS_TAG_STRING_ROPE => Shape::Text,
            qjs::JS_TAG_INT => Shape::Int(qjs::JS_VALUE_GET_INT(raw)),
            qjs::JS_TAG_BOOL => Shape::Bool(qjs::JS_VALUE_GET_BOOL(raw)),
            qjs::JS_TAG_NULL => Shape::Null,
            qjs::JS_TAG_SYMBOL => Shape::Symbol,
            qjs::JS_TAG_BIG_INT | qjs::JS_TAG_SHORT_BIG_INT => Shape::BigInt,
            tag if qjs::JS_TAG_IS_FLOAT64(tag) => Shape::Float(qjs::JS_VALUE_GET_FLOAT64(raw)),
            _ => Shape::Undefined,
        }
    }
}

/// The address of an object: its identity for as long as somebody holds it.
pub(crate) fn identity(object: &Value<'_>) -> usize {
    // SAFETY: called with objects, whose payload is a pointer; it is not dereferenced.
    unsafe { qjs::JS_VALUE_GET_PTR(object.as_raw()) as usize }
}

/// The engine's class of an object; 0 for anything else.
pub(crate) fn class_id(value: &Value<'_>) -> u32 {
    // SAFETY: reads the class of a live value.
    unsafe { qjs::JS_GetClassID(value.as_raw()) }
}

/// Whether an object's prototype is the one that the engine gives new objects of its class. Not for
/// proxies, which would be asked.
pub(crate) fn has_first_prototype(ctx: &Ctx<'_>, object: &Value<'_>) -> bool {
    let ctx = ctx.as_raw().as_ptr();
    // SAFETY: both calls return owned values, which are freed once their addresses were compared.
    unsafe {
        let first = qjs::JS_GetClassProto(ctx, class_id(object));
        let own = qjs::JS_GetPrototype(ctx, object.as_raw());
        let same =
            qjs::JS_IsObject(own) && qjs::JS_VALUE_GET_PTR(own) == qjs::JS_VALUE_GET_PTR(first);
        qjs::JS_FreeValue(ctx, own);
        qjs::JS_FreeValue(ctx, first);
        same
    }
}

/// The value of a BigInt that the engine keeps in 64 bits, which every small one is.
pub(crate) fn small_big_int(ctx: &Ctx<'_>, value: &Value<'_>) -> Option<i64> {
    let mut out = 0;
    // SAFETY: the conversion of a short BigInt runs no script and writes one i64.
    unsafe {
        let raw = value.as_raw();
        let short = qjs::JS_VALUE_GET_NORM_TAG(raw) == qjs::JS_TAG_SHORT_BIG_INT;
        (short && qjs::JS_ToBigInt64(ctx.as_raw().as_ptr(), &mut out, raw) == 0).then_some(out)
    }
}

/// What a proxy stands for; `None` for a revoked one and for anything else.
pub(crate) fn proxy_target<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> Option<Value<'js>> {
    if !value.is_proxy() {
        return None;
    }
    // SAFETY: returns an owned value.
    let target =
        unsafe { adopt(ctx, qjs::JS_GetProxyTarget(ctx.as_raw().as_ptr(), value.as_raw())) };
    // The engine's words for a revoked proxy are of no use.
    target.inspect_err(|_| drop(ctx.catch())).ok()
}

/// Takes over a value that the engine returned as ours.
///
/// # Safety
/// `raw` must be an owned value of `ctx`.
unsafe fn adopt<'js>(ctx: &Ctx<'js>, raw: qjs::JSValue) -> Result<Value<'js>> {
    // SAFETY: by the caller's promise.
    unsafe {
        if qjs::JS_IsException(raw) {
            Err(Error::Exception)
        } else {
            Ok(Value::from_raw(ctx.clone(), raw))
        }
    }
}

fn check(status: i32) -> Result<()> {
    if status < 0 { Err(Error::Exception) } else { Ok(()) }
}

/// A number in the engine's shortest form for it. rquickjs's own turns -0 into 0.
pub(crate) fn new_number<'js>(ctx: &Ctx<'js>, number: f64) -> Value<'js> {
    let whole = number as i32;
    if f64::from(whole).to_bits() == number.to_bits() {
        Value::new_int(ctx.clone(), whole)
    } else {
        Value::new_float(ctx.clone(), number)
    }
}

pub(crate) fn new_object<'js>(ctx: &Ctx<'js>) -> Result<Value<'js>> {
    // SAFETY: returns an owned value.
    unsafe { adopt(ctx, qjs::JS_NewObject(ctx.as_raw().as_ptr())) }
}

pub(crate) fn new_array<'js>(ctx: &Ctx<'js>) -> Result<Value<'js>> {
    // SAFETY: returns an owned value.
    unsafe { adopt(ctx, qjs::JS_NewArray(ctx.as_raw().as_ptr())) }
}

/// An object of a class that the engine knows, made without its constructor.
pub(crate) fn new_of_class<'js>(
    ctx: &Ctx<'js>,
    prototype: &Value<'js>,
    class: u32,
) -> Result<Value<'js>> {
    // SAFETY: `class` came from an object of this runtime; returns an owned value.
    unsafe {
        let ctx_raw = ctx.as_raw().as_ptr();
        adopt(ctx, qjs::JS_NewObjectProtoClass(ctx_raw, prototype.as_raw(), class))
    }
}

pub(crate) fn set_prototype<'js>(
    ctx: &Ctx<'js>,
    object: &Value<'js>,
    prototype: &Value<'js>,
) -> Result<()> {
    let ctx = ctx.as_raw().as_ptr();
    // SAFETY: two live values.
    check(unsafe { qjs::JS_SetPrototype(ctx, object.as_raw(), prototype.as_raw()) })
}

pub(crate) fn new_date<'js>(ctx: &Ctx<'js>, time: f64) -> Result<Value<'js>> {
    // SAFETY: returns an owned value.
    unsafe { adopt(ctx, qjs::JS_NewDate(ctx.as_raw().as_ptr(), time)) }
}

pub(crate) fn new_big_int<'js>(ctx: &Ctx<'js>, value: i64) -> Result<Value<'js>> {
    // SAFETY: returns an owned value.
    unsafe { adopt(ctx, qjs::JS_NewBigInt64(ctx.as_raw().as_ptr(), value)) }
}
