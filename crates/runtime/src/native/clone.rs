//! structuredClone: written and read back in the format of values on the wire.

use super::define;
use crate::engine;
use rquickjs::{Ctx, Object, TypedArray, Value};

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    define!(table, "clone", |ctx: Ctx<'js>, value: Value<'js>| {
        let mut bytes = Vec::new();
        conch_clone::serialize(&ctx, &value, &mut bytes)?;
        conch_clone::deserialize(&ctx, &bytes)
    });
    // The bytes of a value, and the value of bytes.
    define!(table, "serialize", |ctx: Ctx<'js>, value: Value<'js>| {
        let mut bytes = Vec::new();
        conch_clone::serialize(&ctx, &value, &mut bytes)?;
        TypedArray::<u8>::new(ctx, bytes)
    });
    define!(table, "deserialize", |ctx: Ctx<'js>, bytes: Value<'js>| {
        let bytes = engine::copy_bytes(&bytes).unwrap_or_default();
        conch_clone::deserialize(&ctx, &bytes)
    });
    Ok(())
}
