//! The app on the embedded engine.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use conch_runtime::electron::{Backend, Electron, Engine};
use conch_runtime::{Host, HostOptions};

use crate::fabric::Main;
use crate::javascript::{Session, say};

/// How an app on the embedded engine ended.
pub(crate) enum Ended {
    /// It quit, with this code.
    Quit(i32),
    /// It goes on with Node: it asked for this before it was ready.
    NeedsNode(String),
}

/// Runs the app to its end.
pub(crate) async fn run(session: &Session) -> Result<Ended, String> {
    let start = &session.start;
    let needed = Rc::new(RefCell::new(None));
    let launched = Rc::new(Cell::new(false));
    let report = session.report();
    let host = Host::new(HostOptions {
        argv: session.argv(),
        exec_path: start.binary.to_string_lossy().into_owned(),
        versions: session.versions(),
        on_uncaught: Rc::new(move |exception| report(exception.stack)),
        on_missing: match start.engine {
            Some(_) => Rc::new(|_| false),
            None => Rc::new(missing(Rc::clone(&launched), Rc::clone(&needed))),
        },
        ..HostOptions::default()
    })
    .map_err(|e| format!("the JavaScript engine did not start: {e}"))?;

    let end = {
        let host = host.clone();
        move |code| host.request_exit(code)
    };
    let fabric = session.fabric(Main::Here, end.clone());
    let backend: Rc<dyn Backend> = fabric.clone();
    let electron = Electron::install(&host, backend, &session.app_info(), &session.versions())
        .map_err(|e| format!("the electron module did not start: {e}"))?;
    session.running.set(Rc::new(electron.clone()), end);
    let serve = fabric.run(Rc::clone(&session.listener), Rc::new(electron.clone()));
    let serve = tokio::task::spawn_local(serve);

    let loaded = host.load_main(&start.app.main);
    let running = Rc::clone(&session.running);
    let windows = start.windows.clone();
    tokio::task::spawn_local(async move {
        // 'ready' waits for the main script, its top-level await included (semantics 132).
        if loaded.await {
            launched.set(true);
            windows.sure().await;
            electron.ui_event(r#"{"event":"launch"}"#);
        } else {
            running.main_failed.set(true);
        }
    });
    let code = host.run().await;
    serve.abort();
    Ok(match needed.take() {
        Some(what) => Ended::NeedsNode(what),
        None => Ended::Quit(code),
    })
}

/// Decides what becomes of an app that asks for what only Node has: until it is ready it can be
/// started again on Node, if there is one.
fn missing(
    launched: Rc<Cell<bool>>,
    needed: Rc<RefCell<Option<String>>>,
) -> impl Fn(&str) -> bool + 'static {
    let said = Cell::new(false);
    move |what| {
        if launched.get() {
            return false;
        }
        match conch_node::find() {
            Ok(_) => {
                needed.borrow_mut().get_or_insert_with(|| what.to_owned());
                true
            }
            Err(error) => {
                if !said.replace(true) {
                    say(&format!(
                        "the app asks for {what}, which the embedded engine does not have, and {error}"
                    ));
                }
                false
            }
        }
    }
}
