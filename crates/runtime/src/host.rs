//! The host: one engine on one thread, and the one way into its JavaScript.

use crate::engine::Engine;
use crate::state::{self, Hooks, Maker, State, StateHandle};
use crate::{imports, internals, queues};
use rquickjs::{Ctx, Error, FromJs, Function, Object, Persistent, Value};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::path::Path;
use std::rc::{Rc, Weak};
use std::time::Instant;
use tokio::sync::{Notify, oneshot};

/// An exception that no JavaScript took: neither a catch nor an 'uncaughtException' listener.
#[derive(Clone, Debug)]
pub struct UncaughtException {
    /// `Name: message`, or the thrown value as Node would print it.
    pub message: String,
    /// The stack with its first line, `Name: message`. Equals `message` for a value without one.
    pub stack: String,
    /// `uncaughtException` or `unhandledRejection`, Node's name for where it came from.
    pub origin: String,
}

/// How a host is set up. Start from [`HostOptions::default`].
pub struct HostOptions {
    /// process.argv: the executable, the script, the app's arguments.
    pub argv: Vec<String>,
    /// process.execPath.
    pub exec_path: String,
    /// Entries for process.versions beside those of the engine itself.
    pub versions: Vec<(String, String)>,
    /// process.title.
    pub title: String,
    /// Is told of each uncaught exception, after it was printed to stderr. The app goes on
    /// running unless this ends it (semantics 138).
    pub on_uncaught: Rc<dyn Fn(UncaughtException)>,
    /// Is told of each module that an app asks for and that only Node has. If it gives true, the
    /// app is abandoned there and then: [`Host::run`] returns, and no listener of the app hears of
    /// it. Otherwise the app gets an error.
    pub on_missing: Rc<dyn Fn(&str) -> bool>,
    /// Whether [`Host::run`] returns when nothing is left to wait for, as Node does. An Electron
    /// app runs until it quits.
    pub end_when_idle: bool,
    /// Bytes of stack for JavaScript. The thread needs some more: see [`Host::THREAD_STACK`].
    pub stack_limit: usize,
}

impl Default for HostOptions {
    fn default() -> HostOptions {
        HostOptions {
            argv: Vec::new(),
            exec_path: String::new(),
            versions: Vec::new(),
            title: "conch".to_owned(),
            on_uncaught: Rc::new(|_| {}),
            on_missing: Rc::new(|_| false),
            end_when_idle: false,
            stack_limit: 4 << 20,
        }
    }
}

/// A handle on the engine and its event loop. Clones are the same host.
#[derive(Clone)]
pub struct Host {
    inner: Rc<Inner>,
}

struct Inner {
    state: Rc<State>,
    engine: Engine,
}

impl Host {
    /// The stack that a thread needs to run a host with the default `stack_limit`, in bytes.
    pub const THREAD_STACK: usize = 8 << 20;

    /// Starts the engine on this thread. Errors are the engine's own: no memory, or a fault in
    /// the crate's JavaScript.
    pub fn new(options: HostOptions) -> rquickjs::Result<Host> {
        let engine = Engine::new(options.stack_limit)?;
        let state = Rc::new(State {
            options,
            started: Instant::now(),
            depth: Cell::new(0),
            ticks: Cell::new(false),
            immediates: Cell::new(false),
            now: Cell::new(None),
            next_timer: Cell::new(f64::INFINITY),
            live_timers: Cell::new(0),
            pending: Cell::new(0),
            exit_code: Cell::new(None),
            abandoned: Cell::new(false),
            wake: Notify::new(),
            rejections: RefCell::default(),
            reported: RefCell::default(),
            handled: RefCell::default(),
            hooks: RefCell::default(),
            process: RefCell::default(),
            internals: RefCell::default(),
            bindings: RefCell::default(),
            binding_makers: RefCell::default(),
            synthetic_names: RefCell::default(),
            host: RefCell::default(),
            async_context: RefCell::default(),
        });
        engine.runtime().set_loader(imports::Imports, imports::Imports);
        let tracked = Rc::downgrade(&state);
        engine.runtime().set_host_promise_rejection_tracker(Some(Box::new(
            move |ctx, promise, reason, handled| {
                let Some(state) = tracked.upgrade() else { return };
                queues::track_rejection(&state, &ctx, promise, reason, handled);
            },
        )));
        let host = Host { inner: Rc::new(Inner { state, engine }) };
        *host.inner.state.host.borrow_mut() = Some(WeakHost(Rc::downgrade(&host.inner)));
        host.inner.engine.with(|ctx| host.boot(ctx))?;
        Ok(host)
    }

    fn boot(&self, ctx: &Ctx<'_>) -> rquickjs::Result<()> {
        let state = &self.inner.state;
        let _ = ctx.store_userdata(StateHandle(state.clone()));
        // The codec uses the language's objects as they are before an app can change them.
        conch_clone::install(ctx)?;
        let process = Object::new(ctx.clone())?;
        *state.process.borrow_mut() = Some(Persistent::save(ctx, process));
        let boot: Object = match internals::require_internal(ctx, "internal/boot") {
            Ok(value) => Object::from_js(ctx, value)?,
            Err(error) => {
                // Nothing is there yet that could print it.
                let exception = ctx.catch();
                let text = exception.as_exception().map(ToString::to_string);
                tracing::error!(exception = text, "the host's own JavaScript failed");
                return Err(error);
            }
        };
        let hook = |name: &str| -> rquickjs::Result<Persistent<Function<'static>>> {
            Ok(Persistent::save(ctx, boot.get::<_, Function>(name)?))
        };
        let hooks = Hooks {
            run_ticks: hook("runTicks")?,
            run_timer: hook("runTimer")?,
            begin_immediates: hook("beginImmediates")?,
            run_immediate: hook("runImmediate")?,
            uncaught: hook("onUncaughtException")?,
            unhandled_rejection: hook("onUnhandledRejection")?,
            rejection_handled: hook("onRejectionHandled")?,
            load_main: hook("loadMain")?,
            emit_exit: hook("emitExit")?,
            resolve_import: hook("resolveImport")?,
            import_meta: hook("importMeta")?,
            synthetic_names: hook("syntheticNames")?,
            synthetic_exports: hook("syntheticExports")?,
            define_module: hook("defineModule")?,
        };
        *state.hooks.borrow_mut() = Some(Rc::new(hooks));
        Ok(())
    }

    /// Runs `f` in JavaScript's context: the one way in.
    ///
    /// An exception that leaves `f` is an uncaught exception, and the result is None. The
    /// outermost call then runs process.nextTick callbacks and microtasks until none is left and
    /// reports unhandled rejections; a call from within JavaScript leaves that to the outermost
    /// one. After [`Host::request_exit`] nothing runs any more and the result is None.
    ///
    /// Must be called inside the `LocalSet` that the host belongs to.
    pub fn enter<R>(&self, f: impl for<'js> FnOnce(&Ctx<'js>) -> rquickjs::Result<R>) -> Option<R> {
        let state = &*self.inner.state;
        if state.exiting() {
            return None;
        }
        let depth = state.depth.get();
        state.depth.set(depth + 1);
        if depth == 0 {
            state.now.set(None);
        }
        let result = self.inner.engine.with(|ctx| {
            if depth == 0 {
                state.leave_async_context(ctx);
            }
            let result = match f(ctx) {
                Ok(value) => Some(value),
                Err(error) => {
                    queues::uncaught(state, ctx, error);
                    None
                }
            };
            if depth == 0 && queues::wait(state, ctx) {
                queues::drain(state, ctx);
            }
            result
        });
        state.depth.set(depth);
        result
    }

    /// Makes `names` modules that an app can require and import. `make` runs at the first use of
    /// any of them; all share the one value.
    pub fn define_module(
        &self,
        names: &[&str],
        make: impl for<'js> Fn(&Ctx<'js>) -> rquickjs::Result<Value<'js>> + 'static,
    ) -> rquickjs::Result<()> {
        let make: Maker = Rc::new(make);
        self.inner.engine.with(|ctx| {
            let load = maker_function(ctx, make.clone())?;
            let define = hooks(&self.inner.state)?.define_module.clone().restore(ctx)?;
            define.call((names.to_vec(), load))
        })
    }

    /// Makes `internalBinding(name)` return what `make` returns at its first call.
    pub fn define_binding(
        &self,
        name: &str,
        make: impl for<'js> Fn(&Ctx<'js>) -> rquickjs::Result<Value<'js>> + 'static,
    ) {
        self.inner.state.binding_makers.borrow_mut().insert(name.to_owned(), Rc::new(make));
    }

    /// Runs the app's main script, CommonJS or ES module by Node's rules. The future ends when it
    /// and its top-level await are done; it is false when the script could not be loaded or threw,
    /// which was reported as an uncaught exception by then. It makes progress while
    /// [`Host::run`] does.
    pub fn load_main(&self, path: &Path) -> impl Future<Output = bool> + use<> {
        let (done, loaded) = oneshot::channel();
        let path = path.to_string_lossy().into_owned();
        self.enter(|ctx| {
            let done = Cell::new(Some(done));
            let settle = Function::new(ctx.clone(), move |good: bool| {
                if let Some(done) = done.take() {
                    // Nobody waits for the outcome: the embedder dropped the future.
                    let _ = done.send(good);
                }
            })?;
            let load = hooks(&self.inner.state)?.load_main.clone().restore(ctx)?;
            load.call::<_, ()>((path, settle))
        });
        async move { loaded.await.unwrap_or(false) }
    }

    /// Runs the event loop until the app ends, and gives its exit code. Emits process 'exit' on
    /// the way out unless JavaScript did so itself.
    pub async fn run(&self) -> i32 {
        crate::event_loop::run(self).await
    }

    /// Ends the event loop with `code`. JavaScript that runs now runs on; nothing new starts.
    pub fn request_exit(&self, code: i32) {
        let state = &self.inner.state;
        if !state.exiting() {
            state.exit_code.set(Some(code));
        }
        state.wake.notify_one();
    }

    /// Starts a task beside JavaScript on its thread. The host does not wait for it.
    pub fn spawn_local(&self, task: impl Future<Output = ()> + 'static) {
        tokio::task::spawn_local(task);
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.inner.engine
    }

    pub(crate) fn state(&self) -> &State {
        &self.inner.state
    }

    /// Enters although the host is exiting: for process 'exit' alone.
    pub(crate) fn enter_last(&self, f: impl for<'js> FnOnce(&Ctx<'js>) -> rquickjs::Result<()>) {
        let state = &*self.inner.state;
        self.inner.engine.with(|ctx| {
            if let Err(error) = f(ctx) {
                queues::uncaught(state, ctx, error);
            }
        });
    }
}

/// A JavaScript function that makes the value.
fn maker_function<'js>(ctx: &Ctx<'js>, make: Maker) -> rquickjs::Result<Function<'js>> {
    Function::new(ctx.clone(), move |ctx: Ctx<'js>| make(&ctx))
}

pub(crate) fn hooks(state: &State) -> rquickjs::Result<Rc<Hooks>> {
    state.hooks.borrow().clone().ok_or(Error::Unknown)
}

/// Calls one of the hooks without arguments.
pub(crate) fn call_hook(
    state: &State,
    ctx: &Ctx<'_>,
    pick: impl FnOnce(&Hooks) -> &Persistent<Function<'static>>,
) -> rquickjs::Result<()> {
    pick(&*hooks(state)?).clone().restore(ctx)?.call(())
}

/// A way back to the host for a task that outlives the call that started it.
pub(crate) struct WeakHost(Weak<Inner>);

impl WeakHost {
    pub(crate) fn upgrade(&self) -> Option<Host> {
        self.0.upgrade().map(|inner| Host { inner })
    }
}

/// The host that this context belongs to.
pub(crate) fn of(ctx: &Ctx<'_>) -> rquickjs::Result<WeakHost> {
    let state = state::of(ctx)?;
    let host = state.host.borrow();
    Ok(WeakHost(host.as_ref().map_or_else(Weak::new, |host| host.0.clone())))
}

/// Counts a native operation that will call back, so that an idle host waits for it.
pub(crate) struct PendingOperation(Rc<State>);

impl PendingOperation {
    pub(crate) fn begin(ctx: &Ctx<'_>) -> rquickjs::Result<PendingOperation> {
        let state = state::of(ctx)?;
        state.pending.set(state.pending.get() + 1);
        Ok(PendingOperation(state))
    }
}

impl Drop for PendingOperation {
    fn drop(&mut self) {
        self.0.pending.set(self.0.pending.get() - 1);
        self.0.wake.notify_one();
    }
}

/// Counts what a handle does as something to wait for, unless JavaScript took its reference away.
pub(crate) struct Liveness {
    state: Rc<State>,
    referenced: Cell<bool>,
    active: Cell<u32>,
}

impl Liveness {
    pub(crate) fn new(ctx: &Ctx<'_>) -> rquickjs::Result<Rc<Liveness>> {
        let state = state::of(ctx)?;
        Ok(Rc::new(Liveness { state, referenced: Cell::new(true), active: Cell::new(0) }))
    }

    /// Something that goes on until the value is dropped.
    pub(crate) fn begin(self: &Rc<Liveness>) -> Activity {
        self.change(|| self.active.set(self.active.get() + 1));
        Activity(self.clone())
    }

    /// JavaScript's ref() and unref().
    pub(crate) fn set_referenced(&self, referenced: bool) {
        self.change(|| self.referenced.set(referenced));
    }

    fn change(&self, change: impl FnOnce()) {
        let counted = || u32::from(self.referenced.get() && self.active.get() > 0);
        let before = counted();
        change();
        self.state.pending.set(self.state.pending.get() + counted() - before);
        self.state.wake.notify_one();
    }
}

/// See [`Liveness::begin`].
pub(crate) struct Activity(Rc<Liveness>);

impl Drop for Activity {
    fn drop(&mut self) {
        self.0.change(|| self.0.active.set(self.0.active.get() - 1));
    }
}
