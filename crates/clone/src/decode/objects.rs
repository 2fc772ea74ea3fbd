//! Strings, BigInts and the objects that have a form of their own.

use rquickjs::{Function, Value, function::This};

use super::{Decoder, Frame, Result};
use crate::{
    engine::{self, Key},
    error::DecodeError,
    format::{self, REGEXP_FLAGS, ViewKind, error, view_flags},
    intrinsics::Slot,
};

/// The largest BigInt of QuickJS: 2^20 bits.
const BIG_INT_BYTES: usize = 1 << 17;

impl<'js> Decoder<'_, '_, 'js> {
    /// Reads the string of this tag, which any other tag than a string's is not.
    pub(super) fn text(&mut self, tag: u8) -> Result<Value<'js>> {
        let at = self.input.at() - 1;
        if !matches!(tag, format::ONE_BYTE_STRING | format::TWO_BYTE_STRING | format::UTF8_STRING) {
            return Err(DecodeError::Tag { tag, at }.into());
        }
        let length = self.input.varint()?;
        let bytes = self.input.bytes(length)?;
        let malformed = DecodeError::Text { at: self.input.at() };
        match tag {
            format::ONE_BYTE_STRING => self.latin1(bytes),
            format::UTF8_STRING => {
                let text = std::str::from_utf8(bytes).map_err(|_| malformed)?;
                Ok(engine::new_text(self.ctx, text.as_bytes())?)
            }
            _ => {
                let (pairs, odd) = bytes.as_chunks::<2>();
                if !odd.is_empty() {
                    return Err(malformed.into());
                }
                let units: Vec<u16> = pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
                if units.iter().all(|&unit| unit < 0x100) {
                    let narrow: Vec<u8> = units.iter().map(|&unit| unit as u8).collect();
                    return self.latin1(&narrow);
                }
                Ok(engine::new_text_utf16(self.ctx, &units)?)
            }
        }
    }

    pub(super) fn latin1(&self, bytes: &[u8]) -> Result<Value<'js>> {
        if bytes.is_ascii() {
            return Ok(engine::new_text(self.ctx, bytes)?);
        }
        let mut utf8 = Vec::with_capacity(bytes.len() * 2);
        for &byte in bytes {
            if byte < 0x80 {
                utf8.push(byte);
            } else {
                utf8.extend_from_slice(&[0xc0 | byte >> 6, 0x80 | byte & 0x3f]);
            }
        }
        Ok(engine::new_text(self.ctx, &utf8)?)
    }

    fn next_text(&mut self) -> Result<Value<'js>> {
        let tag = self.input.tag()?;
        self.text(tag)
    }

    pub(super) fn big_int(&mut self) -> Result<Value<'js>> {
        let bits = self.input.varint()?;
        let negative = bits & 1 != 0;
        let magnitude = self.input.bytes(bits >> 1)?;
        let used = magnitude.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        let magnitude = magnitude.get(..used).unwrap_or_default();
        if used > BIG_INT_BYTES {
            return Err(DecodeError::BigInt { at: self.input.at() }.into());
        }
        let mut small = [0; 16];
        if let Some(low) = small.get_mut(..used).filter(|_| used <= 8) {
            low.copy_from_slice(magnitude);
            let value = i128::from_le_bytes(small) * if negative { -1 } else { 1 };
            if let Ok(value) = i64::try_from(value) {
                return Ok(engine::new_big_int(self.ctx, value)?);
            }
        }
        let digits = magnitude.iter().rev().flat_map(|byte| [byte >> 4, byte & 15]);
        let digits: String =
            digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        Ok(self.intrinsics.call(Slot::BigIntFromHex, (digits, negative))?)
    }

    /// Reads an object without contents of other objects.
    pub(super) fn object(&mut self, tag: u8) -> Result<Value<'js>> {
        let at = self.input.at() - 1;
        let ctx = self.ctx;
        match tag {
            format::TRUE_OBJECT => self.boxed(Value::new_bool(ctx.clone(), true)),
            format::FALSE_OBJECT => self.boxed(Value::new_bool(ctx.clone(), false)),
            format::NUMBER_OBJECT => {
                let number = self.input.double()?;
                self.boxed(engine::new_number(ctx, number))
            }
            format::BIG_INT_OBJECT => {
                let value = self.big_int()?;
                self.boxed(value)
            }
            format::STRING_OBJECT => {
                let text = self.next_text()?;
                self.boxed(text)
            }
            format::DATE => {
                let time = self.input.double()?;
                Ok(self.begin(engine::new_date(ctx, time)?))
            }
            format::REGEXP => self.regexp(),
            format::ARRAY_BUFFER => {
                let length = self.input.varint()?;
                let bytes = self.input.bytes(length)?;
                let buffer = self.begin(engine::new_buffer(ctx, bytes)?);
                self.buffer_or_view(buffer, false)
            }
            format::RESIZABLE_BUFFER => {
                let (length, maximum) = (self.input.varint()?, self.input.varint()?);
                if length > maximum {
                    return Err(DecodeError::Buffer { at: self.input.at() }.into());
                }
                let bytes = self.input.bytes(length)?;
                let buffer = self.intrinsics.call(Slot::NewResizable, (length, maximum))?;
                engine::with_buffer(ctx, &buffer, |memory| memory.copy_from_slice(bytes))?;
                let buffer = self.begin(buffer);
                self.buffer_or_view(buffer, true)
            }
            _ if format::NOT_DATA.contains(&tag) => Err(DecodeError::NotData { tag, at }.into()),
            _ => Err(DecodeError::Tag { tag, at }.into()),
        }
    }

    fn boxed(&mut self, value: Value<'js>) -> Result<Value<'js>> {
        let object = self.intrinsics.call(Slot::Object, (value,))?;
        Ok(self.begin(object))
    }

    fn regexp(&mut self) -> Result<Value<'js>> {
        let source = self.next_text()?;
        let bits = self.input.varint()?;
        let malformed = DecodeError::RegExp { at: self.input.at() };
        let known = REGEXP_FLAGS.iter().fold(0, |known, (bit, _)| known | bit);
        if bits & !known != 0 {
            return Err(malformed.into());
        }
        let flags = REGEXP_FLAGS.iter().filter(|(bit, _)| bits & bit != 0);
        let flags: String = flags.map(|(_, flag)| flag).collect();
        match self.intrinsics.construct(Slot::RegExp, (source, flags)) {
            Ok(regexp) => Ok(self.begin(regexp)),
            Err(_) => {
                // The engine's SyntaxError says no more than this does.
                drop(self.ctx.catch());
                Err(malformed.into())
            }
        }
    }

    /// A view follows the buffer that it shows.
    fn buffer_or_view(&mut self, buffer: Value<'js>, resizable: bool) -> Result<Value<'js>> {
        if self.input.take_tag(format::VIEW) { self.view(&buffer, resizable) } else { Ok(buffer) }
    }

    pub(super) fn view(&mut self, buffer: &Value<'js>, resizable: bool) -> Result<Value<'js>> {
        let kind = ViewKind::from_tag(self.input.byte()?);
        let (offset, length) = (self.input.varint()? as usize, self.input.varint()? as usize);
        let flags = if self.version >= 14 { self.input.varint()? } else { 0 };
        let malformed = DecodeError::View { at: self.input.at() };
        let Some(kind) = kind else { return Err(malformed.into()) };
        let size = kind.element_size();
        let tracking = flags & view_flags::LENGTH_TRACKING != 0;
        let available = engine::with_buffer(self.ctx, buffer, |bytes| bytes.len())?;
        if available.checked_sub(offset).is_none_or(|left| left < length)
            || offset % size != 0
            || length % size != 0
            || flags & !view_flags::ALL != 0
            || (flags & view_flags::RESIZABLE != 0) != resizable
            || (tracking && !resizable)
        {
            return Err(malformed.into());
        }
        let number = |value: usize| engine::new_number(self.ctx, value as f64);
        let elements =
            if tracking { Value::new_undefined(self.ctx.clone()) } else { number(length / size) };
        let offset = number(offset);
        let view = match engine::new_view(self.ctx, kind, buffer, &offset, &elements)? {
            Some(view) => view,
            None => {
                self.intrinsics.construct(Slot::DataView, (buffer.clone(), offset, elements))?
            }
        };
        Ok(self.begin(view))
    }

    /// Reads the parts of an error up to its end, or to a cause with contents of its own.
    pub(super) fn error(&mut self, target: &Value<'js>) -> Result<Option<Frame<'js>>> {
        loop {
            let tag = self.input.tag()?;
            let at = self.input.at() - 1;
            let (name, value, inner) = match tag {
                error::END => return Ok(None),
                error::MESSAGE => (&b"message"[..], self.next_text()?, None),
                error::STACK => (&b"stack"[..], self.next_text()?, None),
                error::CAUSE => {
                    let (value, inner) = self.value()?;
                    (&b"cause"[..], value, inner)
                }
                _ => {
                    let name = error::NAMES.iter().position(|(known, _)| *known == tag);
                    let name = name.ok_or(DecodeError::Tag { tag, at })?;
                    let prototype = self.intrinsics.named_error_prototype(name)?;
                    engine::set_prototype(self.ctx, target, &prototype)?;
                    continue;
                }
            };
            engine::define(target, &Key::ascii(self.ctx, name)?, &value, false)?;
            if inner.is_some() {
                return Ok(inner);
            }
        }
    }

    /// Calls `Map.prototype.set` or `Set.prototype.add`.
    pub(super) fn add(
        &self,
        method: &Value<'js>,
        target: &Value<'js>,
        arguments: &[Value<'js>],
    ) -> Result<()> {
        let method = Function::from_value(method.clone())?;
        let target = This(target.clone());
        match arguments {
            [key, value] => Ok(method.call((target, key.clone(), value.clone()))?),
            [value] => Ok(method.call((target, value.clone()))?),
            _ => Ok(()),
        }
    }
}
