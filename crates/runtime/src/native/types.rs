//! What only the engine knows about a value, for util.inspect and util.types.

use super::define;
use rquickjs::{Array, Ctx, Object, Value};

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    define!(table, "isProxy", |value: Value<'js>| value.is_proxy());
    define!(table, "isPromise", |value: Value<'js>| value.is_promise());
    define!(table, "isError", |value: Value<'js>| value.is_error());
    define!(table, "isConstructor", |value: Value<'js>| value.is_constructor());
    // [target, handler] of a proxy; of a revoked one [null, null].
    define!(table, "proxyParts", |ctx: Ctx<'js>, value: Value<'js>| {
        let parts = Array::new(ctx.clone())?;
        let null = || Value::new_null(ctx.clone());
        if let Some(proxy) = value.as_object().and_then(|object| object.as_proxy()) {
            let target = proxy.target().map(Object::into_value);
            let handler = proxy.handler().map(Object::into_value);
            if target.is_err() || handler.is_err() {
                drop(ctx.catch());
            }
            parts.set(0, target.unwrap_or_else(|_| null()))?;
            parts.set(1, handler.unwrap_or_else(|_| null()))?;
        }
        Ok::<_, rquickjs::Error>(parts)
    });
    Ok(())
}
