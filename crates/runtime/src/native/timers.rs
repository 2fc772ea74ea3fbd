//! What the timers, nextTick and setImmediate tell the event loop.

use super::define;
use crate::state;
use rquickjs::{Ctx, Object};

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // Milliseconds since the host started; the same all through one entry into JavaScript.
    define!(table, "now", |ctx: Ctx<'js>| Ok::<_, rquickjs::Error>(state::of(&ctx)?.now()));
    // The earliest timer is due at `due` (Infinity: none), and `live` timers count as work.
    define!(table, "schedule", |ctx: Ctx<'js>, due: f64, live: u32| {
        let state = state::of(&ctx)?;
        let earlier = due < state.next_timer.get() || live == 0;
        state.next_timer.set(due);
        state.live_timers.set(live);
        if earlier {
            state.wake.notify_one();
        }
        Ok::<_, rquickjs::Error>(())
    });
    define!(table, "setTicks", |ctx: Ctx<'js>, waiting: bool| {
        state::of(&ctx)?.ticks.set(waiting);
        Ok::<_, rquickjs::Error>(())
    });
    define!(table, "setImmediates", |ctx: Ctx<'js>, waiting: bool| {
        let state = state::of(&ctx)?;
        state.immediates.set(waiting);
        if waiting {
            state.wake.notify_one();
        }
        Ok::<_, rquickjs::Error>(())
    });
    Ok(())
}
