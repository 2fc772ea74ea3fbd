//! Child processes: started at once, their end told by a callback, their pipes as `native::pipe`.

mod start;
mod sync;

use super::pipe::{self, Pipe};
use super::{define, fs};
use crate::engine;
use crate::host::{self, Liveness};
use rquickjs::{Ctx, Function, IntoJs, Object, Persistent, TypedArray, Value};
use start::{Plan, Source, Started};
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::rc::Rc;
use tokio::process::Child;

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // spawn(plan, ended): { pid, pipes, ref(), unref() }, or the errno of the failure, negative.
    // `ended` is called with (code or null, signal number or null).
    define!(table, "spawn", spawn);
    // spawnSync(plan, { inputs, timeout, signal, maxBuffer }):
    // { pid, status, signal, outputs, errno }.
    define!(table, "spawnSync", spawn_sync);
    // Gives the errno of a failure, else 0.
    define!(table, "kill", |pid: i32, signal: i32| kill(pid, signal)
        .map_or_else(rustix::io::Errno::raw_os_error, |()| 0));
    Ok(())
}

fn kill(pid: i32, signal: i32) -> rustix::io::Result<()> {
    // A child has a number of its own: 0 and less stand for groups.
    if pid > 0 { super::process::kill(pid, signal) } else { Err(rustix::io::Errno::SRCH) }
}

/// What JavaScript asks for: { file, args, argv0?, cwd?, env?: [name, value][], stdio, detached,
/// uid?, gid? }, where an entry of stdio is 'ignore', 'pipe', a descriptor, or a pipe of another
/// child's. Err holds an errno.
fn plan<'js>(options: &Object<'js>) -> rquickjs::Result<Result<Plan, i32>> {
    let mut stdio = Vec::new();
    for source in options.get::<_, Vec<Value<'js>>>("stdio")? {
        let given = match source.as_int() {
            Some(number) => fs::descriptor(number),
            None if source.is_object() => pipe::descriptor(&source),
            None => {
                let word = source.get::<String>()?;
                stdio.push(if word == "pipe" { Source::Pipe } else { Source::Ignore });
                continue;
            }
        };
        match given {
            Ok(descriptor) => stdio.push(Source::Descriptor(descriptor)),
            Err(error) => return Ok(Err(error.raw_os_error().unwrap_or(9))),
        }
    }
    let env = options.get::<_, Option<Vec<Vec<String>>>>("env")?;
    let env = env.map(|env| {
        let pairs = env.into_iter().filter_map(|pair| <[String; 2]>::try_from(pair).ok());
        pairs.map(|[name, value]| (name, value)).collect()
    });
    Ok(Ok(Plan {
        file: options.get("file")?,
        args: options.get("args")?,
        argv0: options.get("argv0")?,
        cwd: options.get("cwd")?,
        env,
        stdio,
        detached: options.get("detached")?,
        uid: options.get("uid")?,
        gid: options.get("gid")?,
    }))
}

fn spawn<'js>(
    ctx: Ctx<'js>,
    options: Object<'js>,
    ended: Function<'js>,
) -> rquickjs::Result<Value<'js>> {
    let started = match plan(&options)? {
        Ok(plan) => start::start(&plan),
        Err(errno) => return (-errno).into_js(&ctx),
    };
    let Started { child, pipes } = match started {
        Ok(started) => started,
        Err(error) => return (-super::system_error::errno(&error)).into_js(&ctx),
    };
    let process = Object::new(ctx.clone())?;
    process.set("pid", child.id())?;
    let list = rquickjs::Array::new(ctx.clone())?;
    for (at, end) in pipes.into_iter().enumerate() {
        let pipe = end.and_then(|end| Pipe::new(end).ok());
        let pipe = pipe.map(|pipe| pipe::object(&ctx, pipe)).transpose()?;
        list.set(at, pipe.into_js(&ctx)?)?;
    }
    process.set("pipes", list)?;

    let liveness = Liveness::new(&ctx)?;
    let shared = liveness.clone();
    define!(process, "ref", move || shared.set_referenced(true));
    let shared = liveness.clone();
    define!(process, "unref", move || shared.set_referenced(false));
    wait(&ctx, child, ended, &liveness)?;
    Ok(process.into_value())
}

/// Tells the end of the child, whenever it comes.
fn wait<'js>(
    ctx: &Ctx<'js>,
    mut child: Child,
    ended: Function<'js>,
    liveness: &Rc<Liveness>,
) -> rquickjs::Result<()> {
    let ended = Persistent::save(ctx, ended);
    let host = host::of(ctx)?;
    let activity = liveness.begin();
    tokio::task::spawn_local(async move {
        let status = child.wait().await;
        let Some(host) = host.upgrade() else { return };
        host.enter(|ctx| {
            let code = status.as_ref().ok().and_then(ExitStatus::code);
            let signal = status.as_ref().ok().and_then(ExitStatus::signal);
            ended.restore(ctx)?.call::<_, ()>((code, signal))
        });
        drop(activity);
    });
    Ok(())
}

fn spawn_sync<'js>(
    ctx: Ctx<'js>,
    options: Object<'js>,
    limits: Object<'js>,
) -> rquickjs::Result<Object<'js>> {
    let reply = Object::new(ctx.clone())?;
    let plan = match plan(&options)? {
        Ok(plan) => plan,
        Err(errno) => {
            reply.set("errno", -errno)?;
            return Ok(reply);
        }
    };
    let inputs = limits.get::<_, Vec<Value<'js>>>("inputs")?;
    let limits = sync::Limits {
        inputs: inputs.iter().map(engine::copy_bytes).collect(),
        timeout: limits.get("timeout")?,
        signal: limits.get("signal")?,
        max_buffer: limits.get("maxBuffer")?,
    };
    let outcome = match sync::run(plan, limits) {
        Ok(outcome) => outcome,
        Err(error) => {
            reply.set("errno", -super::system_error::errno(&error))?;
            return Ok(reply);
        }
    };
    reply.set("errno", outcome.errno.map(|errno| -errno))?;
    reply.set("pid", outcome.pid)?;
    reply.set("status", outcome.status.code())?;
    reply.set("signal", outcome.status.signal())?;
    let outputs = rquickjs::Array::new(ctx.clone())?;
    for (at, bytes) in outcome.outputs.into_iter().enumerate() {
        let bytes = bytes.map(|bytes| TypedArray::<u8>::new(ctx.clone(), bytes)).transpose()?;
        outputs.set(at, bytes)?;
    }
    reply.set("outputs", outputs)?;
    Ok(reply)
}
