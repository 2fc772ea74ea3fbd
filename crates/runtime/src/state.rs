//! What the host, the natives and the event loop share, and how a native finds it.

use crate::host::{UncaughtException, WeakHost};
use rquickjs::{Ctx, Function, Object, Persistent, Value};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Instant;
use tokio::sync::Notify;

/// The JavaScript functions that the host calls, taken from internal/boot once.
pub(crate) struct Hooks {
    pub(crate) run_ticks: Persistent<Function<'static>>,
    pub(crate) run_timer: Persistent<Function<'static>>,
    pub(crate) begin_immediates: Persistent<Function<'static>>,
    pub(crate) run_immediate: Persistent<Function<'static>>,
    pub(crate) uncaught: Persistent<Function<'static>>,
    pub(crate) unhandled_rejection: Persistent<Function<'static>>,
    pub(crate) rejection_handled: Persistent<Function<'static>>,
    pub(crate) load_main: Persistent<Function<'static>>,
    pub(crate) emit_exit: Persistent<Function<'static>>,
    pub(crate) resolve_import: Persistent<Function<'static>>,
    pub(crate) import_meta: Persistent<Function<'static>>,
    pub(crate) synthetic_names: Persistent<Function<'static>>,
    pub(crate) synthetic_exports: Persistent<Function<'static>>,
    pub(crate) define_module: Persistent<Function<'static>>,
}

/// A promise that was rejected while nothing handled it.
pub(crate) struct Rejection {
    pub(crate) promise: Persistent<Value<'static>>,
    pub(crate) reason: Persistent<Value<'static>>,
    /// An error made there, when the reason is none and so has no stack.
    pub(crate) place: Option<Persistent<Object<'static>>>,
}

/// A source of a value that a binding or a module name stands for.
pub(crate) type Maker = Rc<dyn for<'js> Fn(&Ctx<'js>) -> rquickjs::Result<Value<'js>>>;

/// State of one host. Nothing in it keeps the engine alive.
pub(crate) struct State {
    pub(crate) options: crate::host::HostOptions,
    pub(crate) started: Instant,
    /// How many `enter`s are on the stack.
    pub(crate) depth: Cell<u32>,
    /// Whether process.nextTick callbacks wait.
    pub(crate) ticks: Cell<bool>,
    /// Whether setImmediate callbacks wait.
    pub(crate) immediates: Cell<bool>,
    /// The cached clock, in ms since `started`; None when the next reader must look.
    pub(crate) now: Cell<Option<f64>>,
    /// When the earliest timer is due, in ms since `started`.
    pub(crate) next_timer: Cell<f64>,
    /// How many timers keep the process alive.
    pub(crate) live_timers: Cell<u32>,
    /// How many native operations will still call back.
    pub(crate) pending: Cell<u32>,
    pub(crate) exit_code: Cell<Option<i32>>,
    /// The app goes on elsewhere: it is not to hear of the end here.
    pub(crate) abandoned: Cell<bool>,
    /// Tells the event loop that one of the above changed.
    pub(crate) wake: Notify,
    pub(crate) rejections: RefCell<Vec<Rejection>>,
    /// Rejected promises that were reported, to tell when one is handled after all.
    pub(crate) reported: RefCell<Vec<Persistent<Value<'static>>>>,
    /// Those of `reported` that were handled since the last look.
    pub(crate) handled: RefCell<Vec<Persistent<Value<'static>>>>,
    pub(crate) hooks: RefCell<Option<Rc<Hooks>>>,
    pub(crate) process: RefCell<Option<Persistent<Object<'static>>>>,
    pub(crate) internals: RefCell<HashMap<String, Persistent<Object<'static>>>>,
    pub(crate) bindings: RefCell<HashMap<String, Persistent<Value<'static>>>>,
    pub(crate) binding_makers: RefCell<HashMap<String, Maker>>,
    /// The names of the synthetic module that is being declared.
    pub(crate) synthetic_names: RefCell<Vec<String>>,
    pub(crate) host: RefCell<Option<WeakHost>>,
    pub(crate) async_context: RefCell<Option<Rc<AsyncContext>>>,
}

/// What is there once an AsyncLocalStorage was made: see `internal/async_context`.
pub(crate) struct AsyncContext {
    /// To be called before each microtask, and when JavaScript is entered from outside.
    pub(crate) before_job: Persistent<Function<'static>>,
    /// Binds a callback to the stores of now.
    pub(crate) bind: Persistent<Function<'static>>,
}

impl State {
    /// Milliseconds since the host started, the same value until the next entry from outside.
    pub(crate) fn now(&self) -> f64 {
        if let Some(now) = self.now.get() {
            return now;
        }
        let now = (self.started.elapsed().as_micros() / 1000) as f64;
        self.now.set(Some(now));
        now
    }

    pub(crate) fn async_context(&self) -> Option<Rc<AsyncContext>> {
        self.async_context.borrow().clone()
    }

    /// What comes next has no stores, but for the continuation that a microtask was queued for.
    pub(crate) fn leave_async_context(&self, ctx: &Ctx<'_>) {
        let Some(context) = self.async_context() else { return };
        let left =
            context.before_job.clone().restore(ctx).and_then(|leave| leave.call::<_, ()>(()));
        if left.is_err() {
            // Only a full stack makes this fail. The microtask will find out itself.
            drop(ctx.catch());
        }
    }

    /// Whether the host was told to end.
    pub(crate) fn exiting(&self) -> bool {
        self.exit_code.get().is_some()
    }

    /// Hands an exception that nothing in JavaScript took to the embedder.
    pub(crate) fn report_uncaught(&self, exception: UncaughtException) {
        (self.options.on_uncaught)(exception);
    }
}

/// The state as the engine's user data, so that a native needs only its context to find it.
pub(crate) struct StateHandle(pub(crate) Rc<State>);

/// The state of the host that this context belongs to.
pub(crate) fn of(ctx: &Ctx<'_>) -> rquickjs::Result<Rc<State>> {
    match ctx.userdata::<StateHandle>() {
        Some(handle) => Ok(handle.0.clone()),
        None => Err(rquickjs::Error::Unknown),
    }
}
