//! structuredClone: written and read back in the format of values on the wire.

use super::define;
use rquickjs::{Ctx, Object, Value};

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    define!(table, "clone", |ctx: Ctx<'js>, value: Value<'js>| {
        let mut bytes = Vec::new();
        conch_clone::serialize(&ctx, &value, &mut bytes)?;
        conch_clone::deserialize(&ctx, &bytes)
    });
    Ok(())
}
