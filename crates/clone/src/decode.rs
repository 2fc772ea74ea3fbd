//! Bytes to values. Total on any input: every length is checked against the bytes that are left
//! before anything is allocated for it, and nesting takes memory of a bounded stack of our own, not
//! of the native one. No script of the application runs.

mod objects;

use rquickjs::{Ctx, Value};

use crate::{
    engine::{self, Key},
    error::{DecodeError, ReadError},
    format::{self, MAX_DEPTH},
    input::Input,
    intrinsics::{Intrinsics, Kind, Slot},
};

type Result<T> = std::result::Result<T, ReadError>;

/// The value of a message.
///
/// Bytes after the value are ignored, as V8 ignores them.
///
/// # Errors
/// [`ReadError::Malformed`] says what is wrong with the bytes; [`ReadError::Engine`] means that the
/// engine could not make the value, with its exception pending in `ctx`.
pub fn read<'js>(ctx: &Ctx<'js>, bytes: &[u8]) -> Result<Value<'js>> {
    let mut input = Input::new(bytes);
    let version = match input.byte() {
        Ok(format::VERSION) => input.varint()?,
        _ => 0,
    };
    if !(format::OLDEST_VERSION..=format::WRITTEN_VERSION.into()).contains(&version) {
        return Err(DecodeError::Version { version }.into());
    }
    let intrinsics = Intrinsics::of(ctx)?;
    Decoder { ctx, intrinsics, input, version, objects: Vec::new() }.message()
}

/// The value of a message, as [`read`], with an `Error` thrown for malformed bytes.
///
/// # Errors
/// [`rquickjs::Error::Exception`], with the exception pending in `ctx`: an `Error` whose message is
/// `Unable to deserialize cloned data: ` and the [`DecodeError`], or the engine's own.
pub fn deserialize<'js>(ctx: &Ctx<'js>, bytes: &[u8]) -> rquickjs::Result<Value<'js>> {
    read(ctx, bytes).map_err(|error| match error {
        ReadError::Engine(error) => error,
        ReadError::Malformed(error) => {
            let message = format!("Unable to deserialize cloned data: {error}");
            let thrown = Intrinsics::of(ctx)
                .and_then(|intrinsics| intrinsics.construct(Slot::Error, (message,)));
            thrown.map_or_else(|error| error, |thrown| ctx.throw(thrown))
        }
    })
}

struct Decoder<'c, 'i, 'js> {
    ctx: &'c Ctx<'js>,
    intrinsics: Intrinsics<'js>,
    input: Input<'i>,
    version: u32,
    /// By number, for back references.
    objects: Vec<Value<'js>>,
}

/// An object that exists, and stands where it belongs, but whose contents are still to be read.
enum Frame<'js> {
    Properties { object: Value<'js>, count: u32, end: End },
    Elements { array: Value<'js>, next: u32, length: u32 },
    Map { map: Value<'js>, set: Value<'js>, key: Option<Value<'js>>, count: u32 },
    Set { set: Value<'js>, add: Value<'js>, count: u32 },
    Error { error: Value<'js> },
}

/// How a run of properties must end.
#[derive(Clone, Copy)]
enum End {
    Object,
    Dense { length: u32 },
    Sparse { length: u32 },
}

/// A value, and what is still to be read of it.
type Begun<'js> = (Value<'js>, Option<Frame<'js>>);

impl<'js> Decoder<'_, '_, 'js> {
    fn message(mut self) -> Result<Value<'js>> {
        let (root, frame) = self.value()?;
        let Some(mut current) = frame else { return Ok(root) };
        let mut outer = Vec::new();
        loop {
            if let Some(inner) = self.advance(&mut current)? {
                if outer.len() >= MAX_DEPTH {
                    return Err(DecodeError::Depth { at: self.input.at() }.into());
                }
                outer.push(std::mem::replace(&mut current, inner));
            } else if let Some(next) = outer.pop() {
                current = next;
            } else {
                return Ok(root);
            }
        }
    }

    /// Reads on in a frame until an object inside it must be read first, or to its end.
    fn advance(&mut self, frame: &mut Frame<'js>) -> Result<Option<Frame<'js>>> {
        match frame {
            Frame::Properties { object, count, end } => loop {
                let tag = self.input.tag()?;
                if tag == end.tag() {
                    self.properties_end(object, *count, *end)?;
                    return Ok(None);
                }
                let key = self.key(tag)?;
                let (value, inner) = self.value()?;
                engine::define(object, &key, &value, true)?;
                *count += 1;
                if inner.is_some() {
                    return Ok(inner);
                }
            },
            Frame::Elements { array, next, length } => {
                while *next < *length {
                    let index = *next;
                    *next += 1;
                    if self.input.take_tag(format::HOLE) {
                        continue;
                    }
                    let (value, inner) = self.value()?;
                    engine::define_element(self.ctx, array, index, &value)?;
                    if inner.is_some() {
                        return Ok(inner);
                    }
                }
                let (object, end) = (array.clone(), End::Dense { length: *length });
                *frame = Frame::Properties { object, count: 0, end };
                self.advance(frame)
            }
            Frame::Map { map, set, key, count } => loop {
                let (value, inner) = if key.is_some() {
                    self.value()?
                } else {
                    let tag = self.input.tag()?;
                    if tag == format::MAP_END {
                        self.count(*count)?;
                        return Ok(None);
                    }
                    self.value_of(tag)?
                };
                *count += 1;
                match key.take() {
                    None => *key = Some(value),
                    Some(key) => self.add(set, map, &[key, value])?,
                }
                if inner.is_some() {
                    return Ok(inner);
                }
            },
            Frame::Set { set, add, count } => loop {
                let tag = self.input.tag()?;
                if tag == format::SET_END {
                    self.count(*count)?;
                    return Ok(None);
                }
                let (value, inner) = self.value_of(tag)?;
                *count += 1;
                self.add(add, set, &[value])?;
                if inner.is_some() {
                    return Ok(inner);
                }
            },
            Frame::Error { error } => self.error(error),
        }
    }

    fn properties_end(&mut self, object: &Value<'js>, count: u32, end: End) -> Result<()> {
        self.count(count)?;
        if let End::Dense { length } | End::Sparse { length } = end {
            self.count(length)?;
            // Holes at the end leave no element behind that would have set the length.
            let is = engine::length(self.ctx, object)?;
            if is > length {
                return Err(DecodeError::Count { at: self.input.at() }.into());
            }
            if is < length {
                engine::set_length(self.ctx, object, length)?;
            }
        }
        Ok(())
    }

    /// Reads a count that must be this.
    fn count(&mut self, expected: u32) -> Result<()> {
        if self.input.varint()? == expected {
            Ok(())
        } else {
            Err(DecodeError::Count { at: self.input.at() }.into())
        }
    }

    fn key(&mut self, tag: u8) -> Result<Key<'js>> {
        let at = self.input.at() - 1;
        let number = match tag {
            format::ONE_BYTE_STRING => {
                let length = self.input.varint()?;
                let name = self.input.bytes(length)?;
                if name.is_ascii() {
                    return Ok(Key::ascii(self.ctx, name)?);
                }
                return Ok(Key::of(self.ctx, &self.latin1(name)?)?);
            }
            format::TWO_BYTE_STRING | format::UTF8_STRING => self.text(tag)?,
            format::INT => match self.input.zigzag()? {
                index @ 0.. => return Ok(Key::index(self.ctx, index as u32)?),
                negative => Value::new_int(self.ctx.clone(), negative),
            },
            format::UINT => return Ok(Key::index(self.ctx, self.input.varint()?)?),
            format::DOUBLE => engine::new_number(self.ctx, self.input.double()?),
            _ => return Err(DecodeError::Key { at }.into()),
        };
        Ok(Key::of(self.ctx, &number)?)
    }

    /// Reads a value, but of an object with contents only the beginning.
    fn value(&mut self) -> Result<Begun<'js>> {
        let tag = self.input.tag()?;
        self.value_of(tag)
    }

    fn value_of(&mut self, tag: u8) -> Result<Begun<'js>> {
        let ctx = self.ctx;
        let value = match tag {
            format::UNDEFINED => Value::new_undefined(ctx.clone()),
            format::NULL => Value::new_null(ctx.clone()),
            format::TRUE => Value::new_bool(ctx.clone(), true),
            format::FALSE => Value::new_bool(ctx.clone(), false),
            format::INT => Value::new_int(ctx.clone(), self.input.zigzag()?),
            format::UINT => engine::new_number(ctx, self.input.varint()?.into()),
            format::DOUBLE => engine::new_number(ctx, self.input.double()?),
            format::BIG_INT => self.big_int()?,
            format::ONE_BYTE_STRING | format::TWO_BYTE_STRING | format::UTF8_STRING => {
                self.text(tag)?
            }
            format::OBJECT_COUNT => {
                // How many objects follow: a check that no writer uses any more.
                self.input.varint()?;
                let tag = self.input.tag()?;
                if tag == format::OBJECT_COUNT {
                    return Err(DecodeError::Tag { tag, at: self.input.at() - 1 }.into());
                }
                return self.value_of(tag);
            }
            format::REFERENCE => {
                let id = self.input.varint()?;
                let known = self.objects.get(id as usize).cloned();
                let object = known.ok_or(DecodeError::Reference { id, at: self.input.at() })?;
                if self.intrinsics.kind(&object) == Kind::Buffer
                    && self.input.take_tag(format::VIEW)
                {
                    let resizable = self.intrinsics.ask(Slot::BufferResizable, &object)?;
                    self.view(&object, resizable)?
                } else {
                    object
                }
            }
            format::OBJECT => {
                let object = self.begin(engine::new_object(ctx)?);
                let frame =
                    Frame::Properties { object: object.clone(), count: 0, end: End::Object };
                return Ok((object, Some(frame)));
            }
            format::DENSE_ARRAY | format::SPARSE_ARRAY => return self.array(tag),
            format::MAP => {
                let map = self.begin(self.intrinsics.construct(Slot::Map, ())?);
                let set = self.intrinsics.get(Slot::MapSet)?;
                return Ok((map.clone(), Some(Frame::Map { map, set, key: None, count: 0 })));
            }
            format::SET => {
                let set = self.begin(self.intrinsics.construct(Slot::Set, ())?);
                let add = self.intrinsics.get(Slot::SetAdd)?;
                return Ok((set.clone(), Some(Frame::Set { set, add, count: 0 })));
            }
            format::ERROR => {
                let error = self.begin(self.intrinsics.new_error()?);
                return Ok((error.clone(), Some(Frame::Error { error })));
            }
            _ => self.object(tag)?,
        };
        Ok((value, None))
    }

    fn array(&mut self, tag: u8) -> Result<Begun<'js>> {
        let length = self.input.varint()?;
        let array = self.begin(engine::new_array(self.ctx)?);
        let object = array.clone();
        let frame = if tag == format::SPARSE_ARRAY {
            Frame::Properties { object, count: 0, end: End::Sparse { length } }
        } else if length as usize > self.input.remaining() {
            // Every element takes a byte at least.
            return Err(self.input.truncated().into());
        } else {
            Frame::Elements { array: object, next: 0, length }
        };
        Ok((array, Some(frame)))
    }

    /// Gives an object the next number.
    fn begin(&mut self, object: Value<'js>) -> Value<'js> {
        self.objects.push(object.clone());
        object
    }
}

impl End {
    fn tag(self) -> u8 {
        match self {
            End::Object => format::OBJECT_END,
            End::Dense { .. } => format::DENSE_ARRAY_END,
            End::Sparse { .. } => format::SPARSE_ARRAY_END,
        }
    }
}
