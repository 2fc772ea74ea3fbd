//! Compression by zlib-rs: whole, or piece by piece for the streams.

mod coder;

use super::{background, define};
use crate::engine;
use coder::{Coder, Config, Failure, Step};
use rquickjs::{Ctx, Function, IntoJs, Object, TypedArray, Value};
use std::cell::RefCell;
use std::rc::Rc;
use zlib_rs::{DeflateConfig, Strategy};

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // As floating-point numbers: the engine's integers have 31 bits and a sign.
    define!(table, "crc32", |bytes: Value<'js>, start: f64| {
        engine::with_bytes(&bytes, |bytes| f64::from(zlib_rs::crc32::crc32(start as u32, bytes)))
    });
    // whole(callback or null, config, bytes, finishFlush, most): the bytes, or { message, errno };
    // to the callback as its one argument. errno 0: more bytes than `most`.
    define!(table, "whole", |ctx: Ctx<'js>,
                             callback: Option<Function<'js>>,
                             config: Object<'js>,
                             bytes: Value<'js>,
                             flush: u8,
                             most: f64| {
        let config = read_config(&config)?;
        let bytes = engine::copy_bytes(&bytes).unwrap_or_default();
        let work = move || coder::whole(config, &bytes, flush, most as usize);
        let Some(callback) = callback else { return outcome(&ctx, work()) };
        background::run(&ctx, callback, work, |ctx, callback, coded| {
            callback.call::<_, ()>((outcome(ctx, coded)?,))
        })?;
        Ok(Value::new_undefined(ctx))
    });
    // coder(config): { write(bytes, flush, room), setLevel(level) }. `write` gives
    // { bytes, consumed, full }, or { message, errno }.
    define!(table, "coder", |ctx: Ctx<'js>, config: Object<'js>| {
        let coder = Coder::new(read_config(&config)?);
        coder_object(&ctx, coder)
    });
    Ok(())
}

/// { mode, level, windowBits, memLevel, strategy, dictionary? }
fn read_config(config: &Object<'_>) -> rquickjs::Result<Config> {
    Ok(Config {
        mode: config.get("mode")?,
        window_bits: config.get("windowBits")?,
        deflate: DeflateConfig {
            level: config.get("level")?,
            mem_level: config.get("memLevel")?,
            strategy: Strategy::try_from(config.get::<_, i32>("strategy")?).unwrap_or_default(),
            ..DeflateConfig::default()
        },
        dictionary: engine::copy_bytes(&config.get("dictionary")?).unwrap_or_default(),
    })
}

fn coder_object<'js>(ctx: &Ctx<'js>, coder: Coder) -> rquickjs::Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    let shared = Rc::new(RefCell::new(coder));
    let coder = shared.clone();
    define!(object, "write", move |ctx: Ctx<'js>, bytes: Value<'js>, flush: u8, room: usize| {
        let bytes = engine::copy_bytes(&bytes).unwrap_or_default();
        match coder.borrow_mut().step(&bytes, flush, room) {
            Ok(Step { bytes, consumed, full }) => {
                let step = Object::new(ctx.clone())?;
                step.set("bytes", TypedArray::<u8>::new(ctx, bytes)?)?;
                step.set("consumed", consumed)?;
                step.set("full", full)?;
                Ok(step)
            }
            Err(failure) => failed(&ctx, &failure),
        }
    });
    let coder = shared.clone();
    // Gives false when it cannot be set.
    define!(object, "setLevel", move |level: i32| coder.borrow_mut().set_level(level));
    define!(object, "reset", move || shared.borrow_mut().reset());
    Ok(object)
}

fn outcome<'js>(ctx: &Ctx<'js>, coded: Result<Vec<u8>, Failure>) -> rquickjs::Result<Value<'js>> {
    match coded {
        Ok(bytes) => TypedArray::<u8>::new(ctx.clone(), bytes)?.into_js(ctx),
        Err(failure) => failed(ctx, &failure)?.into_js(ctx),
    }
}

fn failed<'js>(ctx: &Ctx<'js>, failure: &Failure) -> rquickjs::Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("message", failure.message)?;
    object.set("errno", failure.errno)?;
    Ok(object)
}
