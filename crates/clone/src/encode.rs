//! Values to bytes. The encoder keeps a stack of its own instead of calling itself, so that the
//! depth of a value is bounded by a number and not by the native stack.

mod objects;

use rquickjs::{Ctx, FromJs, Result, Value};

use crate::{
    engine::{self, Keys, Shape, Text},
    format::{self, MAX_DEPTH, error},
    intrinsics::Intrinsics,
    output::Output,
    refusal,
    seen::Seen,
};

/// Appends `value` to `out` as one message, header included.
///
/// The copy is made now: getters are called, in the order of V8's. What they throw comes out as it
/// is; what cannot be cloned throws a plain `Error` (semantics 2, 6). Then `out` is as before.
///
/// # Errors
/// [`rquickjs::Error::Exception`], with the exception pending in `ctx`.
pub fn serialize<'js>(ctx: &Ctx<'js>, value: &Value<'js>, out: &mut Vec<u8>) -> Result<()> {
    let intrinsics = Intrinsics::of(ctx)?;
    let mut encoder = Encoder { ctx, intrinsics, output: Output::new(out), seen: Seen::default() };
    let result = encoder.message(value.clone());
    if result.is_err() {
        encoder.output.discard();
    }
    result
}

struct Encoder<'c, 'o, 'js> {
    ctx: &'c Ctx<'js>,
    intrinsics: Intrinsics<'js>,
    output: Output<'o>,
    seen: Seen<'js>,
}

/// An object whose contents are being written.
enum Frame<'js> {
    /// The keys from `next` on.
    Properties { object: Value<'js>, keys: Keys<'js>, next: usize, written: u32, end: End },
    /// The elements of a dense array, after which its other keys follow.
    Elements { array: Value<'js>, keys: Keys<'js>, next: u32, length: u32 },
    /// The contents of a map or set, listed before the first was written.
    List { list: Value<'js>, next: u32, length: u32, end: u8 },
    /// An error up to its message; itself and its cause until stack and cause are written. The stack
    /// comes first, as in newer versions of V8, which read it in no other order; older ones read both.
    Error { error: Option<Value<'js>>, cause: Option<Value<'js>> },
}

/// How a run of properties ends.
enum End {
    Object,
    Dense { length: u32 },
    Sparse { length: u32 },
}

impl<'js> Encoder<'_, '_, 'js> {
    fn message(&mut self, root: Value<'js>) -> Result<()> {
        let Some(mut current) = self.value(root)? else { return Ok(()) };
        let mut outer = Vec::new();
        loop {
            if let Some(inner) = self.advance(&mut current)? {
                if outer.len() >= MAX_DEPTH {
                    return Err(refusal::refuse_depth(&self.intrinsics));
                }
                outer.push(std::mem::replace(&mut current, inner));
            } else if let Some(next) = outer.pop() {
                current = next;
            } else {
                return Ok(());
            }
        }
    }

    /// Writes on in a frame until an object inside it must be written first, or to its end.
    fn advance(&mut self, frame: &mut Frame<'js>) -> Result<Option<Frame<'js>>> {
        match frame {
            Frame::Properties { object, keys, next, written, end } => {
                while *next < keys.len() {
                    let key = *next;
                    *next += 1;
                    // A getter may have deleted what the list of keys still has.
                    let Some(value) = keys.value(object, key)? else { continue };
                    self.key(keys, key)?;
                    *written += 1;
                    if let Some(inner) = self.value(value)? {
                        return Ok(Some(inner));
                    }
                }
                let (tag, length) = match end {
                    End::Object => (format::OBJECT_END, None),
                    End::Dense { length } => (format::DENSE_ARRAY_END, Some(*length)),
                    End::Sparse { length } => (format::SPARSE_ARRAY_END, Some(*length)),
                };
                self.output.tag(tag);
                self.output.varint((*written).into());
                if let Some(length) = length {
                    self.output.varint(length.into());
                }
                Ok(None)
            }
            Frame::Elements { array, keys, next, length } => {
                while *next < *length {
                    let index = *next;
                    *next += 1;
                    let mut value = engine::element(self.ctx, array, index)?;
                    if value.is_undefined() {
                        // A getter may have made the array shorter since its keys were listed.
                        match engine::own_element(self.ctx, array, index)? {
                            Some(own) => value = own,
                            None => {
                                self.output.tag(format::HOLE);
                                continue;
                            }
                        }
                    }
                    if let Some(inner) = self.value(value)? {
                        return Ok(Some(inner));
                    }
                }
                let keys = keys.take();
                let (object, next) = (array.clone(), *length as usize);
                let end = End::Dense { length: *length };
                *frame = Frame::Properties { object, keys, next, written: 0, end };
                self.advance(frame)
            }
            Frame::List { list, next, length, end } => {
                while *next < *length {
                    let value = engine::element(self.ctx, list, *next)?;
                    *next += 1;
                    if let Some(inner) = self.value(value)? {
                        return Ok(Some(inner));
                    }
                }
                self.output.tag(*end);
                self.output.varint((*length).into());
                Ok(None)
            }
            Frame::Error { error, cause } => {
                if let Some(error) = error.take() {
                    let stack: Value<'js> = property(&error, "stack")?;
                    if stack.is_string() {
                        self.output.tag(error::STACK);
                        self.text(&stack)?;
                    }
                }
                if let Some(cause) = cause.take() {
                    self.output.tag(error::CAUSE);
                    if let Some(inner) = self.value(cause)? {
                        return Ok(Some(inner));
                    }
                }
                self.output.tag(error::END);
                Ok(None)
            }
        }
    }

    /// A key as V8 writes it: array indexes as numbers, names as strings.
    fn key(&mut self, keys: &Keys<'js>, index: usize) -> Result<()> {
        let output = &mut self.output;
        keys.with_text(index, |text| match text {
            Text::Ascii(name) => match array_index(name) {
                Some(index) => output.number(index.into()),
                None => output.text(text),
            },
            Text::Units(_) => output.text(text),
        })
    }

    /// Writes a value, but of an object with contents only the beginning: the frame is the rest.
    fn value(&mut self, value: Value<'js>) -> Result<Option<Frame<'js>>> {
        match engine::shape(&value) {
            Shape::Undefined => self.output.tag(format::UNDEFINED),
            Shape::Null => self.output.tag(format::NULL),
            Shape::Bool(true) => self.output.tag(format::TRUE),
            Shape::Bool(false) => self.output.tag(format::FALSE),
            Shape::Int(number) => self.output.int(number),
            Shape::Float(number) => self.output.number(number),
            Shape::Text => self.text(&value)?,
            Shape::BigInt => {
                self.output.tag(format::BIG_INT);
                self.big_int(&value)?;
            }
            Shape::Object => return self.object(value),
            Shape::Symbol => return Err(refusal::refuse(&self.intrinsics, &value)),
        }
        Ok(None)
    }

    fn text(&mut self, text: &Value<'js>) -> Result<()> {
        let output = &mut self.output;
        engine::with_text(self.ctx, text, |text| output.text(text))
    }
}

/// The array index that a key is: canonical digits below 2^32 - 1.
fn array_index(name: &[u8]) -> Option<u32> {
    let (&first, rest) = name.split_first()?;
    if !first.is_ascii_digit() || name.len() > 10 || (first == b'0' && !rest.is_empty()) {
        return None;
    }
    let mut index = 0_u64;
    for digit in name {
        index = index * 10 + u64::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?);
    }
    u32::try_from(index).ok().filter(|index| *index != u32::MAX)
}

/// A property as script reads it.
fn property<'js, R: FromJs<'js>>(object: &Value<'js>, name: &str) -> Result<R> {
    object.as_object().ok_or(rquickjs::Error::Unknown)?.get(name)
}

#[cfg(test)]
mod tests {
    use super::array_index;

    #[test]
    fn only_canonical_digits_below_the_limit_are_an_index() {
        assert_eq!(array_index(b"0"), Some(0));
        assert_eq!(array_index(b"4294967294"), Some(4_294_967_294));
        for name in ["", "01", "-1", "1.5", "1e3", "4294967295", "4294967296", "99999999999", "1a"]
        {
            assert_eq!(array_index(name.as_bytes()), None, "{name}");
        }
    }
}
