//! The engine with its one context, entered without rquickjs's run-time lock.
//!
//! `Context::with` borrows a `RefCell` for as long as JavaScript runs, so native code that
//! JavaScript called could not enter again. The host needs that (a synchronous call that is
//! answered while it waits) and needs an entry that costs nanoseconds. All of the crate's unsafe
//! code that touches the engine is here.
#![allow(unsafe_code)]

use crate::internals;
use crate::state::StateHandle;
use rquickjs::promise::PromiseHookType;
use rquickjs::{Context, Ctx, Error, Function, JsLifetime, Persistent, Runtime, Value, qjs};
use std::ffi::{CStr, CString};
use std::mem::{ManuallyDrop, MaybeUninit};
use std::ptr;

/// A QuickJS runtime and its context. Neither may leave the thread that made it.
///
/// The memory is never given back: the engine aborts the process when it is freed while a value
/// is still held, and tasks that outlive the host (a file that is being read) hold some. A host
/// ends with its process.
pub(crate) struct Engine {
    context: ManuallyDrop<Context>,
    runtime: ManuallyDrop<Runtime>,
}

impl Engine {
    /// Starts an engine whose JavaScript may use `stack_limit` bytes of this thread's stack.
    pub(crate) fn new(stack_limit: usize) -> rquickjs::Result<Engine> {
        check_version(internals::ENGINE)?;
        let runtime = Runtime::new()?;
        runtime.set_max_stack_size(stack_limit);
        // Counting frees what is not cyclic at once. The collector is for cycles only, and at
        // the engine's default of 256 KiB it would run while the first modules load.
        runtime.set_gc_threshold(4 << 20);
        let context = Context::full(&runtime)?;
        Ok(Engine { context: ManuallyDrop::new(context), runtime: ManuallyDrop::new(runtime) })
    }

    /// The runtime, for settings that are made before JavaScript runs.
    pub(crate) fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// Calls `f` with the context, also from within JavaScript.
    pub(crate) fn with<R>(&self, f: impl for<'js> FnOnce(&Ctx<'js>) -> R) -> R {
        // SAFETY: the pointer is that of a live context that `self` owns. `Engine` is neither
        // Send nor Sync, so no other thread is in this runtime, and the closure is generic over
        // 'js, so no value leaves it.
        let ctx = unsafe { Ctx::from_raw(self.context.as_raw()) };
        f(&ctx)
    }
}

/// Fails unless the engine is of this version: bytecode of another one would be read as if it were
/// its own.
fn check_version(expected: &str) -> rquickjs::Result<()> {
    // SAFETY: the engine gives the address of a constant of its own.
    let version = unsafe { CStr::from_ptr(qjs::JS_GetVersion()) }.to_string_lossy();
    if version == expected {
        return Ok(());
    }
    let message = format!("they are bytecode for QuickJS {expected}, and this is {version}");
    Err(Error::new_loading_message("the internal modules", message))
}

/// Whether a microtask waits.
pub(crate) fn has_jobs(ctx: &Ctx<'_>) -> bool {
    // SAFETY: a `Ctx` is proof of a live context, and so of its runtime.
    unsafe { qjs::JS_IsJobPending(qjs::JS_GetRuntime(ctx.as_raw().as_ptr())) }
}

/// Runs microtasks until none is left, or until one throws: then the exception is pending. Calls
/// `before` before each.
pub(crate) fn run_jobs(ctx: &Ctx<'_>, before: impl Fn()) -> rquickjs::Result<()> {
    let mut job_context = ptr::null_mut();
    loop {
        before();
        // SAFETY: as in `has_jobs`; `job_context` outlives the call. The host has one context,
        // so the exception of a job is pending in `ctx` itself.
        let outcome = unsafe {
            let runtime = qjs::JS_GetRuntime(ctx.as_raw().as_ptr());
            qjs::JS_ExecutePendingJob(runtime, &mut job_context)
        };
        match outcome {
            0 => return Ok(()),
            1.. => {}
            _ => return Err(Error::Exception),
        }
    }
}

/// Calls a function with what happens to each promise from now on: (0, it) when it is made, 1 and 2
/// before and after its thenable is asked, 3 just before what waits for it is queued.
pub(crate) fn hook_promises(engine: &Engine, hook: Persistent<Function<'static>>) {
    engine.runtime().set_promise_hook(Some(Box::new(move |ctx, event, promise, _| {
        let event = match event {
            PromiseHookType::Init => 0,
            PromiseHookType::Before => 1,
            PromiseHookType::After => 2,
            PromiseHookType::Resolve => 3,
        };
        let told = hook.clone().restore(&ctx).and_then(|hook| hook.call::<_, ()>((event, promise)));
        if told.is_err() {
            // Only a full stack makes this fail, which the code that made the promise will meet too.
            drop(ctx.catch());
        }
    })));
}

/// The function that a script of build.rs has as its value. The engine refuses bytes that are not
/// whole, and [`Engine::new`] has made sure that they are its own.
pub(crate) fn read_bytecode<'js>(ctx: &Ctx<'js>, code: &[u8]) -> rquickjs::Result<Function<'js>> {
    // SAFETY: the bytes were written by this version of the engine, which copies what it keeps.
    // Evaluating takes the script over, also when reading it failed.
    let value = unsafe {
        let raw = ctx.as_raw().as_ptr();
        let flags = qjs::JS_READ_OBJ_BYTECODE as i32;
        let script = qjs::JS_ReadObject(raw, code.as_ptr(), code.len() as _, flags);
        if qjs::JS_IsException(script) {
            return Err(Error::Exception);
        }
        Value::from_raw(ctx.clone(), qjs::JS_EvalFunction(raw, script))
    };
    if value.is_exception() { Err(Error::Exception) } else { Function::from_value(value) }
}

/// Throws an error that JavaScript cannot catch: how `process.exit` does not return.
pub(crate) fn throw_uncatchable<'js>(ctx: &Ctx<'js>, error: Value<'js>) -> Error {
    // SAFETY: the value belongs to this context, and the call only sets a flag on an Error.
    unsafe { qjs::JS_SetUncatchableError(ctx.as_raw().as_ptr(), error.as_raw()) };
    ctx.throw(error)
}

/// A JavaScript string from UTF-16 units, lone surrogates included.
pub(crate) fn utf16_string<'js>(ctx: &Ctx<'js>, units: &[u16]) -> rquickjs::Result<Value<'js>> {
    // SAFETY: pointer and length are those of a slice; the engine copies the units.
    let value = unsafe {
        let raw = qjs::JS_NewStringUTF16(ctx.as_raw().as_ptr(), units.as_ptr(), units.len() as _);
        Value::from_raw(ctx.clone(), raw)
    };
    if value.is_exception() { Err(Error::Exception) } else { Ok(value) }
}

/// The number of the class that the engine made an object as: which internal slots it has. 0 for
/// a value that is no object. The numbers are the engine's own; compare them with those of known
/// objects.
pub(crate) fn class_number(value: &Value<'_>) -> u32 {
    if !value.is_object() {
        return 0;
    }
    // SAFETY: the call reads the class of an object and nothing else.
    unsafe { qjs::JS_GetClassID(value.as_raw()) }
}

/// Target and handler of a proxy, a function's too. Both null when it was revoked.
pub(crate) fn proxy_parts<'js>(proxy: &Value<'js>) -> Vec<Value<'js>> {
    let ctx = proxy.ctx();
    let (pointer, raw) = (ctx.as_raw().as_ptr(), proxy.as_raw());
    // SAFETY: both calls check the class and give a new reference, or throw for a revoked proxy.
    let parts = unsafe {
        [qjs::JS_GetProxyTarget(pointer, raw), qjs::JS_GetProxyHandler(pointer, raw)]
            .map(|part| Value::from_raw(ctx.clone(), part))
    };
    if parts.iter().all(Value::is_object) {
        return parts.to_vec();
    }
    drop(ctx.catch());
    vec![Value::new_null(ctx.clone()), Value::new_null(ctx.clone())]
}

/// Calls `f` with the UTF-16 units of a string, lone surrogates included. None for another value.
pub(crate) fn with_units<R>(value: &Value<'_>, f: impl FnOnce(&[u16]) -> R) -> Option<R> {
    if !value.is_string() {
        return None;
    }
    let mut length: qjs::size_t = 0;
    // SAFETY: the engine gives units that are valid until they are freed, which happens here
    // after their last use.
    unsafe {
        let ctx = value.ctx().as_raw().as_ptr();
        let units = qjs::JS_ToCStringLenUTF16(ctx, &mut length, value.as_raw());
        if units.is_null() {
            return None;
        }
        let result = f(std::slice::from_raw_parts(units, length as usize));
        qjs::JS_FreeCStringUTF16(ctx, units);
        Some(result)
    }
}

/// The bytes of a Uint8Array, copied out. None for any other value and for a detached buffer.
pub(crate) fn copy_bytes(value: &Value<'_>) -> Option<Vec<u8>> {
    with_bytes(value, |bytes| bytes.to_vec())
}

/// Calls `f` with the bytes of a Uint8Array. None for any other value and for a detached buffer.
/// `f` gets no context: JavaScript that ran meanwhile could detach the buffer.
pub(crate) fn with_bytes<R>(value: &Value<'_>, f: impl FnOnce(&mut [u8]) -> R) -> Option<R> {
    let object = value.as_object()?;
    let mut length: qjs::size_t = 0;
    // SAFETY: the call only reads the value, and throws for one of another class.
    let start = unsafe {
        let ctx = value.ctx().as_raw().as_ptr();
        qjs::JS_GetUint8Array(ctx, &mut length, object.as_value().as_raw())
    };
    if start.is_null() && value.ctx().has_exception() {
        drop(value.ctx().catch());
        return None;
    }
    if start.is_null() || length == 0 {
        return Some(f(&mut []));
    }
    // SAFETY: the engine vouches for start and length until JavaScript runs again. Nothing else
    // refers to the bytes: such references exist only inside this function.
    Some(f(unsafe { std::slice::from_raw_parts_mut(start, length as usize) }))
}

// SAFETY: the type holds no value of the engine's lifetime: what it keeps is `Persistent`.
unsafe impl<'js> JsLifetime<'js> for StateHandle {
    type Changed<'to> = StateHandle;
}

/// A script that is compiled and not run: a value that only [`run_script`] can use.
pub(crate) fn compile_script<'js>(
    ctx: &Ctx<'js>,
    code: String,
    name: &str,
) -> rquickjs::Result<Value<'js>> {
    let (name, length) = (CString::new(name)?, code.len());
    // The engine wants a zero behind the text, which it does not count.
    let code = [code.as_bytes(), b"\0"].concat();
    let flags = (qjs::JS_EVAL_TYPE_GLOBAL | qjs::JS_EVAL_FLAG_COMPILE_ONLY) as i32;
    // SAFETY: both texts end with a zero and outlive the call, which copies what it keeps.
    let value = unsafe {
        let raw = ctx.as_raw().as_ptr();
        let code = code.as_ptr().cast();
        Value::from_raw(ctx.clone(), qjs::JS_Eval(raw, code, length as _, name.as_ptr(), flags))
    };
    if value.is_exception() { Err(Error::Exception) } else { Ok(value) }
}

/// Runs what [`compile_script`] made, in the global scope; gives the value of its last statement.
pub(crate) fn run_script<'js>(ctx: &Ctx<'js>, script: &Value<'js>) -> rquickjs::Result<Value<'js>> {
    // SAFETY: the engine takes over a reference, so it gets one of its own.
    let value = unsafe {
        let raw = ctx.as_raw().as_ptr();
        let script = qjs::JS_DupValue(raw, script.as_raw());
        Value::from_raw(ctx.clone(), qjs::JS_EvalFunction(raw, script))
    };
    if value.is_exception() { Err(Error::Exception) } else { Ok(value) }
}

/// Bytes that the engine got from the system, and bytes that its values take.
pub(crate) fn memory(ctx: &Ctx<'_>) -> (i64, i64) {
    let mut usage = MaybeUninit::<qjs::JSMemoryUsage>::zeroed();
    // SAFETY: the call fills the structure, for which all zeros would do as well.
    let usage = unsafe {
        qjs::JS_ComputeMemoryUsage(qjs::JS_GetRuntime(ctx.as_raw().as_ptr()), usage.as_mut_ptr());
        usage.assume_init()
    };
    (usage.malloc_size, usage.memory_used_size)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn another_version_of_the_engine_is_refused() {
        check_version(internals::ENGINE).unwrap();
        let error = check_version("0.1.0").unwrap_err().to_string();
        assert!(error.contains("bytecode for QuickJS 0.1.0, and this is 0."), "{error}");
    }

    #[test]
    fn bytecode_of_another_format_and_damaged_bytecode_throw() {
        let engine = Engine::new(1 << 20).unwrap();
        let (_, good) = internals::MODULES[0];
        engine.with(|ctx| {
            read_bytecode(ctx, good).unwrap();
            for (at, message) in [(0, "invalid version"), (good.len() - 1, "checksum error")] {
                let mut bad = good.to_vec();
                bad[at] ^= 1;
                assert!(read_bytecode(ctx, &bad).is_err());
                let thrown = ctx.catch().into_exception().unwrap();
                assert!(thrown.message().unwrap().contains(message), "{thrown}");
            }
            assert!(read_bytecode(ctx, &good[..good.len() / 2]).is_err());
            drop(ctx.catch());
        });
    }
}
