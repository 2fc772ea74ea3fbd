//! Parsing HTTP/1.1: the caller pulls what comes next out of a chunk, so that it can stop
//! wherever it wants to.

mod chunked;
mod framing;
mod head;
mod parser;

use super::define;
use crate::engine;
use crate::internals::throw_error;
use parser::{Event, Failure, Parser};
use rquickjs::{Array, Ctx, IntoJs, Object, Value};
use std::cell::RefCell;
use std::rc::Rc;

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    table.set("methods", head::METHODS.to_vec())?;
    // A parser of requests or of responses: { next(bytes, offset), finish(), withoutBody() }.
    define!(table, "parser", |ctx: Ctx<'js>, requests: bool, limit: usize| {
        let parser = Rc::new(RefCell::new(Parser::new(requests, limit)));
        let table = Object::new(ctx)?;
        // What comes next in bytes[offset..], as an array that begins with a kind and the offset
        // behind it (see `event_to_js`); or [-1, offset, code, reason] for what is no HTTP.
        let shared = parser.clone();
        define!(table, "next", move |ctx: Ctx<'js>, bytes: Value<'js>, offset: usize| {
            let outcome = engine::with_bytes(&bytes, |bytes| {
                shared.borrow_mut().next(bytes.get(offset..).unwrap_or_default())
            });
            match outcome {
                Some(Ok((used, event))) => event_to_js(&ctx, offset, used, event),
                Some(Err(failure)) => failure_to_js(&ctx, offset, failure),
                None => Err(throw_error(&ctx, "not a Uint8Array")),
            }
        });
        // The peer sends no more: as `next`, with kind 0 when that is where it may end.
        let shared = parser.clone();
        define!(table, "finish", move |ctx: Ctx<'js>| {
            let outcome = shared.borrow_mut().finish();
            match outcome {
                Ok(event) => event_to_js(&ctx, 0, 0, event),
                Err(failure) => failure_to_js(&ctx, 0, failure),
            }
        });
        // The response whose head was just read has no body, whatever its headers say.
        let shared = parser.clone();
        define!(table, "withoutBody", move || shared.borrow_mut().without_body());
        Ok::<_, rquickjs::Error>(table)
    });
    Ok(())
}

fn failure_to_js<'js>(
    ctx: &Ctx<'js>,
    offset: usize,
    failure: Failure,
) -> rquickjs::Result<Value<'js>> {
    let array = Array::new(ctx.clone())?;
    array.set(0, -1)?;
    array.set(1, offset)?;
    array.set(2, failure.code)?;
    array.set(3, failure.reason)?;
    array.into_js(ctx)
}

/// - [0, offset]: all is used, more is needed
/// - [1, offset, minor version, method or status, url or reason, headers, keep alive, upgrade]
/// - [2, offset, start]: bytes[start..offset] belong to the body
/// - [3, offset, trailers]: the message is complete
fn event_to_js<'js>(
    ctx: &Ctx<'js>,
    offset: usize,
    used: usize,
    event: Event,
) -> rquickjs::Result<Value<'js>> {
    let array = Array::new(ctx.clone())?;
    array.set(1, offset + used)?;
    match event {
        Event::More => array.set(0, 0)?,
        Event::Head(head) => {
            array.set(0, 1)?;
            array.set(2, head.minor_version)?;
            match head.status {
                Some(status) => array.set(3, status)?,
                None => array.set(3, head.method)?,
            }
            array.set(4, head.text)?;
            array.set(5, head.headers)?;
            array.set(6, head.keep_alive)?;
            array.set(7, head.upgrade)?;
        }
        Event::Body(length) => {
            array.set(0, 2)?;
            array.set(2, offset + used - length)?;
        }
        Event::End(trailers) => {
            array.set(0, 3)?;
            array.set(2, trailers)?;
        }
    }
    array.into_js(ctx)
}
