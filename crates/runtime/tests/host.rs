//! The host as an embedder uses it: entering, modules of its own, failures, the end.
#![allow(missing_docs, clippy::unwrap_used)]

use conch_runtime::{
    Host, HostOptions, UncaughtException, internal_module_names, require_internal, rquickjs,
};
use rquickjs::Function;
use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

/// Runs `body` with a host on a thread that has the stack for it.
fn with_host<F: Future<Output = ()>>(
    options: impl FnOnce() -> HostOptions + Send + 'static,
    body: impl FnOnce(Host) -> F + Send + 'static,
) {
    let thread = std::thread::Builder::new().stack_size(Host::THREAD_STACK).spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        tokio::task::LocalSet::new().block_on(&runtime, async move {
            let host = Host::new(options()).unwrap();
            body(host).await;
        });
    });
    thread.unwrap().join().unwrap();
}

fn eval<T: for<'js> rquickjs::FromJs<'js>>(host: &Host, code: &str) -> Option<T> {
    let code = code.to_owned();
    host.enter(|ctx| ctx.eval::<T, _>(code))
}

fn script(name: &str, source: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("conch-host-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, source).unwrap();
    path
}

#[test]
fn an_entry_runs_ticks_and_microtasks_before_it_returns() {
    with_host(HostOptions::default, |host| async move {
        eval::<()>(
            &host,
            "globalThis.log = []; process.nextTick(() => log.push('tick')); Promise.resolve().then(() => log.push('micro')); log.push('code')",
        );
        assert_eq!(eval::<String>(&host, "log.join()").unwrap(), "code,tick,micro");
    });
}

#[test]
fn an_entry_from_within_javascript_leaves_the_queues_to_the_outer_one() {
    with_host(HostOptions::default, |host| async move {
        let inner = host.clone();
        host.enter(|ctx| {
            let nested = Function::new(ctx.clone(), move || {
                inner.enter(|ctx| {
                    ctx.eval::<(), _>(
                        "Promise.resolve().then(() => log.push('micro')); log.push('inner')",
                    )
                });
            })?;
            ctx.globals().set("nested", nested)?;
            ctx.eval::<(), _>("globalThis.log = []; nested(); log.push('after')")
        });
        assert_eq!(eval::<String>(&host, "log.join()").unwrap(), "inner,after,micro");
    });
}

fn collecting() -> (HostOptions, Rc<RefCell<Vec<UncaughtException>>>) {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let sink = seen.clone();
    let on_uncaught = Rc::new(move |exception| sink.borrow_mut().push(exception));
    (HostOptions { on_uncaught, ..HostOptions::default() }, seen)
}

#[test]
fn an_exception_that_leaves_an_entry_goes_to_the_embedder_and_the_host_goes_on() {
    thread_local! {
        static SEEN: RefCell<Option<Rc<RefCell<Vec<UncaughtException>>>>> =
            const { RefCell::new(None) };
    }
    let options = || {
        let (options, seen) = collecting();
        SEEN.with(|cell| *cell.borrow_mut() = Some(seen));
        options
    };
    with_host(options, |host| async move {
        assert_eq!(eval::<i32>(&host, "throw new RangeError('out')"), None);
        assert_eq!(eval::<i32>(&host, "1 + 1"), Some(2));
        // A conversion that fails in native code is an exception too.
        assert_eq!(host.enter(|ctx| ctx.eval::<i32, _>("'text'")), None);
        eval::<()>(&host, "process.on('uncaughtException', () => {}); throw new Error('taken')");
        let seen = SEEN.with(|cell| cell.borrow().clone().unwrap());
        let seen = seen.borrow();
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0].message, "RangeError: out");
        assert!(seen[0].stack.starts_with("RangeError: out\n    at "), "{}", seen[0].stack);
        assert_eq!(seen[0].origin, "uncaughtException");
    });
}

#[test]
fn a_module_of_the_embedder_is_required_and_imported_by_each_of_its_names() {
    with_host(HostOptions::default, |host| async move {
        let made = Rc::new(Cell::new(0));
        let count = made.clone();
        host.define_module(&["electron", "electron/main"], move |ctx| {
            count.set(count.get() + 1);
            ctx.eval("({ app: 'the app', ipcMain: 1 })")
        })
        .unwrap();
        let main = script(
            "embedder.mjs",
            "import { app } from 'electron'; import all from 'electron/main'; import { createRequire } from 'module';\n\
             globalThis.same = all === createRequire(import.meta.url)('electron') && app === 'the app';",
        );
        let loaded = host.load_main(&main);
        assert!(loaded.await);
        assert_eq!(eval::<bool>(&host, "same"), Some(true));
        assert_eq!(made.get(), 1);
    });
}

#[test]
fn every_internal_module_loads() {
    with_host(HostOptions::default, |host| async move {
        define_electron(&host);
        let mut count = 0;
        for name in internal_module_names() {
            let exports = host.enter(|ctx| Ok(require_internal(ctx, name)?.is_undefined()));
            assert_eq!(exports, Some(false), "{name} does not load");
            count += 1;
        }
        assert!(count > 70, "only {count} internal modules");
    });
}

/// A binding that is as much as the electron module needs in order to load.
fn define_electron(host: &Host) {
    host.define_binding("electron", |ctx| {
        ctx.eval(
            "({ on() {}, ui: () => ({}), exit() {}, uncloneable: Symbol('uncloneable'),
                versions: {}, appInfo: { appPath: '/', name: 'an app', version: '', args: [] } })",
        )
    });
}

#[test]
fn the_sources_of_the_electron_module_are_there_under_the_names_of_its_bytecode() {
    let sources = conch_runtime::electron::MODULES;
    let named = internal_module_names().filter(|name| name.starts_with("electron/"));
    assert_eq!(
        sources.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        named.collect::<Vec<_>>()
    );
    let (_, index) = sources.iter().find(|(name, _)| *name == "electron/index").unwrap();
    assert!(index.contains("'use strict';"), "{index}");
}

#[test]
fn a_stack_through_an_internal_module_names_its_file_and_line() {
    let source = include_str!("../js/node/events.js").lines();
    let line = source.enumerate().find(|(_, line)| line.contains("handler.apply(")).unwrap().0 + 1;
    with_host(HostOptions::default, move |host| async move {
        let stack: String = eval(
            &host,
            "const events = new (process.getBuiltinModule('events'))();
             events.on('x', () => { throw new Error('from a listener') });
             (() => { try { events.emit('x') } catch (error) { return error.stack } })()",
        )
        .unwrap();
        assert!(stack.contains(&format!("emit (node:events:{line}:")), "{stack}");
    });
}

#[test]
fn internal_modules_hold_no_source() {
    with_host(HostOptions::default, |host| async move {
        let text: String =
            eval(&host, "process.getBuiltinModule('events').prototype.emit.toString()").unwrap();
        assert!(text.contains("[native code]"), "{text}");
    });
}

#[test]
fn the_main_script_is_done_when_its_top_level_await_is() {
    with_host(HostOptions::default, |host| async move {
        let main = script(
            "tla.mjs",
            "globalThis.at = 'start'; await new Promise((r) => setTimeout(r, 20)); globalThis.at = 'end';",
        );
        let loaded = host.load_main(&main);
        assert_eq!(eval::<String>(&host, "at").unwrap(), "start");
        let running = host.clone();
        host.spawn_local(async move {
            running.run().await;
        });
        assert!(loaded.await);
        assert_eq!(eval::<String>(&host, "at").unwrap(), "end");
    });
}

#[test]
fn a_main_script_that_throws_or_is_not_there_is_not_loaded() {
    with_host(HostOptions::default, |host| async move {
        assert!(!host.load_main(&script("throws.js", "throw new Error('no')")).await);
        assert!(!host.load_main(&PathBuf::from("/no/such/main.js")).await);
        assert!(
            host.load_main(&script("fine.js", "globalThis.fine = require.main === module")).await
        );
        assert_eq!(eval::<bool>(&host, "fine"), Some(true));
    });
}

#[test]
fn a_requested_exit_ends_the_loop_with_its_code_after_process_exit() {
    with_host(HostOptions::default, |host| async move {
        eval::<()>(
            &host,
            "globalThis.log = []; setInterval(() => log.push('x'), 1); process.on('exit', (code) => { process.exitCode = code + 1; })",
        );
        let ending = host.clone();
        host.spawn_local(async move {
            tokio::time::sleep(Duration::from_millis(30)).await;
            ending.request_exit(4);
            assert_eq!(eval::<i32>(&ending, "1"), None);
        });
        assert_eq!(host.run().await, 5);
    });
}

#[test]
fn a_host_that_ends_when_idle_waits_for_files_and_timers() {
    let options = || HostOptions { end_when_idle: true, ..HostOptions::default() };
    with_host(options, |host| async move {
        let main = script(
            "idle.js",
            "const fs = require('fs');\n\
             fs.readFile(__filename, 'utf8', (e, text) => setTimeout(() => { process.exitCode = text.length > 0 ? 3 : 4 }, 5));\n\
             setInterval(() => {}, 1000).unref();",
        );
        assert!(host.load_main(&main).await);
        assert_eq!(host.run().await, 3);
    });
}

#[test]
fn a_file_operation_that_ends_after_the_host_is_dropped_does_nothing() {
    with_host(HostOptions::default, |host| async move {
        eval::<()>(&host, "process.getBuiltinModule('fs').promises.readFile('/proc/self/status')");
        drop(host);
        tokio::time::sleep(Duration::from_millis(20)).await;
    });
}

#[test]
fn hosts_come_and_go() {
    with_host(HostOptions::default, |first| async move {
        eval::<()>(
            &first,
            "globalThis.x = { promise: new Promise(() => {}), timer: setTimeout(() => {}, 1e6) }",
        );
        drop(first);
        for _ in 0..5 {
            let host = Host::new(HostOptions::default()).unwrap();
            assert_eq!(eval::<i32>(&host, "console.assert(true); 5"), Some(5));
        }
    });
}

#[test]
fn busy_sockets_leave_every_other_task_its_turn() {
    const SOCKETS: usize = 4;
    with_host(HostOptions::default, |host| async move {
        let main = script(
            "busy.js",
            "globalThis.chunks = 0; globalThis.port = 0;\n\
             const server = require('net').createServer((socket) => socket.on('data', () => { chunks++; }));\n\
             server.listen(0, '127.0.0.1', () => { port = server.address().port; });",
        );
        let running = host.clone();
        host.spawn_local(async move {
            running.run().await;
        });
        assert!(host.load_main(&main).await);
        let port: u16 = eval(&host, "port").unwrap();
        for _ in 0..SOCKETS {
            std::thread::spawn(move || {
                use std::io::Write;
                let mut socket = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
                // Until the host, and with it the other end, is gone.
                while socket.write_all(&[1; 1 << 20]).is_ok() {}
            });
        }
        let (mut before, mut most) = (0.0, 0.0_f64);
        while before < 1000.0 {
            tokio::task::yield_now().await;
            let now: f64 = eval(&host, "chunks").unwrap();
            most = most.max(now - before);
            before = now;
        }
        // One chunk of each, or two when a socket was both new and ready.
        assert!(most <= 2.0 * SOCKETS as f64, "{most} chunks in one turn");
        host.request_exit(0);
    });
}
