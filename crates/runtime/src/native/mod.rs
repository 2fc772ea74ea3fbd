//! Native functions for the internal modules, one file for each `internalBinding` name.

pub(crate) mod async_context;
mod background;
mod child;
mod clone;
mod crypto;
mod dns;
mod fs;
mod http;
mod modules;
mod net;
mod os;
pub(crate) mod pipe;
mod process;
mod scripts;
pub(crate) mod stdio;
pub(crate) mod system_error;
mod text;
mod timers;
mod tls;
mod types;
mod url;
mod watch;
mod zlib;

use crate::internals::throw_error;
use rquickjs::{Ctx, Object, Value};

/// Makes the binding of this name. Throws when there is none.
pub(crate) fn make<'js>(ctx: &Ctx<'js>, name: &str) -> rquickjs::Result<Value<'js>> {
    let table = Object::new(ctx.clone())?;
    match name {
        "async_context" => async_context::install(&table)?,
        "child" => child::install(&table)?,
        "clone" => clone::install(&table)?,
        "crypto" => crypto::install(&table)?,
        "dns" => dns::install(&table)?,
        "fs" => fs::install(&table)?,
        "http" => http::install(&table)?,
        "modules" => modules::install(&table)?,
        "net" => net::install(&table)?,
        "os" => os::install(&table)?,
        "process" => process::install(&table)?,
        "scripts" => scripts::install(&table)?,
        "stdio" => stdio::install(&table)?,
        "text" => text::install(&table)?,
        "timers" => timers::install(&table)?,
        "tls" => tls::install(&table)?,
        "types" => types::install(&table)?,
        "url" => url::install(&table)?,
        "watch" => watch::install(&table)?,
        "zlib" => zlib::install(&table)?,
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
