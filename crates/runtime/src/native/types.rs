//! What only the engine knows about a value, for util.inspect and util.types.

use super::define;
use crate::engine;
use rquickjs::{Object, Value};

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    define!(table, "classNumber", |value: Value<'js>| engine::class_number(&value));
    define!(table, "isProxy", |value: Value<'js>| value.is_proxy());
    define!(table, "isPromise", |value: Value<'js>| value.is_promise());
    define!(table, "isError", |value: Value<'js>| value.is_error());
    define!(table, "isConstructor", |value: Value<'js>| value.is_constructor());
    // [target, handler] of a proxy; of a revoked one [null, null].
    define!(table, "proxyParts", |value: Value<'js>| engine::proxy_parts(&value));
    Ok(())
}
