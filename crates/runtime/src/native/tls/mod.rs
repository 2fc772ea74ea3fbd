//! TLS as a client: a session turns plain bytes into records and back, and does no IO.

mod certificate;
mod session;
mod verifier;

use super::define;
use crate::engine;
use crate::internals::throw_error;
use rquickjs::{Array, Ctx, IntoJs, Object, TypedArray, Value};
use session::{Failure, Session, Settings};
use std::cell::RefCell;
use std::rc::Rc;

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // connect({ name, reject, protocols, ca?, cert?, key?, oldest?, newest? }): a session, or
    // [code, message] when the certificates or versions cannot be used.
    define!(table, "connect", |ctx: Ctx<'js>, options: Object<'js>| {
        let settings = Settings {
            name: options.get("name")?,
            reject: options.get("reject")?,
            protocols: options.get("protocols")?,
            authorities: options.get("ca")?,
            certificate: options.get("cert")?,
            key: options.get("key")?,
            oldest: options.get("oldest")?,
            newest: options.get("newest")?,
        };
        match Session::new(settings) {
            Ok(session) => Ok(session_to_js(&ctx, session)?.into_value()),
            Err(failure) => failure_to_js(&ctx, &failure),
        }
    });
    Ok(())
}

fn failure_to_js<'js>(ctx: &Ctx<'js>, failure: &Failure) -> rquickjs::Result<Value<'js>> {
    vec![failure.code, failure.message.as_str()].into_js(ctx)
}

fn session_to_js<'js>(ctx: &Ctx<'js>, session: Session) -> rquickjs::Result<Object<'js>> {
    let shared = Rc::new(RefCell::new(session));
    let table = Object::new(ctx.clone())?;
    // Takes records; gives [plain bytes, whether the peer ended], or [code, message].
    let session = shared.clone();
    define!(table, "receive", move |ctx: Ctx<'js>, bytes: Value<'js>| {
        let outcome = engine::with_bytes(&bytes, |bytes| session.borrow_mut().receive(bytes));
        match outcome {
            Some(Ok((plain, ended))) => {
                let array = Array::new(ctx.clone())?;
                array.set(0, TypedArray::<u8>::new(ctx.clone(), plain)?)?;
                array.set(1, ended)?;
                array.into_js(&ctx)
            }
            Some(Err(failure)) => failure_to_js(&ctx, &failure),
            None => Err(throw_error(&ctx, "not a Uint8Array")),
        }
    });
    // Takes plain bytes to send. While the handshake lasts they wait.
    let session = shared.clone();
    define!(table, "send", move |bytes: Value<'js>| {
        engine::with_bytes(&bytes, |bytes| session.borrow_mut().send(bytes)).unwrap_or(false)
    });
    // The records that are to be sent, or null.
    let session = shared.clone();
    define!(table, "output", move |ctx: Ctx<'js>| {
        let output = session.borrow_mut().output();
        if output.is_empty() {
            return Ok(Value::new_null(ctx));
        }
        TypedArray::<u8>::new(ctx.clone(), output)?.into_js(&ctx)
    });
    let session = shared.clone();
    define!(table, "end", move || session.borrow_mut().end());
    let session = shared.clone();
    define!(table, "isHandshaking", move || session.borrow().is_handshaking());
    // { protocol, alpn, cipher, distrust: [code, message] or undefined }, after the handshake.
    define!(table, "facts", move |ctx: Ctx<'js>| {
        let session = shared.borrow();
        let facts = Object::new(ctx)?;
        facts.set("protocol", session.protocol())?;
        facts.set("alpn", session.alpn())?;
        facts.set("cipher", session.cipher())?;
        let distrust = session.distrust();
        facts.set("distrust", distrust.map(|why| vec![why.code.to_owned(), why.message]))?;
        Ok::<_, rquickjs::Error>(facts)
    });
    Ok(table)
}
