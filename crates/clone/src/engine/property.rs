//! Own properties and elements of objects.

use std::ptr;

use rquickjs::{Ctx, Error, Result, Value, qjs};

use super::{
    adopt, check,
    text::{Text, text_of},
};

/// The own enumerable string keys of an object: array indexes first, ascending, then names in the
/// order in which they were made.
pub(crate) struct Keys<'js> {
    ctx: Ctx<'js>,
    table: *mut qjs::JSPropertyEnum,
    length: u32,
}

impl<'js> Keys<'js> {
    pub(crate) fn of(ctx: &Ctx<'js>, object: &Value<'js>) -> Result<Keys<'js>> {
        let mut keys = Keys { ctx: ctx.clone(), table: ptr::null_mut(), length: 0 };
        let flags = qjs::JS_GPN_STRING_MASK | qjs::JS_GPN_ENUM_ONLY;
        // SAFETY: on success the table and its length are ours until `drop`.
        let status = unsafe {
            qjs::JS_GetOwnPropertyNames(
                ctx.as_raw().as_ptr(),
                &mut keys.table,
                &mut keys.length,
                object.as_raw(),
                flags as i32,
            )
        };
        if status < 0 { Err(Error::Exception) } else { Ok(keys) }
    }

    /// Moves the keys out, leaving none.
    pub(crate) fn take(&mut self) -> Keys<'js> {
        let empty = Keys { ctx: self.ctx.clone(), table: ptr::null_mut(), length: 0 };
        std::mem::replace(self, empty)
    }

    pub(crate) fn len(&self) -> usize {
        self.length as usize
    }

    fn atom(&self, index: usize) -> Option<qjs::JSAtom> {
        if index >= self.len() {
            return None;
        }
        // SAFETY: the table has `len` entries.
        Some(unsafe { (*self.table.add(index)).atom })
    }

    /// Whether the key at `index` is this array index.
    pub(crate) fn is_index(&self, index: usize, wanted: u32) -> bool {
        let ctx = self.ctx.as_raw().as_ptr();
        // SAFETY: the atom that is made is freed again; equal keys are equal atoms.
        unsafe {
            let atom = qjs::JS_NewAtomUInt32(ctx, wanted);
            qjs::JS_FreeAtom(ctx, atom);
            self.atom(index) == Some(atom)
        }
    }

    /// Lends the characters of the key at `index`, which must be less than `len`, to `f`.
    pub(crate) fn with_text<R>(&self, index: usize, f: impl FnOnce(Text<'_>) -> R) -> Result<R> {
        let ctx = self.ctx.as_raw().as_ptr();
        let atom = self.atom(index).ok_or(Error::Unknown)?;
        // SAFETY: the string of the atom is ours until it is freed, after its last use.
        unsafe {
            let text = qjs::JS_AtomToString(ctx, atom);
            let result = text_of(ctx, text, f);
            qjs::JS_FreeValue(ctx, text);
            result
        }
    }

    /// The value of the key at `index` if the object still has it as its own; getters are called.
    pub(crate) fn value(&self, object: &Value<'js>, index: usize) -> Result<Option<Value<'js>>> {
        let Some(atom) = self.atom(index) else { return Ok(None) };
        // SAFETY: the atom lives as long as the table.
        unsafe { own_value(&self.ctx, object, atom, true) }
    }
}

impl Drop for Keys<'_> {
    fn drop(&mut self) {
        if !self.table.is_null() {
            // SAFETY: the table came from JS_GetOwnPropertyNames with this length.
            unsafe {
                qjs::JS_FreePropertyEnum(self.ctx.as_raw().as_ptr(), self.table, self.length);
            }
        }
    }
}

/// The own property `atom` of `object`. Accessors count as absent unless `call_getters`.
///
/// # Safety
/// `atom` must be alive.
unsafe fn own_value<'js>(
    ctx: &Ctx<'js>,
    object: &Value<'js>,
    atom: qjs::JSAtom,
    call_getters: bool,
) -> Result<Option<Value<'js>>> {
    let raw_ctx = ctx.as_raw().as_ptr();
    let mut found = qjs::JSPropertyDescriptor {
        flags: 0,
        value: qjs::JS_UNDEFINED,
        getter: qjs::JS_UNDEFINED,
        setter: qjs::JS_UNDEFINED,
    };
    // SAFETY: the descriptor's three values are ours once the call returned 1; each is either
    // wrapped, which frees it, or freed here.
    unsafe {
        match qjs::JS_GetOwnProperty(raw_ctx, &mut found, object.as_raw(), atom) {
            0 => return Ok(None),
            status if status < 0 => return Err(Error::Exception),
            _ => {}
        }
        if found.flags as u32 & qjs::JS_PROP_TMASK != qjs::JS_PROP_GETSET {
            return Ok(Some(Value::from_raw(ctx.clone(), found.value)));
        }
        let getter = Value::from_raw(ctx.clone(), found.getter);
        drop(Value::from_raw(ctx.clone(), found.setter));
        if !call_getters {
            return Ok(None);
        }
        if getter.is_undefined() {
            return Ok(Some(getter));
        }
        let got = qjs::JS_Call(raw_ctx, getter.as_raw(), object.as_raw(), 0, ptr::null_mut());
        adopt(ctx, got).map(Some)
    }
}

/// The element of an array, found in its prototypes too, as the language reads it.
pub(crate) fn element<'js>(ctx: &Ctx<'js>, array: &Value<'js>, index: u32) -> Result<Value<'js>> {
    // SAFETY: returns an owned value.
    unsafe { adopt(ctx, qjs::JS_GetPropertyUint32(ctx.as_raw().as_ptr(), array.as_raw(), index)) }
}

/// The element of an array if it is the array's own: `None` is a hole.
pub(crate) fn own_element<'js>(
    ctx: &Ctx<'js>,
    array: &Value<'js>,
    index: u32,
) -> Result<Option<Value<'js>>> {
    let key = Key::index(ctx, index)?;
    // SAFETY: the key holds its atom.
    unsafe { own_value(ctx, array, key.atom, true) }
}

pub(crate) fn length<'js>(ctx: &Ctx<'js>, array: &Value<'js>) -> Result<u32> {
    let mut length = 0;
    // SAFETY: writes one i64. The length of an array is a data property: no script runs.
    check(unsafe { qjs::JS_GetLength(ctx.as_raw().as_ptr(), array.as_raw(), &mut length) })?;
    Ok(u32::try_from(length).unwrap_or(u32::MAX))
}

pub(crate) fn set_length<'js>(ctx: &Ctx<'js>, array: &Value<'js>, length: u32) -> Result<()> {
    // SAFETY: a live array that no script has seen yet.
    check(unsafe { qjs::JS_SetLength(ctx.as_raw().as_ptr(), array.as_raw(), length.into()) })
}

/// A property key.
pub(crate) struct Key<'js> {
    ctx: Ctx<'js>,
    atom: qjs::JSAtom,
}

impl<'js> Key<'js> {
    fn adopt(ctx: &Ctx<'js>, atom: qjs::JSAtom) -> Result<Key<'js>> {
        if atom == 0 { Err(Error::Exception) } else { Ok(Key { ctx: ctx.clone(), atom }) }
    }

    pub(crate) fn index(ctx: &Ctx<'js>, index: u32) -> Result<Key<'js>> {
        // SAFETY: returns an owned atom, 0 when out of memory.
        Key::adopt(ctx, unsafe { qjs::JS_NewAtomUInt32(ctx.as_raw().as_ptr(), index) })
    }

    /// The key of these characters, which must be ASCII: QuickJS takes others for UTF-8 at one
    /// place and for Latin-1 at another.
    pub(crate) fn ascii(ctx: &Ctx<'js>, text: &[u8]) -> Result<Key<'js>> {
        debug_assert!(text.is_ascii());
        // SAFETY: pointer and length are of one slice; returns an owned atom.
        let atom = unsafe {
            qjs::JS_NewAtomLen(ctx.as_raw().as_ptr(), text.as_ptr().cast(), text.len() as _)
        };
        Key::adopt(ctx, atom)
    }

    /// The key that a string or number is.
    pub(crate) fn of(ctx: &Ctx<'js>, value: &Value<'js>) -> Result<Key<'js>> {
        // SAFETY: returns an owned atom.
        Key::adopt(ctx, unsafe { qjs::JS_ValueToAtom(ctx.as_raw().as_ptr(), value.as_raw()) })
    }

    /// The property of this key, if it is the object's own and not an accessor.
    pub(crate) fn own_data(&self, object: &Value<'js>) -> Result<Option<Value<'js>>> {
        // SAFETY: the key holds its atom.
        unsafe { own_value(&self.ctx, object, self.atom, false) }
    }
}

impl Drop for Key<'_> {
    fn drop(&mut self) {
        // SAFETY: the atom is ours.
        unsafe { qjs::JS_FreeAtom(self.ctx.as_raw().as_ptr(), self.atom) }
    }
}

/// Defines an own property: no setter and no prototype has a say, `__proto__` is a name like any.
pub(crate) fn define<'js>(
    object: &Value<'js>,
    key: &Key<'js>,
    value: &Value<'js>,
    enumerable: bool,
) -> Result<()> {
    let ctx = key.ctx.as_raw().as_ptr();
    let flags = if enumerable {
        qjs::JS_PROP_C_W_E | qjs::JS_PROP_THROW
    } else {
        qjs::JS_PROP_CONFIGURABLE | qjs::JS_PROP_WRITABLE | qjs::JS_PROP_THROW
    };
    // SAFETY: the call consumes the extra count that is taken on the value.
    check(unsafe {
        let value = qjs::JS_DupValue(ctx, value.as_raw());
        qjs::JS_DefinePropertyValue(ctx, object.as_raw(), key.atom, value, flags as i32)
    })
}

/// Defines an own element of an array.
pub(crate) fn define_element<'js>(
    ctx: &Ctx<'js>,
    array: &Value<'js>,
    index: u32,
    value: &Value<'js>,
) -> Result<()> {
    let ctx = ctx.as_raw().as_ptr();
    let flags = (qjs::JS_PROP_C_W_E | qjs::JS_PROP_THROW) as i32;
    // SAFETY: the call consumes the extra count that is taken on the value.
    check(unsafe {
        let value = qjs::JS_DupValue(ctx, value.as_raw());
        qjs::JS_DefinePropertyValueUint32(ctx, array.as_raw(), index, value, flags)
    })
}
