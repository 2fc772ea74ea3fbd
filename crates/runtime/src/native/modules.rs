//! What the module loader asks of the file system and the engine.

use super::define;
use crate::imports::hide_hashbang;
use crate::internals::new_error;
use crate::native::system_error;
use crate::{engine, state};
use rquickjs::context::EvalOptions;
use rquickjs::promise::PromiseState;
use rquickjs::{Ctx, Function, Module, Object, Promise, Value};
use std::fs;

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // 0 for a file, 1 for a folder, -1 for neither.
    define!(table, "kind", |path: String| match fs::metadata(path) {
        Ok(found) if found.is_dir() => 1,
        Ok(_) => 0,
        Err(_) => -1,
    });
    define!(table, "readText", |ctx: Ctx<'js>, path: String| match fs::read(&path) {
        Ok(bytes) => Ok(text(bytes)),
        Err(error) => Err(system_error::throw(&ctx, &error, "open", Some(&path), None)),
    });
    define!(table, "realpath", |ctx: Ctx<'js>, path: String| match fs::canonicalize(&path) {
        Ok(found) => Ok(found.to_string_lossy().into_owned()),
        Err(error) => Err(system_error::throw(&ctx, &error, "realpath", Some(&path), None)),
    });
    // Compiles a CommonJS module: the function that its text is the body of.
    define!(table, "compile", |ctx: Ctx<'js>, source: String, file: String| {
        let source = text(hide_hashbang(source.into_bytes()));
        let mut options = EvalOptions::default();
        options.strict = false;
        options.filename = Some(file);
        ctx.eval_with_options::<Function, _>([HEAD, &source, "\n})"].concat(), options)
    });
    // Tells the embedder what only Node has. Does not return where it takes the app there.
    define!(table, "missing", |ctx: Ctx<'js>, what: String| -> rquickjs::Result<()> {
        let state = state::of(&ctx)?;
        if !(state.options.on_missing)(&what) {
            return Ok(());
        }
        state.abandoned.set(true);
        state.exit_code.set(Some(0));
        state.wake.notify_one();
        let error = new_error(&ctx, "the app is taken to Node")?;
        Err(engine::throw_uncatchable(&ctx, error.into_value()))
    });
    table.set("headLength", HEAD.len())?;
    define!(table, "import", |ctx: Ctx<'js>, name: String| Module::import(&ctx, name));
    define!(table, "importNow", import_now);
    define!(table, "promiseState", |promise: Value<'js>| promise_state(&promise));
    Ok(())
}

const HEAD: &str = "(function (exports, require, module, __filename, __dirname) {";

fn text(bytes: Vec<u8>) -> String {
    let bytes = if bytes.starts_with(b"\xEF\xBB\xBF") { bytes[3..].to_vec() } else { bytes };
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    }
}

/// The namespace of an ES module, evaluated before this returns; undefined when it awaits something
/// at its top level. `facade` is a module that exports it as `namespace`: the engine tells the
/// outcome of a module at once only for one that was declared by hand.
fn import_now<'js>(
    ctx: Ctx<'js>,
    name: String,
    facade: String,
) -> rquickjs::Result<Option<Value<'js>>> {
    let (module, promise) = Module::declare(ctx, name, facade)?.eval()?;
    match promise.state() {
        PromiseState::Pending => Ok(None),
        PromiseState::Resolved => module.get("namespace").map(Some),
        // Throws the reason, and marks the rejection as handled.
        PromiseState::Rejected => {
            let ctx = promise.ctx().clone();
            let ignore = Function::new(ctx.clone(), || ())?;
            promise.catch()?.call::<_, ()>((rquickjs::function::This(promise.clone()), ignore))?;
            match promise.result::<Value>() {
                Some(Err(error)) => Err(error),
                _ => Err(rquickjs::Error::Unknown),
            }
        }
    }
}

/// [0] while pending, [1, value] when fulfilled, [2, reason] when rejected.
fn promise_state<'js>(value: &Value<'js>) -> rquickjs::Result<Vec<Value<'js>>> {
    let ctx = value.ctx();
    let Some(promise) = value.as_object().and_then(|object| object.as_promise()) else {
        return Ok(Vec::new());
    };
    let state = |number| Value::new_int(ctx.clone(), number);
    Ok(match Promise::state(promise) {
        PromiseState::Pending => vec![state(0)],
        PromiseState::Resolved => match promise.result::<Value>() {
            Some(value) => vec![state(1), value?],
            None => vec![state(1)],
        },
        PromiseState::Rejected => {
            // `result` throws the reason; it is only looked at here.
            let _ = promise.result::<Value>();
            vec![state(2), ctx.catch()]
        }
    })
}
