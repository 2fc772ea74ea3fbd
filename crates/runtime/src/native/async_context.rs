//! What AsyncLocalStorage needs of the engine. Nothing is set up before the first one is made.

use super::define;
use crate::engine;
use crate::host;
use crate::state::{self, AsyncContext};
use rquickjs::{Ctx, Function, Object, Persistent};
use std::rc::Rc;

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // enable(on promise, before job, bind): see internal/async_context.
    define!(table, "enable", |ctx: Ctx<'js>,
                              on_promise: Function<'js>,
                              before_job: Function<'js>,
                              bind: Function<'js>| {
        let state = state::of(&ctx)?;
        let context = AsyncContext {
            before_job: Persistent::save(&ctx, before_job),
            bind: Persistent::save(&ctx, bind),
        };
        *state.async_context.borrow_mut() = Some(Rc::new(context));
        if let Some(host) = host::of(&ctx)?.upgrade() {
            engine::hook_promises(host.engine(), Persistent::save(&ctx, on_promise));
        }
        Ok::<_, rquickjs::Error>(())
    });
    Ok(())
}

/// A callback that JavaScript gave to a native, bound to the stores of the code that gave it.
pub(crate) fn bind<'js>(
    ctx: &Ctx<'js>,
    callback: Function<'js>,
) -> rquickjs::Result<Function<'js>> {
    match state::of(ctx)?.async_context() {
        Some(context) => context.bind.clone().restore(ctx)?.call((callback,)),
        None => Ok(callback),
    }
}
