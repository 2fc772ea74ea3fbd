//! Child processes: started at once, their output and end told by callbacks.

use super::{define, system_error};
use crate::engine;
use crate::host::{self, PendingOperation};
use rquickjs::{Ctx, Function, Object, Persistent, TypedArray, Value};
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::rc::Rc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{ChildStdin, Command};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The most that one callback carries.
const CHUNK: usize = 64 << 10;

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // spawn({ file, args, cwd?, env?: [name, value][], inherit }, told): { pid, write(bytes),
    // end() }, or throws. `told` is called with ('stdout' | 'stderr', bytes or null at the end)
    // and at last with ('exit', code or null, signal number or null).
    define!(table, "spawn", spawn);
    define!(table, "kill", |pid: u32, signal: i32| {
        let (Ok(pid), Some(signal)) = (i32::try_from(pid), named(signal)) else { return false };
        rustix::process::Pid::from_raw(pid)
            .is_some_and(|pid| rustix::process::kill_process(pid, signal).is_ok())
    });
    Ok(())
}

fn named(signal: i32) -> Option<rustix::process::Signal> {
    rustix::process::Signal::from_named_raw(signal)
}

type Told = Rc<Persistent<Function<'static>>>;

fn spawn<'js>(
    ctx: Ctx<'js>,
    options: Object<'js>,
    told: Function<'js>,
) -> rquickjs::Result<Object<'js>> {
    let file: String = options.get("file")?;
    let mut command = Command::new(&file);
    command.args(options.get::<_, Vec<String>>("args")?).stdin(Stdio::piped());
    if !options.get::<_, bool>("inherit")? {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
    }
    if let Some(cwd) = options.get::<_, Option<String>>("cwd")? {
        command.current_dir(cwd);
    }
    if let Some(env) = options.get::<_, Option<Vec<Vec<String>>>>("env")? {
        command.env_clear();
        for pair in env {
            if let [name, value] = pair.as_slice() {
                command.env(name, value);
            }
        }
    }
    let mut child = command.spawn().map_err(|error| {
        system_error::throw(&ctx, &error, &format!("spawn {file}"), Some(&file), None)
    })?;

    let process = Object::new(ctx.clone())?;
    process.set("pid", child.id())?;
    // Bounded by what the script chooses to write, as in Node, whose writes wait in memory too.
    let (input, written) = unbounded_channel();
    if let Some(stdin) = child.stdin.take() {
        tokio::task::spawn_local(write(stdin, written));
    }
    writers(&process, input)?;

    let told: Told = Rc::new(Persistent::save(&ctx, told));
    let host = host::of(&ctx)?;
    let pending = PendingOperation::begin(&ctx)?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    tokio::task::spawn_local(async move {
        let tell = |what: &'static str, bytes: Option<Vec<u8>>| {
            let Some(host) = host.upgrade() else { return };
            host.enter(|ctx| {
                let bytes = match bytes {
                    Some(bytes) => TypedArray::new(ctx.clone(), bytes)?.into_value(),
                    None => Value::new_null(ctx.clone()),
                };
                (*told).clone().restore(ctx)?.call::<_, ()>((what, bytes))
            });
        };
        let (status, (), ()) = tokio::join!(
            child.wait(),
            read("stdout", stdout, &tell),
            read("stderr", stderr, &tell)
        );
        let Some(host) = host.upgrade() else { return };
        host.enter(|ctx| {
            let code = status.as_ref().ok().and_then(ExitStatus::code);
            let signal = status.as_ref().ok().and_then(ExitStatus::signal);
            (*told).clone().restore(ctx)?.call::<_, ()>(("exit", code, signal))
        });
        drop(pending);
    });
    Ok(process)
}

fn writers<'js>(
    process: &Object<'js>,
    input: UnboundedSender<Option<Vec<u8>>>,
) -> rquickjs::Result<()> {
    let end = input.clone();
    // False after the end of the child: nobody reads it.
    define!(process, "write", move |bytes: Value<'js>| {
        engine::copy_bytes(&bytes).is_some_and(|bytes| input.send(Some(bytes)).is_ok())
    });
    define!(process, "end", move || end.send(None).is_ok());
    Ok(())
}

async fn write(mut stdin: ChildStdin, mut written: UnboundedReceiver<Option<Vec<u8>>>) {
    while let Some(Some(bytes)) = written.recv().await {
        if stdin.write_all(&bytes).await.is_err() {
            return;
        }
    }
}

async fn read(
    what: &'static str,
    output: Option<impl AsyncRead + Unpin>,
    tell: &impl Fn(&'static str, Option<Vec<u8>>),
) {
    let Some(mut output) = output else { return };
    let mut chunk = vec![0; CHUNK];
    while let Ok(count) = output.read(&mut chunk).await
        && count > 0
    {
        tell(what, chunk.get(..count).map(<[u8]>::to_vec));
    }
    tell(what, None);
}
