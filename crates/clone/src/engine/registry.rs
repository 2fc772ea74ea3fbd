//! Data of ours with a runtime, and a place for one value in every context that script cannot reach and that the garbage collector
//! sees: the prototype slot of a class of ours that has no instances.

use rquickjs::{Ctx, Error, JsLifetime, Result, Value, qjs};

/// Data of ours that is kept with a runtime. It must hold no value of the engine.
pub(crate) struct PerRuntime<T: 'static>(pub(crate) T);

// SAFETY: the type is 'static, so there is no lifetime of the engine in it to be mistaken about.
unsafe impl<T: 'static> JsLifetime<'_> for PerRuntime<T> {
    type Changed<'to> = PerRuntime<T>;
}

/// Registers the class once a runtime.
pub(crate) fn register_holder(ctx: &Ctx<'_>) -> Result<u32> {
    let definition = qjs::JSClassDef {
        class_name: c"ConchClone".as_ptr(),
        finalizer: None,
        gc_mark: None,
        call: None,
        exotic: std::ptr::null_mut(),
    };
    let mut class = qjs::JS_INVALID_CLASS_ID;
    // SAFETY: the id is fresh, and the engine copies what it needs of the definition.
    unsafe {
        let runtime = qjs::JS_GetRuntime(ctx.as_raw().as_ptr());
        qjs::JS_NewClassID(runtime, &mut class);
        if qjs::JS_NewClass(runtime, class, &definition) < 0 {
            return Err(Error::Allocation);
        }
    }
    Ok(class)
}

/// Puts the value of this context into the slot.
pub(crate) fn hold<'js>(ctx: &Ctx<'js>, class: u32, value: &Value<'js>) {
    let ctx = ctx.as_raw().as_ptr();
    // SAFETY: `class` is registered; the call consumes the extra count taken on the value.
    unsafe { qjs::JS_SetClassProto(ctx, class, qjs::JS_DupValue(ctx, value.as_raw())) }
}

/// The value of this context; null before [`hold`].
pub(crate) fn held<'js>(ctx: &Ctx<'js>, class: u32) -> Value<'js> {
    // SAFETY: `class` is registered; returns an owned value.
    unsafe { Value::from_raw(ctx.clone(), qjs::JS_GetClassProto(ctx.as_raw().as_ptr(), class)) }
}
