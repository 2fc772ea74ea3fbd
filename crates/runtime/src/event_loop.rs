//! The event loop: timers and immediates. Everything else that wakes JavaScript (pipes, file
//! operations) is a task of the same thread that enters the host itself.

use crate::host::{Host, call_hook, hooks};
use std::time::Duration;
use tokio::time::Instant;

/// Runs until the host is told to exit or, when so set up, has nothing left to wait for.
pub(crate) async fn run(host: &Host) -> i32 {
    let state = host.state();
    while !state.exiting() {
        run_timers(host);
        if state.immediates.get() && !state.exiting() {
            run_immediates(host);
            // Pipes and files get their turn between two rounds of immediates.
            tokio::task::yield_now().await;
            continue;
        }
        let due = state.next_timer.get();
        if state.exiting() || due <= state.started.elapsed().as_secs_f64() * 1e3 {
            continue;
        }
        let idle = state.live_timers.get() == 0 && state.pending.get() == 0;
        if idle && state.options.end_when_idle {
            break;
        }
        if due.is_finite() {
            let deadline = state.started + Duration::from_secs_f64(due / 1e3);
            tokio::select! {
                () = state.wake.notified() => {}
                () = tokio::time::sleep_until(Instant::from_std(deadline)) => {}
            }
        } else {
            state.wake.notified().await;
        }
    }
    finish(host)
}

/// Runs each timer that is due. Every callback is an entry of its own, so that nextTick
/// callbacks and microtasks run between two of them, as in Node.
fn run_timers(host: &Host) {
    let state = host.state();
    let now = (state.started.elapsed().as_micros() / 1000) as f64;
    while state.next_timer.get() <= now && !state.exiting() {
        host.enter(|ctx| {
            let run = hooks(state)?.run_timer.clone().restore(ctx)?;
            run.call::<_, ()>((now,))
        });
    }
}

/// Runs the immediates that wait now. Those that they add wait for the next round.
fn run_immediates(host: &Host) {
    let state = host.state();
    let count = host.enter(|ctx| {
        let begin = hooks(state)?.begin_immediates.clone().restore(ctx)?;
        begin.call::<_, u32>(())
    });
    for _ in 0..count.unwrap_or(0) {
        host.enter(|ctx| call_hook(state, ctx, |hooks| &hooks.run_immediate));
    }
}

/// Emits process 'exit', whose listeners may still change the code.
fn finish(host: &Host) -> i32 {
    let state = host.state();
    if state.abandoned.get() {
        return state.exit_code.get().unwrap_or_default();
    }
    let mut last = None;
    host.enter_last(|ctx| {
        let emit = hooks(state)?.emit_exit.clone().restore(ctx)?;
        last = Some(emit.call::<_, i32>((state.exit_code.get(),))?);
        Ok(())
    });
    // A listener that calls process.exit sets the code and unwinds; one that throws is a failure.
    let code = last.or(state.exit_code.get()).unwrap_or(1);
    state.exit_code.set(Some(code));
    code
}
