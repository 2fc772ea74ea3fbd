//! The app on the user's Node.

use std::os::unix::process::CommandExt;
use std::process::Command;
use std::rc::Rc;

use conch_node::{Node, Options, Told};
use conch_runtime::electron::Backend;
use rustix::process::{Pid, Signal, kill_process};
use tokio::signal::unix::{SignalKind, signal};

use crate::fabric::Main;
use crate::javascript::{Session, say};

/// The signals that reach the app's process when they are sent to this one. An interrupt from a
/// keyboard reaches both by itself, and SIGUSR1 is WebKit's own.
const FORWARDED: [Signal; 3] = [Signal::TERM, Signal::HUP, Signal::USR2];

/// Runs the app to its end; gives its exit code.
pub(crate) async fn run(session: &Session) -> Result<i32, String> {
    let start = &session.start;
    let options = Options {
        program: conch_node::find().map_err(|e| e.to_string())?,
        options: start.node_options.clone(),
        private: start.directory.path().to_owned(),
        main: start.app.main.clone(),
        argv: session.argv(),
        info: session.app_info(),
        versions: session.versions(),
    };
    // If there can be no windows the process ends, and its private folder with it: no Node is to be
    // in the middle of reading its files then.
    tokio::select! {
        () = start.windows.sure() => {}
        () = session.running.quit.notified() => return Ok(0),
    }
    let fabric = session.fabric(Main::Elsewhere, |_| {});
    let backend: Rc<dyn Backend> = fabric.clone();
    let node = tokio::select! {
        node = Node::start(options, backend) => node.map_err(|e| e.to_string())?,
        () = session.running.quit.notified() => return Ok(0),
    };
    // Beside the rest of Node's start.
    start.windows.want();
    let engine = node.engine();
    let ended = Rc::clone(&engine);
    session.running.set(engine.clone(), move |code| ended.request_exit(code));
    if let Some(pid) = node.pid() {
        forward_signals(pid)?;
    }
    tokio::task::spawn_local(fabric.run(Rc::clone(&session.listener), engine));

    let (report, running) = (session.report(), Rc::clone(&session.running));
    let told = move |what| match what {
        Told::Uncaught { text, of_main } => {
            running.main_failed.set(of_main);
            report(text);
        }
        Told::Loaded => running.ui_event(r#"{"event":"launch"}"#),
    };
    let (code, said) = node.run(told).await.map_err(|e| e.to_string())?;
    if let Some(said) = said {
        say(&said);
    }
    Ok(code)
}

fn forward_signals(pid: u32) -> Result<(), String> {
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return Ok(()) };
    for name in FORWARDED {
        let mut signals = signal(SignalKind::from_raw(name.as_raw())).map_err(|e| e.to_string())?;
        tokio::task::spawn_local(async move {
            while signals.recv().await.is_some() {
                // It may have ended: then this process ends as well.
                let _ = kill_process(pid, name);
            }
        });
    }
    Ok(())
}

/// Is Node, with this process's arguments: what ELECTRON_RUN_AS_NODE asks for. Returns only with
/// an error.
pub(crate) fn run_as_node() -> String {
    let node = match conch_node::find() {
        Ok(node) => node,
        Err(error) => return error.to_string(),
    };
    let error = Command::new(&node).args(std::env::args_os().skip(1)).exec();
    format!("{} cannot be started: {error}", node.display())
}
