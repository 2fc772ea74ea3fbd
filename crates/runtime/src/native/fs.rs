//! The file system: one request, performed at once or on a thread of the blocking pool.

pub(crate) use conch_system::descriptor;

use super::{background, define, system_error};
use crate::engine;
use conch_system::{Failure, Reply, Request};
use rquickjs::{Ctx, Function, IntoJs, Object, TypedArray, Value};

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // call(operation, path, other path, numbers, bytes): the reply, or throws.
    define!(table, "call", |ctx: Ctx<'js>,
                            operation: String,
                            path: Option<String>,
                            other: Option<String>,
                            numbers: Vec<f64>,
                            bytes: Value<'js>| {
        let bytes = engine::copy_bytes(&bytes);
        match conch_system::perform(&Request { operation, path, other, numbers, bytes }) {
            Ok(reply) => into_js(&ctx, reply),
            Err(failure) => Err(ctx.throw(error(&ctx, &failure)?.into_value())),
        }
    });
    // start(callback, ...the same): calls back with (error, reply) later.
    define!(table, "start", |ctx: Ctx<'js>,
                             callback: Function<'js>,
                             operation: String,
                             path: Option<String>,
                             other: Option<String>,
                             numbers: Vec<f64>,
                             bytes: Value<'js>| {
        let bytes = engine::copy_bytes(&bytes);
        let request = Request { operation, path, other, numbers, bytes };
        start(&ctx, callback, request)
    });
    Ok(())
}

fn start<'js>(ctx: &Ctx<'js>, callback: Function<'js>, request: Request) -> rquickjs::Result<()> {
    background::run(
        ctx,
        callback,
        move || conch_system::perform(&request),
        |ctx, callback, outcome| match outcome {
            Ok(reply) => callback.call((Value::new_null(ctx.clone()), into_js(ctx, reply)?)),
            Err(failure) => callback.call((error(ctx, &failure)?,)),
        },
    )
}

fn error<'js>(ctx: &Ctx<'js>, failure: &Failure) -> rquickjs::Result<Object<'js>> {
    let Failure { error, syscall, path, other } = failure;
    system_error::new(ctx, error, syscall, path.as_deref(), other.as_deref())
}

fn into_js<'js>(ctx: &Ctx<'js>, reply: Reply) -> rquickjs::Result<Value<'js>> {
    match reply {
        Reply::Nothing => Ok(Value::new_undefined(ctx.clone())),
        Reply::Text(text) => text.into_js(ctx),
        Reply::Bytes(bytes) => TypedArray::<u8>::new(ctx.clone(), bytes)?.into_js(ctx),
        Reply::Numbers(numbers) => numbers.into_js(ctx),
        Reply::Entries(entries) => {
            let list = rquickjs::Array::new(ctx.clone())?;
            for (at, (name, kind)) in entries.into_iter().enumerate() {
                list.set(at * 2, name)?;
                list.set(at * 2 + 1, kind)?;
            }
            list.into_js(ctx)
        }
    }
}
