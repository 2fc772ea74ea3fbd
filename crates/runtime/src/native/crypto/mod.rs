//! Random numbers, hashes, key derivation and ciphers, by the RustCrypto crates.

mod cipher;
mod gcm;

use super::{background, define};
use crate::engine;
use crate::internals::throw_error;
use cipher::Cipher;
use conch_crypto::{Derivation, Running};
use rquickjs::function::Opt;
use rquickjs::{Ctx, Function, IntoJs, Object, TypedArray, Value};
use std::cell::RefCell;
use std::rc::Rc;

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    install_random(table)?;
    table.set("hashes", conch_crypto::NAMES.to_vec())?;
    // hash(name, key?): { update(bytes), digest(), copy() }, or undefined for an unknown name.
    // With a key it is an HMAC.
    define!(table, "hash", |ctx: Ctx<'js>, name: String, key: Opt<Value<'js>>| {
        let key = key.0.as_ref().and_then(engine::copy_bytes);
        conch_crypto::start(&name, key.as_deref())
            .map(|running| hash_object(&ctx, running))
            .transpose()
    });
    define!(table, "equal", |left: Value<'js>, right: Value<'js>| {
        let right = engine::copy_bytes(&right).unwrap_or_default();
        engine::with_bytes(&left, |left| conch_crypto::equal(left, &right))
    });
    // derive(callback or null, kind, digest, secret, salt, info, numbers): the key, or to the
    // callback as (null, key).
    define!(table, "derive", |ctx: Ctx<'js>,
                              callback: Option<Function<'js>>,
                              kind: String,
                              digest: String,
                              inputs: Vec<Value<'js>>,
                              numbers: Vec<f64>| {
        let input = |at: usize| inputs.get(at).and_then(engine::copy_bytes).unwrap_or_default();
        let derivation =
            Derivation { kind, digest, secret: input(0), salt: input(1), info: input(2), numbers };
        let Some(callback) = callback else {
            return derived(&ctx, derivation.perform());
        };
        background::run(
            &ctx,
            callback,
            move || derivation.perform(),
            |ctx, callback, key| {
                let key = derived(ctx, key)?;
                callback.call::<_, ()>((Value::new_null(ctx.clone()), key))
            },
        )?;
        Ok(Value::new_undefined(ctx))
    });
    // cipher(name, key, iv, decrypt): see `cipher_object`.
    define!(table, "cipher", |ctx: Ctx<'js>,
                              name: String,
                              key: Value<'js>,
                              iv: Value<'js>,
                              decrypt: bool| {
        let (key, iv) = (engine::copy_bytes(&key), engine::copy_bytes(&iv));
        let (key, iv) = (key.unwrap_or_default(), iv.unwrap_or_default());
        let cipher = Cipher::new(&name, &key, &iv, decrypt)
            .ok_or_else(|| throw_error(&ctx, "an unknown cipher, or lengths that do not fit"))?;
        cipher_object(&ctx, cipher)
    });
    Ok(())
}

fn install_random<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // Fills a Uint8Array.
    define!(table, "randomFill", |ctx: Ctx<'js>, bytes: Value<'js>| {
        match engine::with_bytes(&bytes, getrandom::fill) {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) => Err(throw_error(&ctx, &error.to_string())),
            None => Err(throw_error(&ctx, "not a Uint8Array")),
        }
    });
    // randomBytes(callback, size): calls back with (null, bytes) or (error).
    define!(table, "randomBytes", |ctx: Ctx<'js>, callback: Function<'js>, size: usize| {
        let work = move || {
            let mut bytes = vec![0; size];
            getrandom::fill(&mut bytes).map(|()| bytes)
        };
        background::run(&ctx, callback, work, |ctx, callback, outcome| match outcome {
            Ok(bytes) => {
                let bytes = TypedArray::<u8>::new(ctx.clone(), bytes)?;
                callback.call::<_, ()>((Value::new_null(ctx.clone()), bytes))
            }
            Err(error) => callback.call((crate::internals::new_error(ctx, &error.to_string())?,)),
        })
    });
    Ok(())
}

/// A key, or undefined where the numbers cannot give one.
fn derived<'js>(ctx: &Ctx<'js>, key: Option<Vec<u8>>) -> rquickjs::Result<Value<'js>> {
    key.map(|key| TypedArray::<u8>::new(ctx.clone(), key)).into_js(ctx)
}

fn hash_object<'js>(ctx: &Ctx<'js>, running: Box<dyn Running>) -> rquickjs::Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    let shared = Rc::new(RefCell::new(Some(running)));
    let running = shared.clone();
    define!(object, "update", move |bytes: Value<'js>| {
        if let Some(running) = running.borrow_mut().as_mut() {
            engine::with_bytes(&bytes, |bytes| running.feed(bytes));
        }
    });
    let running = shared.clone();
    // The digest; once, after which nothing is left.
    define!(object, "digest", move |ctx: Ctx<'js>| {
        let digest = running.take().map(Running::finish).unwrap_or_default();
        TypedArray::<u8>::new(ctx, digest)
    });
    define!(object, "copy", move |ctx: Ctx<'js>| {
        let copy = shared.borrow().as_ref().map(|running| running.copy());
        copy.map(|copy| hash_object(&ctx, copy)).transpose()
    });
    Ok(object)
}

/// { update(bytes), final(), setPadding(on), authenticate(bytes), tag(), setTag(bytes) }. What
/// fails gives the word for it instead of bytes.
fn cipher_object<'js>(ctx: &Ctx<'js>, cipher: Cipher) -> rquickjs::Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    let shared = Rc::new(RefCell::new(cipher));
    let cipher = shared.clone();
    define!(object, "update", move |ctx: Ctx<'js>, bytes: Value<'js>| {
        let bytes = engine::copy_bytes(&bytes).unwrap_or_default();
        outcome(&ctx, cipher.borrow_mut().update(bytes))
    });
    let cipher = shared.clone();
    define!(object, "final", move |ctx: Ctx<'js>| outcome(&ctx, cipher.borrow_mut().finish()));
    let cipher = shared.clone();
    define!(object, "setPadding", move |on: bool| cipher.borrow_mut().set_padding(on));
    let cipher = shared.clone();
    define!(object, "authenticate", move |bytes: Value<'js>| {
        engine::with_bytes(&bytes, |bytes| cipher.borrow_mut().authenticate(bytes));
    });
    let cipher = shared.clone();
    define!(object, "tag", move |ctx: Ctx<'js>| {
        TypedArray::<u8>::new(ctx, cipher.borrow().tag())
    });
    define!(object, "setTag", move |tag: Value<'js>| {
        engine::with_bytes(&tag, |tag| shared.borrow_mut().set_tag(tag));
    });
    Ok(object)
}

fn outcome<'js>(
    ctx: &Ctx<'js>,
    outcome: Result<Vec<u8>, &'static str>,
) -> rquickjs::Result<Value<'js>> {
    match outcome {
        Ok(bytes) => TypedArray::<u8>::new(ctx.clone(), bytes)?.into_js(ctx),
        Err(word) => word.into_js(ctx),
    }
}
