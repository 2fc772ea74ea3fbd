//! Functions in JavaScript that run Rust code.
#![allow(unsafe_code)]

use super::realm::{Realm, Value, evaluate, text_of, undefined};
use super::text::Text;
use crate::ffi::jsc::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::null;
use std::sync::OnceLock;

/// What a native function throws.
pub(crate) enum Thrown<'a> {
    /// A value that JavaScript threw before.
    Value(Value<'a>),
    /// A new `Error` with this message.
    Error(String),
    /// A new `Error` with a message and a `code` property.
    Coded(&'static str, String),
}

/// A function for JavaScript. It has no data of its own: what it works on is found from the
/// context of the call, so a function that leaked to another document acts on nothing there.
pub(crate) trait Native {
    /// The function's name, and that of the property which holds it.
    const NAME: &'static str;

    /// Runs the function.
    ///
    /// # Errors
    /// What JavaScript is to see thrown.
    fn call<'a>(call: &Call<'a>) -> Result<Value<'a>, Thrown<'a>>;
}

/// One call of a [`Native`].
pub(crate) struct Call<'a> {
    context: JSContextRef,
    arguments: &'a [JSValueRef],
}

impl<'a> Call<'a> {
    /// Whether the called function belongs to `realm`.
    pub(crate) fn is_of(&self, realm: &Realm) -> bool {
        realm.has_context(self.context)
    }

    /// Whether the caller gave so many arguments.
    pub(crate) fn has(&self, index: usize) -> bool {
        index < self.arguments.len()
    }

    /// An argument, `undefined` where the caller gave fewer.
    pub(crate) fn value(&self, index: usize) -> Value<'a> {
        match self.arguments.get(index) {
            Some(raw) => Value::new(*raw),
            None => undefined(self.context),
        }
    }

    /// An argument as a number.
    ///
    /// # Errors
    /// What the conversion threw.
    pub(crate) fn number(&self, index: usize) -> Result<f64, Thrown<'a>> {
        let mut exception = null();
        // SAFETY: context and arguments are live during the call.
        let number =
            unsafe { JSValueToNumber(self.context, self.value(index).raw(), &raw mut exception) };
        if exception.is_null() { Ok(number) } else { Err(Thrown::Value(Value::new(exception))) }
    }

    /// An argument as a length or position; out of range or fractional ones are errors.
    ///
    /// # Errors
    /// As [`Call::number`], and an error for what is no index.
    pub(crate) fn index(&self, index: usize) -> Result<usize, Thrown<'a>> {
        let number = self.number(index)?;
        // 2^53: every whole number below it is exact.
        if number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number) {
            Ok(number as usize)
        } else {
            Err(Thrown::Error(format!("{number} is not a position")))
        }
    }

    /// An argument as text.
    ///
    /// # Errors
    /// What the conversion threw.
    pub(crate) fn text(&self, index: usize) -> Result<Text, Thrown<'a>> {
        text_of(self.context, self.value(index)).map_err(Thrown::Value)
    }

    /// A number to return.
    pub(crate) fn return_number(&self, number: f64) -> Value<'a> {
        // SAFETY: the context is live during the call.
        Value::new(unsafe { JSValueMakeNumber(self.context, number) })
    }

    /// A string to return.
    pub(crate) fn return_text(&self, text: &Text) -> Value<'a> {
        // SAFETY: context and string are live.
        Value::new(unsafe { JSValueMakeString(self.context, text.raw()) })
    }

    /// Collects everything that nobody holds.
    pub(crate) fn collect_garbage(&self) {
        // SAFETY: the context of a running call; what the call holds is on its stack.
        unsafe { JSGarbageCollect(self.context) }
    }

    /// A boolean to return.
    pub(crate) fn return_bool(&self, value: bool) -> Value<'a> {
        // SAFETY: the context of a running call.
        Value::new(unsafe { JSValueMakeBoolean(self.context, value) })
    }

    /// Whether an argument is a `Proxy`; `None` where the engine cannot tell.
    pub(crate) fn is_proxy(&self, index: usize) -> Option<bool> {
        let target_of = proxy_target()?;
        let value = self.arguments.get(index).copied()?;
        // SAFETY: a live value of this context, which is an object where it is cast to one; the
        // function only looks at it.
        let is_proxy = unsafe {
            JSValueIsObject(self.context, value) && !target_of(value.cast_mut()).is_null()
        };
        Some(is_proxy)
    }

    /// `undefined` to return.
    pub(crate) fn return_undefined(&self) -> Value<'a> {
        undefined(self.context)
    }

    /// A value that something else keeps alive, to return.
    pub(crate) fn return_kept(&self, value: Value<'_>) -> Value<'a> {
        Value::new(value.raw())
    }

    /// Runs a script in the function's own context.
    ///
    /// # Errors
    /// What the script threw.
    pub(crate) fn evaluate(&self, code: &Text, url: &str) -> Result<Value<'a>, Thrown<'a>> {
        evaluate(self.context, code, url).map_err(Thrown::Value)
    }

    fn error(&self, message: &str) -> Value<'a> {
        let message = self.return_text(&Text::new(message)).raw();
        let mut exception = null();
        // SAFETY: context and argument are live; the list has one value.
        let error =
            unsafe { JSObjectMakeError(self.context, 1, &raw const message, &raw mut exception) };
        Value::new(if error.is_null() { exception } else { error })
    }

    fn thrown(&self, thrown: Thrown<'a>) -> Value<'a> {
        match thrown {
            Thrown::Value(value) => value,
            Thrown::Error(message) => self.error(&message),
            Thrown::Coded(code, message) => {
                let error = self.error(&message);
                let (name, code) = (Text::new("code"), self.return_text(&Text::new(code)));
                // SAFETY: context, object, name and value are live.
                unsafe {
                    if JSValueIsObject(self.context, error.raw()) {
                        let object = error.raw().cast_mut();
                        let (name, code) = (name.raw(), code.raw());
                        let no_exception = std::ptr::null_mut();
                        JSObjectSetProperty(self.context, object, name, code, 0, no_exception);
                    }
                }
                error
            }
        }
    }
}

/// What the engine calls for `N`.
///
/// # Safety
/// Only for the engine to call.
pub(super) unsafe extern "C" fn trampoline<N: Native>(
    context: JSContextRef,
    _function: JSObjectRef,
    _this: JSObjectRef,
    count: usize,
    arguments: *const JSValueRef,
    exception: *mut JSValueRef,
) -> JSValueRef {
    let arguments = if count == 0 || arguments.is_null() {
        &[]
    } else {
        // SAFETY: the engine gives `count` arguments that live as long as the call.
        unsafe { std::slice::from_raw_parts(arguments, count) }
    };
    let call = Call { context, arguments };
    // A panic must not reach the engine's frames: it would end the process.
    let result = catch_unwind(AssertUnwindSafe(|| N::call(&call)))
        .unwrap_or_else(|_| Err(Thrown::Error(format!("{} failed", N::NAME))));
    match result {
        Ok(value) => value.raw(),
        Err(thrown) => {
            let value = call.thrown(thrown);
            if !exception.is_null() {
                // SAFETY: the engine's place for an exception.
                unsafe { *exception = value.raw() };
            }
            call.return_undefined().raw()
        }
    }
}

type ProxyTarget = unsafe extern "C" fn(JSObjectRef) -> JSObjectRef;

/// The engine's only way to tell a proxy. It is exported but not promised, so it is looked up
/// instead of linked: an engine without it clones proxies.
fn proxy_target() -> Option<ProxyTarget> {
    static FOUND: OnceLock<Option<ProxyTarget>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        // SAFETY: a lookup by name; the type is that of the function's declaration.
        unsafe {
            let found = libc::dlsym(libc::RTLD_DEFAULT, c"JSObjectGetProxyTarget".as_ptr());
            (!found.is_null()).then(|| std::mem::transmute::<*mut libc::c_void, ProxyTarget>(found))
        }
    })
}
