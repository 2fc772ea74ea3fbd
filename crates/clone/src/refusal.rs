//! V8's words for what cannot be cloned (semantics 2): a plain `Error` whose text says what it was,
//! as far as that can be told without running script.

use rquickjs::{Error, Result, Value};

use crate::{
    engine::{self, Key, Shape, Text},
    format::MAX_DEPTH,
    intrinsics::{Intrinsics, Slot},
};

/// The end of every one of these messages.
const TAIL: &str = " could not be cloned.";
/// V8 shortens the source of a function that is longer than this, in UTF-16 code units, to its
/// first and last few.
const LONGEST_SOURCE: usize = 128;
const SOURCE_HEAD: usize = 111;
const SOURCE_TAIL: usize = 2;
/// Prototypes that are searched for a constructor; more only a script that means harm has.
const PROTOTYPES: usize = 100;

/// Throws the error for `value`.
pub(crate) fn refuse<'js>(intrinsics: &Intrinsics<'js>, value: &Value<'js>) -> Error {
    match describe(intrinsics, value) {
        Ok(mut text) => {
            text.extend(TAIL.encode_utf16());
            throw(intrinsics, &text)
        }
        Err(error) => error,
    }
}

/// Throws the error for an object that is marked as uncloneable.
pub(crate) fn refuse_marked(intrinsics: &Intrinsics<'_>) -> Error {
    throw(intrinsics, &units(&format!("An object{TAIL}")))
}

/// Throws the error for a detached buffer and its views.
pub(crate) fn refuse_detached(intrinsics: &Intrinsics<'_>) -> Error {
    throw(intrinsics, &units(&format!("An ArrayBuffer is detached and{TAIL}")))
}

/// Throws the error for an object below the depth limit.
pub(crate) fn refuse_depth(intrinsics: &Intrinsics<'_>) -> Error {
    throw(intrinsics, &units(&format!("An object nested deeper than {MAX_DEPTH} levels{TAIL}")))
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

fn throw(intrinsics: &Intrinsics<'_>, message: &[u16]) -> Error {
    let ctx = intrinsics.ctx();
    let thrown = engine::new_text_utf16(ctx, message)
        .and_then(|message| intrinsics.construct(Slot::Error, (message,)));
    match thrown {
        Ok(error) => ctx.throw(error),
        Err(error) => error,
    }
}

fn describe<'js>(intrinsics: &Intrinsics<'js>, value: &Value<'js>) -> Result<Vec<u16>> {
    let ctx = intrinsics.ctx();
    match engine::shape(value) {
        Shape::Symbol => {
            let symbol = value.clone().try_into_symbol().map_err(|_| Error::Unknown)?;
            let description = symbol.description()?;
            let mut text = units("Symbol(");
            if !description.is_undefined() {
                text.extend(text_of(intrinsics, &description)?);
            }
            text.push(u16::from(b')'));
            Ok(text)
        }
        Shape::Object => {
            let mut object = value.clone();
            // A proxy is described by its target; its traps are not called.
            while let Some(target) = engine::proxy_target(ctx, &object) {
                object = target;
            }
            if object.is_proxy() {
                return Ok(units("An object"));
            }
            if object.is_function() {
                let source: Value<'js> = intrinsics.ask(Slot::FunctionToString, &object)?;
                return Ok(shorten(&text_of(intrinsics, &source)?));
            }
            let plain = Key::ascii(ctx, b"toString").and_then(|key| inherited(&object, &key))?;
            if plain == Some(intrinsics.get(Slot::ObjectToString)?) {
                let maker = inherited(&object, &Key::ascii(ctx, b"constructor")?)?;
                if let Some(maker) = maker.filter(Value::is_function) {
                    let name = Key::ascii(ctx, b"name")?.own_data(&maker)?;
                    if let Some(name) = name.filter(|name| name.is_string()) {
                        let name = text_of(intrinsics, &name)?;
                        if !name.is_empty() {
                            return Ok([&units("#<")[..], &name, &units(">")].concat());
                        }
                    }
                }
            }
            Ok(units("An object"))
        }
        _ => Ok(units("A value")),
    }
}

/// The value of a data property, own or inherited.
fn inherited<'js>(object: &Value<'js>, key: &Key<'js>) -> Result<Option<Value<'js>>> {
    let mut next = object.as_object().cloned();
    for _ in 0..PROTOTYPES {
        let Some(object) = next.filter(|object| !object.is_proxy()) else { break };
        if let Some(value) = key.own_data(&object)? {
            return Ok(Some(value));
        }
        next = object.get_prototype();
    }
    Ok(None)
}

fn text_of<'js>(intrinsics: &Intrinsics<'js>, text: &Value<'js>) -> Result<Vec<u16>> {
    engine::with_text(intrinsics.ctx(), text, |text| match text {
        Text::Ascii(bytes) => bytes.iter().map(|&byte| byte.into()).collect(),
        Text::Units(units) => units.to_vec(),
    })
}

fn shorten(source: &[u16]) -> Vec<u16> {
    if source.len() <= LONGEST_SOURCE {
        return source.to_vec();
    }
    let (head, tail) = (&source[..SOURCE_HEAD], &source[source.len() - SOURCE_TAIL..]);
    [head, &units("...<omitted>..."), tail].concat()
}
