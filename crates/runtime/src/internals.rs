//! Internal modules: the crate's own JavaScript, in the binary as bytecode, which is read when a
//! module is first required.
//!
//! Each is the body of a function with the parameters exports, require, module, process and
//! internalBinding. They see each other by name; apps see only those that the module loader
//! offers them.

use crate::state::{self, State};
use crate::{engine, native};
use rquickjs::function::Constructor;
use rquickjs::{Ctx, Function, Object, Persistent, Value};

// `ENGINE` and `MODULES`, which build.rs made of `js/node` and `js/electron`.
include!(concat!(env!("OUT_DIR"), "/bytecode.rs"));

/// The exports of an internal module, loaded if it was not yet.
///
/// Throws when there is no such module, and what the module itself throws.
pub fn require_internal<'js>(ctx: &Ctx<'js>, name: &str) -> rquickjs::Result<Value<'js>> {
    let state = state::of(ctx)?;
    if let Some(module) = loaded(ctx, &state, name)? {
        return module.get("exports");
    }
    match MODULES.binary_search_by(|entry| entry.0.cmp(name)) {
        Ok(at) => load(ctx, &state, name, engine::read_bytecode(ctx, MODULES[at].1)?),
        Err(_) => Err(throw_error(ctx, &format!("No such internal module: {name}"))),
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

/// The names of all internal modules.
pub fn internal_module_names() -> impl Iterator<Item = &'static str> {
    MODULES.iter().map(|(name, _)| *name)
}

/// Runs the body of an internal module and registers it.
fn load<'js>(
    ctx: &Ctx<'js>,
    state: &State,
    name: &str,
    body: Function<'js>,
) -> rquickjs::Result<Value<'js>> {
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
