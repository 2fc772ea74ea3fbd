//! Native functions for the internal modules, one file for each `internalBinding` name.

mod modules;
mod process;
pub(crate) mod stdio;
pub(crate) mod system_error;
mod timers;
mod types;

use crate::internals::throw_error;
use rquickjs::{Ctx, Object, Value};

/// Makes the binding of this name. Throws when there is none.
pub(crate) fn make<'js>(ctx: &Ctx<'js>, name: &str) -> rquickjs::Result<Value<'js>> {
    let table = Object::new(ctx.clone())?;
    match name {
        "modules" => modules::install(&table)?,
        "process" => process::install(&table)?,
        "stdio" => stdio::install(&table)?,
        "timers" => timers::install(&table)?,
        "types" => types::install(&table)?,
        _ => return Err(throw_error(ctx, &format!("No such binding: {name}"))),
    }
    Ok(table.into_value())
}

/// Sets a function of this name on a binding's table.
macro_rules! define {
    ($table:ident, $name:literal, $function:expr) => {
        $table.set(
            $name,
            rquickjs::Function::new($table.ctx().clone(), $function)?.with_name($name)?,
        )?
    };
}
pub(crate) use define;
