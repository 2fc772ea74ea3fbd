//! The objects that have a form of their own: boxed primitives, dates, regular expressions, maps,
//! sets, buffers, views and errors.

use rquickjs::{Coerced, Result, String as JsString, Value};

use super::{Encoder, End, Frame, property};
use crate::{
    engine::{self, Key, Keys, Text},
    format::{self, REGEXP_FLAGS, ViewKind, error, view_flags},
    intrinsics::{Kind, Slot},
    refusal,
};

impl<'js> Encoder<'_, '_, 'js> {
    /// Writes an object, or the beginning of one with contents.
    pub(super) fn object(&mut self, object: Value<'js>) -> Result<Option<Frame<'js>>> {
        let kind = self.intrinsics.kind(&object);
        if let Some(number) = self.seen.find(&object) {
            self.output.tag(format::REFERENCE);
            self.output.varint(number.into());
            return Ok(None);
        }
        match kind {
            Kind::Refused => return Err(refusal::refuse(&self.intrinsics, &object)),
            Kind::Plain if self.intrinsics.is_marked(&object)? => {
                return Err(refusal::refuse_marked(&self.intrinsics));
            }
            Kind::Buffer => return self.buffer(&object).map(|()| None),
            Kind::View(kind) => return self.view(&object, kind).map(|()| None),
            _ => self.seen.add(&object),
        }
        match kind {
            Kind::Plain => {
                self.output.tag(format::OBJECT);
                let keys = Keys::of(self.ctx, &object)?;
                let end = End::Object;
                return Ok(Some(Frame::Properties { object, keys, next: 0, written: 0, end }));
            }
            Kind::Array => return self.array(object).map(Some),
            Kind::Map => return self.list(&object, format::MAP, Slot::MapEntries).map(Some),
            Kind::Set => return self.list(&object, format::SET, Slot::SetValues).map(Some),
            Kind::Error => return self.error(object).map(Some),
            Kind::Boolean => {
                let value: bool = self.intrinsics.ask(Slot::BooleanValueOf, &object)?;
                self.output.tag(if value { format::TRUE_OBJECT } else { format::FALSE_OBJECT });
            }
            Kind::Number => {
                self.output.tag(format::NUMBER_OBJECT);
                self.output.double(self.intrinsics.ask(Slot::NumberValueOf, &object)?);
            }
            Kind::Text => {
                self.output.tag(format::STRING_OBJECT);
                let value: Value<'js> = self.intrinsics.ask(Slot::StringValueOf, &object)?;
                self.text(&value)?;
            }
            Kind::BigInt => {
                self.output.tag(format::BIG_INT_OBJECT);
                let value: Value<'js> = self.intrinsics.ask(Slot::BigIntValueOf, &object)?;
                self.big_int(&value)?;
            }
            Kind::Date => {
                self.output.tag(format::DATE);
                self.output.double(self.intrinsics.ask(Slot::DateGetTime, &object)?);
            }
            Kind::RegExp => {
                let source: Value<'js> = self.intrinsics.ask(Slot::RegExpSource, &object)?;
                let set: u32 = self.intrinsics.call(Slot::RegExpFlags, (object,))?;
                let flags = REGEXP_FLAGS.iter().enumerate();
                let bits = flags.filter(|(place, _)| set & (1 << place) != 0);
                let bits = bits.fold(0, |bits, (_, (bit, _))| bits | bit);
                self.output.tag(format::REGEXP);
                self.text(&source)?;
                self.output.varint(bits.into());
            }
            Kind::Refused | Kind::Buffer | Kind::View(_) => {}
        }
        Ok(None)
    }

    fn array(&mut self, array: Value<'js>) -> Result<Frame<'js>> {
        let length = engine::length(self.ctx, &array)?;
        let keys = Keys::of(self.ctx, &array)?;
        // Indexes come first and ascend: if the last possible one stands where it would without a
        // hole before it, there is none.
        let dense = length == 0 || keys.is_index(length as usize - 1, length - 1);
        self.output.tag(if dense { format::DENSE_ARRAY } else { format::SPARSE_ARRAY });
        self.output.varint(length.into());
        Ok(if dense {
            Frame::Elements { array, keys, next: 0, length }
        } else {
            let end = End::Sparse { length };
            Frame::Properties { object: array, keys, next: 0, written: 0, end }
        })
    }

    fn list(&mut self, object: &Value<'js>, tag: u8, contents: Slot) -> Result<Frame<'js>> {
        self.output.tag(tag);
        let list: Value<'js> = self.intrinsics.call(contents, (object.clone(),))?;
        let length = engine::length(self.ctx, &list)?;
        let end = if tag == format::MAP { format::MAP_END } else { format::SET_END };
        Ok(Frame::List { list, next: 0, length, end })
    }

    /// Name and message of an error; its cause and stack are the frame (semantics 4).
    fn error(&mut self, error: Value<'js>) -> Result<Frame<'js>> {
        let message = Key::ascii(self.ctx, b"message")?.own_data(&error)?;
        let cause = Key::ascii(self.ctx, b"cause")?.own_data(&error)?;
        self.output.tag(format::ERROR);
        let Coerced(name): Coerced<JsString<'js>> = property(&error, "name")?;
        let tag = engine::with_text(self.ctx, &name, |text| match text {
            Text::Ascii(name) => {
                let mut names = error::NAMES.iter();
                names.find(|(_, known)| known.as_bytes() == name).map(|(tag, _)| *tag)
            }
            Text::Units(_) => None,
        })?;
        if let Some(tag) = tag {
            self.output.tag(tag);
        }
        if let Some(message) = message {
            let Coerced(message): Coerced<JsString<'js>> = message.get()?;
            self.output.tag(error::MESSAGE);
            self.text(&message)?;
        }
        Ok(Frame::Error { error: Some(error), cause })
    }

    pub(super) fn big_int(&mut self, value: &Value<'js>) -> Result<()> {
        if let Some(small) = engine::small_big_int(self.ctx, value) {
            self.output.big_int(small < 0, &small.unsigned_abs().to_le_bytes());
            return Ok(());
        }
        let hex: String = self.intrinsics.call(Slot::BigIntToHex, (value.clone(),))?;
        let (negative, digits) = match hex.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, hex.as_str()),
        };
        let nibbles = digits.bytes().rev().map(|digit| match digit {
            b'0'..=b'9' => digit - b'0',
            _ => digit - b'a' + 10,
        });
        let mut magnitude = vec![0; digits.len().div_ceil(2)];
        for (place, nibble) in nibbles.enumerate() {
            if let Some(byte) = magnitude.get_mut(place / 2) {
                *byte |= nibble << (place % 2 * 4);
            }
        }
        self.output.big_int(negative, &magnitude);
        Ok(())
    }

    fn buffer(&mut self, buffer: &Value<'js>) -> Result<()> {
        if self.intrinsics.kind(buffer) != Kind::Buffer {
            // Shared memory under a view.
            return Err(refusal::refuse(&self.intrinsics, buffer));
        }
        self.seen.add(buffer);
        let maximum = if self.intrinsics.ask(Slot::BufferResizable, buffer)? {
            Some(self.intrinsics.ask::<f64>(Slot::BufferMaxLength, buffer)? as u64)
        } else {
            None
        };
        let output = &mut self.output;
        let copied = engine::with_buffer(self.ctx, buffer, |bytes| {
            output.tag(maximum.map_or(format::ARRAY_BUFFER, |_| format::RESIZABLE_BUFFER));
            output.varint(bytes.len() as u64);
            if let Some(maximum) = maximum {
                output.varint(maximum);
            }
            output.raw(bytes);
        });
        copied.map_err(|_| self.detached())
    }

    fn detached(&self) -> rquickjs::Error {
        // The engine's own words for it are pending.
        drop(self.ctx.catch());
        refusal::refuse_detached(&self.intrinsics)
    }

    /// Writes a view: its whole buffer first, so that views of one buffer share it on the other
    /// side too. A subclass of `Uint8Array` (Node's `Buffer` is one) that shows a part only goes
    /// as these bytes alone, since the rest of a pool is nobody's business.
    fn view(&mut self, view: &Value<'js>, kind: ViewKind) -> Result<()> {
        let (buffer, offset, length) = self.shown(view, kind)?;
        let resizable: bool = self.intrinsics.kind(&buffer) == Kind::Buffer
            && self.intrinsics.ask(Slot::BufferResizable, &buffer)?;
        let is_part = kind == ViewKind::Uint8
            && engine::with_buffer(self.ctx, &buffer, |bytes| bytes.len() != length)
                .map_err(|_| self.detached())?;
        if is_part && self.is_subclass(view)? {
            let output = &mut self.output;
            engine::with_buffer(self.ctx, &buffer, |bytes| {
                let shown = bytes.get(offset..offset + length).unwrap_or_default();
                output.tag(format::ARRAY_BUFFER);
                output.varint(shown.len() as u64);
                output.raw(shown);
            })?;
            self.seen.add_unnamed();
            self.view_record(kind, 0, length, 0);
        } else {
            match self.seen.find(&buffer) {
                Some(number) => {
                    self.output.tag(format::REFERENCE);
                    self.output.varint(number.into());
                }
                None => self.buffer(&buffer)?,
            }
            self.view_record(kind, offset, length, u64::from(resizable) * RESIZABLE);
        }
        self.seen.add(view);
        Ok(())
    }

    fn view_record(&mut self, kind: ViewKind, offset: usize, length: usize, flags: u64) {
        self.output.tag(format::VIEW);
        self.output.tag(kind.tag());
        self.output.varint(offset as u64);
        self.output.varint(length as u64);
        self.output.varint(flags);
    }

    /// Buffer, offset and length in bytes of a view.
    fn shown(&self, view: &Value<'js>, kind: ViewKind) -> Result<(Value<'js>, usize, usize)> {
        let (buffer, numbers) = if kind == ViewKind::Data {
            let buffer: Value<'js> = self.intrinsics.ask(Slot::DataViewBuffer, view)?;
            let offset = self.intrinsics.ask::<f64>(Slot::DataViewOffset, view);
            let length = self.intrinsics.ask::<f64>(Slot::DataViewLength, view);
            (buffer, offset.and_then(|offset| Ok((offset as usize, length? as usize))))
        } else {
            let buffer: Value<'js> = self.intrinsics.ask(Slot::TypedArrayBuffer, view)?;
            let shown = engine::typed_array(self.ctx, view);
            (buffer, shown)
        };
        match numbers {
            Ok((offset, length)) => Ok((buffer, offset, length)),
            Err(_) if self.intrinsics.ask(Slot::BufferDetached, &buffer)? => Err(self.detached()),
            Err(_) => {
                drop(self.ctx.catch());
                Err(refusal::refuse(&self.intrinsics, view))
            }
        }
    }

    fn is_subclass(&self, array: &Value<'js>) -> Result<bool> {
        let prototype = array.as_object().and_then(|array| array.get_prototype());
        let ours = self.intrinsics.get(Slot::Uint8ArrayPrototype)?;
        Ok(prototype.is_none_or(|prototype| prototype.into_value() != ours))
    }
}

const RESIZABLE: u64 = view_flags::RESIZABLE as u64;
