//! Script contexts and the values in them.
#![allow(unsafe_code)]

use super::native::{Native, trampoline};
use super::text::Text;
use crate::ffi::jsc::*;
use std::marker::PhantomData;
use std::ptr::{null, null_mut};

/// A value on the stack. The collector looks for values on the stack, so one may be held while a
/// function runs; to keep it longer it has to be [`Rooted`].
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    raw: JSValueRef,
    stack: PhantomData<&'a ()>,
}

impl<'a> Value<'a> {
    pub(super) fn new(raw: JSValueRef) -> Value<'a> {
        Value { raw, stack: PhantomData }
    }

    pub(super) fn raw(self) -> JSValueRef {
        self.raw
    }

    /// The same value for the rest of the calling function, whatever else happens to what kept
    /// it: the collector sees it on the stack.
    pub(crate) fn on_stack<'b>(self) -> Value<'b> {
        Value::new(self.raw)
    }

    /// Whether both are the same object.
    pub(crate) fn is_same(self, other: Value<'_>) -> bool {
        self.raw == other.raw
    }
}

/// A script context of a frame in one world, held alive.
pub(crate) struct Realm(JSGlobalContextRef);

impl Realm {
    /// Holds `context` alive; `None` if there is no context.
    ///
    /// # Safety
    /// `context` is null or a live context of this thread.
    pub(crate) unsafe fn retain(context: JSGlobalContextRef) -> Option<Realm> {
        if context.is_null() {
            return None;
        }
        // SAFETY: live, as the caller promises.
        Some(Realm(unsafe { JSGlobalContextRetain(context) }))
    }

    /// Whether both are the same context.
    pub(crate) fn is_same(&self, other: &Realm) -> bool {
        self.0 == other.0
    }

    /// Whether `call` came from a function of this context.
    pub(super) fn has_context(&self, context: JSContextRef) -> bool {
        // SAFETY: the context of a running call is live.
        self.0 == unsafe { JSContextGetGlobalContext(context) }
    }

    pub(super) fn raw(&self) -> JSContextRef {
        self.0
    }

    /// Runs a script. `url` and line 1 are where its first character is. Runs under any
    /// content security policy, because it is not the page that asks.
    ///
    /// # Errors
    /// What the script threw.
    pub(crate) fn evaluate(&self, code: &Text, url: &str) -> Result<Value<'_>, Value<'_>> {
        evaluate(self.0, code, url)
    }

    /// The window: the one object for all documents that a frame shows in this world.
    pub(crate) fn window(&self) -> Value<'_> {
        // SAFETY: the context is live.
        Value::new(unsafe { JSContextGetGlobalObject(self.0) })
    }

    /// `undefined`
    pub(crate) fn undefined(&self) -> Value<'_> {
        undefined(self.0)
    }

    /// A number.
    pub(crate) fn number(&self, number: f64) -> Value<'_> {
        // SAFETY: the context is live.
        Value::new(unsafe { JSValueMakeNumber(self.0, number) })
    }

    /// A string.
    pub(crate) fn string(&self, text: &Text) -> Value<'_> {
        // SAFETY: context and string are live.
        Value::new(unsafe { JSValueMakeString(self.0, text.raw()) })
    }

    /// What `JSON.parse` gives, `undefined` for what is not JSON.
    pub(crate) fn json(&self, json: &str) -> Value<'_> {
        let text = Text::new(json);
        // SAFETY: context and string are live; null is returned for what is not JSON.
        let value = unsafe { JSValueMakeFromJSONString(self.0, text.raw()) };
        if value.is_null() { self.undefined() } else { Value::new(value) }
    }

    /// A new plain object.
    pub(crate) fn object(&self) -> Value<'_> {
        // SAFETY: the context is live; no class and no private data is a plain object.
        Value::new(unsafe { JSObjectMake(self.0, null_mut(), null_mut()) })
    }

    /// Sets a property of an object. Meant for objects from [`Realm::object`], whose properties
    /// cannot throw; what another one throws is dropped.
    pub(crate) fn set(&self, object: Value<'_>, name: &str, value: Value<'_>) {
        let name = Text::new(name);
        // SAFETY: the context is live, `object` is an object or the call does nothing with it.
        unsafe {
            if JSValueIsObject(self.0, object.raw) {
                let object = object.raw.cast_mut();
                JSObjectSetProperty(self.0, object, name.raw(), value.raw, 0, null_mut());
            }
        }
    }

    /// Gives `object` a method that runs Rust code.
    pub(crate) fn set_native<N: Native>(&self, object: Value<'_>) {
        let name = Text::new(N::NAME);
        // SAFETY: context and string are live, and the trampoline has the callback's signature.
        let function =
            unsafe { JSObjectMakeFunctionWithCallback(self.0, name.raw(), trampoline::<N>) };
        self.set(object, N::NAME, Value::new(function));
    }

    /// Calls a function.
    ///
    /// # Errors
    /// What the function threw; a string where `function` is not one.
    pub(crate) fn call<'a>(
        &'a self,
        function: Value<'_>,
        arguments: &[Value<'_>],
    ) -> Result<Value<'a>, Value<'a>> {
        if !self.is_function(function) {
            return Err(self.string(&Text::new("not a function")));
        }
        let arguments: Vec<JSValueRef> = arguments.iter().map(|value| value.raw).collect();
        self.call_raw(function.raw, &arguments)
    }

    fn call_raw(
        &self,
        function: JSValueRef,
        arguments: &[JSValueRef],
    ) -> Result<Value<'_>, Value<'_>> {
        let mut exception = null();
        // SAFETY: the context is live, the arguments are on the caller's stack, and the callee
        // was checked to be a function by `call` or `Callback::new`.
        let result = unsafe {
            JSObjectCallAsFunction(
                self.0,
                function.cast_mut(),
                null_mut(),
                arguments.len(),
                arguments.as_ptr(),
                &raw mut exception,
            )
        };
        outcome(result, exception)
    }

    fn is_function(&self, value: Value<'_>) -> bool {
        // SAFETY: the context is live and the value is on the stack; only an object is asked
        // whether it is a function.
        unsafe {
            JSValueIsObject(self.0, value.raw) && JSObjectIsFunction(self.0, value.raw.cast_mut())
        }
    }

    /// A value as text for a log, without running anything that could throw past it.
    pub(crate) fn describe(&self, value: Value<'_>) -> String {
        match text_of(self.0, value) {
            Ok(text) => text.to_utf8(),
            Err(_) => "a value that cannot be shown".to_owned(),
        }
    }
}

impl Clone for Realm {
    fn clone(&self) -> Realm {
        // SAFETY: `self` holds the context alive.
        Realm(unsafe { JSGlobalContextRetain(self.0) })
    }
}

impl Drop for Realm {
    fn drop(&mut self) {
        // SAFETY: gives back what `retain` or `clone` took.
        unsafe { JSGlobalContextRelease(self.0) }
    }
}

/// A value that the collector keeps for as long as this lives.
pub(crate) struct Rooted {
    realm: Realm,
    raw: JSValueRef,
}

impl Rooted {
    /// Keeps `value` of `realm`.
    pub(crate) fn new(realm: &Realm, value: Value<'_>) -> Rooted {
        // SAFETY: the context is live and the value is on the stack.
        unsafe { JSValueProtect(realm.0, value.raw) };
        Rooted { realm: realm.clone(), raw: value.raw }
    }

    /// The value.
    pub(crate) fn value(&self) -> Value<'_> {
        Value::new(self.raw)
    }
}

impl Drop for Rooted {
    fn drop(&mut self) {
        // SAFETY: undoes the protect in `new`, in a context that `realm` still holds.
        unsafe { JSValueUnprotect(self.realm.0, self.raw) }
    }
}

/// A function that is kept to be called.
pub(crate) struct Callback(Rooted);

impl Callback {
    /// Keeps `function` of `realm`; `None` for what is no function.
    pub(crate) fn new(realm: &Realm, function: Value<'_>) -> Option<Callback> {
        realm.is_function(function).then(|| Callback(Rooted::new(realm, function)))
    }

    /// Calls the function with one value.
    ///
    /// # Errors
    /// What the function threw.
    pub(crate) fn call(&self, argument: Value<'_>) -> Result<(), Value<'_>> {
        self.0.realm.call_raw(self.0.raw, &[argument.raw]).map(|_| ())
    }

    /// Calls the function with an object and a number.
    ///
    /// # Errors
    /// What the function threw.
    pub(crate) fn call_with(&self, object: Value<'_>, number: f64) -> Result<(), Value<'_>> {
        let number = self.0.realm.number(number);
        self.0.realm.call_raw(self.0.raw, &[object.raw, number.raw]).map(|_| ())
    }
}

pub(super) fn outcome<'a>(
    result: JSValueRef,
    exception: JSValueRef,
) -> Result<Value<'a>, Value<'a>> {
    // The engine returns null exactly when something was thrown.
    if result.is_null() { Err(Value::new(exception)) } else { Ok(Value::new(result)) }
}

pub(super) fn undefined<'a>(context: JSContextRef) -> Value<'a> {
    // SAFETY: the context is live.
    Value::new(unsafe { JSValueMakeUndefined(context) })
}

pub(super) fn evaluate<'a>(
    context: JSContextRef,
    code: &Text,
    url: &str,
) -> Result<Value<'a>, Value<'a>> {
    let url = Text::new(url);
    let mut exception = null();
    // SAFETY: context and strings are live.
    let result = unsafe {
        JSEvaluateScript(context, code.raw(), null_mut(), url.raw(), 1, &raw mut exception)
    };
    outcome(result, exception)
}

pub(super) fn text_of<'a>(context: JSContextRef, value: Value<'_>) -> Result<Text, Value<'a>> {
    let mut exception = null();
    // SAFETY: the context is live and the value is on the stack; a null string comes with an
    // exception.
    unsafe {
        let string = JSValueToStringCopy(context, value.raw, &raw mut exception);
        if string.is_null() { Err(Value::new(exception)) } else { Ok(Text::from_raw(string)) }
    }
}
