//! The JavaScript thread: the engine, the broker and the links, on one tokio runtime.

use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use conch_broker::Admission;
use conch_link::{Listener, SocketDirectory};
use conch_runtime::electron::{AppInfo, Backend, Electron};
use conch_runtime::{Host, HostOptions, UncaughtException};
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::task::LocalSet;

use crate::ELECTRON_VERSION;
use crate::app::App;
use crate::configurations::Configurations;
use crate::fabric::Fabric;
use crate::windows::Windows;

/// What other threads tell the JavaScript thread. The queue is not bounded: it holds what the
/// window system reports, and the UI thread must never wait for JavaScript.
pub(crate) enum Message {
    /// Something happened to a window or its page: an event in JSON.
    Ui(String),
    /// A person has read about an uncaught exception, or could not be told.
    ErrorDialogClosed,
}

/// What the JavaScript thread needs to start.
pub(crate) struct JavaScript {
    pub(crate) app: App,
    pub(crate) binary: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) admission: Admission,
    pub(crate) configurations: Configurations,
    pub(crate) windows: Windows,
    pub(crate) directory: Arc<SocketDirectory>,
    /// For threads that tell the JavaScript thread something.
    pub(crate) messages: UnboundedSender<Message>,
}

impl JavaScript {
    /// Runs the app. Ends by telling the UI thread to end the process.
    pub(crate) fn run(self, inbox: UnboundedReceiver<Message>) {
        let (windows, directory) = (self.windows.clone(), Arc::clone(&self.directory));
        let outcome = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| format!("no event loop can be had: {e}"))
            .and_then(|runtime| {
                let outcome = LocalSet::new().block_on(&runtime, self.serve(inbox));
                // A file operation that hangs must not hold up the end.
                runtime.shutdown_background();
                outcome
            });
        let code = match outcome {
            Ok(code) => code,
            Err(error) => {
                tracing::error!("{error}");
                let _ = std::io::Write::write_fmt(
                    &mut std::io::stderr(),
                    format_args!("conch: {error}\n"),
                );
                1
            }
        };
        directory.remove();
        windows.end(code);
    }

    async fn serve(self, mut inbox: UnboundedReceiver<Message>) -> Result<i32, String> {
        let socket = self.directory.socket();
        let listener = Listener::bind(&socket).map_err(|e| {
            let path = socket.display();
            format!("cannot listen at {path}: {e}. Set XDG_RUNTIME_DIR to another folder")
        })?;

        let versions = vec![
            ("electron".to_owned(), ELECTRON_VERSION.to_owned()),
            ("conch".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ];
        let mut argv = vec![self.binary.to_string_lossy().into_owned()];
        argv.push(self.app.folder.to_string_lossy().into_owned());
        argv.extend(self.arguments.iter().cloned());
        let host = Host::new(HostOptions {
            argv,
            exec_path: self.binary.to_string_lossy().into_owned(),
            versions: versions.clone(),
            on_uncaught: Rc::new(report(self.windows.clone(), self.messages)),
            ..HostOptions::default()
        })
        .map_err(|e| format!("the JavaScript engine did not start: {e}"))?;

        let exit = {
            let host = host.clone();
            move |code| host.request_exit(code)
        };
        let fabric =
            Fabric::new(self.admission, self.configurations, self.windows.clone(), Box::new(exit));
        let info = AppInfo {
            app_path: self.app.folder.clone(),
            name: self.app.name.clone(),
            version: self.app.version.clone(),
            exec_path: self.binary,
            args: self.arguments,
            is_packaged: false,
        };
        let backend: Rc<dyn Backend> = fabric.clone();
        let electron = Electron::install(&host, backend, &info, &versions)
            .map_err(|e| format!("the electron module did not start: {e}"))?;

        tokio::task::spawn_local(fabric.run(listener, electron.clone()));
        let main_failed = Rc::new(Cell::new(false));
        let (module, failed, loop_) = (electron.clone(), Rc::clone(&main_failed), host.clone());
        tokio::task::spawn_local(async move {
            while let Some(message) = inbox.recv().await {
                match message {
                    Message::Ui(event) => module.ui_event(&event),
                    // Electron's app goes on after an uncaught exception (semantics 138), but one
                    // whose main script never ran has nothing to go on with.
                    Message::ErrorDialogClosed if failed.get() => loop_.request_exit(1),
                    Message::ErrorDialogClosed => {}
                }
            }
        });
        for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
            let electron = electron.clone();
            let mut signals = signal(kind).map_err(|e| e.to_string())?;
            tokio::task::spawn_local(async move {
                while signals.recv().await.is_some() {
                    electron.ui_event(r#"{"event":"quitRequested"}"#);
                }
            });
        }

        let loaded = host.load_main(&self.app.main);
        let windows = self.windows;
        tokio::task::spawn_local(async move {
            // The main script had its first turn, and did not end the app in it.
            windows.want();
            // 'ready' waits for the main script, its top-level await included (semantics 132), and
            // for the window system: what follows it may use anything.
            if loaded.await {
                windows.up().await;
                electron.ui_event(r#"{"event":"launch"}"#);
            } else {
                main_failed.set(true);
            }
        });
        Ok(host.run().await)
    }
}

/// An uncaught exception was printed already; here a person is told (semantics 138).
fn report(windows: Windows, messages: UnboundedSender<Message>) -> impl Fn(UncaughtException) {
    move |exception| {
        let (windows, messages) = (windows.clone(), messages.clone());
        // The dialog waits for a person; JavaScript goes on meanwhile, as in Electron.
        std::thread::spawn(move || {
            let title = "A JavaScript error occurred in the main process";
            let content = format!("Uncaught Exception:\n{}", exception.stack);
            let command = json!({ "cmd": "errorBox", "title": title, "content": content });
            if let Err(error) = windows.call(&command.to_string()) {
                tracing::debug!("no error dialog: {error}");
            }
            // Without JavaScript there is nobody to tell.
            let _ = messages.send(Message::ErrorDialogClosed);
        });
    }
}
