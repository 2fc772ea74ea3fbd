//! Scripts that are compiled while the app runs, and what the engine's memory holds.

use super::define;
use crate::engine;
use rquickjs::{Ctx, Function, Object, Persistent};

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // compile(code, name): a function that runs the script in the global scope, as often as it is
    // called. Throws a SyntaxError.
    define!(table, "compile", |ctx: Ctx<'js>, code: String, name: String| {
        let script = engine::compile_script(&ctx, code, &name)?;
        let script = Persistent::save(&ctx, script);
        Function::new(ctx, move |ctx: Ctx<'js>| {
            let script = script.clone().restore(&ctx)?;
            engine::run_script(&ctx, &script)
        })
    });
    // [bytes from the system, bytes in use]
    define!(table, "memory", |ctx: Ctx<'js>| {
        let (total, used) = engine::memory(&ctx);
        vec![total as f64, used as f64]
    });
    Ok(())
}
