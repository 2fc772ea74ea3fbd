//! Work for the blocking pool whose outcome goes to a callback.

use super::async_context;
use crate::host::{self, PendingOperation};
use rquickjs::{Ctx, Function, Persistent};

/// Runs `work` on the blocking pool, then calls `tell` in JavaScript with the callback and what
/// came of it. The host counts the call as something to wait for.
pub(crate) fn run<'js, T: Send + 'static>(
    ctx: &Ctx<'js>,
    callback: Function<'js>,
    work: impl FnOnce() -> T + Send + 'static,
    tell: impl for<'a> FnOnce(&Ctx<'a>, Function<'a>, T) -> rquickjs::Result<()> + 'static,
) -> rquickjs::Result<()> {
    let callback = Persistent::save(ctx, async_context::bind(ctx, callback)?);
    let host = host::of(ctx)?;
    let pending = PendingOperation::begin(ctx)?;
    tokio::task::spawn_local(async move {
        let outcome = tokio::task::spawn_blocking(work).await;
        // The host may be gone by now; then so is who asked.
        let Some(host) = host.upgrade() else { return };
        host.enter(|ctx| {
            let callback = callback.restore(ctx)?;
            match outcome {
                Ok(outcome) => tell(ctx, callback, outcome),
                Err(join) => {
                    let error = crate::internals::new_error(ctx, &join.to_string())?;
                    callback.call::<_, ()>((error,))
                }
            }
        });
        drop(pending);
    });
    Ok(())
}
