//! Internal modules: the crate's own JavaScript, compiled when it is first required.
//!
//! Each is the body of a function with the parameters exports, require, module, process and
//! internalBinding. They see each other by name; apps see only those that the module loader
//! offers them.

use crate::native;
use crate::state::{self, State};
use rquickjs::context::EvalOptions;
use rquickjs::function::Constructor;
use rquickjs::{Ctx, Function, Object, Persistent, Value};

/// Embeds `js/node/<name>.js` for each name.
macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../js/node/", $name, ".js")))),*]
    };
}

/// Node's modules and the host's own, by name.
const MODULES: &[(&str, &str)] = embed![
    "assert",
    "buffer",
    "child_process",
    "events",
    "fs",
    "internal/abort",
    "internal/assertion_error",
    "internal/boot",
    "internal/buffer_numbers",
    "internal/buffer_search",
    "internal/builtins",
    "internal/console",
    "internal/console_table",
    "internal/deep_equal",
    "internal/encoding",
    "internal/errors",
    "internal/event_functions",
    "internal/event_target",
    "internal/export_names",
    "internal/failures",
    "internal/format",
    "internal/fs_calls",
    "internal/fs_values",
    "internal/globals",
    "internal/imports",
    "internal/inspect",
    "internal/inspect_errors",
    "internal/inspect_kinds",
    "internal/inspect_layout",
    "internal/loader",
    "internal/packages",
    "internal/performance",
    "internal/process",
    "internal/stack",
    "internal/stdio",
    "internal/structured_clone",
    "internal/tasks",
    "internal/types",
    "internal/url",
    "module",
    "os",
    "path",
    "querystring",
    "string_decoder",
    "timers",
    "tty",
    "url",
    "util",
];

/// The exports of an internal module, loaded if it was not yet.
///
/// Throws when there is no such module, and what the module itself throws.
pub fn require_internal<'js>(ctx: &Ctx<'js>, name: &str) -> rquickjs::Result<Value<'js>> {
    let state = state::of(ctx)?;
    if let Some(module) = loaded(ctx, &state, name)? {
        return module.get("exports");
    }
    let found = MODULES.iter().chain(state.options.internal_modules).find(|entry| entry.0 == name);
    match found {
        Some((_, source)) => compile(ctx, &state, name, source),
        None => Err(throw_error(ctx, &format!("No such internal module: {name}"))),
    }
}

/// Throws a JavaScript `Error` with this message, from native code.
pub fn throw_error(ctx: &Ctx<'_>, message: &str) -> rquickjs::Error {
    match new_error(ctx, message) {
        Ok(error) => ctx.throw(error.into_value()),
        Err(error) => error,
    }
}

/// A JavaScript `Error` with this message. Made by the constructor, so that the stack begins
/// with the message.
pub(crate) fn new_error<'js>(ctx: &Ctx<'js>, message: &str) -> rquickjs::Result<Object<'js>> {
    ctx.globals().get::<_, Constructor>("Error")?.construct((message,))
}

fn loaded<'js>(ctx: &Ctx<'js>, state: &State, name: &str) -> rquickjs::Result<Option<Object<'js>>> {
    let module = state.internals.borrow().get(name).cloned();
    module.map(|module| module.restore(ctx)).transpose()
}

/// Compiles and runs an internal module and registers it.
pub(crate) fn compile<'js>(
    ctx: &Ctx<'js>,
    state: &State,
    name: &str,
    source: &str,
) -> rquickjs::Result<Value<'js>> {
    const HEAD: &str = "(function (exports, require, module, process, internalBinding) {";
    let mut options = EvalOptions::default();
    options.filename = Some(format!("node:{name}"));
    let body: Function = ctx.eval_with_options([HEAD, source, "\n})"].concat(), options)?;

    let module = Object::new(ctx.clone())?;
    let exports = Object::new(ctx.clone())?;
    module.set("exports", exports.clone())?;
    // Registered before it runs: two modules may require each other.
    let kept = Persistent::save(ctx, module.clone());
    state.internals.borrow_mut().insert(name.to_owned(), kept);

    let process = state.process.borrow().clone();
    let binding = Function::new(ctx.clone(), |ctx: Ctx<'js>, name: String| binding(&ctx, &name))?;
    let require =
        Function::new(ctx.clone(), |ctx: Ctx<'js>, name: String| require_internal(&ctx, &name))?;
    if let Err(error) = body.call::<_, ()>((exports, require, module.clone(), process, binding)) {
        state.internals.borrow_mut().remove(name);
        return Err(error);
    }
    module.get("exports")
}

/// What `internalBinding(name)` gives: a table of native functions, made once.
fn binding<'js>(ctx: &Ctx<'js>, name: &str) -> rquickjs::Result<Value<'js>> {
    let state = state::of(ctx)?;
    let made = state.bindings.borrow().get(name).cloned();
    if let Some(made) = made {
        return made.restore(ctx);
    }
    let maker = state.binding_makers.borrow().get(name).cloned();
    let value = match maker {
        Some(make) => make(ctx)?,
        None => native::make(ctx, name)?,
    };
    state.bindings.borrow_mut().insert(name.to_owned(), Persistent::save(ctx, value.clone()));
    Ok(value)
}
