//! Prints what a host costs: starting, entering, making a call, an error.

use conch_runtime::{Host, HostOptions, rquickjs};
use rquickjs::Function;
use std::io::Write;
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let thread = std::thread::Builder::new().stack_size(Host::THREAD_STACK).spawn(measure)?;
    if thread.join().is_err() {
        return Err(std::io::Error::other("the measuring thread failed"));
    }
    Ok(())
}

fn measure() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut out = std::io::stdout().lock();
    let _inside = runtime.enter();
    let started = Instant::now();
    let host = Host::new(HostOptions::default()).map_err(std::io::Error::other)?;
    writeln!(out, "start: {:.2} ms", started.elapsed().as_secs_f64() * 1e3)?;

    let rounds = 1_000_000u32;
    let each = |start: Instant| start.elapsed().as_secs_f64() * 1e9 / f64::from(rounds);
    let start = Instant::now();
    for _ in 0..rounds {
        host.enter(|_| Ok(()));
    }
    writeln!(out, "enter with nothing to do: {:.0} ns", each(start))?;

    let call = host.enter(|ctx| {
        let add: Function = ctx.eval("(a) => a + 1")?;
        Ok(rquickjs::Persistent::save(ctx, add))
    });
    let Some(call) = call else { return Ok(()) };
    let start = Instant::now();
    for _ in 0..rounds {
        host.enter(|ctx| call.clone().restore(ctx)?.call::<_, i32>((1,)));
    }
    writeln!(out, "enter and call a function: {:.0} ns", each(start))?;

    for (name, code) in [
        ("a promise job", "() => { Promise.resolve().then(() => {}) }"),
        ("a nextTick", "() => { process.nextTick(() => {}) }"),
        ("a new Error", "() => { new Error('x') }"),
        ("a timer set and cleared", "() => { clearTimeout(setTimeout(() => {}, 1)) }"),
        (
            "an emit to one listener",
            "(() => { const e = new (process.getBuiltinModule('events'))(); e.on('x', () => {}); return () => { e.emit('x', 1) } })()",
        ),
    ] {
        let function = host.enter(|ctx| {
            let function: Function = ctx.eval(code)?;
            Ok(rquickjs::Persistent::save(ctx, function))
        });
        let Some(function) = function else { continue };
        let start = Instant::now();
        for _ in 0..rounds / 10 {
            host.enter(|ctx| function.clone().restore(ctx)?.call::<_, ()>(()));
        }
        writeln!(out, "enter with {name}: {:.0} ns", each(start) * 10.0)?;
    }
    Ok(())
}
