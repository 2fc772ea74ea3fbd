//! What process knows and does.

use super::define;
use crate::host::{self, hooks};
use crate::internals::{new_error, throw_error};
use crate::native::system_error;
use crate::{engine, state};
use rquickjs::function::Opt;
use rquickjs::{Ctx, Function, Object, Persistent, Value};
use rustix::fs::RawMode;
use rustix::process::{Pid, Signal};
use std::env;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::signal::unix::{SignalKind, signal};

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    install_facts(table)?;
    install_environment(table)?;
    install_control(table)
}

fn install_facts<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    let ctx = table.ctx();
    let state = state::of(ctx)?;
    table.set("argv", state.options.argv.clone())?;
    table.set("execPath", state.options.exec_path.clone())?;
    table.set("title", state.options.title.clone())?;
    let versions = Object::new(ctx.clone())?;
    for (name, version) in &state.options.versions {
        versions.set(name.as_str(), version.as_str())?;
    }
    table.set("versions", versions)?;
    table.set("pid", std::process::id())?;
    table.set(
        "arch",
        match env::consts::ARCH {
            "x86_64" => "x64",
            "aarch64" => "arm64",
            "x86" => "ia32",
            other => other,
        },
    )?;
    let elapsed = state.started.elapsed().as_secs_f64() * 1e3;
    let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    table.set("timeOrigin", wall.as_secs_f64() * 1e3 - elapsed)?;
    define!(table, "parent", std::os::unix::process::parent_id);
    // Nanoseconds of the monotonic clock.
    define!(table, "hrtime", || {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
        vec![time.tv_sec as f64, time.tv_nsec as f64]
    });
    // Milliseconds since the host started, never cached.
    define!(table, "uptime", |ctx: Ctx<'js>| {
        Ok::<_, rquickjs::Error>(state::of(&ctx)?.started.elapsed().as_secs_f64() * 1e3)
    });
    define!(table, "ids", || conch_system::ids().to_vec());
    define!(table, "readText", |path: String| std::fs::read_to_string(path).ok());
    Ok(())
}

fn install_environment<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // The environment is copied: changing the real one while other threads read it is undefined
    // behaviour in C, and only JavaScript asks for these values.
    define!(table, "environment", |ctx: Ctx<'js>| {
        let table = Object::new(ctx)?;
        for (name, value) in env::vars_os() {
            table.set(name.to_string_lossy().as_ref(), value.to_string_lossy().as_ref())?;
        }
        Ok::<_, rquickjs::Error>(table)
    });
    define!(table, "cwd", |ctx: Ctx<'js>| match env::current_dir() {
        Ok(path) => Ok(path.to_string_lossy().into_owned()),
        Err(error) => Err(system_error::throw(&ctx, &error, "uv_cwd", None, None)),
    });
    define!(table, "chdir", |ctx: Ctx<'js>, path: String| {
        env::set_current_dir(&path).map_err(|error| {
            let from = env::current_dir().unwrap_or_default().to_string_lossy().into_owned();
            system_error::throw(&ctx, &error, "chdir", Some(&from), Some(&path))
        })
    });
    define!(table, "umask", |mode: Opt<u32>| {
        let set = |mode: RawMode| {
            rustix::process::umask(rustix::fs::Mode::from_raw_mode(mode)).as_raw_mode()
        };
        match mode.0 {
            Some(mode) => set(mode),
            None => {
                // The call can only set and tell the old one.
                let mode = set(0o022);
                set(mode);
                mode
            }
        }
    });
    Ok(())
}

fn install_control<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // Ends the process. Does not return.
    define!(table, "reallyExit", |ctx: Ctx<'js>, code: i32| -> rquickjs::Result<()> {
        let state = state::of(&ctx)?;
        state.exit_code.set(Some(code));
        state.wake.notify_one();
        let end = new_error(&ctx, "process.exit")?;
        Err(engine::throw_uncatchable(&ctx, end.into_value()))
    });
    // The embedder's turn after an uncaught exception was printed.
    define!(table, "reportUncaught", |ctx: Ctx<'js>,
                                      message: String,
                                      stack: String,
                                      origin: String| {
        let state = state::of(&ctx)?;
        state.report_uncaught(crate::UncaughtException { message, stack, origin });
        Ok::<_, rquickjs::Error>(())
    });
    // Reports a value as an uncaught exception, from JavaScript that has to go on.
    define!(table, "triggerUncaught", |ctx: Ctx<'js>, exception: Value<'js>| {
        let state = state::of(&ctx)?;
        let report = hooks(&state)?.uncaught.clone().restore(&ctx)?;
        report.call::<_, ()>((exception, "uncaughtException"))
    });
    define!(table, "kill", |ctx: Ctx<'js>, pid: i32, signal: i32| {
        kill(pid, signal).map_err(|error| match system_error::short(&ctx, &error.into(), "kill") {
            Ok(error) => ctx.throw(error.into_value()),
            Err(error) => error,
        })
    });
    // Calls back each time the signal comes, which from now on does nothing else. Gives false when
    // it cannot be caught.
    define!(table, "watchSignal", |ctx: Ctx<'js>, number: i32, callback: Function<'js>| {
        watch_signal(&ctx, number, callback)
    });
    define!(table, "gc", |ctx: Ctx<'js>| ctx.run_gc());
    // A fault of the host's own JavaScript, to be seen in tests.
    define!(table, "abort", |ctx: Ctx<'js>, message: String| -> rquickjs::Result<()> {
        Err(throw_error(&ctx, &message))
    });
    Ok(())
}

/// Sends a signal to a process, to a group by its negative number, or with 0 to the own group.
/// The signal 0 only asks whether there is one to send to.
pub(crate) fn kill(pid: i32, signal: i32) -> rustix::io::Result<()> {
    use rustix::process::{
        kill_current_process_group, kill_process, kill_process_group,
        test_kill_current_process_group, test_kill_process, test_kill_process_group,
    };
    let known = Signal::from_named_raw(signal);
    if known.is_none() && signal != 0 {
        return Err(rustix::io::Errno::INVAL);
    }
    let target = pid.checked_abs().and_then(Pid::from_raw);
    match (target, known) {
        (Some(group), Some(signal)) if pid < 0 => kill_process_group(group, signal),
        (Some(group), None) if pid < 0 => test_kill_process_group(group),
        (Some(process), Some(signal)) => kill_process(process, signal),
        (Some(process), None) => test_kill_process(process),
        (None, Some(signal)) => kill_current_process_group(signal),
        (None, None) => test_kill_current_process_group(),
    }
}

fn watch_signal<'js>(
    ctx: &Ctx<'js>,
    number: i32,
    callback: Function<'js>,
) -> rquickjs::Result<bool> {
    let Ok(mut signals) = signal(SignalKind::from_raw(number)) else { return Ok(false) };
    let callback = Persistent::save(ctx, callback);
    let host = host::of(ctx)?;
    tokio::task::spawn_local(async move {
        while signals.recv().await.is_some() {
            let Some(host) = host.upgrade() else { return };
            host.enter(|ctx| callback.clone().restore(ctx)?.call::<_, ()>(()));
        }
    });
    Ok(true)
}
