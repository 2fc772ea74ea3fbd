//! What waits behind code that returned: process.nextTick callbacks, microtasks, rejections, and
//! the way of an exception that nothing took.

use crate::host::{UncaughtException, call_hook, hooks};
use crate::state::{Rejection, State};
use crate::{engine, internals};
use rquickjs::{Ctx, Error, Persistent, Value};
use std::rc::Rc;

/// Whether anything waits.
pub(crate) fn wait(state: &State, ctx: &Ctx<'_>) -> bool {
    state.ticks.get()
        || engine::has_jobs(ctx)
        || !state.rejections.borrow().is_empty()
        || !state.handled.borrow().is_empty()
}

/// Runs what waits behind the code that just returned, in Node's order: process.nextTick
/// callbacks, then microtasks, again until neither is left, then unhandled rejections, whose
/// listeners may start all of it again.
pub(crate) fn drain(state: &State, ctx: &Ctx<'_>) {
    loop {
        while state.ticks.get() || engine::has_jobs(ctx) {
            if state.exiting() {
                return;
            }
            if state.ticks.get()
                && let Err(error) = call_hook(state, ctx, |hooks| &hooks.run_ticks)
            {
                uncaught(state, ctx, error);
                continue;
            }
            if let Err(error) = engine::run_jobs(ctx, || state.leave_async_context(ctx)) {
                uncaught(state, ctx, error);
            }
        }
        let handled = std::mem::take(&mut *state.handled.borrow_mut());
        let rejections = std::mem::take(&mut *state.rejections.borrow_mut());
        if (handled.is_empty() && rejections.is_empty()) || state.exiting() {
            return;
        }
        for promise in handled {
            let report = hooks(state).and_then(|hooks| {
                let notify = hooks.rejection_handled.clone().restore(ctx)?;
                notify.call::<_, ()>((promise.restore(ctx)?,))
            });
            if let Err(error) = report {
                uncaught(state, ctx, error);
            }
        }
        for rejection in rejections {
            if let Err(error) = report_rejection(state, ctx, rejection) {
                uncaught(state, ctx, error);
            }
        }
    }
}

fn report_rejection(state: &State, ctx: &Ctx<'_>, rejection: Rejection) -> rquickjs::Result<()> {
    state.reported.borrow_mut().push(rejection.promise.clone());
    let report = hooks(state)?.unhandled_rejection.clone().restore(ctx)?;
    let place = rejection.place.map(|place| place.restore(ctx)).transpose()?;
    report.call((rejection.promise.restore(ctx)?, rejection.reason.restore(ctx)?, place))
}

/// Remembers a promise that was rejected without a handler, or forgets one that got it after all.
pub(crate) fn track_rejection<'js>(
    state: &Rc<State>,
    ctx: &Ctx<'js>,
    promise: Value<'js>,
    reason: Value<'js>,
    handled: bool,
) {
    let promise = Persistent::save(ctx, promise);
    if !handled {
        let place = if reason.is_error() { None } else { internals::new_error(ctx, "").ok() };
        let place = place.map(|place| Persistent::save(ctx, place));
        let reason = Persistent::save(ctx, reason);
        state.rejections.borrow_mut().push(Rejection { promise, reason, place });
        return;
    }
    let mut waiting = state.rejections.borrow_mut();
    if let Some(at) = waiting.iter().position(|rejection| rejection.promise == promise) {
        waiting.remove(at);
        return;
    }
    drop(waiting);
    let mut reported = state.reported.borrow_mut();
    let Some(at) = reported.iter().position(|other| *other == promise) else { return };
    reported.remove(at);
    // The engine is between two steps of a promise here, so JavaScript has to wait.
    state.handled.borrow_mut().push(promise);
}

/// Reports the exception behind `error`: to 'uncaughtException' listeners, else on stderr and to
/// the embedder.
pub(crate) fn uncaught(state: &State, ctx: &Ctx<'_>, error: Error) {
    // A conversion that failed in native code is an error without a JavaScript value.
    let exception = if error.is_exception() {
        ctx.catch()
    } else {
        match internals::new_error(ctx, &error.to_string()) {
            Ok(made) => made.into_value(),
            Err(_) => ctx.catch(),
        }
    };
    if state.exiting() {
        // What unwinds is process.exit itself.
        return;
    }
    let report = hooks(state).and_then(|hooks| {
        let report = hooks.uncaught.clone().restore(ctx)?;
        report.call::<_, ()>((exception, "uncaughtException"))
    });
    if report.is_err() && !state.exiting() {
        // A listener or the printing itself threw.
        let second = ctx.catch();
        let message = match second.as_exception() {
            Some(exception) => exception.to_string(),
            None => format!("{second:?}"),
        };
        crate::native::stdio::write_line(2, &message);
        state.report_uncaught(UncaughtException {
            stack: message.clone(),
            message,
            origin: "uncaughtException".to_owned(),
        });
    }
}
