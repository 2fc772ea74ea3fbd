//! JavaScriptCore's C API. Its calls cost 80 ns each; the GObject API around it costs twenty
//! times that for a native function, so it is not used.
#![allow(non_snake_case)]

use libc::{c_char, c_int, c_uint, c_void};

#[repr(C)]
pub(crate) struct OpaqueContext {
    _opaque: [u8; 0],
}
#[repr(C)]
pub(crate) struct OpaqueValue {
    _opaque: [u8; 0],
}
#[repr(C)]
pub(crate) struct OpaqueString {
    _opaque: [u8; 0],
}

pub(crate) type JSContextRef = *const OpaqueContext;
pub(crate) type JSGlobalContextRef = *mut OpaqueContext;
pub(crate) type JSValueRef = *const OpaqueValue;
pub(crate) type JSObjectRef = *mut OpaqueValue;
pub(crate) type JSStringRef = *mut OpaqueString;
pub(crate) type JSFunctionCallback = unsafe extern "C" fn(
    JSContextRef,
    JSObjectRef,
    JSObjectRef,
    usize,
    *const JSValueRef,
    *mut JSValueRef,
) -> JSValueRef;

/// `kJSTypedArrayTypeUint8Array`
pub(crate) const UINT8_ARRAY: c_int = 3;

// SAFETY: as JavaScriptCore's C headers declare them.
#[link(name = "javascriptcoregtk-4.1")]
unsafe extern "C" {
    pub(crate) fn JSContextGetGlobalContext(context: JSContextRef) -> JSGlobalContextRef;
    pub(crate) fn JSContextGetGlobalObject(context: JSContextRef) -> JSObjectRef;
    pub(crate) fn JSGlobalContextRetain(context: JSGlobalContextRef) -> JSGlobalContextRef;
    pub(crate) fn JSGlobalContextRelease(context: JSGlobalContextRef);
    pub(crate) fn JSGarbageCollect(context: JSContextRef);
    pub(crate) fn JSEvaluateScript(
        context: JSContextRef,
        script: JSStringRef,
        this: JSObjectRef,
        url: JSStringRef,
        line: c_int,
        exception: *mut JSValueRef,
    ) -> JSValueRef;

    pub(crate) fn JSValueMakeUndefined(context: JSContextRef) -> JSValueRef;
    pub(crate) fn JSValueMakeBoolean(context: JSContextRef, value: bool) -> JSValueRef;
    pub(crate) fn JSValueMakeNumber(context: JSContextRef, number: f64) -> JSValueRef;
    pub(crate) fn JSValueMakeString(context: JSContextRef, string: JSStringRef) -> JSValueRef;
    pub(crate) fn JSValueMakeFromJSONString(
        context: JSContextRef,
        string: JSStringRef,
    ) -> JSValueRef;
    pub(crate) fn JSValueIsObject(context: JSContextRef, value: JSValueRef) -> bool;
    pub(crate) fn JSValueGetTypedArrayType(
        context: JSContextRef,
        value: JSValueRef,
        exception: *mut JSValueRef,
    ) -> c_int;
    pub(crate) fn JSValueToNumber(
        context: JSContextRef,
        value: JSValueRef,
        exception: *mut JSValueRef,
    ) -> f64;
    pub(crate) fn JSValueToStringCopy(
        context: JSContextRef,
        value: JSValueRef,
        exception: *mut JSValueRef,
    ) -> JSStringRef;
    pub(crate) fn JSValueProtect(context: JSContextRef, value: JSValueRef);
    pub(crate) fn JSValueUnprotect(context: JSContextRef, value: JSValueRef);

    pub(crate) fn JSObjectMake(
        context: JSContextRef,
        class: *mut c_void,
        private: *mut c_void,
    ) -> JSObjectRef;
    pub(crate) fn JSObjectMakeError(
        context: JSContextRef,
        count: usize,
        arguments: *const JSValueRef,
        exception: *mut JSValueRef,
    ) -> JSObjectRef;
    pub(crate) fn JSObjectMakeFunctionWithCallback(
        context: JSContextRef,
        name: JSStringRef,
        callback: JSFunctionCallback,
    ) -> JSObjectRef;
    pub(crate) fn JSObjectIsFunction(context: JSContextRef, object: JSObjectRef) -> bool;
    pub(crate) fn JSObjectCallAsFunction(
        context: JSContextRef,
        function: JSObjectRef,
        this: JSObjectRef,
        count: usize,
        arguments: *const JSValueRef,
        exception: *mut JSValueRef,
    ) -> JSValueRef;
    pub(crate) fn JSObjectSetProperty(
        context: JSContextRef,
        object: JSObjectRef,
        name: JSStringRef,
        value: JSValueRef,
        attributes: c_uint,
        exception: *mut JSValueRef,
    );

    pub(crate) fn JSObjectMakeTypedArray(
        context: JSContextRef,
        kind: c_int,
        length: usize,
        exception: *mut JSValueRef,
    ) -> JSObjectRef;
    pub(crate) fn JSObjectGetTypedArrayBytesPtr(
        context: JSContextRef,
        array: JSObjectRef,
        exception: *mut JSValueRef,
    ) -> *mut c_void;
    pub(crate) fn JSObjectGetTypedArrayByteLength(
        context: JSContextRef,
        array: JSObjectRef,
        exception: *mut JSValueRef,
    ) -> usize;
    pub(crate) fn JSObjectGetTypedArrayByteOffset(
        context: JSContextRef,
        array: JSObjectRef,
        exception: *mut JSValueRef,
    ) -> usize;

    pub(crate) fn JSStringCreateWithCharacters(
        characters: *const u16,
        length: usize,
    ) -> JSStringRef;
    pub(crate) fn JSStringCreateWithUTF8CString(string: *const c_char) -> JSStringRef;
    pub(crate) fn JSStringRelease(string: JSStringRef);
    pub(crate) fn JSStringGetLength(string: JSStringRef) -> usize;
    pub(crate) fn JSStringGetCharactersPtr(string: JSStringRef) -> *const u16;
}
