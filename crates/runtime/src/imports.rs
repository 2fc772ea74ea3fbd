//! ES modules: names to modules for the engine.
//!
//! Resolution follows Node's rules and is written in JavaScript (internal/loader), beside that
//! of require. This file gives the engine what was found: the source of a file, or a synthetic
//! module for what is not ECMAScript: CommonJS, JSON, built-in modules.

use crate::host::hooks;
use crate::{internals, state};
use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::{Declarations, Declared, Exports, ModuleDef};
use rquickjs::{Ctx, Module, Object, Value};

/// Both halves of the engine's module interface. What they know is in the host's state.
pub(crate) struct Imports;

impl Resolver for Imports {
    fn resolve<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        base: &str,
        name: &str,
        _attributes: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<String> {
        let resolve = hooks(&*state::of(ctx)?)?.resolve_import.clone().restore(ctx)?;
        resolve.call((base, name))
    }
}

impl Loader for Imports {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        _attributes: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<Module<'js, Declared>> {
        let describe = hooks(&*state::of(ctx)?)?.import_meta.clone().restore(ctx)?;
        let meta: Option<Object> = describe.call((name,))?;
        let Some(meta) = meta else {
            // Asked before the module exists: one whose names could not be told would stay with
            // the engine, without exports.
            let state = state::of(ctx)?;
            let list = hooks(&state)?.synthetic_names.clone().restore(ctx)?;
            let names: Vec<String> = list.call((name,))?;
            *state.synthetic_names.borrow_mut() = names;
            return Module::declare_def::<Synthetic, _>(ctx.clone(), name);
        };
        let source = std::fs::read(name)
            .map_err(|error| internals::throw_error(ctx, &format!("{name}: {error}")))?;
        let module = Module::declare(ctx.clone(), name, hide_hashbang(source))?;
        let target = module.meta()?;
        for property in meta.props::<String, Value>() {
            let (key, value) = property?;
            target.set(key, value)?;
        }
        Ok(module)
    }
}

/// A module whose exports come from JavaScript that is no ES module: their names when it is
/// linked, their values when it is evaluated, as in Node.
struct Synthetic;

impl ModuleDef for Synthetic {
    fn declare<'js>(declarations: &Declarations<'js>) -> rquickjs::Result<()> {
        let state = state::of(declarations.module().ctx())?;
        for name in state.synthetic_names.take() {
            declarations.declare(name)?;
        }
        Ok(())
    }

    fn evaluate<'js>(ctx: &Ctx<'js>, exports: &Exports<'js>) -> rquickjs::Result<()> {
        let name = exports.module().name::<String>()?;
        let give = hooks(&*state::of(ctx)?)?.synthetic_exports.clone().restore(ctx)?;
        let values: Object = give.call((name,))?;
        for property in values.props::<String, Value>() {
            let (name, value) = property?;
            exports.export(name, value)?;
        }
        Ok(())
    }
}

/// A first line `#!...` is no JavaScript. A comment of the same length keeps the columns.
pub(crate) fn hide_hashbang(mut source: Vec<u8>) -> Vec<u8> {
    if source.starts_with(b"#!") {
        source[..2].copy_from_slice(b"//");
    }
    source
}
