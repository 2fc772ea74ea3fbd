//! The functions that our JavaScript is given. They are handed over as arguments, never as
//! globals, so a page has no way to them.

use crate::config::Config;
use crate::context::{Instance, Placed};
use crate::crypto;
use crate::evaluate::{Compile, Evaluate, EvaluateMain};
use crate::files::{self, ReadFile};
use crate::link::{Frame, Full};
use crate::log::log;
use crate::own_worlds::{EvaluateIn, WorldSide};
use crate::script::{Call, Native, Pinned, Realm, Text, Thrown, Value};
use crate::session::{self, Session};
use crate::socket::monotonic_nanoseconds;
use crate::world;
use conch_wire::{DocumentId, HEADER_LENGTH, Header, kind};
use std::cell::RefCell;
use std::rc::Rc;

/// The object for the world of the preload scripts.
pub(crate) fn for_internals<'a>(
    realm: &'a Realm,
    config: &Config,
    document: DocumentId,
) -> Value<'a> {
    let native = for_page(realm);
    realm.set_native::<SetTx>(native);
    realm.set_native::<SetRx>(native);
    realm.set_native::<SetReceiver>(native);
    realm.set_native::<SetListener>(native);
    realm.set_native::<SendMessage>(native);
    realm.set_native::<Unloading>(native);
    realm.set_native::<SendSync>(native);
    realm.set_native::<TxString>(native);
    realm.set_native::<RxLatin1>(native);
    realm.set_native::<RxTwoByte>(native);
    realm.set_native::<NewHandle>(native);
    realm.set_native::<ReadFile>(native);
    realm.set_native::<CollectGarbage>(native);
    realm.set_native::<Crash>(native);
    realm.set_native::<EvaluateMain>(native);
    realm.set_native::<WorldSide>(native);
    realm.set_native::<EvaluateIn>(native);
    if config.has_node {
        files::add_natives(realm, native);
        crypto::add_natives(realm, native);
    }
    realm.set(native, "config", realm.json(&config.for_scripts));
    realm.set(native, "document", realm.number(f64::from(document.0)));
    native
}

/// The object for the page's world, where that is another one: what the loader needs, a clock,
/// a log, and what tells lines on the console. Nothing here reaches the pipe.
pub(crate) fn for_page(realm: &Realm) -> Value<'_> {
    let native = realm.object();
    realm.set_native::<InternalSource>(native);
    realm.set_native::<InternalParameters>(native);
    realm.set_native::<Compile>(native);
    realm.set_native::<Evaluate>(native);
    realm.set_native::<Now>(native);
    realm.set_native::<IsProxy>(native);
    realm.set_native::<NoteConsole>(native);
    realm.set_native::<Log>(native);
    native
}

/// The document that a function was called in.
///
/// # Errors
/// The document is gone (semantics 24).
pub(crate) fn instance_of<'a>(call: &Call<'a>) -> Result<Rc<Instance>, Thrown<'a>> {
    session::current()
        .and_then(|session| session.documents.of_call(call))
        .ok_or_else(|| Thrown::Error("IPC method called after context was released".to_owned()))
}

/// Defines a [`Native`] from its name and an expression over its call.
macro_rules! native {
    ($(#[$doc:meta])* $type:ident, $name:literal, |$call:ident| $body:expr) => {
        $(#[$doc])*
        pub(crate) struct $type;

        impl Native for $type {
            const NAME: &'static str = $name;

            fn call<'a>($call: &Call<'a>) -> Result<Value<'a>, Thrown<'a>> {
                $body
            }
        }
    };
}

pub(crate) use native;

native!(
    /// `internalSource(name)`: the text of one of our files; `undefined` if there is none.
    InternalSource, "internalSource", |call| {
        Ok(match crate::sources::find(&call.text(0)?.to_utf8()) {
            Some(source) => call.return_text(&Text::new(source.text)),
            None => call.return_undefined(),
        })
    }
);

native!(
    /// `internalParameters(name)`: the parameters of the function around that text.
    InternalParameters, "internalParameters", |call| {
        Ok(match crate::sources::find(&call.text(0)?.to_utf8()) {
            Some(source) => call.return_text(&Text::new(source.parameters)),
            None => call.return_undefined(),
        })
    }
);

native!(
    /// `setTx(array)`: messages are sent from this `Uint8Array` from now on.
    SetTx, "setTx", |call| {
        let instance = instance_of(call)?;
        register(call, &instance, &instance.outgoing)
    }
);

native!(
    /// `setRx(array)`: short messages are written to this `Uint8Array` from now on.
    SetRx, "setRx", |call| {
        let instance = instance_of(call)?;
        register(call, &instance, &instance.incoming)
    }
);

native!(
    /// `setReceiver(f)`: `f(bytes, length)` is called with each message.
    SetReceiver, "setReceiver", |call| {
        instance_of(call)?.set_receiver(call.value(0));
        Ok(call.return_undefined())
    }
);

native!(
    /// `isProxy(object)`: whether it is a `Proxy`.
    IsProxy, "isProxy", |call| Ok(call.return_bool(call.is_proxy(0).unwrap_or(false)))
);

native!(
    /// `noteConsole(text)`: the text of the line that the document is about to write.
    NoteConsole, "noteConsole", |call| {
        let document = instance_of(call)?.document;
        if let Some(session) = session::current() {
            session.console.note(document, call.text(0)?.to_utf8());
        }
        Ok(call.return_undefined())
    }
);

native!(
    /// `setListener(f)`: `f(event)` is called with `'dom-ready'`.
    SetListener, "setListener", |call| {
        instance_of(call)?.set_listener(call.value(0));
        Ok(call.return_undefined())
    }
);

native!(
    /// `send(length)`: sends the first bytes of the outgoing array as one message.
    SendMessage, "send", |call| {
        let (instance, length) = (instance_of(call)?, call.index(0)?);
        with_message(&instance, length, |session, _, message| session.link.post(message))?;
        Ok(call.return_undefined())
    }
);

native!(
    /// `unloading()`: the document is about to end, perhaps because its frame was removed. WebKit
    /// tells of that only once the frame's objects are collected.
    Unloading, "unloading", |call| {
        world::look_for_removed_frames();
        Ok(call.return_undefined())
    }
);

native!(
    /// `sendSync(length)`: sends as `send` and waits for the answer. Returns the length of the
    /// answer in the incoming array, or the array that begins with it where it is too long.
    SendSync, "sendSync", |call| {
        let (instance, length) = (instance_of(call)?, call.index(0)?);
        let answer = with_message(&instance, length, |session, header, message| {
            session.link.ask(session, message, instance.document, header.id)
        })?;
        let placed = match answer {
            Frame::Small(_, message) => instance.place(&message),
            Frame::Large(header, array) => {
                Some(Placed::Long(array, HEADER_LENGTH + header.length as usize))
            }
        };
        match placed {
            Some(Placed::Short(length)) => Ok(call.return_number(length as f64)),
            Some(Placed::Long(array, _)) => {
                let value = call.return_kept(array.value());
                instance.long.replace(Some(array));
                Ok(value)
            }
            None => Err(Thrown::Error("no memory for the answer".to_owned())),
        }
    }
);

native!(
    /// `txString(string, position)`: writes a string's whole record into the outgoing array and
    /// returns the position after it. The caller has made room for twice the length and 16 bytes.
    TxString, "txString", |call| {
        let (instance, text, position) = (instance_of(call)?, call.text(0)?, call.index(1)?);
        let mut outgoing = instance.outgoing.borrow_mut();
        let written = outgoing
            .as_mut()
            .and_then(|array| write_string(array.bytes_mut(), position, text.units()))
            .ok_or_else(|| Thrown::Error("no room for a string".to_owned()))?;
        Ok(call.return_number(written as f64))
    }
);

native!(
    /// `rxLatin1(bytes, position, length)`: a string of one byte a character.
    RxLatin1, "rxLatin1", |call| {
        read_incoming(call, Text::from_latin1)
    }
);

native!(
    /// `rxTwoByte(bytes, position, byteLength)`: a string of two bytes a character.
    RxTwoByte, "rxTwoByte", |call| {
        read_incoming(call, |bytes| {
            let units = bytes.chunks_exact(2).map(|pair| match pair {
                [low, high] => u16::from_le_bytes([*low, *high]),
                _ => 0,
            });
            Text::from_utf16(&units.collect::<Vec<u16>>())
        })
    }
);

native!(
    /// `newHandle()`: a name for a port that was never one on this link.
    NewHandle, "newHandle", |call| {
        let session = session::current()
            .ok_or_else(|| Thrown::Error("there is no link".to_owned()))?;
        Ok(call.return_number(f64::from(session.next_handle())))
    }
);

native!(
    /// `collectGarbage()`: collects everything that nobody holds.
    CollectGarbage, "collectGarbage", |call| {
        call.collect_garbage();
        Ok(call.return_undefined())
    }
);

native!(
    /// `crash()`: ends the process as a fault in it would.
    Crash, "crash", |_call| std::process::abort()
);

native!(
    /// `now()`: milliseconds with a fraction, on the clock that all processes of the machine
    /// share. `performance.now()` has a resolution of 1 ms in WebKit.
    Now, "now", |call| {
        Ok(call.return_number(monotonic_nanoseconds() as f64 / 1e6))
    }
);

native!(
    /// `log(level, text)`: a line on standard error.
    Log, "log", |call| {
        log(&format!("{}: {}", call.text(0)?.to_utf8(), call.text(1)?.to_utf8()));
        Ok(call.return_undefined())
    }
);

/// Pins the array in the first argument and keeps it in `place`.
fn register<'a>(
    call: &Call<'a>,
    instance: &Instance,
    place: &RefCell<Option<Pinned>>,
) -> Result<Value<'a>, Thrown<'a>> {
    match Pinned::new(&instance.internals, call.value(0)) {
        Some(array) => {
            *place.borrow_mut() = Some(array);
            Ok(call.return_undefined())
        }
        None => Err(Thrown::Error("not a Uint8Array".to_owned())),
    }
}

/// Checks the message in the outgoing array, puts the document's id in and passes it on.
///
/// JavaScript wrote the message and is ours; the check is there because a message that the main
/// process refuses costs the whole link.
fn with_message<'a, T>(
    instance: &Instance,
    length: usize,
    pass_on: impl FnOnce(&Session, Header, &[u8]) -> Result<T, Full>,
) -> Result<T, Thrown<'a>> {
    let bad = |what: &str| Thrown::Error(format!("a message was written wrongly: {what}"));
    let session = session::current().ok_or_else(|| bad("no link"))?;
    let mut outgoing = instance.outgoing.borrow_mut();
    let message = outgoing
        .as_mut()
        .and_then(|array| array.bytes_mut().get_mut(..length))
        .ok_or_else(|| bad("it is longer than its array"))?;
    let head = message.first_chunk_mut::<HEADER_LENGTH>().ok_or_else(|| bad("it has no header"))?;
    let header = Header::decode(head).map_err(|error| Thrown::Error(error.to_string()))?;
    if header.length as usize + HEADER_LENGTH != length {
        return Err(bad("its length is another"));
    }
    let of_scripts = kind::SEND..=kind::PRELOAD_ERROR;
    let of_documents = [kind::DOM_READY, kind::LOADED, kind::UNLOADING];
    if !of_scripts.contains(&header.kind) && !of_documents.contains(&header.kind) {
        return Err(bad("its kind is not one of JavaScript's"));
    }
    let Header { flags, kind, id, .. } = header;
    let header = Header { document: instance.document.0, flags, kind, id, length: header.length };
    head[8..12].copy_from_slice(&instance.document.0.to_le_bytes());
    pass_on(session, header, message).map_err(|full| Thrown::Error(full.to_string()))
}

/// Makes a string of a part of the message that is being read.
fn read_incoming<'a>(
    call: &Call<'a>,
    make: impl FnOnce(&[u8]) -> Text,
) -> Result<Value<'a>, Thrown<'a>> {
    let instance = instance_of(call)?;
    let (array, position, length) = (call.value(0), call.index(1)?, call.index(2)?);
    match incoming_part(&instance, array, position, length, make) {
        Some(text) => Ok(call.return_text(&text)),
        None => Err(Thrown::Error("a string ends outside its message".to_owned())),
    }
}

fn incoming_part(
    instance: &Instance,
    array: Value<'_>,
    position: usize,
    length: usize,
    make: impl FnOnce(&[u8]) -> Text,
) -> Option<Text> {
    let end = position.checked_add(length)?;
    for held in [&instance.incoming, &instance.long] {
        let held = held.borrow();
        if let Some(held) = held.as_ref().filter(|held| held.value().is_same(array)) {
            return Some(make(held.bytes().get(position..end)?));
        }
    }
    // An array that is neither was kept from an earlier message: still one of ours.
    let array = Pinned::new(&instance.internals, array)?;
    Some(make(array.bytes().get(position..end)?))
}

/// Writes a string in V8's format: one byte a character if all fit, else two, which begin at an
/// even position. Returns the position after it, `None` if there is no room.
fn write_string(bytes: &mut [u8], position: usize, units: &[u16]) -> Option<usize> {
    let is_latin1 = units.iter().fold(0, |all, unit| all | unit) < 0x100;
    let mut at = position;
    if is_latin1 {
        put(bytes, &mut at, b'"')?;
        put_varint(bytes, &mut at, units.len())?;
        let end = at.checked_add(units.len())?;
        for (byte, unit) in bytes.get_mut(at..end)?.iter_mut().zip(units) {
            *byte = *unit as u8;
        }
        return Some(end);
    }
    let byte_length = units.len().checked_mul(2)?;
    let mut length_bytes = 1;
    while byte_length >> (7 * length_bytes) != 0 {
        length_bytes += 1;
    }
    if (at + 1 + length_bytes) % 2 == 1 {
        put(bytes, &mut at, 0)?;
    }
    put(bytes, &mut at, b'c')?;
    put_varint(bytes, &mut at, byte_length)?;
    let end = at.checked_add(byte_length)?;
    for (pair, unit) in bytes.get_mut(at..end)?.chunks_exact_mut(2).zip(units) {
        pair.copy_from_slice(&unit.to_le_bytes());
    }
    Some(end)
}

fn put(bytes: &mut [u8], at: &mut usize, byte: u8) -> Option<()> {
    *bytes.get_mut(*at)? = byte;
    *at += 1;
    Some(())
}

fn put_varint(bytes: &mut [u8], at: &mut usize, mut number: usize) -> Option<()> {
    while number >= 0x80 {
        put(bytes, at, (number & 0x7f) as u8 | 0x80)?;
        number >>= 7;
    }
    put(bytes, at, number as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, position: usize, room: usize) -> Option<Vec<u8>> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut bytes = vec![0xee; room];
        let end = write_string(&mut bytes, position, &units)?;
        Some(bytes[position..end].to_vec())
    }

    #[test]
    fn latin1_takes_one_byte_a_character() {
        assert_eq!(written("aÿ", 3, 16).unwrap(), [b'"', 2, b'a', 0xff]);
        let long = written(&"x".repeat(300), 0, 400).unwrap();
        assert_eq!(&long[..4], [b'"', 0xac, 0x02, b'x']);
    }

    #[test]
    fn two_byte_characters_begin_at_an_even_position() {
        assert_eq!(written("Ā", 0, 16).unwrap(), [b'c', 2, 0x00, 0x01]);
        assert_eq!(written("Ā", 1, 16).unwrap(), [0, b'c', 2, 0x00, 0x01]);
        let long = written(&"Ā".repeat(64), 0, 400).unwrap();
        assert_eq!(&long[..6], [0, b'c', 0x80, 0x01, 0x00, 0x01]);
    }

    #[test]
    fn a_string_never_leaves_its_array() {
        assert_eq!(written("abc", 0, 4), None);
        assert_eq!(written("Āb", 3, 8), None);
        assert_eq!(written("a", 99, 8), None);
    }
}
